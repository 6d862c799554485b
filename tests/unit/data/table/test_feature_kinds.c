/* What columns that are hashed, cut into buckets, crossed, or texts become. */
#include <stdio.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "support/message.h"

#include "data/spool.h"
#include "data/table/table.h"

enum { MOST_TEXT = 4096 };

static sm_status read_as(const char *const text, const sm_open_options *const options,
                         sm_dataset **const dataset)
{
    smi_spool *spool = NULL;
    *dataset = NULL;
    assert_int_equal(smi_spool_over(text, strlen(text), "t.csv", &spool), SM_OK);
    return smi_table_read(spool, options, dataset);
}

static sm_dataset *read_table(const char *const text, const sm_open_options *const options)
{
    sm_dataset *dataset = NULL;
    if (read_as(text, options, &dataset) != SM_OK) {
        fail_msg("%s", sm_error_message());
    }
    return dataset;
}

/* What is not 0 in each row, as "column:value column:value|…|". */
static void assert_rows(const sm_dataset *const dataset, const char *const expected)
{
    enum { MOST = 64 };
    char text[MOST_TEXT] = "";
    float row[MOST] = {0};
    size_t length = 0;
    const size_t features = sm_dataset_shape(dataset).features;
    assert_true(features <= MOST);
    for (size_t r = 0; r < sm_dataset_rows(dataset); r++) {
        const char *blank = "";
        assert_int_equal(sm_dataset_row(dataset, r, row), SM_OK);
        for (size_t f = 0; f < features; f++) {
            if (row[f] != 0.0F) {
                length += (size_t)snprintf(text + length, sizeof text - length, "%s%zu:%.7g", blank,
                                           f, (double)row[f]);
                blank = " ";
            }
        }
        length += (size_t)snprintf(text + length, sizeof text - length, "|");
    }
    assert_string_equal(text, expected);
}

static sm_open_options options_of(const sm_column *const columns, const size_t count)
{
    sm_open_options options = sm_open_options_default();
    options.columns = columns;
    options.column_count = count;
    return options;
}

/* Reads a table of the columns "label" and others, and another one by its schema. notes: of the
 * other one. */
static void assert_learnt(const char *const text, const sm_open_options *const options,
                          const char *const rows, const char *const other,
                          const char *const other_rows, const char *const notes)
{
    sm_dataset *const learnt = read_table(text, options);
    const sm_shape shape = sm_dataset_shape(learnt);
    assert_rows(learnt, rows);
    const sm_open_options like = {.like = &shape};
    sm_dataset *const later = read_table(other, &like);
    assert_rows(later, other_rows);
    assert_string_equal(sm_dataset_notes(later), notes);
    assert_string_equal(sm_dataset_shape(later).columns, shape.columns);
    sm_dataset_free(later);
    sm_dataset_free(learnt);
}

static void assert_refused(const char *const text, const sm_open_options *const options,
                           const char *const message)
{
    sm_dataset *dataset = NULL;
    assert_int_not_equal(read_as(text, options, &dataset), SM_OK);
    assert_message("%s", message);
    assert_null(dataset);
}

/* ---- buckets ---- */

/* numpy.quantile(range(1, 9), [1/4, 2/4, 3/4]) is 2.75, 4.5, 6.25. */
static void numbers_fall_into_buckets(void **state)
{
    (void)state;
    const sm_column column = {.name = "n", .kind = SM_COLUMN_BUCKETS, .size = 4};
    const sm_open_options options = options_of(&column, 1);
    assert_learnt("n,label\n1,a\n2,b\n3,a\n4,b\n5,a\n6,b\n7,a\n8,b\n", &options,
                  "0:1|0:1|1:1|1:1|2:1|2:1|3:1|3:1|", "n\n-100\n2.75\n6.2\n6.25\n1e30\n\n",
                  "0:1|1:1|2:1|3:1|3:1|", "");
    assert_learnt("n,label\n1,a\n2,b\n3,a\n4,b\n5,a\n6,b\n7,a\n8,b\n", &options,
                  "0:1|0:1|1:1|1:1|2:1|2:1|3:1|3:1|", "n,label\n,a\n1,b\nNA,a\n", "|0:1||",
                  "t.csv: column 'n': 2 cells without a value; in none of its buckets\n");
}

static void cells_without_a_number_have_a_bucket_of_their_own(void **state)
{
    (void)state;
    const sm_column column = {.name = "n", .kind = SM_COLUMN_BUCKETS, .size = 2};
    const sm_open_options options = options_of(&column, 1);
    assert_learnt("n,label\n1,a\nNA,b\n2,a\n?,b\n3,a\n", &options, "0:1|2:1|1:1|2:1|1:1|",
                  "n,label\n,a\n1,b\n", "2:1|0:1|", "");
}

static void buckets_are_of_numbers(void **state)
{
    (void)state;
    sm_column column = {.name = "n", .kind = SM_COLUMN_BUCKETS, .size = 2};
    const sm_open_options options = options_of(&column, 1);
    assert_refused("n,label\n1,a\nx,b\n", &options, "t.csv:3: column 'n': 'x' is not a number");
    assert_refused("n,label\n,a\n,b\n", &options,
                   "t.csv: column 'n' holds no value in any row; --ignore n leaves it out");
    column.size = 1;
    assert_refused("n,label\n1,a\n2,b\n", &options,
                   "t.csv: column 'n': 1 buckets; 2 to 10000 can be");
}

/* ---- hashes ---- */

/* By their hashes Rome is at 2 of 4, Oslo and Lima at 1, Bonn at 1, Cork at 0. */
static void texts_go_by_their_hash(void **state)
{
    (void)state;
    const sm_column column = {.name = "city", .kind = SM_COLUMN_HASH, .size = 2};
    const sm_open_options options = options_of(&column, 1);
    assert_learnt("label,city\na,Rome\nb,Oslo\na,Lima\nb,Cork\n", &options, "2:1|1:1|1:1|0:1|",
                  "city,label\nBonn,a\nRome,b\n,b\n", "1:1|2:1||",
                  "t.csv: column 'city': 1 cell without a value; in none of its categories\n");
    assert_learnt("label,city\na,Rome\nb,\na,\"\"\nb,Cork\n", &options, "2:1|4:1|4:1|0:1|",
                  "city,label\nBonn,a\nNA,b\n", "1:1|4:1|", "");
}

static void hashes_have_bits(void **state)
{
    (void)state;
    sm_column column = {.name = "city", .kind = SM_COLUMN_HASH, .size = 0};
    const sm_open_options options = options_of(&column, 1);
    assert_refused("label,city\na,Rome\nb,Oslo\n", &options,
                   "t.csv: column 'city': 0 bits to hash to; 1 to 24 can be");
    column.size = 25;
    assert_refused("label,city\na,Rome\nb,Oslo\n", &options,
                   "t.csv: column 'city': 25 bits to hash to; 1 to 24 can be");
}

/* ---- crossed columns ---- */

/* By their hashes red and S is at 0 of 8, red and L at 3, green and S at 0, green and L at 4; red
 * without a size at 2, and neither at 3. The columns' own features come first: green, red, L, S. */
static void texts_are_crossed(void **state)
{
    (void)state;
    const sm_column columns[] = {{.name = "colour,size", .kind = SM_COLUMN_CROSS, .size = 3}};
    const sm_open_options options = options_of(columns, 1);
    assert_learnt("label,colour,size\na,red,S\nb,red,L\na,green,S\nb,green,L\n", &options,
                  "1:1 3:1 4:1|1:1 2:1 7:1|0:1 3:1 4:1|0:1 2:1 8:1|",
                  "size,colour\nL,green\nNA,red\n,\n", "0:1 2:1 8:1|1:1 6:1|7:1|",
                  "t.csv: column 'colour': 1 cell without a value; in none of its categories\n"
                  "t.csv: column 'size': 2 cells without a value; in none of its categories\n");
}

/* Of 1, 2, 3, 4 the median is 2.5: red and bucket 0 is at 0 of 8, red and bucket 1 at 2, green and
 * either bucket at 2. */
static void columns_of_buckets_are_crossed_by_bucket(void **state)
{
    (void)state;
    const sm_column columns[] = {{.name = "colour", .kind = SM_COLUMN_IGNORE},
                                 {.name = "n", .kind = SM_COLUMN_BUCKETS, .size = 2},
                                 {.name = "colour,n", .kind = SM_COLUMN_CROSS, .size = 3}};
    const sm_open_options options = options_of(columns, 3);
    assert_learnt("label,colour,n\na,red,1\nb,red,2\na,green,3\nb,red,4\n", &options,
                  "0:1 2:1|0:1 2:1|1:1 4:1|1:1 4:1|", "n,colour,label\n-7,red,a\n7,green,b\n",
                  "0:1 2:1|1:1 4:1|", "");
    assert_refused("label,colour,n\na,red,1\nb,red,x\n", &options,
                   "t.csv:3: column 'n': 'x' is not a number");
}

static void what_cannot_be_crossed_is_refused(void **state)
{
    (void)state;
    static const char text[] = "label,colour,size\na,red,S\nb,green,L\n";
    sm_column column = {.name = "colour", .kind = SM_COLUMN_CROSS, .size = 3};
    const sm_open_options options = options_of(&column, 1);
    assert_refused(
        text, &options,
        "t.csv: 'colour' is one column; crossing takes two or more, with a comma between");
    column.name = "colour,colour";
    assert_refused(text, &options, "t.csv: column 'colour' is crossed with itself");
    column.name = "colour,label";
    assert_refused(text, &options, "t.csv: column 'label' is the label, and no feature");
    column.name = "color,size";
    assert_refused(text, &options,
                   "t.csv: there is no column 'color' to cross; did you mean 'colour'?");
}

/* ---- texts ---- */

static const char three_texts[] = "label,text\na,the cat sat on the mat\nb,The dog sat!\na,a cat\n";

/* The terms are cat, dog, mat, on, sat, the. From scikit-learn: TfidfVectorizer(sublinear_tf=True).
 */
static void texts_become_weights_of_their_terms(void **state)
{
    (void)state;
    const sm_column column = {.name = "text", .kind = SM_COLUMN_TEXT};
    sm_open_options options = options_of(&column, 1);
    options.text.least_rows = 1;
    assert_learnt(
        three_texts, &options,
        "0:0.3465925 2:0.4557275 3:0.4557275 4:0.3465925 5:0.5868322|"
        "1:0.6809186 4:0.5178561 5:0.5178561|0:1|",
        "text\ncat\nbirds fly\nI\n", "0:1|||",
        "t.csv: column 'text': 1 text without any term of the training data, the first 'birds "
        "fly'\n");
}

static void terms_of_few_texts_are_left_out(void **state)
{
    (void)state;
    const sm_column column = {.name = "text", .kind = SM_COLUMN_TEXT};
    sm_open_options options = options_of(&column, 1);
    options.text.weighting = SM_TEXT_COUNTS;
    options.text.least_rows = 2;
    assert_learnt(three_texts, &options, "0:1 1:1 2:2|1:1 2:1|0:1|", "text\ndog dog cat cat\n",
                  "0:2|", "");
    options.text.least_rows = 3;
    assert_refused(three_texts, &options,
                   "t.csv: column 'text' has no term that occurs in 3 rows or more; --ignore text "
                   "leaves it out");
}

static void terms_may_have_several_words(void **state)
{
    (void)state;
    const sm_column column = {.name = "text", .kind = SM_COLUMN_TEXT};
    sm_open_options options = options_of(&column, 1);
    options.text = (sm_text_options){
        .least_words = 1, .most_words = 2, .weighting = SM_TEXT_COUNTS, .least_rows = 1};
    assert_learnt("label,text\na,to be\nb,be to\n", &options, "0:1 2:1 3:1|0:1 1:1 2:1|",
                  "text\nto be to be\n", "0:2 1:1 2:2 3:2|", "");
}

/* Of 4, cat is −1 at 0, the −1 at 1, mat −1 at 2, dog −1 at 2, sat −1 and on 1 at 3. */
static void terms_may_be_hashed(void **state)
{
    (void)state;
    const sm_column column = {.name = "text", .kind = SM_COLUMN_TEXT};
    sm_open_options options = options_of(&column, 1);
    options.text.hash_bits = 2;
    options.text.weighting = SM_TEXT_COUNTS;
    assert_learnt(three_texts, &options, "0:-1 1:-2 2:-1|1:-1 2:-1 3:-1|0:-1|",
                  "text\non on\nsat on\n", "3:2||", "");
}

/* Places 0, 1 and 3 are in two texts, 2 in two as well: each weighs ln(4 / 3) + 1. */
static void hashed_terms_weigh_by_the_texts_that_have_their_place(void **state)
{
    (void)state;
    const sm_column column = {.name = "text", .kind = SM_COLUMN_TEXT};
    sm_open_options options = options_of(&column, 1);
    options.text.hash_bits = 2;
    assert_learnt(three_texts, &options,
                  "0:-0.4532947 1:-0.7674946 2:-0.4532947|1:-0.5773503 2:-0.5773503 3:-0.5773503|"
                  "0:-1|",
                  "text\ncat on\nsat on\n", "0:-0.7071068 3:0.7071068||", "");
}

/* An empty cell, or NA, is a text as any other. */
static void texts_are_never_missing(void **state)
{
    (void)state;
    const sm_column column = {.name = "text", .kind = SM_COLUMN_TEXT};
    sm_open_options options = options_of(&column, 1);
    options.missing = SM_MISSING_ERROR;
    options.text.weighting = SM_TEXT_COUNTS;
    options.text.least_rows = 1;
    assert_learnt(
        "label,text\na,NA\nb,\na,na na\n", &options, "0:1||0:2|", "text\n?\nnull\nNA\n", "||0:1|",
        "t.csv: column 'text': 1 text without any term of the training data, the first 'null'\n");
}

static void options_of_texts_are_checked(void **state)
{
    (void)state;
    const sm_column column = {.name = "text", .kind = SM_COLUMN_TEXT};
    sm_open_options options = options_of(&column, 1);
    options.text.least_words = 0;
    assert_refused(three_texts, &options,
                   "terms of a text have 1 to 8 words, the least number first");
    options.text.least_words = 3;
    options.text.most_words = 2;
    assert_refused(three_texts, &options,
                   "terms of a text have 1 to 8 words, the least number first");
    options = options_of(&column, 1);
    options.text.hash_bits = 25;
    assert_refused(three_texts, &options, "terms of a text are hashed to 24 bits at most");
    options = options_of(&column, 1);
    options.text.least_rows = 0;
    assert_refused(three_texts, &options, "terms of a text occur in 1 row or more");
}

/* ---- JSON ---- */

/* The schema of a table of the columns "a" and "b" whose only feature is this one. */
static sm_status read_feature(const char *const feature, const size_t width,
                              sm_dataset **const dataset)
{
    char columns[MOST_TEXT];
    (void)snprintf(columns, sizeof columns,
                   "{\"columns\":[\"a\",\"b\"],\"header\":true,\"label\":null,\"weight\":null,"
                   "\"missing\":\"indicator\",\"features\":[%s]}",
                   feature);
    const sm_shape shape = {.features = width, .classes = 2, .scale = 1.0F, .columns = columns};
    const sm_open_options options = {.like = &shape};
    return read_as("a,b\n1,cat\n2,dog\n", &options, dataset);
}

static void kinds_are_read_back(void **state)
{
    (void)state;
    static const struct {
        const char *feature;
        size_t width;
        const char *rows;
    } cases[] = {
        {"{\"kind\":\"buckets\",\"columns\":[0],\"boundaries\":[2],\"missing\":false}", 2,
         "0:1|1:1|"},
        {"{\"kind\":\"buckets\",\"columns\":[0],\"boundaries\":[],\"missing\":true}", 2,
         "0:1|0:1|"},
        {"{\"kind\":\"hash\",\"columns\":[1],\"bits\":2,\"missing\":false}", 4, "0:1|2:1|"},
        {"{\"kind\":\"text\",\"columns\":[1],\"words\":[1,1],\"weighting\":\"counts\","
         "\"terms\":[\"dog\"]}",
         1, "|0:1|"},
        {"{\"kind\":\"text\",\"columns\":[1],\"words\":[1,1],\"weighting\":\"tf-idf\",\"rows\":3,"
         "\"texts\":[0,3],\"terms\":[\"cat\",\"dog\"]}",
         2, "0:1|1:1|"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sm_dataset *dataset = NULL;
        if (read_feature(cases[i].feature, cases[i].width, &dataset) != SM_OK) {
            fail_msg("%s: %s", cases[i].feature, sm_error_message());
        }
        assert_rows(dataset, cases[i].rows);
        sm_dataset_free(dataset);
    }
}

#define BUCKETS "{\"kind\":\"buckets\",\"columns\":[0],"
#define HASH "{\"kind\":\"hash\",\"columns\":[0],"
#define CROSS "{\"kind\":\"cross\",\"columns\":[0,1],"
#define TEXT "{\"kind\":\"text\",\"columns\":[1],\"words\":[1,1],"

static void json_that_is_no_kind_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        BUCKETS "\"missing\":false}",
        BUCKETS "\"boundaries\":[1]}",
        BUCKETS "\"boundaries\":[1,1],\"missing\":false}",
        BUCKETS "\"boundaries\":[2,1],\"missing\":false}",
        BUCKETS "\"boundaries\":[1e39],\"missing\":false}",
        BUCKETS "\"boundaries\":[\"1\"],\"missing\":false}",
        BUCKETS "\"boundaries\":{},\"missing\":false}",
        "{\"kind\":\"buckets\",\"columns\":[0,1],\"boundaries\":[1],\"missing\":false}",
        HASH "\"bits\":2}",
        HASH "\"bits\":0,\"missing\":false}",
        HASH "\"bits\":25,\"missing\":false}",
        HASH "\"bits\":2.0,\"missing\":false}",
        HASH "\"bits\":-1,\"missing\":false}",
        "{\"kind\":\"hash\",\"columns\":[0,1],\"bits\":2,\"missing\":false}",
        CROSS "\"bits\":2}",
        CROSS "\"bits\":0,\"boundaries\":[null,null]}",
        CROSS "\"bits\":2,\"boundaries\":[null]}",
        CROSS "\"bits\":2,\"boundaries\":[null,null,null]}",
        CROSS "\"bits\":2,\"boundaries\":[null,3]}",
        CROSS "\"bits\":2,\"boundaries\":[[2,1],null]}",
        "{\"kind\":\"cross\",\"columns\":[0],\"bits\":2,\"boundaries\":[null]}",
        TEXT "\"weighting\":\"counts\"}",
        TEXT "\"weighting\":\"counts\",\"terms\":[]}",
        TEXT "\"weighting\":\"counts\",\"terms\":[1]}",
        TEXT "\"weighting\":\"counts\",\"terms\":[\"\"]}",
        TEXT "\"weighting\":\"counts\",\"terms\":[\"b\",\"a\"]}",
        TEXT "\"weighting\":\"counts\",\"terms\":[\"a\",\"a\"]}",
        TEXT "\"weighting\":\"other\",\"terms\":[\"a\"]}",
        TEXT "\"terms\":[\"a\"]}",
        TEXT "\"weighting\":\"tf-idf\",\"terms\":[\"a\"]}",
        TEXT "\"weighting\":\"tf-idf\",\"terms\":[\"a\"],\"rows\":2,\"texts\":[]}",
        TEXT "\"weighting\":\"tf-idf\",\"terms\":[\"a\"],\"rows\":2,\"texts\":[1,1]}",
        TEXT "\"weighting\":\"tf-idf\",\"terms\":[\"a\"],\"rows\":2,\"texts\":[3]}",
        TEXT "\"weighting\":\"tf-idf\",\"terms\":[\"a\"],\"rows\":2,\"texts\":[-1]}",
        TEXT "\"weighting\":\"tf-idf\",\"terms\":[\"a\"],\"rows\":2,\"texts\":[1.5]}",
        TEXT "\"weighting\":\"tf-idf\",\"terms\":[\"a\"],\"rows\":0,\"texts\":[0]}",
        TEXT "\"weighting\":\"counts\",\"bits\":25}",
        TEXT "\"weighting\":\"tf-idf\",\"bits\":1,\"rows\":1,\"texts\":[1]}",
        "{\"kind\":\"text\",\"columns\":[1],\"words\":[1],\"weighting\":\"counts\","
        "\"terms\":[\"a\"]}",
        "{\"kind\":\"text\",\"columns\":[1],\"words\":[2,1],\"weighting\":\"counts\","
        "\"terms\":[\"a\"]}",
        "{\"kind\":\"text\",\"columns\":[1],\"words\":[1,9],\"weighting\":\"counts\","
        "\"terms\":[\"a\"]}",
        "{\"kind\":\"text\",\"columns\":[0,1],\"words\":[1,1],\"weighting\":\"counts\","
        "\"terms\":[\"a\"]}"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        sm_dataset *dataset = NULL;
        const sm_status status = read_feature(wrong[i], 1, &dataset);
        if (status != SM_ERROR_FORMAT) {
            fail_msg("%s: %s", wrong[i], sm_status_name(status));
        }
        if (strncmp(sm_error_message(), "the model's columns: feature 0: ", 32) != 0) {
            fail_msg("%s: %s", wrong[i], sm_error_message());
        }
        assert_null(dataset);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_fall_into_buckets),
        cmocka_unit_test(cells_without_a_number_have_a_bucket_of_their_own),
        cmocka_unit_test(buckets_are_of_numbers),
        cmocka_unit_test(texts_go_by_their_hash),
        cmocka_unit_test(hashes_have_bits),
        cmocka_unit_test(texts_are_crossed),
        cmocka_unit_test(columns_of_buckets_are_crossed_by_bucket),
        cmocka_unit_test(what_cannot_be_crossed_is_refused),
        cmocka_unit_test(texts_become_weights_of_their_terms),
        cmocka_unit_test(terms_of_few_texts_are_left_out),
        cmocka_unit_test(terms_may_have_several_words),
        cmocka_unit_test(terms_may_be_hashed),
        cmocka_unit_test(hashed_terms_weigh_by_the_texts_that_have_their_place),
        cmocka_unit_test(texts_are_never_missing),
        cmocka_unit_test(options_of_texts_are_checked),
        cmocka_unit_test(kinds_are_read_back),
        cmocka_unit_test(json_that_is_no_kind_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
