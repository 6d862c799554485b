#include "table_options.h"

#include <stdlib.h>
#include <string.h>

#include "exit_status.h"
#include "terminal.h"

const char *const cli_missing_rules[] = {[SM_MISSING_INDICATOR] = "indicator",
                                         [SM_MISSING_MEAN] = "mean",
                                         [SM_MISSING_ERROR] = "error",
                                         [SM_MISSING_DROP] = "drop",
                                         NULL};

/* The options that list columns, and what these become. */
typedef struct column_list {
    const char *option;
    const cli_list *list;
    sm_column_kind kind;
} column_list;

enum { COLUMN_LISTS = 3 };

static void list_columns(const cli_table_options *const table, column_list lists[COLUMN_LISTS])
{
    lists[0] = (column_list){"numeric", &table->numeric, SM_COLUMN_NUMERIC};
    lists[1] = (column_list){"categorical", &table->categorical, SM_COLUMN_CATEGORICAL};
    lists[2] = (column_list){"ignore", &table->ignore, SM_COLUMN_IGNORE};
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

/* Appends a column for each name of "A,B,C"; false when there is not the memory. */
static bool split_names(const char *text, const sm_column_kind kind, sm_column *const columns,
                        size_t *const count)
{
    for (;;) {
        const size_t length = strcspn(text, ",");
        char *const name = strndup(text, length);
        if (name == NULL) {
            return false;
        }
        columns[(*count)++] = (sm_column){.name = name, .kind = kind};
        if (text[length] == '\0') {
            return true;
        }
        text += length + 1;
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

bool cli_set_table_options(const cli_table_options *const table, sm_open_options *const options)
{
    column_list lists[COLUMN_LISTS];
    list_columns(table, lists);
    sm_column *const columns = calloc(count_columns(lists) + 1, sizeof *columns);
    size_t count = 0;
    bool complete = columns != NULL;
    for (size_t i = 0; i < COLUMN_LISTS; i++) {
        for (size_t v = 0; complete && v < lists[i].list->count; v++) {
            complete = split_names(lists[i].list->values[v], lists[i].kind, columns, &count);
        }
    }
    options->columns = columns;
    options->column_count = count;
    if (!complete) {
        cli_free_columns(options);
        cli_say("not enough memory for the names of columns");
        return false;
    }
    options->label = table->label;
    options->weight = table->weight;
    options->missing = (sm_missing)table->missing;
    options->delimiter = mark_of(table->delimiter == NULL ? "" : table->delimiter);
    options->comment = mark_of(table->comment == NULL ? "" : table->comment);
    options->skip_lines = table->skip_lines;
    options->header = table->header      ? SM_HEADER_YES
                      : table->no_header ? SM_HEADER_NO
                                         : SM_HEADER_AUTO;
    return true;
}
