/* Files that are no safetensors files, or broken ones: each must be refused with a message that
 * names the file and says what is wrong. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "model/model_file.h"
#include "model/safetensors.h"
#include "support/cmocka_all.h"
#include "support/message.h"
#include "support/scratch.h"
#include "support/tiny_model.h"
#include "unit/model/spoilt.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void every_file_cut_short_is_refused(void **state)
{
    (void)state;
    byte_list file = model_file(tiny_header, tiny_values, TINY_FLOATS);
    for (size_t size = 0; size < file.size; size++) {
        uint8_t *const part = malloc(size + 1); /* of its own, so that ASan sees an overread */
        sm_model *model = NULL;
        memcpy(part, file.data, size);
        uint8_t *const exact = realloc(part, size > 0 ? size : 1);
        assert_int_equal(smi_model_parse(exact, size, "cut", &model), SM_ERROR_FORMAT);
        assert_null(model);
        if (size < 8) {
            assert_message("cut: byte %zu: too short for a safetensors file", size);
        } else if (size < 8 + strlen(tiny_header)) {
            assert_message("cut: the file ends within its header of %zu bytes",
                           strlen(tiny_header));
        } else if (size < file.size - 8) {
            assert_message("cut: tensor 'dense_0.kernel': data_offsets lie outside the file");
        } else {
            assert_message("cut: tensor 'dense_0.bias': data_offsets lie outside the file");
        }
        free(exact);
    }
    byte_list_free(&file);
}

static void bytes_behind_the_last_tensor_are_refused(void **state)
{
    (void)state;
    byte_list file = model_file(tiny_header, tiny_values, TINY_FLOATS);
    put_u8(&file, 0);
    check_refused(file.data, file.size, "the file goes on after its last tensor");
    put_u32(&file, 0);
    check_refused(file.data, file.size, "the file goes on after its last tensor");
    byte_list_free(&file);
}

static void headers_of_impossible_lengths_are_refused(void **state)
{
    (void)state;
    static const struct {
        uint64_t length;
        const char *message;
    } cases[] = {
        {(uint64_t)1 << 63,
         "byte 0: not a model: its header would be 9223372036854775808 bytes long"},
        {UINT64_MAX, "byte 0: not a model: its header would be 18446744073709551615 bytes long"},
        {SMI_MAX_HEADER + 1, "byte 0: not a model: its header would be 16777217 bytes long"},
        {SMI_MAX_HEADER, "the file ends within its header of 16777216 bytes"},
        {0, "byte 8: the header is not valid: '[' or '{' expected near end of file"},
    };
    byte_list file = model_file(tiny_header, tiny_values, TINY_FLOATS);
    for (size_t i = 0; i < COUNT(cases); i++) {
        for (size_t b = 0; b < 8; b++) {
            file.data[b] = (uint8_t)(cases[i].length >> (8 * b));
        }
        check_refused(file.data, file.size, cases[i].message);
    }
    byte_list_free(&file);
}

static void a_header_one_byte_too_long_or_too_short_is_refused(void **state)
{
    (void)state;
    byte_list file = model_file(tiny_header, tiny_values, TINY_FLOATS);
    file.data[0]--;
    check_refused_somehow(file.data, file.size, "byte ");
    file.data[0] = (uint8_t)(file.data[0] + 2);
    check_refused_somehow(file.data, file.size, "byte "); /* a byte of the kernel is no JSON */
    byte_list_free(&file);
}

static void other_kinds_of_files_are_refused(void **state)
{
    (void)state;
    static const char text[] = "feature,label\n1.5,cat\n";
    static const uint8_t gzip[] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3};
    static const uint8_t idx[] = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 5, 6};
    check_refused_somehow(text, sizeof text - 1,
                          "byte 8: not a model: a safetensors header starts with '{'");
    check_refused_somehow(gzip, sizeof gzip, "");
    check_refused_somehow(idx, sizeof idx,
                          "byte 8: not a model: a safetensors header starts with '{'");
    check_refused("", 0, "byte 0: too short for a safetensors file");
}

static void headers_that_are_no_json_object_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *header;
        const char *message;
    } cases[] = {
        {"[]", "byte 8: not a model: a safetensors header starts with '{'"},
        {" {}", "byte 8: not a model: a safetensors header starts with '{'"},
        {"{", "byte 9: the header is not valid: "},
        {"{}}", "byte 11: the header is not valid: "},
        {"{'a':1}", "byte "},
        {"{\"a\":1,}", "byte "},
        {"{\"\xff\":1}", "byte "},
        {"{\"a\":99999999999999999999}", "byte "},
        {"{\"a\":1e999}", "byte "},
        {"{\"a\":NaN}", "byte "},
        {"{\"a\\u0000b\":1}", "byte "},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        byte_list file = model_file(cases[i].header, NULL, 0);
        check_refused_somehow(file.data, file.size, cases[i].message);
        byte_list_free(&file);
    }
}

static void headers_nested_without_end_are_refused(void **state)
{
    (void)state;
    enum { DEEP = 1000000 };
    char *const header = malloc(DEEP + 32);
    assert_non_null(header);
    int length = snprintf(header, 32, "{\"__metadata__\":");
    memset(header + length, '[', DEEP);
    header[length + DEEP] = '\0';
    byte_list file = model_file(header, NULL, 0);
    check_refused_somehow(file.data, file.size, "byte ");
    byte_list_free(&file);
    for (int i = 0; i < DEEP / 5; i++) {
        memcpy(header + 5 * i, "{\"a\":", 5);
    }
    header[DEEP] = '\0';
    file = model_file(header, NULL, 0);
    check_refused_somehow(file.data, file.size, "byte ");
    byte_list_free(&file);
    free(header);
}

static void a_header_without_anything_is_refused(void **state)
{
    (void)state;
    byte_list file = model_file("{}", NULL, 0);
    check_refused(file.data, file.size,
                  "a safetensors file, but not a model of softmax: its metadata has no "
                  "'softmax.format'");
    byte_list_free(&file);
}

static void keys_that_come_twice_are_refused(void **state)
{
    (void)state;
    static const spoilt cases[] = {
        {"{\"__metadata__\"", "{\"dense_0.bias\":{},\"__metadata__\"", 8, "byte "},
        {"\"dense_0.bias\"", "\"dense_0.kernel\"", 8, "byte "},
        {"\"dense_0.bias\"", "\"__metadata__\"", 8, "byte "},
        {"[3,2]", "[3,2],\"shape\":[3,2]", 8, "byte "},
        {"\"1\",", "\"1\",\"softmax.format\":\"1\",", 8, "byte "},
    };
    check_spoilt(cases, COUNT(cases), check_refused_somehow);
}

static void tensors_that_overlap_or_leave_holes_are_refused(void **state)
{
    (void)state;
    static const char overlap[] =
        "tensor 'dense_0.bias': it overlaps another one, or leaves a hole before it";
    static const spoilt cases[] = {
        {"[24,32]", "[20,28]", 8, overlap},
        {"[24,32]", "[16,24]", 6, overlap},
        {"[24,32]", "[25,33]", 9, overlap},
        {"[24,32]", "[28,36]", 9, overlap},
        {"[0,24]", "[4,28]", 8,
         "tensor 'dense_0.kernel': it overlaps another one, or leaves a hole before it"},
        {"[0,24]", "[8,32]", 8,
         "tensor 'dense_0.kernel': it overlaps another one, or leaves a hole before it"},
    };
    check_spoilt(cases, COUNT(cases), check_refused);
}

static void both_tensors_at_the_same_place_are_refused(void **state)
{
    (void)state;
    static const spoilt cases[] = {
        {"[24,32]", "[0,8]", 6,
         "tensor 'dense_0.kernel': it overlaps another one, or leaves a hole before it"},
    };
    check_spoilt(cases, COUNT(cases), check_refused);
}

static void offsets_outside_the_file_are_refused(void **state)
{
    (void)state;
    static const char outside[] = "tensor 'dense_0.bias': data_offsets lie outside the file";
    static const spoilt cases[] = {
        {"[24,32]", "[32,40]", 8, outside},
        {"[24,32]", "[24,33]", 8, outside},
        {"[24,32]", "[32,24]", 8, outside},
        {"[24,32]", "[9223372036854775799,9223372036854775807]", 8, outside},
        {"[24,32]", "[24,9223372036854775807]", 8, outside},
        {"[24,32]", "[9223372036854775807,32]", 8, outside},
    };
    check_spoilt(cases, COUNT(cases), check_refused);
}

static void offsets_that_are_no_sizes_are_refused(void **state)
{
    (void)state;
    static const char no_sizes[] = "tensor 'dense_0.bias': data_offsets are not two sizes";
    static const spoilt cases[] = {
        {"[24,32]", "[-8,0]", 8, no_sizes},      {"[24,32]", "[24,-1]", 8, no_sizes},
        {"[24,32]", "[24.0,32.0]", 8, no_sizes}, {"[24,32]", "[\"24\",\"32\"]", 8, no_sizes},
        {"[24,32]", "[24]", 8, no_sizes},        {"[24,32]", "[24,32,40]", 8, no_sizes},
        {"[24,32]", "[]", 8, no_sizes},          {"[24,32]", "{}", 8, no_sizes},
        {"[24,32]", "null", 8, no_sizes},        {",\"data_offsets\":[24,32]", "", 8, no_sizes},
        {"[24,32]", "[[24],[32]]", 8, no_sizes},
    };
    check_spoilt(cases, COUNT(cases), check_refused);
}

static void offsets_that_do_not_fit_the_shape_are_refused(void **state)
{
    (void)state;
    static const char fit[] = "tensor 'dense_0.bias': data_offsets do not fit dtype and shape";
    static const spoilt cases[] = {
        {"[24,32]", "[24,28]", 7, fit},
        {"[24,32]", "[24,24]", 6, fit},
        {"[24,32]", "[24,36]", 9, fit},
        {"\"F32\",\"shape\":[2]", "\"F16\",\"shape\":[2]", 8, fit},
        {"\"F32\",\"shape\":[2]", "\"F64\",\"shape\":[2]", 8, fit},
        {"\"F32\",\"shape\":[2]", "\"F32\",\"shape\":[0]", 8, fit},
        {"\"F32\",\"shape\":[2]", "\"F32\",\"shape\":[]", 8, fit},
    };
    check_spoilt(cases, COUNT(cases), check_refused);
}

static void shapes_that_are_no_shapes_are_refused(void **state)
{
    (void)state;
    static const char no_sizes[] = "tensor 'dense_0.bias': its shape is not made of sizes";
    static const char overflow[] = "tensor 'dense_0.bias': the product of its shape overflows";
    static const spoilt cases[] = {
        {"\"shape\":[2]", "\"shape\":[-2]", 8, no_sizes},
        {"\"shape\":[2]", "\"shape\":[2.0]", 8, no_sizes},
        {"\"shape\":[2]", "\"shape\":[\"2\"]", 8, no_sizes},
        {"\"shape\":[2]", "\"shape\":[null]", 8, no_sizes},
        {"\"shape\":[2]", "\"shape\":[9223372036854775807]", 8, overflow},
        {"\"shape\":[2]", "\"shape\":[4294967296,4294967296]", 8, overflow},
        {"\"shape\":[2]", "\"shape\":[2,2147483648,2147483648]", 8, overflow},
        {"\"shape\":[2]", "\"shape\":[2,1,1,1,1,1,1,1,1]", 8,
         "tensor 'dense_0.bias': too many dimensions"},
        {"\"shape\":[2]", "\"shape\":2", 8, "tensor 'dense_0.bias': dtype or shape is missing"},
        {"\"shape\":[2],", "", 8, "tensor 'dense_0.bias': dtype or shape is missing"},
        {"\"dtype\":\"F32\",\"shape\":[2]", "\"shape\":[2]", 8,
         "tensor 'dense_0.bias': dtype or shape is missing"},
        {"\"F32\",\"shape\":[2]", "32,\"shape\":[2]", 8,
         "tensor 'dense_0.bias': dtype or shape is missing"},
        {"\"F32\",\"shape\":[2]", "\"F31\",\"shape\":[2]", 8,
         "tensor 'dense_0.bias': unknown dtype 'F31'"},
        {"{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[24,32]}", "[24,32]", 8,
         "tensor 'dense_0.bias': its description is not an object"},
    };
    check_spoilt(cases, COUNT(cases), check_refused);
}

static void metadata_must_be_strings(void **state)
{
    (void)state;
    static const spoilt cases[] = {
        {"\"1\",", "1,", 8, "__metadata__: 'softmax.format' is not a string"},
        {"\"1\",", "\"1\",\"more\":{},", 8, "__metadata__: 'more' is not a string"},
        {"\"1\",", "\"1\",\"more\":null,", 8, "__metadata__: 'more' is not a string"},
    };
    check_spoilt(cases, COUNT(cases), check_refused);
    static const char *const headers[] = {"{\"__metadata__\":[]}", "{\"__metadata__\":\"1\"}",
                                          "{\"__metadata__\":null}"};
    for (size_t i = 0; i < COUNT(headers); i++) {
        byte_list file = model_file(headers[i], NULL, 0);
        check_refused(file.data, file.size, "__metadata__ is not an object");
        byte_list_free(&file);
    }
}

/* ---- the way a user meets them ---- */

static void loading_a_spoilt_file_names_its_path(void **state)
{
    const scratch_path path = path_in(*state, "model.safetensors");
    byte_list file = model_file(tiny_header, tiny_values, TINY_FLOATS - 1);
    sm_model *model = NULL;
    write_file(path.text, file.data, file.size);
    assert_int_equal(sm_model_load(path.text, &model), SM_ERROR_FORMAT);
    assert_message("%s: tensor 'dense_0.bias': data_offsets lie outside the file", path.text);
    write_file(path.text, "", 0);
    assert_int_equal(sm_model_load(path.text, &model), SM_ERROR_FORMAT);
    assert_message("%s: byte 0: too short for a safetensors file", path.text);
    assert_null(model);
    byte_list_free(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_file_cut_short_is_refused),
        cmocka_unit_test(bytes_behind_the_last_tensor_are_refused),
        cmocka_unit_test(headers_of_impossible_lengths_are_refused),
        cmocka_unit_test(a_header_one_byte_too_long_or_too_short_is_refused),
        cmocka_unit_test(other_kinds_of_files_are_refused),
        cmocka_unit_test(headers_that_are_no_json_object_are_refused),
        cmocka_unit_test(headers_nested_without_end_are_refused),
        cmocka_unit_test(a_header_without_anything_is_refused),
        cmocka_unit_test(keys_that_come_twice_are_refused),
        cmocka_unit_test(tensors_that_overlap_or_leave_holes_are_refused),
        cmocka_unit_test(both_tensors_at_the_same_place_are_refused),
        cmocka_unit_test(offsets_outside_the_file_are_refused),
        cmocka_unit_test(offsets_that_are_no_sizes_are_refused),
        cmocka_unit_test(offsets_that_do_not_fit_the_shape_are_refused),
        cmocka_unit_test(shapes_that_are_no_shapes_are_refused),
        cmocka_unit_test(metadata_must_be_strings),
        cmocka_unit_test_setup_teardown(loading_a_spoilt_file_names_its_path, scratch_setup,
                                        scratch_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
