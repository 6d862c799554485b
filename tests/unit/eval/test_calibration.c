/* Reliability, and the temperature that is fitted, against figures worked out by hand and by
 * another implementation. */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "support/allocations.h"
#include "support/cmocka_all.h"
#include "support/made_data.h"
#include "support/message.h"

enum { ROWS = 60, CLASSES = 4, VALUES = ROWS * CLASSES };

/* Labelled rows, and a model whose logits are their features. */
typedef struct setting {
    float x[ROWS][CLASSES];
    int32_t labels[ROWS];
    sm_dataset *dataset;
    sm_model *model;
} setting;

static sm_model *identity(const double temperature)
{
    static const float bias[CLASSES];
    static const float kernel[CLASSES][CLASSES] = {
        {1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}};
    const sm_shape shape = {.features = CLASSES, .classes = CLASSES, .scale = 1.0F};
    sm_model *model = NULL;
    assert_int_equal(sm_model_create(shape, &model), SM_OK);
    assert_int_equal(sm_model_set_parameters(model, 0, &kernel[0][0], bias), SM_OK);
    assert_int_equal(sm_model_set_temperature(model, temperature), SM_OK);
    return model;
}

/* Logits in eighths, which floats hold exactly. In two rows of three the largest is at the label,
 * so that a model which is that sure of itself is too sure. */
static setting *make(void)
{
    setting *const all = calloc(1, sizeof *all);
    assert_non_null(all);
    for (size_t r = 0; r < ROWS; r++) {
        for (size_t c = 0; c < CLASSES; c++) {
            all->x[r][c] = (float)((r * 37 + c * 53 + r * c * 11) % 64) / 8.0F;
        }
        all->labels[r] =
            r % 3 == 0 ? (int32_t)(r * 5 % CLASSES) : (int32_t)sm_argmax(all->x[r], CLASSES);
    }
    assert_int_equal(
        sm_dataset_borrow_f32(&all->x[0][0], ROWS, CLASSES, all->labels, CLASSES, &all->dataset),
        SM_OK);
    all->model = identity(1.0);
    return all;
}

static void finish(setting *const all)
{
    sm_model_free(all->model);
    sm_dataset_free(all->dataset);
    free(all);
}

static bool near(const double value, const double expected, const double tolerance)
{
    return fabs(value - expected) <= tolerance;
}

/* Five rows of two classes, by hand: logits log(p) and log(1 − p) give the probabilities p. */
static void bins_are_counted_as_by_hand(void **state)
{
    (void)state;
    enum { FEW = 5, TWO = 2, BINS = 4 };
    static const double sure[FEW] = {0.6, 0.7, 0.9, 0.95, 0.8};
    static const int32_t labels[FEW] = {0, 1, 0, 0, 1};
    static const float kernel[TWO][TWO] = {{1, 0}, {0, 1}};
    static const float bias[TWO];
    const sm_shape shape = {.features = TWO, .classes = TWO, .scale = 1.0F};
    float x[FEW][TWO];
    sm_dataset *dataset = NULL;
    sm_model *model = NULL;
    sm_calibration found;
    sm_reliability_bin bins[BINS];
    double loss = 0.0;
    for (size_t r = 0; r < FEW; r++) {
        x[r][0] = (float)log(sure[r]);
        x[r][1] = (float)log(1.0 - sure[r]);
        loss -= log(labels[r] == 0 ? sure[r] : 1.0 - sure[r]) / FEW;
    }
    assert_int_equal(sm_dataset_borrow_f32(&x[0][0], FEW, TWO, labels, TWO, &dataset), SM_OK);
    assert_int_equal(sm_model_create(shape, &model), SM_OK);
    assert_int_equal(sm_model_set_parameters(model, 0, &kernel[0][0], bias), SM_OK);
    assert_int_equal(sm_evaluate_calibration(model, dataset, BINS, bins, &found), SM_OK);
    assert_true(bins[0].rows == 0 && bins[1].rows == 0);
    assert_true(bins[0].confidence == 0.0 && bins[0].accuracy == 0.0);
    assert_int_equal(bins[2].rows, 2); /* 0.6 right, 0.7 wrong */
    assert_true(near(bins[2].confidence, 0.65, 1e-7) && near(bins[2].accuracy, 0.5, 1e-15));
    assert_int_equal(bins[3].rows, 3); /* 0.9 and 0.95 right, 0.8 wrong */
    assert_true(near(bins[3].confidence, 2.65 / 3, 1e-7) && near(bins[3].accuracy, 2.0 / 3, 1e-15));
    assert_int_equal(found.rows, FEW);
    assert_true(near(found.loss, loss, 1e-6));
    assert_true(near(found.accuracy, 0.6, 1e-15) && near(found.confidence, 0.79, 1e-7));
    assert_true(near(found.expected_error, (2 * 0.15 + 2.65 - 2.0) / 5, 1e-7));
    assert_true(near(found.largest_error, (2.65 - 2.0) / 3, 1e-7));
    sm_model_free(model);
    sm_dataset_free(dataset);
}

/* Certainty is in the last bin, and a confidence on a bound in the bin below it. */
static void bounds_belong_to_the_bin_below(void **state)
{
    (void)state;
    setting *const all = make();
    sm_reliability_bin bins[2];
    sm_calibration found;
    memset(all->x, 0, sizeof all->x); /* all classes alike: 1/4 each */
    for (size_t r = 0; r < ROWS / 2; r++) {
        all->x[r][0] = 1000.0F;
    }
    assert_int_equal(sm_evaluate_calibration(all->model, all->dataset, 2, bins, &found), SM_OK);
    assert_int_equal(bins[0].rows, ROWS / 2);
    assert_int_equal(bins[1].rows, ROWS / 2);
    assert_true(bins[0].confidence == 0.25 && bins[1].confidence == 1.0);
    sm_reliability_bin quarters[4];
    assert_int_equal(sm_evaluate_calibration(all->model, all->dataset, 4, quarters, &found), SM_OK);
    assert_int_equal(quarters[0].rows, ROWS / 2);
    assert_int_equal(quarters[3].rows, ROWS / 2);
    assert_int_equal(sm_evaluate_calibration(all->model, all->dataset, 1, NULL, &found), SM_OK);
    assert_true(near(found.confidence, 0.625, 1e-15));
    finish(all);
}

/* By SciPy 1.17 on the logits of make(), with f(T) the mean of scipy.special.logsumexp(z / T) −
 * z_label / T: scipy.optimize.minimize_scalar(f of log T, bounded, xatol 1e-14) for the loss, and
 * brentq (rtol 1e-15) on the derivative by 1 / T for where it is, which the minimum alone tells to
 * 8 digits. */
static const double scipy_temperature = 1.452122102788082;
static const double scipy_loss_before = 0.9498411432301369;
static const double scipy_loss_after = 0.9099084219597888;

static void the_temperature_is_that_of_another_implementation(void **state)
{
    (void)state;
    setting *const all = make();
    sm_calibration before;
    sm_calibration after;
    sm_metrics metrics;
    assert_int_equal(sm_evaluate_calibration(all->model, all->dataset, 15, NULL, &before), SM_OK);
    assert_int_equal(sm_model_calibrate(all->model, all->dataset), SM_OK);
    assert_int_equal(sm_evaluate_calibration(all->model, all->dataset, 15, NULL, &after), SM_OK);
    assert_true(near(sm_model_temperature(all->model) / scipy_temperature, 1.0, 1e-12));
    assert_true(near(before.loss, scipy_loss_before, 1e-12));
    assert_true(near(after.loss, scipy_loss_after, 1e-7));
    assert_true(after.accuracy == before.accuracy);
    assert_true(after.confidence < before.confidence);
    assert_int_equal(sm_evaluate(all->model, all->dataset, &metrics), SM_OK);
    assert_true(metrics.loss == after.loss && metrics.accuracy == after.accuracy);
    finish(all);
}

static void what_was_the_temperature_before_does_not_matter(void **state)
{
    (void)state;
    setting *const all = make();
    sm_model *const other = identity(0.01);
    assert_int_equal(sm_model_calibrate(all->model, all->dataset), SM_OK);
    assert_int_equal(sm_model_calibrate(other, all->dataset), SM_OK);
    assert_true(sm_model_temperature(all->model) == sm_model_temperature(other));
    sm_model_free(other);
    finish(all);
}

/* A model that is k times as sure needs k times the temperature. */
static void the_temperature_follows_the_scale_of_the_logits(void **state)
{
    (void)state;
    setting *const all = make();
    assert_int_equal(sm_model_calibrate(all->model, all->dataset), SM_OK);
    const double plain = sm_model_temperature(all->model);
    for (int power = -12; power <= 12; power += 4) {
        setting *const scaled = make();
        for (size_t i = 0; i < VALUES; i++) {
            scaled->x[i / CLASSES][i % CLASSES] = ldexpf(all->x[i / CLASSES][i % CLASSES], power);
        }
        assert_int_equal(sm_model_calibrate(scaled->model, scaled->dataset), SM_OK);
        assert_true(near(sm_model_temperature(scaled->model) / ldexp(plain, power), 1.0, 1e-9));
        finish(scaled);
    }
    finish(all);
}

/* Soft targets that are the model's own probabilities at temperature 2. */
static void soft_targets_lead_to_the_temperature_they_are_of(void **state)
{
    (void)state;
    setting *const all = make();
    float targets[ROWS][CLASSES];
    assert_int_equal(sm_model_set_temperature(all->model, 2.0), SM_OK);
    assert_int_equal(sm_predict(all->model, all->dataset, 0, ROWS, SM_PROBABILITIES, targets[0]),
                     SM_OK);
    assert_int_equal(sm_dataset_set_targets(all->dataset, &targets[0][0]), SM_OK);
    assert_int_equal(sm_model_set_temperature(all->model, 1.0), SM_OK);
    assert_int_equal(sm_model_calibrate(all->model, all->dataset), SM_OK);
    assert_true(near(sm_model_temperature(all->model), 2.0, 1e-5));
    finish(all);
}

static void logits_stay_within_the_range_of_floats(void **state)
{
    (void)state;
    static const float x[CLASSES] = {3e38F, -3e38F, 1.0F, 0.0F};
    float logits[CLASSES];
    float probabilities[CLASSES];
    sm_model *const model = identity(SM_LEAST_TEMPERATURE);
    assert_int_equal(sm_predict_f32(model, x, 1, SM_LOGITS, logits), SM_OK);
    assert_true(logits[0] == FLT_MAX && logits[1] == -FLT_MAX && logits[2] == 1e6F);
    assert_int_equal(sm_predict_f32(model, x, 1, SM_PROBABILITIES, probabilities), SM_OK);
    assert_true(probabilities[0] == 1.0F && probabilities[1] == 0.0F);
    sm_model_free(model);
}

static void predictions_are_divided_by_it(void **state)
{
    (void)state;
    setting *const all = make();
    float plain[ROWS][CLASSES];
    float tempered[ROWS][CLASSES];
    float of_array[ROWS][CLASSES];
    assert_int_equal(sm_predict(all->model, all->dataset, 0, ROWS, SM_LOGITS, plain[0]), SM_OK);
    assert_int_equal(sm_model_set_temperature(all->model, 3.0), SM_OK);
    assert_int_equal(sm_predict(all->model, all->dataset, 0, ROWS, SM_LOGITS, tempered[0]), SM_OK);
    assert_int_equal(sm_predict_f32(all->model, all->x[0], ROWS, SM_LOGITS, of_array[0]), SM_OK);
    for (size_t i = 0; i < VALUES; i++) {
        const size_t r = i / CLASSES;
        const size_t c = i % CLASSES;
        assert_true(tempered[r][c] == (float)((double)plain[r][c] / 3.0));
    }
    assert_memory_equal(tempered, of_array, sizeof tempered);
    sm_softmax(tempered[0], ROWS, CLASSES, tempered[0]);
    assert_int_equal(sm_predict(all->model, all->dataset, 0, ROWS, SM_PROBABILITIES, plain[0]),
                     SM_OK);
    assert_memory_equal(plain, tempered, sizeof plain);
    finish(all);
}

/* What was fitted to parameters goes with them; training does not see it. */
static void other_parameters_have_a_temperature_of_1(void **state)
{
    (void)state;
    setting *const all = make();
    float kernel[2][CLASSES * CLASSES];
    float bias[2][CLASSES];
    sm_train_options options = sm_train_options_default();
    options.max_steps = 3;
    for (size_t i = 0; i < 2; i++) {
        sm_model *const model = identity(i == 0 ? 1.0 : 7.0);
        assert_int_equal(sm_train(model, all->dataset, NULL, &options, NULL), SM_OK);
        assert_true(sm_model_temperature(model) == 1.0);
        assert_int_equal(sm_model_get_parameters(model, 0, kernel[i], bias[i]), SM_OK);
        assert_int_equal(sm_model_set_temperature(model, 7.0), SM_OK);
        assert_int_equal(sm_model_set_parameters(model, 0, kernel[i], bias[i]), SM_OK);
        assert_true(sm_model_temperature(model) == 1.0);
        assert_int_equal(sm_model_set_temperature(model, 7.0), SM_OK);
        assert_int_equal(sm_model_initialize(model, SM_INIT_ZEROS, 0), SM_OK);
        assert_true(sm_model_temperature(model) == 1.0);
        sm_model_free(model);
    }
    assert_memory_equal(kernel[0], kernel[1], sizeof kernel[0]);
    assert_memory_equal(bias[0], bias[1], sizeof bias[0]);
    finish(all);
}

static void where_no_temperature_is_best_that_is_said(void **state)
{
    (void)state;
    setting *const all = make();
    assert_int_equal(sm_model_set_temperature(all->model, 3.0), SM_OK);
    for (size_t r = 0; r < ROWS; r++) {
        all->labels[r] = (int32_t)sm_argmax(all->x[r], CLASSES);
    }
    assert_int_equal(sm_model_calibrate(all->model, all->dataset), SM_ERROR_DATA);
    assert_message("there is no best temperature: every row is classified right, and a lower one "
                   "is always a little better; more rows that the model was not trained on have "
                   "some that are not");
    for (size_t r = 0; r < ROWS; r++) {
        size_t order[CLASSES];
        sm_top_k(all->x[r], CLASSES, CLASSES, order);
        all->labels[r] = (int32_t)order[CLASSES - 1];
    }
    assert_int_equal(sm_model_calibrate(all->model, all->dataset), SM_ERROR_DATA);
    assert_message("there is no best temperature: the model is no better than chance on these "
                   "rows, and a higher one is always a little better");
    assert_true(sm_model_temperature(all->model) == 3.0);
    finish(all);
}

static void logits_that_overflow_are_told(void **state)
{
    (void)state;
    setting *const all = make();
    sm_calibration found = {.rows = 77};
    static const float kernel[CLASSES][CLASSES] = {{2, 0, 0, 0}};
    static const float bias[CLASSES];
    assert_int_equal(sm_model_set_parameters(all->model, 0, &kernel[0][0], bias), SM_OK);
    assert_int_equal(sm_model_set_temperature(all->model, 0.001), SM_OK);
    all->x[17][0] = 3e38F;
    assert_int_equal(sm_evaluate_calibration(all->model, all->dataset, 15, NULL, &found),
                     SM_ERROR_DATA);
    assert_message("row 17 has no probabilities: the model's logits for it are not finite numbers");
    assert_int_equal(found.rows, 77);
    finish(all);
}

static void lack_of_memory_is_told_and_changes_nothing(void **state)
{
    (void)state;
    setting *const all = make();
    sm_calibration found = {.rows = 77};
    sm_reliability_bin bins[3] = {{.rows = 78}};
    assert_int_equal(sm_model_set_temperature(all->model, 3.0), SM_OK);
    for (size_t allowed = 0;; allowed++) {
        allocations_fail(allowed, 1);
        const sm_status measured =
            sm_evaluate_calibration(all->model, all->dataset, 3, bins, &found);
        const size_t failed = allocations_recover();
        allocations_fail(allowed, 1);
        const sm_status fitted = sm_model_calibrate(all->model, all->dataset);
        if (failed == 0 && allocations_recover() == 0) {
            assert_true(allowed >= 3 && measured == SM_OK && fitted == SM_OK);
            break;
        }
        (void)allocations_recover();
        if (failed > 0) {
            assert_int_equal(measured, SM_ERROR_MEMORY);
            assert_true(found.rows == 77 && bins[0].rows == 78);
        }
        if (fitted != SM_OK) {
            assert_int_equal(fitted, SM_ERROR_MEMORY);
            assert_true(sm_model_temperature(all->model) == 3.0);
        }
    }
    finish(all);
}

static void wrong_calls_are_answered(void **state)
{
    (void)state;
    setting *const all = make();
    sm_calibration found;
    static const double bad[] = {0.0, -1.0, 9e-7, 1.1e6, 1e300, NAN, INFINITY, -INFINITY};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(sm_model_set_temperature(all->model, bad[i]), SM_ERROR_ARGUMENT);
        assert_true(sm_model_temperature(all->model) == 1.0);
    }
    assert_int_equal(sm_model_set_temperature(all->model, 0.0), SM_ERROR_ARGUMENT);
    assert_message("a temperature of 0: it must be from 1e-06 to 1e+06");
    assert_int_equal(sm_model_set_temperature(NULL, 1.0), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_model_calibrate(NULL, all->dataset), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_model_calibrate(all->model, NULL), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_evaluate_calibration(all->model, all->dataset, 0, NULL, &found),
                     SM_ERROR_ARGUMENT);
    assert_int_equal(sm_evaluate_calibration(all->model, all->dataset, 1001, NULL, &found),
                     SM_ERROR_ARGUMENT);
    assert_int_equal(sm_evaluate_calibration(all->model, all->dataset, 5, NULL, NULL),
                     SM_ERROR_ARGUMENT);
    made_data other = made_data_of(SM_F32, 20, CLASSES + 1, CLASSES, 1);
    assert_int_equal(sm_model_calibrate(all->model, other.dataset), SM_ERROR_DATA);
    made_data_free(&other);
    finish(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bins_are_counted_as_by_hand),
        cmocka_unit_test(bounds_belong_to_the_bin_below),
        cmocka_unit_test(the_temperature_is_that_of_another_implementation),
        cmocka_unit_test(what_was_the_temperature_before_does_not_matter),
        cmocka_unit_test(the_temperature_follows_the_scale_of_the_logits),
        cmocka_unit_test(soft_targets_lead_to_the_temperature_they_are_of),
        cmocka_unit_test(logits_stay_within_the_range_of_floats),
        cmocka_unit_test(predictions_are_divided_by_it),
        cmocka_unit_test(other_parameters_have_a_temperature_of_1),
        cmocka_unit_test(where_no_temperature_is_best_that_is_said),
        cmocka_unit_test(logits_that_overflow_are_told),
        cmocka_unit_test(lack_of_memory_is_told_and_changes_nothing),
        cmocka_unit_test(wrong_calls_are_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
