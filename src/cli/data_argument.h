/* The DATA argument. */
#ifndef CLI_DATA_ARGUMENT_H
#define CLI_DATA_ARGUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include <softmax.h>

#include "cli/picture_options.h"
#include "cli/table_options.h"

/* What every command says of DATA. */
#define CLI_DATA_HELP                                                                              \
    "DATA is a named set (mnist, fashion-mnist), a generator (digits, blobs, circles, moons, "     \
    "spirals) "                                                                                    \
    "with settings after a colon (blobs:n=500,std=2,seed=7), a folder with MNIST's four files, "   \
    "an IDX, LIBSVM, NPY or NPZ file or a text table (CSV, TSV), raw or gzip, or - for one of "    \
    "these on standard input; or an SQLite database, a folder with a folder of PNG pictures for "  \
    "each class, a folder "                                                                        \
    "of PNG pictures without classes, or one PNG file. Sets, generators, MNIST's folder and NPZ "  \
    "files with x_train, y_train, x_test and y_test have a training and a test part, and "         \
    "pictures do where class folders lie in two folders, train and test; "                         \
    ":train or :test behind the name (digits:test,n=500) picks one. Sets are looked for in the "   \
    "folder that SOFTMAX_DATA names, then where 'softmax data fetch' puts them."

/* How data is read that says too little of itself: part of the settings of each command. */
typedef struct cli_reading {
    const char *labels;      /* an IDX or NPY file with the labels, or NULL */
    const char *model_label; /* what is taken for the model's label column, or NULL */
    int zero_based;          /* sm_index_base; the order of cli_zero_based */
    bool ignore_extra;
    size_t threads; /* that read; 0: one a processor */
    bool quiet;     /* say nothing of what was noted while reading */
    bool every_row; /* none is left out by the rule that a model was trained with */
    cli_table_options table;
    cli_pictures pictures;
} cli_reading;

/* The words of --zero-based, and the options that fill cli_reading, at `offset`. */
extern const char *const cli_zero_based[];

#define CLI_LABELS_OPTION(offset)                                                                  \
    {                                                                                              \
        CLI_FILE, "labels", 0, "FILE", "Take the labels from this IDX or NPY file",                \
            (offset) + offsetof(cli_reading, labels)                                               \
    }
#define CLI_ZERO_BASED_OPTION(offset)                                                              \
    {                                                                                              \
        CLI_CHOICE, "zero-based", 0, "auto|no|yes",                                                \
            "Whether LIBSVM indices begin with 0: auto (default) goes by the model, and without "  \
            "one says yes if an index 0 occurs",                                                   \
            (offset) + offsetof(cli_reading, zero_based), .choices = cli_zero_based                \
    }
#define CLI_IGNORE_EXTRA_OPTION(offset)                                                            \
    {                                                                                              \
        CLI_ON, "ignore-extra", 0, NULL, "Leave LIBSVM indices out that the model does not have",  \
            (offset) + offsetof(cli_reading, ignore_extra)                                         \
    }

/* How it is read, whatever it is. */
#define CLI_READING_THREADS_OPTION(offset)                                                         \
    {                                                                                              \
        CLI_COUNT, "threads", 0, "N",                                                              \
            "Threads that read text and pictures (default: one a processor); the data is the "     \
            "same for any number",                                                                 \
            (offset) + offsetof(cli_reading, threads), 1.0, 256.0                                  \
    }
#define CLI_READING_RUN_OPTIONS(offset)                                                            \
    CLI_READING_THREADS_OPTION(offset),                                                            \
    {                                                                                              \
        CLI_ON, "quiet", 'q', NULL, "Say nothing of what is noted while data is read",             \
            (offset) + offsetof(cli_reading, quiet)                                                \
    }

/* Where there is a model: said again, though it is known, as people do who have just trained. */
#define CLI_MODEL_LABEL_OPTION(offset)                                                             \
    {                                                                                              \
        CLI_TEXT, "label", 0, "COLUMN",                                                            \
            "Of a table: the column with the label; the model knows it, and no other will do",     \
            (offset) + offsetof(cli_reading, model_label)                                          \
    }

/* Those for rows that are text, LIBSVM or a table; and all for data that a model is measured on. */
#define CLI_TEXT_ROWS_OPTIONS(offset)                                                              \
    CLI_MODEL_LABEL_OPTION(offset), CLI_ZERO_BASED_OPTION(offset),                                 \
        CLI_IGNORE_EXTRA_OPTION(offset),                                                           \
        CLI_TABLE_TEXT_OPTIONS((offset) + offsetof(cli_reading, table))
#define CLI_TEST_DATA_OPTIONS(offset)                                                              \
    CLI_LABELS_OPTION(offset), CLI_TEXT_ROWS_OPTIONS(offset),                                      \
        CLI_SIZE_OPTION((offset) + offsetof(cli_reading, pictures)),                               \
        CLI_READING_RUN_OPTIONS(offset)

/* The path of the file or folder that DATA is, without a part's name, copied to `path` of PATH_MAX
 * bytes; false when it is the name of a set or a generator, or too long. */
bool cli_path_of_data(const char *data, char *path);

/* Training data; of tables the columns are those of `like`, where it has some. like: NULL, or the
 * shape of a model that training goes on from or that was trained on them. */
sm_status cli_open_training_data(const char *data, const cli_reading *reading, const sm_shape *like,
                                 sm_dataset **dataset);

/* Training data that passes. */
sm_status cli_open_rows(const char *data, const cli_reading *reading, sm_rows **rows);

/* Data to look at with a model of this shape: the test part where there are parts. */
sm_status cli_open_test_data(const char *data, const cli_reading *reading, const sm_shape *shape,
                             sm_dataset **dataset);

/* CLI_SUCCESS where the data has labels, without which nothing is learnt or measured; else
 * CLI_FAILURE, having said where they would be. */
int cli_need_labels(const char *data, const sm_dataset *dataset);

/* Splits a text table into two files, as sm_table_split() does; rows: of either. */
sm_status cli_split_table(const char *data, const cli_reading *reading,
                          const sm_split_options *split, const char *const paths[2],
                          size_t rows[2]);

/* The test part of training data; *dataset is NULL when there is none. */
sm_status cli_open_test_part(const char *data, const cli_reading *reading, const sm_shape *shape,
                             sm_dataset **dataset);

#endif
