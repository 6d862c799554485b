/* Networks: how layers are added, where their parameters lie, and what they begin with. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "model/model.h"
#include "support/cmocka_all.h"
#include "support/message.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const sm_shape plain = {.features = 12, .classes = 4, .scale = 1.0F};

static sm_model *create(const sm_shape shape)
{
    sm_model *model = NULL;
    assert_int_equal(sm_model_create(shape, &model), SM_OK);
    return model;
}

static void add(sm_model *const model, const sm_layer layer)
{
    assert_int_equal(sm_model_add_layer(model, &layer), SM_OK);
}

/* 12 → 25 → 15 → 4 */
static sm_model *network(void)
{
    sm_model *const model = create(plain);
    add(model, sm_layer_default(25));
    add(model, (sm_layer){.units = 15, .activation = SM_TANH, .dropout = 0.25});
    return model;
}

static void check_layer(const sm_model *const model, const size_t index, const sm_layer_info wanted)
{
    const sm_layer_info got = sm_model_layer_info(model, index);
    assert_string_equal(got.name, wanted.name);
    assert_int_equal(got.inputs, wanted.inputs);
    assert_int_equal(got.outputs, wanted.outputs);
    assert_int_equal(got.activation, wanted.activation);
    assert_true(got.dropout == wanted.dropout);
    assert_int_equal(got.parameters, (wanted.inputs + 1) * wanted.outputs);
}

/* ---- layers ---- */

static void a_new_model_is_softmax_regression(void **state)
{
    (void)state;
    sm_model *const model = create(plain);
    assert_int_equal(sm_model_layer_count(model), 1);
    check_layer(model, 0,
                (sm_layer_info){.name = "dense_0", .inputs = 12, .outputs = 4, SM_LINEAR});
    assert_null(sm_model_layer_info(model, 1).name);
    sm_model_free(model);
}

static void hidden_layers_go_before_the_output_layer(void **state)
{
    (void)state;
    sm_model *const model = network();
    assert_int_equal(sm_model_layer_count(model), 3);
    check_layer(model, 0, (sm_layer_info){.name = "dense_0", .inputs = 12, .outputs = 25, SM_RELU});
    check_layer(model, 1,
                (sm_layer_info){.name = "dense_1", .inputs = 25, .outputs = 15, SM_TANH, 0.25});
    check_layer(model, 2,
                (sm_layer_info){.name = "dense_2", .inputs = 15, .outputs = 4, SM_LINEAR});
    assert_null(sm_model_layer_info(model, 3).name);
    assert_int_equal(sm_model_parameter_count(model), 13 * 25 + 26 * 15 + 16 * 4);
    assert_int_equal(sm_model_shape(model).features, 12);
    assert_int_equal(sm_model_shape(model).classes, 4);
    sm_model_free(model);
}

/* What solvers rely on: penalties fall on the first so many parameters. */
static void all_kernels_lie_before_all_biases(void **state)
{
    (void)state;
    sm_model *const model = network();
    static const size_t kernels[] = {0, 300, 675};
    static const size_t biases[] = {735, 760, 775};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(model->layers[i].kernel, kernels[i]);
        assert_int_equal(model->layers[i].bias, biases[i]);
    }
    assert_int_equal(model->parameter_count, 779);
    sm_model_free(model);
}

static void activations_have_names(void **state)
{
    (void)state;
    static const char *const names[] = {"linear", "relu", "leaky-relu", "gelu", "tanh", "sigmoid"};
    for (size_t i = 0; i < COUNT(names); i++) {
        assert_string_equal(sm_activation_name((sm_activation)i), names[i]);
    }
    assert_null(sm_activation_name((sm_activation)COUNT(names)));
    assert_null(sm_activation_name((sm_activation)-1));
}

static void layers_that_cannot_be_are_refused_and_change_nothing(void **state)
{
    (void)state;
    static const struct {
        sm_layer layer;
        sm_status status;
        const char *message;
    } cases[] = {
        {{0, SM_RELU, 0.0}, SM_ERROR_ARGUMENT, "a hidden layer needs at least 1 unit"},
        {{3, (sm_activation)6, 0.0}, SM_ERROR_ARGUMENT, "there is no activation 6"},
        {{3, SM_RELU, 1.0}, SM_ERROR_ARGUMENT, "dropout is 1; it must be at least 0 and below 1"},
        {{3, SM_RELU, -0.1},
         SM_ERROR_ARGUMENT,
         "dropout is -0.1; it must be at least 0 and below 1"},
        {{3, SM_RELU, NAN}, SM_ERROR_ARGUMENT, "dropout is nan; it must be at least 0 and below 1"},
    };
    sm_model *const model = network();
    float *const before = malloc(model->parameter_count * sizeof *before);
    assert_non_null(before);
    memcpy(before, model->parameters, model->parameter_count * sizeof *before);
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(sm_model_add_layer(model, &cases[i].layer), cases[i].status);
        assert_message("%s", cases[i].message);
    }
    assert_int_equal(sm_model_add_layer(NULL, &cases[0].layer), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_model_add_layer(model, NULL), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_model_layer_count(model), 3);
    assert_memory_equal(model->parameters, before, model->parameter_count * sizeof *before);
    free(before);
    sm_model_free(model);
}

/* Sanitizers, asked for more memory than there can be, shall answer as malloc does. */
SM_API const char *__asan_default_options(void);
SM_API const char *__tsan_default_options(void);

const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}

const char *__tsan_default_options(void)
{
    return "allocator_may_return_null=1";
}

static void layers_that_do_not_fit_the_address_space_are_refused(void **state)
{
    (void)state;
    static const size_t units[] = {SIZE_MAX,      SIZE_MAX / 12,  SIZE_MAX / 16,
                                   SIZE_MAX / 64, SIZE_MAX / 100, (size_t)1 << 48};
    sm_model *const model = network();
    for (size_t i = 0; i < COUNT(units); i++) {
        const sm_layer wide = sm_layer_default(units[i]);
        assert_int_equal(sm_model_add_layer(model, &wide), SM_ERROR_MEMORY);
        assert_non_null(strstr(sm_error_message(), "not enough memory for "));
        assert_int_equal(sm_model_layer_count(model), 3);
    }
    const sm_layer huge = sm_layer_default((size_t)1 << 40); /* 88 TB */
    assert_int_equal(sm_model_add_layer(model, &huge), SM_ERROR_MEMORY);
    assert_non_null(strstr(sm_error_message(), "not enough memory for a model of 219902325562"));
    assert_non_null(strstr(sm_error_message(), " GB or more, and this "));
    sm_model_free(model);
}

static void a_thousand_layers_are_the_most(void **state)
{
    (void)state;
    const sm_layer one = sm_layer_default(1);
    sm_model *const model = create(plain);
    for (size_t i = 1; i < 1000; i++) {
        add(model, one);
    }
    assert_string_equal(sm_model_layer_info(model, 999).name, "dense_999");
    assert_int_equal(sm_model_add_layer(model, &one), SM_ERROR_ARGUMENT);
    assert_message("a model has at most 1000 layers");
    assert_int_equal(sm_model_layer_count(model), 1000);
    sm_model_free(model);
}

/* ---- parameters ---- */

static void each_layer_has_parameters_of_its_own(void **state)
{
    (void)state;
    enum { KERNEL = 25 * 15, BIAS = 15 };
    sm_model *const model = network();
    float kernel[KERNEL];
    float bias[BIAS];
    float got_kernel[KERNEL];
    float got_bias[BIAS];
    float first_kernel[12 * 25];
    float first_bias[25];
    float first_again[12 * 25];
    for (size_t i = 0; i < KERNEL; i++) {
        kernel[i] = (float)i;
    }
    for (size_t i = 0; i < BIAS; i++) {
        bias[i] = -(float)i;
    }
    assert_int_equal(sm_model_get_parameters(model, 0, first_kernel, first_bias), SM_OK);
    assert_int_equal(sm_model_set_parameters(model, 1, kernel, bias), SM_OK);
    assert_int_equal(sm_model_get_parameters(model, 1, got_kernel, got_bias), SM_OK);
    assert_memory_equal(got_kernel, kernel, sizeof kernel);
    assert_memory_equal(got_bias, bias, sizeof bias);
    assert_int_equal(sm_model_get_parameters(model, 0, first_again, first_bias), SM_OK);
    assert_memory_equal(first_again, first_kernel, sizeof first_kernel);
    assert_int_equal(sm_model_get_parameters(model, 3, kernel, bias), SM_ERROR_ARGUMENT);
    assert_message("sm_model_get_parameters: there is no layer 3; the model has 3, from 0");
    assert_int_equal(sm_model_set_parameters(model, SIZE_MAX, kernel, bias), SM_ERROR_ARGUMENT);
    sm_model_free(model);
}

/* The weights of a layer: sorted they would show their distribution; its moments will do. */
static void check_moments(const float *const weights, const size_t count, const double mean,
                          const double deviation)
{
    double sum = 0.0;
    double square = 0.0;
    for (size_t i = 0; i < count; i++) {
        sum += (double)weights[i];
        square += pow((double)weights[i] - mean, 2.0);
    }
    /* five standard deviations of either; that of the variance is at most √2 σ² / √n */
    assert_true(fabs(sum / (double)count - mean) < 5.0 * deviation / sqrt((double)count));
    assert_true(fabs(square / (double)count - deviation * deviation) <
                5.0 * sqrt(2.0 / (double)count) * deviation * deviation);
}

static double deviation_of(const sm_init init, const double inputs, const double outputs)
{
    switch (init) {
    case SM_INIT_UNIFORM:
        return sqrt(1.0 / 12.0);
    case SM_INIT_HE:
        return sqrt(2.0 / inputs);
    default:
        return sqrt(2.0 / (inputs + outputs)); /* of the uniform one too: limit² / 3 */
    }
}

static void initialisations_go_by_the_shape_of_each_layer(void **state)
{
    (void)state;
    static const sm_init inits[] = {SM_INIT_UNIFORM, SM_INIT_GLOROT, SM_INIT_GLOROT_NORMAL,
                                    SM_INIT_HE};
    sm_shape shape = plain;
    shape.features = 60;
    shape.classes = 50;
    sm_model *const model = create(shape);
    add(model, sm_layer_default(70));
    add(model, sm_layer_default(20));
    for (size_t k = 0; k < COUNT(inits); k++) {
        assert_int_equal(sm_model_initialize(model, inits[k], 3), SM_OK);
        for (size_t i = 0; i < 3; i++) {
            const smi_layer *const layer = &model->layers[i];
            check_moments(model->parameters + layer->kernel, layer->inputs * layer->outputs,
                          inits[k] == SM_INIT_UNIFORM ? 0.5 : 0.0,
                          deviation_of(inits[k], (double)layer->inputs, (double)layer->outputs));
            for (size_t o = 0; o < layer->outputs; o++) {
                assert_true(model->parameters[layer->bias + o] == 0.0F);
            }
        }
    }
    assert_int_equal(sm_model_initialize(model, SM_INIT_ZEROS, 3), SM_OK);
    for (size_t i = 0; i < model->parameter_count; i++) {
        assert_true(model->parameters[i] == 0.0F);
    }
    sm_model_free(model);
}

/* Uniform numbers end at the limit, normal ones do not. */
static void glorot_comes_uniform_and_normal(void **state)
{
    (void)state;
    sm_model *const model = network();
    const double limit = sqrt(6.0 / (25 + 15));
    for (int normal = 0; normal <= 1; normal++) {
        const sm_init init = normal ? SM_INIT_GLOROT_NORMAL : SM_INIT_GLOROT;
        double largest = 0.0;
        assert_int_equal(sm_model_initialize(model, init, 1), SM_OK);
        for (size_t i = 0; i < 25 * 15; i++) {
            const double size = fabs((double)model->parameters[model->layers[1].kernel + i]);
            if (size > largest) { /* fmax() here is more than gcc 12 for AArch64 can compile */
                largest = size;
            }
        }
        assert_true(normal ? largest > 1.2 * limit : largest <= limit * (1.0 + 1e-7));
    }
    sm_model_free(model);
}

static void a_new_layer_begins_with_glorot_of_seed_0(void **state)
{
    (void)state;
    sm_model *const a = network();
    sm_model *const b = network();
    assert_int_equal(sm_model_initialize(a, SM_INIT_HE, 8), SM_OK);
    assert_int_equal(sm_model_initialize(a, SM_INIT_GLOROT, 0), SM_OK);
    assert_memory_equal(a->parameters, b->parameters, a->parameter_count * sizeof *a->parameters);
    assert_true(fabs((double)b->parameters[0]) > 0.0);
    sm_model_free(a);
    sm_model_free(b);
}

/* Streams of their own: what a layer begins with depends on its place and shape, not on those
 * before or behind it; and no two layers are alike. */
static void layers_draw_from_streams_of_their_own(void **state)
{
    (void)state;
    sm_model *const deep = create(plain);
    sm_model *const flat = create(plain);
    add(deep, sm_layer_default(12));
    add(deep, sm_layer_default(12));
    add(flat, sm_layer_default(12));
    assert_int_equal(sm_model_initialize(deep, SM_INIT_GLOROT, 5), SM_OK);
    assert_int_equal(sm_model_initialize(flat, SM_INIT_GLOROT, 5), SM_OK);
    const size_t size = 12 * 12 * sizeof *deep->parameters;
    assert_memory_equal(deep->parameters, flat->parameters, size);
    assert_memory_not_equal(deep->parameters, deep->parameters + deep->layers[1].kernel, size);
    sm_model_free(deep);
    sm_model_free(flat);
}

static void unknown_initialisations_are_refused(void **state)
{
    (void)state;
    sm_model *const model = network();
    assert_int_equal(sm_model_initialize(model, (sm_init)5, 0), SM_ERROR_ARGUMENT);
    assert_message("sm_model_initialize: there is no initialisation 5");
    assert_int_equal(sm_model_initialize(model, (sm_init)-1, 0), SM_ERROR_ARGUMENT);
    sm_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_model_is_softmax_regression),
        cmocka_unit_test(hidden_layers_go_before_the_output_layer),
        cmocka_unit_test(all_kernels_lie_before_all_biases),
        cmocka_unit_test(activations_have_names),
        cmocka_unit_test(layers_that_cannot_be_are_refused_and_change_nothing),
        cmocka_unit_test(layers_that_do_not_fit_the_address_space_are_refused),
        cmocka_unit_test(a_thousand_layers_are_the_most),
        cmocka_unit_test(each_layer_has_parameters_of_its_own),
        cmocka_unit_test(initialisations_go_by_the_shape_of_each_layer),
        cmocka_unit_test(glorot_comes_uniform_and_normal),
        cmocka_unit_test(a_new_layer_begins_with_glorot_of_seed_0),
        cmocka_unit_test(layers_draw_from_streams_of_their_own),
        cmocka_unit_test(unknown_initialisations_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
