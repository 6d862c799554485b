#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/message.h"
#include "support/scratch.h"

#include <softmax.h>

static void assert_file(const char *const path, const char *const expected)
{
    char *const content = (char *)read_file(path, NULL);
    assert_non_null(content);
    assert_string_equal(content, expected);
    free(content);
}

/* Three rows of four columns, the last of them empty. */
static const float values[] = {0.5F, 2.0F, -1e-9F};
static const uint32_t columns[] = {0, 2, 1};
static const size_t row_starts[] = {0, 2, 2, 3};
static const int32_t labels[] = {1, 0, 1};

static sm_dataset *make_sparse(void)
{
    static const char *const names[] = {"-1", "7"};
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_csr(values, columns, row_starts, 3, 4, labels, 2, &dataset),
                     SM_OK);
    assert_int_equal(sm_dataset_set_class_names(dataset, names), SM_OK);
    return dataset;
}

static void entries_are_counted_from_one(void **state)
{
    const scratch_path path = path_in(*state, "a.svm");
    sm_dataset *const dataset = make_sparse();
    assert_int_equal(sm_dataset_save_libsvm(dataset, path.text), SM_OK);
    /* The 0 of the first row says that there are four columns. */
    assert_file(path.text, "7 1:0.5 3:2 4:0\n-1\n7 2:-1e-9\n");
    sm_dataset_free(dataset);
    assert_int_equal(count_entries(*state), 1);
}

static void full_rows_leave_zeros_out(void **state)
{
    static const uint8_t bytes[] = {0, 255, 3, 0};
    static const float numbers[] = {0.0F, 0.1F, -0.0F, 3e38F};
    static const int32_t classes[] = {0, 1};
    const scratch_path path = path_in(*state, "a.svm");
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_u8(bytes, 2, 2, classes, 2, &dataset), SM_OK);
    assert_int_equal(sm_dataset_save_libsvm(dataset, path.text), SM_OK);
    assert_file(path.text, "0 2:255\n1 1:3\n");
    sm_dataset_free(dataset);
    assert_int_equal(sm_dataset_borrow_f32(numbers, 2, 2, classes, 2, &dataset), SM_OK);
    assert_int_equal(sm_dataset_save_libsvm(dataset, path.text), SM_OK);
    assert_file(path.text, "0 2:0.1\n1 2:3e38\n");
    sm_dataset_free(dataset);
}

static void sparse_rows_leave_zeros_out(void **state)
{
    static const float some[] = {0.0F, 2.0F, -0.0F};
    const scratch_path path = path_in(*state, "a.svm");
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_csr(some, (const uint32_t[]){0, 1, 3}, row_starts, 3, 4,
                                           labels, 2, &dataset),
                     SM_OK);
    assert_int_equal(sm_dataset_save_libsvm(dataset, path.text), SM_OK);
    assert_file(path.text, "1 2:2 4:0\n0\n1\n");
    sm_dataset_free(dataset);
}

/* What has been read is written with the same bytes. */
static void a_file_comes_back_as_it_was(void **state)
{
    static const char *const texts[] = {
        "3 1:0.5 3:2\n-1\n3 2:-1e-9 4:123456.7\n", "1 0:1.5\n2 5:1e30\n", /* from zero */
    };
    const scratch_path from = path_in(*state, "from.svm");
    const scratch_path to = path_in(*state, "to.svm");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        sm_dataset *dataset = NULL;
        write_file(from.text, texts[i], strlen(texts[i]));
        assert_int_equal(sm_dataset_open(from.text, &dataset), SM_OK);
        assert_int_equal(sm_dataset_save_libsvm(dataset, to.text), SM_OK);
        assert_file(to.text, texts[i]);
        sm_dataset_free(dataset);
    }
}

static void a_part_is_saved_as_it_is_seen(void **state)
{
    static const float numbers[] = {1.0F, 2.0F, 3.0F, 4.0F, 5.0F, 6.0F};
    static const int32_t classes[] = {0, 1, 0, 1, 0, 1};
    const scratch_path path = path_in(*state, "a.svm");
    sm_dataset *dataset = NULL;
    sm_dataset *parts[2] = {NULL, NULL};
    const sm_split_options options = sm_split_options_default(2);
    assert_int_equal(sm_dataset_borrow_f32(numbers, 6, 1, classes, 2, &dataset), SM_OK);
    assert_int_equal(sm_dataset_split(dataset, &options, &parts[0], &parts[1]), SM_OK);
    char expected[64] = "";
    for (size_t r = 0; r < 2; r++) {
        float x = 0.0F;
        assert_int_equal(sm_dataset_row(parts[1], r, &x), SM_OK);
        (void)snprintf(expected + strlen(expected), sizeof expected - strlen(expected), "%d 1:%g\n",
                       (int)sm_dataset_label(parts[1], r), (double)x);
    }
    assert_int_equal(sm_dataset_save_libsvm(parts[1], path.text), SM_OK);
    assert_file(path.text, expected);
    sm_dataset_free(parts[0]);
    sm_dataset_free(parts[1]);
    sm_dataset_free(dataset);
}

static void what_the_format_cannot_hold_is_told(void **state)
{
    static const char *const words[] = {"cat", "dog"};
    static const float weights[] = {1.0F, 2.0F, 1.0F};
    const scratch_path path = path_in(*state, "a.svm");
    sm_dataset *dataset = make_sparse();
    assert_int_equal(sm_dataset_set_class_names(dataset, words), SM_OK);
    assert_int_equal(sm_dataset_save_libsvm(dataset, path.text), SM_ERROR_DATA);
    assert_message("class 'cat' is not the text of a whole 32-bit number, which labels in LIBSVM "
                   "files are; CSV and NPZ files hold any name, and softmax data convert "
                   "--number-classes writes numbers for names");
    sm_dataset_free(dataset);

    dataset = make_sparse();
    assert_int_equal(sm_dataset_set_weights(dataset, weights), SM_OK);
    assert_int_equal(sm_dataset_save_libsvm(dataset, path.text), SM_ERROR_DATA);
    assert_message("'%s': the rows have weights, which LIBSVM files do not hold; CSV files do",
                   path.text);
    sm_dataset_free(dataset);

    assert_int_equal(sm_dataset_borrow_f32(values, 3, 1, NULL, 1, &dataset), SM_OK);
    assert_int_equal(sm_dataset_save_libsvm(dataset, path.text), SM_ERROR_DATA);
    assert_message("'%s': a line of a LIBSVM file begins with a label, and the data has none; CSV, "
                   "NumPy and IDX files can do without",
                   path.text);
    sm_dataset_free(dataset);
    assert_int_equal(sm_dataset_save_libsvm(NULL, path.text), SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_save_libsvm: dataset is NULL");
    assert_int_equal(count_entries(*state), 0);
}

static void a_folder_that_is_not_there_is_told(void **state)
{
    const scratch_path path = path_in(*state, "missing/a.svm");
    sm_dataset *const dataset = make_sparse();
    assert_int_equal(sm_dataset_save_libsvm(dataset, path.text), SM_ERROR_IO);
    assert_message("cannot write '%s': No such file or directory", path.text);
    assert_int_equal(sm_dataset_save_libsvm(dataset, "/dev/full"), SM_ERROR_IO);
    assert_message("cannot write '/dev/full': No space left on device");
    sm_dataset_free(dataset);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scratch_test(entries_are_counted_from_one),
        scratch_test(full_rows_leave_zeros_out),
        scratch_test(sparse_rows_leave_zeros_out),
        scratch_test(a_file_comes_back_as_it_was),
        scratch_test(a_part_is_saved_as_it_is_seen),
        scratch_test(what_the_format_cannot_hold_is_told),
        scratch_test(a_folder_that_is_not_there_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
