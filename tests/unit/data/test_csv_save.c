#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/message.h"
#include "support/scratch.h"

#include <softmax.h>

static void assert_saved(const sm_dataset *const dataset, const char *const folder,
                         const char delimiter, const char *const expected)
{
    const scratch_path path = path_in(folder, "a.csv");
    assert_int_equal(sm_dataset_save_csv(dataset, path.text, delimiter), SM_OK);
    char *const content = (char *)read_file(path.text, NULL);
    assert_non_null(content);
    assert_string_equal(content, expected);
    free(content);
    assert_int_equal(count_entries(folder), 1);
}

static const float numbers[] = {0.1F, -2.0F, 1e-9F, 0.0F};

static void a_header_names_features_and_label(void **state)
{
    static const int32_t labels[] = {1, 0};
    static const char *const names[] = {"setosa", "iris, blue"};
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_f32(numbers, 2, 2, labels, 2, &dataset), SM_OK);
    assert_int_equal(sm_dataset_set_class_names(dataset, names), SM_OK);
    assert_saved(dataset, *state, ',', "x1,x2,label\n0.1,-2,\"iris, blue\"\n1e-9,0,setosa\n");
    assert_saved(dataset, *state, '\t', "x1\tx2\tlabel\n0.1\t-2\tiris, blue\n1e-9\t0\tsetosa\n");
    sm_dataset_free(dataset);
}

static void names_that_need_quotes_get_them(void **state)
{
    static const float x[] = {1.0F, 2.0F, 3.0F, 4.0F, 5.0F, 6.0F};
    static const int32_t labels[] = {0, 1, 2, 3, 4, 5};
    static const char *const names[] = {"a \"b\"", " c", "NA", "two\nlines", "#N/A", "<NA>"};
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_f32(x, 6, 1, labels, 6, &dataset), SM_OK);
    assert_int_equal(sm_dataset_set_class_names(dataset, names), SM_OK);
    assert_saved(dataset, *state, ',',
                 "x1,label\n1,\"a \"\"b\"\"\"\n2,\" c\"\n3,\"NA\"\n4,\"two\nlines\"\n"
                 "5,\"#N/A\"\n6,\"<NA>\"\n");
    sm_dataset_free(dataset);
}

static void weights_have_a_column(void **state)
{
    static const float weights[] = {0.5F, 2.0F};
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_f32(numbers, 2, 2, NULL, 1, &dataset), SM_OK);
    assert_saved(dataset, *state, ';', "x1;x2\n0.1;-2\n1e-9;0\n");
    assert_int_equal(sm_dataset_set_weights(dataset, weights), SM_OK);
    assert_saved(dataset, *state, ';', "x1;x2;weight\n0.1;-2;0.5\n1e-9;0;2\n");
    sm_dataset_free(dataset);
}

static void sparse_rows_are_written_in_full(void **state)
{
    static const float values[] = {3.0F, 4.0F};
    static const uint32_t columns[] = {2, 0};
    static const size_t row_starts[] = {0, 1, 2};
    static const int32_t labels[] = {0, 1};
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_csr(values, columns, row_starts, 2, 3, labels, 2, &dataset),
                     SM_OK);
    assert_saved(dataset, *state, ',', "x1,x2,x3,label\n0,0,3,0\n4,0,0,1\n");
    sm_dataset_free(dataset);
}

/* More text than one write, of every value a byte can have. */
static void long_files_are_whole(void **state)
{
    enum { ROWS = 1000, FEATURES = 256 };
    const scratch_path path = path_in(*state, "a.csv");
    uint8_t *const x = malloc((size_t)ROWS * FEATURES);
    sm_dataset *dataset = NULL;
    size_t size = 0;
    assert_non_null(x);
    for (size_t i = 0; i < (size_t)ROWS * FEATURES; i++) {
        x[i] = (uint8_t)(i / FEATURES + i % FEATURES);
    }
    assert_int_equal(sm_dataset_borrow_u8(x, ROWS, FEATURES, NULL, 1, &dataset), SM_OK);
    assert_int_equal(sm_dataset_save_csv(dataset, path.text, ','), SM_OK);
    char *const content = (char *)read_file(path.text, &size);
    assert_non_null(content);
    char *at = strchr(content, '\n') + 1;
    for (size_t i = 0; i < (size_t)ROWS * FEATURES; i++) {
        assert_int_equal(strtol(at, &at, 10), x[i]);
        assert_int_equal(*at, i % FEATURES == FEATURES - 1 ? '\n' : ',');
        at++;
    }
    assert_ptr_equal(at, content + size);
    free(content);
    sm_dataset_free(dataset);
    free(x);
}

static void what_cannot_be_saved_is_told(void **state)
{
    const scratch_path missing = path_in(*state, "missing/a.csv");
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_f32(numbers, 2, 2, NULL, 1, &dataset), SM_OK);
    assert_int_equal(sm_dataset_save_csv(dataset, missing.text, ','), SM_ERROR_IO);
    assert_message("cannot write '%s': No such file or directory", missing.text);
    assert_int_equal(sm_dataset_save_csv(dataset, "/dev/full", ','), SM_ERROR_IO);
    assert_message("cannot write '/dev/full': No space left on device");
    assert_int_equal(sm_dataset_save_csv(dataset, missing.text, '.'), SM_ERROR_ARGUMENT);
    assert_message("delimiter: it must be a comma, a semicolon or a tab");
    assert_int_equal(sm_dataset_save_csv(NULL, missing.text, ','), SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_save_csv: dataset is NULL");
    sm_dataset_free(dataset);
    assert_int_equal(count_entries(*state), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scratch_test(a_header_names_features_and_label),
        scratch_test(names_that_need_quotes_get_them),
        scratch_test(weights_have_a_column),
        scratch_test(sparse_rows_are_written_in_full),
        scratch_test(long_files_are_whole),
        scratch_test(what_cannot_be_saved_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
