#include "cli/class_weight.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "cli/exit_status.h"
#include "cli/terminal.h"

/* The class of that name; classes: there is none. */
static size_t find_class(const sm_shape *const shape, const char *const name)
{
    size_t c = 0;
    while (c < shape->classes && strcmp(shape->class_names[c], name) != 0) {
        c++;
    }
    return c;
}

/* Cuts the first item of a list off, and takes away the backslashes that protect commas and
 * backslashes in it. *rest is where the next one begins; NULL: there is none. */
static char *next_item(char **const rest)
{
    char *const item = *rest;
    char *to = item;
    const char *from = item;
    while (*from != '\0' && *from != ',') {
        const bool protects = *from == '\\' && (from[1] == ',' || from[1] == '\\');
        from += protects;
        *to++ = *from++;
    }
    *rest = *from == '\0' ? NULL : item + (from - item) + 1;
    *to = '\0';
    return item;
}

/* Takes NAME=W, which is taken apart in its place. weights: 0 where none is given yet. */
static int take_one(const char *const text, char *const item, const sm_shape *const shape,
                    double *const weights)
{
    char *const sign = strrchr(item, '=');
    double weight = 0.0;
    if (sign == NULL) {
        cli_say("--class-weight=%s: it must be balanced, or NAME=W,NAME=W..., with a backslash "
                "before each comma of a name",
                text);
        return CLI_WRONG_USAGE;
    }
    *sign = '\0';
    const size_t class = find_class(shape, item);
    if (class == shape->classes) {
        cli_say("--class-weight=%s: there is no class '%s' among the %zu", text, item,
                shape->classes);
        return CLI_WRONG_USAGE;
    }
    if (weights[class] > 0.0) {
        cli_say("--class-weight=%s: class '%s' has two weights", text, item);
        return CLI_WRONG_USAGE;
    }
    if (!smi_parse_double(sign + 1, &weight) || !(weight > 0.0)) {
        cli_say("--class-weight=%s: the weight of class '%s' must be a number above 0", text, item);
        return CLI_WRONG_USAGE;
    }
    weights[class] = weight;
    return CLI_SUCCESS;
}

static int take_list(const char *const text, const sm_shape *const shape, double *const weights)
{
    char *const copy = strdup(text);
    int status = CLI_SUCCESS;
    if (copy == NULL) {
        cli_say("not enough memory");
        return CLI_FAILURE;
    }
    for (size_t c = 0; c < shape->classes; c++) {
        weights[c] = 0.0;
    }
    char *next = copy;
    while (status == CLI_SUCCESS && next != NULL) {
        char *const item = next_item(&next);
        status = take_one(text, item, shape, weights);
    }
    free(copy);
    for (size_t c = 0; c < shape->classes; c++) {
        weights[c] = weights[c] > 0.0 ? weights[c] : 1.0;
    }
    return status;
}

int cli_class_weights(const char *const text, const sm_model *const model,
                      const sm_dataset *const dataset, double **const weights)
{
    *weights = NULL;
    if (text == NULL) {
        return CLI_SUCCESS;
    }
    const sm_shape shape = sm_model_shape(model);
    *weights = malloc(shape.classes * sizeof **weights);
    if (*weights == NULL) {
        cli_say("not enough memory");
        return CLI_FAILURE;
    }
    if (strcmp(text, "balanced") != 0) {
        return take_list(text, &shape, *weights);
    }
    return sm_balanced_class_weights(model, dataset, *weights) == SM_OK ? CLI_SUCCESS : cli_fail();
}
