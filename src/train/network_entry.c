#include "train/network_entry.h"

#include <string.h>

#include "base/memory.h"
#include "base/status.h"

/* Whether the kernels can work on the parameters as they are: their rows of weights are whole
 * vectors, and what scaling there is can be done to the values of the lists. */
static bool is_direct(const smi_network_entry *const entry)
{
    const smi_scaling *const scaling = &entry->scaling;
    const bool uniform = scaling->column_scale == NULL && scaling->shift == 0.0F;
    const bool own_values = entry->source->dataset->element != SM_CSR;
    return entry->units % SMI_STRIDE_STEP == 0 && uniform && (own_values || scaling->scale == 1.0F);
}

/* Two maps, for parameters and direction, and a place to put a kernel and its bias together. */
static sm_status make_maps(smi_network_entry *const entry)
{
    size_t floats = 0;
    size_t together = 0;
    if (smi_affine_floats(SMI_BY_FEATURE, entry->features, entry->units, &floats) &&
        smi_multiply_size(entry->features + 1, entry->units, &together)) {
        entry->memory = smi_array(floats, 2 * sizeof *entry->memory);
        entry->together = smi_array(together, sizeof *entry->together);
    }
    if (entry->memory == NULL || entry->together == NULL) {
        return smi_fail_memory("training");
    }
    entry->map = smi_affine_over(SMI_BY_FEATURE, entry->memory, entry->features, entry->units);
    entry->tangent =
        smi_affine_over(SMI_BY_FEATURE, entry->memory + floats, entry->features, entry->units);
    return SM_OK;
}

sm_status smi_network_entry_create(const sm_model *const model, const smi_row_source *const source,
                                   smi_network_entry *const entry)
{
    const smi_layer *const layer = &model->layers[0];
    *entry = (smi_network_entry){.source = source,
                                 .scaling = smi_model_scaling(model),
                                 .features = layer->inputs,
                                 .units = layer->outputs,
                                 .kernel = layer->kernel,
                                 .bias = layer->bias,
                                 .lists = source->form == SMI_LISTED};
    entry->direct = entry->lists && is_direct(entry);
    return entry->lists && !entry->direct ? make_maps(entry) : SM_OK;
}

void smi_network_entry_free(smi_network_entry *const entry)
{
    smi_free(entry->together);
    smi_free(entry->memory);
}

/* The parameters as they are, seen as a map; the kernels that read it do not write. */
static smi_affine view(const smi_network_entry *const entry, const float *const parameters)
{
    return (smi_affine){.layout = SMI_BY_FEATURE,
                        .features = entry->features,
                        .classes = entry->units,
                        .stride = entry->units,
                        .weights = (float *)parameters + entry->kernel,
                        .bias = (float *)parameters + entry->bias};
}

static void pack(const smi_network_entry *const entry, const float *const parameters,
                 const smi_affine *const map)
{
    const size_t weights = entry->features * entry->units;
    memcpy(entry->together, parameters + entry->kernel, weights * sizeof *parameters);
    memcpy(entry->together + weights, parameters + entry->bias, entry->units * sizeof *parameters);
    smi_pack(entry->together, &entry->scaling, map);
}

void smi_network_entry_prepare(smi_network_entry *const entry, const float *const parameters,
                               const float *const direction)
{
    if (entry->direct) {
        entry->map = view(entry, parameters);
        entry->tangent = view(entry, direction == NULL ? parameters : direction);
    } else if (entry->lists) {
        pack(entry, parameters, &entry->map);
        if (direction != NULL) {
            pack(entry, direction, &entry->tangent);
        }
    }
}

size_t smi_network_entry_extra(const smi_network_entry *const entry)
{
    size_t floats = 0;
    if (entry->lists && !entry->direct) {
        (void)smi_affine_floats(SMI_BY_FEATURE, entry->features, entry->units, &floats);
    }
    return floats;
}

/* ---- rows ---- */

static float value_of(const sm_element element, const void *const x, const size_t feature)
{
    return element == SM_U8 ? (float)((const uint8_t *)x)[feature] : ((const float *)x)[feature];
}

void smi_network_entry_densify(const smi_network_entry *const entry,
                               const smi_row_block *const block, float *const x)
{
    const smi_scaling *const scaling = &entry->scaling;
    const size_t features = entry->features;
    const sm_element element = entry->source->dataset->element;
    for (size_t r = 0; r < block->count; r++) {
        float *const to = x + r * features;
        if (scaling->column_shift != NULL) {
            for (size_t f = 0; f < features; f++) {
                to[f] = (value_of(element, block->x[r], f) - scaling->column_shift[f]) *
                        scaling->column_scale[f];
            }
        } else if (element == SM_U8) {
            const uint8_t *const from = block->x[r];
            for (size_t f = 0; f < features; f++) {
                to[f] = ((float)from[f] - scaling->shift) * scaling->scale;
            }
        } else {
            const float *const from = block->x[r];
            for (size_t f = 0; f < features; f++) {
                to[f] = (from[f] - scaling->shift) * scaling->scale;
            }
        }
    }
}

void smi_network_entry_scale_lists(const smi_network_entry *const entry, smi_row_block *const block)
{
    const float scale = entry->scaling.scale;
    if (!entry->direct || scale == 1.0F) {
        return;
    }
    size_t entries = 0;
    for (size_t r = 0; r < block->count; r++) {
        entries += block->sparse[r].count;
    }
    for (size_t i = 0; i < entries; i++) {
        block->values[i] *= scale;
    }
}

/* ---- the gradient ---- */

static smi_affine gradient_map(const smi_network_entry *const entry, float *const sums,
                               const size_t parameter_count)
{
    return entry->direct ? view(entry, sums)
                         : smi_affine_over(SMI_BY_FEATURE, sums + parameter_count, entry->features,
                                           entry->units);
}

void smi_network_entry_clear(const smi_network_entry *const entry, const size_t parameter_count,
                             float *const sums)
{
    const smi_affine map = gradient_map(entry, sums, parameter_count);
    memset(map.weights, 0, map.features * map.stride * sizeof *map.weights);
    memset(map.bias, 0, map.classes * sizeof *map.bias);
}

void smi_network_entry_add_gradient(const smi_network_entry *const entry,
                                    const size_t parameter_count, const smi_row_block *const block,
                                    const size_t first, const size_t count,
                                    const float *const delta, float *const compact,
                                    float *const sums)
{
    smi_affine part = gradient_map(entry, sums, parameter_count);
    part.classes = count;
    part.weights += first;
    part.bias += first;
    for (size_t r = 0; r < block->count; r++) {
        memcpy(compact + r * count, delta + r * entry->units + first, count * sizeof *compact);
    }
    entry->source->kernels->sparse_gradient(&part, block->sparse, block->count, compact);
}

void smi_network_entry_collect(const smi_network_entry *const entry, const size_t parameter_count,
                               const double *const sums, float *const gradient)
{
    if (!entry->lists || entry->direct) {
        return;
    }
    const size_t weights = entry->features * entry->units;
    smi_unpack_gradient(&entry->map, sums + parameter_count, &entry->scaling, 1.0, entry->together);
    memcpy(gradient + entry->kernel, entry->together, weights * sizeof *gradient);
    memcpy(gradient + entry->bias, entry->together + weights, entry->units * sizeof *gradient);
}
