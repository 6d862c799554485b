/* Standard errors, p-values and confidence intervals of softmax regression: docs/numerics.md,
 * "Statistics". */
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/dataset.h"
#include "data/streaming.h"
#include "eval/distribution.h"
#include "eval/factor.h"
#include "eval/likelihood.h"
#include "eval/maximum.h"

/* A column whose share of variance that other columns do not explain is below this is taken to
 * depend on them: columns in float carry rounding errors of up to 1e-14 of it. */
static const double LEAST_OWN_VARIANCE = 1e-10;

/* A model farther than this from the maximum, in standard errors, is another model. */
static const double MOST_SHIFT = 0.1;

/* ---- what is refused ---- */

static sm_status check_penalty(const sm_model *const model)
{
    const char *const text = sm_model_training(model);
    json_t *const training = json_loads(text, 0, NULL);
    if (training == NULL && text[0] != '\0') {
        return smi_fail_memory("the training description");
    }
    const double l1 = json_number_value(json_object_get(training, "l1"));
    const double l2 = json_number_value(json_object_get(training, "l2"));
    json_decref(training);
    if (l1 > 0.0) {
        return smi_fail(SM_ERROR_DATA,
                        "the model was trained with an L1 penalty of %g, which biases coefficients "
                        "and sets some to 0: standard errors do not hold for it; train without it",
                        l1);
    }
    if (l2 > 0.0) {
        return smi_fail(SM_ERROR_DATA,
                        "the model was trained with an L2 penalty of %g, which biases coefficients "
                        "towards 0: standard errors do not hold for it; train with an l2 of 0",
                        l2);
    }
    return SM_OK;
}

/* A row is an observation of one class, and counts once. */
static sm_status check_observations(const sm_dataset *const data)
{
    if (data->weights != NULL) {
        return smi_fail(SM_ERROR_DATA, "statistics of weighted rows: only the ratios of weights "
                                       "are known, not how many observations they stand for");
    }
    for (size_t r = 0; data->targets != NULL && r < data->rows; r++) {
        const size_t label = (size_t)sm_dataset_label(data, r);
        if (data->targets[smi_dataset_stored_row(data, r) * data->shape.classes + label] != 1.0F) {
            return smi_fail(SM_ERROR_DATA,
                            "row %zu has no class but a distribution over classes; "
                            "statistics need one class a row",
                            r);
        }
    }
    return SM_OK;
}

static sm_status check_call(const sm_model *const model, const size_t base_class,
                            const double confidence)
{
    const size_t classes = sm_model_shape(model).classes;
    const size_t parameters = sm_model_parameter_count(model);
    if (base_class >= classes) {
        return smi_fail(SM_ERROR_ARGUMENT,
                        "there is no class %zu to be the base: the model has "
                        "%zu, from 0",
                        base_class, classes);
    }
    if (!(confidence > 0.0 && confidence < 1.0)) {
        return smi_fail(SM_ERROR_ARGUMENT, "confidence is %g; it must be above 0 and below 1",
                        confidence);
    }
    if (sm_model_layer_count(model) > 1) {
        return smi_fail(SM_ERROR_DATA,
                        "statistics hold for softmax regression alone, and the model is a network "
                        "of %zu layers",
                        sm_model_layer_count(model));
    }
    if (parameters > SM_MOST_STATISTICS_PARAMETERS) {
        return smi_fail(SM_ERROR_DATA,
                        "the model has %zu parameters; statistics are for at most %d, as their "
                        "time grows with the cube of that number",
                        parameters, SM_MOST_STATISTICS_PARAMETERS);
    }
    return check_penalty(model);
}

/* Columns that depend on others, and classes that do not occur, have no coefficients of their own.
 */
static sm_status check_columns(const smi_likelihood *const likelihood)
{
    char text[SMI_FEATURE_TEXT_SIZE];
    const size_t features = likelihood->terms - 1;
    for (size_t t = 1; t < likelihood->terms; t++) {
        if (!(likelihood->deviation[t] > 0.0)) {
            return smi_fail(SM_ERROR_DATA,
                            "no standard errors: feature '%s' is constant, and cannot be told from "
                            "the intercept; leave it out",
                            smi_feature_name(likelihood, t - 1, text));
        }
    }
    double *const correlation = smi_array(features, features * sizeof *correlation);
    if (correlation == NULL) {
        return smi_fail_memory("statistics");
    }
    smi_correlation(likelihood, correlation);
    const size_t dependent = smi_factor(correlation, features, LEAST_OWN_VARIANCE);
    smi_free(correlation);
    if (dependent < features) {
        return smi_fail(SM_ERROR_DATA,
                        "no standard errors: feature '%s' is a linear combination of features "
                        "before it, or all but; leave it out",
                        smi_feature_name(likelihood, dependent, text));
    }
    return SM_OK;
}

static sm_status check_classes(const smi_likelihood *const likelihood,
                               const char *const *const names)
{
    for (size_t c = 0; c <= likelihood->others; c++) {
        if (likelihood->rows[c] == 0) {
            return smi_fail(SM_ERROR_DATA,
                            "no standard errors: the data has no row of the class '%s'", names[c]);
        }
    }
    return SM_OK;
}

/* ---- between the model's coefficients and those of standardised features ---- */

/* The model's contrasts for features as they are stored. kernel, bias: the model's; contrasts:
 * (classes − 1) × (features + 1). */
static void unscaled_contrasts(const sm_shape *const shape, const float *const kernel,
                               const float *const bias, const size_t base_class,
                               double *const contrasts)
{
    const size_t classes = shape->classes;
    double *contrast = contrasts;
    for (size_t c = 0; c < classes; c++) {
        if (c == base_class) {
            continue;
        }
        contrast[0] = (double)bias[c] - (double)bias[base_class];
        for (size_t f = 0; f < shape->features; f++) {
            const float *const weights = kernel + f * classes;
            const double shift =
                (double)(shape->column_shift == NULL ? shape->shift : shape->column_shift[f]);
            const double scale =
                (double)(shape->column_scale == NULL ? shape->scale : shape->column_scale[f]);
            contrast[f + 1] = ((double)weights[c] - (double)weights[base_class]) * scale;
            contrast[0] -= shift * contrast[f + 1];
        }
        contrast += shape->features + 1;
    }
}

/* x · b = u · standardised, for every row. */
static void standardise(const smi_likelihood *const likelihood, const double *const unscaled,
                        double *const standardised)
{
    for (size_t k = 0; k < likelihood->others; k++) {
        const double *const from = unscaled + k * likelihood->terms;
        double *const to = standardised + k * likelihood->terms;
        to[0] = from[0];
        for (size_t t = 1; t < likelihood->terms; t++) {
            to[t] = from[t] * likelihood->deviation[t];
            to[0] += from[t] * likelihood->mean[t];
        }
    }
}

/* A coefficient for features as stored is a weighted sum of the standardised ones of its contrast.
 * weights: terms; returns the first place that is not 0. */
static size_t weights_of(const smi_likelihood *const likelihood, const size_t term,
                         double *const weights)
{
    memset(weights, 0, likelihood->terms * sizeof *weights);
    if (term > 0) {
        weights[term] = 1.0 / likelihood->deviation[term];
        return term;
    }
    weights[0] = 1.0;
    for (size_t t = 1; t < likelihood->terms; t++) {
        weights[t] = -likelihood->mean[t] / likelihood->deviation[t];
    }
    return 0;
}

/* ---- the results ---- */

/* The coefficient of a term in contrast k. room: count. Its variance is wᵀ · (L · Lᵀ)⁻¹ · w =
 * ‖L⁻¹ · w‖². */
static sm_coefficient coefficient_of(const smi_likelihood *const likelihood,
                                     const smi_maximum *const maximum, const size_t k,
                                     const size_t term, const double bound, double *const room)
{
    const size_t start = k * likelihood->terms;
    sm_coefficient result = {0};
    memset(room, 0, likelihood->count * sizeof *room);
    const size_t first = start + weights_of(likelihood, term, room + start);
    for (size_t t = 0; t < likelihood->terms; t++) {
        result.value += room[start + t] * maximum->contrasts[start + t];
    }
    smi_factor_forward(maximum->factor, likelihood->count, first, room);
    double variance = 0.0;
    for (size_t p = first; p < likelihood->count; p++) {
        variance += room[p] * room[p];
    }
    result.standard_error = sqrt(variance);
    result.z = result.value / result.standard_error;
    result.p_value = smi_normal_outside(result.z);
    result.lower = result.value - bound * result.standard_error;
    result.upper = result.value + bound * result.standard_error;
    return result;
}

static sm_statistics statistics_of(const smi_likelihood *const likelihood,
                                   const smi_maximum *const maximum)
{
    const size_t rows = sm_dataset_rows(likelihood->data);
    double null_value = 0.0;
    for (size_t c = 0; c <= likelihood->others; c++) {
        const double count = (double)likelihood->rows[c];
        null_value += count * log(count / (double)rows);
    }
    const double value = maximum->log_likelihood;
    const double ratio = fmax(0.0, 2.0 * (value - null_value));
    const size_t degrees = likelihood->count - likelihood->others;
    return (sm_statistics){
        .rows = rows,
        .parameters = likelihood->count,
        .degrees_of_freedom = degrees,
        .log_likelihood = value,
        .null_log_likelihood = null_value,
        .pseudo_r_squared = 1.0 - value / null_value,
        .likelihood_ratio = ratio,
        .likelihood_ratio_p_value = smi_chi_square_above(ratio, degrees),
        .aic = 2.0 * (double)likelihood->count - 2.0 * value,
        .bic = log((double)rows) * (double)likelihood->count - 2.0 * value,
        .newton_steps = maximum->steps,
    };
}

/* How far the maximum is from the model, in standard errors of the coefficient that is farthest. */
static double largest_shift(const double *const unscaled, const sm_coefficient *const coefficients,
                            const size_t count)
{
    double largest = 0.0;
    for (size_t p = 0; p < count; p++) {
        largest = fmax(largest,
                       fabs(coefficients[p].value - unscaled[p]) / coefficients[p].standard_error);
    }
    return largest;
}

/* What statistics need room for. */
typedef struct workspace {
    smi_likelihood likelihood;
    smi_maximum maximum;
    int32_t *place;     /* the data's classes: the place of each */
    const char **names; /* of the classes by place */
    float *kernel;      /* the model's */
    float *bias;
    double *unscaled;             /* count: the model's contrasts */
    double *room;                 /* count */
    sm_coefficient *coefficients; /* count */
} workspace;

static sm_status compute(const sm_model *const model, const size_t base_class,
                         const double confidence, workspace *const w,
                         sm_statistics *const statistics)
{
    const smi_likelihood *const likelihood = &w->likelihood;
    const sm_shape shape = sm_model_shape(model);
    const double bound = smi_normal_bound(1.0 - confidence);
    sm_status status = check_classes(likelihood, w->names);
    if (status == SM_OK) {
        status = check_columns(likelihood);
    }
    if (status == SM_OK) {
        status = sm_model_get_parameters(model, 0, w->kernel, w->bias);
    }
    if (status == SM_OK) {
        unscaled_contrasts(&shape, w->kernel, w->bias, base_class, w->unscaled);
        standardise(likelihood, w->unscaled, w->maximum.contrasts);
        status = smi_maximise(likelihood, w->names, &w->maximum);
    }
    if (status != SM_OK) {
        return status;
    }
    for (size_t p = 0; p < likelihood->count; p++) {
        w->coefficients[p] = coefficient_of(likelihood, &w->maximum, p / likelihood->terms,
                                            p % likelihood->terms, bound, w->room);
    }
    *statistics = statistics_of(likelihood, &w->maximum);
    statistics->largest_shift = largest_shift(w->unscaled, w->coefficients, likelihood->count);
    if (!(statistics->largest_shift <= MOST_SHIFT)) {
        return smi_fail(SM_ERROR_DATA,
                        "the model is not at the maximum of this data's likelihood: a coefficient "
                        "is %.3g standard errors off; train on this data, without weights or label "
                        "smoothing, to a "
                        "tolerance of 1e-6 or so, with features on similar scales",
                        statistics->largest_shift);
    }
    return SM_OK;
}

/* Room for everything, and the classes' places. */
static sm_status prepare(const sm_model *const model, const sm_dataset *const train,
                         const size_t base_class, workspace *const w)
{
    const sm_shape model_shape = sm_model_shape(model);
    const sm_shape *const shape = &model_shape;
    const size_t count = (shape->classes - 1) * (shape->features + 1);
    int32_t *const place = smi_array(train->shape.classes, sizeof *place);
    w->place = place;
    w->names = smi_array(shape->classes, sizeof *w->names);
    w->kernel = smi_array(shape->features, shape->classes * sizeof *w->kernel);
    w->bias = smi_array(shape->classes, sizeof *w->bias);
    w->unscaled = smi_array(count, sizeof *w->unscaled);
    w->room = smi_array(count, sizeof *w->room);
    w->coefficients = smi_array(count, sizeof *w->coefficients);
    w->maximum.contrasts = smi_array(count, sizeof *w->maximum.contrasts);
    w->maximum.factor = smi_array(count, count * sizeof *w->maximum.factor);
    if (place == NULL || w->names == NULL || w->kernel == NULL || w->bias == NULL ||
        w->unscaled == NULL || w->room == NULL || w->coefficients == NULL ||
        w->maximum.contrasts == NULL || w->maximum.factor == NULL) {
        return smi_fail_memory("statistics");
    }
    const sm_status status =
        smi_dataset_match_classes(train, shape->class_names, shape->classes, place);
    if (status != SM_OK) {
        return status;
    }
    /* The base goes last, and those behind it come one nearer. */
    const int32_t base = (int32_t)base_class;
    for (size_t c = 0; c < train->shape.classes; c++) {
        place[c] = place[c] == base ? (int32_t)shape->classes - 1 : place[c] - (place[c] > base);
    }
    for (size_t c = 0; c < shape->classes; c++) {
        w->names[c == base_class ? shape->classes - 1 : c - (c > base_class)] =
            shape->class_names[c];
    }
    return smi_likelihood_open(&w->likelihood, train, shape->classes, place);
}

static void release(workspace *const w)
{
    smi_likelihood_close(&w->likelihood);
    smi_free(w->maximum.contrasts);
    smi_free(w->maximum.factor);
    smi_free(w->place);
    smi_free(w->names);
    smi_free(w->kernel);
    smi_free(w->bias);
    smi_free(w->unscaled);
    smi_free(w->room);
    smi_free(w->coefficients);
}

sm_status sm_model_statistics(const sm_model *const model, const sm_dataset *const train,
                              const size_t base_class, const double confidence,
                              const char *const *const feature_names,
                              sm_statistics *const statistics, sm_coefficient *const coefficients)
{
    if (model == NULL || train == NULL || statistics == NULL || coefficients == NULL) {
        return smi_fail_null(__func__, model == NULL        ? "model"
                                       : train == NULL      ? "train"
                                       : statistics == NULL ? "statistics"
                                                            : "coefficients");
    }
    sm_statistics found = {0};
    workspace w = {0};
    sm_status status = check_call(model, base_class, confidence);
    if (status == SM_OK) {
        status = smi_dataset_check(train, sm_model_shape(model).features, true);
    }
    if (status == SM_OK) {
        status = check_observations(train);
    }
    if (status == SM_OK) {
        status = prepare(model, train, base_class, &w);
        w.likelihood.feature_names = feature_names;
    }
    if (status == SM_OK) {
        status = compute(model, base_class, confidence, &w, &found);
    }
    if (status == SM_OK) {
        status = smi_streaming_check_unchanged(train);
    }
    if (status == SM_OK) {
        *statistics = found;
        memcpy(coefficients, w.coefficients, w.likelihood.count * sizeof *coefficients);
    }
    release(&w);
    return status;
}
