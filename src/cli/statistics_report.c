#include "cli/statistics_report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/exit_status.h"
#include "cli/feature_names.h"
#include "cli/json.h"
#include "cli/terminal.h"

typedef struct statistics_result {
    const cli_statistics_request *request;
    sm_shape shape;
    cli_feature_names names;
    size_t base_class;
    sm_statistics statistics;
    sm_coefficient *coefficients; /* (classes − 1) × (features + 1) */
} statistics_result;

/* ---- JSON ---- */

/* name: of its feature; NULL: it is the intercept. */
static json_t *coefficient_json(const char *const name, const sm_coefficient *const c)
{
    json_t *const object =
        json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "value", cli_json_number(c->value),
                  "standard_error", cli_json_number(c->standard_error), "z", cli_json_number(c->z),
                  "p_value", cli_json_number(c->p_value), "lower", cli_json_number(c->lower),
                  "upper", cli_json_number(c->upper));
    if (name != NULL) {
        json_object_set_new(object, "name", cli_json_text(name));
    }
    return object;
}

/* One object for each class but the base. */
static json_t *contrasts_json(const statistics_result *const result)
{
    const sm_coefficient *at = result->coefficients;
    json_t *const contrasts = json_array();
    for (size_t c = 0; c < result->shape.classes; c++) {
        if (c == result->base_class) {
            continue;
        }
        json_t *const features = json_array();
        json_t *const intercept = coefficient_json(NULL, at++);
        for (size_t f = 0; f < result->shape.features; f++) {
            json_array_append_new(features, coefficient_json(result->names.list[f], at++));
        }
        json_array_append_new(contrasts,
                              json_pack("{s:s, s:o, s:o}", "class", result->shape.class_names[c],
                                        "intercept", intercept, "features", features));
    }
    return contrasts;
}

static int print_json(const statistics_result *const result)
{
    const sm_statistics *const s = &result->statistics;
    json_t *const object = json_pack(
        "{s:s, s:o, s:o, s:I, s:I, s:s, s:f, s:o}", "kind", "statistics", "name",
        cli_json_text(result->request->model_name), "data",
        cli_json_text(result->request->data_name), "rows", (json_int_t)s->rows, "parameters",
        (json_int_t)s->parameters, "base", result->shape.class_names[result->base_class],
        "confidence", result->request->confidence, "coefficients", contrasts_json(result));
    json_t *const fit = json_pack(
        "{s:f, s:f, s:f, s:f, s:I, s:f, s:f, s:f, s:I, s:f}", "log_likelihood", s->log_likelihood,
        "null_log_likelihood", s->null_log_likelihood, "pseudo_r_squared", s->pseudo_r_squared,
        "likelihood_ratio", s->likelihood_ratio, "degrees_of_freedom",
        (json_int_t)s->degrees_of_freedom, "likelihood_ratio_p_value", s->likelihood_ratio_p_value,
        "aic", s->aic, "bic", s->bic, "newton_steps", (json_int_t)s->newton_steps, "largest_shift",
        s->largest_shift);
    if (object == NULL || json_object_update_new(object, fit) != 0) {
        json_decref(object);
        return cli_json_print(NULL);
    }
    return cli_json_print(object);
}

/* ---- text ---- */

static void print_fit(const statistics_result *const result)
{
    const sm_statistics *const s = &result->statistics;
    char text[256];
    char counted[SMI_COUNTED_SIZE];
    cli_make_safe(result->request->model_name, text, sizeof text);
    (void)printf("model             %s\n", text);
    cli_make_safe(result->request->data_name, text, sizeof text);
    (void)printf("data              %s, %s\n", text, smi_counted_text(s->rows, "row", counted));
    (void)printf("log-likelihood    %.6g, %.6g with intercepts alone\n", s->log_likelihood,
                 s->null_log_likelihood);
    (void)printf("likelihood ratio  %.6g, %zu degrees of freedom, p = %.3g\n", s->likelihood_ratio,
                 s->degrees_of_freedom, s->likelihood_ratio_p_value);
    (void)printf("pseudo R-squared  %.4f (McFadden)\n", s->pseudo_r_squared);
    (void)printf("AIC, BIC          %.6g, %.6g, %s\n", s->aic, s->bic,
                 smi_counted_text(s->parameters, "parameter", counted));
    (void)printf("maximum           %.2g standard errors from the model, %s\n", s->largest_shift,
                 smi_counted_text(s->newton_steps, "Newton step", counted));
}

/* What the column of names takes: as much as the longest, but not so much that no room is left. */
enum { LEAST_NAME = 13, MOST_NAME = 40, NAME_SIZE = 512 };

static void make_name(const char *const name, char text[NAME_SIZE])
{
    cli_make_safe(name, text, NAME_SIZE);
    cli_shorten(text, MOST_NAME);
}

static size_t columns_of_names(const cli_feature_names *const names)
{
    size_t most = LEAST_NAME;
    for (size_t f = 0; f < names->count; f++) {
        char text[NAME_SIZE];
        make_name(names->list[f], text);
        const size_t columns = cli_columns_of(text);
        most = columns > most ? columns : most;
    }
    return most;
}

static void print_coefficient(const char *const name, const size_t columns,
                              const sm_coefficient *const c)
{
    char text[NAME_SIZE];
    make_name(name, text);
    (void)printf("  ");
    cli_print_left(stdout, text, columns);
    (void)printf(" %12.5g %12.5g %9.3f %10.3g %12.5g %12.5g\n", c->value, c->standard_error, c->z,
                 c->p_value, c->lower, c->upper);
}

static void print_text(const statistics_result *const result)
{
    const sm_coefficient *at = result->coefficients;
    char name[64];
    char base[64];
    char interval[32];
    const size_t columns = columns_of_names(&result->names);
    print_fit(result);
    cli_make_safe(result->shape.class_names[result->base_class], base, sizeof base);
    (void)snprintf(interval, sizeof interval, "%g %% interval",
                   100.0 * result->request->confidence);
    for (size_t c = 0; c < result->shape.classes; c++) {
        if (c == result->base_class) {
            continue;
        }
        cli_make_safe(result->shape.class_names[c], name, sizeof name);
        (void)printf("\n%s against %s\n", name, base);
        (void)printf("  %-*s %12s %12s %9s %10s %25s\n", (int)columns, "", "coefficient",
                     "std. error", "z", "p-value", interval);
        print_coefficient("intercept", columns, at++);
        for (size_t f = 0; f < result->shape.features; f++) {
            print_coefficient(result->names.list[f], columns, at++);
        }
    }
}

/* ---- the whole ---- */

static int compute(statistics_result *const result, const sm_model *const model,
                   const sm_dataset *const train)
{
    if (sm_model_statistics(model, train, result->base_class, result->request->confidence,
                            (const char *const *)result->names.list, &result->statistics,
                            result->coefficients) != SM_OK) {
        return cli_fail();
    }
    if (result->request->json) {
        return print_json(result);
    }
    print_text(result);
    return CLI_SUCCESS;
}

/* The class of this name; the number of classes where there is none. */
static size_t find_class(const sm_shape *const shape, const char *const name)
{
    size_t class = 0;
    while (name != NULL && class < shape->classes && strcmp(shape->class_names[class], name) != 0) {
        class ++;
    }
    return class;
}

int cli_report_statistics(const cli_statistics_request *const request, const sm_model *const model,
                          const sm_dataset *const train)
{
    statistics_result result = {.request = request, .shape = sm_model_shape(model)};
    result.base_class = find_class(&result.shape, request->base);
    if (result.base_class == result.shape.classes) {
        cli_say("--base=%s: the model has no such class; 'softmax inspect MODEL' lists them",
                request->base);
        return CLI_FAILURE;
    }
    if (!cli_name_features(&result.shape, &result.names)) {
        return CLI_FAILURE;
    }
    result.coefficients = calloc((result.shape.classes - 1) * (result.shape.features + 1),
                                 sizeof *result.coefficients);
    int status = CLI_FAILURE;
    if (result.coefficients == NULL) {
        cli_say("not enough memory");
    } else {
        status = compute(&result, model, train);
    }
    free(result.coefficients);
    cli_free_feature_names(&result.names);
    return status;
}
