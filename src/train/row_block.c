#include "train/row_block.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "kernel/product.h"

enum {
    SAMPLE_ROWS = 256,      /* looked at to estimate the density */
    BLOCK_LOGITS = 65536,   /* logits of a block, in floats: they stay in the second-level cache */
    BLOCK_ENTRIES = 65536,  /* entries of a block's lists, likewise */
    DENSE_LOGITS = 131072,  /* of a block that is laid out as a matrix, */
    DENSE_ENTRIES = 131072, /* and its entries */
    DENSE_CLASSES = 16,     /* from which products win where features are few, */
    DENSE_FEATURES = 128,   /* at most so many, */
    DENSE_WEIGHTS = 200000  /* or weights are many; see docs/kernels.md */
};

/* ---- how to multiply ---- */

static bool is_zero(const sm_dataset *const dataset, const void *const x, const size_t feature)
{
    return dataset->element == SM_U8 ? ((const uint8_t *)x)[feature] == 0
                                     : ((const float *)x)[feature] == 0.0F;
}

/* Entries of a full row that are not zero: the mean over rows spread evenly. */
static double mean_entries(const sm_dataset *const dataset)
{
    const size_t sample = smi_min_size(dataset->rows, SAMPLE_ROWS);
    size_t entries = 0;
    for (size_t i = 0; i < sample; i++) {
        const void *const x = smi_dataset_x(dataset, i * dataset->rows / sample);
        for (size_t f = 0; f < dataset->shape.features; f++) {
            entries += !is_zero(dataset, x, f);
        }
    }
    return (double)entries / (double)sample;
}

static double mean_csr_entries(const sm_dataset *const dataset)
{
    size_t entries = 0;
    for (size_t r = 0; r < dataset->rows; r++) {
        entries += smi_dataset_entries(dataset, r).count;
    }
    return (double)entries / (double)dataset->rows;
}

static sm_status mark_all(smi_row_source *const source)
{
    const sm_dataset *const dataset = source->dataset;
    source->marks = smi_array(dataset->rows, source->mark_words * sizeof *source->marks);
    if (source->marks == NULL) {
        return smi_fail_memory("training");
    }
    for (size_t r = 0; r < dataset->rows; r++) {
        (void)source->kernels->mark(smi_dataset_x(dataset, r), dataset->shape.features,
                                    source->marks + r * source->mark_words);
    }
    return SM_OK;
}

/* Marks of every row, if marks are worth it; `form` says whether they are. */
static sm_status make_marks(smi_row_source *const source)
{
    const smi_kernels *const kernels = source->kernels;
    const sm_dataset *const dataset = source->dataset;
    const size_t features = dataset->shape.features;
    const size_t groups = (features + kernels->mark_features - 1) / kernels->mark_features;
    const size_t sample = smi_min_size(dataset->rows, SAMPLE_ROWS);
    size_t marked = 0;
    source->mark_words = (groups + 63) / 64;
    uint64_t *const marks = smi_array(source->mark_words, sizeof *marks);
    if (marks == NULL) {
        return smi_fail_memory("training");
    }
    for (size_t i = 0; i < sample; i++) {
        const void *const x = smi_dataset_x(dataset, i * dataset->rows / sample);
        marked += kernels->mark(x, features, marks);
    }
    smi_free(marks);
    if ((double)marked > kernels->mark_density * (double)(groups * sample)) {
        return SM_OK;
    }
    source->form = SMI_MARKED;
    source->entries_per_row = (double)features * (double)marked / (double)(groups * sample);
    return dataset->streamed ? SM_OK : mark_all(source);
}

static void use_lists(smi_row_source *const source, const double entries)
{
    source->form = SMI_LISTED;
    source->layout = SMI_BY_FEATURE;
    source->entries_per_row = entries;
}

/* Products leave lanes empty in the last vector of classes; full rows spend their time on adding up
 * lanes where features are few, and on fetching weights where these are many. */
static bool pays_as_products(const size_t features, const size_t classes)
{
    return classes >= DENSE_CLASSES && features <= BLOCK_ENTRIES &&
           (features <= DENSE_FEATURES ||
            (double)features * (double)classes >= (double)DENSE_WEIGHTS);
}

static void use_products(smi_row_source *const source, const size_t classes)
{
    const size_t features = source->dataset->shape.features;
    const size_t fit = smi_min_size(DENSE_LOGITS / classes, DENSE_ENTRIES / features);
    source->form = SMI_DENSE;
    source->layout = SMI_BY_FEATURE;
    source->block_rows = smi_max_size(smi_min_size(fit, SMI_GATHERED_ROWS), 1);
}

sm_status smi_row_source_create(const smi_kernels *const kernels, const sm_dataset *const dataset,
                                const size_t classes, smi_row_source *const source)
{
    const size_t features = dataset->shape.features;
    *source = (smi_row_source){
        .kernels = kernels,
        .dataset = dataset,
        .weight_scale = 1.0,
        .form = SMI_FULL,
        .layout = SMI_BY_CLASS,
        .entries_per_row = (double)features,
        .block_rows = smi_max_size(smi_min_size(BLOCK_LOGITS / classes, SMI_BLOCK_ROWS), 1)};
    if (dataset->element == SM_CSR) {
        use_lists(source, mean_csr_entries(dataset));
        return SM_OK;
    }
    const double entries = mean_entries(dataset);
    if (features <= BLOCK_ENTRIES && entries <= kernels->list_density * (double)features) {
        use_lists(source, entries);
        source->block_rows =
            smi_max_size(smi_min_size(source->block_rows, BLOCK_ENTRIES / features), 1);
        return SM_OK;
    }
    if (dataset->element == SM_U8) {
        const sm_status status = make_marks(source);
        if (status != SM_OK) {
            return status;
        }
    }
    if (source->form == SMI_FULL && pays_as_products(features, classes)) {
        use_products(source, classes);
    }
    return SM_OK;
}

/* So many entries at most, as a share of the features, for lists to be quicker than the product of
 * a hidden layer. */
static const double network_list_density = 0.35;

sm_status smi_row_source_create_for_network(const smi_kernels *const kernels,
                                            const sm_dataset *const dataset,
                                            smi_row_source *const source)
{
    enum { MOST_LISTED = 16384 }; /* features: lists have room for all of them */
    const size_t features = dataset->shape.features;
    *source = (smi_row_source){.kernels = kernels,
                               .dataset = dataset,
                               .weight_scale = 1.0,
                               .form = SMI_FULL,
                               .layout = SMI_BY_CLASS,
                               .entries_per_row = (double)features,
                               .block_rows = SMI_BLOCK_ROWS};
    if (dataset->element == SM_CSR) {
        use_lists(source, mean_csr_entries(dataset));
    } else if (features <= MOST_LISTED) {
        const double entries = mean_entries(dataset);
        if (entries <= network_list_density * (double)features) {
            use_lists(source, entries);
            source->form = dataset->element == SM_U8 ? SMI_TURNED : SMI_LISTED;
        }
    }
    return SM_OK;
}

void smi_row_source_free(smi_row_source *const source)
{
    smi_free(source->marks);
    smi_free(source->classes);
    smi_free(source->class_weights);
}

/* ---- a block ---- */

static bool makes_lists(const smi_row_source *const source)
{
    return source->form == SMI_LISTED && source->dataset->element != SM_CSR;
}

sm_status smi_row_block_create(const smi_row_source *const source, smi_row_block *const block)
{
    *block = (smi_row_block){0};
    if (makes_lists(source)) {
        const size_t entries = source->block_rows * source->dataset->shape.features;
        block->columns = smi_array(entries, sizeof *block->columns);
        block->values = smi_array(entries, sizeof *block->values);
        if (block->columns == NULL || block->values == NULL) {
            return smi_fail_memory("training");
        }
    }
    if (source->form == SMI_MARKED && source->marks == NULL) {
        block->own_marks =
            smi_array(source->block_rows, source->mark_words * sizeof *block->own_marks);
        if (block->own_marks == NULL) {
            return smi_fail_memory("training");
        }
    }
    if (source->form == SMI_DENSE) {
        block->values =
            smi_array(source->block_rows * source->dataset->shape.features, sizeof(float));
        block->scratch = smi_bytes(sizeof(float) * SMI_PRODUCT_DEPTH * SMI_PRODUCT_COLUMNS);
        if (block->values == NULL || block->scratch == NULL) {
            return smi_fail_memory("training");
        }
    }
    return SM_OK;
}

void smi_row_block_free(smi_row_block *const block)
{
    smi_free(block->own_marks);
    smi_free(block->columns);
    smi_free(block->values);
    smi_free(block->scratch);
}

/* Lists the rows behind one another. */
static void list_rows(const smi_row_source *const source, smi_row_block *const block)
{
    const sm_dataset *const dataset = source->dataset;
    const size_t features = dataset->shape.features;
    size_t used = 0;
    for (size_t i = 0; i < block->count; i++) {
        uint32_t *const columns = block->columns + used;
        float *const values = block->values + used;
        const size_t count =
            source->kernels->list[dataset->element](block->x[i], features, columns, values);
        block->sparse[i] = (smi_sparse_row){.values = values, .columns = columns, .count = count};
        used += count;
    }
}

static void mark_rows(const smi_row_source *const source, smi_row_block *const block)
{
    for (size_t i = 0; i < block->count; i++) {
        uint64_t *const marks = block->own_marks + i * source->mark_words;
        (void)source->kernels->mark(block->x[i], source->dataset->shape.features, marks);
        block->marks[i] = marks;
    }
}

/* Lays the rows behind one another, as floats. */
static void lay_rows(const smi_row_source *const source, smi_row_block *const block)
{
    const size_t features = source->dataset->shape.features;
    for (size_t i = 0; i < block->count; i++) {
        float *const row = block->values + i * features;
        if (source->dataset->element == SM_F32) {
            memcpy(row, block->x[i], features * sizeof *row);
            continue;
        }
        const uint8_t *const bytes = block->x[i];
        for (size_t f = 0; f < features; f++) {
            row[f] = (float)bytes[f];
        }
    }
}

/* Of soft targets, the first largest. */
static size_t class_of(const smi_row_source *const source, const size_t row)
{
    return (size_t)source->classes[sm_dataset_label(source->dataset, row)];
}

/* The row's own weight times that of its class. */
static double weight_of(const smi_row_source *const source, const size_t stored, const size_t class)
{
    double weight = source->weight_scale;
    if (source->dataset->weights != NULL) {
        weight *= (double)source->dataset->weights[stored];
    }
    if (source->class_weights != NULL) {
        weight *= (double)source->class_weights[class];
    }
    return weight;
}

/* Asks for a row that will be needed soon: rows in random order are in no cache. */
static void prefetch_row(const sm_dataset *const dataset, const size_t row)
{
    enum { LINE = 64 };
    const char *const x = smi_dataset_x(dataset, row);
    for (size_t byte = 0; byte < dataset->row_bytes; byte += LINE) {
        __builtin_prefetch(x + byte);
    }
}

void smi_row_block_prefetch(const smi_row_source *const source, const size_t *const rows,
                            const size_t first_row, const size_t count)
{
    for (size_t i = 0; i < count; i++) {
        prefetch_row(source->dataset, rows == NULL ? first_row + i : rows[i]);
    }
}

void smi_row_block_gather(const smi_row_source *const source, const size_t *const rows,
                          const size_t first_row, const size_t count, smi_row_block *const block)
{
    const sm_dataset *const dataset = source->dataset;
    const bool weighted = smi_row_source_is_weighted(source);
    block->count = count;
    for (size_t i = 0; i < count; i++) {
        const size_t row = rows == NULL ? first_row + i : rows[i];
        const size_t stored = smi_dataset_stored_row(dataset, row);
        if (dataset->element == SM_CSR) {
            block->sparse[i] = smi_dataset_entries(dataset, row);
        } else {
            block->x[i] = (const char *)dataset->x + stored * dataset->row_bytes;
        }
        if (source->form == SMI_MARKED && source->marks != NULL) {
            block->marks[i] = source->marks + row * source->mark_words;
        }
        if (dataset->targets != NULL) {
            block->targets[i] = dataset->targets + stored * dataset->shape.classes;
        } else {
            block->labels[i] = source->classes[dataset->labels[stored]];
        }
        if (weighted) {
            block->weights[i] = (float)weight_of(source, stored, class_of(source, row));
        }
    }
    if (block->own_marks != NULL) {
        mark_rows(source, block);
    }
    if (makes_lists(source)) {
        list_rows(source, block);
    } else if (source->form == SMI_DENSE) {
        lay_rows(source, block);
    }
}

/* ---- products ---- */

void smi_row_block_dense_logits(const smi_row_source *const source,
                                const smi_row_block *const block, const smi_affine *const map,
                                float *const logits)
{
    const size_t classes = map->classes;
    for (size_t r = 0; r < block->count; r++) {
        memcpy(logits + r * classes, map->bias, classes * sizeof *logits);
    }
    const smi_product product = {.rows = block->count,
                                 .columns = classes,
                                 .depth = map->features,
                                 .a = {block->values, map->features, 1},
                                 .b = {map->weights, map->stride, 1},
                                 .c = logits,
                                 .c_stride = classes,
                                 .add = true};
    smi_product_serial(source->kernels, &product, block->scratch);
}

void smi_row_block_dense_gradient(const smi_row_source *const source,
                                  const smi_row_block *const block,
                                  const smi_affine *const gradient, const float *const delta)
{
    static const float one = 1.0F;
    const size_t classes = gradient->classes;
    const smi_product weights = {.rows = gradient->features,
                                 .columns = classes,
                                 .depth = block->count,
                                 .a = {block->values, 1, gradient->features},
                                 .b = {delta, classes, 1},
                                 .c = gradient->weights,
                                 .c_stride = gradient->stride,
                                 .add = true};
    const smi_product bias = {.rows = 1,
                              .columns = classes,
                              .depth = block->count,
                              .a = {&one, 0, 0},
                              .b = {delta, classes, 1},
                              .c = gradient->bias,
                              .c_stride = classes,
                              .add = true};
    smi_product_serial(source->kernels, &weights, block->scratch);
    smi_product_serial(source->kernels, &bias, block->scratch);
}

/* Row weights, those of the rows and those of their classes, are 1 on average. */
static void scale_weights(smi_row_source *const source)
{
    const sm_dataset *const dataset = source->dataset;
    source->weight_scale = 1.0;
    if (!smi_row_source_is_weighted(source)) {
        return;
    }
    double sum = 0.0;
    for (size_t r = 0; r < dataset->rows; r++) {
        sum += weight_of(source, smi_dataset_stored_row(dataset, r), class_of(source, r));
    }
    source->weight_scale = (double)dataset->rows / sum;
}

sm_status smi_row_source_match_classes(smi_row_source *const source, const sm_shape *const model)
{
    const sm_dataset *const dataset = source->dataset;
    source->classes = smi_array(dataset->shape.classes, sizeof *source->classes);
    if (source->classes == NULL) {
        return smi_fail_memory("the classes");
    }
    const sm_status status =
        smi_dataset_match_classes(dataset, model->class_names, model->classes, source->classes);
    if (status == SM_OK) {
        scale_weights(source);
    }
    return status;
}

sm_status smi_row_source_weigh_classes(smi_row_source *const source, const double *const weights,
                                       const size_t classes)
{
    smi_free(source->class_weights);
    source->class_weights = NULL;
    if (weights != NULL) {
        source->class_weights = smi_array(classes, sizeof *source->class_weights);
        if (source->class_weights == NULL) {
            return smi_fail_memory("the class weights");
        }
        double largest = 0.0;
        for (size_t c = 0; c < classes; c++) {
            largest = fmax(largest, weights[c]);
        }
        /* Only ratios count, so that none need be infinite or 0 as a float. */
        for (size_t c = 0; c < classes; c++) {
            source->class_weights[c] = fmaxf((float)(weights[c] / largest), FLT_MIN);
        }
    }
    scale_weights(source);
    return SM_OK;
}

smi_block_loss smi_row_block_loss(const smi_row_source *const source,
                                  const smi_row_block *const block, const size_t classes,
                                  float *const logits)
{
    const bool weighted = smi_row_source_is_weighted(source);
    smi_block_loss sum = {0.0, 0};
    for (size_t r = 0; r < block->count; r += SMI_BLOCK_ROWS) {
        const smi_block_answers answers = {
            .rows = smi_min_size(SMI_BLOCK_ROWS, block->count - r),
            .labels = block->labels + r,
            .targets = source->dataset->targets != NULL ? block->targets + r : NULL,
            .weights = weighted ? block->weights + r : NULL};
        const smi_block_loss some =
            smi_take_loss(source->kernels, &source->loss, &answers, classes, logits + r * classes);
        sum.loss += some.loss;
        sum.correct += some.correct;
    }
    return sum;
}

void smi_row_block_curvature(const smi_row_source *const source, const smi_row_block *const block,
                             const size_t classes, float *const pairs)
{
    source->kernels->curvature(pairs, block->count, classes);
    for (size_t r = 0; smi_row_source_is_weighted(source) && r < block->count; r++) {
        smi_weigh_row(block->weights[r], classes, pairs + r * classes);
    }
}
