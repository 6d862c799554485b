/* The hot loops, behind one table.
 *
 * A table holds, for one instruction set, every operation on a block of rows. Training one block
 * is three calls, between which its rows stay in the cache:
 *
 *     logits      z = x · Wᵀ + b
 *     loss        z → softmax(z) − target, and the sum of the losses
 *     gradient    dW += (softmax(z) − target)ᵀ · x,  db += its column sums
 *
 * Rows come as one pointer each, so that shuffled and held-out rows need no copy. The reference
 * table is the specification; each other table computes the same up to rounding. */
#ifndef SMI_KERNEL_KERNEL_H
#define SMI_KERNEL_KERNEL_H

#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

/* The first affine map, or its gradient, as kernels want it: classes outermost, rows padded with
 * zeros so that only x has ends to take care of. Scaling is already folded in (pack.h). */
typedef struct smi_affine {
    size_t features;
    size_t classes;
    size_t stride;  /* floats from one class's weights to the next: features, rounded up */
    float *weights; /* classes × stride, row-major, 0 beyond `features` */
    float *bias;    /* classes */
} smi_affine;

/* `stride` is a multiple of this, which no vector exceeds. */
enum { SMI_STRIDE_STEP = 16 };

/* Most rows in a block. */
enum { SMI_BLOCK_ROWS = 64 };

/* What a block's loss comes to. */
typedef struct smi_block_loss {
    double loss;    /* sum over the rows of −Σ target · log softmax(z) */
    size_t correct; /* rows whose first largest logit is their class */
} smi_block_loss;

/* Stored types, which index the kernels that read x: SM_U8, SM_F32. */
enum { SMI_ELEMENTS = 2 };

/* logits: rows × classes. x: `rows` pointers to `features` values each. rows may be 0. */
typedef void smi_logits_kernel(const smi_affine *map, const void *const *x, size_t rows,
                               float *logits);

/* delta: rows × classes. Adds to weights and bias; the padding stays 0. */
typedef void smi_gradient_kernel(const smi_affine *gradient, const void *const *x, size_t rows,
                                 const float *delta);

/* logits becomes softmax(logits) · Σ target − target, each row shifted by its own maximum.
 * labels: a class index each. targets: a pointer to `classes` shares each; its class is the first
 * largest. rows ≤ SMI_BLOCK_ROWS. */
typedef smi_block_loss smi_loss_labels_kernel(float *logits, const int32_t *labels, size_t rows,
                                              size_t classes);
typedef smi_block_loss smi_loss_targets_kernel(float *logits, const float *const *targets,
                                               size_t rows, size_t classes);

typedef struct smi_kernels {
    const char *isa;
    smi_logits_kernel *logits[SMI_ELEMENTS];
    smi_gradient_kernel *gradient[SMI_ELEMENTS];
    smi_loss_labels_kernel *loss_labels;
    smi_loss_targets_kernel *loss_targets;
} smi_kernels;

/* The table to use here: the widest that processor and operating system support, or the one that
 * the environment variable SOFTMAX_ISA names. Fails when it names none, or one that this machine
 * lacks, and lists those it has. */
sm_status smi_kernels_choose(const smi_kernels **kernels);

/* The tables this machine supports, narrowest (the reference) first; NULL beyond the last. */
const smi_kernels *smi_kernels_supported(size_t index);

/* The reference. */
extern const smi_kernels smi_kernels_reference;

#endif
