/* Passes over long vectors, on all threads of a pool. The vectors are cut by their length alone,
 * and what the parts sum up is added in their order, so that the number of threads changes no bit.
 */
#ifndef SMI_TRAIN_SLICES_H
#define SMI_TRAIN_SLICES_H

#include <stddef.h>

#include "sys/pool.h"

/* Works on entries begin … begin + count − 1, and returns their part of a sum. They are so few that
 * they stay in the first-level cache: several passes over them are one over the memory. */
typedef double smi_slice_work(const void *context, size_t begin, size_t count);

/* Has all `length` entries worked on, and returns the sum. pool NULL: on this thread alone. */
double smi_run_slices(smi_pool *pool, size_t length, smi_slice_work *work, const void *context);

#endif
