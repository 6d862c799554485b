#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/bytes.h"
#include "support/cmocka_all.h"
#include "support/message.h"
#include "support/scratch.h"

#include "data/dataset.h"
#include "data/libsvm.h"

static sm_status read_from(smi_input *const input, const sm_open_options *const options,
                           sm_dataset **const dataset)
{
    const sm_open_options standard = sm_open_options_default();
    smi_stream *stream = NULL;
    *dataset = NULL;
    assert_int_equal(smi_stream_open(input, &stream), SM_OK);
    const sm_status status =
        smi_libsvm_read(stream, options == NULL ? &standard : options, dataset);
    smi_stream_close(stream);
    return status;
}

static sm_status read_bytes(const void *const bytes, const size_t size,
                            const sm_open_options *const options, sm_dataset **const dataset)
{
    smi_input *input = NULL;
    assert_int_equal(smi_input_over(bytes, size, "file.svm", &input), SM_OK);
    return read_from(input, options, dataset);
}

/* options NULL: the default. */
static sm_dataset *read_with(const char *const text, const sm_open_options *const options)
{
    sm_dataset *dataset = NULL;
    if (read_bytes(text, strlen(text), options, &dataset) != SM_OK) {
        fail_msg("%s", sm_error_message());
    }
    return dataset;
}

static void assert_refused_with(const char *const text, const sm_open_options *const options,
                                const sm_status status, const char *const message)
{
    sm_dataset *dataset = NULL;
    assert_int_equal(read_bytes(text, strlen(text), options, &dataset), status);
    assert_message("file.svm%s", message);
    assert_null(dataset);
}

static void assert_refused(const char *const text, const char *const message)
{
    assert_refused_with(text, NULL, SM_ERROR_FORMAT, message);
}

/* The dataset as text: class name, then column:value from column 0; one row a line. Frees it. */
static void assert_holds(sm_dataset *const dataset, const char *const expected)
{
    char text[1024] = "";
    size_t length = 0;
    for (size_t r = 0; r < dataset->rows; r++) {
        const smi_sparse_row x = smi_dataset_entries(dataset, r);
        const char *const name = dataset->shape.class_names[sm_dataset_label(dataset, r)];
        length += (size_t)snprintf(text + length, sizeof text - length, "%s", name);
        for (size_t i = 0; i < x.count; i++) {
            length += (size_t)snprintf(text + length, sizeof text - length, " %u:%g",
                                       (unsigned)x.columns[i], (double)x.values[i]);
        }
        length += (size_t)snprintf(text + length, sizeof text - length, "\n");
    }
    assert_string_equal(text, expected);
    sm_dataset_free(dataset);
}

/* ---- what is read ---- */

static void a_file_is_rows_of_entries(void **state)
{
    (void)state;
    sm_dataset *const dataset = read_with("+1 1:0.5 3:-2\n-1 2:1e-1\n", NULL);
    assert_int_equal(sm_dataset_element(dataset), SM_CSR);
    assert_true(dataset->shape.sparse);
    assert_int_equal(dataset->shape.features, 3);
    assert_int_equal(dataset->shape.index_base, SM_INDEX_FROM_ONE);
    assert_true(dataset->shape.shift == 0.0F && dataset->shape.scale == 1.0F);
    assert_holds(dataset, "1 0:0.5 2:-2\n-1 1:0.1\n");
}

static void classes_are_the_labels_ascending(void **state)
{
    (void)state;
    sm_dataset *const dataset = read_with("10 1:1\n-1 1:1\n+9 1:1\n2.0 1:1\n1e1 1:1\n", NULL);
    static const char *const names[] = {"-1", "2", "9", "10"};
    assert_int_equal(dataset->shape.classes, 4);
    for (size_t c = 0; c < 4; c++) {
        assert_string_equal(dataset->shape.class_names[c], names[c]);
    }
    assert_holds(dataset, "10 0:1\n-1 0:1\n9 0:1\n2 0:1\n10 0:1\n");
}

static void labels_of_all_lengths_are_exact(void **state)
{
    (void)state;
    assert_holds(
        read_with("2147483647 1:1\n-2147483647 1:1\n999999999 1:1\n0001234567890 1:1\n", NULL),
        "2147483647 0:1\n-2147483647 0:1\n999999999 0:1\n1234567890 0:1\n");
}

static void lines_may_be_written_in_many_ways(void **state)
{
    (void)state;
    static const char rows[] = "3 0:1 1:2\n4\n5 0:1\n";
    static const char *const ways[] = {
        "3 1:1 2:2\n4\n5 1:1\n",       /* as it should be */
        "3 1:1 2:2\n4\n5 1:1",         /* no newline at the end */
        "3 1:1 2:2\r\n4\r\n5 1:1\r\n", /* of other systems */
        "3 1:1 2:2\r\n4\r\n5 1:1\r",
        "\n\n3 1:1 2:2\n \n\t\n4\n\r\n5 1:1\n\n",       /* empty lines */
        "  3\t1:1   2:2 \n 4 \n5 1:1 \t\n",             /* blanks */
        "# a\n3 1:1 2:2 # b 9:9\n4#c\n#5 7:7\n5 1:1 #", /* comments */
        "3 qid:1 1:1 2:2\n4 qid:2\n5 qid:2 1:1\n",      /* queries */
        "3 1:1 2:2\n4 7:0\n5 1:1 7:-0.0 8:1e-60\n",     /* entries of 0 */
        "3.0 01:1. 0002:+2\n+4e0\n5 1:10e-1\n",         /* numbers */
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        assert_holds(read_with(ways[i], NULL), rows);
    }
}

/* Words are looked at by 8 and 16 characters at once: each part ends at, before and behind these.
 */
static void words_of_all_lengths_are_read(void **state)
{
    (void)state;
    static const char digits[] = "12345678901234567890";
    static const char *const ends[] = {" ", "\t", "\r\n1", "\n1", " \f ", "#\n1"};
    enum { LONGEST_INDEX = 10, LONGEST_VALUE = 18 };
    for (int length = 1; length <= LONGEST_INDEX; length++) {
        for (int part = 0; part <= LONGEST_VALUE; part++) {
            char text[128];
            char value[32];
            const char *const end = ends[(length + part) % 6];
            (void)snprintf(value, sizeof value, "%s%d%s%.*s", part % 3 == 1 ? "-" : "", part + 1,
                           part == 0 ? "" : ".", part, digits + 1);
            (void)snprintf(text, sizeof text, "1 %.*s:%s%s 2147483647:%s", length, digits, value,
                           end, value);
            sm_dataset *const dataset = read_with(text, NULL);
            const float *const values = smi_dataset_entries(dataset, 0).values;
            const uint32_t *const columns = smi_dataset_entries(dataset, 0).columns;
            assert_int_equal(columns[0], strtoul(text + 2, NULL, 10) - 1);
            assert_int_equal(columns[1], 2147483646); /* the next row's lie behind it */
            assert_true(values[0] == strtof(value, NULL) && values[1] == values[0]);
            sm_dataset_free(dataset);
        }
    }
}

static void an_entry_of_zero_still_counts_as_a_feature(void **state)
{
    (void)state;
    sm_dataset *const dataset = read_with("1 2:1 9:0\n", NULL);
    assert_int_equal(dataset->shape.features, 9);
    assert_holds(dataset, "1 1:1\n");
}

/* Large enough for many pieces, with an error in the last of them or without. */
static void assert_same_for_threads(const byte_list *const text, const sm_status expected,
                                    const char *const message)
{
    sm_dataset *first = NULL;
    for (size_t threads = 1; threads <= 4; threads++) {
        sm_open_options options = sm_open_options_default();
        sm_dataset *dataset = NULL;
        options.threads = threads;
        assert_int_equal(read_bytes(text->data, text->size, &options, &dataset), expected);
        if (expected != SM_OK) {
            assert_message("%s", message);
            continue;
        }
        if (first == NULL) {
            first = dataset;
            continue;
        }
        const size_t rows = dataset->rows;
        const size_t entries = dataset->row_starts[rows];
        assert_int_equal(rows, first->rows);
        assert_memory_equal(dataset->row_starts, first->row_starts, (rows + 1) * sizeof(size_t));
        assert_memory_equal(dataset->x, first->x, entries * sizeof(float));
        assert_memory_equal(dataset->columns, first->columns, entries * sizeof(uint32_t));
        assert_memory_equal(dataset->labels, first->labels, rows * sizeof(int32_t));
        sm_dataset_free(dataset);
    }
    sm_dataset_free(first);
}

static void many_threads_read_what_one_does(void **state)
{
    (void)state;
    enum { ROWS = 100000, ROWS_AT_A_TIME = 1000 };
    byte_list text = {0};
    char lines[ROWS_AT_A_TIME * 64];
    size_t length = 0;
    for (size_t r = 0; r < ROWS; r++) {
        length +=
            (size_t)snprintf(lines + length, sizeof lines - length, "%zu %zu:%zu.%zu %zu:1e-%zu\n",
                             r % 7, 1 + r % 900, r % 11, r % 1013, 1000 + r % 77, r % 9);
        if ((r + 1) % ROWS_AT_A_TIME == 0) {
            put_bytes(&text, lines, length);
            length = 0;
        }
    }
    assert_same_for_threads(&text, SM_OK, NULL);
    put_bytes(&text, "1 5:x\n2 y\n", 10);
    assert_same_for_threads(&text, SM_ERROR_FORMAT,
                            "file.svm:100001: '5:x' has a value that is not a finite 32-bit "
                            "number");
    text.size -= 10;
    put_bytes(&text, "1 0:1\n", 6);
    assert_same_for_threads(&text, SM_OK, NULL);
    byte_list_free(&text);
}

static void gzip_and_pipes_are_read_alike(void **state)
{
    (void)state;
    static const char text[] = "1 1:1\n2 2:2\n";
    byte_list packed = gzip_of(text, sizeof text - 1);
    sm_dataset *dataset = NULL;
    assert_int_equal(read_bytes(packed.data, packed.size, NULL, &dataset), SM_OK);
    assert_holds(dataset, "1 0:1\n2 1:2\n");
    byte_list_free(&packed);
    assert_int_equal(read_from(pipe_input(text, sizeof text - 1), NULL, &dataset), SM_OK);
    assert_holds(dataset, "1 0:1\n2 1:2\n");
}

/* More than any buffer or block holds, so that lines are cut and blocks joined; a line longer than
 * the buffer among them. */
static void large_files_are_the_sum_of_their_lines(void **state)
{
    (void)state;
    enum { ROWS = 30000, LONG_ROW = 17000, LONG_ENTRIES = 60000 };
    const size_t capacity = ROWS * 40 + LONG_ENTRIES * 14;
    char *const text = malloc(capacity);
    size_t length = 0;
    assert_non_null(text);
    for (int r = 0; r < ROWS; r++) {
        length += (size_t)sprintf(text + length, "%d", r % 7);
        for (int i = 0; i < (r == LONG_ROW ? LONG_ENTRIES : r % 4); i++) {
            length += (size_t)sprintf(text + length, " %d:%d", i + 1, r % 1000 + i + 1);
        }
        length += (size_t)sprintf(text + length, "\n");
    }
    assert_true(length < capacity);
    sm_dataset *dataset = NULL;
    assert_int_equal(read_bytes(text, length, NULL, &dataset), SM_OK);
    assert_int_equal(dataset->rows, ROWS);
    assert_int_equal(dataset->shape.features, LONG_ENTRIES);
    for (size_t r = 0; r < ROWS; r++) {
        const smi_sparse_row x = smi_dataset_entries(dataset, r);
        assert_int_equal(sm_dataset_label(dataset, r), r % 7);
        assert_int_equal(x.count, r == LONG_ROW ? LONG_ENTRIES : r % 4);
        for (size_t i = 0; i < x.count; i++) {
            assert_true(x.columns[i] == i && x.values[i] == (float)(r % 1000 + i + 1));
        }
    }
    sm_dataset_free(dataset);
    length += (size_t)sprintf(text + length, "1 x");
    assert_int_equal(read_bytes(text, length, NULL, &dataset), SM_ERROR_FORMAT);
    assert_message("file.svm:%d: 'x' is not index:value", ROWS + 1);
    free(text);
}

/* ---- the index base, and the width ---- */

static void an_index_0_means_that_indices_begin_there(void **state)
{
    (void)state;
    sm_dataset *const dataset = read_with("1 3:1\n2 0:1\n", NULL);
    assert_int_equal(dataset->shape.features, 4);
    assert_int_equal(dataset->shape.index_base, SM_INDEX_FROM_ZERO);
    assert_holds(dataset, "1 3:1\n2 0:1\n");
}

static void the_index_base_can_be_given(void **state)
{
    (void)state;
    sm_open_options options = sm_open_options_default();
    options.index_base = SM_INDEX_FROM_ZERO;
    assert_holds(read_with("1 3:1\n", &options), "1 3:1\n");
    options.index_base = SM_INDEX_FROM_ONE;
    assert_holds(read_with("1 3:1\n", &options), "1 2:1\n");
    assert_refused_with("1 1:1\n1 1:1\n2 0:1\n", &options, SM_ERROR_DATA,
                        ":3: index 0, but indices are to begin with 1");
}

static void a_model_gives_width_and_base(void **state)
{
    (void)state;
    sm_shape shape = {.features = 5, .index_base = SM_INDEX_FROM_ZERO};
    const sm_open_options options = {.like = &shape};
    sm_dataset *dataset = read_with("1 3:1\n", &options); /* narrower, and no 0 in sight */
    assert_int_equal(dataset->shape.features, 5);
    assert_holds(dataset, "1 3:1\n");
    assert_refused_with("1 3:1\n1 4:1 5:1\n", &options, SM_ERROR_DATA,
                        ":2: index 5, but the model has 5 features, up to index 4; "
                        "--ignore-extra leaves others out");
    shape.index_base = SM_INDEX_FROM_ONE;
    dataset = read_with("1 3:1\n2 5:1\n", &options);
    assert_int_equal(dataset->shape.index_base, SM_INDEX_FROM_ONE);
    assert_holds(dataset, "1 2:1\n2 4:1\n");
    assert_refused_with("1 0:1\n", &options, SM_ERROR_DATA,
                        ":1: index 0, but indices are to begin with 1, as in the data that the "
                        "model was made for");
    shape.index_base = SM_INDEX_AUTO; /* a model of other data: the file decides */
    assert_holds(read_with("1 0:1\n", &options), "1 0:1\n");
    assert_holds(read_with("1 5:1\n", &options), "1 4:1\n");
    assert_holds(read_with("1\n", &options), "1\n"); /* without an entry */
}

static void indices_beyond_the_model_are_left_out_on_request(void **state)
{
    (void)state;
    const sm_shape shape = {.features = 3, .index_base = SM_INDEX_FROM_ONE};
    const sm_open_options options = {.like = &shape, .ignore_extra = true};
    sm_dataset *const dataset =
        read_with("1 1:1 3:3 4:4\n2 9:9\n3 2:2\n4 4:4 5:5\n5 3:3 2147483647:1\n", &options);
    assert_int_equal(dataset->shape.features, 3);
    assert_holds(dataset, "1 0:1 2:3\n2\n3 1:2\n4\n5 2:3\n");
    assert_holds(read_with("1 1:1 3:3\n", &options), "1 0:1 2:3\n"); /* none to leave out */
}

/* ---- what is refused ---- */

static void wrong_entries_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *message;
    } cases[] = {
        {"1 1:1\n\n# 9\n2 5:1 3:2\n", ":4: index 3 comes after 5; indices must ascend"},
        {"1 3:1 3:1\n", ":1: index 3 comes twice"},
        {"1 0:1 0:1\n", ":1: index 0 comes twice"},
        {"1 3:0 3:1\n", ":1: index 3 comes twice"}, /* also where the value is 0 */
        {"1 -3:1\n", ":1: '-3' is a negative index"},
        {"1 2147483648:1\n",
         ":1: index 2147483648 is larger than 2147483647, the largest there is"},
        {"1 4294967297:1\n",
         ":1: index 4294967297 is larger than 2147483647, the largest there is"},
        {"1 18446744073709551617:1\n",
         ":1: index 18446744073709551617 is larger than 2147483647, the largest there is"},
        {"1 1:nan\n", ":1: '1:nan' has a value that is not a finite 32-bit number"},
        {"1 1:-inf\n", ":1: '1:-inf' has a value that is not a finite 32-bit number"},
        {"1 1:1e39\n", ":1: '1:1e39' has a value that is not a finite 32-bit number"},
        {"1 1:\n", ":1: '1:' has a value that is not a finite 32-bit number"},
        {"1 1: 5\n", ":1: '1:' has a value that is not a finite 32-bit number"},
        {"1 1:5x\n", ":1: '1:5x' has a value that is not a finite 32-bit number"},
        {"1 1:5,2:6\n", ":1: '1:5,2:6' has a value that is not a finite 32-bit number"},
        {"1 1:0x10\n", ":1: '1:0x10' has a value that is not a finite 32-bit number"},
        {"1 5\n", ":1: '5' is not index:value"},
        {"1 :5\n", ":1: ':5' does not begin with an index, a whole number"},
        {"1 -:5\n", ":1: '-:5' does not begin with an index, a whole number"},
        {"1 a:5\n", ":1: 'a:5' does not begin with an index, a whole number"},
        {"1 1.5:5\n", ":1: '1.5:5' does not begin with an index, a whole number"},
        {"1 1:1 qid:5\n", ":1: 'qid:5' does not begin with an index, a whole number"},
        {"1 \033[31m:5\n", ":1: '?[31m:5' does not begin with an index, a whole number"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_refused(cases[i].text, cases[i].message);
    }
}

static void wrong_labels_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *message;
    } cases[] = {
        {"1,3 1:1\n", ":1: '1,3' are several labels, and a row has one class"},
        {"1:1 2:1\n", ":1: '1:1' is no label, and a line begins with one"},
        {"spam 1:1\n", ":1: 'spam' is not a number, as labels are"},
        {"nan 1:1\n", ":1: 'nan' is not a number, as labels are"},
        {"- 1:1\n", ":1: '-' is not a number, as labels are"},
        {"1x 1:1\n", ":1: '1x' is not a number, as labels are"},
        {"0.5 1:1\n", ":1: '0.5' is not a whole number, as the label of a class is"},
        {"2147483648 1:1\n", ":1: '2147483648' is too large for a label"},
        {"1e300 1:1\n", ":1: '1e300' is too large for a label"},
        {"0000000000000000000000000000000000000000000000000000000000000001 1:1\n",
         ":1: '000000000000000000000000000000000000000' is too long for a label"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_refused(cases[i].text, cases[i].message);
    }
}

static void a_zero_byte_ends_nothing(void **state)
{
    (void)state;
    sm_dataset *dataset = NULL;
    assert_int_equal(read_bytes("1\0 1:1\n", 7, NULL, &dataset), SM_ERROR_FORMAT);
    assert_message("file.svm:1: '1?' is not a number, as labels are");
    assert_int_equal(read_bytes("1 1:1\0\n", 7, NULL, &dataset), SM_ERROR_FORMAT);
    assert_message("file.svm:1: '1:1?' has a value that is not a finite 32-bit number");
}

static void a_file_needs_a_row_and_an_entry(void **state)
{
    (void)state;
    assert_refused("", ": the file holds no rows");
    assert_refused("\n# nothing\n\r\n", ": the file holds no rows");
    assert_refused_with("1\n2\n", NULL, SM_ERROR_DATA,
                        ": no row has an entry, so that there are no features");
}

static void damaged_gzip_is_found(void **state)
{
    (void)state;
    static const char text[] = "1 1:1\n2 2:2\n";
    byte_list packed = gzip_of(text, sizeof text - 1);
    sm_dataset *dataset = NULL;
    assert_int_equal(read_bytes(packed.data, packed.size - 4, NULL, &dataset), SM_ERROR_FORMAT);
    assert_message("file.svm: the gzip data breaks off after 12 decompressed bytes");
    assert_null(dataset);
    byte_list_free(&packed);
}

/* Lines that are gone, or half there, are not what the file says. */
static void a_file_that_changes_is_an_error(void **state)
{
    static const char before[] = "1 1:1\n2 2:2\n";
    static const char *const after[] = {"1 1:1\n", "1 1:1\n2 2:2\n3 3:3\n", "1 x\n"};
    const scratch_path path = path_in(*state, "a.svm");
    for (size_t i = 0; i < sizeof after / sizeof *after; i++) {
        smi_stream *stream = NULL;
        sm_dataset *dataset = NULL;
        const sm_open_options options = sm_open_options_default();
        write_file(path.text, before, strlen(before));
        assert_int_equal(smi_stream_open_path(path.text, &stream), SM_OK);
        write_file(path.text, after[i], strlen(after[i]));
        assert_int_equal(smi_libsvm_read(stream, &options, &dataset), SM_ERROR_IO);
        assert_message("%s: the file changed while it was being read", path.text);
        assert_null(dataset);
        smi_stream_close(stream);
    }
}

/* ---- how it is recognised ---- */

static void its_first_row_with_entries_gives_it_away(void **state)
{
    (void)state;
    static const char *const right[] = {"1 1:1",         "+1 1:0.5 3:1\n", "# x\n\n-1.0 7:1\n",
                                        "1\n2\n3 1:1\n", "1 qid:3 1:1\n",  "1,3 1:1\n",
                                        " 1  5:1e-3\r\n"};
    static const char *const wrong[] = {"",          "1",          "1\n2\n",         "1,2,3\n",
                                        "a 1:1\n",   "1:1 2:2\n",  "1 x:1\n",        "1 1:x\n",
                                        "1 1 1\n",   "{\"a\": 1}", "x\n1 1:1\n",     "12:30 1:1\n",
                                        "1 2 3:4\n", "a,b\n1,2\n", "# only comments"};
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        assert_true(smi_libsvm_looks_right((const uint8_t *)right[i], strlen(right[i])));
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(smi_libsvm_looks_right((const uint8_t *)wrong[i], strlen(wrong[i])));
    }
}

static void the_least_label_is_read(void **state)
{
    (void)state;
    sm_dataset *const dataset = read_with("-2147483648 1:1\n2147483647 1:2\n", NULL);
    assert_string_equal(dataset->shape.class_names[0], "-2147483648");
    assert_string_equal(dataset->shape.class_names[1], "2147483647");
    sm_dataset_free(dataset);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_rows_of_entries),
        cmocka_unit_test(classes_are_the_labels_ascending),
        cmocka_unit_test(labels_of_all_lengths_are_exact),
        cmocka_unit_test(lines_may_be_written_in_many_ways),
        cmocka_unit_test(words_of_all_lengths_are_read),
        cmocka_unit_test(an_entry_of_zero_still_counts_as_a_feature),
        cmocka_unit_test(many_threads_read_what_one_does),
        cmocka_unit_test(gzip_and_pipes_are_read_alike),
        cmocka_unit_test(large_files_are_the_sum_of_their_lines),
        cmocka_unit_test(an_index_0_means_that_indices_begin_there),
        cmocka_unit_test(the_index_base_can_be_given),
        cmocka_unit_test(a_model_gives_width_and_base),
        cmocka_unit_test(indices_beyond_the_model_are_left_out_on_request),
        cmocka_unit_test(wrong_entries_are_named),
        cmocka_unit_test(wrong_labels_are_named),
        cmocka_unit_test(a_zero_byte_ends_nothing),
        cmocka_unit_test(a_file_needs_a_row_and_an_entry),
        cmocka_unit_test(damaged_gzip_is_found),
        scratch_test(a_file_that_changes_is_an_error),
        cmocka_unit_test(its_first_row_with_entries_gives_it_away),
        cmocka_unit_test(the_least_label_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
