/* The mathematics on small arrays. */
#include <float.h>
#include <math.h>
#include <string.h>

#include <softmax.h>

#include "support/cmocka_all.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool near(const double value, const double expected, const double tolerance)
{
    return fabs(value - expected) <= tolerance;
}

/* ---- softmax ---- */

static void softmax_gives_the_published_values(void **state)
{
    (void)state;
    static const float logits[] = {0.4F, -0.8F, 1.3F, 0.2F, -1.2F, -0.4F};
    static const double published[] = {0.2659011, 0.08008787, 0.65401113,
                                       0.5569763, 0.13734867, 0.30567506};
    float probabilities[6];
    sm_softmax(logits, 2, 3, probabilities);
    for (size_t i = 0; i < COUNT(logits); i++) {
        assert_true(near((double)probabilities[i], published[i], 1e-7));
    }
}

static void softmax_works_in_place(void **state)
{
    (void)state;
    float values[] = {0.4F, -0.8F, 1.3F, 7.0F, 7.0F, -2.0F};
    float probabilities[6];
    sm_softmax(values, 2, 3, probabilities);
    sm_softmax(values, 2, 3, values);
    assert_memory_equal(values, probabilities, sizeof values);
}

static void probabilities_sum_to_one_and_keep_the_order(void **state)
{
    (void)state;
    static const float logits[] = {3.0F, -1.0F, 0.5F, 2.999F, -20.0F};
    float probabilities[5];
    double sum = 0.0;
    sm_softmax(logits, 1, 5, probabilities);
    for (size_t i = 0; i < 5; i++) {
        sum += (double)probabilities[i];
        for (size_t j = 0; j < 5; j++) {
            assert_true((logits[i] > logits[j]) == (probabilities[i] > probabilities[j]));
        }
    }
    assert_true(near(sum, 1.0, 3e-7));
}

static void adding_a_number_to_all_logits_changes_nothing(void **state)
{
    (void)state;
    static const float logits[] = {0.5F, -1.0F, 2.0F};
    static const float added[] = {1e4F, -1e4F, 1024.0F}; /* exact in float */
    float probabilities[3];
    sm_softmax(logits, 1, 3, probabilities);
    for (size_t a = 0; a < COUNT(added); a++) {
        float moved[3];
        float same[3];
        for (size_t c = 0; c < 3; c++) {
            moved[c] = logits[c] + added[a];
        }
        sm_softmax(moved, 1, 3, same);
        assert_memory_equal(same, probabilities, sizeof same);
    }
}

static void softmax_of_extreme_logits_does_not_overflow(void **state)
{
    (void)state;
    static const float tops[] = {1e4F, FLT_MAX};
    for (size_t t = 0; t < COUNT(tops); t++) {
        const float top = tops[t];
        const float logits[] = {top, -top, 0.0F, top};
        float probabilities[4];
        sm_softmax(logits, 1, 4, probabilities);
        assert_true(probabilities[0] == 0.5F && probabilities[3] == 0.5F);
        assert_true(probabilities[1] == 0.0F && probabilities[2] == 0.0F);
    }
    static const float low[] = {-FLT_MAX, -FLT_MAX};
    float halves[2];
    sm_softmax(low, 1, 2, halves);
    assert_true(halves[0] == 0.5F && halves[1] == 0.5F);
}

static void a_logit_of_minus_infinity_has_probability_zero(void **state)
{
    (void)state;
    static const float logits[] = {-INFINITY, 1.0F, 1.0F};
    float probabilities[3];
    sm_softmax(logits, 1, 3, probabilities);
    assert_true(probabilities[0] == 0.0F);
    assert_true(probabilities[1] == 0.5F && probabilities[2] == 0.5F);
}

static void one_class_has_probability_one(void **state)
{
    (void)state;
    static const float logits[] = {-3.0F, 1e30F};
    float probabilities[2];
    sm_softmax(logits, 2, 1, probabilities);
    assert_true(probabilities[0] == 1.0F && probabilities[1] == 1.0F);
}

static void no_rows_are_left_alone(void **state)
{
    (void)state;
    float value = 7.0F;
    sm_softmax(&value, 0, 1, &value);
    assert_true(value == 7.0F);
    assert_true(isnan(sm_cross_entropy(&value, NULL, 0, 1)));
    assert_true(isnan(sm_cross_entropy_soft(&value, &value, 0, 1)));
}

/* ---- log-sum-exp ---- */

static void log_sum_exp_is_the_smooth_maximum(void **state)
{
    (void)state;
    static const float logs[] = {0.0F, 0.0F, 0.0F};
    assert_true(near(sm_log_sum_exp(logs, 3), log(3.0), 1e-15));
    static const float small[] = {0.25F, -0.5F, 1.0F};
    const double exact = log(exp(0.25) + exp(-0.5) + exp(1.0));
    assert_true(near(sm_log_sum_exp(small, 3), exact, 1e-15));
    static const float one[] = {-5.5F};
    assert_true(sm_log_sum_exp(one, 1) == -5.5);
}

static void log_sum_exp_does_not_overflow(void **state)
{
    (void)state;
    static const float large[] = {1e4F, 1e4F};
    assert_true(near(sm_log_sum_exp(large, 2), 1e4 + log(2.0), 1e-11));
    static const float low[] = {-1e4F, -1e4F};
    assert_true(near(sm_log_sum_exp(low, 2), -1e4 + log(2.0), 1e-11));
    static const float extreme[] = {FLT_MAX, -FLT_MAX};
    assert_true(sm_log_sum_exp(extreme, 2) == (double)FLT_MAX);
}

static void log_sum_exp_of_nothing_is_minus_infinity(void **state)
{
    (void)state;
    static const float nothing[] = {-INFINITY, -INFINITY};
    assert_true(sm_log_sum_exp(nothing, 2) == -INFINITY);
    assert_true(sm_log_sum_exp(nothing, 0) == -INFINITY);
    static const float something[] = {-INFINITY, 2.0F};
    assert_true(sm_log_sum_exp(something, 2) == 2.0);
}

/* ---- choosing ---- */

static void argmax_is_the_first_largest(void **state)
{
    (void)state;
    static const float values[] = {1.0F, 3.0F, -INFINITY, 3.0F, 2.0F};
    assert_int_equal(sm_argmax(values, 5), 1);
    assert_int_equal(sm_argmax(values + 2, 3), 1);
    assert_int_equal(sm_argmax(values, 1), 0);
    assert_int_equal(sm_argmax(values, 0), 0);
    static const float low[] = {-INFINITY, -INFINITY};
    assert_int_equal(sm_argmax(low, 2), 0);
}

static void top_k_lists_the_largest_and_equal_ones_by_index(void **state)
{
    (void)state;
    static const float values[] = {2.0F, 5.0F, 2.0F, -1.0F, 5.0F, 3.0F};
    static const size_t ranked[] = {1, 4, 5, 0, 2, 3};
    for (size_t k = 0; k <= COUNT(values); k++) {
        size_t indices[COUNT(values) + 1];
        for (size_t i = 0; i < COUNT(indices); i++) {
            indices[i] = 99;
        }
        sm_top_k(values, COUNT(values), k, indices);
        assert_memory_equal(indices, ranked, k * sizeof *indices);
        for (size_t i = k; i < COUNT(indices); i++) {
            assert_int_equal(indices[i], 99); /* k and no more */
        }
    }
}

static void top_k_of_equal_values_counts_upwards(void **state)
{
    (void)state;
    static const float values[5] = {0.0F};
    size_t indices[5];
    for (size_t k = 0; k <= 5; k++) {
        sm_top_k(values, 5, k, indices);
        for (size_t i = 0; i < k; i++) {
            assert_int_equal(indices[i], i);
        }
    }
    sm_top_k(values, 0, 0, NULL);
}

static void one_hot_sets_the_label_and_leaves_unknown_ones_out(void **state)
{
    (void)state;
    static const int32_t labels[] = {2, 0, -1, 3, INT32_MAX, INT32_MIN};
    static const float expected[6][3] = {{0, 0, 1}, {1, 0, 0}, {0}, {0}, {0}, {0}};
    float one_hot[6][3];
    memset(one_hot, 0xff, sizeof one_hot);
    sm_one_hot(labels, 6, 3, &one_hot[0][0]);
    assert_memory_equal(one_hot, expected, sizeof expected);
}

/* ---- cross-entropy ---- */

static const float some_logits[] = {0.4F, -0.8F, 1.3F, 0.2F, -1.2F, -0.4F};

static void cross_entropy_is_the_mean_of_minus_log_probability(void **state)
{
    (void)state;
    static const int32_t labels[] = {2, 1};
    double expected = 0.0;
    for (size_t r = 0; r < 2; r++) {
        const float *const z = some_logits + 3 * r;
        const double sum = exp((double)z[0]) + exp((double)z[1]) + exp((double)z[2]);
        expected -= log(exp((double)z[labels[r]]) / sum) / 2.0;
    }
    assert_true(near(sm_cross_entropy(some_logits, labels, 2, 3), expected, 1e-15));
    assert_true(near(expected, (-log(0.65401113) - log(0.13734867)) / 2.0, 2e-7));
}

static void equal_logits_cost_the_logarithm_of_the_classes(void **state)
{
    (void)state;
    static const float logits[10] = {0.0F};
    static const int32_t label = 7;
    assert_true(near(sm_cross_entropy(logits, &label, 1, 10), log(10.0), 1e-15));
}

static void soft_cross_entropy_of_one_hot_targets_is_that_of_labels(void **state)
{
    (void)state;
    static const int32_t labels[] = {0, 2};
    float targets[6];
    sm_one_hot(labels, 2, 3, targets);
    assert_true(near(sm_cross_entropy_soft(some_logits, targets, 2, 3),
                     sm_cross_entropy(some_logits, labels, 2, 3), 1e-15));
}

static void soft_cross_entropy_weighs_the_labels(void **state)
{
    (void)state;
    static const float targets[] = {0.25F, 0.0F, 0.75F};
    double expected = 0.0;
    for (int32_t c = 0; c < 3; c++) {
        expected += (double)targets[c] * sm_cross_entropy(some_logits, &c, 1, 3);
    }
    assert_true(near(sm_cross_entropy_soft(some_logits, targets, 1, 3), expected, 1e-15));
}

static void a_target_of_zero_at_minus_infinity_adds_nothing(void **state)
{
    (void)state;
    static const float logits[] = {0.0F, -INFINITY, 0.0F};
    static const float possible[] = {0.5F, 0.0F, 0.5F};
    static const float impossible[] = {0.5F, 0.5F, 0.0F};
    static const int32_t label = 1;
    assert_true(near(sm_cross_entropy_soft(logits, possible, 1, 3), log(2.0), 1e-15));
    assert_true(sm_cross_entropy_soft(logits, impossible, 1, 3) == INFINITY);
    assert_true(sm_cross_entropy(logits, &label, 1, 3) == INFINITY);
}

static void cross_entropy_of_extreme_logits_is_their_distance(void **state)
{
    (void)state;
    static const float tops[] = {1e4F, FLT_MAX};
    static const int32_t right = 0;
    static const int32_t wrong = 1;
    for (size_t t = 0; t < COUNT(tops); t++) {
        const float logits[] = {tops[t], -tops[t]};
        const double distance = 2.0 * (double)tops[t];
        assert_true(sm_cross_entropy(logits, &right, 1, 2) == 0.0);
        assert_true(sm_cross_entropy(logits, &wrong, 1, 2) == distance);
    }
}

static void the_naive_loss_agrees_where_probabilities_are_moderate(void **state)
{
    (void)state;
    static const int32_t labels[] = {2, 1};
    float targets[6];
    float probabilities[6];
    sm_one_hot(labels, 2, 3, targets);
    sm_softmax(some_logits, 2, 3, probabilities);
    assert_true(near(sm_cross_entropy_naive(probabilities, targets, 2, 3),
                     sm_cross_entropy(some_logits, labels, 2, 3), 1e-6));
}

static void the_naive_loss_is_infinite_where_the_other_is_exact(void **state)
{
    (void)state;
    static const float logits[] = {0.0F, 200.0F}; /* exp(−200) is 0 in float */
    static const float targets[] = {1.0F, 0.0F};
    static const int32_t label = 0;
    float probabilities[2];
    sm_softmax(logits, 1, 2, probabilities);
    assert_true(probabilities[0] == 0.0F);
    assert_true(sm_cross_entropy_naive(probabilities, targets, 1, 2) == INFINITY);
    assert_true(near(sm_cross_entropy(logits, &label, 1, 2), 200.0, 1e-12));
    assert_true(near(sm_cross_entropy_soft(logits, targets, 1, 2), 200.0, 1e-12));
}

static void the_naive_loss_is_coarse_where_the_probability_is_near_one(void **state)
{
    (void)state;
    static const float logits[] = {16.9F,
                                   0.0F}; /* a loss below half a unit in the last place of 1 */
    static const float targets[] = {1.0F, 0.0F};
    static const int32_t label = 0;
    const double exact = log1p(exp(-(double)logits[0]));
    float probabilities[2];
    sm_softmax(logits, 1, 2, probabilities);
    assert_true(near(sm_cross_entropy(logits, &label, 1, 2), exact, 1e-8 * exact));
    assert_true(fabs(sm_cross_entropy_naive(probabilities, targets, 1, 2) - exact) > 0.2 * exact);
}

static void the_naive_loss_is_coarse_where_the_probability_is_tiny(void **state)
{
    (void)state;
    static const float logits[] = {0.0F, 103.5F}; /* a subnormal probability of one or two bits */
    static const float targets[] = {1.0F, 0.0F};
    static const int32_t label = 0;
    float probabilities[2];
    sm_softmax(logits, 1, 2, probabilities);
    const double naive = sm_cross_entropy_naive(probabilities, targets, 1, 2);
    assert_true(near(sm_cross_entropy(logits, &label, 1, 2), 103.5, 1e-12));
    assert_true(isfinite(naive) && fabs(naive - 103.5) > 0.1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(softmax_gives_the_published_values),
        cmocka_unit_test(softmax_works_in_place),
        cmocka_unit_test(probabilities_sum_to_one_and_keep_the_order),
        cmocka_unit_test(adding_a_number_to_all_logits_changes_nothing),
        cmocka_unit_test(softmax_of_extreme_logits_does_not_overflow),
        cmocka_unit_test(a_logit_of_minus_infinity_has_probability_zero),
        cmocka_unit_test(one_class_has_probability_one),
        cmocka_unit_test(no_rows_are_left_alone),
        cmocka_unit_test(log_sum_exp_is_the_smooth_maximum),
        cmocka_unit_test(log_sum_exp_does_not_overflow),
        cmocka_unit_test(log_sum_exp_of_nothing_is_minus_infinity),
        cmocka_unit_test(argmax_is_the_first_largest),
        cmocka_unit_test(top_k_lists_the_largest_and_equal_ones_by_index),
        cmocka_unit_test(top_k_of_equal_values_counts_upwards),
        cmocka_unit_test(one_hot_sets_the_label_and_leaves_unknown_ones_out),
        cmocka_unit_test(cross_entropy_is_the_mean_of_minus_log_probability),
        cmocka_unit_test(equal_logits_cost_the_logarithm_of_the_classes),
        cmocka_unit_test(soft_cross_entropy_of_one_hot_targets_is_that_of_labels),
        cmocka_unit_test(soft_cross_entropy_weighs_the_labels),
        cmocka_unit_test(a_target_of_zero_at_minus_infinity_adds_nothing),
        cmocka_unit_test(cross_entropy_of_extreme_logits_is_their_distance),
        cmocka_unit_test(the_naive_loss_agrees_where_probabilities_are_moderate),
        cmocka_unit_test(the_naive_loss_is_infinite_where_the_other_is_exact),
        cmocka_unit_test(the_naive_loss_is_coarse_where_the_probability_is_near_one),
        cmocka_unit_test(the_naive_loss_is_coarse_where_the_probability_is_tiny),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
