/* What a pass of rows through a network works in. */
#ifndef SMI_TRAIN_NETWORK_SPACE_H
#define SMI_TRAIN_NETWORK_SPACE_H

#include <softmax.h>

#include "train/network_entry.h"
#include "train/network_pass.h"
#include "train/row_block.h"

/* What one layer's rows come to. */
typedef struct layer_space {
    float *outputs;     /* capacity × outputs; of the last layer, logits, or pairs of them */
    float *derivatives; /* hidden, with gradients: capacity × outputs; on the way back, δ */
    float *tangents;    /* likewise */
} layer_space;

struct smi_network_pass {
    size_t layer_count;
    size_t block_count;
    smi_row_block *blocks;  /* of SMI_BLOCK_ROWS each */
    smi_block_loss *losses; /* one a block */
    float *x;               /* capacity × features; NULL: the rows are lists */
    layer_space *layers;
    size_t widest;      /* of the hidden layers */
    float *products;    /* δ · Wᵀ on its way to δ: capacity × widest */
    float *last_deltas; /* for the curvature: capacity × classes; else in the place of the logits */

    /* Where the rows are lists. */
    float *tiles; /* SMI_TILE_FLOATS for each thread */
    size_t group_count;
    smi_network_columns *groups; /* one for SMI_GROUP_BLOCKS blocks each */
    float *packed;               /* with gradients, as is what follows: the δ of the first layer */
    float *bias_slopes;
    float *parts; /* smi_network_part_floats() for each thread */

    float *scratch;        /* of the products, for each thread */
    size_t scratch_floats; /* of one */
};

#endif
