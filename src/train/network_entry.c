#include "train/network_entry.h"

#include <string.h>

#include "base/memory.h"

smi_network_entry smi_network_entry_of(const sm_model *const model,
                                       const smi_row_source *const source)
{
    return (smi_network_entry){.source = source,
                               .scaling = smi_model_scaling(model),
                               .layer = &model->layers[0],
                               .lists = source->form == SMI_LISTED};
}

/* ---- dense rows ---- */

static void densify_bytes(const smi_scaling *const scaling, const uint8_t *const from,
                          const size_t features, float *const to)
{
    if (scaling->column_shift == NULL) {
        for (size_t f = 0; f < features; f++) {
            to[f] = ((float)from[f] - scaling->shift) * scaling->scale;
        }
        return;
    }
    for (size_t f = 0; f < features; f++) {
        to[f] = ((float)from[f] - scaling->column_shift[f]) * scaling->column_scale[f];
    }
}

static void densify_floats(const smi_scaling *const scaling, const float *const from,
                           const size_t features, float *const to)
{
    if (scaling->column_shift == NULL) {
        for (size_t f = 0; f < features; f++) {
            to[f] = (from[f] - scaling->shift) * scaling->scale;
        }
        return;
    }
    for (size_t f = 0; f < features; f++) {
        to[f] = (from[f] - scaling->column_shift[f]) * scaling->column_scale[f];
    }
}

void smi_network_entry_densify(const smi_network_entry *const entry,
                               const smi_row_block *const block, float *const x)
{
    const size_t features = entry->layer->inputs;
    for (size_t r = 0; r < block->count; r++) {
        float *const to = x + r * features;
        if (entry->source->dataset->element == SM_U8) {
            densify_bytes(&entry->scaling, block->x[r], features, to);
        } else {
            densify_floats(&entry->scaling, block->x[r], features, to);
        }
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

bool smi_network_slice_floats(const smi_network_entry *const entry, size_t *const floats)
{
    size_t map = 0;
    return map_floats(entry, &map) &&
           smi_add_size(map, (size_t)SMI_BLOCK_ROWS * SMI_SLICE_UNITS, floats);
}

/* Behind the map: a block's rows of the slice alone, as kernels want them. */
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

smi_affine smi_network_slice_start(const smi_network_entry *const entry, const size_t slice,
                                   float *const memory)
{
    size_t floats = 0;
    (void)map_floats(entry, &floats);
    memset(memory, 0, floats * sizeof *memory);
    return smi_affine_over(SMI_BY_FEATURE, memory, entry->layer->inputs, slice_units(entry, slice));
}

void smi_network_slice_add(const smi_network_entry *const entry, const smi_affine *const sums,
                           const size_t slice, const smi_row_block *const block,
                           const float *const delta)
{
    const size_t first = slice * SMI_SLICE_UNITS;
    const size_t count = sums->classes;
    float *const rows = rows_of(entry, sums);
    for (size_t r = 0; r < block->count; r++) {
        memcpy(rows + r * count, delta + r * entry->layer->outputs + first, count * sizeof *rows);
    }
    entry->source->kernels->sparse_gradient(sums, block->sparse, block->count, rows);
}

void smi_network_slice_unpack(const smi_network_entry *const entry, const smi_affine *const sums,
                              const size_t slice, float *const gradient, const bool add)
{
    const smi_layer *const layer = entry->layer;
    const smi_scaling *const scaling = &entry->scaling;
    const size_t first = slice * SMI_SLICE_UNITS;
    float *const bias = gradient + layer->bias + first;
    for (size_t f = 0; f < layer->inputs; f++) {
        const float *const from = sums->weights + f * sums->stride;
        const float scale = smi_scale_of(scaling, f);
        const float shift = smi_shift_of(scaling, f);
        float *const to = gradient + layer->kernel + f * layer->outputs + first;
        for (size_t u = 0; u < sums->classes; u++) {
            const float slope = (from[u] - shift * sums->bias[u]) * scale;
            to[u] = add ? to[u] + slope : slope;
        }
    }
    for (size_t u = 0; u < sums->classes; u++) {
        bias[u] = add ? bias[u] + sums->bias[u] : sums->bias[u];
    }
}
