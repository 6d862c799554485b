/* Tables as datasets: small ones by what they hold, a larger one on any number of threads. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/allocations.h"
#include "support/cmocka_all.h"
#include "support/message.h"
#include "support/scratch.h"

#include "base/memory.h"
#include "data/dataset.h"
#include "data/table/table.h"
#include "encoded_table.h"

static sm_status read_with(const char *const text, const sm_open_options *const options,
                           sm_dataset **const dataset)
{
    smi_spool *spool = NULL;
    assert_int_equal(smi_spool_over(text, strlen(text), "t.csv", &spool), SM_OK);
    return smi_table_read(spool, options, dataset);
}

/* options NULL: the default. */
static sm_dataset *read_table(const char *const text, const sm_open_options *const options)
{
    const sm_open_options standard = sm_open_options_default();
    sm_dataset *dataset = NULL;
    if (read_with(text, options == NULL ? &standard : options, &dataset) != SM_OK) {
        fail_msg("%s", sm_error_message());
    }
    return dataset;
}

static void assert_refused(const char *const text, const sm_open_options *const options,
                           const char *const message)
{
    sm_dataset *dataset = NULL;
    assert_int_not_equal(read_with(text, options, &dataset), SM_OK);
    assert_message("%s", message);
    assert_null(dataset);
}

/* A line for each row: its class, if there are any, and its features. */
static void assert_holds(const sm_dataset *const dataset, const char *const expected)
{
    char text[1024] = "";
    size_t used = 0;
    const sm_shape shape = sm_dataset_shape(dataset);
    float *const x = calloc(shape.features, sizeof *x);
    for (size_t r = 0; r < sm_dataset_rows(dataset); r++) {
        const int32_t label = sm_dataset_label(dataset, r);
        assert_int_equal(sm_dataset_row(dataset, r, x), SM_OK);
        used += (size_t)snprintf(text + used, sizeof text - used, "%s",
                                 label < 0 ? "-" : shape.class_names[label]);
        for (size_t f = 0; f < shape.features; f++) {
            used += (size_t)snprintf(text + used, sizeof text - used, " %g", (double)x[f]);
        }
        used += (size_t)snprintf(text + used, sizeof text - used, "\n");
    }
    free(x);
    assert_string_equal(text, expected);
}

/* ---- what columns become ---- */

static void numbers_and_categories_are_told_apart(void **state)
{
    (void)state;
    sm_dataset *const dataset = read_table("size,colour,label\n"
                                           "1,red,b\n"
                                           "-2.5,green,a\n"
                                           "1e1,red,b\n",
                                           NULL);
    /* size, green, red */
    assert_holds(dataset, "b 1 0 1\n"
                          "a -2.5 1 0\n"
                          "b 10 0 1\n");
    assert_int_equal(sm_dataset_element(dataset), SM_F32);
    assert_string_equal(sm_dataset_notes(dataset), "");
    sm_dataset_free(dataset);
}

static void numbers_are_scaled_and_categories_are_not(void **state)
{
    (void)state;
    sm_dataset *const dataset = read_table("x,c,k,y\n1,a,5,p\n3,b,5,q\n", NULL);
    const sm_shape shape = sm_dataset_shape(dataset);
    const float shifts[] = {2.0F, 0.0F, 0.0F, 5.0F};
    const float scales[] = {1.0F, 1.0F, 1.0F, 1.0F}; /* k is constant */
    assert_int_equal(shape.features, 4);
    assert_memory_equal(shape.column_shift, shifts, sizeof shifts);
    assert_memory_equal(shape.column_scale, scales, sizeof scales);
    sm_dataset_free(dataset);
}

static void a_mean_loses_nothing_by_large_numbers(void **state)
{
    (void)state;
    sm_dataset *const dataset =
        read_table("x,y\n1000000,a\n1000001,b\n1000002,a\n1000003,b\n", NULL);
    const sm_shape shape = sm_dataset_shape(dataset);
    assert_true(shape.column_shift[0] == 1000001.5F);
    assert_true(fabsf(shape.column_scale[0] - 0.894427191F) < 1e-6F); /* 1 / sqrt(1.25) */
    sm_dataset_free(dataset);
}

static void a_column_with_numbers_and_texts_is_categorical(void **state)
{
    (void)state;
    sm_dataset *const dataset = read_table("age,y\n10,a\n20,b\n80+,a\n10,b\n", NULL);
    /* 10, 20, 80+ */
    assert_holds(dataset, "a 1 0 0\nb 0 1 0\na 0 0 1\nb 1 0 0\n");
    sm_dataset_free(dataset);
}

static void columns_are_what_they_are_said_to_be(void **state)
{
    (void)state;
    const sm_column columns[] = {{"zip", SM_COLUMN_CATEGORICAL}, {"-2", SM_COLUMN_IGNORE}};
    const sm_open_options options = {.columns = columns, .column_count = 2, .label = "1"};
    sm_dataset *const dataset = read_table("kind,zip,x,n\nb,20,1,3\na,3,2,4\n", &options);
    /* 20, 3, n */
    assert_holds(dataset, "b 1 0 3\na 0 1 4\n");
    sm_dataset_free(dataset);
}

static void labels_that_are_whole_numbers_are_ordered_as_such(void **state)
{
    (void)state;
    sm_dataset *dataset = read_table("x,Class\n1,10\n2,9\n3,-1\n", NULL);
    assert_holds(dataset, "10 1\n9 2\n-1 3\n");
    assert_string_equal(sm_dataset_shape(dataset).class_names[0], "-1");
    assert_string_equal(sm_dataset_shape(dataset).class_names[2], "10");
    sm_dataset_free(dataset);
    dataset = read_table("x,TARGET\n1,10\n2,9\n3,b\n", NULL);
    assert_string_equal(sm_dataset_shape(dataset).class_names[0], "10");
    sm_dataset_free(dataset);
}

static void there_need_not_be_a_label(void **state)
{
    (void)state;
    const sm_open_options options = {.label = ""};
    sm_dataset *const dataset = read_table("x,y\n1,10\n2,9\n", &options);
    assert_holds(dataset, "- 1 10\n- 2 9\n");
    assert_false(sm_dataset_has_labels(dataset));
    sm_dataset_free(dataset);
}

static void rows_have_weights(void **state)
{
    (void)state;
    const sm_open_options options = {.weight = "w"};
    sm_dataset *const dataset = read_table("w,x,y\n1.5,3,a\n2,4,b\n", &options);
    assert_holds(dataset, "a 3\nb 4\n");
    assert_true(dataset->weights[0] == 1.5F && dataset->weights[1] == 2.0F);
    sm_dataset_free(dataset);
    assert_refused("w,x,y\n1.5,3,a\n-2,4,b\n", &options,
                   "t.csv:3: column 'w': -2 is no weight; weights are above 0");
    assert_refused(
        "w,x,y\n1.5,3,a\n?,4,b\n", &options,
        "t.csv:3: column 'w': there is no value; each row needs a weight, a number above 0");
}

/* ---- cells without a value ---- */

static const char gaps[] = "x,c,y\n1,a,p\n,b,q\n3,?,p\n";

static void cells_without_a_value_follow_the_rule(void **state)
{
    (void)state;
    sm_open_options options = sm_open_options_default();
    sm_dataset *dataset = read_table(gaps, &options);
    /* x, whether it is missing, a, b, missing */
    assert_holds(dataset, "p 1 0 1 0 0\nq 2 1 0 1 0\np 3 0 0 0 1\n");
    sm_dataset_free(dataset);
    options.missing = SM_MISSING_MEAN;
    dataset = read_table(gaps, &options);
    assert_holds(dataset, "p 1 1 0 0\nq 2 0 1 0\np 3 0 0 1\n");
    sm_dataset_free(dataset);
    options.missing = SM_MISSING_DROP;
    dataset = read_table("x,c,y\n1,a,p\n,b,q\n3,?,p\n4,b,\n5,d,q\n", &options);
    assert_holds(dataset, "p 1 1 0\nq 5 0 1\n");
    assert_string_equal(sm_dataset_notes(dataset), "t.csv: 3 rows left out for want of a value\n");
    sm_dataset_free(dataset);
    options.missing = SM_MISSING_ERROR;
    assert_refused(gaps, &options,
                   "t.csv:3: column 'x': there is no value; --missing indicator, mean or drop says "
                   "what to do");
}

/* ---- by a model ---- */

static void a_model_finds_its_columns_by_name(void **state)
{
    (void)state;
    sm_dataset *const first = read_table(gaps, NULL);
    const sm_shape shape = sm_dataset_shape(first);
    const sm_open_options options = {.like = &shape};
    sm_dataset *const second = read_table("more,c,x\n1,b,7\n2,z,NA\n", &options);
    assert_holds(second, "- 7 0 0 1 0\n- 2 1 0 0 1\n");
    assert_string_equal(sm_dataset_notes(second),
                        "t.csv: 1 column is left out, as the model does not have it: more\n"
                        "t.csv: column 'c': 1 cell with categories not seen in training, the first "
                        "'z'; counted as missing\n");
    const sm_shape same = sm_dataset_shape(second);
    assert_string_equal(same.columns, shape.columns);
    assert_memory_equal(same.column_shift, shape.column_shift,
                        shape.features * sizeof *shape.column_shift);
    sm_dataset_free(second);
    assert_refused("c,y\na,p\n", &options,
                   "t.csv: there is no column 'x', which the model needs; did you mean 'c'?");
    sm_dataset_free(first);
}

static void a_model_knows_its_classes(void **state)
{
    (void)state;
    sm_dataset *const first = read_table("x,y\n1,b\n2,a\n3,c\n", NULL);
    const sm_shape shape = sm_dataset_shape(first);
    const sm_open_options options = {.like = &shape};
    sm_dataset *second = read_table("y,x\nc,1\nb,2\n", &options);
    assert_int_equal(sm_dataset_shape(second).classes, 3);
    assert_int_equal(sm_dataset_label(second, 0), 2);
    sm_dataset_free(second);
    second = read_table("y,x\nz,1\nb,2\n", &options); /* who evaluates is told of it */
    assert_int_equal(sm_dataset_shape(second).classes, 4);
    assert_string_equal(sm_dataset_shape(second).class_names[3], "z");
    sm_dataset_free(second);
    sm_dataset_free(first);
}

static void without_names_columns_go_by_their_place(void **state)
{
    (void)state;
    const sm_open_options learn = {.label = "2"};
    sm_dataset *const first = read_table("1,b,5\n2,a,6\n", &learn);
    const sm_shape shape = sm_dataset_shape(first);
    const sm_open_options options = {.like = &shape};
    sm_dataset *second = read_table("3,a,7\n", &options);
    assert_holds(second, "a 3 7\n");
    sm_dataset_free(second);
    second = read_table("3,7\n", &options);
    assert_holds(second, "- 3 7\n");
    sm_dataset_free(second);
    assert_refused("x,y\n1,2\n", &options, "t.csv:1: column '1': 'x' is not a number");
    sm_dataset_free(first);
}

static void columns_that_do_not_fit_the_model_are_refused(void **state)
{
    (void)state;
    sm_dataset *const first = read_table("x,y\n1,b\n2,a\n", NULL);
    sm_shape shape = sm_dataset_shape(first);
    const sm_open_options options = {.like = &shape};
    shape.features = 2;
    assert_refused("x\n1\n", &options, "the model's columns come to 1 features, but it takes 2");
    shape.columns = "{}";
    assert_refused("x\n1\n", &options, "the model's columns: 'columns' is not a list of names");
    sm_dataset_free(first);
}

/* ---- how it is stored ---- */

/* Rows of a category out of `categories`, and a number. Freed by free(). */
static char *make_table(const unsigned rows, const unsigned categories)
{
    char *const text = malloc(64 * (size_t)rows + 64);
    assert_non_null(text);
    size_t used = (size_t)sprintf(text, "c,x,y\n");
    for (unsigned r = 0; r < rows; r++) {
        used += (size_t)sprintf(text + used, "%s%u,%g,%u\n", r % 97 == 5 ? "" : "c",
                                r * r % categories, (double)r * 0.37 - 100.0, r % 3);
    }
    return text;
}

static void wide_rows_of_zeros_are_sparse(void **state)
{
    (void)state;
    char *text = make_table(100, 20);
    sm_dataset *dataset = read_table(text, NULL);
    assert_int_equal(sm_dataset_element(dataset), SM_F32); /* not wide */
    sm_dataset_free(dataset);
    free(text);
    text = make_table(1000, 997);
    dataset = read_table(text, NULL);
    assert_int_equal(sm_dataset_element(dataset), SM_CSR);
    assert_true(sm_dataset_shape(dataset).sparse);
    const float *values = NULL;
    const uint32_t *columns = NULL;
    size_t count = 0;
    assert_int_equal(sm_dataset_row_entries(dataset, 3, &values, &columns, &count), SM_OK);
    assert_int_equal(count, 2);
    assert_true(values[0] == 1.0F && values[1] == (float)(3 * 0.37 - 100.0));
    sm_dataset_free(dataset);
    free(text);
}

/* By features, whatever becomes of such rows; and in data read for the model, too. */
static void what_is_missing_is_counted(void **state)
{
    (void)state;
    static const char text[] = "a,b,c,y\n1,p,r,u\n,q,,v\n3,,s,u\nNA,p,s,v\n";
    static const sm_missing rules[] = {SM_MISSING_INDICATOR, SM_MISSING_MEAN, SM_MISSING_DROP};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        sm_open_options options = sm_open_options_default();
        const bool drop = rules[i] == SM_MISSING_DROP;
        options.missing = rules[i];
        sm_dataset *const learnt = read_table(text, &options);
        const sm_shape shape = sm_dataset_shape(learnt);
        options.like = &shape;
        sm_dataset *const later = drop ? NULL : read_table(text, &options);
        assert_int_equal(sm_dataset_left_out(learnt), drop ? 3 : 0);
        for (size_t f = 0; f < 4; f++) {
            static const size_t expected[] = {2, 1, 1, 0};
            assert_int_equal(sm_dataset_missing(learnt, f), expected[f]);
            assert_int_equal(drop ? expected[f] : sm_dataset_missing(later, f), expected[f]);
        }
        sm_dataset_free(later);
        sm_dataset_free(learnt);
    }
}

/* Profiles `before`, encodes `after`. */
static sm_status read_changing(const char *const before, const char *const after)
{
    const sm_open_options options = sm_open_options_default();
    const smi_csv_options how = {0};
    char text[64];
    smi_spool *spool = NULL;
    smi_csv *csv = NULL;
    smi_pool *pool = NULL;
    smi_table table = {0};
    smi_notes notes = {.file = "t.csv"};
    smi_profile profile = {0};
    smi_encoded_rows rows = {0};
    assert_int_equal(strlen(before), strlen(after));
    (void)snprintf(text, sizeof text, "%s", before);
    assert_int_equal(smi_spool_over(text, strlen(text), "t.csv", &spool), SM_OK);
    assert_int_equal(smi_csv_open(spool, &how, &csv), SM_OK);
    assert_int_equal(smi_pool_create(1, &pool), SM_OK);
    assert_int_equal(smi_columns_choose(csv, &options, true, &table), SM_OK);
    assert_int_equal(smi_profile_make(&table, pool, &options, &notes, &profile), SM_OK);
    (void)snprintf(text, sizeof text, "%s", after);
    const sm_status status =
        smi_encode(&table, pool, &profile, &profile.labels, false, &notes, &rows);
    smi_encoded_rows_free(&rows);
    smi_profile_free(&profile);
    smi_notes_free(&notes);
    smi_schema_free(table.schema);
    smi_pool_free(pool);
    smi_csv_free(csv);
    return status;
}

/* The size and the time of change may be the same: rows have to be those that were profiled. */
static void a_text_that_changes_between_the_passes_is_noticed(void **state)
{
    (void)state;
    static const char before[] = "a,y\nred,p\n     \nblue,q\n";
    static const char *const after[] = {
        "a,y\nred,p\nred,q\nblue,q\n",  /* one more row */
        "a,y\nred,p\n     \n      \n",  /* one less */
        "a,y\nred,p\n     \nblue,x\n",  /* a label that there was not */
        "a,y\n     \nred,p\nblue,q\n"}; /* the first row elsewhere */
    assert_int_equal(read_changing(before, before), SM_OK);
    for (size_t i = 0; i < sizeof after / sizeof *after; i++) {
        assert_int_equal(read_changing(before, after[i]), SM_ERROR_IO);
        assert_message("t.csv: the file changed while it was being read");
    }
}

static void the_number_of_threads_changes_nothing(void **state)
{
    (void)state;
    char *const text = make_table(3000, 31);
    table_reading how = {.threads = 1, .piece_size = 1024};
    encoded_table one = encode_table(text, &how);
    assert_int_equal(one.count, 3000);
    assert_true(one.pieces > 10);
    for (how.threads = 2; how.threads <= 8; how.threads++) {
        encoded_table other = encode_table(text, &how);
        assert_string_equal(other.columns, one.columns);
        assert_memory_equal(other.rows.x, one.rows.x, one.count * one.width * sizeof(float));
        assert_memory_equal(other.rows.labels, one.rows.labels, one.count * sizeof(int32_t));
        free_encoded_table(&other);
    }
    free_encoded_table(&one);
    free(text);
}

/* ---- what cannot be ---- */

static void options_out_of_range_are_named(void **state)
{
    const scratch_path path = path_in(*state, "t.csv");
    const sm_column unnamed = {NULL, SM_COLUMN_NUMERIC};
    const sm_column unknown = {"x", (sm_column_kind)99};
    sm_dataset *dataset = NULL;
    write_file(path.text, "x,y\n1,a\n2,b\n", 12);
    const struct {
        sm_open_options options;
        const char *message;
    } cases[] = {
        {{.column_count = 1}, "columns is NULL, and column_count 1"},
        {{.columns = &unnamed, .column_count = 1}, "columns[0].name is empty"},
        {{.columns = &unknown, .column_count = 1}, "columns[0].kind: there is no kind 99"},
        {{.missing = (sm_missing)9}, "missing: there is no rule 9"},
        {{.header = (sm_header)9}, "header: there is no choice 9"},
        {{.delimiter = '"'}, "delimiter: it must be a character of ASCII, and no quote or newline"},
        {{.comment = '#', .delimiter = '#'},
         "comment: it must be a character of ASCII, and no quote, newline or delimiter"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(sm_dataset_open_with(path.text, &cases[i].options, &dataset),
                         SM_ERROR_ARGUMENT);
        assert_message("%s", cases[i].message);
    }
    assert_null(dataset);
}

static void assert_survives(const char *const text)
{
    /* One thread, as allocations are counted. */
    const sm_open_options options = {.weight = "w", .missing = SM_MISSING_MEAN, .threads = 1};
    size_t failures = 0;
    for (size_t first = 0;; first++, failures++) {
        smi_spool *spool = NULL;
        sm_dataset *dataset = NULL;
        assert_int_equal(smi_spool_over(text, strlen(text), "t.csv", &spool), SM_OK);
        allocations_fail(first, 1);
        const sm_status status = smi_table_read(spool, &options, &dataset);
        if (allocations_recover() == 0) {
            assert_int_equal(status, SM_OK);
            sm_dataset_free(dataset);
            break;
        }
        assert_int_equal(status, SM_ERROR_MEMORY);
        assert_non_null(strstr(sm_error_message(), "not enough memory"));
        assert_null(dataset);
    }
    assert_true(failures > 20);
}

static void memory_may_run_out_anywhere(void **state)
{
    (void)state;
    assert_survives("x,c,y,w\n1,a,p,1\n,b,q,2\n3,?,p,1\n4,7,q,1\n");
    assert_survives("x,v,y,w\n1,2,p,1\n,3,q,2\n3,4,p,1\n4,7,q,1\n"); /* only numbers */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_and_categories_are_told_apart),
        cmocka_unit_test(numbers_are_scaled_and_categories_are_not),
        cmocka_unit_test(a_mean_loses_nothing_by_large_numbers),
        cmocka_unit_test(a_column_with_numbers_and_texts_is_categorical),
        cmocka_unit_test(columns_are_what_they_are_said_to_be),
        cmocka_unit_test(labels_that_are_whole_numbers_are_ordered_as_such),
        cmocka_unit_test(there_need_not_be_a_label),
        cmocka_unit_test(rows_have_weights),
        cmocka_unit_test(cells_without_a_value_follow_the_rule),
        cmocka_unit_test(a_model_finds_its_columns_by_name),
        cmocka_unit_test(a_model_knows_its_classes),
        cmocka_unit_test(without_names_columns_go_by_their_place),
        cmocka_unit_test(columns_that_do_not_fit_the_model_are_refused),
        cmocka_unit_test(wide_rows_of_zeros_are_sparse),
        cmocka_unit_test(what_is_missing_is_counted),
        cmocka_unit_test(the_number_of_threads_changes_nothing),
        cmocka_unit_test(a_text_that_changes_between_the_passes_is_noticed),
        scratch_test(options_out_of_range_are_named),
        cmocka_unit_test(memory_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
