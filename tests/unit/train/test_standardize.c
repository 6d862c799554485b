/* A scaling of each column that is part of the model, against data that were scaled beforehand. */
#include <math.h>
#include <stdlib.h>

#include <softmax.h>

#include "data/column_moments.h"
#include "support/cmocka_all.h"
#include "support/made_data.h"

enum { ROWS = 300, FEATURES = 6, CLASSES = 3 };

/* The values of made data, row by row, whatever they are stored as. */
static float value_of(const made_data *const data, const size_t i)
{
    return data->bytes != NULL ? (float)data->bytes[i] : data->floats[i];
}

static void moments_of(const made_data *const data, const size_t feature, double *const mean,
                       double *const deviation)
{
    *mean = 0.0;
    *deviation = 0.0;
    for (size_t r = 0; r < data->rows; r++) {
        *mean += (double)value_of(data, r * data->features + feature) / (double)data->rows;
    }
    for (size_t r = 0; r < data->rows; r++) {
        const double distance = (double)value_of(data, r * data->features + feature) - *mean;
        *deviation += distance * distance / (double)data->rows;
    }
    *deviation = sqrt(*deviation);
}

/* The same data scaled beforehand; freed by the caller. */
static float *scaled_copy(const made_data *const data)
{
    float *const scaled = calloc(data->rows * data->features, sizeof *scaled);
    assert_non_null(scaled);
    for (size_t f = 0; f < data->features; f++) {
        double mean = 0.0;
        double deviation = 0.0;
        moments_of(data, f, &mean, &deviation);
        for (size_t r = 0; r < data->rows; r++) {
            const size_t i = r * data->features + f;
            scaled[i] = (float)(((double)value_of(data, i) - mean) / deviation);
        }
    }
    return scaled;
}

/* objective: what it came to. */
static sm_model *trained(const sm_dataset *const dataset, const bool standardize,
                         double *const objective)
{
    sm_model *model = NULL;
    sm_history *history = NULL;
    sm_train_options options = sm_train_options_default();
    options.l2 = 0.01;
    options.tolerance = 1e-5;
    assert_int_equal(sm_model_create(sm_dataset_shape(dataset), &model), SM_OK);
    if (standardize) {
        assert_int_equal(sm_model_standardize(model, dataset), SM_OK);
    }
    assert_int_equal(sm_train(model, dataset, NULL, &options, &history), SM_OK);
    *objective = sm_history_summary(history).objective;
    assert_true(sm_history_summary(history).converged);
    sm_history_free(history);
    return model;
}

/* With the same parameters. */
static void expect_same_probabilities(const sm_model *const a, const sm_dataset *const of_a,
                                      sm_model *const b, const sm_dataset *const of_b)
{
    float kernel[FEATURES * CLASSES];
    float bias[CLASSES];
    assert_int_equal(sm_model_get_parameters(a, 0, kernel, bias), SM_OK);
    assert_int_equal(sm_model_set_parameters(b, 0, kernel, bias), SM_OK);
    for (size_t r = 0; r < ROWS; r++) {
        float p[CLASSES];
        float q[CLASSES];
        assert_int_equal(sm_predict(a, of_a, r, 1, SM_PROBABILITIES, p), SM_OK);
        assert_int_equal(sm_predict(b, of_b, r, 1, SM_PROBABILITIES, q), SM_OK);
        for (size_t c = 0; c < CLASSES; c++) {
            assert_true(fabs((double)p[c] - (double)q[c]) <= 1e-6);
        }
    }
}

/* The floats of the data as compressed sparse rows that store every entry. */
static sm_dataset *as_sparse(const made_data *const data, uint32_t *const columns,
                             size_t *const starts)
{
    sm_dataset *dataset = NULL;
    for (size_t i = 0; i < data->rows * data->features; i++) {
        columns[i] = (uint32_t)(i % data->features);
    }
    for (size_t r = 0; r <= data->rows; r++) {
        starts[r] = r * data->features;
    }
    assert_int_equal(sm_dataset_borrow_csr(data->floats, columns, starts, data->rows,
                                           data->features, data->labels, data->classes, &dataset),
                     SM_OK);
    return dataset;
}

static void it_equals_scaling_the_data_beforehand(void **state)
{
    (void)state;
    for (int kind = SM_U8; kind <= SM_CSR; kind++) {
        static uint32_t columns[ROWS * FEATURES];
        static size_t starts[ROWS + 1];
        made_data data = made_data_of(kind == SM_U8 ? SM_U8 : SM_F32, ROWS, FEATURES, CLASSES, 1);
        sm_dataset *const sparse = kind == SM_CSR ? as_sparse(&data, columns, starts) : NULL;
        const sm_dataset *const stored = kind == SM_CSR ? sparse : data.dataset;
        float *const scaled = scaled_copy(&data);
        sm_dataset *explicit_data = NULL;
        assert_int_equal(
            sm_dataset_borrow_f32(scaled, ROWS, FEATURES, data.labels, CLASSES, &explicit_data),
            SM_OK);
        double objectives[2];
        sm_model *const folded = trained(stored, true, &objectives[0]);
        sm_model *const plain = trained(explicit_data, false, &objectives[1]);
        assert_true(fabs(objectives[0] - objectives[1]) <= 1e-6 * objectives[1]);
        expect_same_probabilities(folded, stored, plain, explicit_data);
        sm_model_free(folded);
        sm_model_free(plain);
        sm_dataset_free(explicit_data);
        sm_dataset_free(sparse);
        free(scaled);
        made_data_free(&data);
    }
}

static void the_moments_are_those_of_the_columns(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, ROWS, FEATURES, CLASSES, 2);
    static uint32_t columns[ROWS * FEATURES];
    static size_t starts[ROWS + 1];
    sm_dataset *const sparse = as_sparse(&data, columns, starts);
    double means[2][FEATURES];
    double deviations[2][FEATURES];
    smi_column_moments(data.dataset, means[0], deviations[0]);
    smi_column_moments(sparse, means[1], deviations[1]);
    for (size_t f = 0; f < FEATURES; f++) {
        double mean = 0.0;
        double deviation = 0.0;
        moments_of(&data, f, &mean, &deviation);
        for (size_t k = 0; k < 2; k++) {
            assert_true(fabs(means[k][f] - mean) <= 1e-12);
            assert_true(fabs(deviations[k][f] - deviation) <= 1e-12);
        }
    }
    sm_dataset_free(sparse);
    made_data_free(&data);
}

static void constant_columns_are_shifted_and_not_scaled(void **state)
{
    (void)state;
    static const float x[] = {0.1F, 0.0F, 1.0F, 0.1F, 0.0F, 2.0F, 0.1F, 0.0F, 6.0F};
    static const int32_t labels[] = {0, 1, 0};
    sm_dataset *dataset = NULL;
    sm_model *model = NULL;
    assert_int_equal(sm_dataset_borrow_f32(x, 3, 3, labels, 2, &dataset), SM_OK);
    assert_int_equal(sm_model_create(sm_dataset_shape(dataset), &model), SM_OK);
    assert_int_equal(sm_model_standardize(model, dataset), SM_OK);
    const sm_shape shape = sm_model_shape(model);
    assert_true(shape.column_shift[0] == 0.1F && shape.column_scale[0] == 1.0F);
    assert_true(shape.column_shift[1] == 0.0F && shape.column_scale[1] == 1.0F);
    assert_true(shape.column_shift[2] == 3.0F);
    assert_true(fabs((double)shape.column_scale[2] - sqrt(3.0 / 14.0)) <= 1e-7);
    assert_int_equal(sm_train(model, dataset, NULL, NULL, NULL), SM_OK);
    sm_model_free(model);
    sm_dataset_free(dataset);
}

/* The inverse of a deviation this small is no 32-bit float. */
static void columns_that_hardly_differ_are_not_scaled_either(void **state)
{
    (void)state;
    static const float x[] = {0.0F, 1e-42F, 0.0F};
    static const int32_t labels[] = {0, 1, 0};
    sm_dataset *dataset = NULL;
    sm_model *model = NULL;
    assert_int_equal(sm_dataset_borrow_f32(x, 3, 1, labels, 2, &dataset), SM_OK);
    assert_int_equal(sm_model_create(sm_dataset_shape(dataset), &model), SM_OK);
    assert_int_equal(sm_model_standardize(model, dataset), SM_OK);
    assert_true(sm_model_shape(model).column_scale[0] == 1.0F);
    sm_model_free(model);
    sm_dataset_free(dataset);
}

static void a_model_scaled_anew_is_no_trained_one(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 50, 3, 2, 1);
    sm_model *const model = made_data_model(&data);
    assert_int_equal(sm_train(model, data.dataset, NULL, NULL, NULL), SM_OK);
    assert_int_equal(sm_model_set_temperature(model, 2.0), SM_OK);
    assert_int_equal(sm_model_standardize(model, data.dataset), SM_OK);
    assert_true(sm_model_temperature(model) == 1.0);
    assert_string_equal(sm_model_training(model), "");
    sm_model_free(model);
    made_data_free(&data);
}

static void rows_of_another_width_are_refused(void **state)
{
    (void)state;
    made_data narrow = made_data_of(SM_F32, 20, 2, 2, 1);
    made_data wide = made_data_of(SM_F32, 20, 3, 2, 1);
    sm_model *const model = made_data_model(&narrow);
    assert_int_equal(sm_model_standardize(model, wide.dataset), SM_ERROR_DATA);
    assert_string_equal(sm_error_message(), "the data has 3 features a row, the model takes 2");
    assert_int_equal(sm_model_standardize(NULL, wide.dataset), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_model_standardize(model, NULL), SM_ERROR_ARGUMENT);
    assert_null(sm_model_shape(model).column_shift);
    sm_model_free(model);
    made_data_free(&narrow);
    made_data_free(&wide);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_equals_scaling_the_data_beforehand),
        cmocka_unit_test(the_moments_are_those_of_the_columns),
        cmocka_unit_test(constant_columns_are_shifted_and_not_scaled),
        cmocka_unit_test(columns_that_hardly_differ_are_not_scaled_either),
        cmocka_unit_test(a_model_scaled_anew_is_no_trained_one),
        cmocka_unit_test(rows_of_another_width_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
