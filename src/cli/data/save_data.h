/* Writing data to a file whose name says what it is to be. */
#ifndef CLI_DATA_SAVE_DATA_H
#define CLI_DATA_SAVE_DATA_H

#include <stdbool.h>

#include <softmax.h>

#include "cli/output_argument.h"

/* What commands that write data say of their files. */
#define CLI_SAVED_KINDS_HELP                                                                       \
    "What a written file is, its name says by its ending: .csv (commas) or .tsv (tabs), with a "   \
    "header x1, x2, ..., label; .svm, .libsvm or .svmlight: LIBSVM; .npz: NumPy's, with x and y; " \
    ".npy: NumPy's, for features alone; -ubyte or -float: IDX, with labels in the file that has "  \
    "-labels-idx1-ubyte where this one has -images... or -features...."

/* The kind of file that the name stands for. */
typedef struct cli_saved_kind cli_saved_kind;

/* NULL, having said what endings there are, when it stands for none. */
const cli_saved_kind *cli_find_saved_kind(const char *path);

/* Refuses two outputs that are one file, of which the second would replace the first; NULL is none.
 * Returns an exit status, having said so. */
int cli_check_outputs_differ(const char *one, const char *other);

/* Refuses what two calls of cli_save_data() without labels_path could not write side by side;
 * labels: whether there are any. Returns an exit status, having said what is wrong. */
int cli_check_saved_pair(const cli_saved_kind *const pair[2], const char *const paths[2],
                         bool labels);

/* Refuses a file of labels, NULL: none, that could not lie beside a file of this kind. Returns an
 * exit status, having said why. */
int cli_check_labels_path(const cli_saved_kind *kind, const char *path, const char *labels_path);

/* Writes the rows to the file, and its labels to labels_path, which has been checked, or where that
 * is NULL to a file named like it, but not over an input. Returns an exit status, having said what
 * is wrong. */
int cli_save_data(const cli_saved_kind *kind, const sm_rows *rows, const char *path,
                  const char *labels_path, const cli_inputs *inputs);

#endif
