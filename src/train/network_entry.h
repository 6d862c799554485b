/* Where a network meets its data: the first layer, for rows that come as they are stored.
 *
 * Full rows become a dense block of floats, scaled, and go through the same product as any other
 * layer. Rows that are mostly zeros stay lists of what is not zero: then the scaling is folded into
 * the weights, unless there is so little of it that the kernels can work on the parameters
 * themselves. */
#ifndef SMI_TRAIN_NETWORK_ENTRY_H
#define SMI_TRAIN_NETWORK_ENTRY_H

#include <softmax.h>

#include "kernel/pack.h"
#include "model/model.h"
#include "train/row_block.h"

typedef struct smi_network_entry {
    const smi_row_source *source;
    smi_scaling scaling;
    size_t features;
    size_t units;
    size_t kernel; /* where the first layer's kernel and bias are in the parameters */
    size_t bias;
    bool lists;
    bool direct;     /* lists: on the parameters themselves */
    float *together; /* lists, not direct: kernel and, right behind it, bias */
    float *memory;   /* likewise, of the next two */
    smi_affine map;  /* lists: the parameters, and the direction, as the kernels read them */
    smi_affine tangent;
} smi_network_entry;

/* source: of the form SMI_FULL or SMI_LISTED. To be freed by smi_network_entry_free() also after
 * failure. */
sm_status smi_network_entry_create(const sm_model *model, const smi_row_source *source,
                                   smi_network_entry *entry);
void smi_network_entry_free(smi_network_entry *entry);

/* Floats that a gradient has behind the parameters' own: lists that are not direct are summed
 * there. */
size_t smi_network_entry_extra(const smi_network_entry *entry);

/* Makes the parameters, and the direction unless that is NULL, ready. Both stay in use. */
void smi_network_entry_prepare(smi_network_entry *entry, const float *parameters,
                               const float *direction);

/* A block's rows, gathered before, as floats. x: block->count × features. Full rows only. */
void smi_network_entry_densify(const smi_network_entry *entry, const smi_row_block *block,
                               float *x);

/* Scales the values of a block that has just been gathered, where the kernels expect it. */
void smi_network_entry_scale_lists(const smi_network_entry *entry, smi_row_block *block);

/* Sets the first layer's gradient to 0. sums: as below. Lists only. */
void smi_network_entry_clear(const smi_network_entry *entry, size_t parameter_count, float *sums);

/* Adds units first … first + count − 1 of the first layer's gradient, kernel and bias, over the
 * rows of a block of lists. delta: block->count × units; compact: block->count × count floats to
 * work in; sums: parameter_count floats and what is extra. `first` and, except at the end, `count`
 * are multiples of SMI_STRIDE_STEP. */
void smi_network_entry_add_gradient(const smi_network_entry *entry, size_t parameter_count,
                                    const smi_row_block *block, size_t first, size_t count,
                                    const float *delta, float *compact, float *sums);

/* Brings what is extra to its place in the gradient. sums: parameter_count and what is extra. */
void smi_network_entry_collect(const smi_network_entry *entry, size_t parameter_count,
                               const double *sums, float *gradient);

#endif
