/* Memory runs out at each allocation in turn while data is read or written: the call says so, gives
 * nothing out, and leaves no file behind, nor memory (which AddressSanitizer sees). */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "support/allocations.h"
#include "support/cmocka_all.h"
#include "support/npy_bytes.h"
#include "support/png.h"
#include "support/scratch.h"

#include "data/spool.h"

/* No call here allocates more often. */
enum { MOST_ALLOCATIONS = 2000 };

/* Reads or writes something in a folder, and undoes it. */
typedef sm_status work(const char *folder);

/* Lets one allocation fail after the other, until the work is done without asking for so many.
 * forgiving: some can be done without. least: that many must have failed. */
static void check_each(work *const work_once, const char *const folder, const bool forgiving,
                       const size_t least)
{
    const size_t files = count_entries(folder);
    size_t failures = 0;
    for (size_t failed = 1; failed > 0; failures += failed) {
        assert_true(failures < MOST_ALLOCATIONS);
        allocations_fail(failures, 1);
        const sm_status status = work_once(folder);
        failed = allocations_recover();
        if (status != SM_OK || (failed > 0 && !forgiving)) {
            assert_int_equal(status, SM_ERROR_MEMORY);
            assert_non_null(strstr(sm_error_message(), "not enough memory"));
            assert_true(failed > 0);
        }
        assert_int_equal(count_entries(folder), files);
    }
    assert_true(failures >= least);
}

static void write_text(const char *const folder, const char *const name, const char *const text)
{
    write_file(path_in(folder, name).text, text, strlen(text));
}

/* Takes over the bytes. */
static void write_list(const char *const folder, const char *const name, byte_list bytes)
{
    write_file(path_in(folder, name).text, bytes.data, bytes.size);
    byte_list_free(&bytes);
}

/* One thread, as allocations are counted. */
static sm_status open_file(const char *const folder, const char *const name,
                           sm_open_options options)
{
    sm_dataset *dataset = NULL;
    options.threads = 1;
    const sm_status status = sm_dataset_open_with(path_in(folder, name).text, &options, &dataset);
    assert_true((dataset != NULL) == (status == SM_OK));
    sm_dataset_free(dataset);
    return status;
}

/* ---- spools ---- */

static sm_status spool_file(const char *const folder, const char *const name)
{
    smi_spool *spool = NULL;
    const sm_status status = smi_spool_open(path_in(folder, name).text, &spool);
    assert_true((spool != NULL) == (status == SM_OK));
    smi_spool_free(spool);
    return status;
}

static sm_status spool_plain(const char *const folder)
{
    return spool_file(folder, "plain");
}

static sm_status spool_compressed(const char *const folder)
{
    return spool_file(folder, "compressed");
}

static void spooling(void **state)
{
    static const char bytes[200000] = "text";
    write_file(path_in(*state, "plain").text, bytes, sizeof bytes);
    write_list(*state, "compressed", gzip_of(bytes, sizeof bytes));
    check_each(spool_plain, *state, false, 4);
    check_each(spool_compressed, *state, false, 6);
}

/* ---- tables ---- */

static sm_status open_plain_table(const char *const folder)
{
    return open_file(folder, "t.csv", sm_open_options_default());
}

static void reading_numbers_and_categories(void **state)
{
    write_text(*state, "t.csv", "x,c,y\n1,\"a \"\"b\"\"\",p\nNA,b,q\n3,?,p\n4,7,q\n5,a,q\n");
    check_each(open_plain_table, *state, false, 40);
}

/* All other kinds of columns, sparse because of them, weights, and comments. */
static sm_status open_wide_table(const char *const folder)
{
    static const sm_column columns[] = {{"t", SM_COLUMN_TEXT, 0},
                                        {"h", SM_COLUMN_HASH, 6},
                                        {"b", SM_COLUMN_BUCKETS, 2},
                                        {"b,h", SM_COLUMN_CROSS, 5},
                                        {"i", SM_COLUMN_IGNORE, 0}};
    sm_open_options options = sm_open_options_default();
    options.columns = columns;
    options.column_count = sizeof columns / sizeof *columns;
    options.weight = "w";
    options.comment = '#';
    options.text.most_words = 2;
    return open_file(folder, "t.csv", options);
}

static const char wide_table[] = "t,h,b,i,y,w\n"
                                 "a cat and the dog,u,1,-,p,1\n"
                                 "# a comment\n"
                                 "the cat sleeps,v,2,-,q,2\n"
                                 "a dog and a cat,u,,-,p,1\n"
                                 "the dog sleeps,NA,4,-,q,1\n";

static void reading_texts_and_other_columns(void **state)
{
    write_text(*state, "t.csv", wide_table);
    check_each(open_wide_table, *state, false, 80);
}

static const sm_shape *learnt_shape;

static sm_status open_like(const char *const folder)
{
    sm_open_options options = sm_open_options_default();
    options.like = learnt_shape;
    return open_file(folder, "new.csv", options);
}

/* With something to note of each kind. */
static void reading_a_table_as_another_one(void **state)
{
    sm_dataset *dataset = NULL;
    write_text(*state, "t.csv", "x,c,t,y\n1,a,the cat,p\n2,b,the dog,q\n3,a,cat dog,p\n");
    const sm_column text = {"t", SM_COLUMN_TEXT, 0};
    sm_open_options options = sm_open_options_default();
    options.columns = &text;
    options.column_count = 1;
    assert_int_equal(sm_dataset_open_with(path_in(*state, "t.csv").text, &options, &dataset),
                     SM_OK);
    const sm_shape shape = sm_dataset_shape(dataset);
    learnt_shape = &shape;
    write_text(*state, "new.csv", "y,t,c,x,more\np,fish swim,z,,1\nq,the dog,,2,1\nr,cat,a,1,1\n");
    check_each(open_like, *state, false, 60);
    sm_dataset_free(dataset);
}

static sm_status split_table(const char *const folder)
{
    const scratch_path first = path_in(folder, "first.csv");
    const scratch_path second = path_in(folder, "second.csv");
    sm_open_options options = sm_open_options_default();
    options.threads = 1;
    const sm_split_options split = {.held_out = 2, .stratify = true};
    size_t rows[2] = {7, 7};
    const sm_status status = sm_table_split(path_in(folder, "t.csv").text, &options, &split,
                                            first.text, second.text, rows);
    assert_int_equal(rows[1], status == SM_OK ? 2 : 7);
    if (status == SM_OK) {
        assert_int_equal(remove(first.text), 0);
        assert_int_equal(remove(second.text), 0);
    }
    return status;
}

static void splitting_a_table(void **state)
{
    write_text(*state, "t.csv", "x,y\n1,a\n2,b\n3,a\n4,b\n5,a\n6,b\n");
    check_each(split_table, *state, false, 20);
}

/* ---- SQLite, which allocates by itself ---- */

static sqlite3_mem_methods own_methods;

/* Asks for memory where it is counted. */
static bool may_allocate(void)
{
    void *volatile const asked = malloc(1);
    free(asked);
    return asked != NULL;
}

static void *allocate(const int size)
{
    return may_allocate() ? own_methods.xMalloc(size) : NULL;
}

static void *reallocate(void *const memory, const int size)
{
    return may_allocate() ? own_methods.xRealloc(memory, size) : NULL;
}

static int count_sqlites_too(void **state)
{
    (void)state;
    sqlite3_mem_methods counted = {0};
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &own_methods) != SQLITE_OK) {
        return -1;
    }
    counted = own_methods;
    counted.xMalloc = allocate;
    counted.xRealloc = reallocate;
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &counted) == SQLITE_OK &&
                   sqlite3_initialize() == SQLITE_OK
               ? 0
               : -1;
}

static sm_status open_database(const char *const folder)
{
    sm_open_options options = sm_open_options_default();
    options.query = "SELECT x, c, y FROM t WHERE x > 0 OR x IS NULL";
    return open_file(folder, "t.db", options);
}

static sm_status open_only_table(const char *const folder)
{
    return open_file(folder, "t.db", sm_open_options_default());
}

static void reading_a_database(void **state)
{
    sqlite3 *database = NULL;
    assert_int_equal(sqlite3_open(path_in(*state, "t.db").text, &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database,
                                  "CREATE TABLE t (x REAL, c TEXT, y TEXT); INSERT INTO t VALUES "
                                  "(1.5, 'a \"b\"', 'p'), (NULL, 'b', 'q'), (2, 'b', 'q')",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
    check_each(open_database, *state, true, 100);
    check_each(open_only_table, *state, true, 100);
}

/* ---- arrays ---- */

static const float numbers[] = {1.0F, 0.0F, 2.0F, 3.0F, 0.0F, 4.0F};

static sm_status open_array(const char *const folder)
{
    return open_file(folder, "x.npy", sm_open_options_default());
}

static sm_status open_swapped_array(const char *const folder)
{
    return open_file(folder, "swapped.npy", sm_open_options_default());
}

static void reading_arrays(void **state)
{
    write_list(*state, "x.npy", npy_of("<f4", "(3, 2)", numbers, sizeof numbers));
    write_list(*state, "y.npy", npy_of("|S2", "(3,)", "a\0bba\0", 6));
    write_list(*state, "swapped.npy", npy_of(">i2", "(3, 2)", "\0\1\0\2\0\3\0\4\0\5\0\6", 12));
    check_each(open_array, *state, false, 12);
    check_each(open_swapped_array, *state, false, 5);
}

static sm_status open_archive(const char *const folder)
{
    return open_file(folder, "a.npz", sm_open_options_default());
}

static sm_status open_test_part(const char *const folder)
{
    sm_open_options options = sm_open_options_default();
    options.test_part = true;
    return open_file(folder, "a.npz", options);
}

static void reading_archives(void **state)
{
    for (unsigned method = 0; method <= 8; method += 8) {
        zip_part parts[] = {
            {"x_train.npy", npy_of("<f4", "(3, 2)", numbers, sizeof numbers), method},
            {"y_train.npy", npy_of("|u1", "(3,)", "\1\2\1", 3), method},
            {"x_test.npy", npy_of("<f4", "(2, 2)", numbers, 16), method},
            {"y_test.npy", npy_of("|u1", "(2,)", "\1\2", 2), method}};
        write_list(*state, "a.npz", zip_of(parts, 4));
        check_each(open_archive, *state, false, 12);
        check_each(open_test_part, *state, false, 12);
    }
}

/* ---- what is written comes back, too ---- */

static const int32_t classes[] = {0, 1, 0};
static sm_dataset *written;

/* Removes what was written; the dataset is made before memory runs out. */
static sm_status undo(const char *const folder, const char *const name, const sm_status status)
{
    assert_true((remove(path_in(folder, name).text) == 0) == (status == SM_OK));
    return status;
}

static sm_status save_npz(const char *const folder)
{
    return undo(folder, "w.npz", sm_dataset_save_npz(written, path_in(folder, "w.npz").text));
}

static sm_status save_npy(const char *const folder)
{
    const sm_status status = sm_dataset_save_npy(written, path_in(folder, "w_x.npy").text,
                                                 path_in(folder, "w_y.npy").text);
    (void)undo(folder, "w_x.npy", status);
    return undo(folder, "w_y.npy", status);
}

static sm_status save_idx(const char *const folder)
{
    const sm_status status =
        sm_dataset_save_idx(written, path_in(folder, "w-x").text, path_in(folder, "w-y").text);
    (void)undo(folder, "w-x", status);
    return undo(folder, "w-y", status);
}

static sm_status save_libsvm(const char *const folder)
{
    return undo(folder, "w.svm", sm_dataset_save_libsvm(written, path_in(folder, "w.svm").text));
}

static sm_status save_csv(const char *const folder)
{
    return undo(folder, "w.csv", sm_dataset_save_csv(written, path_in(folder, "w.csv").text, ','));
}

static void writing_dense_rows(void **state)
{
    assert_int_equal(sm_dataset_borrow_f32(numbers, 3, 2, classes, 2, &written), SM_OK);
    check_each(save_npz, *state, false, 4);
    check_each(save_npy, *state, false, 6);
    check_each(save_idx, *state, false, 6);
    check_each(save_libsvm, *state, false, 3);
    check_each(save_csv, *state, false, 3);
    sm_dataset_free(written);
}

static sm_status open_sparse_archive(const char *const folder)
{
    return open_file(folder, "a.npz", sm_open_options_default());
}

static void writing_and_reading_sparse_rows(void **state)
{
    static const uint32_t columns[] = {0, 2, 1, 2};
    static const size_t row_starts[] = {0, 2, 2, 4};
    static const float values[] = {1.0F, 2.0F, 3.0F, 4.0F};
    assert_int_equal(sm_dataset_borrow_csr(values, columns, row_starts, 3, 3, classes, 2, &written),
                     SM_OK);
    check_each(save_npz, *state, false, 4);
    check_each(save_libsvm, *state, false, 3);
    check_each(save_csv, *state, false, 3);
    assert_int_equal(sm_dataset_save_npz(written, path_in(*state, "a.npz").text), SM_OK);
    check_each(open_sparse_archive, *state, false, 15);
    sm_dataset_free(written);
}

/* ---- rows that pass ---- */

/* From a file of the folder to another one; the status, and no trace when it is a failure. */
static sm_status pass_on(const char *const folder, const char *const from, const char *const to)
{
    sm_open_options options = sm_open_options_default();
    sm_rows *rows = NULL;
    options.threads = 1;
    sm_status status = sm_rows_open(path_in(folder, from).text, &options, &rows);
    if (status == SM_OK) {
        status = strstr(to, ".npz") != NULL ? sm_rows_save_npz(rows, path_in(folder, to).text)
                                            : sm_rows_save_libsvm(rows, path_in(folder, to).text);
    }
    sm_rows_free(rows);
    return undo(folder, to, status);
}

static sm_status pass_table(const char *const folder)
{
    return pass_on(folder, "t.csv", "w.npz");
}

static sm_status pass_libsvm(const char *const folder)
{
    return pass_on(folder, "t.svm", "w.npz");
}

static sm_status pass_idx(const char *const folder)
{
    return pass_on(folder, "t-images-idx3-ubyte", "w.svm");
}

static sm_status pass_pictures(const char *const folder)
{
    return pass_on(folder, "pictures", "w.npz");
}

static sm_status pass_array(const char *const folder)
{
    return pass_on(folder, "x.npy", "w.npz");
}

static sm_status pass_archive(const char *const folder)
{
    return pass_on(folder, "a.npz", "w.npz");
}

static void passing_arrays(void **state)
{
    zip_part parts[] = {{"x.npy", npy_of("<f4", "(3, 2)", numbers, sizeof numbers), 8},
                        {"y.npy", npy_of("|S2", "(3,)", "a\0bba\0", 6), 8}};
    write_list(*state, "x.npy", npy_of(">i2", "(3, 2)", "\0\1\0\2\0\3\0\4\0\5\0\6", 12));
    write_list(*state, "y.npy", npy_of("|u1", "(3,)", "\1\2\1", 3));
    write_list(*state, "a.npz", zip_of(parts, 2));
    check_each(pass_array, *state, false, 15);
    check_each(pass_archive, *state, false, 15);
}

static void passing_columns(void **state)
{
    static const char transposed[] = "{'descr': '<f4', 'fortran_order': True, 'shape': (3, 2), }";
    zip_part part = {"x.npy", npy_with_header(transposed, numbers, sizeof numbers), 8};
    write_list(*state, "x.npy", npy_with_header(transposed, numbers, sizeof numbers));
    write_list(*state, "a.npz", zip_of(&part, 1));
    check_each(pass_array, *state, false, 10);
    check_each(pass_archive, *state, false, 15);
}

static void passing_sparse_rows(void **state)
{
    zip_part parts[] = {{"data.npy", npy_of("|u1", "(3,)", "\1\2\3", 3), 8},
                        {"indices.npy", npy_of("|u1", "(3,)", "\0\2\1", 3), 8},
                        {"indptr.npy", npy_of("|u1", "(3,)", "\0\2\3", 3), 8},
                        {"shape.npy", npy_of("|u1", "(2,)", "\2\4", 2), 0},
                        {"y.npy", npy_of("|u1", "(2,)", "\7\5", 2), 0}};
    write_list(*state, "a.npz", zip_of(parts, 5));
    check_each(pass_archive, *state, false, 20);
}

static sm_status pass_generator(const char *const folder)
{
    sm_rows *rows = NULL;
    sm_status status = sm_rows_open("blobs:n=5,classes=3", NULL, &rows);
    if (status == SM_OK) {
        status = sm_rows_save_npz(rows, path_in(folder, "w.npz").text);
    }
    sm_rows_free(rows);
    return undo(folder, "w.npz", status);
}

static void passing_what_is_made(void **state)
{
    check_each(pass_generator, *state, false, 10);
}

static void passing_from_file_to_file(void **state)
{
    static const char idx[] = "\0\0\x08\3\0\0\0\2\0\0\0\1\0\0\0\2"
                              "abcd";
    static const char idx_labels[] = "\0\0\x08\1\0\0\0\2"
                                     "\0\1";
    static const uint8_t pixels[] = {1, 2, 3, 4};
    write_text(*state, "t.csv", "a,b,label\n1,x,k\n,y,l\n2.5,x,k\n");
    write_text(*state, "t.svm", "3 1:1 4:2\n-1\n3 2:0.5\n");
    write_file(path_in(*state, "t-images-idx3-ubyte").text, idx, sizeof idx - 1);
    write_file(path_in(*state, "t-labels-idx1-ubyte").text, idx_labels, sizeof idx_labels - 1);
    make_folder(path_in(*state, "pictures").text);
    make_folder(path_in(*state, "pictures/a").text);
    make_folder(path_in(*state, "pictures/b").text);
    write_grey_png(path_in(*state, "pictures/a/1.png").text, 2, 2, pixels);
    write_grey_png(path_in(*state, "pictures/b/1.png").text, 2, 2, pixels);
    check_each(pass_table, *state, false, 40);
    check_each(pass_libsvm, *state, false, 20);
    check_each(pass_idx, *state, false, 15);
    check_each(pass_pictures, *state, true, 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scratch_test(spooling),
        scratch_test(reading_numbers_and_categories),
        scratch_test(reading_texts_and_other_columns),
        scratch_test(reading_a_table_as_another_one),
        scratch_test(splitting_a_table),
        scratch_test(reading_a_database),
        scratch_test(reading_arrays),
        scratch_test(reading_archives),
        scratch_test(writing_dense_rows),
        scratch_test(writing_and_reading_sparse_rows),
        scratch_test(passing_from_file_to_file),
        scratch_test(passing_arrays),
        scratch_test(passing_columns),
        scratch_test(passing_sparse_rows),
        scratch_test(passing_what_is_made),
    };
    return cmocka_run_group_tests(tests, count_sqlites_too, NULL);
}
