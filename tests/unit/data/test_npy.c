#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/message.h"
#include "support/npy_bytes.h"
#include "support/scratch.h"

#include "data/content.h"
#include "data/dataset.h"

/* Writes the array to a file of this name, and frees it. */
static void write_array(const char *const folder, const char *const name, byte_list array)
{
    write_file(path_in(folder, name).text, array.data, array.size);
    byte_list_free(&array);
}

static sm_dataset *open_file(const char *const folder, const char *const name)
{
    sm_dataset *dataset = NULL;
    if (sm_dataset_open(path_in(folder, name).text, &dataset) != SM_OK) {
        fail_msg("%s", sm_error_message());
    }
    return dataset;
}

/* Opens an array as a file of its own. */
static sm_dataset *open_array(const char *const folder, const byte_list array)
{
    write_array(folder, "array.npy", array);
    return open_file(folder, "array.npy");
}

static void assert_rows(const sm_dataset *const dataset, const float *const expected)
{
    float row[64];
    assert_true(dataset->shape.features <= 64);
    for (size_t r = 0; r < dataset->rows; r++) {
        assert_int_equal(sm_dataset_row(dataset, r, row), SM_OK);
        for (size_t f = 0; f < dataset->shape.features; f++) {
            assert_true(row[f] == expected[r * dataset->shape.features + f]);
        }
    }
}

static void assert_refused(const char *const folder, const byte_list array, const sm_status status,
                           const char *const message)
{
    sm_dataset *dataset = NULL;
    write_array(folder, "array.npy", array);
    assert_int_equal(sm_dataset_open(path_in(folder, "array.npy").text, &dataset), status);
    assert_message("%s%s", path_in(folder, "array.npy").text, message);
    assert_null(dataset);
}

/* ---- features ---- */

static void numbers_of_every_type_are_features(void **state)
{
    static const struct {
        const char *type;
        size_t size;
        unsigned char bytes[16]; /* two numbers */
        float values[2];
    } cases[] = {
        {"|b1", 1, {1, 0}, {1, 0}},
        {"|u1", 1, {7, 255}, {7, 255}},
        {"|i1", 1, {7, 0xff}, {7, -1}},
        {"<u2", 2, {1, 2, 0xff, 0xff}, {513, 65535}},
        {">u2", 2, {1, 2, 0xff, 0xff}, {258, 65535}},
        {"<i2", 2, {1, 2, 0xff, 0xff}, {513, -1}},
        {"<u4", 4, {0, 0, 0, 0x80, 1, 0, 0, 0}, {2147483648.0F, 1}},
        {"<i4", 4, {0, 0, 0, 0x80, 1, 0, 0, 0}, {-2147483648.0F, 1}},
        {">i8", 8, {0, 0, 0, 0, 0, 0, 1, 0, 255, 255, 255, 255, 255, 255, 255, 254}, {256, -2}},
        {"<u8", 8, {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80}, {1, 0x1p63F}},
        {"<f2", 2, {0x00, 0x3e, 0x01, 0x80}, {1.5F, -0x1p-24F}},
        {">f2", 2, {0x7b, 0xff, 0x84, 0x00}, {65504, -0x1p-14F}},
        {"<f4", 4, {0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0}, {1, -2.5F}},
        {">f4", 4, {0x3f, 0x80, 0, 0, 0xc0, 0x20, 0, 0}, {1, -2.5F}},
        {"<f8", 8, {0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0, 0, 0, 0, 0, 0, 0x04, 0xc0}, {1, -2.5F}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sm_dataset *const dataset =
            open_array(*state, npy_of(cases[i].type, "(2, 1)", cases[i].bytes, 2 * cases[i].size));
        assert_int_equal(dataset->rows, 2);
        assert_int_equal(dataset->shape.features, 1);
        assert_int_equal(dataset->element, strcmp(cases[i].type, "|u1") == 0 ? SM_U8 : SM_F32);
        assert_false(sm_dataset_has_labels(dataset));
        assert_rows(dataset, cases[i].values);
        sm_dataset_free(dataset);
    }
}

static void fortran_order_is_turned_into_rows(void **state)
{
    static const unsigned char bytes[] = {1, 4, 2, 5, 3, 6};
    static const float rows[] = {1, 2, 3, 4, 5, 6};
    sm_dataset *dataset = open_array(
        *state, npy_with_header("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3)}", bytes,
                                sizeof bytes));
    assert_rows(dataset, rows);
    sm_dataset_free(dataset);
    /* Two pictures of 2 × 2: the second index changes before the third. */
    static const signed char pictures[] = {1, 5, 3, 7, 2, 6, 4, 8};
    static const float pixels[] = {1, 2, 3, 4, 5, 6, 7, 8};
    dataset = open_array(
        *state, npy_with_header("{'descr': '|i1', 'fortran_order': True, 'shape': (2, 2, 2)}",
                                pictures, sizeof pictures));
    assert_rows(dataset, pixels);
    assert_int_equal(dataset->shape.image_height, 2);
    sm_dataset_free(dataset);
}

static void three_dimensions_and_channels_are_pictures(void **state)
{
    static const unsigned char bytes[12] = {0};
    static const struct {
        const char *shape;
        size_t features;
        size_t height;
        size_t width;
    } cases[] = {{"(1, 3, 4)", 12, 3, 4},
                 {"(2, 3, 2, 1)", 6, 3, 2},
                 {"(2, 1, 2, 3)", 6, 1, 2},
                 {"(2, 1, 1, 6)", 6, 0, 0},
                 {"(3L, 4L)", 4, 0, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sm_dataset *const dataset = open_array(*state, npy_of("|u1", cases[i].shape, bytes, 12));
        assert_int_equal(dataset->shape.features, cases[i].features);
        assert_int_equal(dataset->shape.image_height, cases[i].height);
        assert_int_equal(dataset->shape.image_width, cases[i].width);
        sm_dataset_free(dataset);
    }
}

static void bytes_and_floats_stay_in_the_file(void **state)
{
    const float values[] = {1, 2, 3, 4};
    write_array(*state, "unaligned.npy", npy_of("|u1", "(4, 1)", "abcd", 4));
    sm_dataset *dataset = open_file(*state, "unaligned.npy");
    assert_true(smi_content_is_mapped(smi_dataset_content(dataset)));
    sm_dataset_free(dataset);
    sm_dataset *made = NULL;
    assert_int_equal(sm_dataset_borrow_f32(values, 2, 2, NULL, 1, &made), SM_OK);
    assert_int_equal(sm_dataset_save_npy(made, path_in(*state, "saved.npy").text, NULL), SM_OK);
    sm_dataset_free(made);
    dataset = open_file(*state, "saved.npy");
    assert_true(smi_content_is_mapped(smi_dataset_content(dataset)));
    assert_false(dataset->streamed); /* it is small */
    assert_rows(dataset, values);
    sm_dataset_free(dataset);
}

static void what_is_compressed_is_read(void **state)
{
    byte_list array = npy_of("<i2", "(1, 2)", "\1\0\2\0", 4);
    write_array(*state, "array.npy.gz", gzip_of(array.data, array.size));
    byte_list_free(&array);
    sm_dataset *const dataset = open_file(*state, "array.npy.gz");
    static const float values[] = {1, 2};
    assert_rows(dataset, values);
    sm_dataset_free(dataset);
}

static void numbers_that_are_not_finite_are_refused(void **state)
{
    static const unsigned char nan[] = {0, 0, 0x80, 0x3f, 0, 0, 0xc0, 0x7f};
    static const unsigned char large[] = {0, 0, 0, 0, 0, 0, 0xf0, 0x7e};
    static const unsigned char infinite[] = {0x00, 0x00, 0x00, 0x7c, 0x01, 0x00, 0x00, 0x00};
    assert_refused(*state, npy_of("<f4", "(2, 1)", nan, sizeof nan), SM_ERROR_DATA,
                   ": row 1, column 0: nan is not a finite 32-bit number");
    assert_refused(*state, npy_of("<f8", "(1, 1)", large, sizeof large), SM_ERROR_DATA,
                   ": row 0, column 0: 2.74306e+303 is not a finite 32-bit number");
    assert_refused(*state,
                   npy_with_header("{'descr': '<f2', 'fortran_order': True, 'shape': (2, 2), }",
                                   infinite, sizeof infinite),
                   SM_ERROR_DATA, ": row 1, column 0: inf is not a finite 32-bit number");
}

/* ---- labels ---- */

/* Opens two rows with labels beside them; returns what the second's class is called. */
static const char *second_class(const char *const folder, const byte_list labels,
                                sm_dataset **const dataset)
{
    write_array(folder, "x.npy", npy_of("|u1", "(2, 1)", "ab", 2));
    write_array(folder, "y.npy", labels);
    *dataset = open_file(folder, "x.npy");
    assert_true(sm_dataset_has_labels(*dataset));
    return (*dataset)->shape.class_names[sm_dataset_label(*dataset, 1)];
}

static void labels_lie_beside_features(void **state)
{
    static const struct {
        const char *type;
        const char *shape;
        unsigned char bytes[24];
        size_t size;
        const char *second;
    } cases[] = {
        {"|u1", "(2,)", {9, 7}, 2, "7"},
        {"<i8", "(2,)", {9, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255}, 16, "-1"},
        {">i2", "(2, 1)", {0, 1, 0, 3}, 4, "3"},
        {"<f4", "(2,)", {0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0}, 8, "-2"},
        {"|b1", "(2,)", {0, 1}, 2, "1"},
        {"|S3", "(2,)", {'c', 'a', 't', 'a', 0, 0}, 6, "a"},
        {"<U2", "(2,)", {'x', 0, 0, 0, 0, 0, 0, 0, 'a', 0, 0, 0, 0xe9, 0, 0, 0}, 16, "a\xc3\xa9"},
        {">U1", "(2,)", {0, 0, 0, 'x', 0, 1, 0xf6, 0x00}, 8, "\xf0\x9f\x98\x80"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sm_dataset *dataset = NULL;
        const char *const name = second_class(
            *state, npy_of(cases[i].type, cases[i].shape, cases[i].bytes, cases[i].size), &dataset);
        assert_string_equal(name, cases[i].second);
        assert_int_equal(dataset->shape.classes, 2);
        sm_dataset_free(dataset);
    }
}

static void names_tell_which_labels_belong_where(void **state)
{
    static const char *const pairs[][2] = {
        {"X.npy", "y.npy"}, {"x_train.npy", "y_train.npy"}, {"set.npy", "set_labels.npy"}};
    for (size_t i = 0; i < 3; i++) {
        write_array(*state, pairs[i][0], npy_of("|u1", "(2, 1)", "ab", 2));
        write_array(*state, pairs[i][1], npy_of("|u1", "(2,)", "\1\2", 2));
        sm_dataset *const dataset = open_file(*state, pairs[i][0]);
        assert_true(sm_dataset_has_labels(dataset));
        sm_dataset_free(dataset);
    }
}

static void labels_may_be_given(void **state)
{
    static const unsigned char idx[] = {0, 0, 8, 1, 0, 0, 0, 2, 5, 6};
    sm_dataset *dataset = NULL;
    write_array(*state, "features.npy", npy_of("|u1", "(2, 1)", "ab", 2));
    write_array(*state, "text.npy", npy_of("|S1", "(2,)", "ba", 2));
    write_file(path_in(*state, "idx").text, idx, sizeof idx);
    static const char *const names[] = {"text.npy", "idx"};
    static const char *const firsts[] = {"b", "5"};
    for (size_t i = 0; i < 2; i++) {
        const scratch_path labels = path_in(*state, names[i]);
        sm_open_options options = sm_open_options_default();
        options.labels_path = labels.text;
        assert_int_equal(
            sm_dataset_open_with(path_in(*state, "features.npy").text, &options, &dataset), SM_OK);
        assert_string_equal(dataset->shape.class_names[sm_dataset_label(dataset, 0)], firsts[i]);
        sm_dataset_free(dataset);
        dataset = NULL;
        assert_int_equal(sm_dataset_open_with("blobs", &options, &dataset), SM_ERROR_ARGUMENT);
    }
}

static void assert_labels_refused(const char *const folder, const byte_list labels,
                                  const char *const message)
{
    sm_dataset *dataset = NULL;
    write_array(folder, "x.npy", npy_of("|u1", "(2, 1)", "ab", 2));
    write_array(folder, "y.npy", labels);
    assert_true(sm_dataset_open(path_in(folder, "x.npy").text, &dataset) != SM_OK);
    assert_non_null(strstr(sm_error_message(), message));
    assert_null(dataset);
}

static void labels_that_are_none_are_refused(void **state)
{
    static const unsigned char half[] = {0, 0, 0, 0x3f, 0, 0, 0, 0};
    static const unsigned char large[] = {0, 0, 0, 0x80, 0, 0, 0, 0};
    static const unsigned char surrogate[] = {0, 0xd8, 0, 0, 'a', 0, 0, 0};
    assert_labels_refused(*state, npy_of("<f4", "(2,)", half, 8),
                          "y.npy: element 0: 0.5 is not a whole number from -2147483648 to "
                          "2147483647");
    assert_labels_refused(*state, npy_of("<u4", "(2,)", large, 8),
                          "y.npy: element 0: 2147483648 is not a whole number from");
    assert_labels_refused(*state, npy_of("|u1", "(3,)", "abc", 3), "x.npy has 2 rows, but");
    assert_labels_refused(*state, npy_of("|u1", "(1, 2)", "ab", 2),
                          "y.npy: 2 dimensions: labels have one; np.argmax(y, axis=1) makes them "
                          "of one-hot rows");
    assert_labels_refused(*state, npy_of("|S1", "(2,)", "a\0", 2),
                          "y.npy: row 1: the label is empty, not UTF-8, or longer than 1024 bytes");
    assert_labels_refused(*state, npy_of("<U1", "(2,)", surrogate, 8), "y.npy: row 0: the label");
}

/* ---- headers ---- */

static void headers_that_are_none_are_refused(void **state)
{
    static const struct {
        const char *dictionary;
        const char *message;
    } cases[] = {
        {"", ": byte 10: expected '{', which NPY headers begin with"},
        {"{", ": byte 11: expected a key in quotes, or '}'"},
        {"{}", ": the header has no 'descr'"},
        {"{'descr': '|u1', 'shape': (2, 1)}", ": the header has no 'fortran_order'"},
        {"{'descr': '|u1', 'descr': '|u1'}", ": byte 34: a key is there twice"},
        {"{'type': 1}", ": byte 17: a key that is none of 'descr', 'fortran_order' and 'shape'"},
        {"{'descr' '|u1'}", ": byte 19: expected ':'"},
        {"{'descr': 1}", ": byte 20: expected a type in quotes"},
        {"{'descr': '|u1' 'shape': ()}", ": byte 26: expected a comma or '}'"},
        {"{'fortran_order': 1}", ": byte 28: expected True or False"},
        {"{'shape': 2}", ": byte 20: expected a tuple of sizes"},
        {"{'shape': (2 1)}", ": byte 23: expected a comma or ')'"},
        {"{'shape': (2)}", ": byte 23: expected a comma before ')'"},
        {"{'shape': (-2,)}", ": byte 21: expected a size that fits memory"},
        {"{'shape': (99999999999999999999,)}", ": byte 40: expected a size that fits memory"},
        {"{'shape': (1,1,1,1,1,1,1,1,1)}", ": more than 8 dimensions"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (2, 1)} x",
         ": byte 68: the header goes on behind its '}'"},
        {"{'descr': '|O', 'fortran_order': False, 'shape': (2, 1)}",
         ": the elements are Python objects (type '|O'), which only Python can read; save numbers, "
         "as x.astype('float32') makes them"},
        {"{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2, 1)}",
         ": the elements are structured, with fields; save one array of numbers without fields"},
        {"{'descr': '<c8', 'fortran_order': False, 'shape': (2, 1)}",
         ": elements of type '<c8'; those that are read are booleans, integers of 8 to 64 bits, "
         "floats of 16 to 64 bits and, as labels, text"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (4294967296, 4294967296)}",
         ": the product of the sizes in the header overflows"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (3, 1)}",
         ": the header announces 3 elements of 1 byte, and 2 bytes follow"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (1, 1)}",
         ": the header announces 1 element of 1 byte, and 2 bytes follow"},
        {"{'descr': '|u1', 'fortran_order': False, 'shape': (2,)}",
         ": 1 dimension: these are not rows of features; x.reshape(-1, 1) makes rows of one "
         "feature"},
        {"{'descr': '|S1', 'fortran_order': False, 'shape': (2, 1)}",
         ": the elements are text, not numbers"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_refused(*state, npy_with_header(cases[i].dictionary, "ab", 2), SM_ERROR_FORMAT,
                       cases[i].message);
    }
    assert_refused(*state, npy_of("|u1", "(0, 3)", "", 0), SM_ERROR_DATA,
                   ": the array holds no rows");
    assert_refused(*state, npy_of("|u1", "(3, 0)", "", 0), SM_ERROR_DATA,
                   ": the array holds no features: one of its dimensions is 0");
}

static void the_beginning_is_checked(void **state)
{
    static const struct {
        const char *bytes;
        size_t size;
        const char *message;
    } cases[] = {
        {"\x93NUMPY\x01", 7, ": the file ends within its NPY header"},
        {"\x93NUMPY\x01\0\x05", 9, ": the file ends within its NPY header"},
        {"\x93NUMPY\x01\0\x05\0{", 11, ": the file ends within its NPY header"},
        {"\x93NUMPY\x04\0\0\0", 10, ": byte 6: version 4 of the NPY format; known are 1 to 3"},
        {"\x93NUMPY\x02\0\0\0\0\x40{", 13,
         ": byte 8: a header of 1,073,741,824 bytes; more than 10,000 are not read"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        byte_list array = {0};
        put_bytes(&array, cases[i].bytes, cases[i].size);
        assert_refused(*state, array, SM_ERROR_FORMAT, cases[i].message);
    }
}

static void versions_two_and_three_are_read(void **state)
{
    static const char dictionary[] =
        "{\"shape\": (1, 2), \"descr\": \"|u1\", \"fortran_order\": False}   \n";
    for (unsigned version = 2; version <= 3; version++) {
        byte_list array = {0};
        put_bytes(&array, "\x93NUMPY", 6);
        put_u8(&array, version);
        put_u8(&array, 0);
        put_little(&array, strlen(dictionary), 4);
        put_bytes(&array, dictionary, strlen(dictionary));
        put_bytes(&array, "\1\2", 2);
        static const float values[] = {1, 2};
        sm_dataset *const dataset = open_array(*state, array);
        assert_rows(dataset, values);
        sm_dataset_free(dataset);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scratch_test(numbers_of_every_type_are_features),
        scratch_test(fortran_order_is_turned_into_rows),
        scratch_test(three_dimensions_and_channels_are_pictures),
        scratch_test(bytes_and_floats_stay_in_the_file),
        scratch_test(what_is_compressed_is_read),
        scratch_test(numbers_that_are_not_finite_are_refused),
        scratch_test(labels_lie_beside_features),
        scratch_test(names_tell_which_labels_belong_where),
        scratch_test(labels_may_be_given),
        scratch_test(labels_that_are_none_are_refused),
        scratch_test(headers_that_are_none_are_refused),
        scratch_test(the_beginning_is_checked),
        scratch_test(versions_two_and_three_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
