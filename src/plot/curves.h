/* How training went: loss and accuracy, epoch after epoch. */
#ifndef SMI_PLOT_CURVES_H
#define SMI_PLOT_CURVES_H

#include <stdbool.h>
#include <stddef.h>

#include <softmax.h>

#include "plot/picture.h"

enum { SMI_MOST_RUNS = 16 };

/* The figures of an epoch; NaN where there are none. */
typedef struct smi_curve_point {
    double epoch;
    double loss;
    double accuracy;
    double validation_loss;
    double validation_accuracy;
} smi_curve_point;

typedef struct smi_run {
    const char *name;
    const smi_curve_point *points;
    size_t count; /* 1 or more, with a finite loss for one of them */
    bool tested;  /* "validation" is what test rows gave, at the end */
} smi_run;

/* What the red curve of a run is of, or the blue one. */
const char *smi_curve_name(const smi_run *run, bool validation);

/* Whether there is an accuracy to be drawn; where there is none, the loss is drawn alone. */
bool smi_have_accuracy(const smi_run *runs, size_t count);

/* The training data's in blue, validation's or the test's in red with marks. Several runs, of which
 * there are up to SMI_MOST_RUNS, differ as smi_run_style_of() says, and have a key below them. */
sm_status smi_plot_curves(const smi_picture_target *target, const smi_run *runs, size_t count);

/* The script of that of one run in two parts, of which the second is drawn again and again in a
 * window. */
void smi_begin_curves(smi_script *script, const smi_picture_target *target, bool with_accuracy);
void smi_add_curves(smi_script *script, const smi_picture_target *target, const smi_run *run);

#endif
