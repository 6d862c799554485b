/* Cross-entropy on small arrays, its gradients, and accuracy: plain loops in double precision. */
#include <math.h>

#include <softmax.h>

#include "model/shifted.h"

/* What a row should come to. */
typedef struct row_target {
    const float *shares; /* classes; NULL: only the label */
    size_t label;
} row_target;

static double share_of(const row_target target, const size_t class)
{
    if (target.shares != NULL) {
        return (double)target.shares[class];
    }
    return class == target.label ? 1.0 : 0.0;
}

/* −Σ share · log softmax(z). */
static double row_loss(const float *const z, const row_target target, const size_t classes)
{
    const size_t best = sm_argmax(z, classes);
    const double log_sum = log1p(smi_other_terms(z, classes, best));
    if (target.shares == NULL) {
        return log_sum - smi_shifted(z, target.label, best);
    }
    double loss = 0.0;
    for (size_t c = 0; c < classes; c++) {
        const double share = share_of(target, c);
        if (share != 0.0) { /* 0 · ∞ would be NaN, and is meant to be 0 */
            loss += share * (log_sum - smi_shifted(z, c, best));
        }
    }
    return loss;
}

/* p · Σ share − share. Where p is near 1 the difference would cancel: there it is the shares of the
 * other classes less what they have of Σ share. */
static void row_logit_gradient(const float *const z, const row_target target, const size_t classes,
                               float *const gradient)
{
    const size_t best = sm_argmax(z, classes);
    const double others = smi_other_terms(z, classes, best);
    double other_shares = 0.0;
    for (size_t c = 0; c < classes; c++) {
        other_shares += c == best ? 0.0 : share_of(target, c);
    }
    const double all_shares = other_shares + share_of(target, best);
    for (size_t c = 0; c < classes; c++) {
        const double p = exp(smi_shifted(z, c, best)) / (1.0 + others);
        gradient[c] = (float)(p * all_shares - share_of(target, c));
    }
    gradient[best] = (float)(other_shares - all_shares * (others / (1.0 + others)));
}

/* −log softmax(z). */
static void row_target_gradient(const float *const z, const size_t classes, float *const gradient)
{
    const size_t best = sm_argmax(z, classes);
    const double log_sum = log1p(smi_other_terms(z, classes, best));
    for (size_t c = 0; c < classes; c++) {
        gradient[c] = (float)(log_sum - smi_shifted(z, c, best));
    }
}

/* ---- means ---- */

double sm_cross_entropy(const float *const logits, const int32_t *const labels, const size_t rows,
                        const size_t classes)
{
    double sum = 0.0;
    for (size_t r = 0; r < rows; r++) {
        sum += row_loss(logits + r * classes, (row_target){NULL, (size_t)labels[r]}, classes);
    }
    return sum / (double)rows;
}

double sm_cross_entropy_soft(const float *const logits, const float *const targets,
                             const size_t rows, const size_t classes)
{
    double sum = 0.0;
    for (size_t r = 0; r < rows; r++) {
        sum += row_loss(logits + r * classes, (row_target){targets + r * classes, 0}, classes);
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

double sm_accuracy(const float *const outputs, const int32_t *const labels, const size_t rows,
                   const size_t classes)
{
    size_t correct = 0;
    for (size_t r = 0; r < rows; r++) {
        correct += labels[r] >= 0 && sm_argmax(outputs + r * classes, classes) == (size_t)labels[r];
    }
    return (double)correct / (double)rows;
}

double sm_accuracy_soft(const float *const outputs, const float *const targets, const size_t rows,
                        const size_t classes)
{
    size_t correct = 0;
    for (size_t r = 0; r < rows; r++) {
        correct +=
            sm_argmax(outputs + r * classes, classes) == sm_argmax(targets + r * classes, classes);
    }
    return (double)correct / (double)rows;
}

/* ---- row by row ---- */

void sm_cross_entropy_gradient(const float *const logits, const int32_t *const labels,
                               const size_t rows, const size_t classes, float *const losses,
                               float *const logit_gradient)
{
    for (size_t r = 0; r < rows; r++) {
        const float *const z = logits + r * classes;
        const row_target target = {NULL, (size_t)labels[r]};
        if (losses != NULL) {
            losses[r] = (float)row_loss(z, target, classes);
        }
        if (logit_gradient != NULL) {
            row_logit_gradient(z, target, classes, logit_gradient + r * classes);
        }
    }
}

void sm_cross_entropy_soft_gradient(const float *const logits, const float *const targets,
                                    const size_t rows, const size_t classes, float *const losses,
                                    float *const logit_gradient, float *const target_gradient)
{
    for (size_t r = 0; r < rows; r++) {
        const float *const z = logits + r * classes;
        const row_target target = {targets + r * classes, 0};
        if (losses != NULL) {
            losses[r] = (float)row_loss(z, target, classes);
        }
        if (logit_gradient != NULL) {
            row_logit_gradient(z, target, classes, logit_gradient + r * classes);
        }
        if (target_gradient != NULL) {
            row_target_gradient(z, classes, target_gradient + r * classes);
        }
    }
}
