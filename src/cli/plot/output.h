/* Where the pictures of softmax plot go: a file, or the terminal. */
#ifndef CLI_PLOT_OUTPUT_H
#define CLI_PLOT_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include <softmax.h>

#include "cli/model_argument.h"
#include "cli/option.h"
#include "plot/picture.h"

/* Part of the settings of each kind. */
typedef struct cli_plot_output {
    const char *path; /* NULL: the terminal, */
    int terminal;     /* which draws this: the order of cli_plot_terminals */
} cli_plot_output;

extern const char *const cli_plot_terminals[];

/* The options that fill it, at `offset`. */
#define CLI_PLOT_OUTPUT_OPTIONS(offset)                                                            \
    {CLI_FILE,                                                                                     \
     "output",                                                                                     \
     'o',                                                                                          \
     "FILE",                                                                                       \
     "Write the picture to FILE, whose ending says how: .png, .svg or .pdf, or .gnuplot for the "  \
     "script that draws it (default: draw in the terminal)",                                       \
     (offset) + offsetof(cli_plot_output, path)},                                                  \
    {                                                                                              \
        CLI_CHOICE, "terminal", 0, "auto|text|sixel",                                              \
            "Without -o: letters, or pixels, which some terminals show as sixels; auto (default) " \
            "asks the terminal whether it does",                                                   \
            (offset) + offsetof(cli_plot_output, terminal), .choices = cli_plot_terminals          \
    }

/* What kinds say of it: those that the terminal's letters are enough for, and those that are always
 * gnuplot's. */
#define CLI_PLOT_HELP                                                                              \
    "In the terminal's letters it is drawn as it is; pixels and files are drawn by gnuplot, "      \
    "which "                                                                                       \
    "has to be installed, but for -o FILE.gnuplot, which writes the script."
#define CLI_GNUPLOT_HELP                                                                           \
    "Pictures are drawn by gnuplot, which has to be installed; only -o FILE.gnuplot, which "       \
    "writes the script, does without."

/* Opens MODEL DATA, as cli_open_model_and_data() does, once it is sure that the picture is not
 * written over what is read. labels: the data must have them. */
int cli_open_to_plot(const char *const arguments[], const cli_reading *reading,
                     const cli_plot_output *output, bool labels, cli_model_and_data *opened);

/* Tries the place before the work begins. Returns an exit status, having said what is wrong. */
int cli_plot_target(const cli_plot_output *output, smi_picture_target *target);

/* What a picture's title calls data or a model: without folders, and not longer than leaves room
 * for what else there is to say. */
enum { CLI_PLOT_NAME_SIZE = 256 };
void cli_plot_name(const char *path, char name[CLI_PLOT_NAME_SIZE]);

/* The same of several, each with as many of its folders as tell it from the others. */
void cli_plot_names(const char *const *paths, size_t count, char (*names)[CLI_PLOT_NAME_SIZE]);

/* Says where the picture is, or why there is none. Returns an exit status. */
int cli_plot_done(sm_status status, const smi_picture_target *target);

#endif
