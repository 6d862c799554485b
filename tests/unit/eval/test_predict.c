/* Logits and probabilities of rows, from datasets and arrays. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "support/allocations.h"
#include "support/cmocka_all.h"
#include "support/made_data.h"
#include "support/message.h"

enum { ROWS = 150, FEATURES = 9, CLASSES = 4 };

typedef struct setting {
    made_data data;
    sm_model *model;
} setting;

static setting prepared(const sm_element element)
{
    setting all = {.data = made_data_of(element, ROWS, FEATURES, CLASSES, 1)};
    sm_shape shape = sm_dataset_shape(all.data.dataset);
    shape.shift = 1.5F;
    assert_int_equal(sm_model_create(shape, &all.model), SM_OK);
    assert_int_equal(sm_model_initialize(all.model, SM_INIT_GLOROT, 1), SM_OK);
    return all;
}

static void finish(setting *const all)
{
    sm_model_free(all->model);
    made_data_free(&all->data);
}

static sm_status predict_array(const setting *const all, const size_t rows, const sm_output kind,
                               float *const output)
{
    return all->data.bytes != NULL
               ? sm_predict_u8(all->model, all->data.bytes, rows, kind, output)
               : sm_predict_f32(all->model, all->data.floats, rows, kind, output);
}

static void logits_follow_the_formula(void **state)
{
    (void)state;
    for (int element = SM_U8; element <= SM_F32; element++) {
        setting all = prepared((sm_element)element);
        float kernel[FEATURES * CLASSES];
        float bias[CLASSES];
        float logits[ROWS * CLASSES];
        assert_int_equal(sm_model_get_parameters(all.model, 0, kernel, bias), SM_OK);
        assert_int_equal(sm_predict(all.model, all.data.dataset, 0, ROWS, SM_LOGITS, logits),
                         SM_OK);
        const double shift = 1.5;
        const double scale = (double)sm_model_shape(all.model).scale;
        for (size_t r = 0; r < ROWS; r++) {
            float x[FEATURES];
            assert_int_equal(sm_dataset_row(all.data.dataset, r, x), SM_OK);
            for (size_t c = 0; c < CLASSES; c++) {
                double exact = (double)bias[c];
                double magnitude = 0.0;
                for (size_t f = 0; f < FEATURES; f++) {
                    const double weight = scale * (double)kernel[f * CLASSES + c];
                    exact += ((double)x[f] - shift) * weight;
                    magnitude += (fabs((double)x[f]) + shift) * fabs(weight);
                }
                assert_true(fabs((double)logits[r * CLASSES + c] - exact) <=
                            (FEATURES + 4) * 0x1p-24 * magnitude);
            }
        }
        finish(&all);
    }
}

static void probabilities_are_the_softmax_of_the_logits(void **state)
{
    (void)state;
    setting all = prepared(SM_U8);
    float logits[ROWS * CLASSES];
    float probabilities[ROWS * CLASSES];
    assert_int_equal(sm_predict(all.model, all.data.dataset, 0, ROWS, SM_LOGITS, logits), SM_OK);
    assert_int_equal(
        sm_predict(all.model, all.data.dataset, 0, ROWS, SM_PROBABILITIES, probabilities), SM_OK);
    sm_softmax(logits, ROWS, CLASSES, logits);
    assert_memory_equal(probabilities, logits, sizeof logits);
    finish(&all);
}

static void arrays_give_the_same_bits_as_datasets(void **state)
{
    (void)state;
    for (int element = SM_U8; element <= SM_F32; element++) {
        for (int kind = SM_LOGITS; kind <= SM_PROBABILITIES; kind++) {
            setting all = prepared((sm_element)element);
            float of_dataset[ROWS * CLASSES];
            float of_array[ROWS * CLASSES];
            assert_int_equal(
                sm_predict(all.model, all.data.dataset, 0, ROWS, (sm_output)kind, of_dataset),
                SM_OK);
            assert_int_equal(predict_array(&all, ROWS, (sm_output)kind, of_array), SM_OK);
            assert_memory_equal(of_array, of_dataset, sizeof of_array);
            finish(&all);
        }
    }
}

static void any_range_of_rows_gives_its_part_and_no_more(void **state)
{
    (void)state;
    static const size_t ranges[][2] = {{0, 1},    {0, 63},  {0, 64}, {0, 65},  {7, 64},
                                       {20, 130}, {149, 1}, {0, 0},  {150, 0}, {86, 64}};
    setting all = prepared(SM_F32);
    float whole[ROWS * CLASSES];
    assert_int_equal(sm_predict(all.model, all.data.dataset, 0, ROWS, SM_PROBABILITIES, whole),
                     SM_OK);
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        const size_t first = ranges[i][0];
        const size_t count = ranges[i][1] * CLASSES;
        float part[ROWS * CLASSES + 1];
        for (size_t p = 0; p <= ROWS * CLASSES; p++) {
            part[p] = -7.0F;
        }
        assert_int_equal(
            sm_predict(all.model, all.data.dataset, first, ranges[i][1], SM_PROBABILITIES, part),
            SM_OK);
        assert_memory_equal(part, whole + first * CLASSES, count * sizeof *part);
        assert_true(part[count] == -7.0F);
    }
    finish(&all);
}

static void rows_of_a_part_are_counted_within_it(void **state)
{
    (void)state;
    setting all = prepared(SM_U8);
    sm_dataset *parts[2] = {NULL, NULL};
    float row[FEATURES];
    float of_part[CLASSES];
    float of_row[CLASSES];
    uint8_t x[FEATURES];
    const sm_split_options options = sm_split_options_default(50);
    assert_int_equal(sm_dataset_split(all.data.dataset, &options, &parts[0], &parts[1]), SM_OK);
    for (size_t r = 0; r < 50; r++) {
        assert_int_equal(sm_dataset_row(parts[1], r, row), SM_OK);
        for (size_t f = 0; f < FEATURES; f++) {
            x[f] = (uint8_t)row[f];
        }
        assert_int_equal(sm_predict(all.model, parts[1], r, 1, SM_LOGITS, of_part), SM_OK);
        assert_int_equal(sm_predict_u8(all.model, x, 1, SM_LOGITS, of_row), SM_OK);
        assert_memory_equal(of_part, of_row, sizeof of_part);
    }
    float output[CLASSES];
    assert_int_equal(sm_predict(all.model, parts[1], 50, 1, SM_LOGITS, output), SM_ERROR_ARGUMENT);
    sm_dataset_free(parts[0]);
    sm_dataset_free(parts[1]);
    finish(&all);
}

static void rows_beyond_the_end_are_refused(void **state)
{
    (void)state;
    static const size_t ranges[][2] = {{ROWS, 1},     {0, ROWS + 1}, {1, ROWS},
                                       {ROWS + 1, 0}, {1, SIZE_MAX}, {SIZE_MAX, 1}};
    setting all = prepared(SM_U8);
    float output[ROWS * CLASSES] = {-7.0F};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        assert_int_equal(
            sm_predict(all.model, all.data.dataset, ranges[i][0], ranges[i][1], SM_LOGITS, output),
            SM_ERROR_ARGUMENT);
        assert_message("rows %zu … are asked for; the data has %d, from 0", ranges[i][0], ROWS);
        assert_true(output[0] == -7.0F);
    }
    finish(&all);
}

static void data_without_labels_can_be_predicted(void **state)
{
    (void)state;
    setting all = prepared(SM_U8);
    sm_dataset *unlabelled = NULL;
    float expected[ROWS * CLASSES];
    float output[ROWS * CLASSES];
    assert_int_equal(
        sm_dataset_borrow_u8(all.data.bytes, ROWS, FEATURES, NULL, CLASSES, &unlabelled), SM_OK);
    assert_int_equal(sm_predict(all.model, all.data.dataset, 0, ROWS, SM_LOGITS, expected), SM_OK);
    assert_int_equal(sm_predict(all.model, unlabelled, 0, ROWS, SM_LOGITS, output), SM_OK);
    assert_memory_equal(output, expected, sizeof output);
    sm_dataset_free(unlabelled);
    finish(&all);
}

static void features_that_are_no_numbers_give_what_they_may(void **state)
{
    (void)state;
    setting all = prepared(SM_F32);
    float x[2 * FEATURES] = {NAN};
    float output[2 * CLASSES];
    assert_int_equal(sm_predict_f32(all.model, x, 2, SM_PROBABILITIES, output), SM_OK);
    for (size_t c = 0; c < CLASSES; c++) {
        assert_true(isnan(output[c]));
        assert_true(isfinite(output[CLASSES + c])); /* the next row is none the worse */
    }
    finish(&all);
}

static void wrong_calls_are_answered(void **state)
{
    (void)state;
    setting all = prepared(SM_U8);
    made_data wide = made_data_of(SM_U8, 3, FEATURES + 1, CLASSES, 1);
    const sm_dataset *const dataset = all.data.dataset;
    const float *const floats = NULL;
    float output[CLASSES];
    assert_int_equal(sm_predict(NULL, dataset, 0, 1, SM_LOGITS, output), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_predict(all.model, NULL, 0, 1, SM_LOGITS, output), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_predict(all.model, dataset, 0, 1, SM_LOGITS, NULL), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_predict_u8(all.model, NULL, 1, SM_LOGITS, output), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_predict_f32(all.model, floats, 1, SM_LOGITS, output), SM_ERROR_ARGUMENT);
    assert_non_null(strstr(sm_error_message(), "sm_predict_f32: "));
    assert_int_equal(sm_predict(all.model, dataset, 0, 1, (sm_output)2, output), SM_ERROR_ARGUMENT);
    assert_message("sm_predict: there is no output 2");
    assert_int_equal(sm_predict(all.model, wide.dataset, 0, 1, SM_LOGITS, output), SM_ERROR_DATA);
    assert_non_null(strstr(sm_error_message(), "10 features"));
    made_data_free(&wide);
    finish(&all);
}

static void predicting_allocates_nothing(void **state)
{
    (void)state;
    for (int element = SM_U8; element <= SM_F32; element++) {
        setting all = prepared((sm_element)element);
        float output[ROWS * CLASSES];
        const size_t before = allocations_made();
        assert_true(before > 0); /* they are counted at all */
        for (int kind = SM_LOGITS; kind <= SM_PROBABILITIES; kind++) {
            assert_int_equal(
                sm_predict(all.model, all.data.dataset, 0, ROWS, (sm_output)kind, output), SM_OK);
            assert_int_equal(predict_array(&all, ROWS, (sm_output)kind, output), SM_OK);
        }
        assert_int_equal(allocations_made(), before);
        finish(&all);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logits_follow_the_formula),
        cmocka_unit_test(probabilities_are_the_softmax_of_the_logits),
        cmocka_unit_test(arrays_give_the_same_bits_as_datasets),
        cmocka_unit_test(any_range_of_rows_gives_its_part_and_no_more),
        cmocka_unit_test(rows_of_a_part_are_counted_within_it),
        cmocka_unit_test(rows_beyond_the_end_are_refused),
        cmocka_unit_test(data_without_labels_can_be_predicted),
        cmocka_unit_test(features_that_are_no_numbers_give_what_they_may),
        cmocka_unit_test(wrong_calls_are_answered),
        cmocka_unit_test(predicting_allocates_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
