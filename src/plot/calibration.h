/* Whether probabilities are what they say: of rows that get 0.8, eight in ten should be right. */
#ifndef SMI_PLOT_CALIBRATION_H
#define SMI_PLOT_CALIBRATION_H

#include <stddef.h>

#include <softmax.h>

#include "plot/picture.h"

enum { SMI_MOST_CALIBRATION_BINS = 100 };

/* The rows whose class has a probability from `from` to `to`. */
typedef struct smi_calibration_bin {
    double from;
    double to;
    double confidence; /* their mean probability; any value where there are none */
    double accuracy;   /* the share of them that is right; likewise */
    double count;
} smi_calibration_bin;

/* The reliability curve, and below it how many rows each bin has. figures: a second line of the
 * title; count: 1 … SMI_MOST_CALIBRATION_BINS, not all of them empty. */
sm_status smi_plot_calibration(const smi_picture_target *target, const char *title,
                               const char *figures, const smi_calibration_bin *bins, size_t count);

#endif
