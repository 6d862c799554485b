/* Mean and spread of each column. */
#ifndef SMI_DATA_COLUMN_MOMENTS_H
#define SMI_DATA_COLUMN_MOMENTS_H

#include <softmax.h>

/* mean, deviation: `features` entries. The deviation is the root of the mean squared distance from
 * the mean; 0 for a column that is constant, up to the rounding of its sums. */
void smi_column_moments(const sm_dataset *dataset, double *mean, double *deviation);

#endif
