/* Compressed sparse rows as data sets. */
#include <math.h>

#include "support/cmocka_all.h"
#include "support/message.h"

#include "data/dataset.h"

/* 1 0 2 / (nothing) / 0 3 0 */
static const float entries[] = {1.0F, 2.0F, 3.0F};
static const uint32_t columns[] = {0, 2, 1};
static const size_t row_starts[] = {0, 2, 2, 3};
static const int32_t labels[] = {1, 0, 2};

static void sparse_rows_of_the_callers_are_borrowed(void **state)
{
    (void)state;
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_csr(entries, columns, row_starts, 3, 3, labels, 3, &dataset),
                     SM_OK);
    const sm_shape shape = sm_dataset_shape(dataset);
    assert_int_equal(sm_dataset_rows(dataset), 3);
    assert_int_equal(sm_dataset_element(dataset), SM_CSR);
    assert_int_equal(shape.features, 3);
    assert_true(shape.sparse);
    assert_true(shape.shift == 0.0F && shape.scale == 1.0F);
    assert_int_equal(shape.index_base, SM_INDEX_AUTO);
    assert_ptr_equal(smi_dataset_entries(dataset, 0).values, entries); /* not copied */
    assert_ptr_equal(smi_dataset_entries(dataset, 2).columns, columns + 2);
    sm_dataset_free(dataset);
}

static void sparse_rows_are_copied_out_in_full(void **state)
{
    (void)state;
    static const float rows[3][3] = {{1.0F, 0.0F, 2.0F}, {0.0F, 0.0F, 0.0F}, {0.0F, 3.0F, 0.0F}};
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_csr(entries, columns, row_starts, 3, 3, labels, 3, &dataset),
                     SM_OK);
    for (size_t r = 0; r < 3; r++) {
        float row[3] = {9.0F, 9.0F, 9.0F};
        assert_int_equal(sm_dataset_row(dataset, r, row), SM_OK);
        assert_memory_equal(row, rows[r], sizeof row);
    }
    sm_dataset_free(dataset);
}

static void entries_can_be_looked_at(void **state)
{
    (void)state;
    sm_dataset *dataset = NULL;
    const float *row_values = NULL;
    const uint32_t *row_columns = NULL;
    size_t count = 9;
    assert_int_equal(sm_dataset_borrow_csr(entries, columns, row_starts, 3, 3, labels, 3, &dataset),
                     SM_OK);
    assert_int_equal(sm_dataset_row_entries(dataset, 1, &row_values, &row_columns, &count), SM_OK);
    assert_int_equal(count, 0);
    assert_int_equal(sm_dataset_row_entries(dataset, 2, &row_values, &row_columns, &count), SM_OK);
    assert_int_equal(count, 1);
    assert_true(row_values[0] == 3.0F && row_columns[0] == 1);
    assert_int_equal(sm_dataset_row_entries(dataset, 3, &row_values, &row_columns, &count),
                     SM_ERROR_ARGUMENT);
    assert_message("there is no row 3: the data has 3, from 0");
    assert_int_equal(sm_dataset_row_entries(NULL, 0, &row_values, &row_columns, &count),
                     SM_ERROR_ARGUMENT);
    assert_int_equal(sm_dataset_row_entries(dataset, 0, NULL, &row_columns, &count),
                     SM_ERROR_ARGUMENT);
    assert_int_equal(sm_dataset_row_entries(dataset, 0, &row_values, NULL, &count),
                     SM_ERROR_ARGUMENT);
    assert_int_equal(sm_dataset_row_entries(dataset, 0, &row_values, &row_columns, NULL),
                     SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_row_entries: count is NULL");
    sm_dataset_free(dataset);

    assert_int_equal(sm_dataset_borrow_f32(entries, 3, 1, labels, 3, &dataset), SM_OK);
    assert_int_equal(sm_dataset_row_entries(dataset, 0, &row_values, &row_columns, &count),
                     SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_row_entries: the data is not sparse");
    sm_dataset_free(dataset);
}

static void sparse_rows_that_are_none_are_refused(void **state)
{
    (void)state;
    static const uint32_t outside[] = {0, 3, 1};
    static const uint32_t descending[] = {2, 0, 1};
    static const uint32_t twice[] = {2, 2, 1};
    static const size_t late[] = {1, 2, 2, 3};
    static const size_t back[] = {0, 2, 1, 3};
    static const float infinite[] = {1.0F, 2.0F, INFINITY};
    static const struct {
        const float *values;
        const uint32_t *columns;
        const size_t *row_starts;
        const char *message;
    } cases[] = {
        {entries, outside, row_starts, "row 0: column 3 is outside 0 … 2"},
        {entries, descending, row_starts, "row 0: column 0 comes after column 2"},
        {entries, twice, row_starts, "row 0: column 2 comes after column 2"},
        {entries, columns, late, "row 0: row_starts must begin at 0 and not descend"},
        {entries, columns, back, "row 1: row_starts must begin at 0 and not descend"},
        {infinite, columns, row_starts, "row 2: column 1 is not a finite number"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sm_dataset *dataset = NULL;
        assert_int_equal(sm_dataset_borrow_csr(cases[i].values, cases[i].columns,
                                               cases[i].row_starts, 3, 3, labels, 3, &dataset),
                         SM_ERROR_DATA);
        assert_message("%s", cases[i].message);
        assert_null(dataset);
    }
}

static void arguments_for_sparse_rows_are_checked(void **state)
{
    (void)state;
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_csr(NULL, columns, row_starts, 3, 3, labels, 3, &dataset),
                     SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_borrow_csr: values is NULL");
    assert_int_equal(sm_dataset_borrow_csr(entries, NULL, row_starts, 3, 3, labels, 3, &dataset),
                     SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_borrow_csr: columns is NULL");
    assert_int_equal(sm_dataset_borrow_csr(entries, columns, NULL, 3, 3, labels, 3, &dataset),
                     SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_borrow_csr: row_starts is NULL");
    assert_int_equal(sm_dataset_borrow_csr(entries, columns, row_starts, 3, 3, labels, 3, NULL),
                     SM_ERROR_ARGUMENT);
    assert_message("sm_dataset_borrow_csr: dataset is NULL");
    assert_int_equal(sm_dataset_borrow_csr(entries, columns, row_starts, 3, (size_t)1 << 32, labels,
                                           3, &dataset),
                     SM_ERROR_ARGUMENT);
    assert_message("4294967296 features; possible are 1 … 4294967295");
    assert_int_equal(sm_dataset_borrow_csr(entries, columns, row_starts, 0, 3, labels, 3, &dataset),
                     SM_ERROR_DATA);
    assert_int_equal(sm_dataset_borrow_csr(entries, columns, row_starts, 3, 3, labels, 2, &dataset),
                     SM_ERROR_DATA);
    assert_message("row 2: label 2 is outside 0 … 1");
    assert_null(dataset);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sparse_rows_of_the_callers_are_borrowed),
        cmocka_unit_test(sparse_rows_are_copied_out_in_full),
        cmocka_unit_test(entries_can_be_looked_at),
        cmocka_unit_test(sparse_rows_that_are_none_are_refused),
        cmocka_unit_test(arguments_for_sparse_rows_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
