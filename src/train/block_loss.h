/* The loss of a block of rows and its gradient by their logits, as the train options organise it.
 * It knows logits and answers alone, and nothing of where either comes from. */
#ifndef SMI_TRAIN_BLOCK_LOSS_H
#define SMI_TRAIN_BLOCK_LOSS_H

#include <softmax.h>

#include "kernel/kernel.h"

/* What is minimised of a row. All 0: the cross-entropy of its target, from the logits. */
typedef struct smi_loss_rule {
    sm_loss loss;
    double label_smoothing;
} smi_loss_rule;

/* What the rows of a block should have come to. */
typedef struct smi_block_answers {
    size_t rows;                 /* at most SMI_BLOCK_ROWS */
    const int32_t *labels;       /* a class index each; not read where there are targets */
    const float *const *targets; /* `classes` shares each; NULL: labels */
    const float *weights;        /* NULL: all 1 */
} smi_block_answers;

/* logits: rows × classes; they become the gradient of each row's loss by its logits, times its
 * weight. Returns the weighted loss, and how many rows' first largest logit is their class, or
 * their target's first largest share, before any smoothing. */
smi_block_loss smi_take_loss(const smi_kernels *kernels, const smi_loss_rule *rule,
                             const smi_block_answers *answers, size_t classes, float *logits);

/* A row's weight on its gradient by the logits. delta: classes. */
static inline void smi_weigh_row(const float weight, const size_t classes, float *const delta)
{
    for (size_t c = 0; c < classes; c++) {
        delta[c] *= weight;
    }
}

#endif
