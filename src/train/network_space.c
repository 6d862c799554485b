#include "train/network_space.h"

#include "base/memory.h"
#include "base/status.h"
#include "kernel/product.h"

/* An array of capacity × width floats; false when there is not the memory. */
static bool make_rows(const size_t capacity, const size_t width, float **const rows)
{
    size_t floats = 0;
    *rows = smi_multiply_size(capacity, width, &floats) ? smi_array(floats, sizeof **rows) : NULL;
    return *rows != NULL;
}

static bool make_layers(const sm_model *const model, const size_t capacity, const smi_purpose most,
                        smi_network_pass *const pass)
{
    const bool curves = most == SMI_PASS_CURVATURE;
    bool complete = true;
    for (size_t l = 0; l < model->layer_count && complete; l++) {
        const size_t outputs = model->layers[l].outputs;
        const bool hidden = l + 1 < model->layer_count;
        layer_space *const space = &pass->layers[l];
        complete = make_rows(capacity, !hidden && curves ? 2 * outputs : outputs, &space->outputs);
        if (hidden && most != SMI_PASS_VALUE && complete) {
            complete = make_rows(capacity, outputs, &space->derivatives);
        }
        if (hidden && curves && complete) {
            complete = make_rows(capacity, outputs, &space->tangents);
        }
    }
    return complete;
}

/* The widest of the first layers. */
static size_t widest_of(const sm_model *const model, const size_t layers)
{
    size_t widest = 0;
    for (size_t l = 0; l < layers; l++) {
        widest = smi_max_size(widest, model->layers[l].outputs);
    }
    return widest;
}

/* Of what a row takes on its way back: the widest hidden layer, and the classes' part of a
 * curvature. */
static size_t delta_width(const sm_model *const model, const smi_purpose most)
{
    const size_t last = model->layer_count - 1;
    return widest_of(model, last) + (most == SMI_PASS_CURVATURE ? model->layers[last].outputs : 0);
}

double smi_network_pass_floats(const sm_model *const model, const smi_purpose most)
{
    const double of_layer = most == SMI_PASS_VALUE ? 1.0 : most == SMI_PASS_GRADIENT ? 2.0 : 3.0;
    double floats = (double)model->layers[0].inputs;
    for (size_t l = 0; l < model->layer_count; l++) {
        floats += of_layer * (double)model->layers[l].outputs;
    }
    return most == SMI_PASS_VALUE
               ? floats
               : floats + (double)delta_width(model, most) + (double)model->layers[0].outputs;
}

static bool make_scratch(const smi_network *const network, const size_t capacity,
                         const size_t threads, smi_network_pass *const pass)
{
    const sm_model *const model = network->model;
    const size_t most = smi_max_size(smi_max_size(widest_of(model, model->layer_count), capacity),
                                     network->entry.lists ? 0 : model->layers[0].inputs);
    const smi_product largest = {.rows = most, .columns = most, .depth = most};
    pass->scratch_floats = smi_product_scratch(&largest);
    pass->scratch = smi_array(pass->scratch_floats, threads * sizeof *pass->scratch);
    return pass->scratch != NULL;
}

static bool make_blocks(const smi_row_source *const source, smi_network_pass *const pass)
{
    bool complete = true;
    for (size_t b = 0; b < pass->block_count && complete; b++) {
        complete = smi_row_block_create(source, &pass->blocks[b]) == SM_OK;
    }
    return complete;
}

static bool make_lists(const smi_network_entry *const entry, const size_t threads,
                       smi_network_pass *const pass)
{
    const size_t groups = (pass->block_count + SMI_GROUP_BLOCKS - 1) / SMI_GROUP_BLOCKS;
    pass->groups = smi_array(groups, sizeof *pass->groups);
    bool complete = pass->groups != NULL && make_rows(threads, SMI_TILE_FLOATS, &pass->tiles);
    while (complete && pass->group_count < groups) {
        complete = smi_network_columns_create(entry, &pass->groups[pass->group_count]) == SM_OK;
        pass->group_count++;
    }
    return complete;
}

/* For the gradient of the first layer. */
static bool make_parts(const smi_network_entry *const entry, const size_t capacity,
                       const size_t threads, smi_network_pass *const pass)
{
    const size_t units = smi_round_up(entry->layer->outputs, SMI_STRIDE_STEP);
    return make_rows(capacity, units, &pass->packed) && make_rows(1, units, &pass->bias_slopes) &&
           make_rows(threads, smi_network_part_floats(entry), &pass->parts);
}

sm_status smi_network_pass_create(const smi_network *const network, const size_t capacity,
                                  const size_t threads, const smi_purpose most,
                                  smi_network_pass **const pass)
{
    const sm_model *const model = network->model;
    const bool gradients = most != SMI_PASS_VALUE;
    const size_t last = model->layer_count - 1;
    smi_network_pass *const created = smi_array(1, sizeof *created);
    if (created == NULL) {
        return smi_fail_memory("training");
    }
    created->layer_count = model->layer_count;
    created->block_count = capacity / SMI_BLOCK_ROWS;
    created->blocks = smi_array(created->block_count, sizeof *created->blocks);
    created->losses = smi_array(created->block_count, sizeof *created->losses);
    created->layers = smi_array(model->layer_count, sizeof *created->layers);
    bool complete = created->blocks != NULL && created->losses != NULL && created->layers != NULL &&
                    make_blocks(network->source, created) &&
                    make_layers(model, capacity, most, created) &&
                    make_scratch(network, capacity, threads, created);
    if (complete) {
        complete = network->entry.lists ? make_lists(&network->entry, threads, created)
                                        : make_rows(capacity, model->layers[0].inputs, &created->x);
    }
    if (complete && gradients && network->entry.lists) {
        complete = make_parts(&network->entry, capacity, threads, created);
    }
    if (complete && gradients) {
        created->widest = widest_of(model, last);
        complete = make_rows(capacity, created->widest, &created->products);
    }
    if (complete && most == SMI_PASS_CURVATURE) {
        complete = make_rows(capacity, model->layers[last].outputs, &created->last_deltas);
    }
    if (!complete) {
        smi_network_pass_free(created);
        return smi_fail_memory("training");
    }
    *pass = created;
    return SM_OK;
}

void smi_network_pass_free(smi_network_pass *const pass)
{
    if (pass == NULL) {
        return;
    }
    for (size_t b = 0; pass->blocks != NULL && b < pass->block_count; b++) {
        smi_row_block_free(&pass->blocks[b]);
    }
    for (size_t l = 0; pass->layers != NULL && l < pass->layer_count; l++) {
        smi_free(pass->layers[l].outputs);
        smi_free(pass->layers[l].derivatives);
        smi_free(pass->layers[l].tangents);
    }
    smi_free(pass->blocks);
    smi_free(pass->losses);
    smi_free(pass->x);
    smi_free(pass->layers);
    smi_free(pass->products);
    smi_free(pass->last_deltas);
    for (size_t g = 0; g < pass->group_count; g++) {
        smi_network_columns_free(&pass->groups[g]);
    }
    smi_free(pass->groups);
    smi_free(pass->tiles);
    smi_free(pass->packed);
    smi_free(pass->bias_slopes);
    smi_free(pass->parts);
    smi_free(pass->scratch);
    smi_free(pass);
}
