/* What has no standard errors, and is told why. */
#include <math.h>
#include <string.h>

#include <softmax.h>

#include "model/model.h"
#include "support/allocations.h"
#include "support/cmocka_all.h"
#include "support/made_data.h"
#include "support/message.h"
#include "trained_model.h"

enum { MOST_REFUSED = 64 };

/* The call must fail with this status and leave its outputs alone. */
static void assert_refused(const sm_model *const model, const sm_dataset *const data,
                           const sm_status expected)
{
    sm_statistics statistics;
    sm_coefficient coefficients[MOST_REFUSED];
    sm_statistics statistics_before;
    sm_coefficient coefficients_before[MOST_REFUSED];
    memset(&statistics, 0x55, sizeof statistics);
    memset(coefficients, 0x55, sizeof coefficients);
    memcpy(&statistics_before, &statistics, sizeof statistics);
    memcpy(coefficients_before, coefficients, sizeof coefficients);
    assert_int_equal(sm_model_statistics(model, data, 0, 0.95, NULL, &statistics, coefficients),
                     expected);
    assert_memory_equal(&statistics, &statistics_before, sizeof statistics);
    assert_memory_equal(coefficients, coefficients_before, sizeof coefficients);
}

static void a_penalty_is_named(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 60, 2, 3, 4);
    sm_model *const model = trained_model(sm_dataset_shape(data.dataset), data.dataset, 0.25);
    assert_refused(model, data.dataset, SM_ERROR_DATA);
    assert_message("the model was trained with an L2 penalty of 0.25, which biases coefficients "
                   "towards 0: standard errors do not hold for it; train with an l2 of 0");
    assert_int_equal(smi_model_set_training(model, "{\"l1\": 0.01, \"l2\": 0.25}"), SM_OK);
    assert_refused(model, data.dataset, SM_ERROR_DATA);
    assert_message("the model was trained with an L1 penalty of 0.01, which biases coefficients "
                   "and sets some to 0: standard errors do not hold for it; train without it");
    sm_model_free(model);
    made_data_free(&data);
}

/* A model that was not trained, for small arrays. */
static void assert_arrays_refused(const float *const x, const size_t rows, const size_t features,
                                  const int32_t *const labels, const size_t classes,
                                  const char *const message)
{
    sm_dataset *data = NULL;
    sm_model *model = NULL;
    assert_int_equal(sm_dataset_borrow_f32(x, rows, features, labels, classes, &data), SM_OK);
    assert_int_equal(sm_model_create(sm_dataset_shape(data), &model), SM_OK);
    assert_refused(model, data, SM_ERROR_DATA);
    assert_message("%s", message);
    sm_model_free(model);
    sm_dataset_free(data);
}

static void separation_is_named(void **state)
{
    (void)state;
    static const float apart[] = {1.0F, 2.0F, 3.0F, 4.0F, 5.0F, 6.0F};
    static const int32_t halves[] = {0, 0, 0, 1, 1, 1};
    assert_arrays_refused(apart, 6, 1, halves, 2,
                          "no standard errors: the classes are separated completely, '1' from all "
                          "others, most by feature 'x1', so that coefficients grow without "
                          "bound");
    static const float touching[] = {1.0F, 2.0F, 3.0F, 3.0F, 4.0F, 5.0F};
    assert_arrays_refused(touching, 6, 1, halves, 2,
                          "no standard errors: the classes are separated quasi-completely, most "
                          "by feature 'x1', so that coefficients grow without bound");
    /* Class 2 is apart, 0 and 1 are mixed. */
    static const float one_apart[] = {1.0F, 2.0F, 3.0F, 4.0F, 2.5F, 1.5F, 9.0F, 8.0F};
    static const int32_t thirds[] = {0, 1, 0, 1, 1, 0, 2, 2};
    assert_arrays_refused(one_apart, 8, 1, thirds, 3,
                          "no standard errors: the classes are separated quasi-completely, '2' "
                          "from all others, most by feature 'x1', so that coefficients grow "
                          "without bound");
    /* Feature 1 is on in rows of class 1 alone, feature 0 does not tell. */
    static const float dummy[] = {1.0F, 0.0F, 2.0F, 0.0F, 3.0F, 0.0F,
                                  1.5F, 1.0F, 2.5F, 1.0F, 1.2F, 0.0F};
    assert_arrays_refused(dummy, 6, 2, halves, 2,
                          "no standard errors: the classes are separated quasi-completely, most "
                          "by feature 'x2', so that coefficients grow without bound");
}

static void a_trained_model_of_separated_classes_is_refused_too(void **state)
{
    (void)state;
    static const float x[] = {1.0F, 2.0F, 3.0F, 3.0F, 4.0F, 5.0F};
    static const int32_t labels[] = {0, 0, 0, 1, 1, 1};
    sm_dataset *data = NULL;
    assert_int_equal(sm_dataset_borrow_f32(x, 6, 1, labels, 2, &data), SM_OK);
    sm_model *const model = trained_model(sm_dataset_shape(data), data, 0.0);
    const float steep[] = {-3000.0F, 3000.0F}; /* where every probability is 0, 1/2 or 1 */
    const float bias[] = {9000.0F, -9000.0F};
    for (int i = 0; i < 2; i++) {
        assert_refused(model, data, SM_ERROR_DATA);
        assert_message("no standard errors: the classes are separated quasi-completely, most by "
                       "feature 'x1', so that coefficients grow without bound");
        assert_int_equal(sm_model_set_parameters(model, 0, steep, bias), SM_OK);
    }
    sm_model_free(model);
    sm_dataset_free(data);
}

static void dependent_columns_are_named(void **state)
{
    (void)state;
    enum { ROWS = 60, FEATURES = 4 };
    made_data data = made_data_of(SM_F32, ROWS, FEATURES, 3, 4);
    for (size_t r = 0; r < ROWS; r++) {
        data.floats[r * FEATURES + 2] =
            0.3F * data.floats[r * FEATURES] - 1.7F * data.floats[r * FEATURES + 1] + 5.0F;
    }
    assert_arrays_refused(data.floats, ROWS, FEATURES, data.labels, 3,
                          "no standard errors: feature 'x3' is a linear combination of "
                          "features before it, or all but; leave it out");
    for (size_t r = 0; r < ROWS; r++) {
        data.floats[r * FEATURES + 1] = 0.1F;
    }
    assert_arrays_refused(data.floats, ROWS, FEATURES, data.labels, 3,
                          "no standard errors: feature 'x2' is constant, and cannot be told "
                          "from the intercept; leave it out");
    made_data_free(&data);
}

static void a_class_without_rows_is_named(void **state)
{
    (void)state;
    static const float x[] = {1.0F, 2.0F, 3.0F, 2.5F};
    static const int32_t labels[] = {0, 2, 0, 2};
    assert_arrays_refused(x, 4, 1, labels, 3,
                          "no standard errors: the data has no row of the class '1'");
}

static void a_model_that_is_not_at_the_maximum_is_refused(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 60, 2, 3, 4);
    made_data other = made_data_of(SM_F32, 60, 2, 3, 5);
    sm_model *const model = trained_model(sm_dataset_shape(data.dataset), data.dataset, 0.0);
    assert_refused(model, other.dataset, SM_ERROR_DATA);
    assert_non_null(strstr(sm_error_message(), "the model is not at the maximum of this data's "
                                               "likelihood: a coefficient is "));
    assert_int_equal(sm_model_initialize(model, SM_INIT_ZEROS, 0), SM_OK);
    assert_refused(model, data.dataset, SM_ERROR_DATA);
    assert_non_null(strstr(sm_error_message(), "not at the maximum"));
    sm_model_free(model);
    made_data_free(&data);
    made_data_free(&other);
}

static void data_that_is_no_set_of_observations_is_refused(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 60, 2, 3, 4);
    made_data wide = made_data_of(SM_F32, 60, 3, 3, 4);
    made_data more = made_data_of(SM_F32, 60, 2, 4, 4);
    float weights[60];
    for (size_t r = 0; r < 60; r++) {
        weights[r] = 2.0F;
    }
    sm_model *const model = trained_model(sm_dataset_shape(data.dataset), data.dataset, 0.0);
    assert_refused(model, wide.dataset, SM_ERROR_DATA);
    assert_message("the data has 3 features a row, the model takes 2");
    assert_refused(model, more.dataset, SM_ERROR_DATA);
    assert_message("the data has a class '3', which is not one of the model's 3");
    assert_int_equal(sm_dataset_set_weights(data.dataset, weights), SM_OK);
    assert_refused(model, data.dataset, SM_ERROR_DATA);
    assert_message("statistics of weighted rows: only the ratios of weights are known, not how "
                   "many observations they stand for");
    made_data soft = made_data_of(SM_F32, 60, 2, 3, 4);
    made_data_soften(&soft);
    assert_refused(model, soft.dataset, SM_ERROR_DATA);
    assert_message("row 1 has no class but a distribution over classes; statistics need one class "
                   "a row");
    sm_model_free(model);
    made_data_free(&data);
    made_data_free(&wide);
    made_data_free(&more);
    made_data_free(&soft);
}

static void too_many_parameters_are_refused(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 4, 1000, 2, 4);
    sm_model *const model = made_data_model(&data);
    assert_refused(model, data.dataset, SM_ERROR_DATA);
    assert_message("the model has 2002 parameters; statistics are for at most 2000, as their time "
                   "grows with the cube of that number");
    sm_model_free(model);
    made_data_free(&data);
}

static void wrong_calls_are_refused(void **state)
{
    (void)state;
    static const double impossible[] = {0.0, 1.0, -0.5, 95.0, NAN};
    made_data data = made_data_of(SM_F32, 60, 1, 2, 4);
    sm_model *const model = made_data_model(&data);
    const sm_dataset *const train = data.dataset;
    sm_statistics s;
    sm_coefficient c[2];
    assert_int_equal(sm_model_statistics(NULL, train, 0, 0.95, NULL, &s, c), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_model_statistics(model, NULL, 0, 0.95, NULL, &s, c), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_model_statistics(model, train, 0, 0.95, NULL, NULL, c), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_model_statistics(model, train, 0, 0.95, NULL, &s, NULL), SM_ERROR_ARGUMENT);
    assert_message("sm_model_statistics: coefficients is NULL");
    assert_int_equal(sm_model_statistics(model, train, 2, 0.95, NULL, &s, c), SM_ERROR_ARGUMENT);
    assert_message("there is no class 2 to be the base: the model has 2, from 0");
    for (size_t i = 0; i < sizeof impossible / sizeof *impossible; i++) {
        assert_int_equal(sm_model_statistics(model, train, 0, impossible[i], NULL, &s, c),
                         SM_ERROR_ARGUMENT);
        assert_message("confidence is %g; it must be above 0 and below 1", impossible[i]);
    }
    sm_model_free(model);
    made_data_free(&data);
}

static void lack_of_memory_is_said_and_leaves_nothing_behind(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 60, 2, 3, 4);
    sm_model *const model = trained_model(sm_dataset_shape(data.dataset), data.dataset, 0.0);
    sm_statistics statistics;
    sm_coefficient c[6];
    size_t failed = 1;
    size_t allowed = 0;
    for (; failed > 0; allowed++) {
        allocations_fail(allowed, 1);
        const sm_status status =
            sm_model_statistics(model, data.dataset, 0, 0.95, NULL, &statistics, c);
        failed = allocations_recover();
        assert_int_equal(status, failed > 0 ? SM_ERROR_MEMORY : SM_OK);
    }
    assert_true(allowed > 10);
    sm_model_free(model);
    made_data_free(&data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_penalty_is_named),
        cmocka_unit_test(separation_is_named),
        cmocka_unit_test(a_trained_model_of_separated_classes_is_refused_too),
        cmocka_unit_test(dependent_columns_are_named),
        cmocka_unit_test(a_class_without_rows_is_named),
        cmocka_unit_test(a_model_that_is_not_at_the_maximum_is_refused),
        cmocka_unit_test(data_that_is_no_set_of_observations_is_refused),
        cmocka_unit_test(too_many_parameters_are_refused),
        cmocka_unit_test(wrong_calls_are_refused),
        cmocka_unit_test(lack_of_memory_is_said_and_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
