/* How text tables are read: which column is what, and how the text is written. */
#ifndef CLI_TABLE_OPTIONS_H
#define CLI_TABLE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include <softmax.h>

#include "cli/option.h"

typedef struct cli_table_options {
    const char *label; /* NULL: not given */
    bool no_label;
    const char *weight; /* likewise */
    cli_list numeric;
    cli_list categorical;
    cli_list ignore;
    cli_list text;
    cli_list hash;         /* COLUMN:BITS, with commas between */
    cli_list buckets;      /* COLUMN:N, likewise */
    cli_list cross;        /* A,B:BITS */
    const char *ngrams;    /* "N" or "N-M"; NULL: not given */
    int text_weighting;    /* sm_text_weighting; the order of cli_text_weightings */
    size_t text_hash;      /* bits; 0: not given */
    size_t text_min_rows;  /* 0: not given */
    int missing;           /* sm_missing; the order of cli_missing_rules */
    const char *delimiter; /* NULL: not given */
    const char *comment;   /* likewise */
    size_t skip_lines;
    bool header;
    bool no_header;
    const char *query; /* NULL: not given */
} cli_table_options;

extern const char *const cli_missing_rules[];   /* NULL at the end */
extern const char *const cli_text_weightings[]; /* likewise */

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
        {CLI_LIST,                                                                                 \
         "text",                                                                                   \
         0,                                                                                        \
         "COLUMNS",                                                                                \
         "Likewise: columns of texts, with a feature for each word that they hold",                \
         (at) + offsetof(cli_table_options, text)},                                                \
        {CLI_TEXT,                                                                                 \
         "ngrams",                                                                                 \
         0,                                                                                        \
         "N-M",                                                                                    \
         "With --text: features of N to M words in a row (default 1-1)",                           \
         (at) + offsetof(cli_table_options, ngrams)},                                              \
        {CLI_COUNT,                                                                                \
         "text-min-rows",                                                                          \
         0,                                                                                        \
         "N",                                                                                      \
         "With --text: leave out what fewer than N rows hold (default 2)",                         \
         (at) + offsetof(cli_table_options, text_min_rows),                                        \
         1.0,                                                                                      \
         9e15},                                                                                    \
        {CLI_COUNT,                                                                                \
         "text-hash",                                                                              \
         0,                                                                                        \
         "BITS",                                                                                   \
         "With --text: 2^BITS features that words share by their hash, in the place of a list of " \
         "them",                                                                                   \
         (at) + offsetof(cli_table_options, text_hash),                                            \
         1.0,                                                                                      \
         24.0},                                                                                    \
        {CLI_LIST,                                                                                 \
         "hash",                                                                                   \
         0,                                                                                        \
         "COLUMN:BITS",                                                                            \
         "Of a table: 2^BITS 0/1 features that the column's texts share by their hash; several "   \
         "with commas between, and may be given several times",                                    \
         (at) + offsetof(cli_table_options, hash)},                                                \
        {CLI_LIST,                                                                                 \
         "buckets",                                                                                \
         0,                                                                                        \
         "COLUMN:N",                                                                               \
         "Likewise: N ranges of the column's numbers, with about as many rows each",               \
         (at) + offsetof(cli_table_options, buckets)},                                             \
        {CLI_LIST,                                                                                 \
         "cross",                                                                                  \
         0,                                                                                        \
         "A,B:BITS",                                                                               \
         "Of a table: besides, 2^BITS 0/1 features that combinations of the columns' texts, or "   \
         "of their ranges with --buckets, share by their hash; may be given several times",        \
         (at) + offsetof(cli_table_options, cross)},                                               \
        {CLI_CHOICE,                                                                               \
         "text-weighting",                                                                         \
         0,                                                                                        \
         "NAME",                                                                                   \
         "With --text: tfidf (default) weighs words by how few rows hold them, and texts alike; "  \
         "counts is how often a word occurs",                                                      \
         (at) + offsetof(cli_table_options, text_weighting),                                       \
         .choices = cli_text_weightings},                                                          \
        {CLI_TEXT,                                                                                 \
         "weight",                                                                                 \
         0,                                                                                        \
         "COLUMN",                                                                                 \
         "Of a table: the column with the weight of each row in training",                         \
         (at) + offsetof(cli_table_options, weight)},                                              \
    {                                                                                              \
        CLI_CHOICE, "missing", 0, "RULE",                                                          \
            "Of a table: cells that are empty, NA, N/A, n/a, #N/A, <NA>, NaN, nan, null, NULL, "   \
            "None or ? get the column's mean and a 0/1 feature that tells, or a category of "      \
            "their own: indicator "                                                                \
            "(default); the mean alone: mean; are an error: error; or their rows are left out: "   \
            "drop",                                                                                \
            (at) + offsetof(cli_table_options, missing), .choices = cli_missing_rules              \
    }

/* Of commands that can do without labels. */
#define CLI_NO_LABEL_OPTION(at)                                                                    \
    {                                                                                              \
        CLI_ON, "no-label", 0, NULL,                                                               \
            "Of a table: no column is the label, whatever they are called",                        \
            (at) + offsetof(cli_table_options, no_label)                                           \
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
         "Of a table: the first line names the columns (default: if none of its cells is a "       \
         "number, and all are different texts or have a number below)",                            \
         (at) + offsetof(cli_table_options, header)},                                              \
        {CLI_ON,                                                                                   \
         "no-header",                                                                              \
         0,                                                                                        \
         NULL,                                                                                     \
         "Of a table: the first line is a row",                                                    \
         (at) + offsetof(cli_table_options, no_header)},                                           \
        {CLI_TEXT,                                                                                 \
         "query",                                                                                  \
         0,                                                                                        \
         "SELECT",                                                                                 \
         "Of an SQLite database: the table is the result of this one statement, which may only "   \
         "read (default: all of the database's only table)",                                       \
         (at) + offsetof(cli_table_options, query)},                                               \
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
