/* The objective and its gradient, against the formula in double precision and its differences. */
#include "train/softmax_objective.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "model/model.h"
#include "support/cmocka_all.h"
#include "support/made_data.h"
#include "support/slow.h"
#include "unit/train/exact_objective.h"

/* One objective to look at: data, a model with parameters, and both ways to the value. */
typedef struct setting {
    made_data data;
    sm_model *model;
    smi_pool *pool;
    smi_softmax_objective *objective;
    smi_objective view;
    exact_objective exact;
    float *parameters;
    double *exact_parameters;
} setting;

static void finish(setting *const all)
{
    smi_softmax_objective_free(all->objective);
    smi_pool_free(all->pool);
    sm_model_free(all->model);
    made_data_free(&all->data);
    free(all->parameters);
    free(all->exact_parameters);
}

/* spread: of the parameters. dataset NULL: the data's own. */
static void prepare(setting *const all, const sm_dataset *const dataset, const float shift,
                    const float scale, const double l2, const double spread)
{
    const sm_dataset *const used = dataset == NULL ? all->data.dataset : dataset;
    sm_shape shape = sm_dataset_shape(used);
    shape.shift = shift;
    shape.scale = scale;
    assert_int_equal(sm_model_create(shape, &all->model), SM_OK);
    assert_int_equal(smi_pool_create(1, &all->pool), SM_OK);
    assert_int_equal(smi_softmax_objective_create(all->model, used, l2, SMI_GRADIENTS_OVER_SOME,
                                                  all->pool, &all->objective),
                     SM_OK);
    all->view = smi_softmax_objective_view(all->objective);
    all->exact = exact_objective_of(all->model, used, l2);
    const size_t count = all->view.parameter_count;
    assert_int_equal(count, (shape.features + 1) * shape.classes);
    all->parameters = calloc(count, sizeof *all->parameters);
    all->exact_parameters = calloc(count, sizeof *all->exact_parameters);
    for (size_t i = 0; i < count; i++) {
        all->parameters[i] = (float)(spread * sin(3.0 * (double)i));
        all->exact_parameters[i] = (double)all->parameters[i];
    }
}

static setting prepared(const sm_element element, const size_t rows, const size_t features,
                        const size_t classes, const float shift, const float scale, const double l2,
                        const double spread)
{
    setting all = {.data = made_data_of(element, rows, features, classes, 1)};
    prepare(&all, NULL, shift, scale, l2, spread);
    return all;
}

/* Where time is short not every slope is looked at; those that are belong to several classes. */
enum { PARAMETERS_APART = RUNS_SLOWLY ? 11 : 1 };

/* Value and gradient over the rows that all->exact names must be the formula's. */
static void check(const setting *const all)
{
    const char *const isa = all->exact.any_order ? "in any order" : all->model->kernels->isa;
    const size_t count = all->view.parameter_count;
    float *const gradient = calloc(count, sizeof *gradient);
    assert_non_null(gradient);
    const smi_value value =
        smi_evaluate(&all->view, all->parameters, all->exact.rows, all->exact.count, gradient);
    const double bound = value_bound(&all->exact, all->exact_parameters, isa);
    const double exact = exact_value(&all->exact, all->exact_parameters);
    double worst = fabs(value.objective - exact) / bound;
    assert_true(fabs(value.objective - exact) <= bound);
    assert_true(fabs(value.loss - exact_loss(&all->exact, all->exact_parameters)) <= bound);
    assert_true(value.accuracy == exact_accuracy(&all->exact, all->exact_parameters));
    double worst_slope = 0.0;
    for (size_t i = 0; i < count; i += PARAMETERS_APART) {
        double error = 0.0;
        const double slope = exact_slope(&all->exact, all->exact_parameters, i, &error);
        const double most = error + slope_bound(&all->exact, all->exact_parameters, i, isa);
        const double ratio = fabs((double)gradient[i] - slope) / most;
        worst_slope = fmax(worst_slope, ratio);
        if (!(ratio <= 1.0)) {
            fail_msg("gradient %zu is %.9g instead of %.9g: off by %.2f bounds", i,
                     (double)gradient[i], slope, ratio);
        }
    }
    print_message("  error / bound: value %.4f, gradient %.4f\n", worst, worst_slope);
    free(gradient);
}

static void of_floats(void **state)
{
    (void)state;
    setting all = prepared(SM_F32, 130, 9, 4, 0.0F, 1.0F, 0.0, 0.5);
    check(&all);
    finish(&all);
}

static void of_bytes(void **state)
{
    (void)state;
    setting all = prepared(SM_U8, 130, 9, 4, 0.0F, 1.0F / 255.0F, 0.0, 2.0);
    check(&all);
    finish(&all);
}

/* Enough of them for products of matrices. */
static void of_many_classes(void **state)
{
    (void)state;
    setting floats = prepared(SM_F32, 300, 9, 17, -0.75F, 1.5F, 1e-3, 0.3);
    floats.exact.any_order = true;
    check(&floats);
    finish(&floats);
    setting bytes = prepared(SM_U8, 130, 21, 26, 127.5F, 1.0F / 64.0F, 0.0, 0.5);
    bytes.exact.any_order = true;
    check(&bytes);
    finish(&bytes);
}

static void with_a_penalty_that_spares_the_bias(void **state)
{
    (void)state;
    setting all = prepared(SM_F32, 64, 7, 3, 0.0F, 1.0F, 0.75, 1.0);
    check(&all);
    finish(&all);
}

static void with_features_shifted(void **state)
{
    (void)state;
    setting bytes = prepared(SM_U8, 100, 8, 5, 127.5F, 1.0F / 64.0F, 1e-3, 0.7);
    check(&bytes);
    finish(&bytes);
    setting floats = prepared(SM_F32, 100, 8, 5, -0.75F, -3.0F, 1e-3, 0.2);
    check(&floats);
    finish(&floats);
}

static void at_zero_parameters(void **state)
{
    (void)state;
    setting all = prepared(SM_F32, 50, 4, 6, 0.0F, 1.0F, 1e-4, 0.0);
    check(&all);
    const smi_value value = smi_evaluate_all(&all.view, all.parameters, NULL);
    assert_true(fabs(value.loss - log(6.0)) <= 1e-7);
    finish(&all);
}

static void with_soft_targets(void **state)
{
    (void)state;
    setting all = {.data = made_data_of(SM_F32, 90, 6, 5, 1)};
    made_data_soften(&all.data);
    prepare(&all, NULL, 0.25F, 2.0F, 1e-2, 0.3);
    check(&all);
    finish(&all);
}

static void over_rows_in_any_order(void **state)
{
    (void)state;
    static const size_t rows[] = {99, 3, 3, 50, 0, 17, 64, 65, 1};
    setting all = prepared(SM_U8, 100, 5, 3, 0.0F, 1.0F / 255.0F, 1e-2, 3.0);
    for (size_t count = 1; count <= sizeof rows / sizeof *rows; count++) {
        all.exact.rows = rows;
        all.exact.count = count;
        check(&all);
    }
    finish(&all);
}

static void over_both_parts_of_a_split(void **state)
{
    (void)state;
    for (int soft = 0; soft < 2; soft++) {
        for (int which = 0; which < 2; which++) {
            sm_dataset *parts[2] = {NULL, NULL};
            setting all = {.data = made_data_of(SM_F32, 120, 5, 3, 1)};
            if (soft == 1) {
                made_data_soften(&all.data);
            }
            const sm_split_options options = sm_split_options_default(40);
            assert_int_equal(sm_dataset_split(all.data.dataset, &options, &parts[0], &parts[1]),
                             SM_OK);
            prepare(&all, parts[which], 0.5F, 1.5F, 1e-3, 0.4);
            assert_int_equal(all.view.row_count, which == 0 ? 80 : 40);
            check(&all);
            finish(&all);
            sm_dataset_free(parts[0]);
            sm_dataset_free(parts[1]);
        }
    }
}

static void over_more_rows_than_are_summed_in_float(void **state)
{
    (void)state;
    setting all = prepared(SM_U8, 5003, 3, 3, 100.0F, 1.0F / 128.0F, 1e-4, 1.0);
    check(&all);
    finish(&all);
}

static void with_extreme_parameters(void **state)
{
    (void)state;
    setting all = prepared(SM_F32, 70, 5, 4, 0.0F, 1.0F, 1e-6, 100.0);
    check(&all);
    finish(&all);
}

static void the_value_alone_has_the_same_bits_as_with_its_gradient(void **state)
{
    (void)state;
    setting all = prepared(SM_U8, 1000, 20, 10, 3.0F, 0.01F, 1e-3, 0.5);
    float gradient[21 * 10];
    const smi_value with = smi_evaluate_all(&all.view, all.parameters, gradient);
    const smi_value without = smi_evaluate_all(&all.view, all.parameters, NULL);
    assert_memory_equal(&with, &without, sizeof with);
    finish(&all);
}

/* At zero parameters each row of the first of two classes gives ∓½ x: sums that float holds for as
 * many rows as are added up in float, double for all of them, and float not. */
static void long_sums_do_not_lose_what_double_holds(void **state)
{
    (void)state;
    enum { ROWS = 200003, FEATURES = 12 };
    setting all = {.data = {.rows = ROWS, .features = FEATURES, .classes = 2}};
    all.data.bytes = calloc(ROWS, FEATURES);
    all.data.labels = calloc(ROWS, sizeof *all.data.labels);
    double sums[FEATURES] = {0.0};
    for (size_t r = 0; r < ROWS; r++) {
        for (size_t f = 0; f < FEATURES; f++) {
            all.data.bytes[r * FEATURES + f] = (uint8_t)(255 - r * (f + 1) % (f + 3));
            sums[f] += (double)all.data.bytes[r * FEATURES + f];
        }
    }
    assert_int_equal(
        sm_dataset_borrow_u8(all.data.bytes, ROWS, FEATURES, all.data.labels, 2, &all.data.dataset),
        SM_OK);
    prepare(&all, NULL, 0.0F, 1.0F, 0.0, 0.0);
    float gradient[2 * (FEATURES + 1)];
    (void)smi_evaluate_all(&all.view, all.parameters, gradient);
    for (size_t f = 0; f < FEATURES; f++) {
        assert_true(gradient[2 * f] == (float)(-0.5 * sums[f] * (1.0 / ROWS)));
        assert_true(gradient[2 * f + 1] == -gradient[2 * f]);
    }
    assert_true(gradient[2 * FEATURES] == -0.5F && gradient[2 * FEATURES + 1] == 0.5F);
    finish(&all);
}

/* A chunk, a block or a flush that forgot its predecessor would show at one of these. */
static void every_number_of_rows_is_counted_whole(void **state)
{
    (void)state;
    setting all = prepared(SM_U8, 2300, 2, 2, 0.0F, 1.0F, 0.0, 0.0);
    float gradient[3 * 2];
    for (size_t rows = 1; rows <= 2300; rows += rows < 140 ? 1 : 97) {
        size_t *const first = calloc(rows, sizeof *first);
        double expected[2] = {0.0};
        for (size_t r = 0; r < rows; r++) {
            first[r] = r;
            /* at zero parameters half of each row goes to each class */
            const double sign = all.data.labels[r] == 0 ? -0.5 : 0.5;
            expected[0] += sign * (double)all.data.bytes[2 * r] / (double)rows;
            expected[1] += sign / (double)rows;
        }
        const smi_value value = smi_evaluate(&all.view, all.parameters, first, rows, gradient);
        assert_true(fabs(value.loss - log(2.0)) <= 1e-7);
        assert_true(fabs((double)gradient[0] - expected[0]) <= 1e-5);
        assert_true(fabs((double)gradient[4] - expected[1]) <= 1e-7);
        free(first);
    }
    finish(&all);
}

/* ---- bytes that are blank in parts ---- */

/* All but the first and the last sixth of each row's features become 0. */
static void blank_middles(made_data *const data)
{
    const size_t margin = data->features / 6;
    for (size_t r = 0; r < data->rows; r++) {
        uint8_t *const x = data->bytes + r * data->features;
        memset(x + margin, 0, data->features - 2 * margin);
    }
}

static void of_bytes_that_are_blank_in_parts(void **state)
{
    (void)state;
    setting all = {.data = made_data_of(SM_U8, 130, 150, 5, 1)};
    blank_middles(&all.data);
    prepare(&all, NULL, 30.0F, 1.0F / 50.0F, 1e-3, 0.1);
    check(&all);
    finish(&all);
    for (int which = 0; which < 2; which++) {
        sm_dataset *parts[2] = {NULL, NULL};
        setting part = {.data = made_data_of(SM_U8, 90, 150, 3, 1)};
        blank_middles(&part.data);
        const sm_split_options options = sm_split_options_default(40);
        assert_int_equal(sm_dataset_split(part.data.dataset, &options, &parts[0], &parts[1]),
                         SM_OK);
        prepare(&part, parts[which], 0.0F, 1.0F / 255.0F, 1e-3, 0.4);
        check(&part);
        finish(&part);
        sm_dataset_free(parts[0]);
        sm_dataset_free(parts[1]);
    }
}

/* ---- lists of entries ---- */

static void of_bytes_that_are_mostly_zero(void **state)
{
    (void)state;
    setting all = {.data = made_data_of(SM_U8, 150, 70, 5, 1)};
    made_data_thin_out(&all.data, 97);
    prepare(&all, NULL, 30.0F, 1.0F / 50.0F, 1e-3, 0.3);
    all.exact.any_order = true;
    check(&all);
    finish(&all);
}

static void of_sparse_rows(void **state)
{
    (void)state;
    static const size_t classes[] = {2, 3, 7, 9, 17, 33};
    for (size_t k = 0; k < sizeof classes / sizeof *classes; k++) {
        setting all = {.data = made_data_of(SM_F32, 70, 19, classes[k], 1)};
        made_data_thin_out(&all.data, 3);
        made_sparse rows = made_sparse_of(&all.data);
        prepare(&all, rows.dataset, 0.5F, 1.5F, 1e-3, 0.4);
        all.exact.any_order = true;
        check(&all);
        finish(&all);
        made_sparse_free(&rows);
    }
}

/* ---- weights and scaling ---- */

static void with_weights_of_rows_and_classes(void **state)
{
    (void)state;
    static const double class_weights[] = {0.5, 4.0, 1.0};
    for (int soft = 0; soft < 2; soft++) {
        setting all = {.data = made_data_of(SM_F32, 90, 6, 3, 1)};
        float weights[90];
        for (size_t r = 0; r < 90; r++) {
            weights[r] = 0.25F + (float)(r % 7);
        }
        if (soft == 1) {
            made_data_soften(&all.data);
        }
        assert_int_equal(sm_dataset_set_weights(all.data.dataset, weights), SM_OK);
        prepare(&all, NULL, 0.0F, 1.0F, 1e-2, 0.3);
        check(&all);
        all.exact.class_weights = class_weights;
        assert_int_equal(smi_softmax_objective_weigh_classes(all.objective, class_weights), SM_OK);
        check(&all);
        finish(&all);
    }
}

static void with_a_scaling_for_each_column(void **state)
{
    (void)state;
    static const float shifts[] = {1.0F, -20.0F, 0.0F, 3.5F, 127.0F};
    static const float scales[] = {1.0F, 0.125F, -2.0F, 0.01F, 0.03F};
    setting all = {.data = made_data_of(SM_U8, 90, 5, 3, 1)};
    prepare(&all, NULL, 0.0F, 1.0F, 1e-2, 0.3);
    all.model->shape.column_shift = shifts;
    all.model->shape.column_scale = scales;
    all.exact.shape = all.model->shape;
    check(&all);
    all.model->shape.column_shift = NULL;
    all.model->shape.column_scale = NULL;
    finish(&all);
}

/* ---- curvature ---- */

/* The Hessian along a direction must be how the gradient changes along it. */
static void check_curvature(const setting *const all)
{
    const double width = 1e-2;
    const size_t count = all->view.parameter_count;
    float *const vectors = calloc(5 * count, sizeof *vectors);
    assert_non_null(vectors);
    float *const direction = vectors;
    float *const after = vectors + count;
    float *const before = vectors + 2 * count;
    float *const point = vectors + 3 * count;
    float *const result = vectors + 4 * count;
    double largest = 0.0;
    for (size_t i = 0; i < count; i++) {
        direction[i] = (float)(0.2 * cos(5.0 * (double)i));
        point[i] = all->parameters[i] + (float)width * direction[i];
    }
    (void)smi_evaluate_all(&all->view, point, after);
    for (size_t i = 0; i < count; i++) {
        point[i] = all->parameters[i] - (float)width * direction[i];
    }
    (void)smi_evaluate_all(&all->view, point, before);
    all->view.look_closely(all->view.context, all->parameters);
    all->view.curvature(all->view.context, direction, result);
    for (size_t i = 0; i < count; i++) {
        if (fabs((double)result[i]) > largest) {
            largest = fabs((double)result[i]);
        }
    }
    for (size_t i = 0; i < count; i++) {
        const double change = ((double)after[i] - (double)before[i]) / (2.0 * width);
        assert_true(fabs((double)result[i] - change) <= 2e-3 * largest);
    }
    assert_true(largest > 1e-3);
    free(vectors);
}

static void the_curvature_is_how_the_gradient_changes(void **state)
{
    (void)state;
    setting dense = prepared(SM_F32, 300, 9, 4, 0.25F, 1.5F, 1e-2, 0.3);
    check_curvature(&dense);
    finish(&dense);
    setting bytes = prepared(SM_U8, 300, 9, 11, 100.0F, 1.0F / 100.0F, 0.0, 0.3);
    check_curvature(&bytes);
    finish(&bytes);
    setting many = prepared(SM_U8, 300, 9, 18, 100.0F, 1.0F / 100.0F, 1e-3, 0.3);
    check_curvature(&many);
    finish(&many);
    setting sparse = {.data = made_data_of(SM_F32, 120, 19, 6, 1)};
    made_data_thin_out(&sparse.data, 3);
    made_sparse rows = made_sparse_of(&sparse.data);
    prepare(&sparse, rows.dataset, 0.0F, 1.0F, 1e-3, 0.4);
    check_curvature(&sparse);
    finish(&sparse);
    made_sparse_free(&rows);
}

/* More rows × classes than logits are kept of. */
static void the_curvature_of_many_rows_is_how_the_gradient_changes(void **state)
{
    (void)state;
    setting many = prepared(SM_U8, 40000, 3, 27, 100.0F, 1.0F / 100.0F, 1e-3, 0.3);
    check_curvature(&many);
    finish(&many);
}

/* ---- wide sparse rows ---- */

/* Value, gradient, and the Hessian along a direction. */
typedef struct outcome {
    smi_value value;
    smi_value without; /* gradient */
    float *gradient;
    float *product;
} outcome;

static outcome outcome_of(const setting *const all, const smi_gradients gradients,
                          const size_t threads, const double l2)
{
    const sm_dataset *const dataset = all->exact.dataset;
    const size_t count = all->view.parameter_count;
    outcome result = {.gradient = calloc(2 * count, sizeof *result.gradient)};
    smi_pool *pool = NULL;
    smi_softmax_objective *objective = NULL;
    float *const direction = calloc(count, sizeof *direction);
    for (size_t i = 0; i < count; i++) {
        direction[i] = (float)cos(5.0 * (double)i);
    }
    result.product = result.gradient + count;
    assert_int_equal(smi_pool_create(threads, &pool), SM_OK);
    assert_int_equal(
        smi_softmax_objective_create(all->model, dataset, l2, gradients, pool, &objective), SM_OK);
    const smi_objective view = smi_softmax_objective_view(objective);
    result.value = smi_evaluate_all(&view, all->parameters, result.gradient);
    result.without = smi_evaluate_all(&view, all->parameters, NULL);
    view.look_closely(view.context, all->parameters);
    view.curvature(view.context, direction, result.product);
    smi_softmax_objective_free(objective);
    smi_pool_free(pool);
    free(direction);
    return result;
}

static void check_close(const float *const is, const float *const expected, const size_t count)
{
    float largest = 0.0F;
    for (size_t i = 0; i < count; i++) {
        largest = fmaxf(largest, fabsf(expected[i]));
    }
    assert_true(largest > 1e-3F);
    for (size_t i = 0; i < count; i++) {
        assert_true(fabs((double)is[i] - (double)expected[i]) <= 1e-6 * (double)largest);
    }
}

/* Summed feature by feature, it is what it is summed by chunks, on any number of threads. */
static void over_wide_sparse_rows(void **state)
{
    (void)state;
    for (int scaled = 0; scaled < 2; scaled++) {
        setting all = {.data = made_data_of(SM_F32, 220, 7000, 20, 1)};
        made_data_thin_out(&all.data, 60);
        made_sparse rows = made_sparse_of(&all.data);
        prepare(&all, rows.dataset, 0.5F * (float)scaled, 1.0F + (float)scaled, 1e-3, 0.1);
        const size_t count = all.view.parameter_count;
        const outcome chunks = outcome_of(&all, SMI_GRADIENTS_OVER_SOME, 1, 1e-3);
        const outcome one = outcome_of(&all, SMI_GRADIENTS_OVER_ALL, 1, 1e-3);
        assert_true(fabs(one.value.objective - chunks.value.objective) <= 1e-12);
        assert_true(one.value.accuracy == chunks.value.accuracy);
        assert_memory_equal(&one.value, &one.without, sizeof one.value);
        check_close(one.gradient, chunks.gradient, count);
        check_close(one.product, chunks.product, count);
        const outcome many = outcome_of(&all, SMI_GRADIENTS_OVER_ALL, 5, 1e-3);
        assert_memory_equal(&one.value, &many.value, sizeof one.value);
        assert_memory_equal(one.gradient, many.gradient, 2 * count * sizeof *one.gradient);
        free(chunks.gradient);
        free(one.gradient);
        free(many.gradient);
        finish(&all);
        made_sparse_free(&rows);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_floats),
        cmocka_unit_test(of_bytes),
        cmocka_unit_test(of_many_classes),
        cmocka_unit_test(with_a_penalty_that_spares_the_bias),
        cmocka_unit_test(with_features_shifted),
        cmocka_unit_test(at_zero_parameters),
        cmocka_unit_test(with_soft_targets),
        cmocka_unit_test(over_rows_in_any_order),
        cmocka_unit_test(over_both_parts_of_a_split),
        cmocka_unit_test(over_more_rows_than_are_summed_in_float),
        cmocka_unit_test(with_extreme_parameters),
        cmocka_unit_test(the_value_alone_has_the_same_bits_as_with_its_gradient),
        cmocka_unit_test(long_sums_do_not_lose_what_double_holds),
        cmocka_unit_test(every_number_of_rows_is_counted_whole),
        cmocka_unit_test(of_bytes_that_are_blank_in_parts),
        cmocka_unit_test(of_bytes_that_are_mostly_zero),
        cmocka_unit_test(of_sparse_rows),
        cmocka_unit_test(with_weights_of_rows_and_classes),
        cmocka_unit_test(with_a_scaling_for_each_column),
        cmocka_unit_test(the_curvature_is_how_the_gradient_changes),
        cmocka_unit_test(the_curvature_of_many_rows_is_how_the_gradient_changes),
        cmocka_unit_test(over_wide_sparse_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
