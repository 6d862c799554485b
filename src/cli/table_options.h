/* How text tables are read: which column is what, and how the text is written. */
#ifndef CLI_TABLE_OPTIONS_H
#define CLI_TABLE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include <softmax.h>

#include "option.h"

typedef struct cli_table_options {
    const char *label;  /* NULL: not given */
    const char *weight; /* likewise */
    cli_list numeric;
    cli_list categorical;
    cli_list ignore;
    int missing;           /* sm_missing; the order of cli_missing_rules */
    const char *delimiter; /* NULL: not given */
    const char *comment;   /* likewise */
    size_t skip_lines;
    bool header;
    bool no_header;
} cli_table_options;

extern const char *const cli_missing_rules[]; /* NULL at the end */

/* What columns are; rows of a command's table, for the cli_table_options at `at`. */
#define CLI_COLUMN_OPTIONS(at)                                                                     \
    {CLI_TEXT,                                                                                     \
     "label",                                                                                      \
     0,                                                                                            \
     "COLUMN",                                                                                     \
     "Of a table: the column with the label, by name or by number, from 1 or, negative, from the " \
     "end (default: the one called label, class, target or y)",                                    \
     (at) + offsetof(cli_table_options, label)},                                                   \
        {CLI_LIST,                                                                                 \
         "numeric",                                                                                \
         0,                                                                                        \
         "COLUMNS",                                                                                \
         "Of a table: columns of numbers, by names or numbers with commas between them; may be "   \
         "given several times. Columns that no option names are numeric if all their values are "  \
         "numbers, else categorical, or left out if nearly each value is another",                 \
         (at) + offsetof(cli_table_options, numeric)},                                             \
        {CLI_LIST,                                                                                 \
         "categorical",                                                                            \
         0,                                                                                        \
         "COLUMNS",                                                                                \
         "Likewise: columns with a 0/1 feature for each of their texts",                           \
         (at) + offsetof(cli_table_options, categorical)},                                         \
        {CLI_LIST,                                                                                 \
         "ignore",                                                                                 \
         0,                                                                                        \
         "COLUMNS",                                                                                \
         "Likewise: columns that are left out",                                                    \
         (at) + offsetof(cli_table_options, ignore)},                                              \
        {CLI_TEXT,                                                                                 \
         "weight",                                                                                 \
         0,                                                                                        \
         "COLUMN",                                                                                 \
         "Of a table: the column with the weight of each row in training",                         \
         (at) + offsetof(cli_table_options, weight)},                                              \
    {                                                                                              \
        CLI_CHOICE, "missing", 0, "RULE",                                                          \
            "Of a table: cells that are empty, NA, N/A, NaN, nan, null, NULL, None or ? get the "  \
            "column's mean and a 0/1 feature that tells, or a category of their own: indicator "   \
            "(default); the mean alone: mean; are an error: error; or their rows are left out: "   \
            "drop",                                                                                \
            (at) + offsetof(cli_table_options, missing), .choices = cli_missing_rules              \
    }

/* How the text is written. */
#define CLI_TABLE_TEXT_OPTIONS(at)                                                                 \
    {CLI_TEXT,                                                                                     \
     "delimiter",                                                                                  \
     0,                                                                                            \
     "C",                                                                                          \
     "Of a table: the character between cells, or tab (default: the one of , ; and tab that the "  \
     "first lines agree on)",                                                                      \
     (at) + offsetof(cli_table_options, delimiter)},                                               \
        {CLI_TEXT,                                                                                 \
         "comment",                                                                                \
         0,                                                                                        \
         "C",                                                                                      \
         "Of a table: pass over lines that begin with this character",                             \
         (at) + offsetof(cli_table_options, comment)},                                             \
        {CLI_ON,                                                                                   \
         "header",                                                                                 \
         0,                                                                                        \
         NULL,                                                                                     \
         "Of a table: the first line names the columns (default: if its cells are distinct, and "  \
         "none is a number or empty)",                                                             \
         (at) + offsetof(cli_table_options, header)},                                              \
        {CLI_ON,                                                                                   \
         "no-header",                                                                              \
         0,                                                                                        \
         NULL,                                                                                     \
         "Of a table: the first line is a row",                                                    \
         (at) + offsetof(cli_table_options, no_header)},                                           \
    {                                                                                              \
        CLI_COUNT, "skip-lines", 0, "N", "Of a table: pass over the first N lines",                \
            (at) + offsetof(cli_table_options, skip_lines), 0.0, 9e15                              \
    }

#define CLI_TABLE_OPTIONS(at) CLI_COLUMN_OPTIONS(at), CLI_TABLE_TEXT_OPTIONS(at)

/* Options that do not go together, or with a model whose columns are known; has_model: there is
 * such a one. Returns CLI_SUCCESS, or CLI_WRONG_USAGE having said what is wrong. */
int cli_check_table_options(const cli_table_options *table, bool has_model);

/* The same for the library: options->columns are freed by cli_free_columns(). Returns false, having
 * said so, when there is not the memory. */
bool cli_set_table_options(const cli_table_options *table, sm_open_options *options);
void cli_free_columns(sm_open_options *options);

#endif
