/* What a model of two features decides on, everywhere, and the rows that lie there. */
#ifndef SMI_PLOT_REGIONS_H
#define SMI_PLOT_REGIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

#include "plot/picture.h"

enum { SMI_MOST_REGION_CLASSES = 100 };

typedef struct smi_plane {
    double left, right, bottom, top; /* left < right, bottom < top */
    size_t columns, rows;            /* cells; their middles are spaced evenly, and those of the
                                        outermost lie half a cell inside */
} smi_plane;

typedef struct smi_regions {
    const char *title;
    const char *x_name;
    const char *y_name;
    const char *const *names; /* of the classes */
    size_t classes;           /* 2 … SMI_MOST_REGION_CLASSES */
    smi_plane plane;
    const int32_t *cells;       /* plane.rows × plane.columns, from the bottom: the class there */
    const float *probabilities; /* likewise: its probability, which colours fade with; NULL: not */
    const float *points;        /* count × 2 */
    const int32_t *labels;      /* count: classes; −1: none */
    size_t count;
} smi_regions;

sm_status smi_plot_regions(const smi_picture_target *target, const smi_regions *regions);

/* The place of a cell's middle, from the left or from the bottom. */
double smi_cell_middle(double from, double to, size_t cells, size_t cell);

/* Of a cell: its class, */
int32_t smi_region_class(const smi_regions *regions, size_t row, size_t column);

/* whether another class begins above it or to the right: for print in grey, and neighbours of like
 * colours, */
bool smi_is_region_border(const smi_regions *regions, size_t row, size_t column);

/* and how sure the model is there, from 0, at the least probability that the likeliest class can
 * have, to 1. regions: with probabilities. */
double smi_region_certainty(const smi_regions *regions, size_t row, size_t column);

#endif
