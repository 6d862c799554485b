/* Logarithms of probabilities, cross-entropy row by row with both its gradients, and accuracy, on
 * small arrays: against long double, and where floating-point arithmetic has corners. */
#include <float.h>
#include <math.h>
#include <string.h>

#include <softmax.h>

#include "base/random.h"
#include "support/cmocka_all.h"
#include "support/slow.h"

enum { ROWS = RUN_IN_EMULATOR ? 5 : 20, MOST_CLASSES = 100, MOST = ROWS * MOST_CLASSES };

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const size_t all_classes[] = {1, 2, 3, 10, 100};
static const double spreads[] = {1e-40, 1e-3, 1.0, 10.0, 1000.0, 1e30};

/* ---- rows, and the truth about them ---- */

typedef struct table {
    size_t classes;
    float logits[MOST];
    float targets[MOST]; /* soft, with zeros, and of sums that need not be 1 */
    int32_t labels[ROWS];
} table;

static table table_of(const size_t classes, const double spread)
{
    smi_random random = smi_random_start(classes, 5);
    table made = {.classes = classes};
    for (size_t i = 0; i < ROWS * classes; i++) {
        const double share = smi_random_double(&random);
        made.logits[i] = (float)(spread * smi_random_normal(&random));
        made.targets[i] = share < 0.3 ? 0.0F : (float)(share / (double)classes);
    }
    for (size_t r = 0; r < ROWS; r++) {
        made.labels[r] = (int32_t)smi_random_below(&random, classes);
    }
    return made;
}

static long double largest_of(const float *const z, const size_t classes)
{
    long double largest = (long double)z[0];
    for (size_t c = 1; c < classes; c++) {
        largest = fmaxl(largest, (long double)z[c]);
    }
    return largest;
}

/* Σ exp(z − largest) over all classes but one. */
static long double exp_sum(const float *const z, const size_t classes, const size_t left_out)
{
    const long double largest = largest_of(z, classes);
    long double sum = 0.0L;
    for (size_t c = 0; c < classes; c++) {
        sum += c == left_out ? 0.0L : expl((long double)z[c] - largest);
    }
    return sum;
}

static long double exact_log_sum(const float *const z, const size_t classes)
{
    return log1pl(exp_sum(z, classes, sm_argmax(z, classes)));
}

static long double exact_log_probability(const float *const z, const size_t classes,
                                         const size_t class)
{
    return (long double)z[class] - largest_of(z, classes) - exact_log_sum(z, classes);
}

/* 1 − p, without the difference. */
static long double exact_rest(const float *const z, const size_t classes, const size_t class)
{
    return exp_sum(z, classes, class) / exp_sum(z, classes, classes);
}

/* Rounded to float once, from a double whose terms are of this magnitude. */
static void check_once_rounded(const float value, const long double exact,
                               const long double magnitude)
{
    const long double unit = 0x1p-24L;
    const long double error = fabsl((long double)value - exact);
    const long double bound = unit * fabsl(exact) * 1.00001L + 0x1p-150L + 0x1p-49L * magnitude;
    if (!(error <= bound)) {
        fail_msg("%.9g instead of %.17Lg: off by %.3Lf bounds", (double)value, exact,
                 error / bound);
    }
}

/* A check of one table. */
typedef void table_check(const table *made);

static void check_tables(table_check *const check)
{
    for (size_t i = 0; i < COUNT(all_classes) * COUNT(spreads); i++) {
        const table made = table_of(all_classes[i / COUNT(spreads)], spreads[i % COUNT(spreads)]);
        check(&made);
    }
}

/* ---- logarithms ---- */

static void check_logarithms(const table *const made)
{
    const size_t classes = made->classes;
    float found[MOST];
    float sums[ROWS];
    float in_place[MOST];
    sm_log_softmax(made->logits, ROWS, classes, found);
    sm_log_sum_exp_rows(made->logits, ROWS, classes, sums);
    memcpy(in_place, made->logits, sizeof in_place);
    sm_log_softmax(in_place, ROWS, classes, in_place);
    assert_memory_equal(in_place, found, ROWS * classes * sizeof *found);
    for (size_t r = 0; r < ROWS; r++) {
        const float *const z = made->logits + r * classes;
        const long double largest = largest_of(z, classes);
        const long double log_sum = exact_log_sum(z, classes);
        for (size_t c = 0; c < classes; c++) {
            check_once_rounded(found[r * classes + c], exact_log_probability(z, classes, c), 0.0L);
        }
        check_once_rounded(sums[r], largest + log_sum, fabsl(largest) + log_sum);
    }
}

static void logarithms_are_rounded_once(void **state)
{
    (void)state;
    check_tables(check_logarithms);
}

static void check_probabilities(const table *const made)
{
    const size_t classes = made->classes;
    float found[MOST];
    sm_softmax(made->logits, ROWS, classes, found);
    for (size_t r = 0; r < ROWS; r++) {
        const float *const z = made->logits + r * classes;
        for (size_t c = 0; c < classes; c++) {
            const long double exact = expl(exact_log_probability(z, classes, c));
            check_once_rounded(found[r * classes + c], exact, 0.0L);
        }
    }
}

static void probabilities_are_rounded_once(void **state)
{
    (void)state;
    check_tables(check_probabilities);
}

static void the_logarithm_is_exact_where_a_probability_is_not(void **state)
{
    (void)state;
    static const float logits[] = {0.0F, -200.0F, 40.0F, 0.0F, 1e30F, -1e30F};
    static const double expected[] = {
        -1.383896526736737e-87, -200.0, -4.248354255291589e-18, -40.0, 0.0, -2e30};
    float found[6];
    sm_log_softmax(logits, 3, 2, found);
    for (size_t i = 0; i < COUNT(logits); i++) {
        assert_true(found[i] == (float)expected[i]);
    }
}

/* ---- losses and gradients ---- */

static void check_labels(const table *const made)
{
    const size_t classes = made->classes;
    float losses[ROWS];
    float gradient[MOST];
    double mean = 0.0;
    sm_cross_entropy_gradient(made->logits, made->labels, ROWS, classes, losses, gradient);
    for (size_t r = 0; r < ROWS; r++) {
        const float *const z = made->logits + r * classes;
        const size_t label = (size_t)made->labels[r];
        check_once_rounded(losses[r], -exact_log_probability(z, classes, label), 0.0L);
        mean += (double)losses[r] / ROWS;
        for (size_t c = 0; c < classes; c++) {
            const long double exact = c == label ? -exact_rest(z, classes, c)
                                                 : expl(exact_log_probability(z, classes, c));
            check_once_rounded(gradient[r * classes + c], exact, 0.0L);
        }
    }
    const double found = sm_cross_entropy(made->logits, made->labels, ROWS, classes);
    assert_true(fabs(found - mean) <= 1e-7 * fabs(mean));
}

static void labels_have_losses_and_gradients(void **state)
{
    (void)state;
    check_tables(check_labels);
}

static void check_targets(const table *const made)
{
    const size_t classes = made->classes;
    float losses[ROWS];
    float by_logits[MOST];
    float by_targets[MOST];
    double mean = 0.0;
    sm_cross_entropy_soft_gradient(made->logits, made->targets, ROWS, classes, losses, by_logits,
                                   by_targets);
    for (size_t r = 0; r < ROWS; r++) {
        const float *const z = made->logits + r * classes;
        const float *const t = made->targets + r * classes;
        long double loss = 0.0L;
        long double sum = 0.0L;
        for (size_t c = 0; c < classes; c++) {
            loss -= (long double)t[c] * exact_log_probability(z, classes, c);
            sum += (long double)t[c];
        }
        check_once_rounded(losses[r], loss, loss);
        mean += (double)losses[r] / ROWS;
        for (size_t c = 0; c < classes; c++) {
            const long double log_p = exact_log_probability(z, classes, c);
            const long double share = sum * expl(log_p);
            check_once_rounded(by_targets[r * classes + c], -log_p, 0.0L);
            check_once_rounded(by_logits[r * classes + c], share - (long double)t[c],
                               share + (long double)t[c]);
        }
    }
    const double found = sm_cross_entropy_soft(made->logits, made->targets, ROWS, classes);
    assert_true(fabs(found - mean) <= 1e-7 * fabs(mean) + 1e-45);
}

static void targets_have_losses_and_both_gradients(void **state)
{
    (void)state;
    check_tables(check_targets);
}

/* The gradients are what differences of the losses say. */
static void gradients_are_differences(void **state)
{
    (void)state;
    const float step = 0x1p-10F;
    const table made = table_of(10, 1.0);
    float losses[ROWS];
    float by_logits[MOST];
    float by_targets[MOST];
    float of_labels[MOST];
    sm_cross_entropy_soft_gradient(made.logits, made.targets, ROWS, 10, losses, by_logits,
                                   by_targets);
    sm_cross_entropy_gradient(made.logits, made.labels, ROWS, 10, NULL, of_labels);
    for (size_t i = 0; i < ROWS * 10; i++) {
        table up = made;
        table down = made;
        up.logits[i] += step;
        down.logits[i] -= step;
        const double width = (double)up.logits[i] - (double)down.logits[i];
        double slope = (sm_cross_entropy_soft(up.logits, made.targets, ROWS, 10) -
                        sm_cross_entropy_soft(down.logits, made.targets, ROWS, 10)) *
                       ROWS / width;
        assert_true(fabs(slope - (double)by_logits[i]) <= 1e-6);
        slope = (sm_cross_entropy(up.logits, made.labels, ROWS, 10) -
                 sm_cross_entropy(down.logits, made.labels, ROWS, 10)) *
                ROWS / width;
        assert_true(fabs(slope - (double)of_labels[i]) <= 1e-6);
        up.targets[i] += step;
        const double added = (double)up.targets[i] - (double)made.targets[i];
        slope = (sm_cross_entropy_soft(made.logits, up.targets, ROWS, 10) -
                 sm_cross_entropy_soft(made.logits, made.targets, ROWS, 10)) *
                ROWS / added;
        assert_true(fabs(slope - (double)by_targets[i]) <= 1e-6);
    }
}

/* The numbers of a tutorial on small tensors, which prints the probabilities. */
static void of_the_published_logits(void **state)
{
    (void)state;
    static const float logits[] = {0.4F, -0.8F, 1.3F, 0.2F, -1.2F, -0.4F};
    static const double published[] = {0.2659011, 0.08008787, 0.65401113,
                                       0.5569763, 0.13734867, 0.30567506};
    static const float targets[] = {0.0F, 0.0F, 1.0F, 1.0F, 0.0F, 0.0F};
    static const int32_t labels[] = {2, 0};
    static const int32_t one_right[] = {2, 1};
    float logs[6];
    float losses[2];
    float by_logits[6];
    float by_targets[6];
    float of_labels[6];
    int32_t classes[2];
    sm_log_softmax(logits, 2, 3, logs);
    sm_cross_entropy_soft_gradient(logits, targets, 2, 3, losses, by_logits, by_targets);
    sm_cross_entropy_gradient(logits, labels, 2, 3, NULL, of_labels);
    assert_memory_equal(of_labels, by_logits, sizeof by_logits);
    for (size_t i = 0; i < 6; i++) {
        assert_true(fabs(exp((double)logs[i]) - published[i]) <= 1e-7);
        assert_true(by_targets[i] == -logs[i]);
        assert_true(fabs((double)by_logits[i] - (published[i] - (double)targets[i])) <= 1e-7);
    }
    assert_true(losses[0] == -logs[2] && losses[1] == -logs[3]);
    sm_argmax_rows(logits, 2, 3, classes);
    assert_memory_equal(classes, labels, sizeof classes);
    assert_true(sm_accuracy(logits, labels, 2, 3) == 1.0);
    assert_true(sm_accuracy(logits, one_right, 2, 3) == 0.5);
    assert_true(sm_accuracy_soft(logits, targets, 2, 3) == 1.0);
}

/* A result that is not asked for is not looked at. */
static void results_may_be_left_out(void **state)
{
    (void)state;
    const table made = table_of(3, 1.0);
    float all[3][MOST];
    float one[MOST];
    sm_cross_entropy_soft_gradient(made.logits, made.targets, ROWS, 3, all[0], all[1], all[2]);
    for (size_t i = 0; i < 3; i++) {
        sm_cross_entropy_soft_gradient(made.logits, made.targets, ROWS, 3, i == 0 ? one : NULL,
                                       i == 1 ? one : NULL, i == 2 ? one : NULL);
        assert_memory_equal(one, all[i], ROWS * (size_t)(i == 0 ? 1 : 3) * sizeof *one);
    }
    sm_cross_entropy_gradient(made.logits, made.labels, ROWS, 3, all[0], NULL);
    sm_cross_entropy_gradient(made.logits, made.labels, ROWS, 3, NULL, all[1]);
    sm_cross_entropy_gradient(made.logits, made.labels, ROWS, 3, one, all[2]);
    assert_memory_equal(one, all[0], ROWS * sizeof *one);
    assert_memory_equal(all[1], all[2], ROWS * 3 * sizeof *one);
    one[0] = 7.0F;
    sm_cross_entropy_gradient(made.logits, made.labels, 0, 3, one, one);
    sm_log_softmax(one, 0, 3, one);
    assert_true(one[0] == 7.0F);
}

/* ---- infinities ---- */

static void one_infinite_logit_has_all_of_the_probability(void **state)
{
    (void)state;
    static const float logits[] = {1.0F, INFINITY, -INFINITY};
    static const float targets[] = {0.0F, 1.0F, 0.0F};
    static const int32_t right = 1;
    static const int32_t wrong = 0;
    float found[3];
    float loss;
    sm_softmax(logits, 1, 3, found);
    assert_memory_equal(found, targets, sizeof found);
    sm_log_softmax(logits, 1, 3, found);
    assert_true(found[0] == -INFINITY && found[1] == 0.0F && found[2] == -INFINITY);
    sm_cross_entropy_gradient(logits, &right, 1, 3, &loss, found);
    assert_true(loss == 0.0F && found[0] == 0.0F && found[1] == 0.0F && found[2] == 0.0F);
    assert_true(sm_cross_entropy_soft(logits, targets, 1, 3) == 0.0);
    sm_cross_entropy_gradient(logits, &wrong, 1, 3, &loss, found);
    assert_true(loss == INFINITY && found[0] == -1.0F && found[1] == 1.0F && found[2] == 0.0F);
    assert_true(sm_log_sum_exp(logits, 3) == INFINITY);
}

static void a_logit_of_minus_infinity_is_a_class_that_cannot_be(void **state)
{
    (void)state;
    static const float logits[] = {0.0F, -INFINITY, 0.0F};
    static const float targets[] = {0.5F, 0.0F, 0.5F};
    static const int32_t label = 1;
    const float log_half = (float)log(0.5);
    float loss;
    float by_logits[3];
    float by_targets[3];
    sm_log_softmax(logits, 1, 3, by_logits);
    assert_true(by_logits[0] == log_half && by_logits[1] == -INFINITY && by_logits[2] == log_half);
    sm_cross_entropy_soft_gradient(logits, targets, 1, 3, &loss, by_logits, by_targets);
    assert_true(loss == -log_half && by_targets[1] == INFINITY && by_targets[2] == -log_half);
    assert_true(by_logits[0] == 0.0F && by_logits[1] == 0.0F && by_logits[2] == 0.0F);
    sm_cross_entropy_gradient(logits, &label, 1, 3, &loss, by_logits);
    assert_true(loss == INFINITY);
    assert_true(by_logits[0] == 0.5F && by_logits[1] == -1.0F && by_logits[2] == 0.5F);
}

static void what_has_no_limit_is_not_a_number(void **state)
{
    (void)state;
    static const float rows[][3] = {{INFINITY, 0.0F, INFINITY},
                                    {-INFINITY, -INFINITY, -INFINITY},
                                    {NAN, 0.0F, 1.0F},
                                    {0.0F, 1.0F, NAN}};
    static const float even[] = {0.25F, 0.25F, 0.5F};
    for (size_t i = 0; i < COUNT(rows); i++) {
        for (int32_t label = 0; label < 3; label++) {
            float found[4][3];
            float losses[2];
            sm_softmax(rows[i], 1, 3, found[0]);
            sm_log_softmax(rows[i], 1, 3, found[1]);
            sm_cross_entropy_gradient(rows[i], &label, 1, 3, &losses[0], found[2]);
            sm_cross_entropy_soft_gradient(rows[i], even, 1, 3, &losses[1], found[3], NULL);
            assert_true(isnan(losses[0]) && isnan(losses[1]));
            for (size_t k = 0; k < 12; k++) {
                assert_true(isnan(found[k / 3][k % 3]));
            }
        }
    }
    assert_true(sm_log_sum_exp(rows[0], 3) == INFINITY);
    assert_true(sm_log_sum_exp(rows[1], 3) == -INFINITY);
    assert_true(isnan(sm_log_sum_exp(rows[2], 3)) && isnan(sm_log_sum_exp(rows[3], 3)));
    static const float strange[] = {-INFINITY, INFINITY, NAN};
    assert_true(isnan(sm_log_sum_exp(strange, 3)));
    float alone = NAN;
    sm_softmax(&alone, 1, 1, &alone);
    assert_true(isnan(alone));
}

/* ---- accuracy ---- */

static void accuracy_counts_first_largest_outputs(void **state)
{
    (void)state;
    static const float outputs[] = {0.2F, 0.5F, 0.5F, 0.9F, 0.1F, 0.0F, -1.0F, -2.0F, -1.5F};
    static const int32_t labels[] = {1, 0, 2};
    static const int32_t unknown[] = {1, -1, 3};
    static const float targets[] = {0.3F, 0.4F, 0.3F, 0.5F, 0.5F, 0.0F, 0.0F, 0.0F, 1.0F};
    int32_t classes[3];
    assert_true(sm_accuracy(outputs, labels, 3, 3) == 2.0 / 3.0);
    assert_true(sm_accuracy(outputs, unknown, 3, 3) == 1.0 / 3.0);
    assert_true(sm_accuracy_soft(outputs, targets, 3, 3) == 2.0 / 3.0);
    assert_true(isnan(sm_accuracy(outputs, labels, 0, 3)));
    assert_true(isnan(sm_accuracy_soft(outputs, targets, 0, 3)));
    sm_argmax_rows(outputs, 3, 3, classes);
    assert_true(classes[0] == 1 && classes[1] == 0 && classes[2] == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logarithms_are_rounded_once),
        cmocka_unit_test(probabilities_are_rounded_once),
        cmocka_unit_test(the_logarithm_is_exact_where_a_probability_is_not),
        cmocka_unit_test(labels_have_losses_and_gradients),
        cmocka_unit_test(targets_have_losses_and_both_gradients),
        cmocka_unit_test(gradients_are_differences),
        cmocka_unit_test(of_the_published_logits),
        cmocka_unit_test(results_may_be_left_out),
        cmocka_unit_test(one_infinite_logit_has_all_of_the_probability),
        cmocka_unit_test(a_logit_of_minus_infinity_is_a_class_that_cannot_be),
        cmocka_unit_test(what_has_no_limit_is_not_a_number),
        cmocka_unit_test(accuracy_counts_first_largest_outputs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
