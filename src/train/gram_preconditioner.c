#include "train/gram_preconditioner.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/dataset.h"
#include "train/cholesky.h"

enum {
    MOST_FEATURES = 2048,
    LEAST_SAMPLE = 8192,     /* rows, or, */
    SAMPLE_PER_FEATURE = 16, /* where that is more, so many for each feature */
    TILE = 64                /* columns of the matrix that are summed together */
};

/* How much longer a multiply-add takes in lists of entries (docs/kernels.md). */
static const double list_cost = 6.0;

/* So many evaluations are little beside what the matrix saves. */
static const double cheap = 4.0;

/* Without a penalty, P may be singular; this share of its mean diagonal is added. */
static const double least_ridge = 1e-5;

/* Columns that depend on others leave pivots of rounding errors alone, about this share of their
 * diagonals; smaller ones would blow the errors up. */
static const float least_pivot = 1e-5F;

struct smi_gram_preconditioner {
    const smi_row_source *source;
    size_t features;
    size_t classes;
    smi_scaling scaling;
    double l2;
    smi_pool *pool;
    size_t sample;     /* rows it is taken over */
    size_t *rows;      /* which */
    float *weights;    /* sample */
    double weight_sum; /* Σ row weight */
    size_t stride;     /* of the matrix */
    float *matrix;     /* (features + 1) × stride; its factor, once it is built */
    float *sums;       /* features: Σ w · (x − shift) */
    smi_affine vector; /* what P⁻¹ is applied to, with lanes along classes */
    float *scratch;    /* classes */
    float *full;       /* of sparse rows: for each thread, block × features; NULL: not needed */
    uint32_t *places;  /* 0 … features */
};

/* Multiply-adds that the matrix takes over so many rows. */
static double work_over(const size_t rows, const size_t features)
{
    return 0.5 * (double)rows * (double)features * (double)features;
}

/* Those of an evaluation of loss and gradient, or what takes as long. */
static double evaluation_work(const smi_row_source *const source, const size_t classes)
{
    const double slower = source->usually_listed ? list_cost : 1.0;
    return slower * 2.0 * (double)source->dataset->rows * source->usual_entries * (double)classes;
}

/* All rows where that is cheap: of a feature that is rare a part may have no row. */
static size_t sample_of(const smi_row_source *const source, const size_t classes)
{
    const size_t rows = source->dataset->rows;
    const size_t features = source->dataset->shape.features;
    if (work_over(rows, features) <= cheap * evaluation_work(source, classes)) {
        return rows;
    }
    return smi_min_size(rows, smi_max_size(LEAST_SAMPLE, SAMPLE_PER_FEATURE * features));
}

bool smi_gram_preconditioner_pays(const smi_row_source *const source, const size_t classes,
                                  const double evaluations)
{
    const sm_dataset *const dataset = source->dataset;
    const size_t features = dataset->shape.features;
    /* Fewer rows say nothing of most directions, and P⁻¹ would go far along those. */
    if (features > MOST_FEATURES || dataset->rows < 2 * features) {
        return false;
    }
    return work_over(sample_of(source, classes), features) <=
           evaluations * evaluation_work(source, classes);
}

/* False when there is not enough memory. */
static bool make_vector(smi_gram_preconditioner *const preconditioner)
{
    const size_t size = preconditioner->features + 1;
    size_t floats = 0;
    float *memory = NULL;
    if (smi_affine_floats(SMI_BY_FEATURE, size, preconditioner->classes, &floats)) {
        memory = smi_array(floats, sizeof *memory);
    }
    preconditioner->scratch = smi_array(preconditioner->classes, sizeof *preconditioner->scratch);
    preconditioner->places = smi_array(size, sizeof *preconditioner->places);
    if (memory == NULL || preconditioner->scratch == NULL || preconditioner->places == NULL) {
        smi_free(memory);
        return false;
    }
    preconditioner->vector = smi_affine_over(SMI_BY_FEATURE, memory, size, preconditioner->classes);
    return true;
}

sm_status smi_gram_preconditioner_create(const smi_row_source *const source, const size_t classes,
                                         const smi_scaling scaling, const double l2,
                                         smi_pool *const pool,
                                         smi_gram_preconditioner **const preconditioner)
{
    smi_gram_preconditioner *const created = smi_array(1, sizeof *created);
    if (created == NULL) {
        return smi_fail_memory("a preconditioner");
    }
    const size_t features = source->dataset->shape.features;
    const size_t rows = source->dataset->rows;
    created->source = source;
    created->features = features;
    created->classes = classes;
    created->scaling = scaling;
    created->l2 = l2;
    created->pool = pool;
    created->sample = sample_of(source, classes);
    created->stride = smi_round_up(features + 1, SMI_STRIDE_STEP);
    created->rows = smi_array(created->sample, sizeof *created->rows);
    created->weights = smi_array(created->sample, sizeof *created->weights);
    created->matrix = smi_array((features + 1) * created->stride, sizeof *created->matrix);
    created->sums = smi_array(features, sizeof *created->sums);
    if (source->dataset->element == SM_CSR) {
        created->full =
            smi_array(smi_pool_threads(pool) * SMI_BLOCK_ROWS * features, sizeof *created->full);
    }
    if ((source->dataset->element == SM_CSR && created->full == NULL) || created->rows == NULL ||
        created->weights == NULL || created->matrix == NULL || created->sums == NULL ||
        !make_vector(created)) {
        smi_gram_preconditioner_free(created);
        return smi_fail_memory("a preconditioner");
    }
    for (size_t i = 0; i < created->sample; i++) {
        created->rows[i] = i * rows / created->sample;
    }
    for (size_t i = 0; i <= features; i++) {
        created->places[i] = (uint32_t)i;
    }
    *preconditioner = created;
    return SM_OK;
}

void smi_gram_preconditioner_free(smi_gram_preconditioner *const preconditioner)
{
    if (preconditioner == NULL) {
        return;
    }
    smi_free(preconditioner->rows);
    smi_free(preconditioner->weights);
    smi_free(preconditioner->matrix);
    smi_free(preconditioner->sums);
    smi_free(preconditioner->vector.weights);
    smi_free(preconditioner->scratch);
    smi_free(preconditioner->full);
    smi_free(preconditioner->places);
    smi_free(preconditioner);
}

/* ---- building ---- */

/* Σ p · (1 − p) over the classes, from p − one-hot(class 0). Of probabilities that are all 0 or 1,
 * rounding leaves a little above or below 0; there it is taken for what rounding can tell from 0,
 * so that the matrix stays positive definite. */
static double spread(const float *const delta, const size_t classes)
{
    double squares = 0.0;
    for (size_t c = 0; c < classes; c++) {
        const double p = (double)delta[c] + (c == 0 ? 1.0 : 0.0);
        squares += p * p;
    }
    return fmax(1.0 - squares, (double)FLT_EPSILON);
}

/* What each row of the sample counts for, at the parameters in the map. */
static sm_status weigh(smi_gram_preconditioner *const preconditioner, const smi_affine *const map)
{
    const smi_row_source *const source = preconditioner->source;
    const size_t classes = preconditioner->classes;
    static const int32_t labels[SMI_BLOCK_ROWS] = {0};
    smi_row_block block;
    sm_status status = smi_row_block_create(source, &block);
    const size_t most = smi_min_size(source->block_rows, SMI_BLOCK_ROWS);
    float *const logits = smi_array(most * classes, sizeof *logits);
    if (status == SM_OK && logits == NULL) {
        status = smi_fail_memory("a preconditioner");
    }
    preconditioner->weight_sum = 0.0;
    for (size_t r = 0; status == SM_OK && r < preconditioner->sample; r += most) {
        const size_t count = smi_min_size(most, preconditioner->sample - r);
        smi_row_block_gather(source, preconditioner->rows + r, 0, count, &block);
        smi_row_block_logits(source, &block, map, logits);
        (void)source->kernels->loss_labels(logits, labels, count, classes);
        for (size_t i = 0; i < count; i++) {
            const double own = smi_row_source_is_weighted(source) ? (double)block.weights[i] : 1.0;
            const double mean = spread(logits + i * classes, classes) / (double)classes;
            preconditioner->weights[r + i] = (float)(own * mean);
            preconditioner->weight_sum += own;
        }
    }
    smi_row_block_free(&block);
    smi_free(logits);
    return status;
}

/* Rows first … first + count − 1 of the sample, full ones; sparse rows are spread out in the
 * thread's memory. */
static void gather_full(const smi_gram_preconditioner *const preconditioner, const size_t first,
                        const size_t count, const size_t thread, const void **const x)
{
    const sm_dataset *const dataset = preconditioner->source->dataset;
    if (preconditioner->full == NULL) {
        for (size_t i = 0; i < count; i++) {
            x[i] = smi_dataset_x(dataset, preconditioner->rows[first + i]);
        }
        return;
    }
    float *const full = preconditioner->full + thread * SMI_BLOCK_ROWS * preconditioner->features;
    memset(full, 0, count * preconditioner->features * sizeof *full);
    for (size_t i = 0; i < count; i++) {
        const smi_sparse_row entries =
            smi_dataset_entries(dataset, preconditioner->rows[first + i]);
        float *const row = full + i * preconditioner->features;
        for (size_t e = 0; e < entries.count; e++) {
            row[entries.columns[e]] = entries.values[e];
        }
        x[i] = row;
    }
}

/* delta[r][c] = weight · (x[first + c] − shift), before anything is summed: sums of what is far
 * from 0 would round away how it spreads. */
static void weigh_columns(const smi_gram_preconditioner *const preconditioner,
                          const void *const *const x, const float *const weights, const size_t rows,
                          const size_t first, const size_t count, float *const delta)
{
    const bool bytes = preconditioner->source->dataset->element == SM_U8;
    float shifts[TILE];
    for (size_t c = 0; c < count; c++) {
        shifts[c] = smi_shift_of(&preconditioner->scaling, first + c);
    }
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < count; c++) {
            const float value = bytes ? (float)((const uint8_t *)x[r])[first + c]
                                      : ((const float *)x[r])[first + c];
            delta[r * count + c] = weights[r] * (value - shifts[c]);
        }
    }
}

/* One tile of columns: their products with all columns up to themselves, which the kernel for
 * gradients computes when weighted columns stand in the place of classes. The last come first, as
 * they take longest. */
static void sum_tile(void *const context, const size_t task, const size_t thread)
{
    smi_gram_preconditioner *const preconditioner = context;
    const sm_element element =
        preconditioner->full == NULL ? preconditioner->source->dataset->element : SM_F32;
    const size_t tiles = (preconditioner->features + TILE - 1) / TILE;
    const size_t first = (tiles - 1 - task) * TILE;
    const size_t count = smi_min_size(TILE, preconditioner->features - first);
    const smi_affine sums = {.layout = SMI_BY_CLASS,
                             .features = first + count,
                             .classes = count,
                             .stride = preconditioner->stride,
                             .weights = preconditioner->matrix + first * preconditioner->stride,
                             .bias = preconditioner->sums + first};
    float delta[SMI_BLOCK_ROWS * TILE];
    const void *x[SMI_BLOCK_ROWS];
    memset(sums.weights, 0, count * preconditioner->stride * sizeof *sums.weights);
    memset(sums.bias, 0, count * sizeof *sums.bias);
    for (size_t r = 0; r < preconditioner->sample; r += SMI_BLOCK_ROWS) {
        const size_t rows = smi_min_size(SMI_BLOCK_ROWS, preconditioner->sample - r);
        gather_full(preconditioner, r, rows, thread, x);
        weigh_columns(preconditioner, x, preconditioner->weights + r, rows, first, count, delta);
        preconditioner->source->kernels->gradient[element](&sums, x, rows, delta);
    }
}

/* From sums over features of which one is centred to those over scaled ones, with the bias as the
 * last row. */
static void scale_matrix(const smi_gram_preconditioner *const preconditioner)
{
    const size_t features = preconditioner->features;
    float *const last = preconditioner->matrix + features * preconditioner->stride;
    const double factor = 1.0 / preconditioner->weight_sum;
    double total = 0.0;
    for (size_t i = 0; i < preconditioner->sample; i++) {
        total += (double)preconditioner->weights[i];
    }
    for (size_t f = 0; f < features; f++) {
        float *const row = preconditioner->matrix + f * preconditioner->stride;
        const double scale = (double)smi_scale_of(&preconditioner->scaling, f);
        const double sum = (double)preconditioner->sums[f];
        for (size_t g = 0; g <= f; g++) {
            const double shift = (double)smi_shift_of(&preconditioner->scaling, g);
            row[g] = (float)(((double)row[g] - shift * sum) * scale *
                             (double)smi_scale_of(&preconditioner->scaling, g) * factor);
        }
        last[f] = (float)(sum * scale * factor);
    }
    last[features] = (float)(total * factor);
}

static void add_ridge(const smi_gram_preconditioner *const preconditioner)
{
    double trace = 0.0;
    for (size_t f = 0; f <= preconditioner->features; f++) {
        trace += (double)preconditioner->matrix[f * preconditioner->stride + f];
    }
    const double least = least_ridge * trace / (double)(preconditioner->features + 1);
    for (size_t f = 0; f <= preconditioner->features; f++) {
        const double ridge = f < preconditioner->features ? preconditioner->l2 + least : least;
        preconditioner->matrix[f * preconditioner->stride + f] += (float)ridge;
    }
}

/* P below and on its diagonal. */
static sm_status build_lower(smi_gram_preconditioner *const preconditioner,
                             const smi_affine *const map)
{
    const sm_status status = weigh(preconditioner, map);
    if (status != SM_OK) {
        return status;
    }
    smi_pool_run(preconditioner->pool, (preconditioner->features + TILE - 1) / TILE, sum_tile,
                 preconditioner);
    scale_matrix(preconditioner);
    add_ridge(preconditioner);
    return SM_OK;
}

sm_status smi_gram_preconditioner_build(smi_gram_preconditioner *const preconditioner,
                                        const smi_affine *const map)
{
    const sm_status status = build_lower(preconditioner, map);
    if (status != SM_OK) {
        return status;
    }
    smi_cholesky(preconditioner->source->kernels, preconditioner->matrix,
                 preconditioner->features + 1, preconditioner->stride, least_pivot);
    return SM_OK;
}

sm_status smi_gram_preconditioner_measure(smi_gram_preconditioner *const preconditioner,
                                          const smi_affine *const map, smi_metric *const metric)
{
    const sm_status status = build_lower(preconditioner, map);
    if (status != SM_OK) {
        return status;
    }
    for (size_t f = 0; f <= preconditioner->features; f++) {
        for (size_t g = 0; g < f; g++) {
            preconditioner->matrix[g * preconditioner->stride + f] =
                preconditioner->matrix[f * preconditioner->stride + g];
        }
    }
    *metric = (smi_metric){.matrix = preconditioner->matrix,
                           .size = preconditioner->features + 1,
                           .stride = preconditioner->stride};
    return SM_OK;
}

void smi_gram_preconditioner_apply(const smi_gram_preconditioner *const preconditioner,
                                   const float *const vector, float *const result)
{
    const smi_affine *const x = &preconditioner->vector;
    const size_t size = preconditioner->features + 1;
    const size_t bytes = preconditioner->classes * sizeof *result;
    for (size_t f = 0; f < size; f++) {
        memcpy(x->weights + f * x->stride, vector + f * preconditioner->classes, bytes);
    }
    smi_cholesky_solve(preconditioner->source->kernels, preconditioner->matrix, size,
                       preconditioner->stride, preconditioner->places, x, preconditioner->scratch);
    for (size_t f = 0; f < size; f++) {
        memcpy(result + f * preconditioner->classes, x->weights + f * x->stride, bytes);
    }
}
