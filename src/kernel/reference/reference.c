/* The readable reference: what every kernel computes, written as the formula. Sums run in double
 * precision, so that it is also the truth the other tables are measured against. */
#include <math.h>

#include "kernel/kernel.h"

static double element(const void *const row, const size_t feature, const bool bytes)
{
    return bytes ? (double)((const uint8_t *)row)[feature] : (double)((const float *)row)[feature];
}

/* logits[r][c] = bias[c] + Σ_f x[r][f] · weights[c][f] */
static void logits(const smi_affine *const map, const void *const *const x, const bool bytes,
                   const size_t rows, float *const result)
{
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < map->classes; c++) {
            double sum = (double)map->bias[c];
            for (size_t f = 0; f < map->features; f++) {
                sum += element(x[r], f, bytes) * (double)map->weights[c * map->stride + f];
            }
            result[r * map->classes + c] = (float)sum;
        }
    }
}

static void logits_u8(const smi_affine *const map, const void *const *const x, const size_t rows,
                      float *const result)
{
    logits(map, x, true, rows, result);
}

static void logits_f32(const smi_affine *const map, const void *const *const x, const size_t rows,
                       float *const result)
{
    logits(map, x, false, rows, result);
}

static size_t first_largest(const float *const values, const size_t count)
{
    size_t best = 0;
    for (size_t i = 1; i < count; i++) {
        if (values[i] > values[best]) {
            best = i;
        }
    }
    return best;
}

/* The gradient of the loss by the logits is softmax(z) · Σ target − target. One row; returns its
 * loss, −Σ target · (z − max − log Σ exp(z − max)). A target of 0 adds nothing, even at z = −∞. */
static double loss_row(float *const z, const float *const targets, const int32_t label,
                       const size_t classes)
{
    const double largest = (double)z[first_largest(z, classes)];
    double sum = 0.0;
    double target_sum = 0.0;
    for (size_t c = 0; c < classes; c++) {
        sum += exp((double)z[c] - largest);
        target_sum += targets != NULL ? (double)targets[c] : (c == (size_t)label ? 1.0 : 0.0);
    }
    double loss = 0.0;
    for (size_t c = 0; c < classes; c++) {
        const double target =
            targets != NULL ? (double)targets[c] : (c == (size_t)label ? 1.0 : 0.0);
        const double shifted = (double)z[c] - largest;
        if (target != 0.0) {
            loss -= target * (shifted - log(sum));
        }
        z[c] = (float)(exp(shifted) / sum * target_sum - target);
    }
    return loss + 0.0 * sum; /* a NaN anywhere in the row is one in the loss */
}

static smi_block_loss loss_labels(float *const z, const int32_t *const labels, const size_t rows,
                                  const size_t classes)
{
    smi_block_loss sum = {0.0, 0};
    for (size_t r = 0; r < rows; r++) {
        float *const row = z + r * classes;
        sum.correct += first_largest(row, classes) == (size_t)labels[r];
        sum.loss += loss_row(row, NULL, labels[r], classes);
    }
    return sum;
}

static smi_block_loss loss_targets(float *const z, const float *const *const targets,
                                   const size_t rows, const size_t classes)
{
    smi_block_loss sum = {0.0, 0};
    for (size_t r = 0; r < rows; r++) {
        float *const row = z + r * classes;
        sum.correct += first_largest(row, classes) == first_largest(targets[r], classes);
        sum.loss += loss_row(row, targets[r], -1, classes);
    }
    return sum;
}

/* weights[c][f] += Σ_r delta[r][c] · x[r][f],  bias[c] += Σ_r delta[r][c] */
static void gradient(const smi_affine *const map, const void *const *const x, const bool bytes,
                     const size_t rows, const float *const delta)
{
    for (size_t c = 0; c < map->classes; c++) {
        double bias = 0.0;
        for (size_t r = 0; r < rows; r++) {
            bias += (double)delta[r * map->classes + c];
        }
        map->bias[c] = (float)((double)map->bias[c] + bias);
        for (size_t f = 0; f < map->features; f++) {
            double sum = 0.0;
            for (size_t r = 0; r < rows; r++) {
                sum += (double)delta[r * map->classes + c] * element(x[r], f, bytes);
            }
            float *const weight = &map->weights[c * map->stride + f];
            *weight = (float)((double)*weight + sum);
        }
    }
}

static void gradient_u8(const smi_affine *const map, const void *const *const x, const size_t rows,
                        const float *const delta)
{
    gradient(map, x, true, rows, delta);
}

static void gradient_f32(const smi_affine *const map, const void *const *const x, const size_t rows,
                         const float *const delta)
{
    gradient(map, x, false, rows, delta);
}

enum { MARK_FEATURES = 16 };

static size_t mark(const void *const x, const size_t features, uint64_t *const marks)
{
    size_t marked = 0;
    for (size_t g = 0; g * MARK_FEATURES < features; g++) {
        uint64_t any = 0;
        for (size_t f = g * MARK_FEATURES; f < features && f < (g + 1) * MARK_FEATURES; f++) {
            any |= element(x, f, true) != 0.0;
        }
        marks[g / 64] = (g % 64 == 0 ? 0 : marks[g / 64]) | any << g % 64;
        marked += any;
    }
    return marked;
}

/* What is passed over is zero: the results are those without marks. */
static void marked_logits(const smi_affine *const map, const void *const *const x,
                          const uint64_t *const *const marks, const size_t rows,
                          float *const result)
{
    (void)marks;
    logits_u8(map, x, rows, result);
}

static void marked_gradient(const smi_affine *const map, const void *const *const x,
                            const uint64_t *const *const marks, const size_t rows,
                            const float *const delta)
{
    (void)marks;
    gradient_u8(map, x, rows, delta);
}

static size_t list(const void *const x, const bool bytes, const size_t features,
                   uint32_t *const columns, float *const values)
{
    size_t count = 0;
    for (size_t f = 0; f < features; f++) {
        const double value = element(x, f, bytes);
        if (value != 0.0) {
            columns[count] = (uint32_t)f;
            values[count] = (float)value;
            count++;
        }
    }
    return count;
}

static size_t list_u8(const void *const x, const size_t features, uint32_t *const columns,
                      float *const values)
{
    return list(x, true, features, columns, values);
}

static size_t list_f32(const void *const x, const size_t features, uint32_t *const columns,
                       float *const values)
{
    return list(x, false, features, columns, values);
}

static uint8_t byte_of(const smi_byte_rows *const bytes, const size_t row, const size_t feature)
{
    return feature < bytes->count ? ((const uint8_t *)bytes->x[row])[bytes->first + feature] : 0;
}

static void list_pairs(const smi_byte_rows *const bytes, smi_row_pair *const pairs,
                       uint32_t *row_numbers, float *values)
{
    for (size_t f = 0; f < bytes->count; f += 2) {
        const float odd_scale = f + 1 < bytes->count ? bytes->scales[f + 1] : 0.0F;
        smi_row_pair *const pair = &pairs[f / 2];
        *pair = (smi_row_pair){.values = values, .columns = row_numbers};
        for (size_t r = 0; r < bytes->rows; r++) {
            const uint8_t even = byte_of(bytes, r, f);
            const uint8_t odd = byte_of(bytes, r, f + 1);
            if (even != 0 || odd != 0) {
                *row_numbers++ = (uint32_t)r;
                *values++ = (float)even * bytes->scales[f];
                *values++ = (float)odd * odd_scale;
                pair->count++;
            }
        }
    }
}

/* logits[r][c] = bias[c] + Σ_i value_i · weights[column_i][c] over the entries of row r */
static void sparse_logits(const smi_affine *const map, const smi_sparse_row *const x,
                          const size_t rows, float *const result)
{
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < map->classes; c++) {
            double sum = (double)map->bias[c];
            for (size_t i = 0; i < x[r].count; i++) {
                sum += (double)x[r].values[i] *
                       (double)map->weights[x[r].columns[i] * map->stride + c];
            }
            result[r * map->classes + c] = (float)sum;
        }
    }
}

/* weights[column_i][c] += value_i · delta[r][c],  bias[c] += delta[r][c] */
static void sparse_gradient(const smi_affine *const map, const smi_sparse_row *const x,
                            const size_t rows, const float *const delta)
{
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < map->classes; c++) {
            const double factor = (double)delta[r * map->classes + c];
            for (size_t i = 0; i < x[r].count; i++) {
                float *const weight = &map->weights[x[r].columns[i] * map->stride + c];
                *weight = (float)((double)*weight + factor * (double)x[r].values[i]);
            }
            map->bias[c] = (float)((double)map->bias[c] + factor);
        }
    }
}

/* change[c] = p[c] · (u[c] − Σ p · u) */
static void curvature(float *const pairs, const size_t rows, const size_t classes)
{
    for (size_t r = 0; r < rows; r++) {
        const float *const z = pairs + 2 * r * classes;
        const float *const u = z + classes;
        float *const result = pairs + r * classes;
        const double largest = (double)z[first_largest(z, classes)];
        double sum = 0.0;
        double mean = 0.0;
        for (size_t c = 0; c < classes; c++) {
            sum += exp((double)z[c] - largest);
        }
        for (size_t c = 0; c < classes; c++) {
            mean += exp((double)z[c] - largest) / sum * (double)u[c];
        }
        for (size_t c = 0; c < classes; c++) {
            result[c] = (float)(exp((double)z[c] - largest) / sum * ((double)u[c] - mean));
        }
    }
}

/* c[i][j] = Σ_k a[i][k] · b[k][j], added to c[i][j] if so wanted */
static void product(const smi_product *const of, void *const scratch)
{
    (void)scratch;
    const smi_matrix *const a = &of->a;
    const smi_matrix *const b = &of->b;
    for (size_t i = 0; i < of->rows; i++) {
        for (size_t j = 0; j < of->columns; j++) {
            float *const c = &of->c[i * of->c_stride + j];
            double sum = of->add ? (double)*c : 0.0;
            for (size_t k = 0; k < of->depth; k++) {
                sum += (double)a->values[i * a->row_stride + k * a->column_stride] *
                       (double)b->values[k * b->row_stride + j * b->column_stride];
            }
            *c = (float)sum;
        }
    }
}

/* c[r][j] = Σ_i value_i · b[column_i][j] over the entries of row r, added to c[r][j] if so wanted
 */
static void sparse_multiply(const smi_sparse_product *const of)
{
    for (size_t r = 0; r < of->rows; r++) {
        const smi_row_pair *const a = &of->a[r / 2];
        for (size_t j = 0; j < of->columns; j++) {
            float *const c = &of->c[r * of->c_stride + j];
            double sum = of->add ? (double)*c : 0.0;
            for (size_t i = 0; i < a->count; i++) {
                sum += (double)a->values[2 * i + r % 2] *
                       (double)of->b[a->columns[i] * of->b_stride + j];
            }
            *c = (float)sum;
        }
    }
}

/* c[column_i][j] += value_i · b[r][j] over the entries of row r */
static void sparse_spread(const smi_sparse_product *const of)
{
    for (size_t r = 0; r < of->rows; r++) {
        const smi_row_pair *const a = &of->a[r / 2];
        for (size_t i = 0; i < a->count; i++) {
            for (size_t j = 0; j < of->columns; j++) {
                float *const c = &of->c[a->columns[i] * of->c_stride + j];
                *c = (float)((double)*c + (double)a->values[2 * i + r % 2] *
                                              (double)of->b[r * of->b_stride + j]);
            }
        }
    }
}

typedef struct curve {
    double value;
    double slope;
} curve;

/* z · Φ(z) and Φ(z) + z · φ(z). Beyond ±40, Φ is 0 or 1 and φ is 0: infinite z are taken from
 * there, as ∞ · 0 would be NaN. */
static curve gelu(const double z)
{
    static const double far = 40.0;
    static const double reciprocal_root_of_two_pi = 0.3989422804014327;
    const double above = z < -far ? -far : z;
    const double within = above > far ? far : above;
    const double cumulative = 0.5 * erfc(-within * sqrt(0.5));
    const double density = reciprocal_root_of_two_pi * exp(-0.5 * within * within);
    return (curve){above * cumulative, cumulative + within * density};
}

static double logistic(const double z)
{
    return 1.0 / (1.0 + exp(-z));
}

static curve curve_at(const sm_activation kind, const double z)
{
    switch (kind) {
    case SM_RELU:
        return (curve){z <= 0.0 ? 0.0 : z, z > 0.0 ? 1.0 : 0.0};
    case SM_LEAKY_RELU:
        return (curve){z <= 0.0 ? 0.01 * z : z, z > 0.0 ? 1.0 : 0.01};
    case SM_GELU:
        return gelu(z);
    case SM_TANH:
        return (curve){tanh(z), 1.0 / (cosh(z) * cosh(z))};
    case SM_SIGMOID:
        return (curve){logistic(z), logistic(z) * logistic(-z)};
    case SM_LINEAR:
        break;
    }
    return (curve){z, 1.0};
}

static void activate(const sm_activation kind, float *const z, const size_t count,
                     float *const derivative)
{
    for (size_t i = 0; i < count; i++) {
        const curve at = curve_at(kind, (double)z[i]);
        z[i] = (float)at.value;
        if (derivative != NULL) {
            derivative[i] = (float)at.slope;
        }
    }
}

static void dropout(const smi_dropout *const settings, const size_t first_row, const size_t rows,
                    const size_t units, float *const values, float *const derivatives)
{
    for (size_t r = 0; r < rows; r++) {
        for (size_t u = 0; u < units; u++) {
            const float factor = smi_dropout_factor(settings, first_row + r, u);
            values[r * units + u] *= factor;
            if (derivatives != NULL) {
                derivatives[r * units + u] *= factor;
            }
        }
    }
}

/* z[r][u] += bias[u] */
static void add_bias(const float *const bias, const size_t units, const size_t rows, float *const z,
                     const size_t stride)
{
    for (size_t r = 0; r < rows; r++) {
        for (size_t u = 0; u < units; u++) {
            z[r * stride + u] += bias[u];
        }
    }
}

/* sums[u] += Σ_r delta[r][u] */
static void column_sums(const float *const delta, const size_t rows, const size_t units,
                        float *const sums)
{
    for (size_t u = 0; u < units; u++) {
        double sum = (double)sums[u];
        for (size_t r = 0; r < rows; r++) {
            sum += (double)delta[r * units + u];
        }
        sums[u] = (float)sum;
    }
}

static void multiply(const float *const factors, const size_t count, float *const values)
{
    for (size_t i = 0; i < count; i++) {
        values[i] *= factors[i];
    }
}

static void adam(const smi_adam *const step, const size_t count, const float *const gradients,
                 float *const means, float *const squares, const float *const before,
                 float *const parameters)
{
    for (size_t i = 0; i < count; i++) {
        const float gradient = gradients[i];
        means[i] += step->mean * (gradient - means[i]);
        squares[i] += step->square * (gradient * gradient - squares[i]);
        parameters[i] = before[i] * step->kept -
                        smi_adam_scale(step, squares[i]) * step->mean_correction * means[i];
    }
}

static size_t read_numbers(const char *const *const begin, const char *const *const end,
                           const size_t count, float *const x)
{
    size_t others = 0;
    for (size_t i = 0; i < count; i++) {
        const char *at = begin[i];
        float number = 0.0F;
        const bool read = smi_take_float(&at, end[i], &number) && at == end[i];
        x[i] = read ? number + 0.0F : NAN;
        others += !read;
    }
    return others;
}

const smi_kernels smi_kernels_reference = {
    .isa = "reference",
    .logits = {[SM_U8] = logits_u8, [SM_F32] = logits_f32},
    .gradient = {[SM_U8] = gradient_u8, [SM_F32] = gradient_f32},
    .mark_features = MARK_FEATURES,
    .mark = mark,
    .marked_logits = marked_logits,
    .marked_gradient = marked_gradient,
    .list = {[SM_U8] = list_u8, [SM_F32] = list_f32},
    .sparse_logits = sparse_logits,
    .sparse_gradient = sparse_gradient,
    .curvature = curvature,
    .loss_labels = loss_labels,
    .loss_targets = loss_targets,
    .product = product,
    .list_pairs = list_pairs,
    .sparse_multiply = sparse_multiply,
    .sparse_spread = sparse_spread,
    .activate = activate,
    .dropout = dropout,
    .add_bias = add_bias,
    .column_sums = column_sums,
    .multiply = multiply,
    .adam = adam,
    .read_numbers = read_numbers,
};
