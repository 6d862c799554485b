/* Rows that pass from arrays which cannot be had in their order, or not at once: in Fortran order,
 * compressed, sparse. What is written of them is what is written of the dataset. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "support/bytes.h"
#include "support/cmocka_all.h"
#include "support/npy_bytes.h"
#include "support/scratch.h"

#include "data/rows.h"

/* Takes over the bytes. */
static void write_list(const char *const folder, const char *const name, byte_list bytes)
{
    write_file(path_in(folder, name).text, bytes.data, bytes.size);
    byte_list_free(&bytes);
}

/* The file's rows, held or passing, as an archive; to be freed. */
static uint8_t *saved(const char *const folder, const char *const name, const bool passing,
                      size_t *const size)
{
    const scratch_path from = path_in(folder, name);
    const scratch_path to = path_in(folder, "saved.npz");
    sm_dataset *dataset = NULL;
    sm_rows *rows = NULL;
    if (passing) {
        assert_int_equal(sm_rows_open(from.text, NULL, &rows), SM_OK);
    } else {
        assert_int_equal(sm_dataset_open(from.text, &dataset), SM_OK);
        assert_int_equal(sm_rows_of(dataset, &rows), SM_OK);
    }
    for (int passes = passing ? 2 : 1; passes > 0; passes--) {
        if (sm_rows_save_npz(rows, to.text) != SM_OK) {
            fail_msg("%s", sm_error_message());
        }
    }
    sm_rows_free(rows);
    sm_dataset_free(dataset);
    uint8_t *const bytes = read_file(to.text, size);
    assert_int_equal(remove(to.text), 0);
    return bytes;
}

static void assert_passes(const char *const folder, const char *const name)
{
    size_t held_size = 0;
    size_t size = 0;
    uint8_t *const held = saved(folder, name, false, &held_size);
    uint8_t *const passed = saved(folder, name, true, &size);
    assert_int_equal(size, held_size);
    assert_memory_equal(passed, held, size);
    free(held);
    free(passed);
}

/* ---- Fortran order ---- */

/* Numbers of two bytes or one, all different from their neighbours. */
static byte_list transposed(const char *const type, const char *const shape, const size_t elements)
{
    const size_t size = type[1] == 'u' ? 1 : 2;
    char dictionary[128];
    byte_list data = {0};
    for (size_t i = 0; i < elements; i++) {
        put_little(&data, (i * 7 + i / 251) & 0x3fff, size); /* half a float, and no NaN */
    }
    (void)snprintf(dictionary, sizeof dictionary,
                   "{'descr': '%s', 'fortran_order': True, 'shape': %s, }", type, shape);
    byte_list array = npy_with_header(dictionary, data.data, data.size);
    byte_list_free(&data);
    return array;
}

/* The last comes to more than one block. */
static const struct {
    const char *type;
    const char *shape;
    size_t elements;
} arrays[] = {{"|u1", "(3, 2)", 6},
              {"<f2", "(5, 1)", 5},
              {">i2", "(2, 3, 4)", 24},
              {"|u1", "(7, 2, 3, 1)", 42},
              {"<f2", "(50000, 50)", 50000 * 50}};
enum { ARRAYS = sizeof arrays / sizeof *arrays };

static void columns_become_rows(void **state)
{
    for (size_t a = 0; a < ARRAYS; a++) {
        write_list(*state, "x.npy",
                   transposed(arrays[a].type, arrays[a].shape, arrays[a].elements));
        assert_passes(*state, "x.npy");
    }
}

static void columns_of_an_archive_become_rows(void **state)
{
    for (size_t a = 0; a < ARRAYS; a++) {
        for (unsigned method = 0; method <= 8; method += 8) {
            zip_part part = {
                "x.npy", transposed(arrays[a].type, arrays[a].shape, arrays[a].elements), method};
            write_list(*state, "a.npz", zip_of(&part, 1));
            assert_passes(*state, "a.npz");
        }
    }
}

/* ---- compressed files ---- */

/* The first is kept in memory, the second in a file without a name. */
static void compressed_arrays_pass(void **state)
{
    const size_t sizes[] = {4, (size_t)70 << 20};
    assert_int_equal(setenv("TMPDIR", *state, 1), 0);
    for (size_t i = 0; i < 2; i++) {
        char shape[64];
        uint8_t *const data = calloc(sizes[i], 1);
        assert_non_null(data);
        memcpy(data + sizes[i] - 4, "\1\2\3\4", 4);
        (void)snprintf(shape, sizeof shape, "(%zu, 2)", sizes[i] / 2);
        byte_list array = npy_of("|u1", shape, data, sizes[i]);
        free(data);
        write_list(*state, "x.npy.gz", gzip_of(array.data, array.size));
        byte_list_free(&array);
        assert_passes(*state, "x.npy.gz");
        assert_int_equal(count_entries(*state), 1);
    }
    assert_int_equal(unsetenv("TMPDIR"), 0);
}

/* ---- sparse rows ---- */

/* Which of a matrix's lists is wrong, and how: by default nothing. */
typedef struct sparse_made {
    size_t rows;
    size_t features;
    size_t entries;    /* of the last row; the others have 0 to 3 */
    unsigned method;   /* of compression */
    uint64_t column;   /* in the place of the last one; 0: no change */
    uint64_t end;      /* in the place of the last row's; 0: no change */
    const char *value; /* of 8 bytes, in the place of the last one; NULL: no change */
} sparse_made;

/* As SciPy keeps a matrix of doubles, and labels. */
static byte_list sparse_archive(const sparse_made *const made)
{
    byte_list lists[5] = {{0}};
    size_t entries = 0;
    put_little(&lists[2], 0, 8);
    for (size_t r = 0; r < made->rows; r++) {
        const size_t count = r + 1 == made->rows ? made->entries : r % 4;
        for (size_t i = 0; i < count; i++, entries++) {
            const double number = (double)entries / 7.0;
            const bool last = r + 1 == made->rows && i + 1 == count;
            put_bytes(&lists[0], last && made->value != NULL ? made->value : (const char *)&number,
                      8);
            put_little(&lists[1], last && made->column != 0 ? made->column : i + (r % 5), 8);
        }
        put_little(&lists[2], r + 1 == made->rows && made->end != 0 ? made->end : entries, 8);
        put_u8(&lists[4], (unsigned)(r % 3));
    }
    put_little(&lists[3], made->rows, 8);
    put_little(&lists[3], made->features, 8);
    static const char *const names[] = {"data.npy", "indices.npy", "indptr.npy", "shape.npy",
                                        "y.npy"};
    const size_t counts[] = {entries, entries, made->rows + 1, 2, made->rows};
    zip_part parts[5];
    for (size_t i = 0; i < 5; i++) {
        char shape[32];
        (void)snprintf(shape, sizeof shape, "(%zu,)", counts[i]);
        parts[i] = (zip_part){names[i],
                              npy_of(i == 0   ? "<f8"
                                     : i == 4 ? "|u1"
                                              : "<i8",
                                     shape, lists[i].data, lists[i].size),
                              made->method};
        byte_list_free(&lists[i]);
    }
    return zip_of(parts, 5);
}

/* One row; several blocks because of rows; because of entries; no entries. */
static void sparse_rows_pass(void **state)
{
    static const sparse_made all[] = {{.rows = 1, .features = 3, .entries = 3},
                                      {.rows = 9001, .features = 8, .entries = 4},
                                      {.rows = 4097, .features = 200004, .entries = 200000},
                                      {.rows = 1, .features = 3}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        for (unsigned method = 0; method <= 8; method += 8) {
            sparse_made made = all[i];
            made.method = method;
            write_list(*state, "a.npz", sparse_archive(&made));
            assert_passes(*state, "a.npz");
        }
    }
}

/* What is wrong is told by the same message, held or passing, and leaves no file. */
static void assert_refused(const char *const folder, const char *const message)
{
    const scratch_path from = path_in(folder, "a.npz");
    const scratch_path to = path_in(folder, "saved.npz");
    sm_dataset *dataset = NULL;
    sm_rows *rows = NULL;
    assert_true(sm_dataset_open(from.text, &dataset) != SM_OK);
    if (strstr(sm_error_message(), message) == NULL) {
        fail_msg("'%s' does not say '%s'", sm_error_message(), message);
    }
    sm_status status = sm_rows_open(from.text, NULL, &rows);
    if (status == SM_OK) {
        status = sm_rows_save_npz(rows, to.text);
    }
    assert_true(status != SM_OK);
    if (strstr(sm_error_message(), message) == NULL) {
        fail_msg("passing: '%s' does not say '%s'", sm_error_message(), message);
    }
    sm_rows_free(rows);
    assert_int_equal(count_entries(folder), 1);
}

static void sparse_rows_are_checked_as_they_pass(void **state)
{
    static const struct {
        sparse_made made;
        const char *message;
    } cases[] = {
        {{.rows = 4099, .features = 9, .entries = 4, .column = 9},
         "a.npz:indices.npy: row 4098: column 9 is outside 0 … 8"},
        {{.rows = 4099, .features = 9, .entries = 4, .column = 5},
         "a.npz:indices.npy: row 4098: column 5 comes after column 5"},
        {{.rows = 3, .features = 9, .entries = 4, .column = (uint64_t)1 << 32},
         "a.npz:indices.npy: element 4: 4294967296 is not a whole number from 0 to 4294967295"},
        {{.rows = 4099, .features = 9, .entries = 4, .end = 7000},
         "a.npz:indptr.npy: the places where rows begin do not ascend from 0 to the number of "
         "entries, 6,149"},
        {{.rows = 4099, .features = 9, .entries = 4, .end = 6146},
         "a.npz:indptr.npy: the places where rows begin do not ascend from 0 to the number of "
         "entries, 6,149"},
        {{.rows = 3, .features = 9, .entries = 4, .value = "\0\0\0\0\0\0\xf8\x7f"},
         "a.npz:data.npy: element 4: nan is not a finite 32-bit number"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (unsigned method = 0; method <= 8; method += 8) {
            sparse_made made = cases[i].made;
            made.method = method;
            write_list(*state, "a.npz", sparse_archive(&made));
            assert_refused(*state, cases[i].message);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scratch_test(columns_become_rows),
        scratch_test(columns_of_an_archive_become_rows),
        scratch_test(compressed_arrays_pass),
        scratch_test(sparse_rows_pass),
        scratch_test(sparse_rows_are_checked_as_they_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
