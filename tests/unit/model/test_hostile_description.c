/* Safetensors files that describe no model, or another one than their tensors make: each is the
 * tiny model spoilt in one way, and must be refused with a message that says what is wrong. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "support/cmocka_all.h"
#include "support/tiny_model.h"
#include "unit/model/spoilt.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char kernel[] =
    "\"dense_0.kernel\":{\"dtype\":\"F32\",\"shape\":[3,2],\"data_offsets\":[0,24]},";
static const char bias[] =
    ",\"dense_0.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[24,32]}";

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

static void temperatures_that_are_none_are_refused(void **state)
{
    (void)state;
    static const char none[] =
        "metadata 'softmax.model': 'temperature' is not a number from 1e-6 to 1e6";
    static const char *const bad[] = {"0",     "0.0",   "-1",    "-0.5",      "1e300", "1e-300",
                                      "9e-07", "1.1e6", "false", "\\\"1\\\"", "null",  "[1]"};
    for (size_t i = 0; i < COUNT(bad); i++) {
        char replacement[64];
        (void)snprintf(replacement, sizeof replacement, "\\\"temperature\\\":%s,\\\"image\\\"",
                       bad[i]);
        const spoilt one = {"\\\"image\\\"", replacement, 8, none};
        check_spoilt(&one, 1, check_refused);
    }
    /* what JSON has no number for */
    static const spoilt no_json[] = {
        {"\\\"image\\\"", "\\\"temperature\\\":NaN,\\\"image\\\"", 8,
         "metadata 'softmax.model' is not a JSON object"},
        {"\\\"image\\\"", "\\\"temperature\\\":1e999,\\\"image\\\"", 8,
         "metadata 'softmax.model' is not a JSON object"},
    };
    check_spoilt(no_json, COUNT(no_json), check_refused);
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
        {"\\\"image\\\":null", "\\\"image\\\":{\\\"height\\\":1,\\\"width\\\":3,\\\"resize\\\":1}",
         8, "metadata 'softmax.model': 'image': 'resize' is neither true nor false"},
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
    check_refused_somehow(file.data, file.size, "a model tells apart 2 to 65,536 classes");
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_that_are_not_ours_are_refused),
        cmocka_unit_test(descriptions_that_are_no_json_object_are_refused),
        cmocka_unit_test(layers_that_this_version_does_not_know_are_refused),
        cmocka_unit_test(layers_of_impossible_sizes_are_refused),
        cmocka_unit_test(temperatures_that_are_none_are_refused),
        cmocka_unit_test(tensors_that_do_not_fit_the_description_are_refused),
        cmocka_unit_test(missing_and_unknown_tensors_are_refused),
        cmocka_unit_test(class_names_that_do_not_fit_are_refused),
        cmocka_unit_test(forms_of_data_that_are_none_are_refused),
        cmocka_unit_test(pictures_that_are_none_are_refused),
        cmocka_unit_test(models_of_one_class_are_refused),
        cmocka_unit_test(weights_that_are_no_numbers_are_refused),
        cmocka_unit_test(training_descriptions_that_are_no_json_object_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
