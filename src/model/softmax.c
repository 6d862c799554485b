/* The mathematics of the output, on small arrays: plain loops in double precision. */
#include <math.h>

#include <softmax.h>

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

/* Σ exp(values − values[best]) but for the term of `best`, which is 1: small sums stay exact. */
static double other_terms(const float *const values, const size_t count, const size_t best)
{
    double sum = 0.0;
    for (size_t i = 0; i < count; i++) {
        sum += i == best ? 0.0 : exp((double)values[i] - (double)values[best]);
    }
    return sum;
}

double sm_log_sum_exp(const float *const values, const size_t count)
{
    if (count == 0) {
        return -INFINITY;
    }
    const size_t best = sm_argmax(values, count);
    if (isinf(values[best])) {
        return (double)values[best]; /* all −∞, or one +∞ */
    }
    return (double)values[best] + log1p(other_terms(values, count, best));
}

void sm_softmax(const float *const logits, const size_t rows, const size_t classes,
                float *const probabilities)
{
    for (size_t r = 0; r < rows; r++) {
        const float *const z = logits + r * classes;
        const size_t best = sm_argmax(z, classes);
        const double largest = (double)z[best];
        const double sum = 1.0 + other_terms(z, classes, best);
        for (size_t c = 0; c < classes; c++) {
            probabilities[r * classes + c] = (float)(exp((double)z[c] - largest) / sum);
        }
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

/* log Σ exp(z) − z[target], shifted so that nothing cancels. */
static double row_cross_entropy(const float *const z, const size_t classes, const size_t target)
{
    const size_t best = sm_argmax(z, classes);
    return log1p(other_terms(z, classes, best)) - ((double)z[target] - (double)z[best]);
}

double sm_cross_entropy(const float *const logits, const int32_t *const labels, const size_t rows,
                        const size_t classes)
{
    double sum = 0.0;
    for (size_t r = 0; r < rows; r++) {
        sum += row_cross_entropy(logits + r * classes, classes, (size_t)labels[r]);
    }
    return sum / (double)rows;
}

double sm_cross_entropy_soft(const float *const logits, const float *const targets,
                             const size_t rows, const size_t classes)
{
    double sum = 0.0;
    for (size_t r = 0; r < rows; r++) {
        const float *const z = logits + r * classes;
        const size_t best = sm_argmax(z, classes);
        const double largest = (double)z[best];
        const double log_sum = log1p(other_terms(z, classes, best));
        for (size_t c = 0; c < classes; c++) {
            const double target = (double)targets[r * classes + c];
            if (target != 0.0) { /* 0 · ∞ would be NaN, and is meant to be 0 */
                sum += target * (log_sum - ((double)z[c] - largest));
            }
        }
    }
    return sum / (double)rows;
}

double sm_cross_entropy_naive(const float *const probabilities, const float *const targets,
                              const size_t rows, const size_t classes)
{
    double sum = 0.0;
    for (size_t i = 0; i < rows * classes; i++) {
        if (targets[i] != 0.0F) {
            sum -= (double)(targets[i] * logf(probabilities[i]));
        }
    }
    return sum / (double)rows;
}
