/* How far to go along a direction: to a point that satisfies the strong Wolfe conditions
 * (Nocedal and Wright, "Numerical Optimization", 2nd edition, section 3.1), found by bracketing and
 * safeguarded cubic interpolation. */
#ifndef SMI_TRAIN_LINE_SEARCH_H
#define SMI_TRAIN_LINE_SEARCH_H

#include <stdbool.h>

#include "train/objective.h"

typedef struct smi_line {
    const smi_objective *objective;
    const float *origin;
    const float *direction; /* one of descent */
    smi_value value;        /* at the origin; after the search, at the point */
    double slope;           /* gradient · direction at the origin; negative */
    float *point;           /* the result, origin + step · direction */
    float *gradient;        /* there */
} smi_line;

/* Differences of the value below this share of it are rounding errors (docs/numerics.md, 7). */
double smi_value_noise(const smi_objective *objective);

/* first: the first step to try, > 0. False when no point is found that is measurably better: the
 * function's rounding errors hide any progress. Then point and gradient are of no use. */
bool smi_line_search(smi_line *line, double first);

#endif
