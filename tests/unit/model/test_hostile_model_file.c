/* Model files that are not what they claim to be. Each is the tiny model spoilt in one way; each
 * must be refused with a message that names the file and says what is wrong. */
#include <math.h>
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

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The bytes must be refused, in just these words after the file's name. */
static void check_refused(const void *const bytes, const size_t size, const char *const message)
{
    sm_model *model = NULL;
    const sm_status status = smi_model_parse(bytes, size, "spoilt.safetensors", &model);
    if (status != SM_ERROR_FORMAT) {
        fail_msg("expected '%s', but got %s", message, sm_status_name(status));
    }
    assert_message("spoilt.safetensors: %s", message);
    assert_null(model);
}

/* Where a message says more than is ours to fix, jansson's words for instance: how it begins. */
static void check_refused_somehow(const void *const bytes, const size_t size,
                                  const char *const beginning)
{
    char expected[256];
    sm_model *model = NULL;
    (void)snprintf(expected, sizeof expected, "spoilt.safetensors: %s", beginning);
    assert_int_equal(smi_model_parse(bytes, size, "spoilt.safetensors", &model), SM_ERROR_FORMAT);
    if (strncmp(sm_error_message(), expected, strlen(expected)) != 0) {
        fail_msg("'%s' does not begin with '%s'", sm_error_message(), expected);
    }
    assert_null(model);
}

/* One part of the header replaced; floats: how many follow it, the tiny model's own and zeros. */
typedef struct spoilt {
    const char *part;
    const char *replacement;
    size_t floats;
    const char *message;
} spoilt;

static void check_spoilt(const spoilt *const cases, const size_t count,
                         void (*const check)(const void *, size_t, const char *))
{
    for (size_t i = 0; i < count; i++) {
        float values[32] = {0.0F};
        memcpy(values, tiny_values, sizeof tiny_values);
        char *const header = replaced(tiny_header, cases[i].part, cases[i].replacement);
        byte_list file = model_file(header, values, cases[i].floats);
        check(file.data, file.size, cases[i].message);
        byte_list_free(&file);
        free(header);
    }
}

static const char kernel[] =
    "\"dense_0.kernel\":{\"dtype\":\"F32\",\"shape\":[3,2],\"data_offsets\":[0,24]},";
static const char bias[] =
    ",\"dense_0.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[24,32]}";

/* ---- the container ---- */

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

/* ---- the description ---- */

static void files_that_are_not_ours_are_refused(void **state)
{
    (void)state;
    static const char not_ours[] = "a safetensors file, but not a model of softmax: its metadata "
                                   "has no 'softmax.format'";
    static const spoilt cases[] = {
        {"\"softmax.format\":\"1\",", "", 8, not_ours},
        {"softmax.format", "Softmax.format", 8, not_ours},
        {"\"1\",", "\"2\",", 8, "model format '2'; this version of softmax reads format 1"},
        {"\"1\",", "\"\",", 8, "model format ''; this version of softmax reads format 1"},
        {"\"1\",", "\"1.0\",", 8, "model format '1.0'; this version of softmax reads format 1"},
        {"softmax.model", "softmax.Model", 8, "metadata 'softmax.model': it is missing"},
    };
    check_spoilt(cases, COUNT(cases), check_refused);
    byte_list file = model_file("{\"weight\":{\"dtype\":\"F32\",\"shape\":[8],"
                                "\"data_offsets\":[0,32]}}",
                                tiny_values, TINY_FLOATS);
    check_refused(file.data, file.size, not_ours);
    byte_list_free(&file);
}

/* The whole description replaced; `description` is JSON within a JSON string. */
static void check_description(const char *const description, const char *const message)
{
    char header[2048];
    (void)snprintf(header, sizeof header,
                   "{\"__metadata__\":{\"softmax.format\":\"1\",\"softmax.model\":\"%s\"},"
                   "\"dense_0.kernel\":{\"dtype\":\"F32\",\"shape\":[3,2],\"data_offsets\":[0,24]},"
                   "\"dense_0.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[24,32]}}",
                   description);
    byte_list file = model_file(header, tiny_values, TINY_FLOATS);
    check_refused(file.data, file.size, message);
    byte_list_free(&file);
}

static void descriptions_that_are_no_json_object_are_refused(void **state)
{
    (void)state;
    static const char message[] = "metadata 'softmax.model' is not a JSON object";
    check_description("", message);
    check_description("nonsense", message);
    check_description("[]", message);
    check_description("{", message);
    check_description("{} {}", message);
    check_description("{\\\"layers\\\":[],\\\"layers\\\":[]}", message); /* a key twice */
    check_description("{}", "metadata 'softmax.model': 'layers' is not a list of 1 to 1000");
}

static void layers_that_this_version_does_not_know_are_refused(void **state)
{
    (void)state;
    static const char none[] = "metadata 'softmax.model': 'layers' is not a list of 1 to 1000";
    static const char other[] =
        "metadata 'softmax.model': layer 0 is not one of type 'dense' named 'dense_0'";
    static const spoilt cases[] = {
        {"\\\"layers\\\"", "\\\"Layers\\\"", 8, none},
        {"\\\"layers\\\":[", "\\\"layers\\\":[],\\\"more\\\":[", 8, none},
        {"\\\"layers\\\":[", "\\\"layers\\\":[{},", 8, other},
        {"\\\"layers\\\":[", "\\\"layers\\\":[1,", 8, other},
        {"\\\"type\\\":\\\"dense\\\"", "\\\"type\\\":\\\"conv\\\"", 8, other},
        {"\\\"type\\\":\\\"dense\\\"", "\\\"type\\\":1", 8, other},
        {"\\\"type\\\":\\\"dense\\\",", "", 8, other},
        {"\\\"name\\\":\\\"dense_0\\\"", "\\\"name\\\":\\\"dense_1\\\"", 8, other},
        {"\\\"name\\\":\\\"dense_0\\\",", "", 8, other},
    };
    check_spoilt(cases, COUNT(cases), check_refused);
}

static void layers_of_impossible_sizes_are_refused(void **state)
{
    (void)state;
    static const char no_sizes[] =
        "metadata 'softmax.model': layer 'dense_0': its inputs or outputs are not sizes";
    static const char misfit[] = "tensor 'dense_0.kernel' is not F32 of the shape that the "
                                 "description gives";
    static const char names[] =
        "metadata 'softmax.model': 'class_names' does not hold one name a class";
    static const spoilt cases[] = {
        {"inputs\\\":3", "inputs\\\":0", 8, no_sizes},
        {"inputs\\\":3", "inputs\\\":-3", 8, no_sizes},
        {"inputs\\\":3", "inputs\\\":3.0", 8, no_sizes},
        {"inputs\\\":3", "inputs\\\":\\\"3\\\"", 8, no_sizes},
        {"\\\"inputs\\\":3,", "", 8, no_sizes},
        {"outputs\\\":2", "outputs\\\":0", 8, no_sizes},
        {"outputs\\\":2", "outputs\\\":-1", 8, no_sizes},
        {"outputs\\\":2", "outputs\\\":null", 8, no_sizes},
        {"inputs\\\":3", "inputs\\\":4", 8, misfit},
        {"inputs\\\":3", "inputs\\\":2", 8, misfit},
        {"inputs\\\":3", "inputs\\\":9223372036854775807", 8, misfit},
        {"outputs\\\":2", "outputs\\\":3", 8, names},
        {"outputs\\\":2", "outputs\\\":9223372036854775807", 8, names},
        {"inputs\\\":3", "inputs\\\":4611686018427387904", 8, misfit}, /* bytes wrap round */
    };
    check_spoilt(cases, COUNT(cases), check_refused);
}

static void tensors_that_do_not_fit_the_description_are_refused(void **state)
{
    (void)state;
    static const char kernel_misfit[] = "tensor 'dense_0.kernel' is not F32 of the shape that "
                                        "the description gives";
    static const char bias_misfit[] = "tensor 'dense_0.bias' is not F32 of the shape that the "
                                      "description gives";
    static const spoilt cases[] = {
        {"[3,2]", "[2,3]", 8, kernel_misfit}, /* transposed */
        {"[3,2]", "[6]", 8, kernel_misfit},
        {"[3,2]", "[3,2,1]", 8, kernel_misfit},
        {"[3,2]", "[1,3,2]", 8, kernel_misfit},
        {"\"F32\",\"shape\":[3,2]", "\"I32\",\"shape\":[3,2]", 8, kernel_misfit},
        {"\"F32\",\"shape\":[3,2]", "\"BF16\",\"shape\":[6,2]", 8, kernel_misfit},
        {"\"shape\":[2]", "\"shape\":[2,1]", 8, bias_misfit},
        {"\"shape\":[2]", "\"shape\":[1,2]", 8, bias_misfit},
        {"\"F32\",\"shape\":[2]", "\"U32\",\"shape\":[2]", 8, bias_misfit},
        {"\"F32\",\"shape\":[2]", "\"F64\",\"shape\":[1]", 8, bias_misfit},
        {"[2],\"data_offsets\":[24,32]", "[3],\"data_offsets\":[24,36]", 9, bias_misfit},
    };
    check_spoilt(cases, COUNT(cases), check_refused);
}

static void missing_and_unknown_tensors_are_refused(void **state)
{
    (void)state;
    static const spoilt cases[] = {
        {"dense_0.kernel", "dense_1.kernel", 8, "tensor 'dense_0.kernel' is missing"},
        {"dense_0.bias", "dense_0.Bias", 8, "tensor 'dense_0.bias' is missing"},
        {bias, "", 6, "it should hold 2 tensors, a kernel and a bias for each layer; these are 1"},
        {"[24,32]}", "[24,32]},\"more\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[32,36]}",
         9, "it should hold 2 tensors, a kernel and a bias for each layer; these are 3"},
        {"[24,32]}", "[24,32]},\"none\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[32,32]}",
         8, "it should hold 2 tensors, a kernel and a bias for each layer; these are 3"},
    };
    check_spoilt(cases, COUNT(cases), check_refused);
    char *const without = replaced(tiny_header, kernel, "");
    char *const moved = replaced(without, "[24,32]", "[0,8]");
    byte_list file = model_file(moved, tiny_values, 2);
    check_refused(file.data, file.size, "tensor 'dense_0.kernel' is missing");
    byte_list_free(&file);
    free(moved);
    free(without);
}

static void class_names_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    static const char count[] =
        "metadata 'softmax.model': 'class_names' does not hold one name a class";
    static const char names[] = "[\\\"yes\\\",\\\"no\\\"]";
    static const spoilt cases[] = {
        {names, "[\\\"yes\\\"]", 8, count},
        {names, "[\\\"yes\\\",\\\"no\\\",\\\"?\\\"]", 8, count},
        {names, "[]", 8, count},
        {names, "2", 8, count},
        {"class_names", "classes", 8, count},
        {names, "[\\\"yes\\\",\\\"yes\\\"]", 8, "two classes have the name 'yes'"},
        {names, "[\\\"yes\\\",\\\"\\\"]", 8, "the name of class 1 is empty or not UTF-8"},
        {names, "[0,1]", 8, "the name of class 0 is empty or not UTF-8"},
        {names, "[\\\"yes\\\",null]", 8, "the name of class 1 is empty or not UTF-8"},
    };
    check_spoilt(cases, COUNT(cases), check_refused);
}

static void forms_of_data_that_are_none_are_refused(void **state)
{
    (void)state;
    static const char image[] = "\\\"image\\\":null";
    static const char storage[] =
        "metadata 'softmax.model': 'storage' is neither \"sparse\" nor \"dense\"";
    static const char base[] = "metadata 'softmax.model': 'index_base' is neither 0 nor 1";
    static const spoilt cases[] = {
        {image, "\\\"image\\\":null,\\\"storage\\\":\\\"scarce\\\"", 8, storage},
        {image, "\\\"image\\\":null,\\\"storage\\\":\\\"\\\"", 8, storage},
        {image, "\\\"image\\\":null,\\\"storage\\\":null", 8, storage},
        {image, "\\\"image\\\":null,\\\"storage\\\":1", 8, storage},
        {image, "\\\"image\\\":null,\\\"storage\\\":[\\\"sparse\\\"]", 8, storage},
        {image, "\\\"image\\\":null,\\\"index_base\\\":2", 8, base},
        {image, "\\\"image\\\":null,\\\"index_base\\\":-1", 8, base},
        {image, "\\\"image\\\":null,\\\"index_base\\\":1.0", 8, base},
        {image, "\\\"image\\\":null,\\\"index_base\\\":null", 8, base},
        {image, "\\\"image\\\":null,\\\"index_base\\\":\\\"1\\\"", 8, base},
    };
    check_spoilt(cases, COUNT(cases), check_refused);
}

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

static void pictures_that_are_none_are_refused(void **state)
{
    (void)state;
    static const char none[] =
        "metadata 'softmax.model': 'image' is neither null nor a height and a width";
    static const spoilt cases[] = {
        {"\\\"image\\\":null,", "", 8, none},
        {"\\\"image\\\":null", "\\\"image\\\":{}", 8, none},
        {"\\\"image\\\":null", "\\\"image\\\":[1,3]", 8, none},
        {"\\\"image\\\":null", "\\\"image\\\":{\\\"height\\\":1}", 8, none},
        {"\\\"image\\\":null", "\\\"image\\\":{\\\"height\\\":0,\\\"width\\\":3}", 8, none},
        {"\\\"image\\\":null", "\\\"image\\\":{\\\"height\\\":-1,\\\"width\\\":-3}", 8, none},
        {"\\\"image\\\":null", "\\\"image\\\":{\\\"height\\\":1,\\\"width\\\":2}", 8,
         "pictures of 1 × 2 do not have 3 features"},
        {"\\\"image\\\":null", "\\\"image\\\":{\\\"height\\\":9223372036854775807,\\\"width\\\":3}",
         8, "pictures of 9223372036854775807 × 3 do not have 3 features"},
    };
    check_spoilt(cases, COUNT(cases), check_refused);
}

static void models_of_one_class_are_refused(void **state)
{
    (void)state;
    byte_list file = model_file(
        "{\"__metadata__\":{\"softmax.format\":\"1\",\"softmax.model\":\"{\\\"layers\\\":[{"
        "\\\"type\\\":\\\"dense\\\",\\\"name\\\":\\\"dense_0\\\",\\\"inputs\\\":3,"
        "\\\"outputs\\\":1}],\\\"class_names\\\":[\\\"all\\\"],\\\"image\\\":null,"
        "\\\"scaling\\\":{\\\"shift\\\":0,\\\"scale\\\":1}}\"},"
        "\"dense_0.kernel\":{\"dtype\":\"F32\",\"shape\":[3,1],\"data_offsets\":[0,12]},"
        "\"dense_0.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[12,16]}}",
        tiny_values, 4);
    check_refused_somehow(file.data, file.size, "a model tells apart 2 to 65536 classes");
    byte_list_free(&file);
}

static void weights_that_are_no_numbers_are_refused(void **state)
{
    (void)state;
    static const float bad[] = {NAN, INFINITY, -INFINITY};
    for (size_t b = 0; b < COUNT(bad); b++) {
        for (size_t place = 0; place < TINY_FLOATS; place++) {
            float values[TINY_FLOATS];
            char message[64];
            const bool of_kernel = place < TINY_FEATURES * TINY_CLASSES;
            memcpy(values, tiny_values, sizeof values);
            values[place] = bad[b];
            (void)snprintf(message, sizeof message,
                           "tensor 'dense_0.%s': value %zu is not a finite number",
                           of_kernel ? "kernel" : "bias", of_kernel ? place : place - 6);
            byte_list file = model_file(tiny_header, values, TINY_FLOATS);
            check_refused(file.data, file.size, message);
            byte_list_free(&file);
        }
    }
}

static void training_descriptions_that_are_no_json_object_are_refused(void **state)
{
    (void)state;
    static const char message[] = "metadata 'softmax.training' is not a JSON object";
    static const spoilt cases[] = {
        {"\"1\",", "\"1\",\"softmax.training\":\"\",", 8, message},
        {"\"1\",", "\"1\",\"softmax.training\":\"words\",", 8, message},
        {"\"1\",", "\"1\",\"softmax.training\":\"[1]\",", 8, message},
        {"\"1\",", "\"1\",\"softmax.training\":\"{\\\"a\\\":1,\\\"a\\\":2}\",", 8, message},
    };
    check_spoilt(cases, COUNT(cases), check_refused);
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
        cmocka_unit_test(files_that_are_not_ours_are_refused),
        cmocka_unit_test(descriptions_that_are_no_json_object_are_refused),
        cmocka_unit_test(layers_that_this_version_does_not_know_are_refused),
        cmocka_unit_test(layers_of_impossible_sizes_are_refused),
        cmocka_unit_test(tensors_that_do_not_fit_the_description_are_refused),
        cmocka_unit_test(missing_and_unknown_tensors_are_refused),
        cmocka_unit_test(class_names_that_do_not_fit_are_refused),
        cmocka_unit_test(forms_of_data_that_are_none_are_refused),
        cmocka_unit_test(scalings_that_are_none_are_refused),
        cmocka_unit_test(columns_may_have_their_own_scaling),
        cmocka_unit_test(column_tensors_that_do_not_fit_are_refused),
        cmocka_unit_test(column_scalings_that_are_none_are_refused),
        cmocka_unit_test(pictures_that_are_none_are_refused),
        cmocka_unit_test(models_of_one_class_are_refused),
        cmocka_unit_test(weights_that_are_no_numbers_are_refused),
        cmocka_unit_test(training_descriptions_that_are_no_json_object_are_refused),
        cmocka_unit_test_setup_teardown(loading_a_spoilt_file_names_its_path, scratch_setup,
                                        scratch_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
