/* What softmax report has found out, and the sections that it writes of it. */
#ifndef CLI_REPORT_SECTIONS_H
#define CLI_REPORT_SECTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

#include "cli/plot/ranked_rows.h"
#include "cli/plot/read_training_log.h"
#include "report/html.h"

typedef struct cli_report {
    smi_html *html;
    const sm_model *model;
    const sm_dataset *dataset; /* with labels */
    const char *model_path;
    const char *data_name;
    char **words; /* of the command line; the first is the command's full name */
    int word_count;
    sm_shape model_shape;
    sm_shape data_shape;
    size_t channels;      /* of rows that are pictures; 0: they are none */
    cli_training_log log; /* count 0: none */

    sm_metrics metrics;
    size_t right;              /* rows */
    size_t top;                /* of top_accuracy, the number of classes that is shown */
    sm_class_metrics *classes; /* one for each class of the model */
    double *top_accuracy;      /* likewise */
    uint64_t *confusion;       /* NULL: there are too many classes for it */
    sm_reliability_bin bins[SM_RELIABILITY_BINS];
    sm_calibration calibration; /* rows 0: there is none, */
    char *no_calibration;       /* for this reason */
    cli_ranked_rows mistakes;   /* the surest ones */
} cli_report;

/* Evaluates the model, and finds what follows from it. Returns an exit status, having said what is
 * wrong; to be freed in any case. */
int cli_report_measure(cli_report *report);
void cli_report_free(cli_report *report);

/* Below the title: what it comes to in a sentence, and the headline figures. */
void cli_report_headline(const cli_report *report);

/* What goes between a section's heading and its end. They return an exit status, having said what
 * is wrong. */
int cli_report_data(const cli_report *report);
int cli_report_training(const cli_report *report);
int cli_report_regions(const cli_report *report);
int cli_report_confusion(const cli_report *report);
int cli_report_classes(const cli_report *report);
int cli_report_calibration(const cli_report *report);
int cli_report_mistakes(const cli_report *report);
int cli_report_weights(const cli_report *report);
int cli_report_model(const cli_report *report);
int cli_report_repeat(const cli_report *report);

/* ---- what several sections write ---- */

/* Rows as pictures. what: for their alternative texts, before "row 7". */
typedef struct cli_report_row {
    size_t row;
    size_t predicted;
    float probability; /* below 0: the model has nothing to do with it */
} cli_report_row;

/* Tiles with what stands under each, or, where rows are no pictures, lines of a table. caption: of
 * the table, words of our own. */
int cli_report_rows(const cli_report *report, const cli_report_row *rows, size_t count,
                    const char *caption);

/* A line of a list of facts: begun by smi_html_markup(html, "<dl class=\"facts\">"). text: from
 * outside. */
void cli_report_fact(smi_html *html, const char *name, const char *text);

#endif
