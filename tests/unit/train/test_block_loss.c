/* The loss of a block under each rule, and its gradient, against the formula in long double and its
 * differences, with every table of kernels. */
#include "train/block_loss.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/random.h"
#include "kernel/score.h"
#include "kernel/tolerance.h"
#include "support/cmocka_all.h"
#include "support/slow.h"

/* An emulator takes its time over long double. */
enum { ROWS = RUN_IN_EMULATOR ? 6 : 24 };

enum { MOST_CLASSES = 17, MOST_LOGITS = ROWS * MOST_CLASSES, TABLES = SCORE_TABLES };

static const size_t all_classes[] = {2, 3, 10, 17};
static const double smoothings[] = {0.0, 0.1, 0.75};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- a block ---- */

typedef struct block {
    size_t classes;
    float logits[MOST_LOGITS];
    int32_t labels[ROWS];
    float shares[MOST_LOGITS];
    const float *targets[ROWS];
    float weights[ROWS];
} block;

/* spread: of the logits. */
static block block_of(const size_t classes, const double spread)
{
    smi_random random = smi_random_start(classes, (uint64_t)spread);
    block made = {.classes = classes};
    for (size_t i = 0; i < ROWS * classes; i++) {
        made.logits[i] = (float)(spread * smi_random_normal(&random));
        const double share = smi_random_double(&random);
        made.shares[i] = share < 0.3 && i % classes > 0 ? 0.0F : (float)share + 0.01F;
    }
    for (size_t r = 0; r < ROWS; r++) {
        double sum = 0.0;
        made.labels[r] = (int32_t)smi_random_below(&random, classes);
        made.weights[r] = (float)(0.25 + 2.0 * smi_random_double(&random));
        for (size_t c = 0; c < classes; c++) {
            sum += (double)made.shares[r * classes + c];
        }
        for (size_t c = 0; c < classes; c++) {
            made.shares[r * classes + c] = (float)((double)made.shares[r * classes + c] / sum);
        }
    }
    return made;
}

/* What a block is to be answered with. */
typedef struct manner {
    smi_loss_rule rule;
    bool soft;
    bool weighted;
} manner;

static smi_block_answers answers_of(block *const made, const manner how)
{
    for (size_t r = 0; r < ROWS; r++) {
        made->targets[r] = made->shares + r * made->classes;
    }
    return (smi_block_answers){.rows = ROWS,
                               .labels = made->labels,
                               .targets = how.soft ? made->targets : NULL,
                               .weights = how.weighted ? made->weights : NULL};
}

/* ---- the truth ---- */

/* A row of it: its logits, the shares that its target has before smoothing, and what follows. */
typedef struct row {
    size_t classes;
    smi_loss_rule rule;
    double weight;
    long double z[MOST_CLASSES];
    double t[MOST_CLASSES];
    double largest;             /* of z */
    double log_p[MOST_CLASSES]; /* of the probabilities */
    row_facts facts;
} row;

static long double log_sum(const size_t classes, const long double *const z)
{
    long double largest = z[0];
    long double sum = 0.0L;
    for (size_t c = 1; c < classes; c++) {
        largest = fmaxl(largest, z[c]);
    }
    for (size_t c = 0; c < classes; c++) {
        sum += expl(z[c] - largest);
    }
    return largest + logl(sum);
}

static row row_of(const block *const made, const manner how, const size_t r)
{
    const size_t classes = made->classes;
    row one = {.classes = classes,
               .rule = how.rule,
               .weight = how.weighted ? (double)made->weights[r] : 1.0,
               .largest = -INFINITY,
               .facts = {.classes = classes}};
    for (size_t c = 0; c < classes; c++) {
        one.z[c] = (long double)made->logits[r * classes + c];
        one.t[c] = how.soft ? (double)made->shares[r * classes + c]
                            : ((size_t)made->labels[r] == c ? 1.0 : 0.0);
        one.largest = fmax(one.largest, (double)one.z[c]);
        one.facts.target_sum += one.t[c];
    }
    const long double sum = log_sum(classes, one.z);
    for (size_t c = 0; c < classes; c++) {
        one.log_p[c] = (double)(one.z[c] - sum);
        one.facts.mean_distance += exp(one.log_p[c]) * (one.largest - (double)one.z[c]);
    }
    return one;
}

static double smoothed(const row *const one, const size_t class)
{
    const double smoothing = one->rule.label_smoothing;
    return (1.0 - smoothing) * one->t[class] +
           smoothing * one->facts.target_sum / (double)one->classes;
}

/* Of the row, had it these logits. */
static long double exact_loss(const row *const one, const long double *const z)
{
    const long double least = logl((long double)1e-7F);
    const long double most = logl((long double)(1.0F - 1e-7F));
    const long double sum = log_sum(one->classes, z);
    long double loss = 0.0L;
    for (size_t c = 0; c < one->classes; c++) {
        const long double log_p = z[c] - sum;
        const bool clips = one->rule.loss == SM_LOSS_FROM_PROBABILITIES;
        const long double clipped = fminl(fmaxl(log_p, least), most);
        loss -= (long double)smoothed(one, c) * (clips ? clipped : log_p);
    }
    return loss;
}

/* By central differences: good to 1e-10. */
static double exact_slope(const row *const one, const size_t class)
{
    const long double step = 0x1p-20L;
    long double z[MOST_CLASSES];
    memcpy(z, one->z, sizeof z);
    z[class] = one->z[class] + step;
    const long double above = exact_loss(one, z);
    z[class] = one->z[class] - step;
    return (double)((above - exact_loss(one, z)) / (2.0L * step));
}

/* Whether rounding may decide if a probability of the row is clipped. */
static bool is_on_the_edge(const row *const one)
{
    if (one->rule.loss == SM_LOSS_FROM_LOGITS) {
        return false;
    }
    for (size_t c = 0; c < one->classes; c++) {
        const double log_p = one->log_p[c];
        if (fabs(log_p - log(1e-7)) < 1e-3 || (log_p < -1e-9 && log_p > -1e-6)) {
            return true;
        }
    }
    return false;
}

/* ---- against it ---- */

/* docs/numerics.md, section 5: the kernels' error, and the roundings of what is added to theirs. */
static double slope_bound(const row *const one, const arithmetic how, const size_t class)
{
    const double p = exp(one->log_p[class]);
    const double distance = one->largest - (double)one->z[class];
    const double added = fabs(one->t[class] - smoothed(one, class));
    const double result = fabs(p - smoothed(one, class));
    return one->weight * (delta_bound(how, &one->facts, p, distance, one->t[class]) +
                          float_unit * (3.0 * added + 3.0 * p + 3.0 * result) + 1e-10);
}

static double row_loss_bound(const row *const one, const arithmetic how)
{
    double worst = 0.0;
    double magnitude = 0.0;
    for (size_t c = 0; c < one->classes; c++) {
        worst = fmax(worst, one->largest - (double)one->z[c]);
        magnitude += fabs((double)one->z[c]) + log((double)one->classes);
    }
    const bool clips = one->rule.loss == SM_LOSS_FROM_PROBABILITIES;
    const double of_p = clips ? float_unit * (exp_units + worst + 4.0) : 0.0;
    return one->weight * (loss_bound(how, &one->facts, magnitude) + of_p);
}

/* How near to the bounds each table came. */
typedef struct scores {
    table_score losses[TABLES];
    table_score slopes[TABLES];
} scores;

/* Row r alone, by every table. Returns whether it could be checked. */
static bool check_row(const block *const made, const smi_block_answers *const all, const manner how,
                      const size_t r, scores *const reached)
{
    const row one = row_of(made, how, r);
    const smi_block_answers answers = {.rows = 1,
                                       .labels = all->labels + r,
                                       .targets = how.soft ? all->targets + r : NULL,
                                       .weights = how.weighted ? all->weights + r : NULL};
    double slopes[MOST_CLASSES];
    if (is_on_the_edge(&one)) {
        return false;
    }
    const double loss = one.weight * (double)exact_loss(&one, one.z);
    for (size_t c = 0; c < made->classes; c++) {
        slopes[c] = one.weight * exact_slope(&one, c);
    }
    for (size_t k = 0; smi_kernels_supported(k) != NULL; k++) {
        const smi_kernels *const kernels = smi_kernels_supported(k);
        const arithmetic tables = arithmetic_of(kernels->isa);
        float delta[MOST_CLASSES];
        memcpy(delta, made->logits + r * made->classes, made->classes * sizeof *delta);
        const smi_block_loss found =
            smi_take_loss(kernels, &how.rule, &answers, made->classes, delta);
        reached->losses[k].isa = kernels->isa;
        reached->slopes[k].isa = kernels->isa;
        score_value(&reached->losses[k], found.loss, loss, row_loss_bound(&one, tables), false);
        for (size_t c = 0; c < made->classes; c++) {
            score_value(&reached->slopes[k], (double)delta[c], slopes[c],
                        slope_bound(&one, tables, c), false);
        }
    }
    return true;
}

/* Every smoothing, number of classes, kind of target, with weights or without; each row alone, so
 * that none hides behind the others. spread: of the logits. */
static void check_all(const sm_loss loss, const double spread, const size_t least_checked)
{
    scores reached = {.losses = {{0}}};
    size_t checked = 0;
    for (size_t i = 0; i < COUNT(all_classes) * COUNT(smoothings) * 4; i++) {
        const manner how = {
            .rule = {loss, smoothings[i / 4 % COUNT(smoothings)]},
            .soft = i % 2 == 1,
            .weighted = i % 4 / 2 == 1,
        };
        block made = block_of(all_classes[i / 4 / COUNT(smoothings)], spread);
        const smi_block_answers all = answers_of(&made, how);
        for (size_t r = 0; r < ROWS; r++) {
            checked += check_row(&made, &all, how, r, &reached) ? 1 : 0;
        }
    }
    assert_true(checked >= least_checked);
    print_message("  loss\n");
    score_conclude(reached.losses, 0.0, -1.0);
    print_message("  gradient\n");
    score_conclude(reached.slopes, 0.05, -1.0);
}

enum { ALL_ROWS = ROWS * 4 * 4 * 3 };

static void from_logits(void **state)
{
    (void)state;
    check_all(SM_LOSS_FROM_LOGITS, 2.0, ALL_ROWS);
    check_all(SM_LOSS_FROM_LOGITS, 40.0, ALL_ROWS);
}

static void from_probabilities_that_are_not_clipped(void **state)
{
    (void)state;
    check_all(SM_LOSS_FROM_PROBABILITIES, 2.0, ALL_ROWS * 9 / 10);
}

static void from_probabilities_most_of_them_clipped(void **state)
{
    (void)state;
    check_all(SM_LOSS_FROM_PROBABILITIES, 40.0, ALL_ROWS / 2);
}

/* ---- a block of them ---- */

/* Of rows together as of each alone: the same gradients, and the sums. */
static void a_block_is_the_sum_of_its_rows(void **state)
{
    (void)state;
    const smi_kernels *kernels = NULL;
    assert_int_equal(smi_kernels_choose(&kernels), SM_OK);
    for (size_t i = 0; i < 16; i++) {
        const manner how = {.rule = {i % 2 == 0 ? SM_LOSS_FROM_LOGITS : SM_LOSS_FROM_PROBABILITIES,
                                     i / 2 % 2 == 0 ? 0.0 : 0.2},
                            .soft = i / 4 % 2 == 1,
                            .weighted = i / 8 == 1};
        block made = block_of(10, 3.0);
        const smi_block_answers all = answers_of(&made, how);
        float delta[MOST_LOGITS];
        memcpy(delta, made.logits, sizeof delta);
        const smi_block_loss found = smi_take_loss(kernels, &how.rule, &all, 10, delta);
        smi_block_loss sum = {0.0, 0};
        for (size_t r = 0; r < ROWS; r++) {
            const smi_block_answers one = {.rows = 1,
                                           .labels = all.labels + r,
                                           .targets = how.soft ? all.targets + r : NULL,
                                           .weights = how.weighted ? all.weights + r : NULL};
            float *const logits = made.logits + r * 10;
            const smi_block_loss of_row = smi_take_loss(kernels, &how.rule, &one, 10, logits);
            sum.loss += of_row.loss;
            sum.correct += of_row.correct;
        }
        assert_true(fabs(found.loss - sum.loss) <= 1e-12 * fabs(sum.loss));
        assert_int_equal(found.correct, sum.correct);
        assert_memory_equal(delta, made.logits, ROWS * 10 * sizeof *delta);
    }
}

/* Smoothing and clipping change what is minimised, not which rows are right. */
static void right_is_what_it_was_without(void **state)
{
    (void)state;
    const smi_kernels *kernels = NULL;
    assert_int_equal(smi_kernels_choose(&kernels), SM_OK);
    for (int soft = 0; soft < 2; soft++) {
        size_t correct[4];
        for (size_t i = 0; i < 4; i++) {
            const manner how = {
                .rule = {i % 2 == 0 ? SM_LOSS_FROM_LOGITS : SM_LOSS_FROM_PROBABILITIES,
                         i < 2 ? 0.0 : 0.9},
                .soft = soft == 1};
            block made = block_of(3, 40.0);
            const smi_block_answers answers = answers_of(&made, how);
            correct[i] = smi_take_loss(kernels, &how.rule, &answers, 3, made.logits).correct;
        }
        assert_true(correct[0] > 0 && correct[0] < ROWS);
        assert_true(correct[1] == correct[0] && correct[2] == correct[0]);
        assert_int_equal(correct[3], correct[0]);
    }
}

/* ---- where the two losses part ---- */

typedef struct two_classes {
    double loss;
    float delta[2];
} two_classes;

static two_classes of_two(const smi_kernels *const kernels, const sm_loss loss, const float margin)
{
    const smi_loss_rule rule = {loss, 0.0};
    static const int32_t label = 0;
    const smi_block_answers answers = {.rows = 1, .labels = &label};
    two_classes found = {.delta = {margin, 0.0F}};
    found.loss = smi_take_loss(kernels, &rule, &answers, 2, found.delta).loss;
    return found;
}

static void large_logits_saturate_the_loss_from_probabilities(void **state)
{
    (void)state;
    static const float wrong[] = {-16.2F, -20.0F, -100.0F, -1e4F, -FLT_MAX};
    static const float right[] = {16.7F, 20.0F, 100.0F, 1e4F, FLT_MAX};
    const double least = -log((double)(1.0F - 1e-7F));
    for (size_t k = 0; smi_kernels_supported(k) != NULL; k++) {
        const smi_kernels *const kernels = smi_kernels_supported(k);
        for (size_t i = 0; i < COUNT(wrong); i++) {
            two_classes found = of_two(kernels, SM_LOSS_FROM_PROBABILITIES, wrong[i]);
            assert_true(fabs(found.loss - 16.118096) <= 1e-6);
            assert_true(found.delta[0] == 0.0F && found.delta[1] == 0.0F);
            found = of_two(kernels, SM_LOSS_FROM_LOGITS, wrong[i]);
            assert_true(fabs(found.loss + (double)wrong[i]) <= 1e-6 * fabs((double)wrong[i]));
            assert_true(found.delta[0] < -0.999F && found.delta[1] > 0.999F);
            found = of_two(kernels, SM_LOSS_FROM_PROBABILITIES, right[i]);
            assert_true(found.loss == least);
            assert_true(found.delta[0] == 0.0F && found.delta[1] == 0.0F);
        }
        /* Just inside. */
        const two_classes found = of_two(kernels, SM_LOSS_FROM_PROBABILITIES, -16.0F);
        assert_true(fabs(found.loss - 16.0) <= 1e-5);
        assert_true(found.delta[0] < -0.999F && found.delta[1] > 0.999F);
    }
}

/* A clipped class has no gradient of its own, but the others' shares still push it. */
static void a_clipped_share_pushes_nothing(void **state)
{
    (void)state;
    const smi_loss_rule rule = {SM_LOSS_FROM_PROBABILITIES, 0.0};
    static const float shares[] = {0.5F, 0.25F, 0.25F};
    const float *const targets[] = {shares};
    const smi_block_answers answers = {.rows = 1, .targets = targets};
    for (size_t k = 0; smi_kernels_supported(k) != NULL; k++) {
        float z[] = {-30.0F, 0.0F, 0.0F};
        const smi_block_loss found = smi_take_loss(smi_kernels_supported(k), &rule, &answers, 3, z);
        assert_true(fabs(found.loss - (0.5 * 16.118096 + 0.5 * log(2.0))) <= 1e-6);
        assert_true(fabsf(z[0]) <= 1e-13F && fabsf(z[1]) <= 1e-7F && fabsf(z[2]) <= 1e-7F);
    }
}

static void what_is_not_a_number_is_noticed(void **state)
{
    (void)state;
    static const float strange[] = {NAN, INFINITY};
    for (size_t k = 0; smi_kernels_supported(k) != NULL; k++) {
        for (size_t i = 0; i < COUNT(strange) * 8 * 11; i++) {
            const manner how = {
                .rule = {i % 2 == 0 ? SM_LOSS_FROM_LOGITS : SM_LOSS_FROM_PROBABILITIES,
                         i / 2 % 2 == 0 ? 0.0 : 0.2},
                .soft = i / 4 % 2 == 1};
            block made = block_of(11, 1.0);
            const smi_block_answers answers = answers_of(&made, how);
            made.logits[5 * 11 + i / 16] = strange[i / 8 % 2];
            const double loss =
                smi_take_loss(smi_kernels_supported(k), &how.rule, &answers, 11, made.logits).loss;
            assert_true(isnan(loss) || isinf(loss));
        }
    }
}

/* ---- nothing changes without ---- */

static void the_default_rule_is_the_kernel(void **state)
{
    (void)state;
    static const smi_loss_rule rule = {0};
    for (size_t k = 0; smi_kernels_supported(k) != NULL; k++) {
        const smi_kernels *const kernels = smi_kernels_supported(k);
        for (int soft = 0; soft < 2; soft++) {
            const manner how = {.soft = soft == 1};
            block made = block_of(10, 3.0);
            const smi_block_answers answers = answers_of(&made, how);
            float expected[MOST_LOGITS];
            memcpy(expected, made.logits, sizeof expected);
            const smi_block_loss of_kernel =
                how.soft ? kernels->loss_targets(expected, answers.targets, ROWS, 10)
                         : kernels->loss_labels(expected, answers.labels, ROWS, 10);
            const smi_block_loss found = smi_take_loss(kernels, &rule, &answers, 10, made.logits);
            assert_true(found.loss == of_kernel.loss && found.correct == of_kernel.correct);
            assert_memory_equal(made.logits, expected, ROWS * 10 * sizeof *expected);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(from_logits),
        cmocka_unit_test(from_probabilities_that_are_not_clipped),
        cmocka_unit_test(from_probabilities_most_of_them_clipped),
        cmocka_unit_test(a_block_is_the_sum_of_its_rows),
        cmocka_unit_test(right_is_what_it_was_without),
        cmocka_unit_test(large_logits_saturate_the_loss_from_probabilities),
        cmocka_unit_test(a_clipped_share_pushes_nothing),
        cmocka_unit_test(what_is_not_a_number_is_noticed),
        cmocka_unit_test(the_default_rule_is_the_kernel),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
