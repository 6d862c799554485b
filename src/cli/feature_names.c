#include "cli/feature_names.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/describe_columns.h"
#include "cli/terminal.h"

enum { NAME_SIZE = 512, MOST_BITS = 24, LONGEST_PART = 400 };

/* Names are added while there is room; `failed`: the columns are not what the model's features are,
 * or there was not the memory. */
typedef struct naming {
    cli_feature_names *names;
    size_t room;
    bool failed;
    bool no_memory;
} naming;

__attribute__((format(printf, 2, 3))) static void add(naming *const n, const char *const format,
                                                      ...)
{
    char text[NAME_SIZE];
    if (n->failed || n->names->count == n->room) {
        n->failed = true;
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    char *const copy = strdup(text);
    if (copy == NULL) {
        n->failed = n->no_memory = true;
        return;
    }
    n->names->list[n->names->count++] = copy;
}

static const char *text_of(const json_t *const text)
{
    const char *const value = json_string_value(text);
    return value == NULL ? "" : value;
}

static void add_list(naming *const n, const char *const name, const char *const between,
                     const json_t *const list)
{
    for (size_t i = 0; i < json_array_size(list) && !n->failed; i++) {
        const char *const value = text_of(json_array_get(list, i));
        add(n, "%.*s%s%.*s", (int)cli_whole_length(name, 200), name, between,
            (int)cli_whole_length(value, 300), value);
    }
}

static void add_hashed(naming *const n, const char *const name, const json_t *const bits)
{
    const json_int_t power = json_integer_value(bits);
    if (power < 1 || power > MOST_BITS) {
        n->failed = true;
        return;
    }
    for (size_t i = 0; i < (size_t)1 << power && !n->failed; i++) {
        add(n, "%.*s #%zu", (int)cli_whole_length(name, LONGEST_PART), name, i);
    }
}

static void add_buckets(naming *const n, const char *const name, const json_t *const boundaries)
{
    const size_t count = json_array_size(boundaries);
    for (size_t i = 0; i <= count && !n->failed; i++) {
        const double low = json_number_value(json_array_get(boundaries, i == 0 ? 0 : i - 1));
        const double high = json_number_value(json_array_get(boundaries, i));
        if (count == 0) {
            add(n, "%.*s", (int)cli_whole_length(name, LONGEST_PART), name);
        } else if (i == 0) {
            add(n, "%.*s < %g", (int)cli_whole_length(name, LONGEST_PART), name, high);
        } else if (i == count) {
            add(n, "%.*s >= %g", (int)cli_whole_length(name, LONGEST_PART), name, low);
        } else {
            add(n, "%.*s %g to %g", (int)cli_whole_length(name, LONGEST_PART), name, low, high);
        }
    }
}

static void add_feature(naming *const n, const json_t *const columns, const json_t *const feature)
{
    char name[256];
    const char *const kind = text_of(json_object_get(feature, "kind"));
    const json_t *const bits = json_object_get(feature, "bits");
    cli_feature_name(columns, feature, name, sizeof name);
    if (strcmp(kind, "numeric") == 0) {
        add(n, "%s", name);
    } else if (strcmp(kind, "categorical") == 0) {
        add_list(n, name, " = ", json_object_get(feature, "categories"));
    } else if (strcmp(kind, "buckets") == 0) {
        add_buckets(n, name, json_object_get(feature, "boundaries"));
    } else if (bits != NULL) {
        add_hashed(n, name, bits);
    } else {
        add_list(n, name, ": ", json_object_get(feature, "terms"));
    }
    if (json_is_true(json_object_get(feature, "missing")) ||
        json_is_true(json_object_get(feature, "indicator"))) {
        add(n, "%s missing", name);
    }
}

static void forget(cli_feature_names *const names)
{
    for (size_t i = 0; i < names->count; i++) {
        free(names->list[i]);
    }
    names->count = 0;
}

bool cli_name_features(const sm_shape *const shape, cli_feature_names *const names)
{
    *names = (cli_feature_names){.list = calloc(shape->features, sizeof *names->list)};
    naming n = {.names = names, .room = shape->features};
    if (names->list == NULL) {
        n.no_memory = true;
    } else {
        json_t *const columns = cli_columns_json(shape);
        const json_t *const features = json_object_get(columns, "features");
        for (size_t i = 0; i < json_array_size(features) && !n.failed; i++) {
            add_feature(&n, columns, json_array_get(features, i));
        }
        json_decref(columns);
        names->known = !n.failed && names->count == shape->features;
    }
    if (!names->known && !n.no_memory) {
        forget(names);
        n.failed = false;
        for (size_t i = 0; i < shape->features && !n.failed; i++) {
            add(&n, "x%zu", i + 1);
        }
    }
    if (n.no_memory) {
        cli_free_feature_names(names);
        cli_say("not enough memory for the names of %zu features", shape->features);
    }
    return !n.no_memory;
}

void cli_free_feature_names(cli_feature_names *const names)
{
    forget(names);
    free((void *)names->list);
    names->list = NULL;
}
