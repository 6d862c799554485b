/* Bars of numbers. */
#ifndef SMI_PLOT_BARS_H
#define SMI_PLOT_BARS_H

#include <stddef.h>

#include <softmax.h>

#include "plot/picture.h"

/* The most logits that smi_plot_softmax() draws. */
enum { SMI_MOST_BARS = 64 };

/* What softmax makes of logits, beside each other: logits, their exponentials, probabilities. Where
 * exponentials are beyond double, they are those of the logits less the largest of them. count: 1 …
 * SMI_MOST_BARS finite numbers. */
sm_status smi_plot_softmax(const smi_picture_target *target, const double *logits, size_t count);

#endif
