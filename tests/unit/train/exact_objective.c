#include "unit/train/exact_objective.h"

#include <math.h>
#include <stdlib.h>

#include "data/dataset.h"
#include "kernel/tolerance.h"
#include "support/cmocka_all.h"

enum { MOST_CLASSES = 64 };

/* What src/train/softmax_objective.c adds up in float: products within a block of 64 rows, blocks
 * until a flush after 1024; lists of entries, and for the bias, row after row until a flush.
 * Products, over blocks of up to 128 rows, are somewhere in between. */
static double weight_roundings(const exact_objective *const objective)
{
    const double rows = fmin((double)objective->count, 1024.0);
    return objective->any_order ? rows + 2.0 : fmin(rows, 64.0) + ceil(rows / 64.0) + 1.0;
}

static double bias_roundings(const size_t rows)
{
    return fmin((double)rows, 1024.0 + 63.0);
}

exact_objective exact_objective_of(const sm_model *const model, const sm_dataset *const dataset,
                                   const double l2)
{
    return (exact_objective){.dataset = dataset,
                             .shape = sm_model_shape(model),
                             .l2 = l2,
                             .count = sm_dataset_rows(dataset)};
}

static size_t row_at(const exact_objective *const objective, const size_t index)
{
    return objective->rows == NULL ? index : objective->rows[index];
}

static double x_at(const exact_objective *const objective, const size_t row, const size_t feature)
{
    const sm_dataset *const dataset = objective->dataset;
    if (sm_dataset_element(dataset) == SM_CSR) {
        const smi_sparse_row entries = smi_dataset_entries(dataset, row);
        for (size_t i = 0; i < entries.count; i++) {
            if (entries.columns[i] == feature) {
                return (double)entries.values[i];
            }
        }
        return 0.0;
    }
    const void *const x = smi_dataset_x(dataset, row);
    return sm_dataset_element(dataset) == SM_U8 ? (double)((const uint8_t *)x)[feature]
                                                : (double)((const float *)x)[feature];
}

static double target_at(const exact_objective *const objective, const size_t row,
                        const size_t class)
{
    const sm_dataset *const dataset = objective->dataset;
    const size_t classes = objective->shape.classes;
    if (dataset->targets != NULL) {
        return (double)dataset->targets[smi_dataset_stored_row(dataset, row) * classes + class];
    }
    return sm_dataset_label(dataset, row) == (int32_t) class ? 1.0 : 0.0;
}

static double unscaled_weight(const exact_objective *const objective, const size_t row)
{
    const sm_dataset *const dataset = objective->dataset;
    const float *const own = dataset->weights;
    const double *const of_class = objective->class_weights;
    return (own == NULL ? 1.0 : (double)own[smi_dataset_stored_row(dataset, row)]) *
           (of_class == NULL ? 1.0 : of_class[sm_dataset_label(dataset, row)]);
}

/* What makes the mean of all the dataset's weights 1. */
static double weight_scale(const exact_objective *const objective)
{
    const size_t rows = sm_dataset_rows(objective->dataset);
    double sum = 0.0;
    for (size_t r = 0; r < rows; r++) {
        sum += unscaled_weight(objective, r);
    }
    return (double)rows / sum;
}

static double shift_of(const exact_objective *const objective, const size_t feature)
{
    const sm_shape *const shape = &objective->shape;
    return (double)(shape->column_shift == NULL ? shape->shift : shape->column_shift[feature]);
}

static double scale_of(const exact_objective *const objective, const size_t feature)
{
    const sm_shape *const shape = &objective->shape;
    return (double)(shape->column_scale == NULL ? shape->scale : shape->column_scale[feature]);
}

/* One row's logits, and for each Σ |x · scale · w|. */
static void row_logits(const exact_objective *const objective, const double *const parameters,
                       const size_t row, double *const logits, double *const magnitudes)
{
    const size_t features = objective->shape.features;
    const size_t classes = objective->shape.classes;
    assert_true(classes <= MOST_CLASSES);
    for (size_t c = 0; c < classes; c++) {
        logits[c] = parameters[features * classes + c];
        magnitudes[c] = 0.0;
    }
    for (size_t f = 0; f < features; f++) {
        const double x = x_at(objective, row, f);
        for (size_t c = 0; c < classes; c++) {
            const double weight = scale_of(objective, f) * parameters[f * classes + c];
            logits[c] += (x - shift_of(objective, f)) * weight;
            magnitudes[c] += fabs(x * weight);
        }
    }
}

/* Turns logits into probabilities; returns log Σ exp. */
static double softmax(double *const values, const size_t count)
{
    double largest = values[0];
    double sum = 0.0;
    for (size_t i = 1; i < count; i++) {
        largest = fmax(largest, values[i]);
    }
    for (size_t i = 0; i < count; i++) {
        values[i] = exp(values[i] - largest);
        sum += values[i];
    }
    for (size_t i = 0; i < count; i++) {
        values[i] /= sum;
    }
    return largest + log(sum);
}

double exact_loss(const exact_objective *const objective, const double *const parameters)
{
    const double to_mean = weight_scale(objective);
    double loss = 0.0;
    for (size_t i = 0; i < objective->count; i++) {
        const size_t row = row_at(objective, i);
        double logits[MOST_CLASSES];
        double values[MOST_CLASSES];
        row_logits(objective, parameters, row, logits, values);
        for (size_t c = 0; c < objective->shape.classes; c++) {
            values[c] = logits[c];
        }
        const double log_sum = softmax(values, objective->shape.classes);
        const double weight = to_mean * unscaled_weight(objective, row);
        for (size_t c = 0; c < objective->shape.classes; c++) {
            loss += weight * target_at(objective, row, c) * (log_sum - logits[c]);
        }
    }
    return loss / (double)objective->count;
}

double exact_value(const exact_objective *const objective, const double *const parameters)
{
    double square = 0.0;
    for (size_t i = 0; i < objective->shape.features * objective->shape.classes; i++) {
        square += parameters[i] * parameters[i];
    }
    return exact_loss(objective, parameters) + objective->l2 / 2.0 * square;
}

double exact_accuracy(const exact_objective *const objective, const double *const parameters)
{
    double correct = 0.0;
    for (size_t i = 0; i < objective->count; i++) {
        const size_t row = row_at(objective, i);
        double logits[MOST_CLASSES];
        double magnitudes[MOST_CLASSES];
        size_t best = 0;
        row_logits(objective, parameters, row, logits, magnitudes);
        for (size_t c = 1; c < objective->shape.classes; c++) {
            best = logits[c] > logits[best] ? c : best;
        }
        correct += sm_dataset_label(objective->dataset, row) == (int32_t)best;
    }
    return correct / (double)objective->count;
}

/* Of the feature that a weight belongs to, as the model sees it; 1 for a bias. */
static double scaled_feature(const exact_objective *const objective, const size_t row,
                             const size_t parameter)
{
    const size_t classes = objective->shape.classes;
    if (parameter >= objective->shape.features * classes) {
        return 1.0;
    }
    const size_t feature = parameter / classes;
    return (x_at(objective, row, feature) - shift_of(objective, feature)) *
           scale_of(objective, feature);
}

double exact_slope(const exact_objective *const objective, double *const parameters,
                   const size_t parameter, double *const error)
{
    const double width = 1e-4;
    const double here = parameters[parameter];
    parameters[parameter] = here + width;
    const double after = exact_value(objective, parameters);
    parameters[parameter] = here - width;
    const double before = exact_value(objective, parameters);
    parameters[parameter] = here;
    /* The third derivative along one weight is the mean of p · (1 − p) · (1 − 2p) · x³, and that
     * polynomial stays below 0.0963. */
    const double to_mean = weight_scale(objective);
    double third = 0.0;
    for (size_t i = 0; i < objective->count; i++) {
        const size_t row = row_at(objective, i);
        third += to_mean * unscaled_weight(objective, row) *
                 pow(fabs(scaled_feature(objective, row, parameter)), 3.0);
    }
    third *= 0.0963 / (double)objective->count;
    const double noise = 64.0 * 0x1p-53 * (fabs(after) + fabs(before));
    *error = width * width / 6.0 * third + noise / (2.0 * width);
    return (after - before) / (2.0 * width);
}

/* The most that any of a row's logits may be off. */
static double worst_logit(const exact_objective *const objective, const double *const parameters,
                          const char *const isa, const double *const logits,
                          const double *const magnitudes)
{
    const size_t features = objective->shape.features;
    const size_t classes = objective->shape.classes;
    double worst = 0.0;
    for (size_t c = 0; c < classes; c++) {
        double column = 0.0;
        for (size_t f = 0; f < features; f++) {
            column += shift_of(objective, f) * scale_of(objective, f) * parameters[f * classes + c];
        }
        const double folded = parameters[features * classes + c] - column;
        worst = fmax(worst, folded_logit_bound(arithmetic_of(isa), features, magnitudes[c], folded,
                                               logits[c]));
    }
    return worst;
}

/* One row as tolerance.h wants it; values: its logits, which become probabilities. */
static row_facts facts_of(const exact_objective *const objective, const size_t row,
                          double *const values, double *const distances)
{
    row_facts facts = {.classes = objective->shape.classes};
    double largest = values[0];
    for (size_t c = 1; c < facts.classes; c++) {
        largest = fmax(largest, values[c]);
    }
    for (size_t c = 0; c < facts.classes; c++) {
        distances[c] = largest - values[c];
        facts.target_sum += target_at(objective, row, c);
    }
    (void)softmax(values, facts.classes);
    for (size_t c = 0; c < facts.classes; c++) {
        facts.mean_distance += values[c] * distances[c];
    }
    return facts;
}

/* Then a row's loss is multiplied with a weight that was rounded. */
static bool is_weighted(const exact_objective *const objective)
{
    return objective->class_weights != NULL || objective->dataset->weights != NULL;
}

double value_bound(const exact_objective *const objective, const double *const parameters,
                   const char *const isa)
{
    const double to_mean = weight_scale(objective);
    double bound = 0.0;
    for (size_t i = 0; i < objective->count; i++) {
        const size_t row = row_at(objective, i);
        double logits[MOST_CLASSES];
        double magnitudes[MOST_CLASSES];
        double distances[MOST_CLASSES];
        row_logits(objective, parameters, row, logits, magnitudes);
        const double logit = worst_logit(objective, parameters, isa, logits, magnitudes);
        const row_facts facts = facts_of(objective, row, logits, distances);
        double magnitude = log((double)facts.classes);
        for (size_t c = 0; c < facts.classes; c++) {
            magnitude += target_at(objective, row, c) * distances[c];
        }
        const double rounded = is_weighted(objective) ? 2.0 * float_unit * magnitude : 0.0;
        bound += to_mean * unscaled_weight(objective, row) *
                 (2.0 * logit + loss_bound(arithmetic_of(isa), &facts, magnitude) + rounded);
    }
    const double value = exact_value(objective, parameters);
    return bound / (double)objective->count +
           0x1p-53 * (double)(objective->count + objective->shape.features) * 2.0 * value;
}

double slope_bound(const exact_objective *const objective, const double *const parameters,
                   const size_t parameter, const char *const isa)
{
    const size_t weights = objective->shape.features * objective->shape.classes;
    const size_t class = parameter % objective->shape.classes;
    const bool of_bias = parameter >= weights;
    const size_t feature = parameter / objective->shape.classes;
    const double shift = of_bias ? 0.0 : shift_of(objective, feature);
    const double scale = of_bias ? 1.0 : scale_of(objective, feature);
    const double to_mean = weight_scale(objective);
    double bound = 0.0;
    double slope = 0.0;
    for (size_t i = 0; i < objective->count; i++) {
        const size_t row = row_at(objective, i);
        double values[MOST_CLASSES];
        double others[MOST_CLASSES];
        row_logits(objective, parameters, row, values, others);
        const double logit = worst_logit(objective, parameters, isa, values, others);
        const row_facts facts = facts_of(objective, row, values, others);
        const double target = target_at(objective, row, class);
        const double weight = to_mean * unscaled_weight(objective, row);
        const double delta = weight * (facts.target_sum * values[class] - target);
        const double delta_error = weight * (2.0 * values[class] * facts.target_sum * logit +
                                             delta_bound(arithmetic_of(isa), &facts, values[class],
                                                         others[class], target)) +
                                   (is_weighted(objective) ? 2.0 * float_unit * fabs(delta) : 0.0);
        const double x = of_bias ? 0.0 : fabs(x_at(objective, row, feature));
        const double through_bias =
            (of_bias ? 1.0 : fabs(shift)) *
            (delta_error + bias_roundings(objective->count) * float_unit * fabs(delta));
        bound += x * (delta_error + weight_roundings(objective) * float_unit * fabs(delta)) +
                 through_bias;
        slope += delta * scaled_feature(objective, row, parameter);
    }
    const double penalty = of_bias ? 0.0 : objective->l2 * parameters[parameter];
    slope /= (double)objective->count;
    return second_order * (bound * fabs(scale) / (double)objective->count +
                           float_unit * (2.0 * fabs(slope) + 3.0 * fabs(penalty)));
}
