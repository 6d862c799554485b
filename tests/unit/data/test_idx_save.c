#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/cmocka_all.h"
#include "support/message.h"
#include "support/scratch.h"

#include <softmax.h>

static void assert_file(const char *const path, const void *const expected, const size_t size)
{
    size_t got = 0;
    uint8_t *const content = read_file(path, &got);
    assert_non_null(content);
    assert_int_equal(got, size);
    assert_memory_equal(content, expected, size);
    free(content);
}

static void assert_same_rows(const sm_dataset *const a, const sm_dataset *const b)
{
    const sm_shape first = sm_dataset_shape(a);
    const sm_shape second = sm_dataset_shape(b);
    float x[16];
    float y[16];
    assert_int_equal(sm_dataset_rows(a), sm_dataset_rows(b));
    assert_int_equal(sm_dataset_element(a), sm_dataset_element(b));
    assert_int_equal(first.features, second.features);
    assert_int_equal(first.image_height, second.image_height);
    assert_int_equal(first.image_width, second.image_width);
    assert_in_range(first.features, 1, 16);
    for (size_t r = 0; r < sm_dataset_rows(a); r++) {
        assert_int_equal(sm_dataset_row(a, r, x), SM_OK);
        assert_int_equal(sm_dataset_row(b, r, y), SM_OK);
        assert_memory_equal(x, y, first.features * sizeof *x);
    }
}

static const uint8_t bytes[] = {0, 1, 2, 3, 4, 255, 6, 7, 8, 9, 10, 11};
static const float numbers[] = {0.0F, -1.5F, 3.4e38F, 1e-45F, 0.1F, 2.0F};

static void pictures_of_bytes_are_written_as_mnist_is(void **state)
{
    static const int32_t labels[] = {2, 0};
    const scratch_path features_path = path_in(*state, "images");
    const scratch_path labels_path = path_in(*state, "labels");
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_u8(bytes, 2, 6, labels, 3, &dataset), SM_OK);
    assert_int_equal(sm_dataset_set_image_shape(dataset, 2, 3), SM_OK);
    assert_int_equal(sm_dataset_save_idx(dataset, features_path.text, labels_path.text), SM_OK);
    assert_file(features_path.text,
                "\0\0\x08\x03\0\0\0\x02\0\0\0\x02\0\0\0\x03"
                "\0\x01\x02\x03\x04\xff\x06\x07\x08\x09\x0a\x0b",
                28);
    assert_file(labels_path.text, "\0\0\x08\x01\0\0\0\x02\x02\0", 10);
    sm_dataset_free(dataset);
}

static void bytes_come_back_as_they_were(void **state)
{
    const scratch_path path = path_in(*state, "features");
    sm_dataset *saved = NULL;
    sm_dataset *read = NULL;
    assert_int_equal(sm_dataset_borrow_u8(bytes, 3, 4, NULL, 1, &saved), SM_OK);
    for (int pictures = 0; pictures < 2; pictures++) {
        assert_int_equal(sm_dataset_save_idx(saved, path.text, NULL), SM_OK);
        assert_int_equal(sm_dataset_open_idx(path.text, NULL, &read), SM_OK);
        assert_same_rows(saved, read);
        assert_false(sm_dataset_has_labels(read));
        sm_dataset_free(read);
        assert_int_equal(sm_dataset_set_image_shape(saved, 2, 2), SM_OK);
    }
    sm_dataset_free(saved);
    assert_int_equal(count_entries(*state), 1);
}

static void pictures_in_colour_are_refused(void **state)
{
    const scratch_path path = path_in(*state, "features");
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_u8(bytes, 2, 6, NULL, 1, &dataset), SM_OK);
    assert_int_equal(sm_dataset_set_image_shape(dataset, 1, 2), SM_OK);
    assert_int_equal(sm_dataset_save_idx(dataset, path.text, NULL), SM_ERROR_DATA);
    assert_true(strstr(sm_error_message(), "NPY and NPZ files do") != NULL);
    assert_int_equal(count_entries(*state), 0);
    sm_dataset_free(dataset);
}

static void floats_come_back_to_the_bit(void **state)
{
    const scratch_path path = path_in(*state, "features");
    sm_dataset *saved = NULL;
    sm_dataset *read = NULL;
    assert_int_equal(sm_dataset_borrow_f32(numbers, 3, 2, NULL, 1, &saved), SM_OK);
    for (int pictures = 0; pictures < 2; pictures++) {
        assert_int_equal(sm_dataset_save_idx(saved, path.text, NULL), SM_OK);
        assert_int_equal(sm_dataset_open_idx(path.text, NULL, &read), SM_OK);
        assert_same_rows(saved, read);
        sm_dataset_free(read);
        assert_int_equal(sm_dataset_set_image_shape(saved, 1, 2), SM_OK);
    }
    sm_dataset_free(saved);
}

static void floats_are_big_endian(void **state)
{
    static const float one[] = {1.0F, -2.5F};
    const scratch_path path = path_in(*state, "features");
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_f32(one, 1, 2, NULL, 1, &dataset), SM_OK);
    assert_int_equal(sm_dataset_save_idx(dataset, path.text, NULL), SM_OK);
    assert_file(path.text, "\0\0\x0d\x02\0\0\0\x01\0\0\0\x02\x3f\x80\x00\x00\xc0\x20\x00\x00", 20);
    sm_dataset_free(dataset);
}

/* Saves three rows of classes 1, 0, 2 under these names, and reads them back. */
static sm_dataset *save_and_open(const char *const folder, const char *const *const names)
{
    static const int32_t labels[] = {1, 0, 2};
    const scratch_path features_path = path_in(folder, "features");
    const scratch_path labels_path = path_in(folder, "labels");
    sm_dataset *saved = NULL;
    sm_dataset *read = NULL;
    assert_int_equal(sm_dataset_borrow_u8(bytes, 3, 4, labels, 3, &saved), SM_OK);
    assert_int_equal(sm_dataset_set_class_names(saved, names), SM_OK);
    assert_int_equal(sm_dataset_save_idx(saved, features_path.text, labels_path.text), SM_OK);
    assert_int_equal(sm_dataset_open_idx(features_path.text, labels_path.text, &read), SM_OK);
    assert_same_rows(saved, read);
    sm_dataset_free(saved);
    return read;
}

static void labels_are_the_numbers_that_name_their_classes(void **state)
{
    static const char *const names[] = {"7", "3", "255"};
    sm_dataset *const read = save_and_open(*state, names);
    const sm_shape shape = sm_dataset_shape(read);
    assert_int_equal(shape.classes, 3);
    assert_string_equal(shape.class_names[sm_dataset_label(read, 0)], "3");
    assert_string_equal(shape.class_names[sm_dataset_label(read, 1)], "7");
    assert_string_equal(shape.class_names[sm_dataset_label(read, 2)], "255");
    sm_dataset_free(read);
    assert_file(path_in(*state, "labels").text, "\0\0\x08\x01\0\0\0\x03\x03\x07\xff", 11);
}

static void labels_beyond_a_byte_are_written_as_integers(void **state)
{
    static const char *const names[] = {"0", "256", "2147483647"};
    sm_dataset *const read = save_and_open(*state, names);
    const sm_shape shape = sm_dataset_shape(read);
    assert_string_equal(shape.class_names[sm_dataset_label(read, 0)], "256");
    assert_string_equal(shape.class_names[sm_dataset_label(read, 1)], "0");
    assert_string_equal(shape.class_names[sm_dataset_label(read, 2)], "2147483647");
    sm_dataset_free(read);
    assert_file(path_in(*state, "labels").text,
                "\0\0\x0c\x01\0\0\0\x03\0\0\x01\0\0\0\0\0\x7f\xff\xff\xff", 20);
}

static void a_class_whose_name_is_no_number_cannot_be_a_label(void **state)
{
    static const int32_t labels[] = {0, 1, 1};
    static const char *const wrong[] = {"cat", "1.5",         "2147483648",          "01",
                                        "-0",  "-2147483649", "99999999999999999999"};
    const scratch_path features_path = path_in(*state, "features");
    const scratch_path labels_path = path_in(*state, "labels");
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_u8(bytes, 3, 4, labels, 2, &dataset), SM_OK);
    write_file(labels_path.text, "old", 3);
    write_file(features_path.text, "older", 5);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const char *const names[] = {"0", wrong[i]};
        assert_int_equal(sm_dataset_set_class_names(dataset, names), SM_OK);
        assert_int_equal(sm_dataset_save_idx(dataset, features_path.text, labels_path.text),
                         SM_ERROR_DATA);
        assert_message("class '%s' is not the text of a whole 32-bit number, which labels in IDX "
                       "files are; CSV and NPZ files hold any name, and softmax data convert "
                       "--number-classes writes numbers for names",
                       wrong[i]);
        assert_file(labels_path.text, "old", 3);
        assert_file(features_path.text, "older", 5);
    }
    /* Features alone can still be saved. */
    assert_int_equal(sm_dataset_save_idx(dataset, features_path.text, NULL), SM_OK);
    sm_dataset_free(dataset);
}

static void negative_labels_are_written_as_integers(void **state)
{
    static const char *const names[] = {"-2147483648", "-1", "7"};
    sm_dataset *const read = save_and_open(*state, names);
    assert_file(path_in(*state, "labels").text,
                "\0\0\x0c\x01\0\0\0\x03\xff\xff\xff\xff\x80\0\0\0\0\0\0\x07", 20);
    sm_dataset_free(read);
}

static void when_the_labels_cannot_be_written_the_features_stay(void **state)
{
    static const int32_t labels[] = {0, 1, 1};
    const scratch_path features_path = path_in(*state, "features");
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_u8(bytes, 3, 4, labels, 2, &dataset), SM_OK);
    write_file(features_path.text, "old", 3);
    assert_int_equal(sm_dataset_save_idx(dataset, features_path.text, *state), SM_ERROR_IO);
    assert_file(features_path.text, "old", 3);
    assert_int_equal(count_entries(*state), 1);
    sm_dataset_free(dataset);
}

static void a_part_is_saved_as_it_is_seen(void **state)
{
    static const int32_t labels[] = {0, 1, 2, 0, 1, 2};
    const scratch_path features_path = path_in(*state, "features");
    const scratch_path labels_path = path_in(*state, "labels");
    sm_dataset *dataset = NULL;
    sm_dataset *parts[2] = {NULL, NULL};
    const sm_split_options options = sm_split_options_default(2);
    assert_int_equal(sm_dataset_borrow_u8(bytes, 6, 2, labels, 3, &dataset), SM_OK);
    assert_int_equal(sm_dataset_split(dataset, &options, &parts[0], &parts[1]), SM_OK);
    for (size_t p = 0; p < 2; p++) {
        sm_dataset *read = NULL;
        assert_int_equal(sm_dataset_save_idx(parts[p], features_path.text, labels_path.text),
                         SM_OK);
        assert_int_equal(sm_dataset_open_idx(features_path.text, labels_path.text, &read), SM_OK);
        assert_same_rows(parts[p], read);
        for (size_t r = 0; r < sm_dataset_rows(read); r++) {
            assert_int_equal(atoi(sm_dataset_shape(read).class_names[sm_dataset_label(read, r)]),
                             sm_dataset_label(parts[p], r));
        }
        sm_dataset_free(read);
        sm_dataset_free(parts[p]);
    }
    sm_dataset_free(dataset);
}

static void soft_targets_are_not_flattened(void **state)
{
    static const float targets[] = {0.2F, 0.8F, 1.0F, 0.0F, 0.5F, 0.5F};
    const scratch_path path = path_in(*state, "f");
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_u8(bytes, 3, 4, NULL, 2, &dataset), SM_OK);
    assert_int_equal(sm_dataset_set_targets(dataset, targets), SM_OK);
    assert_int_equal(sm_dataset_save_idx(dataset, path.text, path_in(*state, "labels").text),
                     SM_ERROR_DATA);
    assert_message("'%s': the rows have soft targets, which IDX files do not hold", path.text);
    assert_int_equal(count_entries(*state), 0);
    sm_dataset_free(dataset);
}

static void what_cannot_be_saved_is_told(void **state)
{
    const scratch_path path = path_in(*state, "file");
    const scratch_path missing = path_in(*state, "missing/file");
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_u8(bytes, 3, 4, NULL, 1, &dataset), SM_OK);
    assert_int_equal(sm_dataset_save_idx(dataset, path.text, path.text), SM_ERROR_ARGUMENT);
    assert_message("labels_path: the data has no labels");
    assert_int_equal(sm_dataset_save_idx(dataset, missing.text, NULL), SM_ERROR_IO);
    assert_message("cannot write '%s': No such file or directory", missing.text);
    assert_int_equal(sm_dataset_save_idx(NULL, path.text, NULL), SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_save_idx: dataset is NULL");
    assert_int_equal(sm_dataset_save_idx(dataset, NULL, NULL), SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_save_idx: features_path is NULL");
    sm_dataset_free(dataset);
    assert_int_equal(count_entries(*state), 0);
}

static void sparse_data_are_not_saved_as_full_rows(void **state)
{
    static const float entries[] = {1.0F};
    static const uint32_t columns[] = {0};
    static const size_t row_starts[] = {0, 1, 1};
    const scratch_path path = path_in(*state, "f");
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_csr(entries, columns, row_starts, 2, 3, NULL, 2, &dataset),
                     SM_OK);
    assert_int_equal(sm_dataset_save_idx(dataset, path.text, NULL), SM_ERROR_ARGUMENT);
    assert_message("'%s': IDX files hold full rows, and the data is sparse", path.text);
    assert_int_equal(access(path.text, F_OK), -1);
    sm_dataset_free(dataset);
}

static void weights_are_not_dropped(void **state)
{
    static const float weights[] = {0.5F, 2.0F, 1.0F};
    const scratch_path path = path_in(*state, "f");
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_u8(bytes, 3, 4, NULL, 1, &dataset), SM_OK);
    assert_int_equal(sm_dataset_set_weights(dataset, weights), SM_OK);
    assert_int_equal(sm_dataset_save_idx(dataset, path.text, NULL), SM_ERROR_DATA);
    assert_message("'%s': the rows have weights, which IDX files do not hold; CSV files do",
                   path.text);
    assert_int_equal(access(path.text, F_OK), -1);
    sm_dataset_free(dataset);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scratch_test(pictures_of_bytes_are_written_as_mnist_is),
        scratch_test(bytes_come_back_as_they_were),
        scratch_test(pictures_in_colour_are_refused),
        scratch_test(floats_come_back_to_the_bit),
        scratch_test(floats_are_big_endian),
        scratch_test(labels_are_the_numbers_that_name_their_classes),
        scratch_test(labels_beyond_a_byte_are_written_as_integers),
        scratch_test(a_class_whose_name_is_no_number_cannot_be_a_label),
        scratch_test(negative_labels_are_written_as_integers),
        scratch_test(when_the_labels_cannot_be_written_the_features_stay),
        scratch_test(a_part_is_saved_as_it_is_seen),
        scratch_test(soft_targets_are_not_flattened),
        scratch_test(what_cannot_be_saved_is_told),
        scratch_test(sparse_data_are_not_saved_as_full_rows),
        scratch_test(weights_are_not_dropped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
