/* Files of networks: that nothing is lost, what they look like, and what is refused. */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "model/model.h"
#include "model/model_file.h"
#include "support/cmocka_all.h"
#include "support/message.h"
#include "support/scratch.h"
#include "support/tiny_model.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static sm_model *load(const char *const path)
{
    sm_model *model = NULL;
    if (sm_model_load(path, &model) != SM_OK) {
        fail_msg("%s", sm_error_message());
    }
    return model;
}

/* 7 → 25 → 3 → 15 → 6, with every activation that fits. */
static sm_model *network(const sm_shape shape)
{
    static const sm_layer hidden[] = {
        {25, SM_LEAKY_RELU, 0.1}, {3, SM_GELU, 0.0}, {15, SM_SIGMOID, 0.999999}};
    sm_model *model = NULL;
    assert_int_equal(sm_model_create(shape, &model), SM_OK);
    for (size_t i = 0; i < COUNT(hidden); i++) {
        assert_int_equal(sm_model_add_layer(model, &hidden[i]), SM_OK);
    }
    assert_int_equal(sm_model_initialize(model, SM_INIT_HE, 4), SM_OK);
    for (size_t i = 0; i < model->parameter_count; i++) {
        model->parameters[i] += 0.01F * (float)(i % 7); /* biases too */
    }
    smi_model_update_map(model);
    return model;
}

static const sm_shape plain = {.features = 7, .classes = 6, .shift = 0.5F, .scale = 2.0F};

/* ---- what is written ---- */

static void check_same(const sm_model *const a, const sm_model *const b)
{
    assert_int_equal(a->layer_count, b->layer_count);
    for (size_t i = 0; i < a->layer_count; i++) {
        assert_string_equal(a->layers[i].name, b->layers[i].name);
        assert_int_equal(a->layers[i].inputs, b->layers[i].inputs);
        assert_int_equal(a->layers[i].outputs, b->layers[i].outputs);
        assert_int_equal(a->layers[i].activation, b->layers[i].activation);
        assert_true(a->layers[i].dropout == b->layers[i].dropout);
    }
    assert_int_equal(a->parameter_count, b->parameter_count);
    assert_memory_equal(a->parameters, b->parameters, a->parameter_count * sizeof *a->parameters);
    assert_memory_equal(a->map.bias, b->map.bias, a->map.classes * sizeof(float));
}

static void a_loaded_network_is_the_one_saved(void **state)
{
    static const float columns[] = {1.0F, 2.0F, 3.0F, 4.0F, 5.0F, 6.0F, 7.0F};
    sm_shape shapes[3] = {plain, plain, plain};
    shapes[1].sparse = true;
    shapes[2].column_shift = columns;
    shapes[2].column_scale = columns;
    for (size_t i = 0; i < COUNT(shapes); i++) {
        sm_model *const model = network(shapes[i]);
        assert_int_equal(sm_model_save(model, path_in(*state, "first").text), SM_OK);
        sm_model *const loaded = load(path_in(*state, "first").text);
        check_same(loaded, model);
        assert_int_equal(sm_model_save(loaded, path_in(*state, "second").text), SM_OK);
        size_t sizes[2] = {0};
        uint8_t *const first = read_file(path_in(*state, "first").text, &sizes[0]);
        uint8_t *const second = read_file(path_in(*state, "second").text, &sizes[1]);
        assert_int_equal(sizes[0], sizes[1]);
        assert_memory_equal(first, second, sizes[0]);
        free(first);
        free(second);
        sm_model_free(loaded);
        sm_model_free(model);
    }
}

static void check_tensor(const json_t *const header, const char *const name,
                         const char *const expected)
{
    char *const text = json_dumps(json_object_get(header, name), JSON_COMPACT);
    assert_non_null(text);
    assert_string_equal(text, expected);
    free(text);
}

static void the_header_lists_layers_and_tensors(void **state)
{
    sm_model *const model = network(plain);
    assert_int_equal(sm_model_save(model, path_in(*state, "m").text), SM_OK);
    sm_model_free(model);
    size_t size = 0;
    uint8_t *const file = read_file(path_in(*state, "m").text, &size);
    json_t *const header =
        json_loadb((const char *)file + 8, file[0] | (size_t)file[1] << 8, 0, NULL);
    assert_non_null(header);
    assert_int_equal(json_object_size(header), 9); /* with the metadata */
    check_tensor(header, "dense_0.kernel",
                 "{\"dtype\":\"F32\",\"shape\":[7,25],\"data_offsets\":[0,700]}");
    check_tensor(header, "dense_0.bias",
                 "{\"dtype\":\"F32\",\"shape\":[25],\"data_offsets\":[700,800]}");
    check_tensor(header, "dense_3.kernel",
                 "{\"dtype\":\"F32\",\"shape\":[15,6],\"data_offsets\":[1352,1712]}");
    check_tensor(header, "dense_3.bias",
                 "{\"dtype\":\"F32\",\"shape\":[6],\"data_offsets\":[1712,1736]}");
    json_t *const description =
        json_loads(json_string_value(
                       json_object_get(json_object_get(header, "__metadata__"), "softmax.model")),
                   0, NULL);
    char *const layers = json_dumps(json_object_get(description, "layers"), JSON_COMPACT);
    assert_string_equal(layers,
                        "[{\"type\":\"dense\",\"name\":\"dense_0\",\"inputs\":7,\"outputs\":25,"
                        "\"activation\":\"leaky-relu\",\"dropout\":0.10000000000000001},"
                        "{\"type\":\"dense\",\"name\":\"dense_1\",\"inputs\":25,\"outputs\":3,"
                        "\"activation\":\"gelu\",\"dropout\":0.0},"
                        "{\"type\":\"dense\",\"name\":\"dense_2\",\"inputs\":3,\"outputs\":15,"
                        "\"activation\":\"sigmoid\",\"dropout\":0.99999899999999997},"
                        "{\"type\":\"dense\",\"name\":\"dense_3\",\"inputs\":15,\"outputs\":6}]");
    free(layers);
    json_decref(description);
    json_decref(header);
    free(file);
}

/* ---- what is refused ---- */

/* 3 → 4 → 2: the description in pieces, as its quotes are written in the header. */
#define HIDDEN                                                                                     \
    "{\\\"type\\\":\\\"dense\\\",\\\"name\\\":\\\"dense_0\\\",\\\"inputs\\\":3,\\\"outputs\\\":4," \
    "\\\"activation\\\":\\\"relu\\\",\\\"dropout\\\":0.5}"
#define OUTPUT                                                                                     \
    "{\\\"type\\\":\\\"dense\\\",\\\"name\\\":\\\"dense_1\\\",\\\"inputs\\\":4,\\\"outputs\\\":2}"
#define HIDDEN_BIAS "\"dense_0.bias\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[48,64]},"

enum { FLOATS = 3 * 4 + 4 + 4 * 2 + 2 };

static const char network_header[] =
    "{\"__metadata__\":{\"softmax.format\":\"1\",\"softmax.model\":\"{\\\"layers\\\":[" HIDDEN
    "," OUTPUT "],\\\"class_names\\\":[\\\"yes\\\",\\\"no\\\"],\\\"image\\\":null,"
    "\\\"scaling\\\":{\\\"shift\\\":0.5,\\\"scale\\\":2.0}}\"},"
    "\"dense_0.kernel\":{\"dtype\":\"F32\",\"shape\":[3,4],\"data_offsets\":[0,48]}," HIDDEN_BIAS
    "\"dense_1.kernel\":{\"dtype\":\"F32\",\"shape\":[4,2],\"data_offsets\":[64,96]},"
    "\"dense_1.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[96,104]}}";

static const float values[32] = {1.0F};

static void the_network_is_fine_unless_spoilt(void **state)
{
    (void)state;
    sm_model *model = NULL;
    byte_list file = model_file(network_header, values, FLOATS);
    assert_int_equal(smi_model_parse(file.data, file.size, "m", &model), SM_OK);
    assert_int_equal(sm_model_layer_count(model), 2);
    assert_int_equal(sm_model_layer_info(model, 0).activation, SM_RELU);
    assert_true(sm_model_layer_info(model, 0).dropout == 0.5);
    sm_model_free(model);
    byte_list_free(&file);
}

typedef struct spoilt {
    const char *part;
    const char *replacement;
    size_t floats;
    const char *message;
} spoilt;

static void check_spoilt(const spoilt *const cases, const size_t count)
{
    for (size_t i = 0; i < count; i++) {
        sm_model *model = NULL;
        char *const header = replaced(network_header, cases[i].part, cases[i].replacement);
        byte_list file = model_file(header, values, cases[i].floats);
        assert_int_equal(smi_model_parse(file.data, file.size, "spoilt", &model), SM_ERROR_FORMAT);
        assert_message("spoilt: %s", cases[i].message);
        assert_null(model);
        byte_list_free(&file);
        free(header);
    }
}

static void layers_that_do_not_fit_together_are_refused(void **state)
{
    (void)state;
    static const char misfit[] = "tensor 'dense_0.kernel' is not F32 of the shape that the "
                                 "description gives";
    static const spoilt cases[] = {
        {"\\\"inputs\\\":4", "\\\"inputs\\\":5", FLOATS,
         "metadata 'softmax.model': layer 'dense_1' takes 5 inputs, but 'dense_0' has 4 outputs"},
        {"\\\"outputs\\\":4", "\\\"outputs\\\":3", FLOATS,
         "metadata 'softmax.model': layer 'dense_1' takes 4 inputs, but 'dense_0' has 3 outputs"},
        {"\\\"outputs\\\":4", "\\\"outputs\\\":0", FLOATS,
         "metadata 'softmax.model': layer 'dense_0': its inputs or outputs are not sizes"},
        {"\\\"outputs\\\":2}", "\\\"outputs\\\":-2}", FLOATS,
         "metadata 'softmax.model': layer 'dense_1': its inputs or outputs are not sizes"},
        {"\\\"inputs\\\":3", "\\\"inputs\\\":9223372036854775807", FLOATS, misfit},
        {"\\\"inputs\\\":3", "\\\"inputs\\\":4611686018427387907", FLOATS, misfit},
        {HIDDEN "," OUTPUT, OUTPUT "," HIDDEN, FLOATS,
         "metadata 'softmax.model': layer 0 is not one of type 'dense' named 'dense_0'"},
        {HIDDEN "," OUTPUT, OUTPUT, FLOATS,
         "metadata 'softmax.model': layer 0 is not one of type 'dense' named 'dense_0'"},
        {"dense_1\\\"", "dense_01\\\"", FLOATS,
         "metadata 'softmax.model': layer 1 is not one of type 'dense' named 'dense_1'"},
        {HIDDEN "," OUTPUT, HIDDEN "," OUTPUT ",{}", FLOATS,
         "metadata 'softmax.model': layer 'dense_1': this version knows the activations linear, "
         "relu, leaky-relu, gelu, tanh and sigmoid"},
    };
    check_spoilt(cases, COUNT(cases));
}

static void activations_that_are_not_known_are_refused(void **state)
{
    (void)state;
    static const char message[] =
        "metadata 'softmax.model': layer 'dense_0': this version knows the activations linear, "
        "relu, leaky-relu, gelu, tanh and sigmoid";
    static const spoilt cases[] = {
        {"\\\"relu\\\"", "\\\"softplus\\\"", FLOATS, message},
        {"\\\"relu\\\"", "\\\"ReLU\\\"", FLOATS, message},
        {"\\\"relu\\\"", "\\\"\\\"", FLOATS, message},
        {"\\\"relu\\\"", "1", FLOATS, message},
        {"\\\"activation\\\":\\\"relu\\\",", "", FLOATS, message},
    };
    check_spoilt(cases, COUNT(cases));
}

static void dropouts_outside_0_to_1_are_refused(void **state)
{
    (void)state;
    static const char message[] = "metadata 'softmax.model': layer 'dense_0': its dropout is not a "
                                  "number of at least 0 and below 1";
    static const spoilt cases[] = {
        {"0.5}", "1}", FLOATS, message},     {"0.5}", "-0.1}", FLOATS, message},
        {"0.5}", "1e300}", FLOATS, message}, {"0.5}", "\\\"0.5\\\"}", FLOATS, message},
        {"0.5}", "null}", FLOATS, message},  {",\\\"dropout\\\":0.5", "", FLOATS, message},
    };
    check_spoilt(cases, COUNT(cases));
}

static void output_layers_with_an_activation_are_refused(void **state)
{
    (void)state;
    static const char message[] = "metadata 'softmax.model': layer 'dense_1' is the output layer, "
                                  "and has neither activation nor dropout";
    static const spoilt cases[] = {
        {"\\\"outputs\\\":2}", "\\\"outputs\\\":2,\\\"activation\\\":\\\"relu\\\"}", FLOATS,
         message},
        {"\\\"outputs\\\":2}", "\\\"outputs\\\":2,\\\"activation\\\":\\\"linear\\\"}", FLOATS,
         message},
        {"\\\"outputs\\\":2}", "\\\"outputs\\\":2,\\\"dropout\\\":0}", FLOATS, message},
    };
    check_spoilt(cases, COUNT(cases));
}

static void missing_extra_and_misshapen_tensors_are_refused(void **state)
{
    (void)state;
    static const spoilt cases[] = {
        {"\"dense_1.kernel\"", "\"dense_2.kernel\"", FLOATS, "tensor 'dense_1.kernel' is missing"},
        {"\"dense_1.bias\"", "\"dense_2.bias\"", FLOATS, "tensor 'dense_1.bias' is missing"},
        {"[96,104]}",
         "[96,104]},\"more\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[104,"
         "108]}",
         FLOATS + 1, "it should hold 4 tensors, a kernel and a bias for each layer; these are 5"},
        {"],\\\"class_names\\\"", "],\\\"Class_names\\\"", FLOATS,
         "metadata 'softmax.model': 'class_names' does not hold one name a class"},
        {"[4,2]", "[2,4]", FLOATS,
         "tensor 'dense_1.kernel' is not F32 of the shape that the description gives"},
        {"[3,4]", "[4,3]", FLOATS,
         "tensor 'dense_0.kernel' is not F32 of the shape that the description gives"},
        {"\"shape\":[4]", "\"shape\":[4,1]", FLOATS,
         "tensor 'dense_0.bias' is not F32 of the shape that the description gives"},
        {"[2],\"data_offsets\":[96,104]", "[3],\"data_offsets\":[96,108]", FLOATS + 1,
         "tensor 'dense_1.bias' is not F32 of the shape that the description gives"},
        {"[2],\"data_offsets\":[96,104]", "[1],\"data_offsets\":[96,100]", FLOATS - 1,
         "tensor 'dense_1.bias' is not F32 of the shape that the description gives"},
    };
    check_spoilt(cases, COUNT(cases));
}

static void weights_of_any_layer_that_are_no_numbers_are_refused(void **state)
{
    (void)state;
    static const char *const tensors[] = {"dense_0.kernel", "dense_0.bias", "dense_1.kernel",
                                          "dense_1.bias"};
    static const size_t first[] = {0, 12, 16, 24};
    for (size_t t = 0; t < COUNT(tensors); t++) {
        float spoilt_values[FLOATS] = {0.0F};
        sm_model *model = NULL;
        spoilt_values[first[t] + 1] = INFINITY;
        byte_list file = model_file(network_header, spoilt_values, FLOATS);
        assert_int_equal(smi_model_parse(file.data, file.size, "spoilt", &model), SM_ERROR_FORMAT);
        assert_message("spoilt: tensor '%s': value 1 is not a finite number", tensors[t]);
        byte_list_free(&file);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_loaded_network_is_the_one_saved, scratch_setup,
                                        scratch_teardown),
        cmocka_unit_test_setup_teardown(the_header_lists_layers_and_tensors, scratch_setup,
                                        scratch_teardown),
        cmocka_unit_test(the_network_is_fine_unless_spoilt),
        cmocka_unit_test(layers_that_do_not_fit_together_are_refused),
        cmocka_unit_test(activations_that_are_not_known_are_refused),
        cmocka_unit_test(dropouts_outside_0_to_1_are_refused),
        cmocka_unit_test(output_layers_with_an_activation_are_refused),
        cmocka_unit_test(missing_extra_and_misshapen_tensors_are_refused),
        cmocka_unit_test(weights_of_any_layer_that_are_no_numbers_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
