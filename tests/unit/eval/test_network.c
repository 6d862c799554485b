/* Networks: logits and probabilities of rows, and metrics. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "support/allocations.h"
#include "support/cmocka_all.h"
#include "support/made_data.h"
#include "support/message.h"

enum { ROWS = 150, FEATURES = 9, CLASSES = 4, MOST_UNITS = 80 };

static const sm_activation activations[] = {SM_LINEAR, SM_RELU, SM_LEAKY_RELU,
                                            SM_GELU,   SM_TANH, SM_SIGMOID};

#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef struct setting {
    made_data data;
    sm_dataset *sparse; /* the same rows as lists of entries; NULL: not made */
    size_t *row_starts;
    uint32_t *columns;
    sm_model *model;
} setting;

static sm_model *network(const sm_shape shape, const sm_layer *const hidden, const size_t count)
{
    sm_model *model = NULL;
    assert_int_equal(sm_model_create(shape, &model), SM_OK);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(sm_model_add_layer(model, &hidden[i]), SM_OK);
    }
    assert_int_equal(sm_model_initialize(model, SM_INIT_HE, 1), SM_OK);
    return model;
}

/* All biases are 0 at first; here they are not. */
static void set_biases(sm_model *const model)
{
    float kernel[MOST_UNITS * MOST_UNITS];
    float bias[MOST_UNITS];
    for (size_t i = 0; i < sm_model_layer_count(model); i++) {
        assert_int_equal(sm_model_get_parameters(model, i, kernel, bias), SM_OK);
        for (size_t o = 0; o < sm_model_layer_info(model, i).outputs; o++) {
            bias[o] = 0.1F * (float)(o % 9) - 0.3F;
        }
        assert_int_equal(sm_model_set_parameters(model, i, kernel, bias), SM_OK);
    }
}

static void make_sparse(setting *const all)
{
    all->row_starts = calloc(ROWS + 1, sizeof *all->row_starts);
    all->columns = calloc((size_t)ROWS * FEATURES, sizeof *all->columns);
    assert_true(all->row_starts != NULL && all->columns != NULL);
    for (size_t r = 0; r <= ROWS; r++) {
        all->row_starts[r] = r * FEATURES;
    }
    for (size_t i = 0; i < (size_t)ROWS * FEATURES; i++) {
        all->columns[i] = (uint32_t)(i % FEATURES);
    }
    assert_int_equal(sm_dataset_borrow_csr(all->data.floats, all->columns, all->row_starts, ROWS,
                                           FEATURES, all->data.labels, CLASSES, &all->sparse),
                     SM_OK);
}

/* Two hidden layers with this activation. */
static setting prepared(const sm_element element, const sm_activation activation)
{
    const sm_layer hidden[] = {{.units = 33, .activation = activation},
                               {.units = 70, .activation = activation, .dropout = 0.5}};
    const bool sparse = element == SM_CSR;
    setting all = {.data = made_data_of(sparse ? SM_F32 : element, ROWS, FEATURES, CLASSES, 1)};
    sm_shape shape = sm_dataset_shape(all.data.dataset);
    shape.shift = 1.5F;
    shape.sparse = sparse;
    all.model = network(shape, hidden, COUNT(hidden));
    set_biases(all.model);
    if (sparse) {
        make_sparse(&all);
    }
    return all;
}

static const sm_dataset *rows_of(const setting *const all)
{
    return all->sparse != NULL ? all->sparse : all->data.dataset;
}

static void finish(setting *const all)
{
    sm_model_free(all->model);
    sm_dataset_free(all->sparse);
    free(all->row_starts);
    free(all->columns);
    made_data_free(&all->data);
}

/* ---- the formula ---- */

static double activated(const sm_activation activation, const double z)
{
    switch (activation) {
    case SM_RELU:
        return fmax(z, 0.0);
    case SM_LEAKY_RELU:
        return z < 0.0 ? 0.01 * z : z;
    case SM_GELU:
        return z * 0.5 * erfc(-z / sqrt(2.0));
    case SM_TANH:
        return tanh(z);
    case SM_SIGMOID:
        return 1.0 / (1.0 + exp(-z));
    default:
        return z;
    }
}

/* One layer in double precision. values: the inputs, then the outputs; error: of each, carried
 * through: no activation here is steeper than 1.13. */
static void pass_layer(const sm_model *const model, const size_t index, double *const values,
                       double *const error)
{
    const sm_layer_info layer = sm_model_layer_info(model, index);
    float kernel[MOST_UNITS * MOST_UNITS];
    float bias[MOST_UNITS];
    double outputs[MOST_UNITS];
    double errors[MOST_UNITS];
    assert_int_equal(sm_model_get_parameters(model, index, kernel, bias), SM_OK);
    for (size_t o = 0; o < layer.outputs; o++) {
        double sum = (double)bias[o];
        double magnitude = fabs(sum);
        double carried = 0.0;
        for (size_t i = 0; i < layer.inputs; i++) {
            const double weight = (double)kernel[i * layer.outputs + o];
            sum += values[i] * weight;
            magnitude += fabs(values[i] * weight);
            carried += error[i] * fabs(weight);
        }
        outputs[o] = activated(layer.activation, sum);
        errors[o] = 1.13 * (carried + ((double)layer.inputs + 4.0) * 0x1p-24 * magnitude) +
                    8.0 * 0x1p-24 * (fabs(outputs[o]) + 0x1p-20);
    }
    memcpy(values, outputs, sizeof outputs);
    memcpy(error, errors, sizeof errors);
}

static void check_row(const setting *const all, const size_t row, const float *const logits)
{
    const sm_shape shape = sm_model_shape(all->model);
    double values[MOST_UNITS];
    double error[MOST_UNITS];
    float x[FEATURES];
    assert_int_equal(sm_dataset_row(rows_of(all), row, x), SM_OK);
    for (size_t f = 0; f < FEATURES; f++) {
        values[f] = ((double)x[f] - (double)shape.shift) * (double)shape.scale;
        error[f] =
            2.0 * 0x1p-24 * (fabs((double)x[f]) + (double)shape.shift) * fabs((double)shape.scale);
    }
    for (size_t i = 0; i < sm_model_layer_count(all->model); i++) {
        pass_layer(all->model, i, values, error);
    }
    for (size_t c = 0; c < CLASSES; c++) {
        assert_true(fabs((double)logits[c] - values[c]) <= error[c]);
    }
}

static void logits_follow_the_formula(void **state)
{
    (void)state;
    for (int element = SM_U8; element <= SM_CSR; element++) {
        for (size_t a = 0; a < COUNT(activations); a++) {
            setting all = prepared((sm_element)element, activations[a]);
            float logits[ROWS * CLASSES];
            assert_int_equal(sm_predict(all.model, rows_of(&all), 0, ROWS, SM_LOGITS, logits),
                             SM_OK);
            for (size_t r = 0; r < ROWS; r++) {
                check_row(&all, r, logits + r * CLASSES);
            }
            finish(&all);
        }
    }
}

/* A model made for rows of one form takes those of the other. */
static void rows_of_either_form_are_taken(void **state)
{
    (void)state;
    setting all = prepared(SM_CSR, SM_RELU);
    float logits[ROWS * CLASSES];
    assert_int_equal(sm_predict(all.model, all.data.dataset, 0, ROWS, SM_LOGITS, logits), SM_OK);
    for (size_t r = 0; r < ROWS; r++) {
        check_row(&all, r, logits + r * CLASSES);
    }
    finish(&all);
}

static void a_row_has_the_same_bits_whichever_come_with_it(void **state)
{
    (void)state;
    for (int element = SM_U8; element <= SM_CSR; element++) {
        for (size_t a = 0; a < COUNT(activations); a++) {
            setting all = prepared((sm_element)element, activations[a]);
            float together[ROWS * CLASSES];
            assert_int_equal(sm_predict(all.model, rows_of(&all), 0, ROWS, SM_LOGITS, together),
                             SM_OK);
            for (size_t count = 1; count <= 9; count += 2) {
                for (size_t r = 0; r + count <= ROWS; r += count) {
                    float some[9 * CLASSES];
                    assert_int_equal(
                        sm_predict(all.model, rows_of(&all), r, count, SM_LOGITS, some), SM_OK);
                    assert_memory_equal(some, together + r * CLASSES,
                                        count * CLASSES * sizeof *some);
                }
            }
            finish(&all);
        }
    }
}

static void probabilities_are_the_softmax_of_the_logits(void **state)
{
    (void)state;
    setting all = prepared(SM_U8, SM_GELU);
    float logits[ROWS * CLASSES];
    float probabilities[ROWS * CLASSES];
    assert_int_equal(sm_predict_u8(all.model, all.data.bytes, ROWS, SM_LOGITS, logits), SM_OK);
    assert_int_equal(
        sm_predict_u8(all.model, all.data.bytes, ROWS, SM_PROBABILITIES, probabilities), SM_OK);
    sm_softmax(logits, ROWS, CLASSES, logits);
    assert_memory_equal(probabilities, logits, sizeof logits);
    finish(&all);
}

static void metrics_are_those_of_the_logits(void **state)
{
    (void)state;
    setting all = prepared(SM_F32, SM_TANH);
    float logits[ROWS * CLASSES];
    sm_metrics metrics;
    size_t correct = 0;
    assert_int_equal(sm_predict(all.model, all.data.dataset, 0, ROWS, SM_LOGITS, logits), SM_OK);
    assert_int_equal(sm_evaluate(all.model, all.data.dataset, &metrics), SM_OK);
    for (size_t r = 0; r < ROWS; r++) {
        correct += sm_argmax(logits + r * CLASSES, CLASSES) == (size_t)all.data.labels[r];
    }
    assert_true(metrics.accuracy == (double)correct / ROWS);
    assert_true(fabs(metrics.loss - sm_cross_entropy(logits, all.data.labels, ROWS, CLASSES)) <
                1e-12);
    finish(&all);
}

/* ---- memory ---- */

static void predicting_allocates_nothing(void **state)
{
    (void)state;
    for (int element = SM_U8; element <= SM_CSR; element++) {
        setting all = prepared((sm_element)element, SM_SIGMOID);
        float output[ROWS * CLASSES];
        const size_t before = allocations_made();
        assert_int_equal(sm_predict(all.model, rows_of(&all), 0, ROWS, SM_PROBABILITIES, output),
                         SM_OK);
        assert_int_equal(allocations_made(), before);
        finish(&all);
    }
}

/* Wider layers than the stack has room for: as many rows as fit need no memory, more do, and that
 * there is none is answered. */
static void wide_layers_take_memory_for_many_rows(void **state)
{
    (void)state;
    const sm_layer wide = sm_layer_default(SM_PREDICT_UNITS / 2);
    made_data data = made_data_of(SM_F32, ROWS, FEATURES, CLASSES, 1);
    sm_model *const model = network(sm_dataset_shape(data.dataset), &wide, 1);
    float together[ROWS * CLASSES];
    float output[ROWS * CLASSES] = {-7.0F};
    assert_int_equal(sm_predict(model, data.dataset, 0, ROWS, SM_LOGITS, together), SM_OK);
    allocations_fail(0, SIZE_MAX);
    const sm_status three = sm_predict(model, data.dataset, 0, 3, SM_LOGITS, output);
    const bool untouched = output[0] == -7.0F;
    const sm_status two = sm_predict(model, data.dataset, 0, 2, SM_LOGITS, output);
    allocations_recover();
    assert_int_equal(three, SM_ERROR_MEMORY);
    assert_message("not enough memory for predicting");
    assert_true(untouched);
    assert_int_equal(two, SM_OK);
    assert_memory_equal(output, together, 2 * CLASSES * sizeof *output);
    sm_model_free(model);
    made_data_free(&data);
}

/* ---- what is not for networks ---- */

static void statistics_hold_for_softmax_regression_alone(void **state)
{
    (void)state;
    const sm_layer small = sm_layer_default(2);
    made_data data = made_data_of(SM_F32, ROWS, FEATURES, CLASSES, 1);
    sm_model *const model = network(sm_dataset_shape(data.dataset), &small, 1);
    sm_statistics statistics;
    sm_coefficient coefficients[(CLASSES - 1) * (FEATURES + 1)];
    assert_int_equal(
        sm_model_statistics(model, data.dataset, 0, 0.95, NULL, &statistics, coefficients),
        SM_ERROR_DATA);
    assert_message("statistics hold for softmax regression alone, and the model is a network of 2 "
                   "layers");
    sm_model_free(model);
    made_data_free(&data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logits_follow_the_formula),
        cmocka_unit_test(rows_of_either_form_are_taken),
        cmocka_unit_test(a_row_has_the_same_bits_whichever_come_with_it),
        cmocka_unit_test(probabilities_are_the_softmax_of_the_logits),
        cmocka_unit_test(metrics_are_those_of_the_logits),
        cmocka_unit_test(predicting_allocates_nothing),
        cmocka_unit_test(wide_layers_take_memory_for_many_rows),
        cmocka_unit_test(statistics_hold_for_softmax_regression_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
