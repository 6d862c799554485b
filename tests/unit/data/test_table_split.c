#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/message.h"
#include "support/scratch.h"

#include <softmax.h>

/* The table's text, and what of it went where. */
typedef struct split_texts {
    sm_status status;
    char *first; /* NULL: there is no file */
    char *second;
    size_t rows[2];
} split_texts;

static split_texts split_text(const char *const folder, const char *const text,
                              const sm_split_options *const options)
{
    const scratch_path from = path_in(folder, "from.csv");
    const scratch_path first = path_in(folder, "first.csv");
    const scratch_path second = path_in(folder, "second.csv");
    split_texts made = {.rows = {7, 7}};
    write_file(from.text, text, strlen(text));
    made.status = sm_table_split(from.text, NULL, options, first.text, second.text, made.rows);
    made.first = (char *)read_file(first.text, NULL);
    made.second = (char *)read_file(second.text, NULL);
    return made;
}

static void free_texts(split_texts *const texts)
{
    free(texts->first);
    free(texts->second);
}

static void both_files_begin_with_the_header(void **state)
{
    const sm_split_options options = {.held_out_share = 0.5};
    split_texts made = split_text(*state, "x,y\n1,a\n2,b\n", &options);
    assert_int_equal(made.status, SM_OK);
    assert_int_equal(made.rows[0], 1);
    assert_int_equal(made.rows[1], 1);
    assert_memory_equal(made.first, "x,y\n", 4);
    assert_memory_equal(made.second, "x,y\n", 4);
    const bool first_kept = strcmp(made.first, "x,y\n1,a\n") == 0;
    assert_string_equal(made.first, first_kept ? "x,y\n1,a\n" : "x,y\n2,b\n");
    assert_string_equal(made.second, first_kept ? "x,y\n2,b\n" : "x,y\n1,a\n");
    free_texts(&made);
}

/* More rows than a piece of the text has, many of them side by side in one part. */
static void every_row_is_in_one_of_them(void **state)
{
    enum { ROWS = 200000, ROW_BYTES = 9 };
    const sm_split_options options = {.held_out = ROWS / 10, .stratify = true, .seed = 5};
    char *const text = malloc((size_t)ROWS * ROW_BYTES + 64);
    assert_non_null(text);
    size_t length = (size_t)sprintf(text, "n,label\n");
    for (int i = 0; i < ROWS; i++) {
        length += (size_t)sprintf(text + length, "%06d,%c\n", i, "ab"[i % 4 == 0]);
    }
    split_texts made = split_text(*state, text, &options);
    assert_int_equal(made.status, SM_OK);
    assert_int_equal(made.rows[0], ROWS - ROWS / 10);
    assert_int_equal(made.rows[1], ROWS / 10);
    const char *at[2] = {made.first + 8, made.second + 8};
    size_t of_class[2] = {0, 0};
    for (int i = 0; i < ROWS; i++) {
        char row[ROW_BYTES + 1];
        (void)snprintf(row, sizeof row, "%06d,%c\n", i, "ab"[i % 4 == 0]);
        const int part = strncmp(at[1], row, ROW_BYTES) == 0;
        assert_memory_equal(at[part], row, ROW_BYTES);
        at[part] += ROW_BYTES;
        of_class[i % 4 == 0] += (size_t)part;
    }
    assert_int_equal(of_class[0], ROWS / 10 / 4 * 3);
    assert_int_equal(of_class[1], ROWS / 10 / 4);
    free_texts(&made);
    free(text);
}

static void a_failure_leaves_no_file(void **state)
{
    const sm_split_options stratified = {.held_out = 1, .stratify = true};
    const sm_split_options all = {.held_out = 2};
    const sm_split_options share = {.held_out = 1, .held_out_share = 0.5};
    split_texts made = split_text(*state, "x,z\n1,a\n2,b\n", &stratified);
    assert_int_equal(made.status, SM_ERROR_DATA);
    assert_null(made.first);
    assert_null(made.second);
    made = split_text(*state, "x,y\n1,a\n2,b\n", &all);
    assert_int_equal(made.status, SM_ERROR_ARGUMENT);
    assert_message("cannot hold out 2 of 2 rows: possible are 1 … 1");
    made = split_text(*state, "x,y\n1,a\n2,b\n", &share);
    assert_int_equal(made.status, SM_ERROR_ARGUMENT);
    assert_message("held_out_share is 0.5; possible are shares above 0 and below 1, where held_out "
                   "is 0");
    made = split_text(*state, "x,y\n1,a\n2\n", &all);
    assert_int_equal(made.status, SM_ERROR_FORMAT);
    assert_int_equal(made.rows[0], 7);
    assert_int_equal(count_entries(*state), 1);
}

static void arguments_are_checked(void **state)
{
    const sm_split_options options = {.held_out = 1};
    (void)state;
    assert_int_equal(sm_table_split(NULL, NULL, &options, "a", "b", NULL), SM_ERROR_ARGUMENT);
    assert_message("sm_table_split: path is NULL");
    assert_int_equal(sm_table_split("x", NULL, NULL, "a", "b", NULL), SM_ERROR_ARGUMENT);
    assert_message("sm_table_split: split is NULL");
}

static void assert_options_refused(const char *const folder, const sm_open_options *const options,
                                   const char *const message)
{
    const sm_split_options half = {.held_out_share = 0.5, .stratify = true};
    const scratch_path from = path_in(folder, "from.csv");
    write_file(from.text, "x,y\n1,a\n2,b\n", 12);
    assert_int_equal(sm_table_split(from.text, options, &half, path_in(folder, "first.csv").text,
                                    path_in(folder, "second.csv").text, NULL),
                     SM_ERROR_ARGUMENT);
    assert_message("%s", message);
    assert_int_equal(count_entries(folder), 1);
}

static void options_are_checked_as_when_data_is_opened(void **state)
{
    const sm_column unknown = {.name = "x", .kind = (sm_column_kind)99};
    sm_open_options options = sm_open_options_default();
    options.column_count = 1;
    assert_options_refused(*state, &options, "columns is NULL, and column_count 1");
    options.columns = &unknown;
    assert_options_refused(*state, &options, "columns[0].kind: there is no kind 99");
    options = sm_open_options_default();
    options.delimiter = '"';
    assert_options_refused(*state, &options,
                           "delimiter: it must be a character of ASCII, and no quote or newline");
    options = sm_open_options_default();
    options.threads = 100000;
    assert_options_refused(*state, &options, "threads is 100000, outside 1 … 256");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        scratch_test(both_files_begin_with_the_header),
        scratch_test(every_row_is_in_one_of_them),
        scratch_test(a_failure_leaves_no_file),
        cmocka_unit_test(arguments_are_checked),
        scratch_test(options_are_checked_as_when_data_is_opened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
