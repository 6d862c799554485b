/* The preconditioner against its formula, written out in double precision. */
#include "train/gram_preconditioner.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/model.h"
#include "support/cmocka_all.h"
#include "support/made_data.h"
#include "train/cholesky.h"
#include "train/softmax_objective.h"

enum { MOST_FEATURES = 70 };

/* x: size × columns becomes what the factor solves. */
static void solve(const float *const factor, const size_t size, const size_t stride,
                  const size_t columns, float *const x)
{
    uint32_t places[MOST_FEATURES];
    float sums[8];
    size_t floats = 0;
    assert_true(smi_affine_floats(SMI_BY_FEATURE, size, columns, &floats));
    float *const memory = calloc(floats, sizeof *memory);
    assert_non_null(memory);
    const smi_affine map = smi_affine_over(SMI_BY_FEATURE, memory, size, columns);
    for (size_t i = 0; i < size; i++) {
        places[i] = (uint32_t)i;
        memcpy(map.weights + i * map.stride, x + i * columns, columns * sizeof *x);
    }
    smi_cholesky_solve(&smi_kernels_reference, factor, size, stride, places, &map, sums);
    for (size_t i = 0; i < size; i++) {
        memcpy(x + i * columns, map.weights + i * map.stride, columns * sizeof *x);
    }
    free(memory);
}

static void a_factor_solves_what_it_was_made_of(void **state)
{
    (void)state;
    enum { SIZE = 69, STRIDE = 80, COLUMNS = 3 };
    float matrix[SIZE * STRIDE] = {0.0F};
    float x[SIZE * COLUMNS];
    double exact[SIZE * COLUMNS];
    double product[SIZE * COLUMNS] = {0.0};
    /* 1 / (1 + |i − j|), and enough on the diagonal to be well conditioned */
    for (size_t i = 0; i < SIZE; i++) {
        for (size_t j = 0; j <= i; j++) {
            matrix[i * STRIDE + j] = (float)(1.0 / (1.0 + (double)(i - j)) + (i == j ? 2.0 : 0.0));
        }
    }
    for (size_t i = 0; i < SIZE * COLUMNS; i++) {
        exact[i] = sin((double)i);
    }
    for (size_t i = 0; i < SIZE; i++) {
        for (size_t j = 0; j < SIZE; j++) {
            const float entry = j <= i ? matrix[i * STRIDE + j] : matrix[j * STRIDE + i];
            for (size_t c = 0; c < COLUMNS; c++) {
                product[i * COLUMNS + c] += (double)entry * exact[j * COLUMNS + c];
            }
        }
    }
    for (size_t i = 0; i < SIZE * COLUMNS; i++) {
        x[i] = (float)product[i];
    }
    smi_cholesky(&smi_kernels_reference, matrix, SIZE, STRIDE, 1e-6F);
    solve(matrix, SIZE, STRIDE, COLUMNS, x);
    for (size_t i = 0; i < SIZE * COLUMNS; i++) {
        assert_true(fabs((double)x[i] - exact[i]) <= 2e-6);
    }
}

static void a_singular_matrix_gives_finite_numbers(void **state)
{
    (void)state;
    float matrix[2 * 16] = {[0] = 1.0F, [16] = 1.0F, [17] = 1.0F};
    float x[] = {1.0F, -1.0F};
    smi_cholesky(&smi_kernels_reference, matrix, 2, 16, 1e-6F);
    solve(matrix, 2, 16, 1, x);
    assert_true(isfinite(x[0]) && isfinite(x[1]));
}

/* P · vector, from the formula. */
static void multiply(const made_data *const data, const sm_model *const model, const double l2,
                     const double *const vector, double *const result)
{
    const size_t features = data->features;
    const size_t classes = data->classes;
    const sm_shape shape = sm_model_shape(model);
    for (size_t i = 0; i < (features + 1) * classes; i++) {
        result[i] = i < features * classes ? l2 * vector[i] : 0.0;
    }
    for (size_t r = 0; r < data->rows; r++) {
        float p[16];
        double x[MOST_FEATURES + 1];
        double spread = 0.0;
        assert_int_equal(sm_predict(model, data->dataset, r, 1, SM_PROBABILITIES, p), SM_OK);
        for (size_t c = 0; c < classes; c++) {
            spread += (double)p[c] * (1.0 - (double)p[c]) / (double)classes;
        }
        for (size_t f = 0; f < features; f++) {
            const double value = data->bytes != NULL ? (double)data->bytes[r * features + f]
                                                     : (double)data->floats[r * features + f];
            x[f] = (value - (double)shape.shift) * (double)shape.scale;
        }
        x[features] = 1.0;
        for (size_t c = 0; c < classes; c++) {
            double along = 0.0;
            for (size_t f = 0; f <= features; f++) {
                along += x[f] * vector[f * classes + c];
            }
            for (size_t f = 0; f <= features; f++) {
                result[f * classes + c] += spread * along * x[f] / (double)data->rows;
            }
        }
    }
}

/* The matrix itself, times the vector, is the product by the formula; and it is symmetric. */
static void check_metric(const smi_objective *const view, const sm_model *const model,
                         const double *const vector, const double *const product)
{
    const size_t classes = sm_model_shape(model).classes;
    smi_metric metric = {0};
    assert_non_null(view->prepare_metric);
    assert_int_equal(view->prepare_metric(view->context, model->parameters, &metric), SM_OK);
    assert_int_equal(metric.size * classes, view->parameter_count);
    for (size_t f = 0; f < metric.size; f++) {
        for (size_t c = 0; c < classes; c++) {
            double sum = 0.0;
            double size = 0.0;
            for (size_t g = 0; g < metric.size; g++) {
                const float entry = metric.matrix[f * metric.stride + g];
                assert_true(entry == metric.matrix[g * metric.stride + f]);
                sum += (double)entry * vector[g * classes + c];
                size += fabs((double)entry);
            }
            assert_true(fabs(sum - product[f * classes + c]) <= 1e-5 * size);
        }
    }
}

static void applying_it_undoes_the_formula(void **state)
{
    (void)state;
    enum { CLASSES = 4, MOST = (MOST_FEATURES + 1) * CLASSES };
    static const size_t all_features[] = {3, 16, 64, MOST_FEATURES};
    for (size_t k = 0; k < 8; k++) {
        const double l2 = 0.05;
        const sm_element element = k % 2 == 0 ? SM_U8 : SM_F32;
        made_data data = made_data_of(element, 203, all_features[k / 2], CLASSES, 1);
        const size_t count = (data.features + 1) * CLASSES;
        sm_shape shape = sm_dataset_shape(data.dataset);
        shape.shift = element == SM_U8 ? 90.0F : 0.5F;
        shape.scale = element == SM_U8 ? 1.0F / 64.0F : 0.25F;
        sm_model *model = NULL;
        smi_pool *pool = NULL;
        smi_softmax_objective *objective = NULL;
        assert_int_equal(sm_model_create(shape, &model), SM_OK);
        assert_int_equal(sm_model_initialize(model, SM_INIT_GLOROT, 3), SM_OK);
        assert_int_equal(smi_pool_create(2, &pool), SM_OK);
        assert_int_equal(smi_softmax_objective_create(model, data.dataset, l2,
                                                      SMI_GRADIENTS_OVER_SOME, pool, &objective),
                         SM_OK);
        const smi_objective view = smi_softmax_objective_view(objective);
        assert_non_null(view.prepare_preconditioner);
        assert_int_equal(view.prepare_preconditioner(view.context, model->parameters), SM_OK);
        double exact[MOST];
        double product[MOST];
        float vector[MOST];
        for (size_t i = 0; i < count; i++) {
            exact[i] = cos(3.0 * (double)i);
        }
        multiply(&data, model, l2, exact, product);
        for (size_t i = 0; i < count; i++) {
            vector[i] = (float)product[i];
        }
        view.apply_preconditioner(view.context, vector, vector);
        for (size_t i = 0; i < count; i++) {
            assert_true(fabs((double)vector[i] - exact[i]) <= 2e-3);
        }
        check_metric(&view, model, exact, product);
        smi_softmax_objective_free(objective);
        smi_pool_free(pool);
        sm_model_free(model);
        made_data_free(&data);
    }
}

/* Probabilities that are all 0 or 1 leave no curvature; a direction down still comes out. */
static void sure_probabilities_give_a_direction(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_U8, 50, 5, 3, 1);
    smi_pool *pool = NULL;
    smi_softmax_objective *objective = NULL;
    sm_model *model = NULL;
    float vector[6 * 3];
    float result[6 * 3];
    double along = 0.0;
    assert_int_equal(sm_model_create(sm_dataset_shape(data.dataset), &model), SM_OK);
    for (size_t i = 0; i < 6 * 3; i++) {
        model->parameters[i] = (float)(1e5 * sin(2.0 * (double)i));
        vector[i] = (float)cos(3.0 * (double)i);
    }
    assert_int_equal(smi_pool_create(1, &pool), SM_OK);
    assert_int_equal(smi_softmax_objective_create(model, data.dataset, 0.0, SMI_GRADIENTS_OVER_SOME,
                                                  pool, &objective),
                     SM_OK);
    const smi_objective view = smi_softmax_objective_view(objective);
    assert_int_equal(view.prepare_preconditioner(view.context, model->parameters), SM_OK);
    view.apply_preconditioner(view.context, vector, result);
    for (size_t i = 0; i < 6 * 3; i++) {
        along += (double)vector[i] * (double)result[i];
    }
    assert_true(isfinite(along) && along > 0.0);
    smi_softmax_objective_free(objective);
    smi_pool_free(pool);
    sm_model_free(model);
    made_data_free(&data);
}

static void it_is_left_out_where_it_costs_too_much(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 30, 1200, 2, 1);
    smi_row_source source;
    assert_int_equal(smi_row_source_create(&smi_kernels_reference, data.dataset, 2, &source),
                     SM_OK);
    assert_false(smi_gram_preconditioner_pays(&source, 2, 15.0));
    smi_row_source_free(&source);
    made_data_free(&data);
    data = made_data_of(SM_F32, 300, 10, 2, 1);
    assert_int_equal(smi_row_source_create(&smi_kernels_reference, data.dataset, 2, &source),
                     SM_OK);
    assert_true(smi_gram_preconditioner_pays(&source, 2, 15.0));
    smi_row_source_free(&source);
    made_data_free(&data);
}

/* Narrow vectors: groups of four. */
static size_t mark_fours(const void *const row, const size_t features, uint64_t *const marks)
{
    const uint8_t *const x = row;
    size_t marked = 0;
    memset(marks, 0, (features / 4 + 63) / 64 * sizeof *marks);
    for (size_t f = 0; f < features; f++) {
        const uint64_t bit = UINT64_C(1) << (f / 4 % 64);
        marked += x[f] != 0 && (marks[f / 4 / 64] & bit) == 0;
        marks[f / 4 / 64] |= x[f] != 0 ? bit : 0;
    }
    return marked;
}

/* All groups of 16 features have an entry, and half of those of 4: the choice is the same, and a
 * close one, which the entries of narrow groups would turn. */
static void every_instruction_set_chooses_alike(void **state)
{
    (void)state;
    enum { ROWS = 512, FEATURES = 256, CLASSES = 2 };
    static uint8_t x[ROWS][FEATURES];
    static int32_t labels[ROWS];
    smi_kernels wide = smi_kernels_reference;
    wide.list_density = 0.1;
    wide.mark_density = 0.8;
    smi_kernels narrow = wide;
    narrow.mark_features = 4;
    narrow.mark = mark_fours;
    narrow.list_density = 0.03;
    for (size_t r = 0; r < ROWS; r++) {
        labels[r] = (int32_t)(r % CLASSES);
        for (size_t f = 0; f < FEATURES; f += 8) {
            x[r][f] = 1;
        }
    }
    sm_dataset *dataset = NULL;
    smi_row_source wide_source;
    smi_row_source narrow_source;
    assert_int_equal(sm_dataset_borrow_u8(&x[0][0], ROWS, FEATURES, labels, CLASSES, &dataset),
                     SM_OK);
    assert_int_equal(smi_row_source_create(&wide, dataset, CLASSES, &wide_source), SM_OK);
    assert_int_equal(smi_row_source_create(&narrow, dataset, CLASSES, &narrow_source), SM_OK);
    assert_true(narrow_source.entries_per_row < wide_source.entries_per_row);
    /* The matrix takes as much as 32 evaluations of all features. */
    for (double evaluations = 4.0; evaluations <= 256.0; evaluations *= 2.0) {
        assert_int_equal(smi_gram_preconditioner_pays(&wide_source, CLASSES, evaluations),
                         smi_gram_preconditioner_pays(&narrow_source, CLASSES, evaluations));
    }
    assert_true(smi_gram_preconditioner_pays(&narrow_source, CLASSES, 32.0));
    assert_false(smi_gram_preconditioner_pays(&narrow_source, CLASSES, 31.0));
    smi_row_source_free(&narrow_source);
    smi_row_source_free(&wide_source);
    sm_dataset_free(dataset);
}

/* One row in 20,000 has the feature: a part of the rows would leave it out. */
static void a_rare_feature_counts_where_all_rows_are_cheap(void **state)
{
    (void)state;
    enum { ROWS = 20000 };
    static float x[ROWS][2];
    static int32_t labels[ROWS];
    const double l2 = 1e-4;
    sm_dataset *dataset = NULL;
    smi_pool *pool = NULL;
    smi_softmax_objective *objective = NULL;
    sm_model *model = NULL;
    smi_metric metric = {0};
    for (size_t r = 0; r < ROWS; r++) {
        x[r][1] = r % 2 == 0 ? 1.0F : -1.0F;
        labels[r] = r % 3 == 0;
    }
    x[1][0] = 200.0F;
    assert_int_equal(sm_dataset_borrow_f32(&x[0][0], ROWS, 2, labels, 2, &dataset), SM_OK);
    assert_int_equal(sm_model_create(sm_dataset_shape(dataset), &model), SM_OK);
    assert_int_equal(smi_pool_create(1, &pool), SM_OK);
    assert_int_equal(
        smi_softmax_objective_create(model, dataset, l2, SMI_GRADIENTS_OVER_SOME, pool, &objective),
        SM_OK);
    const smi_objective view = smi_softmax_objective_view(objective);
    assert_int_equal(view.prepare_metric(view.context, model->parameters, &metric), SM_OK);
    assert_true(fabs((double)metric.matrix[0] - (0.25 * 200.0 * 200.0 / ROWS + l2)) <= 1e-4);
    smi_softmax_objective_free(objective);
    smi_pool_free(pool);
    sm_model_free(model);
    sm_dataset_free(dataset);
}

/* Years: squares of 2008 summed in float would leave nothing of a spread of one or two. */
static void a_feature_far_from_0_keeps_its_spread(void **state)
{
    (void)state;
    enum { ROWS = 300 };
    static float x[ROWS];
    static int32_t labels[ROWS];
    const double l2 = 1e-4;
    sm_dataset *dataset = NULL;
    smi_pool *pool = NULL;
    smi_softmax_objective *objective = NULL;
    sm_model *model = NULL;
    smi_metric metric = {0};
    for (size_t r = 0; r < ROWS; r++) {
        x[r] = 2007.0F + (float)(r % 3);
        labels[r] = r % 2 == 0;
    }
    assert_int_equal(sm_dataset_borrow_f32(x, ROWS, 1, labels, 2, &dataset), SM_OK);
    sm_shape shape = sm_dataset_shape(dataset);
    shape.shift = 2008.0F;
    shape.scale = 1.25F;
    assert_int_equal(sm_model_create(shape, &model), SM_OK);
    assert_int_equal(smi_pool_create(1, &pool), SM_OK);
    assert_int_equal(
        smi_softmax_objective_create(model, dataset, l2, SMI_GRADIENTS_OVER_SOME, pool, &objective),
        SM_OK);
    const smi_objective view = smi_softmax_objective_view(objective);
    assert_int_equal(view.prepare_metric(view.context, model->parameters, &metric), SM_OK);
    const double variance = 2.0 / 3.0 * 1.25 * 1.25;
    assert_true(fabs((double)metric.matrix[0] - (0.25 * variance + l2)) <= 1e-4);
    smi_softmax_objective_free(objective);
    smi_pool_free(pool);
    sm_model_free(model);
    sm_dataset_free(dataset);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_factor_solves_what_it_was_made_of),
        cmocka_unit_test(a_singular_matrix_gives_finite_numbers),
        cmocka_unit_test(applying_it_undoes_the_formula),
        cmocka_unit_test(sure_probabilities_give_a_direction),
        cmocka_unit_test(a_rare_feature_counts_where_all_rows_are_cheap),
        cmocka_unit_test(a_feature_far_from_0_keeps_its_spread),
        cmocka_unit_test(it_is_left_out_where_it_costs_too_much),
        cmocka_unit_test(every_instruction_set_chooses_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
