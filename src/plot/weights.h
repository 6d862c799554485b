/* The largest weights of each output as bars beside their names. */
#ifndef SMI_PLOT_WEIGHTS_H
#define SMI_PLOT_WEIGHTS_H

#include <stddef.h>

#include <softmax.h>

#include "plot/picture.h"

/* Bars of one output, from the top. */
typedef struct smi_weight_panel {
    const char *title;
    const char *const *names; /* count */
    const double *weights;    /* likewise */
} smi_weight_panel;

typedef struct smi_weight_bars {
    const char *title;
    const char *axis; /* what the lengths are */
    const smi_weight_panel *panels;
    size_t panel_count; /* 1 or more */
    size_t count;       /* bars of each panel, 1 or more */
} smi_weight_bars;

/* Red for what speaks for the output, blue for what speaks against it; one scale for all. */
sm_status smi_plot_weights(const smi_picture_target *target, const smi_weight_bars *bars);

#endif
