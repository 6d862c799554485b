#include <string.h>

#include "support/cmocka_all.h"
#include "support/message.h"
#include "support/npy_bytes.h"
#include "support/scratch.h"

#include "data/array/array_source.h"
#include "data/array/npz.h"
#include "data/dataset.h"

static void write_archive(const char *const folder, zip_part *const parts, const size_t count)
{
    byte_list archive = zip_of(parts, count);
    write_file(path_in(folder, "a.npz").text, archive.data, archive.size);
    byte_list_free(&archive);
}

static sm_dataset *open_archive(const char *const folder, const char *const name)
{
    sm_dataset *dataset = NULL;
    if (sm_dataset_open(path_in(folder, name).text, &dataset) != SM_OK) {
        fail_msg("%s", sm_error_message());
    }
    return dataset;
}

/* One row of two bytes, and its label. */
static void two_parts(zip_part parts[4], const unsigned method)
{
    static const char *const names[] = {"x_train.npy", "y_train.npy", "x_test.npy", "y_test.npy"};
    static const unsigned char bytes[][2] = {{1, 2}, {5, 0}, {3, 4}, {6, 0}};
    for (size_t i = 0; i < 4; i++) {
        const bool x = i % 2 == 0;
        parts[i] = (zip_part){.name = names[i],
                              .data = npy_of("|u1", x ? "(1, 2)" : "(1,)", bytes[i], x ? 2 : 1),
                              .method = method};
    }
}

static void assert_one_row(sm_dataset *const dataset, const float first, const char *const name)
{
    float row[2];
    assert_int_equal(sm_dataset_row(dataset, 0, row), SM_OK);
    assert_true(row[0] == first);
    assert_string_equal(dataset->shape.class_names[0], name);
    sm_dataset_free(dataset);
}

static void an_archive_may_have_two_parts(void **state)
{
    for (unsigned method = 0; method <= 8; method += 8) {
        zip_part parts[4];
        sm_dataset *test = NULL;
        two_parts(parts, method);
        write_archive(*state, parts, 4);
        assert_one_row(open_archive(*state, "a.npz"), 1, "5");
        assert_one_row(open_archive(*state, "a.npz:train"), 1, "5");
        assert_one_row(open_archive(*state, "a.npz:test"), 3, "6");
        assert_int_equal(sm_dataset_open_test(path_in(*state, "a.npz").text, &test), SM_OK);
        assert_one_row(test, 3, "6");
    }
}

static void an_archive_may_have_one_part(void **state)
{
    static const char *const names[][2] = {{"x.npy", "y.npy"},
                                           {"X.npy", "y.npy"},
                                           {"data.npy", "target.npy"},
                                           {"data.npy", "labels.npy"},
                                           {"arr_0.npy", "arr_1.npy"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        zip_part parts[] = {{names[i][0], npy_of("|u1", "(1, 2)", "\1\2", 2), 8},
                            {names[i][1], npy_of("<U1", "(1,)", "a\0\0\0", 4), 0}};
        sm_dataset *test = NULL;
        write_archive(*state, parts, 2);
        assert_one_row(open_archive(*state, "a.npz"), 1, "a");
        assert_int_equal(sm_dataset_open_test(path_in(*state, "a.npz").text, &test), SM_OK);
        assert_null(test);
        assert_int_equal(sm_dataset_open(path_in(*state, "a.npz:test").text, &test), SM_ERROR_DATA);
        assert_message("%s: the file has no test part", path_in(*state, "a.npz").text);
    }
}

/* What is written is read again, and lies in the file. */
static void sparse_rows_survive(void **state)
{
    const float values[] = {1, 2, 3};
    const uint32_t columns[] = {0, 2, 1};
    const size_t starts[] = {0, 2, 2, 3};
    const int32_t labels[] = {0, 1, 1};
    sm_dataset *made = NULL;
    const scratch_path path = path_in(*state, "sparse.npz");
    assert_int_equal(sm_dataset_borrow_csr(values, columns, starts, 3, 4, labels, 2, &made), SM_OK);
    assert_int_equal(sm_dataset_save_npz(made, path.text), SM_OK);
    sm_dataset_free(made);
    sm_dataset *const read = open_archive(*state, "sparse.npz");
    assert_non_null(smi_dataset_content(read));
    assert_int_equal(read->element, SM_CSR);
    assert_int_equal(read->rows, 3);
    assert_int_equal(read->shape.features, 4);
    assert_memory_equal(read->x, values, sizeof values);
    assert_memory_equal(read->columns, columns, sizeof columns);
    assert_memory_equal(read->row_starts, starts, sizeof starts);
    assert_memory_equal(read->labels, labels, sizeof labels);
    sm_dataset_free(read);
}

static void named_pictures_survive(void **state)
{
    static const uint8_t pixels[] = {0, 1, 2, 3, 4, 5, 6, 255};
    static const int32_t labels[] = {1, 0};
    static const char *const names[] = {"caf\xc3\xa9", "tea"};
    sm_dataset *made = NULL;
    assert_int_equal(sm_dataset_borrow_u8(pixels, 2, 4, labels, 2, &made), SM_OK);
    assert_int_equal(sm_dataset_set_class_names(made, names), SM_OK);
    assert_int_equal(sm_dataset_set_image_shape(made, 2, 2), SM_OK);
    assert_int_equal(sm_dataset_save_npz(made, path_in(*state, "set.npz").text), SM_OK);
    assert_int_equal(
        sm_dataset_save_npy(made, path_in(*state, "x.npy").text, path_in(*state, "y.npy").text),
        SM_OK);
    sm_dataset_free(made);
    static const char *const files[] = {"set.npz", "x.npy"};
    for (size_t i = 0; i < 2; i++) {
        sm_dataset *const read = open_archive(*state, files[i]);
        assert_memory_equal(read->x, pixels, sizeof pixels);
        assert_int_equal(read->shape.image_height, 2);
        assert_memory_equal(read->labels, labels, sizeof labels);
        assert_string_equal(read->shape.class_names[0], names[0]);
        sm_dataset_free(read);
    }
}

/* Each pixel's three colours are a dimension of their own. */
static void coloured_pictures_survive(void **state)
{
    static const uint8_t pixels[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255};
    static const int32_t labels[] = {1, 0};
    sm_dataset *made = NULL;
    assert_int_equal(sm_dataset_borrow_u8(pixels, 2, 6, labels, 2, &made), SM_OK);
    assert_int_equal(sm_dataset_set_image_shape(made, 1, 2), SM_OK);
    assert_int_equal(sm_dataset_save_npz(made, path_in(*state, "set.npz").text), SM_OK);
    assert_int_equal(sm_dataset_save_npy(made, path_in(*state, "x.npy").text, NULL), SM_OK);
    sm_dataset_free(made);
    static const char *const files[] = {"set.npz", "x.npy"};
    for (size_t i = 0; i < 2; i++) {
        sm_dataset *const read = open_archive(*state, files[i]);
        assert_int_equal(read->rows, 2);
        assert_int_equal(read->shape.features, 6);
        assert_int_equal(read->shape.image_height, 1);
        assert_int_equal(read->shape.image_width, 2);
        assert_memory_equal(read->x, pixels, sizeof pixels);
        sm_dataset_free(read);
    }
}

static void what_arrays_do_not_hold_is_not_written(void **state)
{
    static const float x[] = {1, 2};
    static const float weights[] = {1, 2};
    static const int32_t labels[] = {0, 1};
    sm_dataset *made = NULL;
    assert_int_equal(sm_dataset_borrow_f32(x, 2, 1, labels, 2, &made), SM_OK);
    assert_int_equal(sm_dataset_set_weights(made, weights), SM_OK);
    assert_int_equal(sm_dataset_save_npz(made, path_in(*state, "w.npz").text), SM_ERROR_DATA);
    assert_message("NPY and NPZ files hold features and labels, and the data has weights");
    assert_int_equal(count_entries(*state), 0);
    sm_dataset_free(made);
}

/* ---- damage ---- */

/* Puts a number in the place of one in an archive of x.npy alone, and expects the message. */
static void assert_refused_with(const char *const folder, const size_t from_end, const size_t size,
                                const uint64_t value, const char *const message)
{
    zip_part part = {"x.npy", npy_of("|u1", "(1, 2)", "\1\2", 2), 0};
    byte_list archive = zip_of(&part, 1);
    byte_list number = {0};
    sm_dataset *dataset = NULL;
    put_little(&number, value, size);
    memcpy(archive.data + archive.size - from_end, number.data, size);
    write_file(path_in(folder, "a.npz").text, archive.data, archive.size);
    byte_list_free(&number);
    byte_list_free(&archive);
    assert_true(sm_dataset_open(path_in(folder, "a.npz").text, &dataset) != SM_OK);
    if (strstr(sm_error_message(), message) == NULL) {
        fail_msg("'%s' does not say '%s'", sm_error_message(), message);
    }
}

static void damaged_archives_are_refused(void **state)
{
    /* 22 bytes of the last record, 5 of the name, 46 of the entry before it. */
    enum { END = 22, ENTRY = END + 5 + 46 };
    static const struct {
        size_t from_end;
        size_t size;
        uint64_t value;
        const char *message;
    } cases[] = {
        {END, 4, 0, ": the archive breaks off: it has no directory"},
        {END - 4, 2, 1, ": the archive has several parts"},
        {END - 8, 4, 0x00020002, ": 2 members; possible are so many as the directory has room for"},
        {END - 12, 4, 1 << 20, ": the directory reaches beyond the end of the archive"},
        {END - 16, 4, 0xffffffff,
         ": the archive ends as if it had ZIP64 records, which it has not"},
        {ENTRY, 4, 0, ": the directory has fewer entries than it says"},
        {ENTRY - 8, 2, 1, "a.npz:x.npy: the member is encrypted"},
        {ENTRY - 10, 2, 12,
         "a.npz:x.npy: the member is compressed by method 12; known are 0 and 8"},
        {ENTRY - 16, 4, 0, "the bytes do not have the checksum that the archive gives"},
        {ENTRY - 20, 4, 1 << 20, "a.npz:x.npy: the member reaches beyond the archive's members"},
        {ENTRY - 24, 4, 1 << 20, "a.npz:x.npy: 1,048,576 bytes cannot come out of the"},
        {ENTRY - 28, 2, 200, ": an entry reaches beyond the directory"},
        {ENTRY - 42, 4, 3, "a.npz:x.npy: byte 3: the member does not begin here"},
        {END + 5, 1, 'z', "a.npz:z.npy: byte 0: the member has another name here"},
        {END + 5, 1, '\n', ": the name of a member is not 1 to 127 printable characters"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_refused_with(*state, cases[i].from_end, cases[i].size, cases[i].value,
                            cases[i].message);
    }
}

static void assert_archive_refused(const char *const folder, const byte_list *const archive,
                                   const char *const message)
{
    sm_dataset *dataset = NULL;
    write_file(path_in(folder, "a.npz").text, archive->data, archive->size);
    assert_true(sm_dataset_open(path_in(folder, "a.npz").text, &dataset) != SM_OK);
    if (strstr(sm_error_message(), message) == NULL) {
        fail_msg("'%s' does not say '%s'", sm_error_message(), message);
    }
}

static void bombs_are_refused(void **state)
{
    zip_part part = {"x.npy", npy_of("|u1", "(1, 2)", "\1\2", 2), 8};
    byte_list archive = zip_of(&part, 1);
    /* The entry says 1 GiB, which the few bytes that are there cannot come to. */
    byte_list number = {0};
    put_little(&number, (uint64_t)1 << 30, 4);
    memcpy(archive.data + archive.size - 22 - 5 - 46 + 24, number.data, 4);
    assert_archive_refused(*state, &archive, "1,073,741,824 bytes cannot come out of the");
    /* A little more than there is. */
    number.data[3] = 0;
    number.data[0] = 200;
    memcpy(archive.data + archive.size - 22 - 5 - 46 + 24, number.data, 4);
    assert_archive_refused(*state, &archive, "the header announces 2 elements of 1 byte,");
    byte_list_free(&number);
    byte_list_free(&archive);
}

/* One block that deflate stores: 2 bytes, from byte 5 on. */
static void assert_deflated_ends(const bool last, const size_t compressed, const size_t size,
                                 const char *const message)
{
    const uint8_t bytes[] = {last, 2, 0, 0xfd, 0xff, 'a', 'b', 0};
    uint8_t to[2];
    smi_array_source source;
    assert_int_equal(smi_array_source_inflate("x", bytes, compressed, size, 0x9e83486d, &source),
                     SM_OK);
    assert_int_equal(smi_array_source_read(&source, to, size), SM_OK);
    assert_int_equal(smi_array_source_finish(&source), message == NULL ? SM_OK : SM_ERROR_FORMAT);
    if (message != NULL) {
        assert_message("x: %s", message);
    }
    smi_array_source_close(&source);
}

static void deflated_bytes_end_with_the_member(void **state)
{
    (void)state;
    assert_deflated_ends(true, 7, 2, NULL);
    assert_deflated_ends(true, 8, 2, "other bytes follow the end of the compressed data");
    assert_deflated_ends(true, 7, 1,
                         "the compressed data goes on behind the size that the archive gives");
    assert_deflated_ends(false, 7, 2,
                         "the compressed data is damaged or breaks off before its end");
}

static void members_must_be_apart(void **state)
{
    zip_part parts[] = {{"x.npy", npy_of("|u1", "(1, 2)", "\1\2", 2), 0},
                        {"x.npy", npy_of("|u1", "(1, 2)", "\1\2", 2), 0}};
    byte_list archive = zip_of(parts, 2);
    assert_archive_refused(*state, &archive, "a.npz:x.npy: the member is there twice");
    memset(archive.data + archive.size - 22 - 5 - 46 + 42, 0, 4);
    assert_archive_refused(*state, &archive, "a.npz:x.npy: the member overlaps 'x.npy'");
    byte_list_free(&archive);
}

static void archives_without_features_are_refused(void **state)
{
    zip_part parts[] = {{"a.npy", npy_of("|u1", "(1, 2)", "\1\2", 2), 0},
                        {"b.txt", npy_of("|u1", "(1,)", "\1", 1), 0}};
    byte_list archive = zip_of(parts, 2);
    assert_archive_refused(*state, &archive,
                           ": no array of features in it, which would be called x_train, x, X, "
                           "data, images, features or arr_0; there is: a.npy, b.txt");
    byte_list_free(&archive);
}

/* ---- sparse rows that are none ---- */

typedef struct sparse_case {
    const char *indices; /* three bytes */
    const char *starts;  /* three bytes: two rows */
    const char *format;
    const char *message;
} sparse_case;

static void sparse_rows_are_checked(void **state)
{
    static const sparse_case cases[] = {
        {"\0\1\4", "\0\2\3", "csr", "indices.npy: row 1: column 4 is outside 0 … 3"},
        {"\1\1\0", "\0\2\3", "csr", "indices.npy: row 0: column 1 comes after column 1"},
        {"\0\1\2", "\0\3\2", "csr", "indptr.npy: the places where rows begin do not ascend"},
        {"\0\1\2", "\1\2\3", "csr", "indptr.npy: the places where rows begin do not ascend"},
        {"\0\1\2", "\0\2\3", "csc", "format.npy: the matrix is not made of compressed sparse rows"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        zip_part parts[] = {{"data.npy", npy_of("|u1", "(3,)", "\1\2\3", 3), 8},
                            {"indices.npy", npy_of("|u1", "(3,)", cases[i].indices, 3), 0},
                            {"indptr.npy", npy_of("|u1", "(3,)", cases[i].starts, 3), 0},
                            {"shape.npy", npy_of("|u1", "(2,)", "\2\4", 2), 0},
                            {"format.npy", npy_of("|S3", "()", cases[i].format, 3), 0}};
        byte_list archive = zip_of(parts, 5);
        assert_archive_refused(*state, &archive, cases[i].message);
        byte_list_free(&archive);
    }
}

/* Their values alone would do for rows of features: of diagonals they have two dimensions. */
static void other_sparse_matrices_are_refused(void **state)
{
    zip_part diagonals[] = {{"offsets.npy", npy_of("|u1", "(1,)", "\0", 1), 0},
                            {"format.npy", npy_of("|S3", "()", "dia", 3), 0},
                            {"shape.npy", npy_of("|u1", "(2,)", "\2\2", 2), 0},
                            {"data.npy", npy_of("|u1", "(1, 2)", "\1\2", 2), 0}};
    byte_list archive = zip_of(diagonals, 4);
    assert_archive_refused(*state, &archive,
                           "format.npy: the matrix is not made of compressed sparse rows; "
                           "x.tocsr() makes it so");
    byte_list_free(&archive);
    zip_part lacking[] = {{"indices.npy", npy_of("|u1", "(1,)", "\0", 1), 0},
                          {"format.npy", npy_of("|S3", "()", "csr", 3), 0},
                          {"shape.npy", npy_of("|u1", "(2,)", "\1\2", 2), 0},
                          {"data.npy", npy_of("|u1", "(1,)", "\1", 1), 0}};
    archive = zip_of(lacking, 4);
    assert_archive_refused(*state, &archive,
                           ": a matrix of compressed sparse rows has a member 'indptr.npy', and "
                           "there is none");
    byte_list_free(&archive);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scratch_test(an_archive_may_have_two_parts),
        scratch_test(an_archive_may_have_one_part),
        scratch_test(sparse_rows_survive),
        scratch_test(named_pictures_survive),
        scratch_test(coloured_pictures_survive),
        scratch_test(what_arrays_do_not_hold_is_not_written),
        scratch_test(damaged_archives_are_refused),
        scratch_test(bombs_are_refused),
        cmocka_unit_test(deflated_bytes_end_with_the_member),
        scratch_test(members_must_be_apart),
        scratch_test(archives_without_features_are_refused),
        scratch_test(sparse_rows_are_checked),
        scratch_test(other_sparse_matrices_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
