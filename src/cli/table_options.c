#include "cli/table_options.h"

#include <stdlib.h>
#include <string.h>

#include "cli/exit_status.h"
#include "cli/terminal.h"

const char *const cli_missing_rules[] = {[SM_MISSING_INDICATOR] = "indicator",
                                         [SM_MISSING_MEAN] = "mean",
                                         [SM_MISSING_ERROR] = "error",
                                         [SM_MISSING_DROP] = "drop",
                                         NULL};

const char *const cli_text_weightings[] = {
    [SM_TEXT_TFIDF] = "tfidf", [SM_TEXT_COUNTS] = "counts", NULL};

/* The options that list columns, and what these become. */
typedef struct column_list {
    const char *option;
    const cli_list *list;
    sm_column_kind kind;
    bool sized; /* a colon and a number follow each name */
} column_list;

enum { COLUMN_LISTS = 7 };

static void list_columns(const cli_table_options *const table, column_list lists[COLUMN_LISTS])
{
    lists[0] = (column_list){"numeric", &table->numeric, SM_COLUMN_NUMERIC, false};
    lists[1] = (column_list){"categorical", &table->categorical, SM_COLUMN_CATEGORICAL, false};
    lists[2] = (column_list){"ignore", &table->ignore, SM_COLUMN_IGNORE, false};
    lists[3] = (column_list){"text", &table->text, SM_COLUMN_TEXT, false};
    lists[4] = (column_list){"hash", &table->hash, SM_COLUMN_HASH, true};
    lists[5] = (column_list){"buckets", &table->buckets, SM_COLUMN_BUCKETS, true};
    lists[6] = (column_list){"cross", &table->cross, SM_COLUMN_CROSS, true};
}

/* Takes ":NUMBER" off the end of `length` characters; *length becomes the name's. False when it is
 * not there, or nothing before it. */
static bool take_size(const char *const text, size_t *const length, size_t *const size)
{
    size_t begin = *length;
    while (begin > 0 && text[begin - 1] >= '0' && text[begin - 1] <= '9') {
        begin--;
    }
    const size_t digits = *length - begin;
    if (digits == 0 || digits > 9 || begin < 2 || text[begin - 1] != ':') {
        return false;
    }
    *size = (size_t)strtoul(text + begin, NULL, 10);
    *length = begin - 1;
    return true;
}

/* The characters of the next column of a list: up to a comma, or with --cross all. */
static size_t column_length(const column_list *const list, const char *const text)
{
    return list->kind == SM_COLUMN_CROSS ? strlen(text) : strcspn(text, ",");
}

/* Reads "N-M", or "N" for "N-N"; false when it is neither. */
static bool read_ngrams(const char *const text, size_t *const least, size_t *const most)
{
    const bool one = text[0] >= '1' && text[0] <= '8' && text[1] == '\0';
    const bool two = text[0] >= '1' && text[0] <= '8' && text[1] == '-' && text[2] >= text[0] &&
                     text[2] <= '8' && text[3] == '\0';
    if (one || two) {
        *least = (size_t)(text[0] - '0');
        *most = one ? *least : (size_t)(text[2] - '0');
    }
    return one || two;
}

/* ---- checking ---- */

/* The first option given that says what columns are; NULL: none is. */
static const char *first_given(const cli_table_options *const table)
{
    column_list lists[COLUMN_LISTS];
    list_columns(table, lists);
    for (size_t i = 0; i < COLUMN_LISTS; i++) {
        if (lists[i].list->count > 0) {
            return lists[i].option;
        }
    }
    return table->label != NULL                     ? "label"
           : table->weight != NULL                  ? "weight"
           : table->missing != SM_MISSING_INDICATOR ? "missing"
                                                    : NULL;
}

/* A character, or "tab"; '\0' when it is neither. */
static char mark_of(const char *const text)
{
    static const char tab[] = "\t";
    static const char none[] = "";
    const bool named = strcmp(text, "tab") == 0 || strcmp(text, "\\t") == 0;
    const bool single = text[0] != '\0' && text[1] == '\0';
    return *(named ? tab : single ? text : none);
}

static int check_mark(const char *const option, const char *const text)
{
    if (text != NULL && mark_of(text) == '\0') {
        cli_say("--%s=%s: it must be one character", option, text);
        return CLI_WRONG_USAGE;
    }
    return CLI_SUCCESS;
}

static int check_names(const column_list *const list)
{
    for (size_t i = 0; i < list->list->count; i++) {
        const char *const text = list->list->values[i];
        const size_t length = strlen(text);
        if (length == 0 || text[0] == ',' || text[length - 1] == ',' ||
            strstr(text, ",,") != NULL) {
            cli_say("--%s=%s: a name is empty", list->option, text);
            return CLI_WRONG_USAGE;
        }
        for (const char *at = text; list->sized && *at != '\0';) {
            const size_t whole = column_length(list, at);
            size_t size = 0;
            size_t named = whole;
            if (!take_size(at, &named, &size)) {
                cli_say("--%s=%s: a colon and a number must follow the name, such as %s:10",
                        list->option, text, list->kind == SM_COLUMN_CROSS ? "A,B" : "A");
                return CLI_WRONG_USAGE;
            }
            at += whole + (at[whole] == ',');
        }
    }
    return CLI_SUCCESS;
}

/* What is said of texts is of use where there are some. */
static int check_text(const cli_table_options *const table)
{
    const char *const given = table->ngrams != NULL                    ? "ngrams"
                              : table->text_weighting != SM_TEXT_TFIDF ? "text-weighting"
                              : table->text_hash > 0                   ? "text-hash"
                              : table->text_min_rows > 0               ? "text-min-rows"
                                                                       : NULL;
    size_t least = 0;
    size_t most = 0;
    if (given != NULL && table->text.count == 0) {
        cli_say("--%s is for columns of texts; --text says which these are", given);
        return CLI_WRONG_USAGE;
    }
    if (table->text_hash > 0 && table->text_min_rows > 0) {
        cli_say("--text-min-rows does not go with --text-hash, which lists no words");
        return CLI_WRONG_USAGE;
    }
    if (table->ngrams != NULL && !read_ngrams(table->ngrams, &least, &most)) {
        cli_say("--ngrams=%s: it must be two numbers from 1 to 8, such as 1-2", table->ngrams);
        return CLI_WRONG_USAGE;
    }
    return CLI_SUCCESS;
}

static int check_label(const cli_table_options *const table)
{
    if (table->label != NULL && table->no_label) {
        cli_say("--label and --no-label contradict each other");
        return CLI_WRONG_USAGE;
    }
    if (table->label != NULL && table->label[0] == '\0') {
        cli_say("--label=: the name is empty");
        return CLI_WRONG_USAGE;
    }
    return CLI_SUCCESS;
}

int cli_check_table_options(const cli_table_options *const table, const bool has_model)
{
    column_list lists[COLUMN_LISTS];
    list_columns(table, lists);
    for (size_t i = 0; i < COLUMN_LISTS; i++) {
        if (check_names(&lists[i]) != CLI_SUCCESS) {
            return CLI_WRONG_USAGE;
        }
    }
    if (check_text(table) != CLI_SUCCESS || check_label(table) != CLI_SUCCESS) {
        return CLI_WRONG_USAGE;
    }
    const char *const given = first_given(table);
    if (has_model && given != NULL) {
        cli_say("--%s is for a new model; one that training goes on from keeps its columns", given);
        return CLI_WRONG_USAGE;
    }
    if (table->header && table->no_header) {
        cli_say("--header and --no-header contradict each other");
        return CLI_WRONG_USAGE;
    }
    const int delimiter = check_mark("delimiter", table->delimiter);
    return delimiter != CLI_SUCCESS ? delimiter : check_mark("comment", table->comment);
}

/* ---- for the library ---- */

static size_t count_columns(const column_list lists[COLUMN_LISTS])
{
    size_t count = 0;
    for (size_t i = 0; i < COLUMN_LISTS; i++) {
        for (size_t v = 0; v < lists[i].list->count; v++) {
            count++;
            for (const char *at = lists[i].list->values[v]; *at != '\0'; at++) {
                count += *at == ',';
            }
        }
    }
    return count;
}

/* Appends the columns of "A,B,C"; false when there is not the memory. */
static bool split_names(const column_list *const list, const char *text, sm_column *const columns,
                        size_t *const count)
{
    for (;;) {
        const size_t whole = column_length(list, text);
        size_t size = 0;
        size_t named = whole;
        if (list->sized) {
            (void)take_size(text, &named, &size); /* which has been checked */
        }
        char *const name = strndup(text, named);
        if (name == NULL) {
            return false;
        }
        columns[(*count)++] = (sm_column){.name = name, .kind = list->kind, .size = size};
        if (text[whole] == '\0') {
            return true;
        }
        text += whole + 1;
    }
}

void cli_free_columns(sm_open_options *const options)
{
    for (size_t i = 0; i < options->column_count; i++) {
        free((char *)options->columns[i].name);
    }
    free((sm_column *)options->columns);
    options->columns = NULL;
    options->column_count = 0;
}

static void set_text_options(const cli_table_options *const table, sm_text_options *const text)
{
    text->weighting = (sm_text_weighting)table->text_weighting;
    text->hash_bits = table->text_hash;
    if (table->ngrams != NULL) {
        (void)read_ngrams(table->ngrams, &text->least_words, &text->most_words);
    }
    if (table->text_min_rows > 0) {
        text->least_rows = table->text_min_rows;
    }
}

bool cli_set_table_options(const cli_table_options *const table, sm_open_options *const options)
{
    column_list lists[COLUMN_LISTS];
    list_columns(table, lists);
    sm_column *const columns = calloc(count_columns(lists) + 1, sizeof *columns);
    size_t count = 0;
    bool complete = columns != NULL;
    for (size_t i = 0; i < COLUMN_LISTS; i++) {
        for (size_t v = 0; complete && v < lists[i].list->count; v++) {
            complete = split_names(&lists[i], lists[i].list->values[v], columns, &count);
        }
    }
    options->columns = columns;
    options->column_count = count;
    if (!complete) {
        cli_free_columns(options);
        cli_say("not enough memory for the names of columns");
        return false;
    }
    options->label = table->no_label ? "" : table->label;
    options->weight = table->weight;
    options->missing = (sm_missing)table->missing;
    set_text_options(table, &options->text);
    options->delimiter = mark_of(table->delimiter == NULL ? "" : table->delimiter);
    options->comment = mark_of(table->comment == NULL ? "" : table->comment);
    options->skip_lines = table->skip_lines;
    options->query = table->query;
    options->header = table->header      ? SM_HEADER_YES
                      : table->no_header ? SM_HEADER_NO
                                         : SM_HEADER_AUTO;
    return true;
}
