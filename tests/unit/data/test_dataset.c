#include <float.h>
#include <math.h>

#include "support/cmocka_all.h"
#include "support/message.h"

#include "base/memory.h"
#include "data/dataset.h"

static const uint8_t pixels[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255};
static const float values[] = {0.0F, -1.0F, FLT_MAX, 1e-45F, 0.5F, 6.0F};
static const int32_t labels[] = {1, 0, 2};

/* ---- borrowing ---- */

static void bytes_of_the_callers_are_borrowed(void **state)
{
    (void)state;
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_u8(pixels, 3, 4, labels, 3, &dataset), SM_OK);
    const sm_shape shape = sm_dataset_shape(dataset);
    assert_int_equal(sm_dataset_rows(dataset), 3);
    assert_int_equal(sm_dataset_element(dataset), SM_U8);
    assert_int_equal(shape.features, 4);
    assert_int_equal(shape.classes, 3);
    assert_int_equal(shape.image_height, 0);
    assert_int_equal(shape.image_width, 0);
    assert_true(shape.shift == 0.0F);
    assert_true(shape.scale == 1.0F / 255.0F);
    assert_string_equal(shape.class_names[0], "0");
    assert_string_equal(shape.class_names[2], "2");
    assert_ptr_equal(smi_dataset_x(dataset, 0), pixels); /* not copied */
    assert_ptr_equal(smi_dataset_x(dataset, 2), pixels + 8);
    sm_dataset_free(dataset);
    sm_dataset_free(NULL);
}

static void floats_of_the_callers_are_borrowed(void **state)
{
    (void)state;
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_f32(values, 3, 2, labels, 3, &dataset), SM_OK);
    const sm_shape shape = sm_dataset_shape(dataset);
    assert_int_equal(sm_dataset_element(dataset), SM_F32);
    assert_true(shape.shift == 0.0F);
    assert_true(shape.scale == 1.0F); /* floats are taken as they are */
    assert_ptr_equal(smi_dataset_x(dataset, 1), values + 2);
    sm_dataset_free(dataset);
}

static void rows_are_copied_out_unscaled(void **state)
{
    (void)state;
    sm_dataset *dataset = NULL;
    float row[4] = {0.0F};
    assert_int_equal(sm_dataset_borrow_u8(pixels, 3, 4, labels, 3, &dataset), SM_OK);
    assert_int_equal(sm_dataset_row(dataset, 2, row), SM_OK);
    assert_true(row[0] == 8.0F && row[1] == 9.0F && row[2] == 10.0F && row[3] == 255.0F);
    assert_int_equal(sm_dataset_row(dataset, 3, row), SM_ERROR_ARGUMENT);
    assert_message("there is no row 3: the data has 3, from 0");
    assert_int_equal(sm_dataset_row(dataset, SIZE_MAX, row), SM_ERROR_ARGUMENT);
    sm_dataset_free(dataset);

    assert_int_equal(sm_dataset_borrow_f32(values, 3, 2, labels, 3, &dataset), SM_OK);
    assert_int_equal(sm_dataset_row(dataset, 1, row), SM_OK);
    assert_true(row[0] == FLT_MAX && row[1] == 1e-45F);
    sm_dataset_free(dataset);
}

static void labels_are_the_callers_class_indices(void **state)
{
    (void)state;
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_u8(pixels, 3, 4, labels, 5, &dataset), SM_OK);
    assert_true(sm_dataset_has_labels(dataset));
    assert_int_equal(sm_dataset_shape(dataset).classes, 5); /* also those without a row */
    assert_int_equal(sm_dataset_label(dataset, 0), 1);
    assert_int_equal(sm_dataset_label(dataset, 1), 0);
    assert_int_equal(sm_dataset_label(dataset, 2), 2);
    assert_int_equal(sm_dataset_label(dataset, 3), -1);
    assert_int_equal(sm_dataset_label(dataset, SIZE_MAX), -1);
    sm_dataset_free(dataset);
}

static void data_may_come_without_labels(void **state)
{
    (void)state;
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_u8(pixels, 3, 4, NULL, 3, &dataset), SM_OK);
    assert_false(sm_dataset_has_labels(dataset));
    assert_int_equal(sm_dataset_label(dataset, 0), -1);
    assert_int_equal(sm_dataset_shape(dataset).classes, 3);
    assert_int_equal(smi_dataset_check(dataset, 4, false), SM_OK);
    assert_int_equal(smi_dataset_check(dataset, 4, true), SM_ERROR_DATA);
    assert_message("the data has no labels");
    assert_int_equal(smi_dataset_check(dataset, 5, false), SM_ERROR_DATA);
    assert_message("the data has 4 features a row, the model takes 5");
    sm_dataset_free(dataset);
}

static void labels_out_of_range_are_refused(void **state)
{
    (void)state;
    sm_dataset *dataset = NULL;
    static const int32_t too_large[] = {0, 1, 3};
    static const int32_t negative[] = {0, -1, 1};
    assert_int_equal(sm_dataset_borrow_u8(pixels, 3, 4, too_large, 3, &dataset), SM_ERROR_DATA);
    assert_message("row 2: label 3 is outside 0 … 2");
    assert_int_equal(sm_dataset_borrow_f32(values, 3, 2, negative, 3, &dataset), SM_ERROR_DATA);
    assert_message("row 1: label -1 is outside 0 … 2");
    assert_null(dataset);
}

static void values_that_are_not_finite_are_refused(void **state)
{
    (void)state;
    static const float wrong[] = {NAN, INFINITY, -INFINITY};
    for (size_t i = 0; i < 3; i++) {
        const float x[] = {1.0F, 2.0F, 3.0F, wrong[i]};
        sm_dataset *dataset = NULL;
        assert_int_equal(sm_dataset_borrow_f32(x, 2, 2, NULL, 1, &dataset), SM_ERROR_DATA);
        assert_message("row 1: feature 1 is not a finite number");
        assert_null(dataset);
    }
}

static void sizes_that_make_no_sense_are_refused(void **state)
{
    (void)state;
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_u8(pixels, 0, 4, NULL, 2, &dataset), SM_ERROR_DATA);
    assert_message("the data has 0 rows of 4 features; at least 1 of each is needed");
    assert_int_equal(sm_dataset_borrow_f32(values, 3, 0, NULL, 2, &dataset), SM_ERROR_DATA);
    assert_message("the data has 3 rows of 0 features; at least 1 of each is needed");
    assert_int_equal(sm_dataset_borrow_u8(pixels, 3, 4, NULL, 0, &dataset), SM_ERROR_ARGUMENT);
    assert_message("0 classes; possible are 1 … 65,536");
    assert_int_equal(sm_dataset_borrow_u8(pixels, 3, 4, NULL, 65537, &dataset), SM_ERROR_ARGUMENT);
    assert_message("65,537 classes; possible are 1 … 65,536");
    assert_int_equal(sm_dataset_borrow_f32(values, SIZE_MAX / 4, 2, NULL, 2, &dataset),
                     SM_ERROR_MEMORY);
    assert_message("%zu rows × 2 features do not fit in memory", SIZE_MAX / 4);
    assert_int_equal(sm_dataset_borrow_f32(values, 1, SIZE_MAX / 2, NULL, 2, &dataset),
                     SM_ERROR_MEMORY);
    assert_null(dataset);
    assert_int_equal(sm_dataset_borrow_u8(pixels, 3, 4, NULL, SMI_MAX_CLASSES, &dataset), SM_OK);
    sm_dataset_free(dataset);
}

static void null_is_answered(void **state)
{
    (void)state;
    sm_dataset *dataset = NULL;
    float row[4];
    assert_int_equal(sm_dataset_borrow_u8(NULL, 1, 1, NULL, 2, &dataset), SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_borrow_u8: x is NULL");
    assert_int_equal(sm_dataset_borrow_f32(values, 1, 1, NULL, 2, NULL), SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_borrow_f32: dataset is NULL");
    assert_int_equal(sm_dataset_row(NULL, 0, row), SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_row: dataset is NULL");
    assert_int_equal(sm_dataset_set_targets(NULL, values), SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_set_targets: dataset is NULL");
    assert_int_equal(sm_dataset_set_image_shape(NULL, 1, 1), SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_set_image_shape: dataset is NULL");
    assert_int_equal(sm_dataset_set_class_names(NULL, NULL), SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_set_class_names: dataset is NULL");

    assert_int_equal(sm_dataset_borrow_u8(pixels, 3, 4, NULL, 2, &dataset), SM_OK);
    assert_int_equal(sm_dataset_row(dataset, 0, NULL), SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_row: values is NULL");
    assert_int_equal(sm_dataset_set_targets(dataset, NULL), SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_set_targets: targets is NULL");
    assert_int_equal(sm_dataset_set_class_names(dataset, NULL), SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_set_class_names: names is NULL");
    sm_dataset_free(dataset);
}

/* ---- targets ---- */

static void targets_replace_labels(void **state)
{
    (void)state;
    static const float targets[] = {0.1F, 0.2F, 0.7F, 0.0F, 0.0F, 1.0F, 0.4F, 0.4F, 0.2F};
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_u8(pixels, 3, 4, labels, 3, &dataset), SM_OK);
    assert_int_equal(sm_dataset_set_targets(dataset, targets), SM_OK);
    assert_true(sm_dataset_has_labels(dataset));
    assert_int_equal(sm_dataset_label(dataset, 0), 2);
    assert_int_equal(sm_dataset_label(dataset, 1), 2);
    assert_int_equal(sm_dataset_label(dataset, 2), 0); /* the first of the largest */
    assert_int_equal(sm_dataset_label(dataset, 3), -1);
    sm_dataset_free(dataset);

    assert_int_equal(sm_dataset_borrow_u8(pixels, 3, 4, NULL, 3, &dataset), SM_OK);
    assert_int_equal(sm_dataset_set_targets(dataset, targets), SM_OK); /* none to replace */
    assert_true(sm_dataset_has_labels(dataset));
    sm_dataset_free(dataset);
}

static void targets_rounded_to_floats_still_sum_to_one(void **state)
{
    (void)state;
    enum { CLASSES = 1000 };
    float targets[CLASSES];
    for (size_t c = 0; c < CLASSES; c++) {
        targets[c] = 1.0F / CLASSES;
    }
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_u8(pixels, 1, 4, NULL, CLASSES, &dataset), SM_OK);
    assert_int_equal(sm_dataset_set_targets(dataset, targets), SM_OK);
    sm_dataset_free(dataset);
}

static void targets_must_be_a_distribution(void **state)
{
    (void)state;
    static const float wrong[][2] = {{0.5F, 0.6F},  {0.5F, 0.4F},  {0.0F, 0.0F},
                                     {1.5F, -0.5F}, {-1.0F, 2.0F}, {1.0F, 1.0F}};
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_u8(pixels, 2, 4, labels, 2, &dataset), SM_OK);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const float targets[] = {0.5F, 0.5F, wrong[i][0], wrong[i][1]};
        assert_int_equal(sm_dataset_set_targets(dataset, targets), SM_ERROR_DATA);
        assert_message("row 1: targets must be 0 or more and sum to 1");
    }
    const float not_finite[] = {0.5F, 0.5F, 1.0F, NAN};
    assert_int_equal(sm_dataset_set_targets(dataset, not_finite), SM_ERROR_DATA);
    assert_message("row 1: target 1 is not a finite number");
    assert_int_equal(sm_dataset_label(dataset, 0), 1); /* the labels are still there */
    sm_dataset_free(dataset);
}

/* ---- pictures and names ---- */

static void a_picture_has_as_many_pixels_as_features(void **state)
{
    (void)state;
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_u8(pixels, 2, 6, NULL, 1, &dataset), SM_OK);
    assert_int_equal(sm_dataset_set_image_shape(dataset, 2, 3), SM_OK);
    assert_int_equal(sm_dataset_shape(dataset).image_height, 2);
    assert_int_equal(sm_dataset_shape(dataset).image_width, 3);
    assert_int_equal(sm_dataset_set_image_shape(dataset, 2, 2), SM_ERROR_ARGUMENT);
    assert_message("pictures of 2 × 2 do not have 6 features");
    assert_int_equal(sm_dataset_set_image_shape(dataset, 0, 0), SM_ERROR_ARGUMENT);
    /* A product that comes out as 6 modulo 2^64. */
    assert_int_equal(sm_dataset_set_image_shape(dataset, SIZE_MAX / 2 + 4, 2), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_dataset_shape(dataset).image_height, 2);        /* as before */
    assert_int_equal(sm_dataset_set_image_shape(dataset, 1, 2), SM_OK); /* in colour */
    assert_int_equal(sm_dataset_shape(dataset).image_height, 1);
    sm_dataset_free(dataset);
}

static void classes_can_be_named(void **state)
{
    (void)state;
    char first[] = "setosa";
    const char *const names[] = {first, "versicolor", "virginica"};
    static const char *const twice[] = {"a", "b", "a"};
    static const char *const empty[] = {"a", "", "c"};
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_u8(pixels, 3, 4, labels, 3, &dataset), SM_OK);
    assert_int_equal(sm_dataset_set_class_names(dataset, names), SM_OK);
    first[0] = 'X'; /* they were copied */
    assert_string_equal(sm_dataset_shape(dataset).class_names[0], "setosa");
    assert_string_equal(sm_dataset_shape(dataset).class_names[2], "virginica");
    assert_int_equal(sm_dataset_set_class_names(dataset, twice), SM_ERROR_DATA);
    assert_message("two classes have the name 'a'");
    assert_int_equal(sm_dataset_set_class_names(dataset, empty), SM_ERROR_DATA);
    assert_message("the name of class 1 is empty or not UTF-8");
    assert_string_equal(sm_dataset_shape(dataset).class_names[0], "setosa"); /* as before */
    sm_dataset_free(dataset);
}

static void neither_names_nor_targets_are_for_a_part(void **state)
{
    (void)state;
    static const char *const names[] = {"a", "b", "c"};
    static const float targets[] = {1.0F, 0.0F, 0.0F, 1.0F, 0.0F, 0.0F, 1.0F, 0.0F, 0.0F};
    const sm_split_options options = sm_split_options_default(1);
    sm_dataset *dataset = NULL;
    sm_dataset *first = NULL;
    sm_dataset *second = NULL;
    assert_int_equal(sm_dataset_borrow_u8(pixels, 3, 4, labels, 3, &dataset), SM_OK);
    assert_int_equal(sm_dataset_split(dataset, &options, &first, &second), SM_OK);
    assert_int_equal(sm_dataset_set_targets(first, targets), SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_set_targets: the dataset is a part of another or has no classes");
    assert_int_equal(sm_dataset_set_class_names(second, names), SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_set_class_names: the dataset shares its classes with a part or rows "
                   "of it");
    assert_int_equal(sm_dataset_set_class_names(dataset, names), SM_ERROR_ARGUMENT);
    sm_dataset_free(first);
    sm_dataset_free(second);
    assert_int_equal(sm_dataset_set_class_names(dataset, names), SM_OK); /* alone again */
    sm_dataset_free(dataset);
}

/* ---- what readers and trainers use ---- */

static void readers_hand_their_arrays_over(void **state)
{
    (void)state;
    float *const x = smi_array(3, 2 * sizeof *x);
    int32_t *const given = smi_array(3, sizeof *given);
    assert_non_null(x);
    assert_non_null(given);
    given[0] = 9;
    given[1] = -4;
    given[2] = 9;
    sm_dataset *dataset = NULL;
    assert_int_equal(smi_dataset_take("file", SM_F32, x, 3, 2, given, 0, &dataset), SM_OK);
    assert_int_equal(sm_dataset_shape(dataset).classes, 2);
    assert_string_equal(sm_dataset_shape(dataset).class_names[0], "-4");
    assert_string_equal(sm_dataset_shape(dataset).class_names[1], "9");
    assert_int_equal(sm_dataset_label(dataset, 0), 1);
    assert_int_equal(sm_dataset_label(dataset, 1), 0);
    sm_dataset_free(dataset); /* and the arrays with it */
}

static void arrays_are_freed_also_when_they_are_no_dataset(void **state)
{
    (void)state;
    sm_dataset *dataset = NULL;
    assert_int_equal(
        smi_dataset_take("file", SM_U8, smi_array(1, 1), 0, 1, smi_array(1, 4), 0, &dataset),
        SM_ERROR_DATA);
    const size_t rows = (size_t)SMI_MAX_CLASSES + 1;
    int32_t *const many = smi_array(rows, sizeof *many);
    assert_non_null(many);
    for (size_t r = 0; r < rows; r++) {
        many[r] = (int32_t)r;
    }
    assert_int_equal(
        smi_dataset_take("file", SM_U8, smi_array(rows, 1), rows, 1, many, 0, &dataset),
        SM_ERROR_DATA);
    assert_message("file: more than 65,536 different labels");
    assert_null(dataset);
}

static void classes_are_matched_by_name(void **state)
{
    (void)state;
    static const char *const names[] = {"a", "b", "c"};
    static const char *const model[] = {"c", "x", "a", "b"};
    static const char *const other[] = {"a", "c"};
    int32_t map[3] = {7, 7, 7};
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_u8(pixels, 3, 4, labels, 3, &dataset), SM_OK);
    assert_int_equal(sm_dataset_set_class_names(dataset, names), SM_OK);
    assert_int_equal(smi_dataset_match_classes(dataset, model, 4, map), SM_OK);
    assert_int_equal(map[0], 2);
    assert_int_equal(map[1], 3);
    assert_int_equal(map[2], 0);
    assert_int_equal(smi_dataset_match_classes(dataset, other, 2, map), SM_ERROR_DATA);
    assert_message("the data has a class 'b', which is not one of the model's 2");
    sm_dataset_free(dataset);
}

static void targets_must_list_the_same_classes(void **state)
{
    (void)state;
    static const float targets[] = {1.0F, 0.0F, 0.0F, 1.0F, 0.5F, 0.5F};
    static const char *const same[] = {"0", "1"};
    static const char *const more[] = {"0", "1", "2"};
    static const char *const turned[] = {"1", "0"};
    int32_t map[2];
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_u8(pixels, 3, 4, NULL, 2, &dataset), SM_OK);
    assert_int_equal(sm_dataset_set_targets(dataset, targets), SM_OK);
    assert_int_equal(smi_dataset_match_classes(dataset, same, 2, map), SM_OK);
    assert_int_equal(smi_dataset_match_classes(dataset, more, 3, map), SM_ERROR_DATA);
    assert_message("targets must list the model's classes in its order");
    assert_int_equal(smi_dataset_match_classes(dataset, turned, 2, map), SM_ERROR_DATA);
    assert_message("targets must list the model's classes in its order");
    sm_dataset_free(dataset);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_of_the_callers_are_borrowed),
        cmocka_unit_test(floats_of_the_callers_are_borrowed),
        cmocka_unit_test(rows_are_copied_out_unscaled),
        cmocka_unit_test(labels_are_the_callers_class_indices),
        cmocka_unit_test(data_may_come_without_labels),
        cmocka_unit_test(labels_out_of_range_are_refused),
        cmocka_unit_test(values_that_are_not_finite_are_refused),
        cmocka_unit_test(sizes_that_make_no_sense_are_refused),
        cmocka_unit_test(null_is_answered),
        cmocka_unit_test(targets_replace_labels),
        cmocka_unit_test(targets_rounded_to_floats_still_sum_to_one),
        cmocka_unit_test(targets_must_be_a_distribution),
        cmocka_unit_test(a_picture_has_as_many_pixels_as_features),
        cmocka_unit_test(classes_can_be_named),
        cmocka_unit_test(neither_names_nor_targets_are_for_a_part),
        cmocka_unit_test(readers_hand_their_arrays_over),
        cmocka_unit_test(arrays_are_freed_also_when_they_are_no_dataset),
        cmocka_unit_test(classes_are_matched_by_name),
        cmocka_unit_test(targets_must_list_the_same_classes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
