/* Text tables: which cells there are, and what is said of text that is none. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/bytes.h"
#include "support/cmocka_all.h"
#include "support/message.h"
#include "support/slow.h"

#include "base/random.h"
#include "data/table/csv.h"

/* ---- a table as text ---- */

enum { SLOTS = 3 };

/* What a pass collects: rows as "[a][b]" and a newline; quoted cells as "<a>". */
typedef struct transcript {
    byte_list slots[SLOTS];
    byte_list all;
    size_t columns;
    size_t merges;
    const char *refused; /* a cell that the pass has something against; NULL: none */
} transcript;

static bool write_row(void *const context, const size_t slot, const smi_csv_row *const row,
                      smi_csv_fault *const fault)
{
    transcript *const written = context;
    byte_list *const to = &written->slots[slot];
    for (size_t c = 0; c < written->columns; c++) {
        const smi_cell *const cell = &row->cells[c];
        if (written->refused != NULL && cell->length == strlen(written->refused) &&
            memcmp(cell->at, written->refused, cell->length) == 0) {
            fault->column = c;
            (void)snprintf(fault->text, sizeof fault->text, "'%s' is refused", written->refused);
            return false;
        }
        put_bytes(to, cell->quoted ? "<" : "[", 1);
        put_bytes(to, cell->at, cell->length);
        put_bytes(to, cell->quoted ? ">" : "]", 1);
    }
    put_bytes(to, "\n", 1);
    return true;
}

static sm_status merge_rows(void *const context, const size_t slot)
{
    transcript *const written = context;
    put_bytes(&written->all, written->slots[slot].data, written->slots[slot].size);
    written->slots[slot].size = 0;
    written->merges++;
    return SM_OK;
}

/* How a table is gone through. */
typedef struct going {
    size_t slots;
    size_t threads; /* 1 or 2 */
    const char *refused;
} going;

/* Of one thread, and of two; kept, as there are many thousands of ways to go. */
static smi_pool *pools[2];

static int make_pools(void **state)
{
    (void)state;
    return smi_pool_create(1, &pools[0]) == SM_OK && smi_pool_create(2, &pools[1]) == SM_OK ? 0 : 1;
}

static int free_pools(void **state)
{
    (void)state;
    smi_pool_free(pools[0]);
    smi_pool_free(pools[1]);
    return 0;
}

static sm_status run(const smi_csv *const csv, const going *const way, transcript *const written)
{
    *written = (transcript){.columns = smi_csv_column_count(csv), .refused = way->refused};
    const smi_csv_pass pass = {
        .slots = way->slots, .row = write_row, .merge = merge_rows, .context = written};
    const sm_status status = smi_csv_run(csv, pools[way->threads - 1], &pass);
    put_bytes(&written->all, "", 1);
    for (size_t s = 0; s < SLOTS; s++) {
        byte_list_free(&written->slots[s]);
    }
    return status;
}

static sm_status open_bytes(const void *const bytes, const size_t size,
                            const smi_csv_options *const options, smi_csv **const csv)
{
    smi_spool *spool = NULL;
    *csv = NULL;
    assert_int_equal(smi_spool_over(bytes, size, "file.csv", &spool), SM_OK);
    return smi_csv_open(spool, options, csv);
}

static smi_csv *open_text(const char *const text, const smi_csv_options *const options)
{
    smi_csv *csv = NULL;
    if (open_bytes(text, strlen(text), options, &csv) != SM_OK) {
        fail_msg("%s", sm_error_message());
    }
    return csv;
}

static const going straight = {.slots = 1, .threads = 1};

/* The table's rows are these. */
static void assert_rows(const char *const text, const smi_csv_options *const options,
                        const char *const expected)
{
    transcript written;
    smi_csv *const csv = open_text(text, options);
    if (run(csv, &straight, &written) != SM_OK) {
        fail_msg("%s", sm_error_message());
    }
    assert_string_equal((const char *)written.all.data, expected);
    byte_list_free(&written.all);
    smi_csv_free(csv);
}

static const smi_csv_options no_header = {.header = SM_HEADER_NO};
static const smi_csv_options standard = {0};

static void assert_names(const char *const text, const smi_csv_options *const options,
                         const bool header, const char *const expected)
{
    char names[256] = "";
    smi_csv *const csv = open_text(text, options);
    for (size_t c = 0; c < smi_csv_column_count(csv); c++) {
        const size_t length = strlen(names);
        (void)snprintf(names + length, sizeof names - length, "%s|", smi_csv_column_names(csv)[c]);
    }
    assert_string_equal(names, expected);
    assert_int_equal(smi_csv_has_header(csv), header);
    smi_csv_free(csv);
}

/* ---- cells ---- */

static void cells_lie_between_delimiters(void **state)
{
    (void)state;
    assert_rows("1,2,3\n4,,6\n,,\n", &no_header, "[1][2][3]\n[4][][6]\n[][][]\n");
}

static void lines_may_end_in_many_ways(void **state)
{
    (void)state;
    assert_rows("1,2\r\n3,4\r\n", &no_header, "[1][2]\n[3][4]\n");
    assert_rows("1,2\n3,4", &no_header, "[1][2]\n[3][4]\n");
    assert_rows("1,2\r\n3,4\r", &no_header, "[1][2]\n[3][4]\n");
    assert_rows("1,2\n3,", &no_header, "[1][2]\n[3][]\n");
    assert_rows("1,2\n\n \t\n3,4\n\r\n\n", &no_header, "[1][2]\n[3][4]\n");
}

static void blanks_around_cells_do_not_count(void **state)
{
    (void)state;
    assert_rows(" 1 ,\t2 2\t\n  ,4  \n", &no_header, "[1][2 2]\n[][4]\n");
}

static void quoted_cells_may_hold_anything(void **state)
{
    (void)state;
    assert_rows("\"a,b\",\"c\nd\"\n\"\"\"e\"\"\",\"\"\n", &no_header, "<a,b><c\nd>\n<\"e\"><>\n");
    assert_rows("\" a \", \"b\" \r\n\"\r\n\",\"\"\"\"\r\n", &no_header, "< a ><b>\n<\r\n><\">\n");
}

static void a_quote_within_an_unquoted_cell_is_text(void **state)
{
    (void)state;
    assert_rows("5'10\",a\"b\n6\"\",c\n", &no_header, "[5'10\"][a\"b]\n[6\"\"][c]\n");
    assert_rows("a \"b\" c\n\"d\"\n", &no_header, "[a \"b\" c]\n<d>\n");
}

static void one_column_is_a_table(void **state)
{
    (void)state;
    assert_rows("x\n1\n\n2\n\"\"\n", &standard, "[1]\n[2]\n<>\n");
}

static void text_of_all_languages_is_read(void **state)
{
    (void)state;
    assert_rows("Größe,数\n1,é\n𝛼,2\n", &standard, "[1][é]\n[𝛼][2]\n");
}

static void long_cells_and_many_columns_are_read(void **state)
{
    (void)state;
    enum { COLUMNS = 5000, LENGTH = 300000 };
    static char cell[LENGTH];
    byte_list text = {0};
    byte_list expected = {0};
    for (size_t c = 0; c < COLUMNS; c++) {
        put_bytes(&text, c == 0 ? "7" : ",7", c == 0 ? 1 : 2);
        put_bytes(&expected, "[7]", 3);
    }
    put_bytes(&text, "\n", 2);
    put_bytes(&expected, "\n", 2);
    assert_rows((const char *)text.data, &no_header, (const char *)expected.data);
    text.size = 0;
    expected.size = 0;
    put_bytes(&expected, "[", 1);
    memset(cell, 'x', LENGTH);
    put_bytes(&text, cell, LENGTH);
    put_bytes(&expected, cell, LENGTH);
    put_bytes(&text, "", 1);
    put_bytes(&expected, "]\n", 3);
    assert_rows((const char *)text.data, &no_header, (const char *)expected.data);
    byte_list_free(&text);
    byte_list_free(&expected);
}

/* ---- what the first lines tell ---- */

static void the_delimiter_is_found(void **state)
{
    (void)state;
    assert_rows("1;2\n3;4\n", &no_header, "[1][2]\n[3][4]\n");
    assert_rows("1\t2\n\t4\n", &no_header, "[1][2]\n[][4]\n");
    assert_rows("1,5;2,5\n3,5;4,5\n", &no_header, "[1,5][2,5]\n[3,5][4,5]\n");
    assert_rows("a,b;c\nd,e\n", &no_header, "[a][b;c]\n[d][e]\n");
    assert_rows("\"a;b\",c\n\"d;e\",f\n", &no_header, "<a;b>[c]\n<d;e>[f]\n");
    assert_rows("1|2\n3|4\n", &no_header, "[1|2]\n[3|4]\n");
}

static void the_delimiter_may_be_given(void **state)
{
    (void)state;
    const smi_csv_options bar = {.delimiter = '|', .header = SM_HEADER_NO};
    const smi_csv_options tab = {.delimiter = '\t', .header = SM_HEADER_NO};
    const smi_csv_options space = {.delimiter = ' ', .header = SM_HEADER_NO};
    assert_rows("1,2|3\n4|\"5|6\"\n", &bar, "[1,2][3]\n[4]<5|6>\n");
    assert_rows("\t\t\n1\t \"2\" \t\n", &tab, "[][][]\n[1]<2>[]\n");
    assert_rows("1 2\n\"3 4\" 5\n", &space, "[1][2]\n<3 4>[5]\n");
}

static void a_header_is_told_by_its_words(void **state)
{
    (void)state;
    assert_names("a,b\n1,2\n", &standard, true, "a|b|");
    assert_names("a,1\n1,2\n", &standard, false, "1|2|");
    assert_names("a,-1e3\n", &standard, false, "1|2|");
    assert_names(",a\n1,2\n", &standard, true, "1|a|");
    assert_names("\"\",\"a \"\"b\"\"\"\n1,2\n", &standard, true, "1|a \"b\"|");
}

/* Names that two columns have, or one has not, may as well be texts: a number behind one tells. */
static void a_header_is_told_by_the_row_behind_it(void **state)
{
    (void)state;
    assert_names("a,\n1,2\n", &standard, true, "a|2|");
    assert_names("a,\nb,2\n", &standard, false, "1|2|");
    assert_names("a,,b\n1,2,c\n", &standard, true, "a|2|b|");
    assert_names("a,,b\n1,2\n", &standard, false, "1|2|3|");
    assert_names("a,\n", &standard, false, "1|2|");
    assert_names("a,a\nb,c\n", &standard, false, "1|2|");
    assert_names("NA,NA,a\n1,2,b\n", &standard, false, "1|2|3|");
}

static void a_header_may_be_demanded_or_denied(void **state)
{
    (void)state;
    const smi_csv_options header = {.header = SM_HEADER_YES};
    assert_names("2019,2020\n1,2\n", &header, true, "2019|2020|");
    assert_names("a,b\n1,2\n", &no_header, false, "1|2|");
    assert_rows("a,b\n1,2\n", &no_header, "[a][b]\n[1][2]\n");
    assert_rows("2019,2020\n1,2\n", &header, "[1][2]\n");
    assert_rows("a,b\n", &header, "");
}

static void a_byte_order_mark_is_no_text(void **state)
{
    (void)state;
    assert_names("\xef\xbb\xbf"
                 "a,b\n1,2\n",
                 &standard, true, "a|b|");
    assert_rows("\xef\xbb\xbf\"1\",2\n", &no_header, "<1>[2]\n");
}

static void lines_are_skipped_and_comments_passed_over(void **state)
{
    (void)state;
    const smi_csv_options skip = {.skip_lines = 2};
    const smi_csv_options comments = {.comment = '#'};
    assert_names("from \"2019, 2020\non\na,b\n1,2\n", &skip, true, "a|b|");
    assert_rows("from \"2019, 2020\non\na,b\n1,2\n", &skip, "[1][2]\n");
    assert_rows("# x, \"y\n\n#\na,b\n1,#2\n# z\n#,\"\n\"#\",4\n#", &comments, "[1][#2]\n<#>[4]\n");
    assert_rows("#a,b\n1,2\n", &standard, "[1][2]\n");
}

/* ---- pieces ---- */

/* The same rows, however the text is cut and however many threads there are. */
static void assert_same_in_pieces(const byte_list *const text, smi_csv_options options)
{
    static const size_t sizes[] = {1, 2, 3, 7, 64, 65, 1000, SMI_CSV_PIECE_SIZE};
    transcript whole = {0};
    char message[1024] = "";
    sm_status expected = SM_OK;
    for (size_t i = sizeof sizes / sizeof *sizes; i-- > 0;) {
        for (size_t threads = 1; threads <= 2; threads++) {
            transcript written;
            smi_csv *csv = NULL;
            options.piece_size = sizes[i];
            if (open_bytes(text->data, text->size, &options, &csv) != SM_OK) {
                return;
            }
            const going way = {.slots = threads == 1 ? 1 : SLOTS, .threads = threads};
            const sm_status status = run(csv, &way, &written);
            smi_csv_free(csv);
            if (whole.all.data == NULL) {
                whole = written;
                expected = status;
                (void)snprintf(message, sizeof message, "%s", sm_error_message());
                continue;
            }
            assert_int_equal(status, expected);
            if (status == SM_OK) {
                assert_string_equal((const char *)written.all.data, (const char *)whole.all.data);
            } else {
                assert_message("%s", message);
            }
            byte_list_free(&written.all);
        }
    }
    byte_list_free(&whole.all);
}

static void rows_do_not_depend_on_where_pieces_end(void **state)
{
    (void)state;
    static const char text[] = "a,b,c\n1,\"2\n\"\"3\"\"\",4\r\n\n# \"x\n5,6\"6, \"7\" \n# y\n"
                               "\"8\",9,\"\"\n10,11,12";
    byte_list bytes = {0};
    put_bytes(&bytes, text, sizeof text - 1);
    assert_same_in_pieces(&bytes, (smi_csv_options){.comment = '#'});
    assert_rows(text, &(smi_csv_options){.comment = '#', .piece_size = 5},
                "[1]<2\n\"3\">[4]\n[5][6\"6]<7>\n<8>[9]<>\n[10][11][12]\n");
    byte_list_free(&bytes);
}

/* Text of the characters that matter, most of it damaged. */
static void random_text_does_not_depend_on_where_pieces_end(void **state)
{
    (void)state;
    static const char signs[] = ",,,\n\n\n\"\"a1 \r#\xc3\xa9";
    smi_random random = smi_random_start(5, SMI_STREAM_PARAMETERS);
    for (size_t i = 0; i < REPEATED(3000); i++) {
        byte_list text = {0};
        const size_t length = 1 + (size_t)(smi_random_u64(&random) % 150);
        const size_t kinds = 4 + (size_t)(smi_random_u64(&random) % (sizeof signs - 4));
        for (size_t c = 0; c < length; c++) {
            put_bytes(&text, &signs[smi_random_u64(&random) % kinds], 1);
        }
        const smi_csv_options options = {
            .delimiter = ',', .comment = (char)(i % 2 == 0 ? '#' : '\0'), .header = SM_HEADER_NO};
        assert_same_in_pieces(&text, options);
        byte_list_free(&text);
    }
}

/* Well-formed tables, whose cells are known. */
static void random_tables_come_back(void **state)
{
    (void)state;
    static const char signs[] = "a,\"\n\r ;1b";
    smi_random random = smi_random_start(6, SMI_STREAM_PARAMETERS);
    for (size_t i = 0; i < REPEATED(300); i++) {
        byte_list text = {0};
        byte_list expected = {0};
        const size_t columns = 1 + (size_t)(smi_random_u64(&random) % 5);
        for (size_t cell = 0; cell < 40 * columns; cell++) {
            const bool quoted = smi_random_u64(&random) % 3 == 0;
            const size_t length = 1 + (size_t)(smi_random_u64(&random) % 6);
            put_bytes(&text, "\"", quoted);
            put_bytes(&expected, quoted ? "<" : "[", 1);
            for (size_t c = 0; c < length; c++) {
                const char sign =
                    (char)(quoted ? signs[smi_random_u64(&random) % (sizeof signs - 1)] : 'x');
                put_bytes(&text, &sign, 1);
                put_bytes(&text, &sign, sign == '"');
                put_bytes(&expected, &sign, 1);
            }
            put_bytes(&text, "\"", quoted);
            put_bytes(&text, (cell + 1) % columns == 0 ? "\n" : ",", 1);
            put_bytes(&expected, quoted ? ">" : "]", 1);
            put_bytes(&expected, "\n", (cell + 1) % columns == 0);
        }
        put_bytes(&text, "", 1);
        put_bytes(&expected, "", 1);
        for (size_t size = 1; size < 200; size += 37) {
            const smi_csv_options options = {
                .delimiter = ',', .header = SM_HEADER_NO, .piece_size = size};
            assert_rows((const char *)text.data, &options, (const char *)expected.data);
        }
        byte_list_free(&text);
        byte_list_free(&expected);
    }
}

static void which_rows_are_merged_together_does_not_depend_on_slots(void **state)
{
    (void)state;
    static const char text[] = "1,2\n3,4\n5,6\n7,8\n9,10\n";
    size_t merges[2] = {0};
    for (size_t i = 0; i < 2; i++) {
        transcript written;
        smi_csv *const csv = open_text(text, &(smi_csv_options){.piece_size = 6});
        const going way = {.slots = i == 0 ? 1 : SLOTS, .threads = 1 + i};
        assert_int_equal(run(csv, &way, &written), SM_OK);
        merges[i] = written.merges;
        byte_list_free(&written.all);
        smi_csv_free(csv);
    }
    assert_int_equal(merges[0], 4);
    assert_int_equal(merges[1], merges[0]);
}

/* ---- what is refused ---- */

/* Opening or reading fails with this message, behind the file's name. */
static void assert_bytes_refused(const void *const bytes, const size_t size,
                                 const smi_csv_options *const options, const char *const message)
{
    smi_csv *csv = NULL;
    sm_status status = open_bytes(bytes, size, options, &csv);
    if (status == SM_OK) {
        transcript written;
        status = run(csv, &straight, &written);
        byte_list_free(&written.all);
    }
    smi_csv_free(csv);
    assert_int_equal(status, SM_ERROR_FORMAT);
    assert_message("file.csv%s", message);
}

static void assert_refused(const char *const text, const char *const message)
{
    assert_bytes_refused(text, strlen(text), &standard, message);
}

static void nothing_is_no_table(void **state)
{
    (void)state;
    assert_refused("", ": the file holds no rows");
    assert_refused("\xef\xbb\xbf\n \n\n", ": the file holds no rows");
    assert_bytes_refused("a\nb\n", 4, &(smi_csv_options){.skip_lines = 7},
                         ": the file holds no rows");
}

static void ragged_rows_are_refused(void **state)
{
    (void)state;
    assert_refused("a,b,c\n1,2,3\n4,5\n", ":3: 2 cells, but the table has 3 columns");
    assert_refused("a,b\n\"1\n2\",3\n4,5,6\n",
                   ":4: 3 cells, but the table has 2 columns; a cell with a comma in it has to be "
                   "in quotes");
    assert_refused("a;b\n1;2\n3\n4;5\n", ":3: 1 cell, but the table has 2 columns");
    assert_refused("a\n1\n2;3\n", ":3: 2 cells, but the table has 1 column; a cell with a "
                                  "semicolon in it has to be in quotes");
}

static void quotes_must_be_closed(void **state)
{
    (void)state;
    assert_refused("a,b\n1,2\n3,\"4\n5,6\n",
                   ":3: column 'b': the quote that begins here is never closed");
    assert_refused("a,b\n\"1\n2\",\"3\"\"\n",
                   ":3: column 'b': the quote that begins here is never closed");
    assert_refused("a,\"b\n1,2\n", ":1: the quote that begins here is never closed");
    assert_refused("a,b\n1,\"2\"x\n", ":2: column 'b': text behind a closing quote; a quote within "
                                      "quotes is written twice");
}

static void what_is_no_text_is_refused(void **state)
{
    (void)state;
    static const char nul[] = "a,b\n1,2\n3,4\0\n";
    static const char utf16[] = "\xff\xfe"
                                "a\0,\0b\0\n";
    assert_bytes_refused(nul, sizeof nul - 1, &standard,
                         ":3: column 'b': a NUL byte, which text does not have");
    assert_refused("a,b\n1,caf\xe9\n", ":2: column 'b': the byte 0xe9 is not UTF-8; if the text is "
                                       "Latin-1, convert it: iconv -f latin1 -t utf-8");
    assert_refused("caf\xe9,b\n1,2\n", ":1: the byte 0xe9 is not UTF-8; if the text is Latin-1, "
                                       "convert it: iconv -f latin1 -t utf-8");
    assert_bytes_refused(utf16, sizeof utf16 - 1, &standard,
                         ":1: the text is UTF-16; convert it: iconv -f utf-16 -t utf-8");
    assert_refused("a,b\r1,2\r", ":1: the line ends in a carriage return alone; convert the text: "
                                 "tr '\\r' '\\n'");
}

static void names_in_a_header_must_differ(void **state)
{
    (void)state;
    assert_bytes_refused("a,b,a\n1,2,3\n", 12, &(smi_csv_options){.header = SM_HEADER_YES},
                         ":1: two columns have the name 'a'");
    assert_bytes_refused("a,b,a\n1,2,3\n", 12, &standard,
                         ":1: two columns have the name 'a'; --no-header, if these are no names");
}

static void rows_are_not_endless(void **state)
{
    (void)state;
    const size_t size = (size_t)SMI_CSV_LONGEST_ROW + ((size_t)3 << 20);
    char *const text = malloc(size);
    assert_non_null(text);
    memset(text, 'x', size);
    memcpy(text, "a\n1\n\"", 5);
    assert_bytes_refused(text, size, &standard,
                         ":3: the row is longer than 64 MiB; is a quote in it never closed?");
    text[4] = 'x';
    assert_bytes_refused(text, size, &standard, ":3: the row is longer than 64 MiB");
    free(text);
}

static void columns_are_not_endless(void **state)
{
    (void)state;
    const size_t size = SMI_CSV_MOST_COLUMNS; /* delimiters and a newline */
    char *const text = malloc(size);
    assert_non_null(text);
    memset(text, ',', size);
    text[size - 1] = '\n';
    smi_csv *csv = NULL;
    assert_int_equal(open_bytes(text, size, &no_header, &csv), SM_OK);
    assert_int_equal(smi_csv_column_count(csv), SMI_CSV_MOST_COLUMNS);
    smi_csv_free(csv);
    text[size - 1] = ',';
    assert_bytes_refused(text, size, &no_header,
                         ":1: 1,000,001 columns, which is more than 1,000,000");
    free(text);
}

static void the_first_fault_of_the_file_is_told(void **state)
{
    (void)state;
    static const char text[] = "a,b\n1,2\n3,no\n4,no\n5\n";
    for (size_t size = 1; size < sizeof text; size++) {
        transcript written;
        smi_csv *const csv = open_text(text, &(smi_csv_options){.piece_size = size});
        const going way = {.slots = SLOTS, .threads = 2, .refused = "no"};
        assert_int_equal(run(csv, &way, &written), SM_ERROR_FORMAT);
        assert_message("file.csv:3: column 'b': 'no' is refused");
        byte_list_free(&written.all);
        smi_csv_free(csv);
    }
}

static void names_in_messages_are_short_and_in_one_line(void **state)
{
    (void)state;
    assert_refused("\"a\nb\",c\n1,\"2\"3\n\"4\"5,6\n", ":3: column 'c': text behind a closing "
                                                       "quote; a quote within quotes is written "
                                                       "twice");
    assert_refused("\"a\nb\",c\n\"4\"5,6\n", ":3: column 'a b': text behind a closing quote; a "
                                             "quote within quotes is written twice");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_lie_between_delimiters),
        cmocka_unit_test(lines_may_end_in_many_ways),
        cmocka_unit_test(blanks_around_cells_do_not_count),
        cmocka_unit_test(quoted_cells_may_hold_anything),
        cmocka_unit_test(a_quote_within_an_unquoted_cell_is_text),
        cmocka_unit_test(one_column_is_a_table),
        cmocka_unit_test(text_of_all_languages_is_read),
        cmocka_unit_test(long_cells_and_many_columns_are_read),
        cmocka_unit_test(the_delimiter_is_found),
        cmocka_unit_test(the_delimiter_may_be_given),
        cmocka_unit_test(a_header_is_told_by_its_words),
        cmocka_unit_test(a_header_is_told_by_the_row_behind_it),
        cmocka_unit_test(a_header_may_be_demanded_or_denied),
        cmocka_unit_test(a_byte_order_mark_is_no_text),
        cmocka_unit_test(lines_are_skipped_and_comments_passed_over),
        cmocka_unit_test(rows_do_not_depend_on_where_pieces_end),
        cmocka_unit_test(random_text_does_not_depend_on_where_pieces_end),
        cmocka_unit_test(random_tables_come_back),
        cmocka_unit_test(which_rows_are_merged_together_does_not_depend_on_slots),
        cmocka_unit_test(nothing_is_no_table),
        cmocka_unit_test(ragged_rows_are_refused),
        cmocka_unit_test(quotes_must_be_closed),
        cmocka_unit_test(what_is_no_text_is_refused),
        cmocka_unit_test(names_in_a_header_must_differ),
        cmocka_unit_test(rows_are_not_endless),
        cmocka_unit_test(columns_are_not_endless),
        cmocka_unit_test(the_first_fault_of_the_file_is_told),
        cmocka_unit_test(names_in_messages_are_short_and_in_one_line),
    };
    return cmocka_run_group_tests(tests, make_pools, free_pools);
}
