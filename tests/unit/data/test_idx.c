#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "idx_reading.h"
#include "support/cmocka_all.h"

#include "base/memory.h"

static sm_status read_labels(const byte_list *const file, const size_t wanted,
                             int32_t **const labels, size_t *const rows)
{
    smi_input *input = NULL;
    smi_stream *stream = NULL;
    *labels = NULL;
    assert_int_equal(smi_input_over(file->data, file->size, "file", &input), SM_OK);
    assert_int_equal(smi_stream_open(input, &stream), SM_OK);
    const sm_status status = smi_idx_read_labels(stream, wanted, labels, rows);
    smi_stream_close(stream);
    return status;
}

/* Reading the file as three labels must fail so. Frees it. */
static void assert_no_labels(byte_list *const file, const sm_status status,
                             const char *const message)
{
    int32_t *labels = NULL;
    size_t rows = 0;
    assert_int_equal(read_labels(file, 3, &labels, &rows), status);
    assert_string_equal(sm_error_message(), message);
    assert_null(labels);
    byte_list_free(file);
}

/* ---- element types ---- */

static void bytes_stay_bytes(void **state)
{
    (void)state;
    byte_list file = header_of(U8, 2, 2, 3, 0);
    put_bytes(&file, "\x00\x01\x7f\x80\xfe\xff", 6);
    smi_idx_features features;
    assert_int_equal(read_features(&file, &features), SM_OK);
    assert_int_equal(features.element, SM_U8);
    assert_int_equal(features.rows, 2);
    assert_int_equal(features.features, 3);
    assert_memory_equal(features.x, "\x00\x01\x7f\x80\xfe\xff", 6);
    smi_free(features.x);
    byte_list_free(&file);
}

/* Two rows of two features; the file is freed. */
static void assert_floats(byte_list *const file, const float a, const float b, const float c,
                          const float d)
{
    const float expected[] = {a, b, c, d};
    smi_idx_features features;
    assert_int_equal(read_features(file, &features), SM_OK);
    assert_int_equal(features.element, SM_F32);
    assert_int_equal(features.rows, 2);
    assert_int_equal(features.features, 2);
    assert_memory_equal(features.x, expected, sizeof expected);
    smi_free(features.x);
    byte_list_free(file);
}

static void other_integers_become_floats(void **state)
{
    (void)state;
    byte_list file = header_of(I8, 2, 2, 2, 0);
    put_bytes(&file, "\x00\x7f\x80\xff", 4);
    assert_floats(&file, 0.0F, 127.0F, -128.0F, -1.0F);

    file = header_of(I16, 2, 2, 2, 0);
    put_bytes(&file, "\x01\x02\x7f\xff\x80\x00\xff\xfe", 8);
    assert_floats(&file, 258.0F, 32767.0F, -32768.0F, -2.0F);

    file = header_of(I32, 2, 2, 2, 0);
    put_bytes(&file, "\x00\x01\x02\x03\x7f\xff\xff\xff\x80\x00\x00\x00\xff\xff\xff\xfd", 16);
    assert_floats(&file, 66051.0F, 2147483648.0F, -2147483648.0F, -3.0F); /* rounded once */
}

static void floating_point_numbers_become_floats(void **state)
{
    (void)state;
    byte_list file = header_of(F32, 2, 2, 2, 0);
    put_bytes(&file, "\x3f\x80\x00\x00\xc0\x20\x00\x00", 8); /* 1, −2.5 */
    put_f32(&file, FLT_MAX);
    put_f32(&file, FLT_TRUE_MIN);
    assert_floats(&file, 1.0F, -2.5F, FLT_MAX, FLT_TRUE_MIN);

    file = header_of(F64, 2, 2, 2, 0);
    put_bytes(&file, "\x3f\xf0\x00\x00\x00\x00\x00\x00", 8); /* 1 */
    put_f64(&file, 0.1);
    put_f64(&file, -(double)FLT_MAX);
    put_f64(&file, 1e-300);
    assert_floats(&file, 1.0F, 0.1F, -FLT_MAX, 0.0F);
}

static void values_that_no_finite_float_can_hold_are_named(void **state)
{
    (void)state;
    byte_list file = header_of(F32, 2, 2, 2, 0);
    put_f32(&file, 1.0F);
    put_f32(&file, 2.0F);
    put_f32(&file, 3.0F);
    put_f32(&file, INFINITY);
    assert_no_features(&file, SM_ERROR_DATA,
                       "file: row 1, feature 1: inf is not a finite 32-bit number");

    file = header_of(F32, 2, 2, 2, 0);
    put_f32(&file, 1.0F);
    put_u32(&file, 0x7fc00000); /* NaN */
    put_f32(&file, INFINITY);
    put_f32(&file, 4.0F);
    assert_no_features(&file, SM_ERROR_DATA,
                       "file: row 0, feature 1: nan is not a finite 32-bit number");

    file = header_of(F64, 3, 1, 2, 2);
    put_f64(&file, 1.0);
    put_f64(&file, 1.0);
    put_f64(&file, -1e39);
    put_f64(&file, 1.0);
    assert_no_features(&file, SM_ERROR_DATA,
                       "file: row 0, feature 2: -1e+39 is not a finite 32-bit number");

    file = header_of(F64, 2, 1, 1, 0);
    put_f64(&file, nextafter((double)FLT_MAX, INFINITY)); /* the next after the largest */
    assert_no_features(&file, SM_ERROR_DATA,
                       "file: row 0, feature 0: 3.40282e+38 is not a finite 32-bit number");
}

static void a_bad_value_is_found_far_into_the_file(void **state)
{
    (void)state;
    enum { ROWS = 3000, FEATURES = 7, BAD = 2999 * FEATURES + 5 };
    byte_list file = header_of(F32, 2, ROWS, FEATURES, 0);
    float *const values = calloc(ROWS * FEATURES, sizeof *values);
    assert_non_null(values);
    put_bytes(&file, values, ROWS * FEATURES * sizeof *values);
    file.data[12 + 4 * BAD] = 0x7f; /* infinity */
    file.data[12 + 4 * BAD + 1] = 0x80;
    free(values);
    assert_no_features(&file, SM_ERROR_DATA,
                       "file: row 2999, feature 5: inf is not a finite 32-bit number");
}

/* ---- shapes ---- */

static void rows_may_have_any_shape_of_up_to_seven_dimensions(void **state)
{
    (void)state;
    static const uint32_t extents[8] = {3, 2, 3, 1, 2, 1, 2, 1};
    static const size_t features_of[] = {0, 0, 2, 6, 6, 12, 12, 24, 24};
    for (size_t dimensions = 2; dimensions <= 8; dimensions++) {
        const size_t size = 3 * features_of[dimensions];
        byte_list file = idx_header(U8, dimensions, extents);
        for (size_t i = 0; i < size; i++) {
            put_u8(&file, (unsigned)i);
        }
        smi_idx_features features;
        assert_int_equal(read_features(&file, &features), SM_OK);
        assert_int_equal(features.rows, 3);
        assert_int_equal(features.features, features_of[dimensions]);
        assert_memory_equal(features.x, file.data + 4 + 4 * dimensions, size);
        /* Three dimensions, and only three, are pictures. */
        assert_int_equal(features.height, dimensions == 3 ? 2 : 0);
        assert_int_equal(features.width, dimensions == 3 ? 3 : 0);
        smi_free(features.x);
        byte_list_free(&file);
    }
}

static void dimensions_are_big_endian(void **state)
{
    (void)state;
    byte_list file = {0};
    put_bytes(&file, "\0\0\x08\x02\0\0\x01\x02\0\0\0\x01", 12); /* 258 rows of one */
    for (size_t i = 0; i < 258; i++) {
        put_u8(&file, (unsigned)i & 0xff);
    }
    smi_idx_features features;
    assert_int_equal(read_features(&file, &features), SM_OK);
    assert_int_equal(features.rows, 258);
    assert_int_equal(features.features, 1);
    smi_free(features.x);
    byte_list_free(&file);
}

/* ---- labels ---- */

static void labels_of_every_integer_type_are_read(void **state)
{
    (void)state;
    static const struct {
        unsigned type;
        size_t size;
        const char *values;
        int32_t expected[3];
    } cases[] = {
        {U8, 1, "\x00\x80\xff", {0, 128, 255}},
        {I8, 1, "\x7f\x80\xff", {127, -128, -1}},
        {I16, 2, "\x01\x02\x80\x00\xff\xff", {258, -32768, -1}},
        {I32, 4, "\x00\x01\x02\x03\x80\x00\x00\x00\x7f\xff\xff\xff", {66051, INT32_MIN, INT32_MAX}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t *labels = NULL;
        size_t rows = 0;
        byte_list file = header_of(cases[i].type, 1, 3, 0, 0);
        put_bytes(&file, cases[i].values, 3 * cases[i].size);
        assert_int_equal(read_labels(&file, 3, &labels, &rows), SM_OK);
        assert_int_equal(rows, 3);
        assert_memory_equal(labels, cases[i].expected, 3 * sizeof *labels);
        smi_free(labels);
        byte_list_free(&file);
    }
}

static void labels_must_be_one_dimension_of_integers(void **state)
{
    (void)state;
    byte_list file = header_of(F32, 1, 1, 0, 0);
    put_f32(&file, 1.0F);
    assert_no_labels(&file, SM_ERROR_FORMAT,
                     "file: byte 2: labels must be integers, these are not");
    file = header_of(F64, 1, 1, 0, 0);
    put_f64(&file, 1.0);
    assert_no_labels(&file, SM_ERROR_FORMAT,
                     "file: byte 2: labels must be integers, these are not");
    file = header_of(U8, 2, 2, 2, 0);
    put_bytes(&file, "abcd", 4);
    assert_no_labels(&file, SM_ERROR_FORMAT, "file: 2 dimensions: labels have one");
    file = header_of(U8, 1, 0, 0, 0);
    assert_no_labels(&file, SM_ERROR_DATA, "file: the file holds no rows");
    file = header_of(I16, 1, 3, 0, 0);
    put_bytes(&file, "abcde", 5);
    assert_no_labels(&file, SM_ERROR_FORMAT,
                     "file: the file ends after 2 of the 3 values that its header announces");
    file = header_of(I16, 1, 3, 0, 0);
    put_bytes(&file, "abcdefg", 7);
    assert_no_labels(&file, SM_ERROR_FORMAT,
                     "file: the file goes on after the 3 values that its header announces");
}

/* Behind the headers there is nothing: an attempt to read a label would fail. */
static void labels_are_not_read_unless_there_are_as_many_as_wanted(void **state)
{
    (void)state;
    static const uint32_t announced[] = {1, 2, 4, UINT32_MAX};
    for (size_t i = 0; i < sizeof announced / sizeof *announced; i++) {
        int32_t *labels = NULL;
        size_t rows = 0;
        byte_list file = header_of(U8, 1, announced[i], 0, 0);
        smi_input *input = pipe_input(file.data, file.size);
        smi_stream *stream = NULL;
        assert_int_equal(smi_stream_open(input, &stream), SM_OK);
        assert_int_equal(smi_idx_read_labels(stream, 3, &labels, &rows), SM_OK);
        assert_int_equal(rows, announced[i]);
        assert_null(labels);
        smi_stream_close(stream);
        byte_list_free(&file);
    }
}

/* ---- headers that are wrong ---- */

static void what_is_no_idx_file_is_told_by_its_first_bytes(void **state)
{
    (void)state;
    byte_list file = {0};
    put_bytes(&file, "\x89PNG\r\n\x1a\n", 8);
    assert_no_features(&file, SM_ERROR_FORMAT,
                       "file: byte 0: not an IDX file: it starts with 89 50, not 00 00");
    put_bytes(&file, "\0\x01\x08\x02", 4);
    assert_no_features(&file, SM_ERROR_FORMAT,
                       "file: byte 0: not an IDX file: it starts with 00 01, not 00 00");
    put_bytes(&file, "\x01\0\x08\x02", 4);
    assert_no_labels(&file, SM_ERROR_FORMAT,
                     "file: byte 0: not an IDX file: it starts with 01 00, not 00 00");
}

static void every_other_element_type_is_unknown(void **state)
{
    (void)state;
    for (unsigned type = 0; type < 256; type++) {
        if (type == U8 || type == I8 || (type >= I16 && type <= F64)) {
            continue;
        }
        char expected[64];
        (void)snprintf(expected, sizeof expected, "file: byte 2: unknown IDX element type 0x%02x",
                       type);
        byte_list file = header_of(type, 2, 1, 1, 0);
        put_u8(&file, 0);
        assert_no_features(&file, SM_ERROR_FORMAT, expected);
    }
}

static void the_number_of_dimensions_is_checked(void **state)
{
    (void)state;
    static const unsigned wrong[] = {0, 9, 128, 255};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char expected[64];
        (void)snprintf(expected, sizeof expected, "file: byte 3: %u dimensions; possible are 1 … 8",
                       wrong[i]);
        byte_list file = {0};
        put_bytes(&file, "\0\0\x08", 3);
        put_u8(&file, wrong[i]);
        for (size_t k = 0; k < 4 * wrong[i]; k++) {
            put_u8(&file, k % 4 == 3);
        }
        put_u8(&file, 7);
        assert_no_features(&file, SM_ERROR_FORMAT, expected);
    }
}

static void one_dimension_is_labels_and_not_features(void **state)
{
    (void)state;
    byte_list file = header_of(U8, 1, 3, 0, 0);
    put_bytes(&file, "abc", 3);
    assert_no_features(&file, SM_ERROR_FORMAT,
                       "file: one dimension: these are labels, not rows of features");
}

static void empty_dimensions_are_refused(void **state)
{
    (void)state;
    byte_list file = header_of(U8, 2, 0, 3, 0);
    assert_no_features(&file, SM_ERROR_DATA, "file: the file holds no rows");
    file = header_of(U8, 2, 3, 0, 0);
    assert_no_features(&file, SM_ERROR_DATA,
                       "file: the file holds no features: one of its dimensions is 0");
    file = header_of(U8, 3, 3, 2, 0);
    assert_no_features(&file, SM_ERROR_DATA,
                       "file: the file holds no features: one of its dimensions is 0");
    file = header_of(U8, 3, 0, 0, 0);
    assert_no_features(&file, SM_ERROR_DATA, "file: the file holds no rows");
}

static void sizes_that_overflow_are_refused(void **state)
{
    (void)state;
    byte_list file = header_of(U8, 3, UINT32_MAX, UINT32_MAX, UINT32_MAX);
    assert_no_features(&file, SM_ERROR_FORMAT,
                       "file: the product of the dimensions in the header overflows");
    /* A product that comes out as 0 modulo 2^64, and one as 4. */
    static const uint32_t to_zero[] = {0x10000, 0x10000, 0x10000, 0x10000};
    file = idx_header(U8, 4, to_zero);
    assert_no_features(&file, SM_ERROR_FORMAT,
                       "file: the product of the dimensions in the header overflows");
    file = header_of(F64, 2, UINT32_MAX, UINT32_MAX, 0);
    assert_no_features(&file, SM_ERROR_FORMAT,
                       "file: the header announces more than memory can address");
}

static void a_header_that_announces_more_than_the_file_has_is_refused(void **state)
{
    (void)state;
    byte_list file = header_of(U8, 2, 60000, 784, 0);
    put_bytes(&file, "abc", 3);
    assert_no_features(
        &file, SM_ERROR_FORMAT,
        "file: the header announces 47,040,000 bytes, the file is too short for them");
    file = header_of(I32, 1, UINT32_MAX, 0, 0);
    put_bytes(&file, "abc", 3);
    assert_no_labels(&file, SM_ERROR_FORMAT,
                     "file: the header announces 17,179,869,180 bytes, the "
                     "file is too short for them");
    /* As many gzip bytes as these cannot hold it either. */
    file = header_of(U8, 2, 60000, 784, 0);
    byte_list compressed = gzip_of(file.data, file.size);
    byte_list_free(&file);
    assert_no_features(
        &compressed, SM_ERROR_FORMAT,
        "file: the header announces 47,040,000 bytes, the file is too short for them");
}

/* ---- files that end early or late ---- */

static void a_file_that_ends_early_is_noticed_at_every_byte(void **state)
{
    (void)state;
    byte_list file = header_of(I16, 3, 2, 3, 2);
    for (unsigned i = 0; i < 12; i++) {
        put_u16(&file, i);
    }
    for (size_t kept = 0; kept < file.size; kept++) {
        char expected[128];
        if (kept < 16) {
            (void)snprintf(expected, sizeof expected,
                           "file: byte %zu: the file ends within its IDX header", kept);
        } else if (kept < 24) {
            (void)snprintf(expected, sizeof expected,
                           "file: the header announces 24 bytes, the "
                           "file is too short for them");
        } else {
            (void)snprintf(expected, sizeof expected,
                           "file: the file ends after %zu of the 12 "
                           "values that its header announces",
                           (kept - 16) / 2);
        }
        byte_list part = {0};
        put_bytes(&part, file.data, kept);
        assert_no_features(&part, SM_ERROR_FORMAT, expected);
    }
    byte_list_free(&file);
}

static void one_byte_too_many_is_noticed(void **state)
{
    (void)state;
    static const unsigned types[] = {U8, I8, I16, I32, F32, F64};
    static const size_t sizes[] = {1, 1, 2, 4, 4, 8};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        byte_list file = header_of(types[i], 2, 2, 2, 0);
        for (size_t k = 0; k < 4 * sizes[i] + 1; k++) {
            put_u8(&file, 0);
        }
        assert_no_features(&file, SM_ERROR_FORMAT,
                           "file: the file goes on after the 4 values that its header announces");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_stay_bytes),
        cmocka_unit_test(other_integers_become_floats),
        cmocka_unit_test(floating_point_numbers_become_floats),
        cmocka_unit_test(values_that_no_finite_float_can_hold_are_named),
        cmocka_unit_test(a_bad_value_is_found_far_into_the_file),
        cmocka_unit_test(rows_may_have_any_shape_of_up_to_seven_dimensions),
        cmocka_unit_test(dimensions_are_big_endian),
        cmocka_unit_test(labels_of_every_integer_type_are_read),
        cmocka_unit_test(labels_must_be_one_dimension_of_integers),
        cmocka_unit_test(labels_are_not_read_unless_there_are_as_many_as_wanted),
        cmocka_unit_test(what_is_no_idx_file_is_told_by_its_first_bytes),
        cmocka_unit_test(every_other_element_type_is_unknown),
        cmocka_unit_test(the_number_of_dimensions_is_checked),
        cmocka_unit_test(one_dimension_is_labels_and_not_features),
        cmocka_unit_test(empty_dimensions_are_refused),
        cmocka_unit_test(sizes_that_overflow_are_refused),
        cmocka_unit_test(a_header_that_announces_more_than_the_file_has_is_refused),
        cmocka_unit_test(a_file_that_ends_early_is_noticed_at_every_byte),
        cmocka_unit_test(one_byte_too_many_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
