/* What a model of two features decides on, and rows that lie there. */
#ifndef CLI_PLOT_PLANE_H
#define CLI_PLOT_PLANE_H

#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

#include "plot/regions.h"

/* All that is drawn, in memory of its own; {0} is an empty one. */
typedef struct cli_plane {
    smi_plane plane;
    size_t *rows; /* of the dataset */
    size_t count;
    float *points;        /* count × 2 */
    int32_t *labels;      /* count: classes of the model; −1: none */
    int32_t *cells;       /* plane.rows × plane.columns: the class there */
    float *certainty;     /* likewise: its probability */
    float *places;        /* plane.columns × 2: a row of cells */
    float *probabilities; /* plane.columns × classes */
    int32_t *class_map;   /* classes of the data → of the model */
} cli_plane;

/* Up to `points` rows, chosen at random, and the cells around them. Model and data have two
 * features. Returns an exit status, having said what is wrong; to be freed in any case. */
int cli_fill_plane(const sm_model *model, const sm_dataset *dataset, size_t points, uint64_t seed,
                   cli_plane *plane);
void cli_free_plane(cli_plane *plane);

#endif
