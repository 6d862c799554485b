/* Softmax, cross-entropy and its gradient, lanes along classes, row by row in place. */
#include <math.h>

#include "kernel/vector/exp.h"
#include "kernel/vector/names.h"
#include "kernel/vector/tile.h"

/* Up to so many vectors of classes, a row stays in registers. */
enum { NARROW_VECTORS = 3 };

static float largest_of(const float *const z, const size_t classes)
{
    smi_vector largest = smi_splat(-INFINITY);
    size_t c = 0;
    for (; c + SMI_LANES <= classes; c += SMI_LANES) {
        largest = smi_larger(largest, smi_load_f32(z + c));
    }
    if (c < classes) {
        largest = smi_larger(largest, smi_load_some_f32(z + c, classes - c, -INFINITY));
    }
    return smi_largest(largest);
}

/* The index of the first entry equal to `value`; `classes` when there is none. */
static size_t first_equal(const float *const z, const size_t classes, const float value)
{
    const smi_vector wanted = smi_splat(value);
    size_t c = 0;
    for (; c + SMI_LANES <= classes; c += SMI_LANES) {
        const unsigned equal = smi_equal(smi_load_f32(z + c), wanted);
        if (equal != 0) {
            return c + (size_t)__builtin_ctz(equal);
        }
    }
    if (c < classes) {
        const unsigned equal = smi_equal(smi_load_some_f32(z + c, classes - c, NAN), wanted);
        if (equal != 0) {
            return c + (size_t)__builtin_ctz(equal);
        }
    }
    return classes;
}

/* z becomes exp(z − largest), and its sum is returned. */
static float exponentials(float *const z, const size_t classes, const float largest)
{
    const smi_vector shift = smi_splat(largest);
    smi_vector sum = smi_splat(0.0F);
    size_t c = 0;
    for (; c + SMI_LANES <= classes; c += SMI_LANES) {
        const smi_vector e = smi_exp(smi_subtract(smi_load_f32(z + c), shift));
        smi_store(z + c, e);
        sum = smi_add(sum, e);
    }
    if (c < classes) {
        const size_t rest = classes - c;
        const smi_vector some = smi_load_some_f32(z + c, rest, largest);
        const smi_vector e = smi_exp(smi_subtract(some, shift));
        smi_store_some(z + c, rest, e);
        sum = smi_add(sum, smi_keep_some(e, rest));
    }
    return smi_sum(sum);
}

static void scale(float *const z, const size_t classes, const float factor)
{
    const smi_vector factors = smi_splat(factor);
    size_t c = 0;
    for (; c + SMI_LANES <= classes; c += SMI_LANES) {
        smi_store(z + c, smi_multiply(smi_load_f32(z + c), factors));
    }
    if (c < classes) {
        const size_t rest = classes - c;
        smi_store_some(z + c, rest, smi_multiply(smi_load_some_f32(z + c, rest, 0.0F), factors));
    }
}

/* One row of any number of classes: z becomes softmax(z) − one-hot(label); returns Σ exp. */
static float wide_row(float *const z, const size_t classes, const size_t label,
                      smi_block_loss *const result)
{
    const float largest = largest_of(z, classes);
    result->correct += first_equal(z, classes, largest) == label;
    result->loss += (double)largest - (double)z[label];
    const float sum = exponentials(z, classes, largest);
    scale(z, classes, 1.0F / sum);
    z[label] -= 1.0F;
    return sum;
}

/* The same for classes that fill `vectors` vectors, the last of them partly or whole: between one
 * load and one store everything stays in registers. */
SMI_TILE float narrow_row(float *const z, const size_t classes, const size_t vectors,
                          const size_t label, smi_block_loss *const result)
{
    const size_t rest = classes - (vectors - 1) * SMI_LANES;
    const double own = (double)z[label];
    smi_vector values[NARROW_VECTORS];
    smi_vector largest = smi_splat(-INFINITY);
#pragma GCC unroll 8
    for (size_t v = 0; v < vectors; v++) {
        const float *const from = z + v * SMI_LANES;
        values[v] = v + 1 < vectors || rest == SMI_LANES ? smi_load_f32(from)
                                                         : smi_load_some_f32(from, rest, -INFINITY);
        largest = smi_larger(largest, values[v]);
    }
    const float most = smi_largest(largest);
    const smi_vector shift = smi_splat(most);
    smi_vector sum = smi_splat(0.0F);
    size_t first = classes;
#pragma GCC unroll 8
    for (size_t v = vectors; v-- > 0;) {
        const unsigned equal = smi_equal(values[v], shift);
        first = equal != 0 ? v * SMI_LANES + (size_t)__builtin_ctz(equal) : first;
        values[v] = smi_exp(smi_subtract(values[v], shift));
        values[v] = v + 1 < vectors ? values[v] : smi_keep_some(values[v], rest);
        sum = smi_add(sum, values[v]);
    }
    const float total = smi_sum(sum);
    const smi_vector factor = smi_splat(1.0F / total);
#pragma GCC unroll 8
    for (size_t v = 0; v < vectors; v++) {
        const smi_vector delta = smi_subtract(smi_multiply(values[v], factor),
                                              smi_one_at((int)label - (int)(v * SMI_LANES)));
        float *const to = z + v * SMI_LANES;
        if (v + 1 < vectors || rest == SMI_LANES) {
            smi_store(to, delta);
        } else {
            smi_store_some(to, rest, delta);
        }
    }
    result->correct += first == label;
    result->loss += (double)most - own;
    return total;
}

static float row(float *const z, const size_t classes, const size_t label,
                 smi_block_loss *const result)
{
    switch ((classes + SMI_LANES - 1) / SMI_LANES) {
    case 1:
        return narrow_row(z, classes, 1, label, result);
    case 2:
        return narrow_row(z, classes, 2, label, result);
    case 3:
        return narrow_row(z, classes, NARROW_VECTORS, label, result);
    default:
        return wide_row(z, classes, label, result);
    }
}

smi_block_loss SMI_FOR_ISA(smi_loss_labels)(float *const logits, const int32_t *const labels,
                                            const size_t rows, const size_t classes)
{
    /* Σ log s is taken as log Π s, a few rows at a time: each s lies in [1, classes], and a
     * product of eight stays far below the largest double. */
    enum { ROWS_PER_LOGARITHM = 8 };
    smi_block_loss result = {0.0, 0};
    double product = 1.0;
    for (size_t r = 0; r < rows; r++) {
        product *= (double)row(logits + r * classes, classes, (size_t)labels[r], &result);
        if (r % ROWS_PER_LOGARITHM == ROWS_PER_LOGARITHM - 1 || r + 1 == rows) {
            result.loss += log(product);
            product = 1.0;
        }
    }
    return result;
}

/* −Σ target · (z − shift), and Σ target. A target of 0 adds nothing, even at z = −∞. */
static double weigh(const float *const z, const float *const targets, const size_t classes,
                    const double shift, double *const target_sum)
{
    double loss = 0.0;
    *target_sum = 0.0;
    for (size_t c = 0; c < classes; c++) {
        if (targets[c] != 0.0F) {
            loss -= (double)targets[c] * ((double)z[c] - shift);
            *target_sum += (double)targets[c];
        }
    }
    return loss;
}

smi_block_loss SMI_FOR_ISA(smi_loss_targets)(float *const logits, const float *const *const targets,
                                             const size_t rows, const size_t classes)
{
    smi_block_loss result = {0.0, 0};
    for (size_t r = 0; r < rows; r++) {
        float *const z = logits + r * classes;
        const float largest = largest_of(z, classes);
        const size_t class = first_equal(targets[r], classes, largest_of(targets[r], classes));
        result.correct += first_equal(z, classes, largest) == class;
        double target_sum = 0.0;
        result.loss += weigh(z, targets[r], classes, (double)largest, &target_sum);
        const float sum = exponentials(z, classes, largest);
        result.loss += target_sum * log((double)sum);
        scale(z, classes, (float)target_sum / sum);
        for (size_t c = 0; c < classes; c++) {
            z[c] -= targets[r][c];
        }
    }
    return result;
}

void SMI_FOR_ISA(smi_curvature)(float *const pairs, const size_t rows, const size_t classes)
{
    for (size_t r = 0; r < rows; r++) {
        float *const z = pairs + 2 * r * classes;
        const float *const change = z + classes;
        float *const result = pairs + r * classes;
        const float sum = exponentials(z, classes, largest_of(z, classes));
        smi_vector products = smi_splat(0.0F);
        float mean = 0.0F;
        size_t c = 0;
        for (; c + SMI_LANES <= classes; c += SMI_LANES) {
            products = smi_multiply_add(smi_load_f32(z + c), smi_load_f32(change + c), products);
        }
        for (mean = smi_sum(products); c < classes; c++) {
            mean += z[c] * change[c];
        }
        mean /= sum;
        for (c = 0; c < classes; c++) {
            result[c] = z[c] / sum * (change[c] - mean);
        }
    }
}
