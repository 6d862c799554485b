/* Saving models and loading them again: what a file looks like, and that nothing is lost. */
#include <float.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <softmax.h>

#include "model/model.h"
#include "model/model_file.h"
#include "support/cmocka_all.h"
#include "support/scratch.h"
#include "support/tiny_model.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static sm_model *create(const sm_shape shape)
{
    sm_model *model = NULL;
    assert_int_equal(sm_model_create(shape, &model), SM_OK);
    return model;
}

static sm_model *load(const char *const path)
{
    sm_model *model = NULL;
    const sm_status status = sm_model_load(path, &model);
    if (status != SM_OK) {
        fail_msg("%s", sm_error_message());
    }
    return model;
}

static void check_same(const sm_model *const a, const sm_model *const b)
{
    const sm_shape first = sm_model_shape(a);
    const sm_shape second = sm_model_shape(b);
    assert_int_equal(first.features, second.features);
    assert_int_equal(first.classes, second.classes);
    assert_int_equal(first.image_height, second.image_height);
    assert_int_equal(first.image_width, second.image_width);
    assert_int_equal(first.image_resize, second.image_resize);
    assert_int_equal(first.sparse, second.sparse);
    assert_int_equal(first.index_base, second.index_base);
    assert_memory_equal(&first.shift, &second.shift, sizeof first.shift);
    assert_memory_equal(&first.scale, &second.scale, sizeof first.scale);
    assert_true((first.column_shift == NULL) == (second.column_shift == NULL));
    const bool by_column = first.column_shift != NULL && second.column_shift != NULL;
    for (size_t f = 0; by_column && f < first.features; f++) {
        assert_true(first.column_shift[f] == second.column_shift[f]);
        assert_true(first.column_scale[f] == second.column_scale[f]);
    }
    for (size_t c = 0; c < first.classes; c++) {
        assert_string_equal(first.class_names[c], second.class_names[c]);
    }
    assert_true(sm_model_temperature(a) == sm_model_temperature(b));
    assert_string_equal(sm_model_training(a), sm_model_training(b));
    assert_memory_equal(a->parameters, b->parameters, a->parameter_count * sizeof(float));
    assert_memory_equal(a->map.weights, b->map.weights,
                        a->map.classes * a->map.stride * sizeof(float));
    assert_memory_equal(a->map.bias, b->map.bias, a->map.classes * sizeof(float));
}

/* Saves, loads and compares; then saves what was loaded, which must give the same bytes. */
static void check_round_trip(const char *const folder, const sm_model *const model)
{
    assert_int_equal(sm_model_save(model, path_in(folder, "first").text), SM_OK);
    sm_model *const loaded = load(path_in(folder, "first").text);
    check_same(loaded, model);
    assert_int_equal(sm_model_save(loaded, path_in(folder, "second").text), SM_OK);
    size_t sizes[2] = {0};
    uint8_t *const first = read_file(path_in(folder, "first").text, &sizes[0]);
    uint8_t *const second = read_file(path_in(folder, "second").text, &sizes[1]);
    assert_int_equal(sizes[0], sizes[1]);
    assert_memory_equal(first, second, sizes[0]);
    free(first);
    free(second);
    sm_model_free(loaded);
}

/* ---- round trips ---- */

static void a_loaded_model_is_the_one_saved_to_the_bit(void **state)
{
    static const float values[] = {FLT_MAX, -FLT_MAX, FLT_MIN,     1e-45F,
                                   -0.0F,   0.1F,     1.0F / 3.0F, -1e-38F};
    static const sm_shape shapes[] = {
        {.features = 1, .classes = 2, .scale = 1.0F},
        {.features = 7, .classes = 3, .shift = 0.1F, .scale = 1.0F / 255.0F},
        {.features = 64, .classes = 10, .shift = -FLT_MAX, .scale = FLT_MIN},
        {.features = 100, .classes = 26, .shift = -0.0F, .scale = -1e-45F},
    };
    for (size_t i = 0; i < COUNT(shapes); i++) {
        sm_model *const model = create(shapes[i]);
        for (size_t p = 0; p < model->parameter_count; p++) {
            model->parameters[p] = values[p % COUNT(values)];
        }
        smi_model_update_map(model);
        check_round_trip(*state, model);
        sm_model_free(model);
    }
}

static void class_names_of_any_text_survive(void **state)
{
    static const char *const names[] = {
        "\"quoted\"",      "back\\slash", "Ägypten",      "日本", "🦊",
        "two\nlines\tand", "{\"a\":1}",   "\x01\x1f\x7f", " ",    "%s%n"};
    sm_model *const model = create(
        (sm_shape){.features = 2, .classes = COUNT(names), .scale = 1.0F, .class_names = names});
    check_round_trip(*state, model);
    sm_model_free(model);
}

static void image_shape_and_training_text_survive(void **state)
{
    sm_model *const model = create((sm_shape){
        .features = 12, .classes = 2, .image_height = 3, .image_width = 4, .scale = 1.0F / 255.0F});
    assert_int_equal(
        smi_model_set_training(model, "{\"solver\":{\"name\":\"sgd\"},\"é\":\"\\\"\"}"), SM_OK);
    check_round_trip(*state, model);
    sm_model_free(model);
}

static void colour_and_resizing_survive(void **state)
{
    sm_model *const model = create((sm_shape){.features = 12,
                                              .classes = 2,
                                              .image_height = 2,
                                              .image_width = 2,
                                              .image_resize = true,
                                              .scale = 1.0F});
    check_round_trip(*state, model);
    sm_model_free(model);
}

static void the_form_of_its_data_survives(void **state)
{
    static const sm_index_base bases[] = {SM_INDEX_AUTO, SM_INDEX_FROM_ONE, SM_INDEX_FROM_ZERO};
    for (size_t i = 0; i < COUNT(bases); i++) {
        sm_model *const model = create((sm_shape){
            .features = 12, .classes = 2, .scale = 1.0F, .sparse = i > 0, .index_base = bases[i]});
        check_round_trip(*state, model);
        sm_model_free(model);
    }
}

static void the_temperature_survives(void **state)
{
    static const double temperatures[] = {1.0, 1.0 / 3.0, 2.0, SM_LEAST_TEMPERATURE,
                                          SM_MOST_TEMPERATURE};
    for (size_t i = 0; i < COUNT(temperatures); i++) {
        sm_model *const model = create((sm_shape){.features = 2, .classes = 2, .scale = 1.0F});
        assert_int_equal(sm_model_set_temperature(model, temperatures[i]), SM_OK);
        check_round_trip(*state, model);
        sm_model_free(model);
    }
}

static void a_scaling_of_each_column_survives(void **state)
{
    static const float shifts[] = {0.0F, 0.1F, -FLT_MAX, 1e-45F, 3.0F};
    static const float scales[] = {1.0F, 1.0F / 3.0F, FLT_MIN, FLT_MAX, -2.0F};
    sm_model *const model = create((sm_shape){.features = COUNT(shifts),
                                              .classes = 2,
                                              .scale = 1.0F / 255.0F,
                                              .column_shift = shifts,
                                              .column_scale = scales});
    check_round_trip(*state, model);
    sm_model_free(model);
}

static void a_model_of_most_classes_survives(void **state)
{
    sm_model *const model = create((sm_shape){.features = 1, .classes = 65536, .scale = 1.0F});
    check_round_trip(*state, model);
    sm_model_free(model);
}

/* ---- the layout ---- */

static uint64_t little_endian(const uint8_t *const at, const size_t count)
{
    uint64_t value = 0;
    for (size_t i = 0; i < count; i++) {
        value |= (uint64_t)at[i] << (8 * i);
    }
    return value;
}

static size_t offset_of(const json_t *const tensor, const size_t which)
{
    const json_t *const offset = json_array_get(json_object_get(tensor, "data_offsets"), which);
    assert_true(json_is_integer(offset));
    return (size_t)json_integer_value(offset);
}

static void check_floats(const uint8_t *at, const float *const values, const size_t count)
{
    for (size_t i = 0; i < count; i++, at += 4) {
        const uint32_t bits = (uint32_t)little_endian(at, 4);
        assert_memory_equal(&bits, &values[i], sizeof bits);
    }
}

/* What any reader of safetensors relies on, checked without the library. */
static void a_file_is_a_length_a_json_header_and_the_tensors(void **state)
{
    static const char *const names[] = {"a", "b", "c"};
    enum { FEATURES = 5, CLASSES = 3, KERNEL = FEATURES * CLASSES };
    sm_model *const model = create(
        (sm_shape){.features = FEATURES, .classes = CLASSES, .scale = 0.5F, .class_names = names});
    assert_int_equal(sm_model_initialize(model, SM_INIT_GLOROT, 1), SM_OK);
    assert_int_equal(sm_model_save(model, path_in(*state, "m").text), SM_OK);
    size_t size = 0;
    uint8_t *const file = read_file(path_in(*state, "m").text, &size);
    const size_t length = (size_t)little_endian(file, 8);
    assert_int_equal((8 + length) % 64, 0);
    assert_int_equal(size, 8 + length + (KERNEL + CLASSES) * sizeof(float));
    assert_int_equal(file[8], '{');

    json_t *const header = json_loadb((const char *)file + 8, length, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(header);
    assert_int_equal(json_object_size(header), 3);
    const json_t *const kernel = json_object_get(header, "dense_0.kernel");
    const json_t *const bias = json_object_get(header, "dense_0.bias");
    assert_string_equal(json_string_value(json_object_get(kernel, "dtype")), "F32");
    assert_string_equal(json_string_value(json_object_get(bias, "dtype")), "F32");
    assert_int_equal(json_array_size(json_object_get(kernel, "shape")), 2);
    assert_int_equal(json_integer_value(json_array_get(json_object_get(kernel, "shape"), 0)),
                     FEATURES);
    assert_int_equal(json_integer_value(json_array_get(json_object_get(kernel, "shape"), 1)),
                     CLASSES);
    assert_int_equal(json_array_size(json_object_get(bias, "shape")), 1);
    assert_int_equal(offset_of(kernel, 0), 0);
    assert_int_equal(offset_of(kernel, 1), KERNEL * 4);
    assert_int_equal(offset_of(bias, 0), KERNEL * 4);
    assert_int_equal(offset_of(bias, 1), (KERNEL + CLASSES) * 4);

    float kernel_values[KERNEL];
    float bias_values[CLASSES];
    assert_int_equal(sm_model_get_parameters(model, 0, kernel_values, bias_values), SM_OK);
    check_floats(file + 8 + length, kernel_values, KERNEL);
    check_floats(file + 8 + length + offset_of(bias, 0), bias_values, CLASSES);
    json_decref(header);
    free(file);
    sm_model_free(model);
}

static void the_metadata_are_strings_that_describe_the_model(void **state)
{
    static const char *const names[] = {"\"x\"", "ü"};
    sm_model *const model = create((sm_shape){.features = 6,
                                              .classes = 2,
                                              .image_height = 2,
                                              .image_width = 3,
                                              .shift = 1.5F,
                                              .scale = 0.25F,
                                              .class_names = names});
    assert_int_equal(smi_model_set_training(model, "{\"l2\":0.5}"), SM_OK);
    assert_int_equal(sm_model_save(model, path_in(*state, "m").text), SM_OK);
    sm_model_free(model);
    uint8_t *const file = read_file(path_in(*state, "m").text, NULL);
    json_t *const header =
        json_loadb((const char *)file + 8, (size_t)little_endian(file, 8), 0, NULL);
    const json_t *const metadata = json_object_get(header, "__metadata__");
    assert_string_equal(json_string_value(json_object_get(metadata, "softmax.format")), "1");
    assert_string_equal(json_string_value(json_object_get(metadata, "softmax.version")),
                        SM_VERSION_STRING);
    assert_string_equal(json_string_value(json_object_get(metadata, "softmax.training")),
                        "{\"l2\":0.5}");
    json_t *const description =
        json_loads(json_string_value(json_object_get(metadata, "softmax.model")),
                   JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(description);
    json_t *const expected = json_loads(
        "{\"layers\":[{\"type\":\"dense\",\"name\":\"dense_0\",\"inputs\":6,\"outputs\":2}],"
        "\"class_names\":[\"\\\"x\\\"\",\"ü\"],\"image\":{\"height\":2,\"width\":3},"
        "\"scaling\":{\"shift\":1.5,\"scale\":0.25}}",
        0, NULL);
    assert_non_null(expected);
    assert_true(json_equal(description, expected));
    json_decref(expected);
    json_decref(description);
    json_decref(header);
    free(file);
}

static void a_model_without_training_or_picture_says_so(void **state)
{
    sm_model *const model = create((sm_shape){.features = 1, .classes = 2, .scale = 1.0F});
    assert_int_equal(sm_model_save(model, path_in(*state, "m").text), SM_OK);
    sm_model_free(model);
    uint8_t *const file = read_file(path_in(*state, "m").text, NULL);
    const char *const header = (const char *)file + 8;
    assert_non_null(strstr(header, "\\\"image\\\":null"));
    assert_null(strstr(header, "softmax.training"));
    free(file);
}

/* ---- what others may write ---- */

static void check_parses(const char *const header)
{
    byte_list file = model_file(header, tiny_values, TINY_FLOATS);
    sm_model *model = NULL;
    const sm_status status = smi_model_parse(file.data, file.size, "m", &model);
    if (status != SM_OK) {
        fail_msg("%s", sm_error_message());
    }
    assert_memory_equal(model->parameters, tiny_values, sizeof tiny_values);
    assert_string_equal(sm_model_shape(model).class_names[0], "yes");
    assert_string_equal(sm_model_shape(model).class_names[1], "no");
    assert_true(sm_model_shape(model).shift == 0.5F && sm_model_shape(model).scale == 2.0F);
    sm_model_free(model);
    byte_list_free(&file);
}

static void headers_may_be_written_in_other_ways(void **state)
{
    (void)state;
    static const struct {
        const char *part;
        const char *replacement;
    } ways[] = {
        {"}}\"},", "}}\"},"},                         /* as it is */
        {"\"scale\\\":2.0", "\"scale\\\":2"},         /* a whole number */
        {"\"scale\\\":2.0", "\"scale\\\":20e-1"},     /* an exponent */
        {"{\\\"layers\\\"", " { \\\"layers\\\""},     /* blanks in the description */
        {"{\"__metadata__\"", "{ \"__metadata__\""},  /* blanks in the header */
        {"[24,32]}}", "[24,32]}}   "},                /* any padding */
        {"\"1\",", "\"1\",\"author\":\"somebody\","}, /* metadata of others' */
        {"\\\"image\\\"", "\\\"storage\\\":\\\"sparse\\\",\\\"image\\\""},
        {"\\\"image\\\"", "\\\"storage\\\":\\\"dense\\\",\\\"image\\\""},
        {"\\\"image\\\"", "\\\"index_base\\\":0,\\\"image\\\""},
        {"\\\"image\\\"", "\\\"colour\\\":1,\\\"image\\\""}, /* descriptions of later versions */
        {"\"data_offsets\":[0,24]", "\"note\":0,\"data_offsets\":[0,24]"},
    };
    for (size_t i = 0; i < COUNT(ways); i++) {
        char *const header = replaced(tiny_header, ways[i].part, ways[i].replacement);
        check_parses(header);
        free(header);
    }
}

static void tensors_may_come_in_any_order(void **state)
{
    (void)state;
    float values[TINY_FLOATS];
    memcpy(values, tiny_values + 6, 2 * sizeof *values);
    memcpy(values + 2, tiny_values, 6 * sizeof *values);
    char *const moved = replaced(tiny_header, "[0,24]", "[8,32]");
    char *const both = replaced(moved, "[24,32]", "[0,8]");
    byte_list file = model_file(both, values, TINY_FLOATS);
    sm_model *model = NULL;
    assert_int_equal(smi_model_parse(file.data, file.size, "m", &model), SM_OK);
    assert_memory_equal(model->parameters, tiny_values, sizeof tiny_values);
    sm_model_free(model);
    byte_list_free(&file);
    free(both);
    free(moved);
}

static void a_file_from_a_pipe_is_read_too(void **state)
{
    (void)state;
    byte_list file = model_file(tiny_header, tiny_values, TINY_FLOATS);
    int ends[2] = {-1, -1};
    char path[32];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], file.data, file.size), file.size);
    close(ends[1]);
    (void)snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    sm_model *const model = load(path);
    close(ends[0]);
    assert_memory_equal(model->parameters, tiny_values, sizeof tiny_values);
    sm_model_free(model);
    byte_list_free(&file);
}

/* ---- paths ---- */

static void saving_replaces_a_file_and_leaves_nothing_else(void **state)
{
    sm_model *const model = create((sm_shape){.features = 1, .classes = 2, .scale = 1.0F});
    write_file(path_in(*state, "m").text, "something older", 15);
    assert_int_equal(sm_model_save(model, path_in(*state, "m").text), SM_OK);
    assert_int_equal(count_entries(*state), 1);
    sm_model_free(load(path_in(*state, "m").text));
    sm_model_free(model);
}

static void saving_where_it_cannot_be_names_the_path(void **state)
{
    sm_model *const model = create((sm_shape){.features = 1, .classes = 2, .scale = 1.0F});
    const scratch_path missing = path_in(*state, "no such folder/m");
    assert_int_equal(sm_model_save(model, missing.text), SM_ERROR_IO);
    assert_non_null(strstr(sm_error_message(), missing.text));
    make_folder(path_in(*state, "folder").text);
    assert_int_equal(sm_model_save(model, path_in(*state, "folder").text), SM_ERROR_IO);
    assert_non_null(strstr(sm_error_message(), path_in(*state, "folder").text));
    assert_int_equal(count_entries(*state), 1);
    sm_model_free(model);
}

static void a_full_disk_is_an_error(void **state)
{
    (void)state;
    struct stat about;
    if (stat("/dev/full", &about) != 0 || !S_ISCHR(about.st_mode)) {
        print_message("skipped: there is no device /dev/full\n");
        skip(); /* and do not make a file of that name */
    }
    sm_model *const model = create((sm_shape){.features = 100, .classes = 100, .scale = 1.0F});
    assert_int_equal(sm_model_save(model, "/dev/full"), SM_ERROR_IO);
    assert_non_null(strstr(sm_error_message(), "/dev/full"));
    sm_model_free(model);
}

static void loading_what_cannot_be_read_names_the_path(void **state)
{
    sm_model *model = NULL;
    const scratch_path missing = path_in(*state, "nothing");
    assert_int_equal(sm_model_load(missing.text, &model), SM_ERROR_IO);
    assert_non_null(strstr(sm_error_message(), missing.text));
    assert_int_equal(sm_model_load(*state, &model), SM_ERROR_IO); /* a folder */
    assert_non_null(strstr(sm_error_message(), *state));
    assert_null(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_loaded_model_is_the_one_saved_to_the_bit, scratch_setup,
                                        scratch_teardown),
        cmocka_unit_test_setup_teardown(class_names_of_any_text_survive, scratch_setup,
                                        scratch_teardown),
        cmocka_unit_test_setup_teardown(image_shape_and_training_text_survive, scratch_setup,
                                        scratch_teardown),
        cmocka_unit_test_setup_teardown(colour_and_resizing_survive, scratch_setup,
                                        scratch_teardown),
        cmocka_unit_test_setup_teardown(the_form_of_its_data_survives, scratch_setup,
                                        scratch_teardown),
        cmocka_unit_test_setup_teardown(the_temperature_survives, scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(a_scaling_of_each_column_survives, scratch_setup,
                                        scratch_teardown),
        cmocka_unit_test_setup_teardown(a_model_of_most_classes_survives, scratch_setup,
                                        scratch_teardown),
        cmocka_unit_test_setup_teardown(a_file_is_a_length_a_json_header_and_the_tensors,
                                        scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(the_metadata_are_strings_that_describe_the_model,
                                        scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(a_model_without_training_or_picture_says_so, scratch_setup,
                                        scratch_teardown),
        cmocka_unit_test(headers_may_be_written_in_other_ways),
        cmocka_unit_test(tensors_may_come_in_any_order),
        cmocka_unit_test(a_file_from_a_pipe_is_read_too),
        cmocka_unit_test_setup_teardown(saving_replaces_a_file_and_leaves_nothing_else,
                                        scratch_setup, scratch_teardown),
        cmocka_unit_test_setup_teardown(saving_where_it_cannot_be_names_the_path, scratch_setup,
                                        scratch_teardown),
        cmocka_unit_test(a_full_disk_is_an_error),
        cmocka_unit_test_setup_teardown(loading_what_cannot_be_read_names_the_path, scratch_setup,
                                        scratch_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
