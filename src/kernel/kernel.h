/* The hot loops, behind one table.
 *
 * A table holds, for one instruction set, every operation on a block of rows. Training one block
 * is three calls, between which its rows stay in the cache:
 *
 *     logits      z = x · Wᵀ + b
 *     loss        z → softmax(z) − target, and the sum of the losses
 *     gradient    dW += (softmax(z) − target)ᵀ · x,  db += its column sums
 *
 * A product of the Hessian and a direction is the same with the map of weights and direction side
 * by side, twice as many classes wide, and `curvature` in the place of `loss`; or, where the logits
 * of the weights are kept, with the map of the direction alone.
 *
 * Rows come as one pointer each, so that shuffled and held-out rows need no copy. The reference
 * table is the specification; each other table computes the same up to rounding. */
#ifndef SMI_KERNEL_KERNEL_H
#define SMI_KERNEL_KERNEL_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

#include "base/decimal.h"
#include "base/sparse_row.h"
#include "kernel/dropout.h"

/* How the weights of a map lie in memory. Rows that are full are multiplied with lanes along
 * features, rows that are mostly zeros, as lists of what is not zero, with lanes along classes. */
typedef enum smi_layout {
    SMI_BY_CLASS,  /* classes × stride, where stride is features, rounded up */
    SMI_BY_FEATURE /* features × stride, where stride is classes, rounded up */
} smi_layout;

/* The first affine map, or its gradient, as kernels want it: padded with zeros so that only x has
 * ends to take care of. Scaling is already folded in (pack.h). */
typedef struct smi_affine {
    smi_layout layout;
    size_t features;
    size_t classes;
    size_t stride;  /* floats from one class's, or one feature's, weights to the next */
    float *weights; /* row-major, 0 in the padding */
    float *bias;    /* classes */
} smi_affine;

/* By class, `stride` is a multiple of this, which no vector exceeds. */
enum { SMI_STRIDE_STEP = 16 };

/* Most rows in a block. */
enum { SMI_BLOCK_ROWS = 64 };

/* What a block's loss comes to. */
typedef struct smi_block_loss {
    double loss;    /* sum over the rows of −Σ target · log softmax(z) */
    size_t correct; /* rows whose first largest logit is their class */
} smi_block_loss;

/* Stored types of full rows, which index the kernels that read x: SM_U8, SM_F32. */
enum { SMI_ELEMENTS = 2 };

/* logits: rows × classes. x: `rows` pointers to `features` values each. rows may be 0.
 * map: by class. */
typedef void smi_logits_kernel(const smi_affine *map, const void *const *x, size_t rows,
                               float *logits);

/* delta: rows × classes. Adds to weights and bias; the padding stays 0. gradient: by class. */
typedef void smi_gradient_kernel(const smi_affine *gradient, const void *const *x, size_t rows,
                                 const float *delta);

/* Marks what is not zero in a row of bytes: a bit for each group of mark_features features, set
 * where any of them is not 0; returns how many are set. marks: a word for every 64 groups, or part
 * of them. */
typedef size_t smi_mark_kernel(const void *x, size_t features, uint64_t *marks);

/* The same as the first two for rows of bytes that come with their marks: groups without one are
 * passed over. rows ≤ SMI_BLOCK_ROWS. */
typedef void smi_marked_logits_kernel(const smi_affine *map, const void *const *x,
                                      const uint64_t *const *marks, size_t rows, float *logits);
typedef void smi_marked_gradient_kernel(const smi_affine *gradient, const void *const *x,
                                        const uint64_t *const *marks, size_t rows,
                                        const float *delta);

/* Lists what is not zero in a row of `features` values. columns, values: `features` entries, of
 * which the first so many as are returned are written, and some behind them may be. */
typedef size_t smi_list_kernel(const void *x, size_t features, uint32_t *columns, float *values);

/* The same as the first two, for lists of entries. map, gradient: by feature. */
typedef void smi_sparse_logits_kernel(const smi_affine *map, const smi_sparse_row *x, size_t rows,
                                      float *logits);
typedef void smi_sparse_gradient_kernel(const smi_affine *gradient, const smi_sparse_row *x,
                                        size_t rows, const float *delta);

/* logits becomes softmax(logits) · Σ target − target, each row shifted by its own maximum.
 * labels: a class index each. targets: a pointer to `classes` shares each; its class is the first
 * largest. rows ≤ SMI_BLOCK_ROWS. */
typedef smi_block_loss smi_loss_labels_kernel(float *logits, const int32_t *labels, size_t rows,
                                              size_t classes);
typedef smi_block_loss smi_loss_targets_kernel(float *logits, const float *const *targets,
                                               size_t rows, size_t classes);

/* For Hessian-vector products. pairs: rows × 2·classes, in each row the logits z and, behind them,
 * their change u along a direction. Its first rows × classes become (diag p − p pᵀ) · u with
 * p = softmax(z), which is how softmax(z) changes; the rest is of no use afterwards. */
typedef void smi_curvature_kernel(float *pairs, size_t rows, size_t classes);

/* A matrix that is only read: element (i, j) is values[i · row_stride + j · column_stride]. */
typedef struct smi_matrix {
    const float *values;
    size_t row_stride;
    size_t column_stride;
} smi_matrix;

/* c = a · b, or c += a · b. c must not overlap a or b. A depth of 0 is a product of zeros. */
typedef struct smi_product {
    size_t rows;     /* of a and c */
    size_t columns;  /* of b and c */
    size_t depth;    /* columns of a, rows of b */
    smi_matrix a;    /* rows × depth */
    smi_matrix b;    /* depth × columns */
    float *c;        /* rows × columns, row-major */
    size_t c_stride; /* floats from one row of c to the next */
    bool add;        /* to what c holds; else it may hold anything */
} smi_product;

/* What a product packs at once, in the caller's scratch memory. */
enum { SMI_PRODUCT_DEPTH = 256, SMI_PRODUCT_COLUMNS = 512 };

/* scratch: see product.h, by which this is called. */
typedef void smi_product_kernel(const smi_product *product, void *scratch);

/* The entries that are not 0 in either of two rows of a matrix that lie side by side. */
typedef struct smi_row_pair {
    const float *values;     /* two for each entry: the first row's and the second's */
    const uint32_t *columns; /* ascending */
    size_t count;
} smi_row_pair;

/* Rows of bytes, or some features of theirs. */
typedef struct smi_byte_rows {
    const void *const *x; /* a pointer to each */
    size_t rows;          /* at most SMI_LISTED_ROWS */
    size_t first;         /* of the features that are meant; */
    size_t count;         /* how many they are */
    const float *scales;  /* what each is multiplied with */
} smi_byte_rows;

enum { SMI_LISTED_ROWS = 2 * SMI_BLOCK_ROWS };

/* Lists what is not zero by pair of features: the others of smi_row_pair are rows here, ascending.
 * pairs: half as many as features, rounded up; of an odd last feature, the second values are 0.
 * row_numbers: SMI_LISTED_ROWS for each pair, values: twice as many. There the lists lie one behind
 * another; what is behind the last may be overwritten. */
typedef void smi_list_pairs_kernel(const smi_byte_rows *bytes, smi_row_pair *pairs,
                                   uint32_t *row_numbers, float *values);

/* A product with lists. */
typedef struct smi_sparse_product {
    const smi_row_pair *a; /* rows × others, as a pair for each two rows; an odd last row has one
                              alone, of which the second values are not looked at */
    size_t rows;
    size_t columns; /* of b and c */
    const float *b; /* row-major */
    size_t b_stride;
    float *c; /* row-major; must not overlap b */
    size_t c_stride;
    bool add; /* multiplying: to what c holds; else it may hold anything */
} smi_sparse_product;

/* c = a · b, or c += a · b. b: others × columns; its rows may be read up to the next multiple of
 * SMI_STRIDE_STEP columns. c: rows × columns. */
typedef void smi_sparse_multiply_kernel(const smi_sparse_product *product);

/* c += aᵀ · b. b: rows × columns. c: others × columns; what is behind them in a row, up to the next
 * multiple of SMI_STRIDE_STEP, may be overwritten. */
typedef void smi_sparse_spread_kernel(const smi_sparse_product *product);

/* z: `count` numbers, each of which becomes f(z); derivative: of as many, f'(z), or NULL. What a
 * number becomes does not depend on its place. Infinities go to f's limits; NaN stays NaN. Where
 * there is no f', at 0 of SM_RELU and SM_LEAKY_RELU, it is that of the negative side. */
typedef void smi_activate_kernel(sm_activation kind, float *z, size_t count, float *derivative);

/* values: rows × units, and likewise derivatives, which may be NULL. Those of units that are left
 * out are multiplied by 0, the others by the scale. first_row: the place of the first row in its
 * batch. All tables leave out the same. */
typedef void smi_dropout_kernel(const smi_dropout *dropout, size_t first_row, size_t rows,
                                size_t units, float *values, float *derivatives);

/* z: `rows` rows of as many numbers as bias has, `stride` floats apart. Adds the bias to each. */
typedef void smi_add_bias_kernel(const float *bias, size_t units, size_t rows, float *z,
                                 size_t stride);

/* delta: rows × units. Adds each column's numbers to its sum, one row after the other: cutting rows
 * into several calls changes no bit, and no table of vectors gives other bits than another. */
typedef void smi_column_sums_kernel(const float *delta, size_t rows, size_t units, float *sums);

/* values[i] *= factors[i] */
typedef void smi_multiply_kernel(const float *factors, size_t count, float *values);

/* What all coordinates share in a step of Adam. */
typedef struct smi_adam {
    float
        mean; /* share of the new gradient in the decayed means of gradient and squared gradient */
    float square;
    float mean_correction; /* of what comes of their having begun at 0 */
    float square_correction;
    float rate;
    float epsilon;
    float kept; /* share of a parameter that is left of it, but for the gradient: 1 without decay */
} smi_adam;

/* What a coordinate with this mean squared gradient goes by, for each unit of its mean gradient. */
static inline float smi_adam_scale(const smi_adam *const step, const float square)
{
    return step->rate / (sqrtf(step->square_correction * square) + step->epsilon);
}

/* For each of `count` coordinates: the gradient goes into its means, and the parameter, from what
 * it is before, against the mean gradient. All tables give the same bits. No array overlaps
 * another. */
typedef void smi_adam_kernel(const smi_adam *step, size_t count, const float *gradients,
                             float *means, float *squares, const float *before, float *parameters);

/* Reads `count` texts, begin[i] … end[i] − 1, as smi_take_float() does: x[i] is the float nearest
 * to the number, and 0 where that is −0; NaN where the text as a whole is no number, or none that a
 * finite float can hold. Returns how many are NaN. Behind each end SMI_DECIMAL_MARGIN bytes may be
 * read, which mean nothing. All tables give the same. */
typedef size_t smi_read_numbers_kernel(const char *const *begin, const char *const *end,
                                       size_t count, float *x);

typedef struct smi_kernels {
    const char *isa;
    smi_logits_kernel *logits[SMI_ELEMENTS];
    smi_gradient_kernel *gradient[SMI_ELEMENTS];
    size_t mark_features; /* in a group that has a mark */
    double mark_density;  /* bytes with at most this share of groups marked are quicker so */
    smi_mark_kernel *mark;
    smi_marked_logits_kernel *marked_logits;
    smi_marked_gradient_kernel *marked_gradient;
    double list_density; /* full rows with at most this share of entries are quicker as lists */
    smi_list_kernel *list[SMI_ELEMENTS];
    smi_sparse_logits_kernel *sparse_logits;
    smi_sparse_gradient_kernel *sparse_gradient;
    smi_curvature_kernel *curvature;
    smi_loss_labels_kernel *loss_labels;
    smi_loss_targets_kernel *loss_targets;
    smi_product_kernel *product;
    smi_list_pairs_kernel *list_pairs;
    smi_sparse_multiply_kernel *sparse_multiply;
    smi_sparse_spread_kernel *sparse_spread;
    smi_activate_kernel *activate;
    smi_dropout_kernel *dropout;
    smi_add_bias_kernel *add_bias;
    smi_column_sums_kernel *column_sums;
    smi_multiply_kernel *multiply;
    smi_adam_kernel *adam;
    smi_read_numbers_kernel *read_numbers;
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
