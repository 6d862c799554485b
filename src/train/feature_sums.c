#include "train/feature_sums.h"

#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "sys/large_pages.h"

enum {
    SLAB_ROWS = 16384,      /* at most: a sum in float meets no more of them */
    SLAB_FLOATS = 1 << 20,  /* of δ, likewise */
    LEAST_SUMS = 131072,    /* fewer stay in the second-level cache of every thread */
    MOST_ENTRIES = 8 << 20, /* whose lists, turned round, take 64 MiB */
    TASK_SUMS = 16384,      /* that one task finishes */
    GROUP = 64              /* features that one call of the kernel takes, while they are in the
                               first-level cache */
};

/* Multiply-adds for each sum that a slab has at least where there are several: less is not worth
 * adding it up in double for. */
static const double least_work_per_sum = 4.0;

struct smi_feature_sums {
    const smi_row_source *source;
    smi_pool *pool;
    size_t features;
    size_t classes;
    size_t slab_rows;
    size_t slabs;
    size_t *places;    /* slabs × features + 1: where each slab's and feature's list begins */
    uint32_t *columns; /* of each entry, the row within its slab */
    float *values;
    smi_affine delta; /* of a slab, as the weights of one feature a row; its bias stays 0 */
    double *bias;     /* Σ δ, so far */
    double *totals;   /* features × classes, of all slabs so far; NULL: there is one only */

    /* The slab under way. */
    size_t slab;
    const smi_feature_result *result;
};

static size_t padded_classes(const size_t classes)
{
    return smi_affine_over(SMI_BY_FEATURE, NULL, 0, classes).stride;
}

static size_t slab_rows_for(const size_t rows, const size_t classes)
{
    const size_t fit = smi_max_size(SLAB_FLOATS / padded_classes(classes), 1);
    return smi_min_size(smi_min_size(fit, SLAB_ROWS), rows);
}

bool smi_feature_sums_pay(const smi_row_source *const source, const size_t classes)
{
    const sm_dataset *const dataset = source->dataset;
    const double entries = (double)dataset->rows * source->entries_per_row;
    const double sums = (double)dataset->shape.features * (double)classes;
    if (dataset->element != SM_CSR || sums < LEAST_SUMS || entries > MOST_ENTRIES) {
        return false;
    }
    const size_t slab_rows = slab_rows_for(dataset->rows, classes);
    const double slab_work = (double)slab_rows * source->entries_per_row * (double)classes;
    return slab_rows == dataset->rows || slab_work >= least_work_per_sum * sums;
}

/* ---- lists by feature ---- */

static size_t *slab_places(const smi_feature_sums *const sums, const size_t slab)
{
    return sums->places + slab * sums->features;
}

/* places[i + 1] becomes where list i begins. */
static void place_lists(const smi_feature_sums *const sums)
{
    const sm_dataset *const dataset = sums->source->dataset;
    for (size_t r = 0; r < dataset->rows; r++) {
        const smi_sparse_row row = smi_dataset_entries(dataset, r);
        size_t *const counts = slab_places(sums, r / sums->slab_rows) + 1;
        for (size_t i = 0; i < row.count; i++) {
            counts[row.columns[i]]++;
        }
    }
    size_t next = 0;
    for (size_t i = 1; i <= sums->slabs * sums->features; i++) {
        const size_t count = sums->places[i];
        sums->places[i] = next;
        next += count;
    }
}

/* places[i + 1] becomes where list i ends, which is where the next begins. */
static void fill_lists(const smi_feature_sums *const sums)
{
    const sm_dataset *const dataset = sums->source->dataset;
    for (size_t r = 0; r < dataset->rows; r++) {
        const smi_sparse_row row = smi_dataset_entries(dataset, r);
        size_t *const ends = slab_places(sums, r / sums->slab_rows) + 1;
        for (size_t i = 0; i < row.count; i++) {
            const size_t at = ends[row.columns[i]]++;
            sums->columns[at] = (uint32_t)(r % sums->slab_rows);
            sums->values[at] = row.values[i];
        }
    }
}

/* ---- life ---- */

static size_t count_entries(const sm_dataset *const dataset)
{
    size_t entries = 0;
    for (size_t r = 0; r < dataset->rows; r++) {
        entries += smi_dataset_entries(dataset, r).count;
    }
    return entries;
}

/* False when there is not enough. */
static bool make_memory(smi_feature_sums *const sums)
{
    const size_t entries = count_entries(sums->source->dataset);
    size_t lists = 0;
    size_t floats = 0;
    if (!smi_multiply_size(sums->slabs, sums->features, &lists) ||
        !smi_affine_floats(SMI_BY_FEATURE, sums->slab_rows, sums->classes, &floats)) {
        return false;
    }
    float *const delta = smi_large_array(floats, sizeof *delta);
    if (delta == NULL) {
        return false;
    }
    sums->delta = smi_affine_over(SMI_BY_FEATURE, delta, sums->slab_rows, sums->classes);
    sums->places = smi_large_array(lists + 1, sizeof *sums->places);
    sums->columns = smi_large_array(entries, sizeof *sums->columns);
    sums->values = smi_large_array(entries, sizeof *sums->values);
    sums->bias = smi_array(sums->classes, sizeof *sums->bias);
    if (sums->slabs > 1) {
        sums->totals = smi_large_array(sums->features * sums->classes, sizeof *sums->totals);
    }
    return sums->places != NULL && sums->columns != NULL && sums->values != NULL &&
           sums->bias != NULL && (sums->totals != NULL || sums->slabs == 1);
}

sm_status smi_feature_sums_create(const smi_row_source *const source, const size_t classes,
                                  smi_pool *const pool, smi_feature_sums **const sums)
{
    smi_feature_sums *const created = smi_array(1, sizeof *created);
    if (created == NULL) {
        return smi_fail_memory("training");
    }
    const size_t rows = source->dataset->rows;
    created->source = source;
    created->pool = pool;
    created->features = source->dataset->shape.features;
    created->classes = classes;
    created->slab_rows = slab_rows_for(rows, classes);
    created->slabs = (rows + created->slab_rows - 1) / created->slab_rows;
    if (!make_memory(created)) {
        smi_feature_sums_free(created);
        return smi_fail_memory("training");
    }
    place_lists(created);
    fill_lists(created);
    *sums = created;
    return SM_OK;
}

void smi_feature_sums_free(smi_feature_sums *const sums)
{
    if (sums == NULL) {
        return;
    }
    smi_free(sums->delta.weights);
    smi_free(sums->places);
    smi_free(sums->columns);
    smi_free(sums->values);
    smi_free(sums->bias);
    smi_free(sums->totals);
    smi_free(sums);
}

size_t smi_feature_sums_slab_rows(const smi_feature_sums *const sums)
{
    return sums->slab_rows;
}

/* ---- a slab ---- */

void smi_feature_sums_keep(const smi_feature_sums *const sums, const size_t row, const size_t count,
                           const float *const delta)
{
    const smi_affine *const map = &sums->delta;
    for (size_t r = 0; r < count; r++) {
        memcpy(map->weights + (row + r) * map->stride, delta + r * sums->classes,
               sums->classes * sizeof *delta);
    }
}

static void add_to_bias(const smi_feature_sums *const sums, const size_t rows)
{
    const smi_affine *const map = &sums->delta;
    for (size_t r = 0; r < rows; r++) {
        const float *const row = map->weights + r * map->stride;
        for (size_t c = 0; c < sums->classes; c++) {
            sums->bias[c] += (double)row[c];
        }
    }
}

/* From a feature's sums over the only slab, in their place in the gradient, to what is wanted
 * there. */
static void finish_floats(const smi_feature_sums *const sums, const size_t feature)
{
    const smi_feature_result *const result = sums->result;
    const float shift = smi_shift_of(result->scaling, feature);
    const float scale = (float)((double)smi_scale_of(result->scaling, feature) * result->factor);
    const float l2 = (float)result->l2;
    const float *const weights = result->weights + feature * sums->classes;
    float *const to = result->gradient + feature * sums->classes;
    for (size_t c = 0; shift != 0.0F && c < sums->classes; c++) {
        to[c] -= shift * (float)sums->bias[c];
    }
    for (size_t c = 0; c < sums->classes; c++) {
        to[c] = to[c] * scale + l2 * weights[c];
    }
}

/* The same from its totals over all slabs. */
static void finish_totals(const smi_feature_sums *const sums, const size_t feature)
{
    const smi_feature_result *const result = sums->result;
    const double shift = (double)smi_shift_of(result->scaling, feature);
    const double scale = (double)smi_scale_of(result->scaling, feature) * result->factor;
    const double *const totals = sums->totals + feature * sums->classes;
    const float *const weights = result->weights + feature * sums->classes;
    float *const to = result->gradient + feature * sums->classes;
    for (size_t c = 0; c < sums->classes; c++) {
        to[c] =
            (float)((totals[c] - shift * sums->bias[c]) * scale + result->l2 * (double)weights[c]);
    }
}

/* Adds the slab's sums of some features, which are in their place in the gradient, to the totals.
 */
static void add_to_totals(const smi_feature_sums *const sums, const size_t first,
                          const size_t count)
{
    const float *const from = sums->result->gradient + first * sums->classes;
    double *const to = sums->totals + first * sums->classes;
    for (size_t i = 0; i < count * sums->classes; i++) {
        to[i] = (sums->slab == 0 ? 0.0 : to[i]) + (double)from[i];
    }
}

static void add_group(const smi_feature_sums *const sums, const size_t first, const size_t count)
{
    const size_t *const places = slab_places(sums, sums->slab) + first;
    smi_sparse_row lists[GROUP];
    for (size_t f = 0; f < count; f++) {
        lists[f] = (smi_sparse_row){.values = sums->values + places[f],
                                    .columns = sums->columns + places[f],
                                    .count = places[f + 1] - places[f]};
    }
    sums->source->kernels->sparse_logits(&sums->delta, lists, count,
                                         sums->result->gradient + first * sums->classes);
    if (sums->totals != NULL) {
        add_to_totals(sums, first, count);
    }
    for (size_t f = first; sums->slab + 1 == sums->slabs && f < first + count; f++) {
        if (sums->totals != NULL) {
            finish_totals(sums, f);
        } else {
            finish_floats(sums, f);
        }
    }
}

static size_t task_features(const smi_feature_sums *const sums)
{
    return smi_max_size(TASK_SUMS / sums->classes, 1);
}

static void add_features(void *const context, const size_t task, const size_t thread)
{
    (void)thread;
    const smi_feature_sums *const sums = context;
    const size_t share = task_features(sums);
    const size_t end = smi_min_size((task + 1) * share, sums->features);
    for (size_t f = task * share; f < end; f += GROUP) {
        add_group(sums, f, smi_min_size(GROUP, end - f));
    }
}

void smi_feature_sums_add(smi_feature_sums *const sums, const size_t slab,
                          const smi_feature_result *const result)
{
    const size_t share = task_features(sums);
    const size_t first_row = slab * sums->slab_rows;
    if (slab == 0) {
        memset(sums->bias, 0, sums->classes * sizeof *sums->bias);
    }
    add_to_bias(sums, smi_min_size(sums->slab_rows, sums->source->dataset->rows - first_row));
    sums->slab = slab;
    sums->result = result;
    smi_pool_run(sums->pool, (sums->features + share - 1) / share, add_features, sums);
    for (size_t c = 0; c < sums->classes; c++) {
        result->gradient[sums->features * sums->classes + c] =
            (float)(sums->bias[c] * result->factor);
    }
}
