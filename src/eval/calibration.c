/* How far probabilities are what they say, and the temperature that brings them there. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/dataset.h"
#include "data/streaming.h"
#include "eval/dataset_logits.h"

/* ---- rows and their logits ---- */

/* What a pass over labelled data needs. */
typedef struct pass {
    const sm_model *model;
    const sm_dataset *dataset;
    size_t classes;
    int32_t *map;  /* the data's classes: the place of each among the model's */
    float *logits; /* SMI_FORWARD_ROWS × classes: of a block of rows, without temperature */
    float *scratch;
} pass;

static void pass_close(pass *const over)
{
    smi_free(over->map);
    smi_free(over->logits);
    smi_free(over->scratch);
}

/* Closed by pass_close(), also on failure. */
static sm_status pass_open(const sm_model *const model, const sm_dataset *const dataset,
                           pass *const over)
{
    const sm_shape shape = sm_model_shape(model);
    *over = (pass){.model = model, .dataset = dataset, .classes = shape.classes};
    const sm_status status = smi_dataset_check(dataset, shape.features, true);
    if (status != SM_OK) {
        return status;
    }
    over->map = smi_array(dataset->shape.classes, sizeof *over->map);
    over->logits = smi_array(shape.classes, SMI_FORWARD_ROWS * sizeof *over->logits);
    over->scratch = smi_array(smi_forward_scratch(model, SMI_FORWARD_ROWS), sizeof *over->scratch);
    if (over->map == NULL || over->logits == NULL || over->scratch == NULL) {
        return smi_fail_memory("calibrating");
    }
    return smi_dataset_match_classes(dataset, shape.class_names, shape.classes, over->map);
}

/* Fills in the logits of rows first …; returns how many they are. */
static size_t pass_block(const pass *const over, const size_t first)
{
    const size_t count = smi_min_size(SMI_FORWARD_ROWS, over->dataset->rows - first);
    smi_dataset_raw_logits(over->model, over->dataset, first, count, over->scratch, over->logits);
    return count;
}

/* The class of a row, in the model's order; of soft targets the first largest. */
static size_t class_of(const pass *const over, const size_t row)
{
    return (size_t)over->map[sm_dataset_label(over->dataset, row)];
}

/* A row's distribution over the model's classes; NULL where it has just a class. */
static const float *targets_of(const pass *const over, const size_t row)
{
    const sm_dataset *const dataset = over->dataset;
    return dataset->targets == NULL
               ? NULL
               : dataset->targets + smi_dataset_stored_row(dataset, row) * dataset->shape.classes;
}

/* ---- reliability ---- */

/* The probability of the most probable class. */
static double confidence_of(const float *const logits, const size_t classes)
{
    const double largest = (double)logits[sm_argmax(logits, classes)];
    double sum = 0.0;
    for (size_t c = 0; c < classes; c++) {
        sum += exp((double)logits[c] - largest);
    }
    return 1.0 / sum;
}

/* Bins are open below and closed above, so that certainty is in the last. */
static size_t bin_of(const double confidence, const size_t bin_count)
{
    const double place = ceil(confidence * (double)bin_count) - 1.0;
    return place < 0.0 ? 0 : smi_min_size((size_t)place, bin_count - 1);
}

static sm_status count_rows(const pass *const over, const size_t bin_count,
                            sm_reliability_bin *const bins, double *const loss)
{
    const size_t classes = over->classes;
    size_t count = 0;
    for (size_t first = 0; first < over->dataset->rows; first += count) {
        count = pass_block(over, first);
        smi_model_temper(over->model, over->logits, count * classes);
        for (size_t i = 0; i < count; i++) {
            const float *const logits = over->logits + i * classes;
            const float *const targets = targets_of(over, first + i);
            const size_t class = class_of(over, first + i);
            const int32_t label = (int32_t) class;
            const double confidence = confidence_of(logits, classes);
            if (!isfinite(confidence)) {
                return smi_fail(SM_ERROR_DATA,
                                "row %zu has no probabilities: the model's logits "
                                "for it are not finite numbers",
                                first + i);
            }
            sm_reliability_bin *const bin = &bins[bin_of(confidence, bin_count)];
            bin->rows++;
            bin->confidence += confidence;
            bin->accuracy += sm_argmax(logits, classes) == class ? 1.0 : 0.0;
            *loss += targets != NULL ? sm_cross_entropy_soft(logits, targets, 1, classes)
                                     : sm_cross_entropy(logits, &label, 1, classes);
        }
    }
    return SM_OK;
}

/* Makes means of the bins' sums, and figures of the bins. */
static sm_calibration conclude(sm_reliability_bin *const bins, const size_t bin_count,
                               const double loss, const size_t rows)
{
    const double all = (double)rows;
    sm_calibration found = {.rows = rows, .loss = loss / all};
    for (size_t b = 0; b < bin_count; b++) {
        const double count = (double)bins[b].rows;
        const double gap = fabs(bins[b].confidence - bins[b].accuracy); /* times count */
        if (bins[b].rows == 0) {
            continue;
        }
        found.confidence += bins[b].confidence;
        found.accuracy += bins[b].accuracy;
        found.expected_error += gap / all;
        found.largest_error = fmax(found.largest_error, gap / count);
        bins[b].confidence /= count;
        bins[b].accuracy /= count;
    }
    found.confidence /= all;
    found.accuracy /= all;
    return found;
}

sm_status sm_evaluate_calibration(const sm_model *const model, const sm_dataset *const dataset,
                                  const size_t bin_count, sm_reliability_bin *const bins,
                                  sm_calibration *const calibration)
{
    if (model == NULL || dataset == NULL || calibration == NULL) {
        return smi_fail_null(__func__, model == NULL     ? "model"
                                       : dataset == NULL ? "dataset"
                                                         : "calibration");
    }
    if (bin_count == 0 || bin_count > SM_MOST_RELIABILITY_BINS) {
        return smi_fail(SM_ERROR_ARGUMENT, "%s: bin_count is %zu; it must be 1 to %d", __func__,
                        bin_count, SM_MOST_RELIABILITY_BINS);
    }
    pass over;
    double loss = 0.0;
    sm_reliability_bin *const counted = smi_array(bin_count, sizeof *counted);
    sm_status status = pass_open(model, dataset, &over);
    if (status == SM_OK && counted == NULL) {
        status = smi_fail_memory("calibrating");
    }
    if (status == SM_OK) {
        status = count_rows(&over, bin_count, counted, &loss);
    }
    if (status == SM_OK) {
        status = smi_streaming_check_unchanged(dataset);
    }
    if (status == SM_OK) {
        *calibration = conclude(counted, bin_count, loss, dataset->rows);
        if (bins != NULL) {
            memcpy(bins, counted, bin_count * sizeof *bins);
        }
    }
    smi_free(counted);
    pass_close(&over);
    return status;
}

/* ---- the temperature ---- */

/* The first two derivatives of the mean loss by the inverse temperature b, at which a row's loss is
 * log Σ exp(b · z_c) − b · Σ t_c · z_c: the mean of z under the model's probabilities minus that
 * under the targets, and the variance of z under the probabilities. The loss is convex in b. */
typedef struct slope {
    double first;
    double second;
} slope;

/* z is taken from its largest, which keeps exponentials below 1. */
static slope row_slope(const float *const logits, const size_t classes, const size_t class,
                       const float *const targets, const double inverse)
{
    const double largest = (double)logits[sm_argmax(logits, classes)];
    double weights = 0.0;
    double sum = 0.0;
    double squares = 0.0;
    double target = targets == NULL ? (double)logits[class] - largest : 0.0;
    for (size_t c = 0; c < classes; c++) {
        const double z = (double)logits[c] - largest;
        const double weight = exp(inverse * z);
        weights += weight;
        sum += weight * z;
        squares += weight * z * z;
        target += targets == NULL ? 0.0 : (double)targets[c] * z;
    }
    const double mean = sum / weights;
    return (slope){.first = mean - target, .second = fmax(squares / weights - mean * mean, 0.0)};
}

static slope slope_at(const pass *const over, const double inverse)
{
    slope mean = {0.0, 0.0};
    size_t count = 0;
    for (size_t first = 0; first < over->dataset->rows; first += count) {
        count = pass_block(over, first);
        for (size_t i = 0; i < count; i++) {
            const slope row =
                row_slope(over->logits + i * over->classes, over->classes,
                          class_of(over, first + i), targets_of(over, first + i), inverse);
            mean.first += row.first / (double)over->dataset->rows;
            mean.second += row.second / (double)over->dataset->rows;
        }
    }
    return mean;
}

/* Whether there is a best temperature in the range; the slope of a convex function only grows. */
static sm_status check_range(const pass *const over)
{
    const slope hottest = slope_at(over, 1.0 / SM_MOST_TEMPERATURE);
    const slope coldest = slope_at(over, 1.0 / SM_LEAST_TEMPERATURE);
    if (!isfinite(hottest.first) || !isfinite(coldest.first)) {
        return smi_fail(SM_ERROR_DATA, "the model's logits of these rows are not finite numbers");
    }
    if (coldest.first <= 0.0 && hottest.first >= 0.0) {
        return smi_fail(
            SM_ERROR_DATA,
            "there is no best temperature: the model gives all classes of a row the same "
            "probability, as before its first step, at any temperature");
    }
    if (coldest.first <= 0.0) {
        return smi_fail(SM_ERROR_DATA,
                        "there is no best temperature: every row is classified right, and a lower "
                        "one is always a little better; more rows that the model was not trained "
                        "on have some that are not");
    }
    if (hottest.first >= 0.0) {
        return smi_fail(SM_ERROR_DATA,
                        "there is no best temperature: the model is no better than chance on these "
                        "rows, and a higher one is always a little better");
    }
    return SM_OK;
}

/* Newton's method for the root of the slope, in the logarithm of b, where steps need no scale. The
 * root is kept between two bounds; where a step would leave them, or is more than half of the one
 * before, what is between them is halved instead. */
static double find_temperature(const pass *const over)
{
    enum { MOST_STEPS = 200 };
    static const double exact = 1e-10;
    double low = -log(SM_MOST_TEMPERATURE);
    double high = -log(SM_LEAST_TEMPERATURE);
    double at = 0.0;
    double before = high - low;
    for (int i = 0; i < MOST_STEPS && high - low > exact; i++) {
        const double inverse = exp(at);
        const slope here = slope_at(over, inverse);
        if (here.first < 0.0) {
            low = at;
        } else {
            high = at;
        }
        const double next = at - here.first / (inverse * here.second); /* NaN: 0 by 0 */
        const bool good = next >= low && next <= high && fabs(next - at) <= 0.5 * before;
        const double step = good ? next - at : 0.5 * (low + high) - at;
        at += step;
        before = fabs(step);
        if (good && before <= exact) {
            break;
        }
    }
    return exp(-at);
}

sm_status sm_model_calibrate(sm_model *const model, const sm_dataset *const held_out)
{
    if (model == NULL || held_out == NULL) {
        return smi_fail_null(__func__, model == NULL ? "model" : "held_out");
    }
    pass over;
    sm_status status = pass_open(model, held_out, &over);
    if (status == SM_OK) {
        const sm_status found = check_range(&over);
        const double temperature = found == SM_OK ? find_temperature(&over) : 1.0;
        status = smi_streaming_check_unchanged(held_out);
        status = status == SM_OK ? found : status;
        status = status == SM_OK ? sm_model_set_temperature(model, temperature) : status;
    }
    pass_close(&over);
    return status;
}
