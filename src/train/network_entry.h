/* Where a network meets its data: the first layer, for rows that come as they are stored.
 *
 * Full rows become a dense block of floats, scaled, and go through the same product as any other
 * layer. Rows that are mostly zeros stay lists of what is not zero, turned round: for each pair of
 * neighbouring features, which pictures light together, the rows of a group that have them. Either
 * way through the layer passes once over its weights, where they lie, for a tile of a few units
 * whose sums stay in the first-level cache; their gradient is summed in parts of some features
 * each, from the δ of one tile after the other. */
#ifndef SMI_TRAIN_NETWORK_ENTRY_H
#define SMI_TRAIN_NETWORK_ENTRY_H

#include <softmax.h>

#include "kernel/pack.h"
#include "model/model.h"
#include "train/row_block.h"

typedef struct smi_network_entry {
    const smi_row_source *source;
    smi_scaling scaling;
    bool shifted;           /* the scaling shifts some feature */
    const smi_layer *layer; /* the first */
    bool lists;             /* the rows are mostly zeros */
    bool turned;            /* and bytes, which are listed by feature in one go */
} smi_network_entry;

/* source: of the form SMI_FULL, SMI_LISTED or SMI_TURNED; borrowed, as is the model. */
smi_network_entry smi_network_entry_of(const sm_model *model, const smi_row_source *source);

/* A block's rows, gathered before, as floats. x: block->count × features. Full rows only. */
void smi_network_entry_densify(const smi_network_entry *entry, const smi_row_block *block,
                               float *x);

/* ---- lists by feature ---- */

/* Blocks of rows that make a group, and the rows of it. */
enum { SMI_GROUP_BLOCKS = 2, SMI_GROUP_ROWS = SMI_GROUP_BLOCKS * SMI_BLOCK_ROWS };

/* The lists of a group: which of its rows have a pair of features, and with what values, scaled. */
typedef struct smi_network_columns {
    size_t rows;
    smi_row_pair *pairs;                /* one for each two features; their columns are rows */
    uint32_t *row_numbers;              /* of all entries */
    float *values;                      /* likewise, two each */
    uint32_t *places[SMI_GROUP_BLOCKS]; /* for each pair: how many entries a block has of it, then
                                           where they go */
} smi_network_columns;

/* Room for one group; to be freed also after failure. */
sm_status smi_network_columns_create(const smi_network_entry *entry, smi_network_columns *columns);
void smi_network_columns_free(smi_network_columns *columns);

/* Three steps make the lists of a group of `block_count` blocks: each block is counted, then the
 * entries are given places, then each block's are put there. Blocks may be counted, and filled in,
 * by several threads at once. place: of the block in its group; first_row: of the block, likewise.
 */
void smi_network_columns_count(const smi_network_entry *entry, const smi_row_block *block,
                               size_t place, const smi_network_columns *columns);
void smi_network_columns_place(const smi_network_entry *entry, size_t block_count, size_t rows,
                               smi_network_columns *columns);
void smi_network_columns_fill(const smi_network_entry *entry, const smi_row_block *block,
                              size_t place, size_t first_row, const smi_network_columns *columns);

/* The same for bytes, all at once: some of the pairs of a group, by one of so many tasks, which may
 * run at once. x: a pointer to each row of the group. */
size_t smi_network_turns(const smi_network_entry *entry);
void smi_network_columns_turn(const smi_network_entry *entry, const void *const *x, size_t rows,
                              size_t turn, smi_network_columns *columns);

/* ---- tiles of units ---- */

/* Most units in a tile. */
enum { SMI_TILE_UNITS = 64 };

size_t smi_network_tiles(const smi_network_entry *entry);

/* Floats that one task works in. */
enum { SMI_TILE_FLOATS = SMI_GROUP_ROWS * SMI_TILE_UNITS };

/* The tile's outputs, bias included, for the rows of a group. outputs: rows × the layer's outputs;
 * memory: SMI_TILE_FLOATS. */
void smi_network_tile_multiply(const smi_network_entry *entry, const float *parameters, size_t tile,
                               const smi_network_columns *columns, float *memory, float *outputs);

/* ---- the gradient ---- */

/* What it is summed up from, and in. */
typedef struct smi_network_groups {
    const smi_network_columns *columns; /* of each group; they come one after another */
    size_t count;                       /* of the groups */
    size_t rows;                        /* of all */
    const float *delta;                 /* rows × the layer's outputs */
    float *packed;                      /* rows × the outputs, rounded up to SMI_STRIDE_STEP */
    float *bias_slopes;                 /* the outputs, likewise: the sum of δ over the rows */
} smi_network_groups;

/* First the δ of each tile: packed, and summed. Tiles may be packed by several threads at once. */
void smi_network_tile_pack(const smi_network_entry *entry, size_t tile,
                           const smi_network_groups *groups);

/* Then the gradient, in parts of some features each, which may be summed by several threads at
 * once. A part is the floats from its beginning in the layer's kernel to that of the next. */
size_t smi_network_parts(const smi_network_entry *entry);
size_t smi_network_part_begin(const smi_network_entry *entry, size_t part);
size_t smi_network_part_floats(const smi_network_entry *entry); /* of the largest */

/* sums: the part's floats, written or added to. */
void smi_network_part_gradient(const smi_network_entry *entry, size_t part,
                               const smi_network_groups *groups, float *sums, bool add);

#endif
