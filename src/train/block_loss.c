#include "train/block_loss.h"

#include <math.h>

/* What probabilities are clipped to before their logarithm is taken, and what no gradient comes
 * through: Keras' backend epsilon. */
static const float least_probability = 1e-7F;
static const float most_probability = 1.0F - 1e-7F;

/* What one row should have come to: shares keep · t + base, with t its label's one-hot vector or
 * its target. */
typedef struct row_answer {
    size_t class;        /* the label, or the first largest share */
    const float *target; /* NULL: only the label */
    double target_sum;
    double keep;
    double base;
} row_answer;

/* Σ values, in lanes, which compilers make vectors of; the order is fixed. */
static double sum_of(const float *const values, const size_t count)
{
    enum { LANES = 8 };
    double lanes[LANES] = {0.0};
    double sum = 0.0;
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        for (size_t lane = 0; lane < LANES; lane++) {
            lanes[lane] += (double)values[i + lane];
        }
    }
    for (; i < count; i++) {
        sum += (double)values[i];
    }
    for (size_t lane = 0; lane < LANES; lane++) {
        sum += lanes[lane];
    }
    return sum;
}

static row_answer answer_of(const smi_loss_rule *const rule, const smi_block_answers *const answers,
                            const size_t row, const size_t classes)
{
    const float *const target = answers->targets != NULL ? answers->targets[row] : NULL;
    const double sum = target != NULL ? sum_of(target, classes) : 1.0;
    return (row_answer){.class = target != NULL ? sm_argmax(target, classes)
                                                : (size_t)answers->labels[row],
                        .target = target,
                        .target_sum = sum,
                        .keep = 1.0 - rule->label_smoothing,
                        .base = rule->label_smoothing * sum / (double)classes};
}

/* ---- from logits ---- */

static smi_block_loss plain_loss(const smi_kernels *const kernels,
                                 const smi_block_answers *const answers, const size_t first,
                                 const size_t count, const size_t classes, float *const logits)
{
    return answers->targets != NULL
               ? kernels->loss_targets(logits, answers->targets + first, count, classes)
               : kernels->loss_labels(logits, answers->labels + first, count, classes);
}

/* Σ t · z − Σ t · mean z: what smoothing adds to the loss of a row, for each unit of it. */
static double smoothing_loss(const row_answer *const answer, const size_t classes,
                             const float *const z)
{
    const double mean = sum_of(z, classes) / (double)classes;
    if (answer->target == NULL) {
        return (double)z[answer->class] - mean;
    }
    double sum = 0.0;
    for (size_t c = 0; c < classes; c++) {
        sum += (double)answer->target[c] * ((double)z[c] - mean);
    }
    return sum;
}

/* Adds what smoothing adds to the gradient: smoothing · t − base. */
static void add_smoothing(const row_answer *const answer, const double smoothing,
                          const size_t classes, float *const delta)
{
    const float share = (float)smoothing;
    const float base = (float)answer->base;
    if (answer->target == NULL) {
        for (size_t c = 0; c < classes; c++) {
            delta[c] -= base;
        }
        delta[answer->class] += share;
        return;
    }
    for (size_t c = 0; c < classes; c++) {
        delta[c] += share * answer->target[c] - base;
    }
}

/* The kernels know nothing of smoothing: it is linear in the logits, and added to what they give
 * (docs/numerics.md, section 5). */
static smi_block_loss smoothed_loss(const smi_kernels *const kernels,
                                    const smi_loss_rule *const rule,
                                    const smi_block_answers *const answers, const size_t first,
                                    const size_t count, const size_t classes, float *const logits)
{
    row_answer row[SMI_BLOCK_ROWS];
    double added = 0.0;
    for (size_t r = 0; r < count; r++) {
        row[r] = answer_of(rule, answers, first + r, classes);
        added += smoothing_loss(&row[r], classes, logits + r * classes);
    }
    smi_block_loss sum = plain_loss(kernels, answers, first, count, classes, logits);
    sum.loss += rule->label_smoothing * added;
    for (size_t r = 0; r < count; r++) {
        add_smoothing(&row[r], rule->label_smoothing, classes, logits + r * classes);
    }
    return sum;
}

/* ---- from probabilities ---- */

/* z becomes softmax(z) in float, by the kernel for labels: of softmax(z) − one-hot(best) only the
 * entry of `best` has to be mended, and its loss is −log of just that. Returns a NaN if there is
 * one in the row, or an infinity that is not negative, else 0. */
static double make_probabilities(const smi_kernels *const kernels, const size_t best,
                                 const size_t classes, float *const z)
{
    const int32_t label = (int32_t)best;
    const smi_block_loss of_best = kernels->loss_labels(z, &label, 1, classes);
    z[best] = (float)exp(-of_best.loss);
    return 0.0 * of_best.loss;
}

static bool is_inside(const float probability)
{
    return probability >= least_probability && probability <= most_probability;
}

/* A NaN stays one. */
static double negative_log(const float probability)
{
    const float raised = probability < least_probability ? least_probability : probability;
    return -log((double)(raised > most_probability ? most_probability : raised));
}

static double share_of(const row_answer *const answer, const size_t class)
{
    const double whole = class == answer->class ? 1.0 : 0.0;
    const double t = answer->target != NULL ? (double)answer->target[class] : whole;
    return answer->keep * t + answer->base;
}

/* A label without smoothing: all other shares are 0. p becomes the gradient, as below. */
static double clipped_label(const size_t label, const size_t classes, float *const p)
{
    const double loss = negative_log(p[label]);
    const float inside = is_inside(p[label]) ? 1.0F : 0.0F;
    smi_weigh_row(inside, classes, p);
    p[label] -= inside;
    return loss;
}

/* −Σ t · log clip(p). p becomes its gradient by the logits, p_j · (g_j − Σ g · p) with g = −t/p
 * where p is not clipped, and 0 where it is: p_j · T − t_j, T the sum of the shares that are not.
 */
static double clipped_shares(const row_answer *const answer, const size_t classes, float *const p)
{
    double loss = 0.0;
    double sum = 0.0;
    for (size_t c = 0; c < classes; c++) {
        const double share = share_of(answer, c);
        loss += share == 0.0 ? 0.0 : share * negative_log(p[c]);
        sum += is_inside(p[c]) ? share : 0.0;
    }
    for (size_t c = 0; c < classes; c++) {
        const double share = is_inside(p[c]) ? share_of(answer, c) : 0.0;
        p[c] = (float)((double)p[c] * sum - share);
    }
    return loss;
}

static smi_block_loss probability_loss(const smi_kernels *const kernels,
                                       const smi_loss_rule *const rule,
                                       const smi_block_answers *const answers, const size_t first,
                                       const size_t count, const size_t classes,
                                       float *const logits)
{
    smi_block_loss sum = {0.0, 0};
    for (size_t r = 0; r < count; r++) {
        float *const row = logits + r * classes;
        const row_answer answer = answer_of(rule, answers, first + r, classes);
        const size_t best = sm_argmax(row, classes);
        sum.correct += best == answer.class;
        sum.loss += make_probabilities(kernels, best, classes, row);
        sum.loss += answer.target == NULL && answer.base == 0.0
                        ? clipped_label(answer.class, classes, row)
                        : clipped_shares(&answer, classes, row);
    }
    return sum;
}

/* ---- any ---- */

/* Rows first … first + count − 1 of the block, without weights. logits: count × classes. */
static smi_block_loss loss_of_rows(const smi_kernels *const kernels,
                                   const smi_loss_rule *const rule,
                                   const smi_block_answers *const answers, const size_t first,
                                   const size_t count, const size_t classes, float *const logits)
{
    if (rule->loss == SM_LOSS_FROM_PROBABILITIES) {
        return probability_loss(kernels, rule, answers, first, count, classes, logits);
    }
    return rule->label_smoothing > 0.0
               ? smoothed_loss(kernels, rule, answers, first, count, classes, logits)
               : plain_loss(kernels, answers, first, count, classes, logits);
}

smi_block_loss smi_take_loss(const smi_kernels *const kernels, const smi_loss_rule *const rule,
                             const smi_block_answers *const answers, const size_t classes,
                             float *const logits)
{
    if (answers->weights == NULL) {
        return loss_of_rows(kernels, rule, answers, 0, answers->rows, classes, logits);
    }
    smi_block_loss sum = {0.0, 0};
    for (size_t r = 0; r < answers->rows; r++) {
        float *const delta = logits + r * classes;
        const smi_block_loss row = loss_of_rows(kernels, rule, answers, r, 1, classes, delta);
        smi_weigh_row(answers->weights[r], classes, delta);
        sum.loss += (double)answers->weights[r] * row.loss;
        sum.correct += row.correct;
    }
    return sum;
}
