/* The objective of a network, its gradient and its curvature, against the formula in double
 * precision, on each of the ways that rows can take through it. */
#include "train/network_objective.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "model/model.h"
#include "support/cmocka_all.h"
#include "support/made_data.h"
#include "support/slow.h"
#include "unit/train/exact_network.h"

enum { MOST_HIDDEN = 4, MOST_CLASSES = 26, MOST_FEATURES = 100 };

/* A network and what it is to be trained on. */
typedef struct plan {
    sm_element element;
    size_t rows;
    size_t features;
    size_t classes;
    size_t units[MOST_HIDDEN]; /* 0: no more layers */
    sm_activation activation;  /* of all hidden layers */
    size_t thinned;            /* but one entry in so many is 0; 0: none is made so */
    float shift;
    float scale;  /* 0: those of the data */
    bool columns; /* each has a scaling of its own */
    bool soft;
    bool row_weights;
    bool class_weights;
    double l2;
    smi_loss_rule loss;
} plan;

/* One objective to look at: data, a network with parameters, and both ways to the value. */
typedef struct setting {
    made_data data;
    made_sparse sparse;
    sm_model *model;
    smi_pool *pool;
    smi_network_objective *objective;
    smi_objective view;
    exact_network exact;
    float *row_weights;
    double class_weights[MOST_CLASSES];
    float *parameters;
    double *exact_parameters;
} setting;

static void finish(setting *const all)
{
    smi_network_objective_free(all->objective);
    smi_pool_free(all->pool);
    sm_model_free(all->model);
    made_sparse_free(&all->sparse);
    made_data_free(&all->data);
    free(all->row_weights);
    free(all->parameters);
    free(all->exact_parameters);
}

static sm_dataset *make_data(const plan *const of, setting *const all)
{
    const sm_element element = of->element == SM_U8 ? SM_U8 : SM_F32;
    all->data = made_data_of(element, of->rows, of->features, of->classes, 1);
    if (of->thinned > 0) {
        made_data_thin_out(&all->data, of->thinned);
    }
    if (of->soft) {
        made_data_soften(&all->data);
    }
    if (of->element == SM_CSR) {
        all->sparse = made_sparse_of(&all->data);
    }
    sm_dataset *const dataset = of->element == SM_CSR ? all->sparse.dataset : all->data.dataset;
    if (of->row_weights) {
        all->row_weights = calloc(of->rows, sizeof *all->row_weights);
        for (size_t r = 0; r < of->rows; r++) {
            all->row_weights[r] = 0.25F + (float)(r % 7);
        }
        assert_int_equal(sm_dataset_set_weights(dataset, all->row_weights), SM_OK);
    }
    return dataset;
}

static void make_model(const plan *const of, const sm_dataset *const dataset, setting *const all)
{
    float shifts[MOST_FEATURES];
    float scales[MOST_FEATURES];
    sm_shape shape = sm_dataset_shape(dataset);
    if (of->scale != 0.0F) {
        shape.shift = of->shift;
        shape.scale = of->scale;
    }
    for (size_t f = 0; of->columns && f < of->features; f++) {
        shifts[f] = (float)sin((double)f);
        scales[f] = 0.5F + (float)(f % 3);
    }
    shape.column_shift = of->columns ? shifts : NULL;
    shape.column_scale = of->columns ? scales : NULL;
    shape.shift = of->columns ? 0.0F : shape.shift;
    shape.scale = of->columns ? 1.0F : shape.scale;
    assert_int_equal(sm_model_create(shape, &all->model), SM_OK);
    for (size_t l = 0; l < MOST_HIDDEN && of->units[l] > 0; l++) {
        const sm_layer layer = {.units = of->units[l], .activation = of->activation};
        assert_int_equal(sm_model_add_layer(all->model, &layer), SM_OK);
    }
}

static setting prepared(const plan *const of, const size_t threads)
{
    setting all = {.exact_parameters = NULL};
    const sm_dataset *const dataset = make_data(of, &all);
    make_model(of, dataset, &all);
    assert_int_equal(smi_pool_create(threads, &all.pool), SM_OK);
    assert_int_equal(smi_network_objective_create(all.model, dataset, of->l2, SMI_PASS_CURVATURE, 0,
                                                  all.pool, &all.objective),
                     SM_OK);
    all.exact = exact_network_of(all.model, dataset);
    all.exact.l2 = of->l2;
    all.exact.lists = of->element == SM_CSR || of->thinned > 0;
    all.exact.loss = of->loss;
    smi_network_objective_set_loss(all.objective, of->loss);
    all.view = smi_network_objective_view(all.objective);
    const size_t count = all.view.parameter_count;
    const size_t weights = all.view.penalized_count;
    all.parameters = calloc(count, sizeof *all.parameters);
    all.exact_parameters = calloc(count, sizeof *all.exact_parameters);
    for (size_t i = 0; i < count; i++) {
        const double bias = 0.1 * sin(3.0 * (double)i);
        all.parameters[i] = i < weights ? all.model->parameters[i] : (float)bias;
        all.exact_parameters[i] = (double)all.parameters[i];
    }
    return all;
}

/* The class weights are the setting's, so that it may move no more. */
static void weigh_classes(const plan *const of, setting *const all)
{
    for (size_t c = 0; of->class_weights && c < of->classes; c++) {
        all->class_weights[c] = 0.5 + (double)(c % 3);
    }
    all->exact.class_weights = of->class_weights ? all->class_weights : NULL;
    assert_int_equal(smi_network_objective_weigh_classes(all->objective, all->exact.class_weights),
                     SM_OK);
}

/* ---- value and gradient ---- */

static double ratio_of(const double value, const exact_number exact)
{
    return value == exact.value ? 0.0 : fabs(value - exact.value) / exact.error;
}

/* A gradient put together again, and how often each entry has come. */
typedef struct collected {
    smi_value value;
    bool wanted;
    float *gradient;
    atomic_uchar *times;
} collected;

static bool begin(void *const context, const smi_value *const value)
{
    collected *const parts = context;
    parts->value = *value;
    return parts->wanted;
}

static void take(void *const context, const size_t begin_entry, const size_t end, float *const part)
{
    collected *const parts = context;
    for (size_t i = begin_entry; i < end; i++) {
        parts->gradient[i] = part[i - begin_entry];
        parts->times[i]++;
        part[i - begin_entry] = NAN;
    }
}

/* The parts are those of the gradient, to the bit; none comes unless it is wanted. */
static void check_parts(const setting *const all, const smi_value value,
                        const float *const gradient)
{
    const size_t count = all->view.parameter_count;
    float *const memory = calloc(2 * count, sizeof *memory);
    collected parts = {.gradient = memory, .times = calloc(count, sizeof *parts.times)};
    const smi_receiver receiver = {.context = &parts, .begin = begin, .take = take};
    for (int wanted = 0; wanted < 2; wanted++) {
        parts.wanted = wanted == 1;
        const smi_value got =
            all->view.evaluate_in_parts(all->view.context, all->parameters, all->exact.rows,
                                        all->exact.count, memory + count, &receiver);
        assert_memory_equal(&got.objective, &value.objective, sizeof got.objective);
        assert_memory_equal(&parts.value.objective, &value.objective, sizeof got.objective);
        assert_true(got.accuracy == value.accuracy);
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(parts.times[i], wanted);
        }
    }
    assert_memory_equal(memory, gradient, count * sizeof *gradient);
    free(memory);
    free(parts.times);
}

/* Value and gradient over the rows that all->exact names must be the formula's. */
static void check(const char *const what, const setting *const all)
{
    const size_t count = all->view.parameter_count;
    float *const gradient = calloc(count, sizeof *gradient);
    exact_result exact = exact_network_evaluate(&all->exact, all->exact_parameters);
    const smi_value value =
        smi_evaluate(&all->view, all->parameters, all->exact.rows, all->exact.count, gradient);
    const smi_value alone =
        smi_evaluate(&all->view, all->parameters, all->exact.rows, all->exact.count, NULL);
    double worst = 0.0;
    for (size_t i = 0; i < count; i++) {
        const double ratio = ratio_of((double)gradient[i], exact.gradient[i]);
        worst = fmax(worst, ratio);
        if (!(ratio <= 1.0)) {
            fail_msg("%s: gradient %zu is %.9g instead of %.9g: off by %.2f bounds", what, i,
                     (double)gradient[i], exact.gradient[i].value, ratio);
        }
    }
    const double loss = ratio_of(value.loss, exact.loss);
    if (!(loss <= 1.0)) {
        fail_msg("%s: loss %.9g instead of %.9g", what, value.loss, exact.loss.value);
    }
    assert_true(ratio_of(value.objective, exact.objective) <= 1.0);
    assert_true(ratio_of(alone.loss, exact.loss) <= 1.0);
    assert_true(value.accuracy == alone.accuracy);
    assert_true(exact.least_accuracy <= value.accuracy + 1e-12);
    assert_true(value.accuracy <= exact.most_accuracy + 1e-12);
    assert_true(exact.most_accuracy - exact.least_accuracy < 0.02);
    check_parts(all, value, gradient);
    print_message("  %s: error / bound: loss %.4f, gradient %.4f\n", what, loss, worst);
    exact_result_free(&exact);
    free(gradient);
}

static void check_plan(const char *const what, const plan *const of)
{
    setting all = prepared(of, 2);
    weigh_classes(of, &all);
    check(what, &all);
    finish(&all);
}

/* In an emulator, whose time goes into the formula, every second or third of what is the same way
 * through the library with other numbers. */
enum { APART = RUN_IN_EMULATOR ? 3 : 1 };

static const sm_activation activations[] = {SM_LINEAR, SM_RELU, SM_LEAKY_RELU,
                                            SM_GELU,   SM_TANH, SM_SIGMOID};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void with_every_activation_and_depth(void **state)
{
    (void)state;
    static const size_t units[][MOST_HIDDEN] = {{25},         {32},     {25, 15}, {16, 48},
                                                {9, 8, 7, 6}, {100, 3}, {1, 1}};
    for (size_t a = 0; a < COUNT(activations); a++) {
        for (size_t u = a % APART; u < COUNT(units); u += APART) {
            plan of = {.element = u % 2 == 0 ? SM_F32 : SM_U8,
                       .rows = 130,
                       .features = 9,
                       .classes = 4,
                       .activation = activations[a],
                       .l2 = 1e-2};
            memcpy(of.units, units[u], sizeof of.units);
            check_plan(sm_activation_name(activations[a]), &of);
        }
    }
}

static void of_rows_that_are_scaled(void **state)
{
    (void)state;
    plan of = {.element = SM_U8,
               .rows = 100,
               .features = 8,
               .classes = 5,
               .units = {25},
               .activation = SM_GELU,
               .shift = 127.5F,
               .scale = 1.0F / 64.0F};
    check_plan("bytes shifted", &of);
    of.columns = true;
    check_plan("bytes by column", &of);
    of.element = SM_F32;
    check_plan("floats by column", &of);
    of.columns = false;
    of.shift = -0.75F;
    of.scale = -3.0F;
    check_plan("floats shifted", &of);
}

/* Lists meet the units a slice of 64 at a time. */
static void of_rows_that_are_mostly_zero(void **state)
{
    (void)state;
    static const size_t units[] = {80, 16, 128, 25, 100};
    for (size_t u = 0; u < COUNT(units); u += APART) {
        plan of = {.element = SM_U8,
                   .rows = 150,
                   .features = 70,
                   .classes = 5,
                   .units = {units[u], 6},
                   .activation = SM_TANH,
                   .thinned = 97,
                   .l2 = 1e-3};
        check_plan("bytes as lists", &of);
        of.columns = true;
        check_plan("the same, by column", &of);
        of.columns = false;
        of.element = SM_F32;
        check_plan("floats as lists", &of);
        of.shift = 0.25F;
        of.scale = 2.0F;
        check_plan("the same, shifted", &of);
        of.columns = true;
        check_plan("the same, by column", &of);
        of.element = SM_CSR;
        check_plan("sparse rows by column", &of);
        of.columns = false;
        of.scale = 0.0F;
        check_plan("sparse rows", &of);
        of.shift = 0.0F;
        of.scale = -2.0F;
        check_plan("sparse rows scaled", &of);
    }
}

static void with_targets_and_weights(void **state)
{
    (void)state;
    for (unsigned choice = 0; choice < 32; choice += APART) {
        const plan of = {
            .element = SM_F32,
            .rows = 140,
            .features = 6,
            .classes = 3 + choice % 4,
            .units = {25, 15},
            .activation = SM_RELU,
            .soft = (choice & 1U) != 0,
            .row_weights = (choice & 2U) != 0,
            .class_weights = (choice & 4U) != 0,
            .l2 = 1e-3,
            .loss = {(choice & 8U) != 0 ? SM_LOSS_FROM_PROBABILITIES : SM_LOSS_FROM_LOGITS,
                     (choice & 16U) != 0 ? 0.125 : 0.0}};
        check_plan("targets and weights", &of);
    }
}

/* Several passes of 512 rows, chunks of many passes, and flushes every 4,096 rows: which it is, is
 * a matter of rows and parameters. */
static void over_many_rows(void **state)
{
    (void)state;
    const plan alone = {.element = SM_F32,
                        .rows = 1000,
                        .features = 30,
                        .classes = 4,
                        .units = {50, 15},
                        .activation = SM_RELU};
    check_plan("two passes of all threads", &alone);
    plan chunks = alone;
    chunks.rows = 2063;
    check_plan("four chunks", &chunks);
    chunks.thinned = 97;
    check_plan("four chunks of lists", &chunks);
    chunks.columns = true;
    check_plan("four chunks of lists, scaled by column", &chunks);
    const plan small = {.element = SM_U8,
                        .rows = 6001,
                        .features = 3,
                        .classes = 2,
                        .units = {7},
                        .activation = SM_TANH};
    check_plan("one chunk with a flush", &small);
    plan flushes = small;
    flushes.units[0] = 50;
    flushes.rows = 20011;
    check_plan("four chunks, each with a flush", &flushes);
    if (RUN_IN_EMULATOR) {
        return; /* lists are added up like other rows */
    }
    flushes.thinned = 97;
    check_plan("the same of lists", &flushes);
    flushes.columns = true;
    check_plan("the same of lists, scaled by column", &flushes);
}

/* `count` rows in no order, some of them twice. */
static void check_rows(const char *const what, setting *const all, const size_t count)
{
    size_t *const rows = calloc(count, sizeof *rows);
    for (size_t i = 0; i < count; i++) {
        rows[i] = (i * i * 7 + 3 * i) % all->data.rows;
    }
    all->exact.rows = rows;
    all->exact.count = count;
    check(what, all);
    free(rows);
}

static void over_rows_in_any_order(void **state)
{
    (void)state;
    static const size_t counts[] = {1, 2, 32, 63, 64, 65, 100, 511, 513, 1024, 1500};
    for (int listed = 0; listed < 2; listed++) {
        const plan of = {.element = SM_F32,
                         .rows = 2100,
                         .features = 30,
                         .classes = 4,
                         .units = {50, 15},
                         .activation = SM_RELU,
                         .thinned = listed == 1 ? 97 : 0,
                         .row_weights = true};
        setting all = prepared(&of, 2);
        for (size_t i = (size_t)listed % APART; i < COUNT(counts); i += APART) {
            check_rows("rows", &all, counts[i]);
        }
        finish(&all);
    }
}

/* All rows are chunks too short to flush; a large batch is one that is not. */
static void over_a_batch_that_flushes_where_all_rows_do_not(void **state)
{
    (void)state;
    const plan of = {.element = SM_F32,
                     .rows = 14000,
                     .features = 3,
                     .classes = 2,
                     .units = {50},
                     .activation = SM_RELU};
    setting all = prepared(&of, 1);
    check_rows("a batch of 6,000", &all, 6000);
    finish(&all);
}

/* ---- the formula itself ---- */

static double objective_at(const setting *const all)
{
    exact_result result = exact_network_evaluate(&all->exact, all->exact_parameters);
    exact_result_free(&result);
    return result.objective.value;
}

/* The gradient that all others here are held against is how the value changes. */
static void the_exact_gradient_is_the_slope(void **state)
{
    (void)state;
    const double width = 1e-5;
    for (unsigned choice = 0; choice < 4 * COUNT(activations); choice += APART) {
        const plan of = {
            .element = SM_F32,
            .rows = 20,
            .features = 3,
            .classes = 3,
            .units = {5, 4},
            .activation = activations[choice / 4],
            .soft = choice % 2 == 1,
            .class_weights = choice % 2 == 1,
            .columns = true,
            .l2 = 0.1,
            .loss = {choice % 4 / 2 == 1 ? SM_LOSS_FROM_PROBABILITIES : SM_LOSS_FROM_LOGITS,
                     choice % 3 == 1 ? 0.25 : 0.0}};
        setting all = prepared(&of, 1);
        weigh_classes(&of, &all);
        exact_result exact = exact_network_evaluate(&all.exact, all.exact_parameters);
        for (size_t i = 0; i < all.view.parameter_count; i++) {
            const double here = all.exact_parameters[i];
            all.exact_parameters[i] = here + width;
            const double after = objective_at(&all);
            all.exact_parameters[i] = here - width;
            const double before = objective_at(&all);
            all.exact_parameters[i] = here;
            assert_true(fabs((after - before) / (2.0 * width) - exact.gradient[i].value) <= 1e-8);
        }
        exact_result_free(&exact);
        finish(&all);
    }
}

/* ---- curvature ---- */

static double dot(const double *const a, const float *const b, const size_t count)
{
    double sum = 0.0;
    for (size_t i = 0; i < count; i++) {
        sum += a[i] * (double)b[i];
    }
    return sum;
}

/* left · G · right, where `seen` is the image of right, is the formula's for G · right from the
 * library. Returns how far it is off, in lengths: √(left · G · left · right · G · right) is the
 * largest that it can be. */
static double curvature_error(const setting *const all, const double *const left,
                              const double *const seen, const float *const product)
{
    double *const image = exact_network_image(&all->exact, all->exact_parameters, left);
    double here = 0.0;
    double left_square = 0.0;
    double right_square = 0.0;
    for (size_t i = 0; i < exact_network_image_size(&all->exact); i++) {
        here += image[i] * seen[i];
        left_square += image[i] * image[i];
        right_square += seen[i] * seen[i];
    }
    const double error = fabs(dot(left, product, all->view.parameter_count) - here);
    free(image);
    /* 0 / 0: a unit that is 0 on all rows */
    return error == 0.0 ? 0.0 : error / sqrt(left_square * right_square);
}

static void check_curvature(const char *const what, const plan *const of)
{
    setting all = prepared(of, 2);
    weigh_classes(of, &all);
    const size_t count = all.view.parameter_count;
    double *const exact = calloc(2 * count, sizeof *exact);
    float *const floats = calloc(4 * count, sizeof *floats);
    double worst = 0.0;
    for (size_t i = 0; i < count; i++) {
        floats[i] = (float)cos(5.0 * (double)i);
        floats[count + i] = (float)sin(7.0 * (double)(i * i));
        exact[i] = (double)floats[i];
        exact[count + i] = (double)floats[count + i];
    }
    float *const products = floats + 2 * count;
    all.view.look_closely(all.view.context, all.parameters);
    all.view.curvature(all.view.context, floats, products);
    all.view.curvature(all.view.context, floats + count, products + count);
    double *const seen = exact_network_image(&all.exact, all.exact_parameters, exact);
    worst = fmax(worst, curvature_error(&all, exact + count, seen, products));
    worst = fmax(worst, curvature_error(&all, exact, seen, products));
    assert_true(dot(exact, products, count) > 0.0);
    const double there = dot(exact + count, products, count);
    const double back = dot(exact, products + count, count);
    assert_true(fabs(there - back) <= 1e-5 * sqrt(dot(exact, products, count) *
                                                  dot(exact + count, products + count, count)));
    double *const one = exact + count;
    const size_t apart = count / (RUN_IN_EMULATOR ? 5 : 30) + 1;
    for (size_t i = 0; i < count; i += apart) { /* some of the entries, one by one */
        memset(one, 0, count * sizeof *one);
        one[i] = 1.0;
        worst = fmax(worst, curvature_error(&all, one, seen, products));
    }
    print_message("  %s: %.2g\n", what, worst);
    assert_true(worst <= 1e-5);
    free(seen);
    free(exact);
    free(floats);
    finish(&all);
}

static void the_curvature_is_the_gauss_newton_matrix(void **state)
{
    (void)state;
    for (size_t a = 0; a < COUNT(activations); a++) {
        plan of = {.element = SM_F32,
                   .rows = 130,
                   .features = 6,
                   .classes = 4,
                   .units = {7, 5},
                   .activation = activations[a],
                   .l2 = 0.01};
        check_curvature(sm_activation_name(activations[a]), &of);
        of.soft = true;
        of.row_weights = true;
        of.element = SM_U8;
        check_curvature("bytes, weights", &of);
    }
    plan lists = {.element = SM_CSR,
                  .rows = 90,
                  .features = 20,
                  .classes = 5,
                  .units = {16, 3},
                  .activation = SM_GELU,
                  .thinned = 97,
                  .class_weights = true,
                  .l2 = 0.01};
    check_curvature("lists", &lists);
    lists.units[0] = 100;
    lists.columns = true;
    check_curvature("lists, scaled by column", &lists);
    const plan chunks = {.element = SM_F32,
                         .rows = 1100,
                         .features = 30,
                         .classes = 4,
                         .units = {50, 15},
                         .activation = SM_TANH,
                         .l2 = 0.01};
    check_curvature("chunks", &chunks);
}

static void there_is_no_curvature_of_the_loss_from_probabilities(void **state)
{
    (void)state;
    const plan of = {.element = SM_F32,
                     .rows = 20,
                     .features = 3,
                     .classes = 3,
                     .units = {5},
                     .loss = {SM_LOSS_FROM_PROBABILITIES, 0.0}};
    setting all = prepared(&of, 1);
    assert_null(all.view.curvature);
    finish(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_exact_gradient_is_the_slope),
        cmocka_unit_test(with_every_activation_and_depth),
        cmocka_unit_test(of_rows_that_are_scaled),
        cmocka_unit_test(of_rows_that_are_mostly_zero),
        cmocka_unit_test(with_targets_and_weights),
        cmocka_unit_test(over_many_rows),
        cmocka_unit_test(over_rows_in_any_order),
        cmocka_unit_test(over_a_batch_that_flushes_where_all_rows_do_not),
        cmocka_unit_test(the_curvature_is_the_gauss_newton_matrix),
        cmocka_unit_test(there_is_no_curvature_of_the_loss_from_probabilities),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
