/* The mathematics of the output, on small arrays: plain loops in double precision. */
#include <math.h>

#include <softmax.h>

#include "model/shifted.h"

size_t sm_argmax(const float *const values, const size_t count)
{
    size_t best = 0;
    for (size_t i = 1; i < count; i++) {
        if (values[i] > values[best]) {
            best = i;
        }
    }
    return best;
}

void sm_argmax_rows(const float *const values, const size_t rows, const size_t classes,
                    int32_t *const labels)
{
    for (size_t r = 0; r < rows; r++) {
        labels[r] = (int32_t)sm_argmax(values + r * classes, classes);
    }
}

static bool has_nan(const float *const values, const size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (isnan(values[i])) {
            return true;
        }
    }
    return false;
}

double sm_log_sum_exp(const float *const values, const size_t count)
{
    if (count == 0) {
        return -INFINITY;
    }
    const size_t best = sm_argmax(values, count);
    if (isinf(values[best])) { /* all −∞, or any +∞ */
        return has_nan(values, count) ? (double)NAN : (double)values[best];
    }
    return (double)values[best] + log1p(smi_other_terms(values, count, best));
}

void sm_log_sum_exp_rows(const float *const values, const size_t rows, const size_t classes,
                         float *const sums)
{
    for (size_t r = 0; r < rows; r++) {
        sums[r] = (float)sm_log_sum_exp(values + r * classes, classes);
    }
}

void sm_softmax(const float *const logits, const size_t rows, const size_t classes,
                float *const probabilities)
{
    for (size_t r = 0; r < rows; r++) {
        const float *const z = logits + r * classes;
        const size_t best = sm_argmax(z, classes);
        const double sum = 1.0 + smi_other_terms(z, classes, best);
        for (size_t c = 0; c < classes; c++) {
            if (c != best) { /* in place, it is still needed */
                probabilities[r * classes + c] = (float)(exp(smi_shifted(z, c, best)) / sum);
            }
        }
        probabilities[r * classes + best] = (float)(1.0 / sum);
    }
}

void sm_log_softmax(const float *const logits, const size_t rows, const size_t classes,
                    float *const log_probabilities)
{
    for (size_t r = 0; r < rows; r++) {
        const float *const z = logits + r * classes;
        const size_t best = sm_argmax(z, classes);
        const double log_sum = log1p(smi_other_terms(z, classes, best));
        for (size_t c = 0; c < classes; c++) {
            if (c != best) {
                log_probabilities[r * classes + c] = (float)(smi_shifted(z, c, best) - log_sum);
            }
        }
        log_probabilities[r * classes + best] = (float)(0.0 - log_sum);
    }
}

void sm_top_k(const float *const values, const size_t count, const size_t k, size_t *const indices)
{
    /* Insertion into a list of k: both are small. */
    size_t filled = 0;
    for (size_t i = 0; i < count; i++) {
        size_t place = filled;
        while (place > 0 && values[i] > values[indices[place - 1]]) {
            place--;
        }
        if (place == k) {
            continue;
        }
        filled += filled < k;
        for (size_t j = filled - 1; j > place; j--) {
            indices[j] = indices[j - 1];
        }
        indices[place] = i;
    }
}

void sm_one_hot(const int32_t *const labels, const size_t rows, const size_t classes,
                float *const one_hot)
{
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < classes; c++) {
            one_hot[r * classes + c] = labels[r] >= 0 && (size_t)labels[r] == c ? 1.0F : 0.0F;
        }
    }
}
