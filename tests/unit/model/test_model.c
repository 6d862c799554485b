/* Models in memory: making, filling and looking at them. */
#include <float.h>
#include <math.h>
#include <string.h>

#include <softmax.h>

#include "kernel/kernel.h"
#include "model/forward.h"
#include "model/model.h"
#include "support/cmocka_all.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { FEATURES = 12, CLASSES = 5, KERNEL = FEATURES * CLASSES };

static const sm_shape plain = {.features = FEATURES, .classes = CLASSES, .scale = 1.0F};

static sm_model *create(const sm_shape shape)
{
    sm_model *model = NULL;
    assert_int_equal(sm_model_create(shape, &model), SM_OK);
    assert_non_null(model);
    return model;
}

static sm_shape changed(const char *const field, const size_t value)
{
    sm_shape shape = plain;
    shape.features = strcmp(field, "features") == 0 ? value : shape.features;
    shape.classes = strcmp(field, "classes") == 0 ? value : shape.classes;
    return shape;
}

static void check_refused(const sm_shape shape, const sm_status status, const char *const message)
{
    sm_model *model = NULL;
    assert_int_equal(sm_model_create(shape, &model), status);
    assert_string_equal(sm_error_message(), message);
    assert_null(model);
}

/* ---- making ---- */

static void a_new_model_has_its_shape_and_zero_parameters(void **state)
{
    (void)state;
    static const char *const names[] = {"cat", "dog", "Größe", "«x»", "\"quoted\""};
    sm_shape shape = plain;
    shape.image_height = 3;
    shape.image_width = 4;
    shape.shift = 2.0F;
    shape.scale = -0.5F;
    shape.class_names = names;
    sm_model *const model = create(shape);
    const sm_shape got = sm_model_shape(model);
    assert_int_equal(got.features, FEATURES);
    assert_int_equal(got.classes, CLASSES);
    assert_int_equal(got.image_height, 3);
    assert_int_equal(got.image_width, 4);
    assert_true(got.shift == 2.0F && got.scale == -0.5F);
    for (size_t c = 0; c < CLASSES; c++) {
        assert_string_equal(got.class_names[c], names[c]);
        assert_ptr_not_equal(got.class_names[c], names[c]); /* copied */
    }
    assert_int_equal(sm_model_parameter_count(model), KERNEL + CLASSES);
    assert_string_equal(sm_model_training(model), "");
    float kernel[KERNEL];
    float bias[CLASSES];
    memset(kernel, 0xff, sizeof kernel);
    memset(bias, 0xff, sizeof bias);
    assert_int_equal(sm_model_get_parameters(model, 0, kernel, bias), SM_OK);
    for (size_t i = 0; i < KERNEL; i++) {
        assert_true(kernel[i] == 0.0F);
    }
    for (size_t c = 0; c < CLASSES; c++) {
        assert_true(bias[c] == 0.0F);
    }
    sm_model_free(model);
}

static void classes_without_names_are_numbered(void **state)
{
    (void)state;
    sm_model *const model = create(changed("classes", 12));
    assert_string_equal(sm_model_shape(model).class_names[0], "0");
    assert_string_equal(sm_model_shape(model).class_names[11], "11");
    sm_model_free(model);
}

static void models_without_features_are_refused(void **state)
{
    (void)state;
    check_refused(changed("features", 0), SM_ERROR_ARGUMENT, "a model needs at least 1 feature");
}

static void models_of_too_few_or_too_many_classes_are_refused(void **state)
{
    (void)state;
    static const struct {
        size_t classes;
        const char *named;
    } cases[] = {{0, " 0"}, {1, " 1"}, {65537, " 65,537"}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        sm_model *model = NULL;
        assert_int_equal(sm_model_create(changed("classes", cases[i].classes), &model),
                         SM_ERROR_DATA);
        assert_null(model);
        assert_non_null(strstr(sm_error_message(), "a model tells apart 2 to 65,536 classes"));
        assert_non_null(strstr(sm_error_message(), cases[i].named));
    }
    sm_model_free(create(changed("classes", 65536)));
}

static void pictures_that_do_not_have_the_features_are_refused(void **state)
{
    (void)state;
    sm_shape shape = plain;
    shape.image_height = 3;
    shape.image_width = 5;
    check_refused(shape, SM_ERROR_ARGUMENT, "pictures of 3 × 5 do not have 12 features");
    shape.image_height = 0;
    check_refused(shape, SM_ERROR_ARGUMENT, "pictures of 0 × 5 do not have 12 features");
    shape.image_height = 5;
    shape.image_width = 0;
    check_refused(shape, SM_ERROR_ARGUMENT, "pictures of 5 × 0 do not have 12 features");
    shape.image_height = (size_t)1 << 63;
    shape.image_width = 4; /* the product wraps round to 0 */
    check_refused(shape, SM_ERROR_ARGUMENT,
                  "pictures of 9223372036854775808 × 4 do not have 12 features");
    shape.image_height = 0;
    shape.image_width = 0;
    shape.image_resize = true;
    check_refused(shape, SM_ERROR_ARGUMENT, "pictures cannot be resized to no size");
    shape.image_height = 2;
    shape.image_width = 2; /* in colour */
    sm_model_free(create(shape));
}

static void scalings_that_are_no_numbers_are_refused(void **state)
{
    (void)state;
    static const float bad[][2] = {{NAN, 1.0F},       {INFINITY, 1.0F}, {0.0F, NAN},
                                   {0.0F, -INFINITY}, {0.0F, 0.0F},     {1.0F, -0.0F}};
    for (size_t i = 0; i < COUNT(bad); i++) {
        sm_shape shape = plain;
        sm_model *model = NULL;
        shape.shift = bad[i][0];
        shape.scale = bad[i][1];
        assert_int_equal(sm_model_create(shape, &model), SM_ERROR_ARGUMENT);
        assert_null(model);
        assert_non_null(strstr(sm_error_message(), "both must be finite, and the scale not 0"));
    }
}

static void class_names_must_be_distinct_texts(void **state)
{
    (void)state;
    static const char *const twice[] = {"a", "b", "c", "b", "d"};
    static const char *const empty[] = {"a", "b", "", "c", "d"};
    static const char *const missing[] = {"a", "b", "c", "d", NULL};
    static const char *const broken[] = {"a", "\xff\xfe", "b", "c", "d"};
    static const struct {
        const char *const *names;
        const char *message;
    } cases[] = {{twice, "two classes have the name 'b'"},
                 {empty, "the name of class 2 is empty or not UTF-8"},
                 {missing, "the name of class 4 is empty or not UTF-8"},
                 {broken, "the name of class 1 is empty or not UTF-8"}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        sm_shape shape = plain;
        shape.class_names = cases[i].names;
        check_refused(shape, SM_ERROR_DATA, cases[i].message);
    }
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

static void models_that_do_not_fit_the_address_space_are_refused(void **state)
{
    (void)state;
    static const size_t features[] = {SIZE_MAX, SIZE_MAX / 2, SIZE_MAX / CLASSES,
                                      SIZE_MAX / CLASSES / sizeof(float), SIZE_MAX / 64};
    for (size_t i = 0; i < COUNT(features); i++) {
        sm_model *model = NULL;
        assert_int_equal(sm_model_create(changed("features", features[i]), &model),
                         SM_ERROR_MEMORY);
        assert_null(model);
        assert_non_null(strstr(sm_error_message(), "not enough memory"));
    }
}

static void null_is_answered(void **state)
{
    (void)state;
    sm_model *const model = create(plain);
    float kernel[KERNEL] = {0.0F};
    float bias[CLASSES] = {0.0F};
    sm_model *loaded = NULL;
    assert_int_equal(sm_model_create(plain, NULL), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_model_initialize(NULL, SM_INIT_ZEROS, 0), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_model_get_parameters(NULL, 0, kernel, bias), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_model_get_parameters(model, 0, NULL, bias), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_model_get_parameters(model, 0, kernel, NULL), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_model_set_parameters(NULL, 0, kernel, bias), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_model_set_parameters(model, 0, NULL, bias), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_model_set_parameters(model, 0, kernel, NULL), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_model_save(NULL, "/nowhere/a"), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_model_save(model, NULL), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_model_load(NULL, &loaded), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_model_load("/nowhere/a", NULL), SM_ERROR_ARGUMENT);
    assert_non_null(strstr(sm_error_message(), "is NULL"));
    sm_model_free(NULL);
    sm_model_free(model);
}

/* ---- filling ---- */

static void initializing_with_zeros_forgets_what_was_there(void **state)
{
    (void)state;
    sm_model *const model = create(plain);
    float kernel[KERNEL];
    float bias[CLASSES] = {1.0F, 2.0F};
    for (size_t i = 0; i < KERNEL; i++) {
        kernel[i] = 1.0F;
    }
    assert_int_equal(sm_model_set_parameters(model, 0, kernel, bias), SM_OK);
    assert_int_equal(sm_model_initialize(model, SM_INIT_ZEROS, 5), SM_OK);
    assert_int_equal(sm_model_get_parameters(model, 0, kernel, bias), SM_OK);
    for (size_t i = 0; i < KERNEL; i++) {
        assert_true(kernel[i] == 0.0F);
    }
    assert_true(bias[0] == 0.0F && bias[1] == 0.0F);
    sm_model_free(model);
}

/* Initialises a model of 700 × 10 and checks that its kernel fills low … high evenly. */
static void check_spread(const sm_init init, const double low, const double high)
{
    enum { MANY = 7000 };
    sm_shape shape = plain;
    shape.features = MANY / 10;
    shape.classes = 10;
    sm_model *const model = create(shape);
    float kernel[MANY];
    float bias[10];
    double sum = 0.0;
    double least = INFINITY;
    double most = -INFINITY;
    assert_int_equal(sm_model_initialize(model, init, 1), SM_OK);
    assert_int_equal(sm_model_get_parameters(model, 0, kernel, bias), SM_OK);
    for (size_t i = 0; i < MANY; i++) {
        sum += (double)kernel[i];
        least = fmin(least, (double)kernel[i]);
        most = fmax(most, (double)kernel[i]);
    }
    const double width = high - low;
    assert_true(least >= low && most < high + 1e-7 * width);
    assert_true(least < low + 0.01 * width && most > high - 0.01 * width);
    /* five standard deviations of the mean of so many uniform numbers */
    assert_true(fabs(sum / MANY - (low + high) / 2.0) < 5.0 * width / sqrt(12.0 * MANY));
    for (size_t c = 0; c < 10; c++) {
        assert_true(bias[c] == 0.0F);
    }
    sm_model_free(model);
}

static void uniform_parameters_fill_zero_to_one(void **state)
{
    (void)state;
    check_spread(SM_INIT_UNIFORM, 0.0, 1.0);
}

static void glorot_parameters_fill_their_limits(void **state)
{
    (void)state;
    const double limit = sqrt(6.0 / (700 + 10));
    check_spread(SM_INIT_GLOROT, -limit, limit);
}

/* From xoshiro256** and SplitMix64 written anew in Python: these must never change. */
static void the_same_seed_gives_the_same_parameters_everywhere(void **state)
{
    (void)state;
    static const struct {
        uint64_t seed;
        float first[3];
        float last;
    } pinned[] = {{0, {0xee127fp-24F, 0xd6dad8p-24F, 0x2a52c1p-24F}, 0xad9b65p-24F},
                  {42, {0x584870p-24F, 0x24862bp-24F, 0xb77af7p-24F}, 0x13ecdfp-24F},
                  {UINT64_MAX, {0xd85952p-24F, 0xa8aafap-24F, 0x14f303p-24F}, 0xc38ec7p-24F}};
    sm_model *const model = create(plain);
    float kernel[KERNEL];
    float again[KERNEL];
    float bias[CLASSES];
    const double limit = sqrt(6.0 / (FEATURES + CLASSES));
    for (size_t i = 0; i < COUNT(pinned); i++) {
        assert_int_equal(sm_model_initialize(model, SM_INIT_UNIFORM, pinned[i].seed), SM_OK);
        assert_int_equal(sm_model_get_parameters(model, 0, kernel, bias), SM_OK);
        assert_memory_equal(kernel, pinned[i].first, sizeof pinned[i].first);
        assert_true(kernel[KERNEL - 1] == pinned[i].last);
        assert_int_equal(sm_model_initialize(model, SM_INIT_GLOROT, pinned[i].seed), SM_OK);
        assert_int_equal(sm_model_get_parameters(model, 0, again, bias), SM_OK);
        for (size_t k = 0; k < KERNEL; k++) {
            const double expected = limit * (2.0 * (double)kernel[k] - 1.0);
            assert_true(fabs((double)again[k] - expected) <= 0x1p-23 * limit);
        }
    }
    sm_model_free(model);
}

static void different_seeds_give_different_parameters(void **state)
{
    (void)state;
    sm_model *const model = create(plain);
    float kernel[2][KERNEL];
    float bias[CLASSES];
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(sm_model_initialize(model, SM_INIT_UNIFORM, i), SM_OK);
        assert_int_equal(sm_model_get_parameters(model, 0, kernel[i], bias), SM_OK);
    }
    assert_memory_not_equal(kernel[0], kernel[1], sizeof kernel[0]);
    sm_model_free(model);
}

static void unknown_initialisations_are_refused_and_change_nothing(void **state)
{
    (void)state;
    sm_model *const model = create(plain);
    float before[KERNEL];
    float after[KERNEL];
    float bias[CLASSES];
    assert_int_equal(sm_model_initialize(model, SM_INIT_UNIFORM, 3), SM_OK);
    assert_int_equal(sm_model_get_parameters(model, 0, before, bias), SM_OK);
    assert_int_equal(sm_model_initialize(model, (sm_init)7, 3), SM_ERROR_ARGUMENT);
    assert_string_equal(sm_error_message(), "sm_model_initialize: there is no initialisation 7");
    assert_int_equal(sm_model_get_parameters(model, 0, after, bias), SM_OK);
    assert_memory_equal(after, before, sizeof after);
    sm_model_free(model);
}

static void parameters_come_back_as_they_were_set(void **state)
{
    (void)state;
    static const float extremes[] = {FLT_MAX, -FLT_MAX, FLT_MIN, 1e-45F, -0.0F, 0.1F};
    sm_model *const model = create(plain);
    float kernel[KERNEL];
    float bias[CLASSES];
    float kernel_back[KERNEL];
    float bias_back[CLASSES];
    for (size_t i = 0; i < KERNEL; i++) {
        kernel[i] = extremes[i % COUNT(extremes)];
    }
    for (size_t c = 0; c < CLASSES; c++) {
        bias[c] = extremes[COUNT(extremes) - 1 - c];
    }
    assert_int_equal(sm_model_set_parameters(model, 0, kernel, bias), SM_OK);
    assert_int_equal(sm_model_get_parameters(model, 0, kernel_back, bias_back), SM_OK);
    assert_memory_equal(kernel_back, kernel, sizeof kernel);
    assert_memory_equal(bias_back, bias, sizeof bias);
    sm_model_free(model);
}

static void parameters_that_are_no_numbers_are_refused_and_change_nothing(void **state)
{
    (void)state;
    static const float bad[] = {NAN, INFINITY, -INFINITY};
    sm_model *const model = create(plain);
    float kernel[KERNEL] = {0.0F};
    float bias[CLASSES] = {0.0F};
    float back[KERNEL];
    for (size_t b = 0; b < COUNT(bad); b++) {
        kernel[0] = 5.0F;
        kernel[KERNEL - 1] = bad[b];
        assert_int_equal(sm_model_set_parameters(model, 0, kernel, bias), SM_ERROR_DATA);
        assert_string_equal(sm_error_message(), "kernel: value 59 is not a finite number");
        kernel[KERNEL - 1] = 0.0F;
        bias[1] = bad[b];
        assert_int_equal(sm_model_set_parameters(model, 0, kernel, bias), SM_ERROR_DATA);
        assert_string_equal(sm_error_message(), "bias: value 1 is not a finite number");
        bias[1] = 0.0F;
        assert_int_equal(sm_model_get_parameters(model, 0, back, bias), SM_OK);
        assert_true(back[0] == 0.0F);
    }
    sm_model_free(model);
}

/* ---- the forward pass ---- */

/* The logits are those of ((x − shift) · scale) · kernel + bias, up to the roundings of the
 * kernels (docs/numerics.md), which fold the scaling into the weights first. */
static void check_logits(const float shift, const float scale)
{
    sm_shape shape = plain;
    shape.shift = shift;
    shape.scale = scale;
    sm_model *const model = create(shape);
    float kernel[KERNEL];
    float bias[CLASSES];
    float x[FEATURES];
    float logits[CLASSES];
    for (size_t i = 0; i < KERNEL; i++) {
        kernel[i] = sinf((float)i);
    }
    for (size_t c = 0; c < CLASSES; c++) {
        bias[c] = cosf((float)c);
    }
    for (size_t f = 0; f < FEATURES; f++) {
        x[f] = shift + 3.0F * sinf(7.0F * (float)f);
    }
    assert_int_equal(sm_model_set_parameters(model, 0, kernel, bias), SM_OK);
    const void *const row = x;
    smi_model_logits(model, SM_F32, &row, 1, NULL, logits);
    for (size_t c = 0; c < CLASSES; c++) {
        double exact = (double)bias[c];
        double magnitude = fabs(exact);
        for (size_t f = 0; f < FEATURES; f++) {
            const double weight = (double)kernel[f * CLASSES + c] * (double)scale;
            exact += ((double)x[f] - (double)shift) * weight;
            magnitude += (fabs((double)x[f]) + fabs((double)shift)) * fabs(weight);
        }
        /* one rounding folds each weight, and at most FEATURES + 2 follow */
        assert_true(fabs((double)logits[c] - exact) <= (FEATURES + 4) * 0x1p-24 * magnitude);
    }
    sm_model_free(model);
}

static void scaling_is_folded_into_the_logits(void **state)
{
    (void)state;
    check_logits(0.0F, 1.0F);
    check_logits(0.0F, 1.0F / 255.0F);
    check_logits(127.5F, 1.0F / 127.5F);
    check_logits(-40.0F, -3.0F);
    check_logits(1e5F, 1e-3F);
}

static void every_way_of_filling_reaches_the_logits(void **state)
{
    (void)state;
    sm_model *const model = create(plain);
    float kernel[KERNEL];
    float bias[CLASSES] = {1.0F, 2.0F, 3.0F, 4.0F, 5.0F};
    float x[FEATURES] = {1.0F};
    float logits[CLASSES];
    const void *const row = x;
    smi_model_logits(model, SM_F32, &row, 1, NULL, logits);
    assert_true(logits[0] == 0.0F && logits[4] == 0.0F);
    assert_int_equal(sm_model_initialize(model, SM_INIT_UNIFORM, 9), SM_OK);
    assert_int_equal(sm_model_get_parameters(model, 0, kernel, bias), SM_OK);
    smi_model_logits(model, SM_F32, &row, 1, NULL, logits);
    assert_memory_equal(logits, kernel, sizeof logits); /* the first feature's weights */
    bias[2] = 0.5F;
    kernel[2] = 0.25F;
    assert_int_equal(sm_model_set_parameters(model, 0, kernel, bias), SM_OK);
    smi_model_logits(model, SM_F32, &row, 1, NULL, logits);
    assert_true(logits[2] == 0.75F);
    sm_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_model_has_its_shape_and_zero_parameters),
        cmocka_unit_test(classes_without_names_are_numbered),
        cmocka_unit_test(models_without_features_are_refused),
        cmocka_unit_test(models_of_too_few_or_too_many_classes_are_refused),
        cmocka_unit_test(pictures_that_do_not_have_the_features_are_refused),
        cmocka_unit_test(scalings_that_are_no_numbers_are_refused),
        cmocka_unit_test(class_names_must_be_distinct_texts),
        cmocka_unit_test(models_that_do_not_fit_the_address_space_are_refused),
        cmocka_unit_test(null_is_answered),
        cmocka_unit_test(initializing_with_zeros_forgets_what_was_there),
        cmocka_unit_test(uniform_parameters_fill_zero_to_one),
        cmocka_unit_test(glorot_parameters_fill_their_limits),
        cmocka_unit_test(the_same_seed_gives_the_same_parameters_everywhere),
        cmocka_unit_test(different_seeds_give_different_parameters),
        cmocka_unit_test(unknown_initialisations_are_refused_and_change_nothing),
        cmocka_unit_test(parameters_come_back_as_they_were_set),
        cmocka_unit_test(parameters_that_are_no_numbers_are_refused_and_change_nothing),
        cmocka_unit_test(scaling_is_folded_into_the_logits),
        cmocka_unit_test(every_way_of_filling_reaches_the_logits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
