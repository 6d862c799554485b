/* Several columns crossed: a column of x for each combination of what they hold, by its hash. */
#ifndef SMI_DATA_TABLE_CROSSED_H
#define SMI_DATA_TABLE_CROSSED_H

#include "data/table/feature.h"

/* Says of a feature of this kind, before it learns, which of its columns are crossed by bucket.
 * sizes: feature->column_count; how many buckets a column is to have, or 0: it goes by its text. */
sm_status smi_crossed_prepare(smi_feature *feature, const size_t *sizes);

#endif
