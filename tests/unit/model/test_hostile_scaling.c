/* Models whose features are scaled in ways that are none, as a whole or column by column. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "model/model_file.h"
#include "support/cmocka_all.h"
#include "support/tiny_model.h"
#include "unit/model/spoilt.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void scalings_that_are_none_are_refused(void **state)
{
    (void)state;
    static const char none[] =
        "metadata 'softmax.model': 'scaling' is neither null nor a shift and "
        "a scale";
    static const spoilt cases[] = {
        {"\\\"scaling\\\"", "\\\"Scaling\\\"", 8, none},
        {"{\\\"shift\\\":0.5,\\\"scale\\\":2.0}", "null", 8,
         "it should hold 4 tensors, a kernel and a bias for each layer, 'shift' and 'scale'; these "
         "are 2"},
        {"{\\\"shift\\\":0.5,\\\"scale\\\":2.0}", "[0.5,2.0]", 8, none},
        {"\\\"shift\\\":0.5,", "", 8, none},
        {",\\\"scale\\\":2.0", "", 8, none},
        {"\\\"scale\\\":2.0", "\\\"scale\\\":\\\"2\\\"", 8, none},
        {"\\\"shift\\\":0.5", "\\\"shift\\\":null", 8, none},
    };
    check_spoilt(cases, COUNT(cases), check_refused);
    static const spoilt impossible[] = {
        {"\\\"scale\\\":2.0", "\\\"scale\\\":0", 8,
         "features cannot be shifted by 0.5 and scaled by 0"},
        {"\\\"scale\\\":2.0", "\\\"scale\\\":-0.0", 8,
         "features cannot be shifted by 0.5 and scaled by"},
        {"\\\"scale\\\":2.0", "\\\"scale\\\":1e-60", 8,
         "features cannot be shifted by 0.5 and scaled by 0"},
        {"\\\"scale\\\":2.0", "\\\"scale\\\":1e60", 8,
         "features cannot be shifted by 0.5 and scaled by inf"},
        {"\\\"shift\\\":0.5", "\\\"shift\\\":-1e60", 8, "features cannot be shifted by -inf"},
    };
    check_spoilt(impossible, COUNT(impossible), check_refused_somehow);
}

/* ---- columns scaled one by one ---- */

/* The tiny model with a shift and a scale for each feature; freed by free(). */
static char *header_with_columns(void)
{
    char *const null = replaced(tiny_header, "{\\\"shift\\\":0.5,\\\"scale\\\":2.0}", "null");
    char *const both =
        replaced(null, "[24,32]}}",
                 "[24,32]},\"shift\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[32,44]},"
                 "\"scale\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[44,56]}}");
    free(null);
    return both;
}

enum { SHIFT = TINY_FLOATS, SCALE = TINY_FLOATS + TINY_FEATURES, ALL = SCALE + TINY_FEATURES };

static void fill_with_columns(float *const values)
{
    memcpy(values, tiny_values, sizeof tiny_values);
    for (size_t f = 0; f < TINY_FEATURES; f++) {
        values[SHIFT + f] = (float)f - 1.0F;
        values[SCALE + f] = 0.5F + (float)f;
    }
}

static void columns_may_have_their_own_scaling(void **state)
{
    (void)state;
    float values[ALL];
    sm_model *model = NULL;
    char *const header = header_with_columns();
    fill_with_columns(values);
    byte_list file = model_file(header, values, ALL);
    assert_int_equal(smi_model_parse(file.data, file.size, "m", &model), SM_OK);
    const sm_shape shape = sm_model_shape(model);
    assert_memory_equal(shape.column_shift, values + SHIFT, TINY_FEATURES * sizeof *values);
    assert_memory_equal(shape.column_scale, values + SCALE, TINY_FEATURES * sizeof *values);
    assert_true(shape.shift == 0.0F && shape.scale == 1.0F);
    sm_model_free(model);
    byte_list_free(&file);
    free(header);
}

static void column_tensors_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    static const spoilt cases[] = {
        {"null}", "{\\\"shift\\\":0.5,\\\"scale\\\":2.0}}", ALL,
         "it should hold 2 tensors, a kernel and a bias for each layer; these are 4"},
        {"\"shift\"", "\"Shift\"", ALL, "tensor 'shift' is missing"},
        {"\"scale\"", "\"Scale\"", ALL, "tensor 'scale' is missing"},
        {",\"scale\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[44,56]}", "", SCALE,
         "it should hold 4 tensors, a kernel and a bias for each layer, 'shift' and 'scale'; these "
         "are 3"},
        {"[3],\"data_offsets\":[32,44]", "[3,1],\"data_offsets\":[32,44]", ALL,
         "tensor 'shift' is not F32 of the shape that the description gives"},
        {"\"F32\",\"shape\":[3],\"data_offsets\":[44,56]",
         "\"I32\",\"shape\":[3],\"data_offsets\":[44,56]", ALL,
         "tensor 'scale' is not F32 of the shape that the description gives"},
        {"[3],\"data_offsets\":[44,56]", "[2],\"data_offsets\":[44,52]", ALL - 1,
         "tensor 'scale' is not F32 of the shape that the description gives"},
        {"[3],\"data_offsets\":[44,56]", "[4],\"data_offsets\":[44,60]", ALL + 1,
         "tensor 'scale' is not F32 of the shape that the description gives"},
    };
    char *const header = header_with_columns();
    for (size_t i = 0; i < COUNT(cases); i++) {
        float values[ALL + 1] = {0.0F};
        fill_with_columns(values);
        char *const text = replaced(header, cases[i].part, cases[i].replacement);
        byte_list file = model_file(text, values, cases[i].floats);
        check_refused(file.data, file.size, cases[i].message);
        byte_list_free(&file);
        free(text);
    }
    free(header);
}

static void column_scalings_that_are_none_are_refused(void **state)
{
    (void)state;
    static const struct {
        size_t place;
        float value;
        const char *message;
    } cases[] = {
        {SHIFT, NAN, "tensor 'shift': value 0 is not a finite number"},
        {SHIFT + 2, -INFINITY, "tensor 'shift': value 2 is not a finite number"},
        {SCALE + 1, INFINITY, "tensor 'scale': value 1 is not a finite number"},
        {SCALE + 1, 0.0F,
         "column 1 cannot be shifted by 0 and scaled by 0: both must be finite, and the scale not "
         "0"},
        {SCALE + 2, -0.0F,
         "column 2 cannot be shifted by 1 and scaled by -0: both must be finite, and the scale not "
         "0"},
    };
    char *const header = header_with_columns();
    for (size_t i = 0; i < COUNT(cases); i++) {
        float values[ALL];
        fill_with_columns(values);
        values[cases[i].place] = cases[i].value;
        byte_list file = model_file(header, values, ALL);
        check_refused(file.data, file.size, cases[i].message);
        byte_list_free(&file);
    }
    free(header);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scalings_that_are_none_are_refused),
        cmocka_unit_test(columns_may_have_their_own_scaling),
        cmocka_unit_test(column_tensors_that_do_not_fit_are_refused),
        cmocka_unit_test(column_scalings_that_are_none_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
