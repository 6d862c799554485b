/* A batch of rows on its way through the layers of a network, and back.
 *
 *     forwards    Z_l = A_{l−1} · W_l + b_l,  A_l = f(Z_l)           A_{−1}: the data
 *     backwards   δ_l = (δ_{l+1} · W_{l+1}ᵀ) ∘ f'(Z_l),  dW_l = A_{l−1}ᵀ · δ_l,
 *                 db_l = the sum of the rows of δ_l
 *
 * For a product of the curvature and a direction V, c, tangents go along forwards,
 *
 *     R Z_l = A_{l−1} · V_l + R A_{l−1} · W_l + c_l,  R A_l = f'(Z_l) ∘ R Z_l
 *
 * and what comes back is the Gauss-Newton matrix times the direction: Schraudolph, "Fast curvature
 * matrix-vector products for second-order gradient descent", Neural Computation 2002. */
#ifndef SMI_TRAIN_NETWORK_PASS_H
#define SMI_TRAIN_NETWORK_PASS_H

#include <softmax.h>

#include "model/model.h"
#include "sys/pool.h"
#include "train/network_entry.h"
#include "train/objective.h"
#include "train/row_block.h"

/* What is the same for all rows of an evaluation. */
typedef struct smi_network {
    const sm_model *model; /* for its layers, not its parameters */
    const smi_row_source *source;
    smi_network_entry entry;
    const float *parameters;
    const float *direction; /* SMI_PASS_CURVATURE */
    float factor;           /* that every row's part of the gradient is multiplied with */
    uint64_t seed;          /* of what is left out */
    size_t step;            /* likewise; 0: nothing is */
} smi_network;

typedef enum smi_purpose { SMI_PASS_VALUE, SMI_PASS_GRADIENT, SMI_PASS_CURVATURE } smi_purpose;

/* What passes work in. */
typedef struct smi_network_pass smi_network_pass;

/* Floats that a pass takes for each row; `most`: the most that will be asked of it. */
double smi_network_pass_floats(const sm_model *model, smi_purpose most);

/* For up to `capacity` rows at a time, SMI_BLOCK_ROWS or a multiple, and so many threads. */
sm_status smi_network_pass_create(const smi_network *network, size_t capacity, size_t threads,
                                  smi_purpose most, smi_network_pass **pass);
void smi_network_pass_free(smi_network_pass *pass); /* NULL is accepted */

/* The rows of one pass. */
typedef struct smi_network_rows {
    const size_t *rows; /* as smi_row_block_gather() takes them; NULL: first_row and those after */
    size_t first_row;
    size_t count; /* 1 … capacity */
    size_t place; /* of the first in its batch */
} smi_network_rows;

/* A pass. */
typedef struct smi_passage {
    const smi_network *network;
    smi_network_pass *pass;
    smi_pool *pool; /* NULL: by this thread alone */
    smi_purpose purpose;
    smi_network_rows rows;
} smi_passage;

/* Takes the rows through all layers, and unless a value is all that is wanted, δ back. */
smi_block_loss smi_network_pass_run(smi_passage *passage);

/* Where a gradient goes. */
typedef struct smi_gradient_target {
    float *sums; /* one for each parameter; */
    bool add;    /* to what they hold; else it is overwritten */

    /* Gets the parts; begin() is the caller's to call. Only where nothing is added to; and what is
     * in the sums then is of no use. NULL: nobody. */
    const smi_receiver *receiver;
} smi_gradient_target;

/* After the run: the gradient, or the product with the curvature, over the rows. */
void smi_network_pass_gradient(smi_passage *passage, const smi_gradient_target *target);

/* After a pass whose loss is not finite: the first hidden layer with an output that is not, or else
 * the output layer, whose logits then cannot be. */
size_t smi_network_pass_broken_layer(const smi_network *network, const smi_network_pass *pass,
                                     size_t rows);

#endif
