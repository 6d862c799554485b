#include "data/generator.h"

#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/status.h"
#include "data/dataset.h"

static const char *const digits_accept[] = {"n", "seed", NULL};
static const char *const blobs_accept[] = {"n", "seed", "classes", "std", NULL};
static const char *const circles_accept[] = {"n", "seed", "classes", "noise", NULL};
static const char *const moons_accept[] = {"n", "seed", "noise", NULL};
static const char *const spirals_accept[] = {"n", "seed", "classes", "noise", NULL};

static const smi_generator generators[] = {
    {"digits", digits_accept, {.n = 10000, .classes = 10}, smi_make_digits},
    {"blobs", blobs_accept, {.n = 2000, .classes = 4, .std = 1.0, .seed = 30}, smi_make_blobs},
    {"circles", circles_accept, {.n = 2000, .classes = 3, .noise = 0.05}, smi_make_circles},
    {"moons", moons_accept, {.n = 2000, .classes = 2, .noise = 0.1}, smi_make_moons},
    {"spirals", spirals_accept, {.n = 2000, .classes = 3, .noise = 0.05}, smi_make_spirals},
};

const char smi_generator_names[] = "digits, blobs, circles, moons, spirals";

static const uint64_t max_rows = 1000000000;

const smi_generator *smi_find_generator(const char *const data)
{
    const size_t length = strcspn(data, ":");
    for (size_t i = 0; i < sizeof generators / sizeof *generators; i++) {
        const char *const name = generators[i].name;
        if (strlen(name) == length && strncmp(data, name, length) == 0) {
            return &generators[i];
        }
    }
    return NULL;
}

static sm_status fail_setting(const smi_generator *const generator, const char *const setting)
{
    char known[128] = "train, test";
    for (const char *const *name = generator->accepts; *name != NULL; name++) {
        strncat(known, ", ", sizeof known - strlen(known) - 1);
        strncat(known, *name, sizeof known - strlen(known) - 1);
        strncat(known, "=…", sizeof known - strlen(known) - 1);
    }
    return smi_fail(SM_ERROR_ARGUMENT, "%s: unknown setting '%s'; it takes %s", generator->name,
                    setting, known);
}

static bool accepts(const smi_generator *const generator, const char *const key)
{
    for (const char *const *name = generator->accepts; *name != NULL; name++) {
        if (strcmp(*name, key) == 0) {
            return true;
        }
    }
    return false;
}

static sm_status set_count(const char *const generator, const char *const key,
                           const char *const value, const uint64_t least, const uint64_t most,
                           uint64_t *const to)
{
    if (!smi_parse_u64(value, to) || *to < least || *to > most) {
        return smi_fail(SM_ERROR_ARGUMENT, "%s: %s=%s: it must be a whole number from %llu to %llu",
                        generator, key, value, (unsigned long long)least, (unsigned long long)most);
    }
    return SM_OK;
}

static sm_status set_width(const char *const generator, const char *const key,
                           const char *const value, double *const to)
{
    if (!smi_parse_double(value, to) || *to < 0.0 || *to > 1e6) {
        return smi_fail(SM_ERROR_ARGUMENT, "%s: %s=%s: it must be a number from 0 to 1e6",
                        generator, key, value);
    }
    return SM_OK;
}

/* One "key=value", or "train" or "test". The text is cut at the "=". */
static sm_status parse_setting(const smi_generator *const generator, char *const text,
                               smi_generator_settings *const settings, bool *const names_part)
{
    const bool test = strcmp(text, "test") == 0;
    if (test || strcmp(text, "train") == 0) {
        settings->test = test;
        *names_part = true;
        return SM_OK;
    }
    char *const equals = strchr(text, '=');
    if (equals == NULL) {
        return fail_setting(generator, text);
    }
    *equals = '\0';
    const char *const value = equals + 1;
    if (!accepts(generator, text)) {
        return fail_setting(generator, text);
    }
    if (strcmp(text, "n") == 0) {
        return set_count(generator->name, text, value, 1, max_rows, &settings->n);
    }
    if (strcmp(text, "seed") == 0) {
        return set_count(generator->name, text, value, 0, UINT64_MAX, &settings->seed);
    }
    if (strcmp(text, "classes") == 0) {
        return set_count(generator->name, text, value, 2, SMI_MAX_CLASSES, &settings->classes);
    }
    return set_width(generator->name, text, value,
                     strcmp(text, "std") == 0 ? &settings->std : &settings->noise);
}

sm_status smi_parse_generator(const smi_generator *const generator, const char *const data,
                              smi_generator_settings *const settings, bool *const names_part)
{
    *settings = generator->defaults;
    *names_part = false;
    const char *at = data + strlen(generator->name);
    while (*at != '\0') {
        at++; /* the colon, or a comma */
        char text[64];
        const size_t length = strcspn(at, ",");
        if (length >= sizeof text) {
            return smi_fail(SM_ERROR_ARGUMENT, "%s: the setting '%.*s' is too long",
                            generator->name, (int)smi_min_size(length, 80), at);
        }
        memcpy(text, at, length);
        text[length] = '\0';
        const sm_status status = parse_setting(generator, text, settings, names_part);
        if (status != SM_OK) {
            return status;
        }
        at += length;
    }
    return SM_OK;
}

sm_status smi_generate(const smi_generator *const generator, const char *const data,
                       const bool want_test, sm_dataset **const dataset)
{
    smi_generator_settings settings;
    bool names_part = false;
    const sm_status status = smi_parse_generator(generator, data, &settings, &names_part);
    if (status != SM_OK) {
        return status;
    }
    if (want_test && names_part) {
        *dataset = NULL;
        return SM_OK;
    }
    settings.test = settings.test || want_test;
    return generator->make(&settings, dataset);
}

smi_random smi_row_random(const smi_generator_settings *const settings, const size_t row)
{
    const uint64_t streams = settings->test ? SMI_STREAM_TEST_ROWS : SMI_STREAM_TRAIN_ROWS;
    return smi_random_start(settings->seed, streams + settings->first + row);
}
