#include "model/forward.h"

#include "model/model.h"

/* z += value · the weights of one feature. For rows that the map's layout is not made for. */
static void add_feature(const smi_affine *const map, const size_t feature, const float value,
                        float *const z)
{
    const bool by_class = map->layout == SMI_BY_CLASS;
    const float *const weights = map->weights + feature * (by_class ? 1 : map->stride);
    const size_t step = by_class ? map->stride : 1;
    for (size_t c = 0; c < map->classes; c++) {
        z[c] += value * weights[c * step];
    }
}

static void start_at_bias(const smi_affine *const map, float *const z)
{
    for (size_t c = 0; c < map->classes; c++) {
        z[c] = map->bias[c];
    }
}

void smi_model_logits(const sm_model *const model, const sm_element element,
                      const void *const *const x, const size_t rows, float *const logits)
{
    const smi_affine *const map = &model->map;
    if (map->layout == SMI_BY_CLASS) {
        model->kernels->logits[element](map, x, rows, logits);
        return;
    }
    for (size_t r = 0; r < rows; r++) {
        float *const z = logits + r * map->classes;
        start_at_bias(map, z);
        for (size_t f = 0; f < map->features; f++) {
            const float value =
                element == SM_U8 ? (float)((const uint8_t *)x[r])[f] : ((const float *)x[r])[f];
            if (value != 0.0F) {
                add_feature(map, f, value, z);
            }
        }
    }
}

void smi_model_sparse_logits(const sm_model *const model, const smi_sparse_row *const x,
                             const size_t rows, float *const logits)
{
    const smi_affine *const map = &model->map;
    if (map->layout == SMI_BY_FEATURE) {
        model->kernels->sparse_logits(map, x, rows, logits);
        return;
    }
    for (size_t r = 0; r < rows; r++) {
        float *const z = logits + r * map->classes;
        start_at_bias(map, z);
        for (size_t i = 0; i < x[r].count; i++) {
            add_feature(map, x[r].columns[i], x[r].values[i], z);
        }
    }
}
