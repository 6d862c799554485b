#include "train/network_entry.h"

#include <string.h>

#include "base/memory.h"
#include "base/status.h"

smi_network_entry smi_network_entry_of(const sm_model *const model,
                                       const smi_row_source *const source)
{
    return (smi_network_entry){.source = source,
                               .scaling = smi_model_scaling(model),
                               .layer = &model->layers[0],
                               .lists = source->form == SMI_LISTED};
}

/* ---- dense rows ---- */

static void scale_row(const smi_scaling *const scaling, const size_t features, float *const x)
{
    if (scaling->column_shift == NULL) {
        for (size_t f = 0; f < features; f++) {
            x[f] = (x[f] - scaling->shift) * scaling->scale;
        }
        return;
    }
    for (size_t f = 0; f < features; f++) {
        x[f] = (x[f] - scaling->column_shift[f]) * scaling->column_scale[f];
    }
}

void smi_network_entry_densify(const smi_network_entry *const entry,
                               const smi_row_block *const block, float *const x)
{
    const size_t features = entry->layer->inputs;
    for (size_t r = 0; r < block->count; r++) {
        float *const to = x + r * features;
        if (entry->source->dataset->element == SM_U8) {
            const uint8_t *const from = block->x[r];
            for (size_t f = 0; f < features; f++) {
                to[f] = (float)from[f];
            }
        } else {
            memcpy(to, block->x[r], features * sizeof *to);
        }
        scale_row(&entry->scaling, features, to);
    }
}

/* ---- slices, for lists ---- */

static size_t slice_units(const smi_network_entry *const entry, const size_t slice)
{
    return smi_min_size(SMI_SLICE_UNITS, entry->layer->outputs - slice * SMI_SLICE_UNITS);
}

/* Floats of the map alone. */
static bool map_floats(const smi_network_entry *const entry, size_t *const floats)
{
    const size_t units = smi_min_size(SMI_SLICE_UNITS, entry->layer->outputs);
    return smi_affine_floats(SMI_BY_FEATURE, entry->layer->inputs, units, floats);
}

bool smi_network_slice_floats(const smi_network_entry *const entry, const size_t rows,
                              size_t *const floats)
{
    size_t map = 0;
    size_t beside = 0;
    return map_floats(entry, &map) &&
           smi_affine_floats(SMI_BY_FEATURE, rows, SMI_SLICE_UNITS, &beside) &&
           smi_add_size(map, beside, floats);
}

/* Behind the map: rows of the slice alone, as kernels want them. */
static float *rows_of(const smi_network_entry *const entry, const smi_affine *const map)
{
    size_t floats = 0;
    (void)map_floats(entry, &floats);
    return map->weights + floats;
}

smi_affine smi_network_slice_pack(const smi_network_entry *const entry,
                                  const float *const parameters, const size_t slice,
                                  float *const memory)
{
    const smi_layer *const layer = entry->layer;
    const smi_scaling *const scaling = &entry->scaling;
    const size_t first = slice * SMI_SLICE_UNITS;
    const size_t count = slice_units(entry, slice);
    const smi_affine map = smi_affine_over(SMI_BY_FEATURE, memory, layer->inputs, count);
    double folded[SMI_SLICE_UNITS] = {0.0};
    for (size_t f = 0; f < layer->inputs; f++) {
        const float *const from = parameters + layer->kernel + f * layer->outputs + first;
        const float scale = smi_scale_of(scaling, f);
        const float shift = smi_shift_of(scaling, f);
        float *const to = map.weights + f * map.stride;
        for (size_t u = 0; u < count; u++) {
            to[u] = from[u] * scale;
        }
        for (size_t u = 0; shift != 0.0F && u < count; u++) {
            folded[u] += (double)shift * (double)scale * (double)from[u];
        }
    }
    for (size_t u = 0; u < count; u++) {
        map.bias[u] = (float)((double)parameters[layer->bias + first + u] - folded[u]);
    }
    return map;
}

void smi_network_slice_multiply(const smi_network_entry *const entry,
                                const smi_affine *const packed, const size_t slice,
                                const smi_row_block *const block, float *const outputs)
{
    const size_t first = slice * SMI_SLICE_UNITS;
    const size_t count = packed->classes;
    float *const rows = rows_of(entry, packed);
    entry->source->kernels->sparse_logits(packed, block->sparse, block->count, rows);
    for (size_t r = 0; r < block->count; r++) {
        memcpy(outputs + r * entry->layer->outputs + first, rows + r * count, count * sizeof *rows);
    }
}

/* ---- the gradient of lists ---- */

/* Entries that so many rows can have. */
static bool most_entries(const smi_network_entry *const entry, const size_t rows,
                         size_t *const entries)
{
    const sm_dataset *const dataset = entry->source->dataset;
    size_t longest = 0;
    if (dataset->element != SM_CSR) {
        longest = entry->layer->inputs;
    }
    for (size_t r = 0; dataset->element == SM_CSR && r < dataset->rows; r++) {
        longest = smi_max_size(longest, smi_dataset_entries(dataset, r).count);
    }
    return smi_multiply_size(rows, longest, entries);
}

sm_status smi_network_columns_create(const smi_network_entry *const entry, const size_t rows,
                                     smi_network_columns *const columns)
{
    size_t entries = 0;
    *columns = (smi_network_columns){0};
    if (most_entries(entry, rows, &entries)) {
        columns->features = smi_array(entry->layer->inputs, sizeof *columns->features);
        columns->row_numbers = smi_array(entries, sizeof *columns->row_numbers);
        columns->values = smi_array(entries, sizeof *columns->values);
    }
    return columns->features != NULL && columns->row_numbers != NULL && columns->values != NULL
               ? SM_OK
               : smi_fail_memory("training");
}

void smi_network_columns_free(smi_network_columns *const columns)
{
    smi_free(columns->features);
    smi_free(columns->row_numbers);
    smi_free(columns->values);
}

static void count_entries(const smi_row_block *const block, smi_sparse_row *const features)
{
    for (size_t r = 0; r < block->count; r++) {
        const smi_sparse_row *const row = &block->sparse[r];
        for (size_t i = 0; i < row->count; i++) {
            features[row->columns[i]].count++;
        }
    }
}

/* Gives each feature its place, and begins to count anew. */
static void place_features(const smi_network_entry *const entry,
                           const smi_network_columns *const columns)
{
    size_t first = 0;
    for (size_t f = 0; f < entry->layer->inputs; f++) {
        smi_sparse_row *const feature = &columns->features[f];
        feature->columns = columns->row_numbers + first;
        feature->values = columns->values + first;
        first += feature->count;
        feature->count = 0;
    }
}

static void place_entries(const smi_row_block *const block, const size_t first_row,
                          const smi_network_columns *const columns)
{
    for (size_t r = 0; r < block->count; r++) {
        const smi_sparse_row *const row = &block->sparse[r];
        for (size_t i = 0; i < row->count; i++) {
            smi_sparse_row *const feature = &columns->features[row->columns[i]];
            const size_t at = (size_t)(feature->columns - columns->row_numbers) + feature->count;
            columns->row_numbers[at] = (uint32_t)(first_row + r);
            columns->values[at] = row->values[i];
            feature->count++;
        }
    }
}

void smi_network_columns_fill(const smi_network_entry *const entry,
                              const smi_row_block *const blocks, const size_t block_count,
                              smi_network_columns *const columns)
{
    for (size_t f = 0; f < entry->layer->inputs; f++) {
        columns->features[f].count = 0;
    }
    for (size_t b = 0; b < block_count; b++) {
        count_entries(&blocks[b], columns->features);
    }
    place_features(entry, columns);
    columns->rows = 0;
    for (size_t b = 0; b < block_count; b++) {
        place_entries(&blocks[b], columns->rows, columns);
        columns->rows += blocks[b].count;
    }
}

/* The slice of delta, as if it were weights of one feature a row, and no bias. */
static smi_affine delta_map(const smi_network_entry *const entry, const size_t rows,
                            const size_t slice, const float *const delta, float *const memory)
{
    const size_t first = slice * SMI_SLICE_UNITS;
    const size_t count = slice_units(entry, slice);
    const smi_affine map = smi_affine_over(SMI_BY_FEATURE, memory, rows, count);
    for (size_t r = 0; r < rows; r++) {
        memcpy(map.weights + r * map.stride, delta + r * entry->layer->outputs + first,
               count * sizeof *delta);
    }
    memset(map.bias, 0, count * sizeof *map.bias);
    return map;
}

/* From the slopes by features as they are stored to those by scaled ones, at their place. */
static void unpack(const smi_network_entry *const entry, const float *const slopes,
                   const float *const bias_slopes, const size_t slice, float *const gradient,
                   const bool add)
{
    const smi_layer *const layer = entry->layer;
    const smi_scaling *const scaling = &entry->scaling;
    const size_t first = slice * SMI_SLICE_UNITS;
    const size_t count = slice_units(entry, slice);
    float *const bias = gradient + layer->bias + first;
    for (size_t f = 0; f < layer->inputs; f++) {
        const float *const from = slopes + f * count;
        const float scale = smi_scale_of(scaling, f);
        const float shift = smi_shift_of(scaling, f);
        float *const to = gradient + layer->kernel + f * layer->outputs + first;
        for (size_t u = 0; u < count; u++) {
            const float slope = (from[u] - shift * bias_slopes[u]) * scale;
            to[u] = add ? to[u] + slope : slope;
        }
    }
    for (size_t u = 0; u < count; u++) {
        bias[u] = add ? bias[u] + bias_slopes[u] : bias_slopes[u];
    }
}

void smi_network_slice_gradient(const smi_network_entry *const entry,
                                const smi_network_columns *const columns, const size_t slice,
                                const float *const delta, float *const memory,
                                float *const gradient, const bool add)
{
    const smi_kernels *const kernels = entry->source->kernels;
    const size_t count = slice_units(entry, slice);
    float bias_slopes[SMI_SLICE_UNITS] = {0.0F};
    size_t floats = 0;
    (void)map_floats(entry, &floats);
    const smi_affine map = delta_map(entry, columns->rows, slice, delta, memory + floats);
    kernels->sparse_logits(&map, columns->features, entry->layer->inputs, memory);
    for (size_t r = 0; r < columns->rows; r++) {
        for (size_t u = 0; u < count; u++) {
            bias_slopes[u] += map.weights[r * map.stride + u];
        }
    }
    unpack(entry, memory, bias_slopes, slice, gradient, add);
}
