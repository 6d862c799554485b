#include "train/network_entry.h"

#include <string.h>

#include "base/memory.h"
#include "base/status.h"

smi_network_entry smi_network_entry_of(const sm_model *const model,
                                       const smi_row_source *const source)
{
    const smi_scaling scaling = smi_model_scaling(model);
    bool shifted = false;
    for (size_t f = 0; f < model->layers[0].inputs && !shifted; f++) {
        shifted = smi_shift_of(&scaling, f) != 0.0F;
    }
    return (smi_network_entry){.source = source,
                               .scaling = scaling,
                               .shifted = shifted,
                               .layer = &model->layers[0],
                               .lists = source->form != SMI_FULL,
                               .turned = source->form == SMI_TURNED};
}

enum {
    TURN_FEATURES = 128, /* that one task turns round: two lines of the cache of each row */
    PART_FLOATS = 16384, /* of the gradient, at most, but for a pair of features */
    LEAST_PARTS = 16     /* that a gradient is cut into */
};

_Static_assert((int)SMI_GROUP_ROWS <= (int)SMI_LISTED_ROWS, "a group's rows are listed at once");

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

/* ---- lists by feature ---- */

static size_t pairs_of(const smi_network_entry *const entry)
{
    return entry->layer->inputs / 2 + entry->layer->inputs % 2;
}

/* Entries that a group can have. */
static bool most_entries(const smi_network_entry *const entry, size_t *const entries)
{
    const sm_dataset *const dataset = entry->source->dataset;
    size_t longest = 0;
    if (dataset->element != SM_CSR) {
        longest = pairs_of(entry);
    }
    for (size_t r = 0; dataset->element == SM_CSR && r < dataset->rows; r++) {
        longest = smi_max_size(longest, smi_dataset_entries(dataset, r).count);
    }
    return smi_multiply_size(SMI_GROUP_ROWS, longest, entries) && *entries <= UINT32_MAX;
}

sm_status smi_network_columns_create(const smi_network_entry *const entry,
                                     smi_network_columns *const columns)
{
    const size_t pairs = pairs_of(entry);
    size_t entries = 0;
    *columns = (smi_network_columns){0};
    bool complete = most_entries(entry, &entries);
    if (complete) {
        columns->pairs = smi_array(pairs, sizeof *columns->pairs);
        columns->row_numbers = smi_array(entries, sizeof *columns->row_numbers);
        columns->values = smi_array(entries, 2 * sizeof *columns->values);
        complete =
            columns->pairs != NULL && columns->row_numbers != NULL && columns->values != NULL;
    }
    for (size_t b = 0; b < SMI_GROUP_BLOCKS && complete && !entry->turned; b++) {
        columns->places[b] = smi_array(pairs, sizeof *columns->places[b]);
        complete = columns->places[b] != NULL;
    }
    return complete ? SM_OK : smi_fail_memory("training");
}

void smi_network_columns_free(smi_network_columns *const columns)
{
    smi_free(columns->pairs);
    smi_free(columns->row_numbers);
    smi_free(columns->values);
    for (size_t b = 0; b < SMI_GROUP_BLOCKS; b++) {
        smi_free(columns->places[b]);
    }
}

void smi_network_columns_count(const smi_network_entry *const entry,
                               const smi_row_block *const block, const size_t place,
                               const smi_network_columns *const columns)
{
    uint32_t *const counts = columns->places[place];
    memset(counts, 0, pairs_of(entry) * sizeof *counts);
    for (size_t r = 0; r < block->count; r++) {
        const smi_sparse_row *const row = &block->sparse[r];
        size_t last = SIZE_MAX;
        for (size_t i = 0; i < row->count; i++) {
            const size_t pair = row->columns[i] / 2;
            counts[pair] += pair != last;
            last = pair;
        }
    }
}

void smi_network_columns_place(const smi_network_entry *const entry, const size_t block_count,
                               const size_t rows, smi_network_columns *const columns)
{
    const size_t pairs = pairs_of(entry);
    uint32_t next = 0;
    columns->rows = rows;
    for (size_t p = 0; p < pairs; p++) {
        const uint32_t first = next;
        for (size_t b = 0; b < block_count; b++) {
            const uint32_t count = columns->places[b][p];
            columns->places[b][p] = next;
            next += count;
        }
        columns->pairs[p] = (smi_row_pair){.columns = columns->row_numbers + first,
                                           .values = columns->values + 2 * (size_t)first,
                                           .count = next - first};
    }
}

/* No branch asks whether a pair's second feature is lit beside the first: nobody could guess. */
void smi_network_columns_fill(const smi_network_entry *const entry,
                              const smi_row_block *const block, const size_t place,
                              const size_t first_row, const smi_network_columns *const columns)
{
    uint32_t *const places = columns->places[place];
    for (size_t r = 0; r < block->count; r++) {
        const smi_sparse_row *const row = &block->sparse[r];
        size_t last = SIZE_MAX;
        for (size_t i = 0; i < row->count; i++) {
            const size_t feature = row->columns[i];
            const size_t pair = feature / 2;
            const bool again = pair == last;
            const uint32_t at = places[pair] - again;
            float *const values = columns->values + 2 * (size_t)at;
            const float other = values[1 - feature % 2];
            places[pair] = at + 1;
            columns->row_numbers[at] = (uint32_t)(first_row + r);
            values[1 - feature % 2] = again ? other : 0.0F;
            values[feature % 2] = row->values[i] * smi_scale_of(&entry->scaling, feature);
            last = pair;
        }
    }
}

size_t smi_network_turns(const smi_network_entry *const entry)
{
    return (entry->layer->inputs + TURN_FEATURES - 1) / TURN_FEATURES;
}

void smi_network_columns_turn(const smi_network_entry *const entry, const void *const *const x,
                              const size_t rows, const size_t turn,
                              smi_network_columns *const columns)
{
    const size_t first = turn * TURN_FEATURES;
    const size_t room = first / 2 * SMI_GROUP_ROWS;
    float scales[TURN_FEATURES];
    const smi_byte_rows bytes = {.x = x,
                                 .rows = rows,
                                 .first = first,
                                 .count = smi_min_size(TURN_FEATURES, entry->layer->inputs - first),
                                 .scales = scales};
    if (turn == 0) {
        columns->rows = rows;
    }
    for (size_t f = 0; f < bytes.count; f++) {
        scales[f] = smi_scale_of(&entry->scaling, first + f);
    }
    entry->source->kernels->list_pairs(&bytes, columns->pairs + first / 2,
                                       columns->row_numbers + room, columns->values + 2 * room);
}

/* ---- tiles of units ---- */

/* Units are cut into the fewest tiles, as even as whole vectors of any instruction set allow. */
static size_t steps_of(const smi_network_entry *const entry)
{
    return (entry->layer->outputs + SMI_STRIDE_STEP - 1) / SMI_STRIDE_STEP;
}

size_t smi_network_tiles(const smi_network_entry *const entry)
{
    enum { MOST_STEPS = SMI_TILE_UNITS / SMI_STRIDE_STEP };
    return (steps_of(entry) + MOST_STEPS - 1) / MOST_STEPS;
}

/* Units first … first + count − 1. */
typedef struct units {
    size_t first;
    size_t count;
    size_t stride; /* count, rounded up */
} units;

static units units_of(const smi_network_entry *const entry, const size_t tile)
{
    const size_t tiles = smi_network_tiles(entry);
    const size_t steps = steps_of(entry);
    const size_t first = steps * tile / tiles * SMI_STRIDE_STEP;
    const size_t end = steps * (tile + 1) / tiles * SMI_STRIDE_STEP;
    return (units){.first = first,
                   .count = smi_min_size(end, entry->layer->outputs) - first,
                   .stride = end - first};
}

/* What the sums of a tile begin with: bias − Σ shift · scale · kernel. */
static void fold_bias(const smi_network_entry *const entry, const float *const parameters,
                      const units of, float *const bias)
{
    const smi_layer *const layer = entry->layer;
    double folded[SMI_TILE_UNITS] = {0.0};
    for (size_t f = 0; entry->shifted && f < layer->inputs; f++) {
        const float *const weights = parameters + layer->kernel + f * layer->outputs + of.first;
        const double factor =
            (double)smi_shift_of(&entry->scaling, f) * (double)smi_scale_of(&entry->scaling, f);
        for (size_t u = 0; u < of.count; u++) {
            folded[u] += factor * (double)weights[u];
        }
    }
    for (size_t u = 0; u < of.count; u++) {
        bias[u] = (float)((double)parameters[layer->bias + of.first + u] - folded[u]);
    }
}

void smi_network_tile_multiply(const smi_network_entry *const entry, const float *const parameters,
                               const size_t tile, const smi_network_columns *const columns,
                               float *const memory, float *const outputs)
{
    const smi_layer *const layer = entry->layer;
    const units of = units_of(entry, tile);
    float bias[SMI_TILE_UNITS] = {0.0F};
    fold_bias(entry, parameters, of, bias);
    for (size_t r = 0; r < columns->rows; r++) {
        memcpy(memory + r * of.stride, bias, of.stride * sizeof *memory);
    }
    const smi_sparse_product product = {.a = columns->pairs,
                                        .rows = layer->inputs,
                                        .columns = of.count,
                                        .b = parameters + layer->kernel + of.first,
                                        .b_stride = layer->outputs,
                                        .c = memory,
                                        .c_stride = of.stride};
    entry->source->kernels->sparse_spread(&product);
    for (size_t r = 0; r < columns->rows; r++) {
        memcpy(outputs + r * layer->outputs + of.first, memory + r * of.stride,
               of.count * sizeof *outputs);
    }
}

/* ---- the gradient ---- */

/* The tile's δ: behind one another, padded with zeros. */
static float *packed_tile(const smi_network_groups *const groups, const units of)
{
    return groups->packed + groups->rows * of.first;
}

void smi_network_tile_pack(const smi_network_entry *const entry, const size_t tile,
                           const smi_network_groups *const groups)
{
    const units of = units_of(entry, tile);
    float *const packed = packed_tile(groups, of);
    float *const slopes = groups->bias_slopes + of.first;
    for (size_t r = 0; r < groups->rows; r++) {
        float *const to = packed + r * of.stride;
        memcpy(to, groups->delta + r * entry->layer->outputs + of.first, of.count * sizeof *to);
        memset(to + of.count, 0, (of.stride - of.count) * sizeof *to);
    }
    memset(slopes, 0, of.stride * sizeof *slopes);
    entry->source->kernels->column_sums(packed, groups->rows, of.stride, slopes);
}

/* Pairs of features in a part: their sums, and what a solver has beside them, stay in the
 * second-level cache, and there are enough parts for all threads to have as much to do. */
static size_t part_pairs(const smi_network_entry *const entry)
{
    const size_t fit = PART_FLOATS / (2 * entry->layer->outputs);
    const size_t even = (pairs_of(entry) + LEAST_PARTS - 1) / LEAST_PARTS;
    return smi_max_size(smi_min_size(fit, even), 1);
}

size_t smi_network_parts(const smi_network_entry *const entry)
{
    const size_t pairs = part_pairs(entry);
    return (pairs_of(entry) + pairs - 1) / pairs;
}

static size_t part_feature(const smi_network_entry *const entry, const size_t part)
{
    return smi_min_size(2 * part_pairs(entry) * part, entry->layer->inputs);
}

size_t smi_network_part_begin(const smi_network_entry *const entry, const size_t part)
{
    return part_feature(entry, part) * entry->layer->outputs;
}

size_t smi_network_part_floats(const smi_network_entry *const entry)
{
    return 2 * part_pairs(entry) * entry->layer->outputs;
}

/* Features first … first + count − 1 lose what the shift, which lists are without, takes from the
 * gradient: shift · scale · Σ δ. */
static void shift_gradient(const smi_network_entry *const entry, const size_t first,
                           const size_t count, const float *const bias_slopes, float *const sums)
{
    const size_t outputs = entry->layer->outputs;
    for (size_t f = 0; f < count; f++) {
        const float factor =
            smi_shift_of(&entry->scaling, first + f) * smi_scale_of(&entry->scaling, first + f);
        for (size_t u = 0; u < outputs; u++) {
            sums[f * outputs + u] -= factor * bias_slopes[u];
        }
    }
}

void smi_network_part_gradient(const smi_network_entry *const entry, const size_t part,
                               const smi_network_groups *const groups, float *const sums,
                               const bool add)
{
    const size_t first = part_feature(entry, part);
    const size_t count = part_feature(entry, part + 1) - first;
    for (size_t tile = 0; tile < smi_network_tiles(entry); tile++) {
        const units of = units_of(entry, tile);
        const float *delta = packed_tile(groups, of);
        for (size_t g = 0; g < groups->count; g++) {
            const smi_sparse_product product = {.a = groups->columns[g].pairs + first / 2,
                                                .rows = count,
                                                .columns = of.count,
                                                .b = delta,
                                                .b_stride = of.stride,
                                                .c = sums + of.first,
                                                .c_stride = entry->layer->outputs,
                                                .add = add || g > 0};
            entry->source->kernels->sparse_multiply(&product);
            delta += groups->columns[g].rows * of.stride;
        }
    }
    if (entry->shifted) {
        shift_gradient(entry, first, count, groups->bias_slopes, sums);
    }
}
