/* Where a network meets its data: the first layer, for rows that come as they are stored.
 *
 * Full rows become a dense block of floats, scaled, and go through the same product as any other
 * layer. Rows that are mostly zeros stay lists of what is not zero, and meet the layer a slice of
 * its units at a time: a slice's weights, the scaling folded in, lie close together, and stay in
 * the cache while all rows pass. */
#ifndef SMI_TRAIN_NETWORK_ENTRY_H
#define SMI_TRAIN_NETWORK_ENTRY_H

#include <softmax.h>

#include "kernel/pack.h"
#include "model/model.h"
#include "train/row_block.h"

typedef struct smi_network_entry {
    const smi_row_source *source;
    smi_scaling scaling;
    const smi_layer *layer; /* the first */
    bool lists;
} smi_network_entry;

/* source: of the form SMI_FULL or SMI_LISTED; borrowed, as is the model. */
smi_network_entry smi_network_entry_of(const sm_model *model, const smi_row_source *source);

/* A block's rows, gathered before, as floats. x: block->count × features. Full rows only. */
void smi_network_entry_densify(const smi_network_entry *entry, const smi_row_block *block,
                               float *x);

/* Units in a slice, the last of which may have fewer. */
enum { SMI_SLICE_UNITS = 64 };

static inline size_t smi_network_slices(const smi_network_entry *const entry)
{
    return (entry->layer->outputs + SMI_SLICE_UNITS - 1) / SMI_SLICE_UNITS;
}

/* Floats that a slice takes, and what one task works in beside it, for up to so many rows; false
 * when that overflows. */
bool smi_network_slice_floats(const smi_network_entry *entry, size_t rows, size_t *floats);

/* The slice of a layer's parameters. memory: as many floats. */
smi_affine smi_network_slice_pack(const smi_network_entry *entry, const float *parameters,
                                  size_t slice, float *memory);

/* The slice's outputs, bias included, for the rows of a block of lists. outputs: block->count ×
 * the layer's outputs. */
void smi_network_slice_multiply(const smi_network_entry *entry, const smi_affine *packed,
                                size_t slice, const smi_row_block *block, float *outputs);

/* The lists of several blocks by feature: which rows have it, and with what value. */
typedef struct smi_network_columns {
    size_t rows;
    smi_sparse_row *features; /* one for each; its columns are numbers of rows */
    uint32_t *row_numbers;    /* of all entries */
    float *values;
} smi_network_columns;

/* Room for the lists of up to so many rows; to be freed also after failure. */
sm_status smi_network_columns_create(const smi_network_entry *entry, size_t rows,
                                     smi_network_columns *columns);
void smi_network_columns_free(smi_network_columns *columns);

/* Turns the lists of `block_count` blocks round. */
void smi_network_columns_fill(const smi_network_entry *entry, const smi_row_block *blocks,
                              size_t block_count, smi_network_columns *columns);

/* The slice's gradient over these rows: written to its place among the parameters', or added there.
 * Each number is the sum over the rows in their order. delta: rows × the layer's outputs; memory:
 * as above. */
void smi_network_slice_gradient(const smi_network_entry *entry, const smi_network_columns *columns,
                                size_t slice, const float *delta, float *memory, float *gradient,
                                bool add);

#endif
