#include "train/softmax_objective.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/streaming.h"
#include "model/model.h"
#include "sys/large_pages.h"
#include "train/chunk_sums.h"
#include "train/feature_sums.h"
#include "train/gram_preconditioner.h"
#include "train/l2.h"
#include "train/row_block.h"
#include "train/vector.h"

enum {
    MAX_CHUNKS = 64,
    ENOUGH_CHUNKS = 16,
    FLUSH_ROWS = 1024, /* summed in float before they join the chunk's sum in double */
    CHUNK_MEMORY = 64 << 20,
    MOST_LOGITS = 1 << 20 /* that are kept: 4 MiB, however many rows there are */
};

/* Multiply-adds that a chunk has at least: less is not worth waking a thread for. And at least so
 * many for each number of its sums: less is not worth adding the chunks up for, even if there is no
 * other way to give every thread a chunk; where there are chunks enough, it takes far more. */
static const double least_chunk_work = 1e6;
static const double least_work_per_sum = 4.0;
static const double good_work_per_sum = 512.0;

/* The evaluations that building the preconditioner may cost to pay, and those that its matrix may
 * cost: this serves l1, which takes hundreds without it. */
static const double most_for_preconditioner = 40.0;
static const double most_for_metric = 100.0;

/* What one thread works in. */
typedef struct workspace {
    smi_row_block block;
    float *logits;  /* block_rows × 2 · classes */
    float *changes; /* block_rows × classes: of logits along a direction */
} workspace;

typedef enum purpose { VALUE, GRADIENT, LOGITS, CURVATURE } purpose;

struct smi_softmax_objective {
    const sm_model *model;
    const sm_dataset *dataset;
    smi_pool *pool;
    double l2;
    smi_row_source source;
    smi_affine map;         /* the parameters being evaluated, or a direction */
    float *logits;          /* rows × classes: of the parameters looked at closely; NULL: so many
                               that they are made again for each direction, with */
    smi_affine pair;        /* parameters and direction side by side */
    size_t gradient_floats; /* what a chunk sums: the layout of the map */
    workspace *workspaces;  /* one a thread */
    size_t flush_rows;
    size_t most_chunks;
    smi_block_loss *losses;                  /* one a chunk */
    smi_chunk_sums *sums;                    /* NULL: no gradients, or */
    smi_feature_sums *by_feature;            /* these; NULL: gradients are summed by chunks */
    smi_gram_preconditioner *preconditioner; /* made when first asked for */

    const float *parameters; /* looked at closely */

    /* The evaluation under way. */
    purpose purpose;
    const size_t *rows;
    size_t row_count;
    size_t slab_begin; /* the rows that the chunks are of */
    size_t slab_end;
    size_t chunk_count;
};

static size_t weights_of(const smi_softmax_objective *const objective)
{
    return objective->map.features * objective->map.classes;
}

static double row_work_of(const smi_softmax_objective *const objective)
{
    return objective->source.entries_per_row * (double)objective->map.classes;
}

static double sums_of(const smi_softmax_objective *const objective)
{
    return (double)objective->gradient_floats;
}

/* Rows that are summed in float: more where the sums are many and each meets few of the rows, or
 * none; never more than there are. */
static size_t flush_rows_of(const smi_softmax_objective *const objective)
{
    const double most = fmax((double)objective->dataset->rows, (double)FLUSH_ROWS);
    const double rows = 2.0 * least_work_per_sum * sums_of(objective) / row_work_of(objective);
    return (size_t)fmin(fmax(rows, (double)FLUSH_ROWS), most);
}

/* A power of two, for an even tree; from the problem alone. */
static size_t chunks_for(const smi_softmax_objective *const objective, const size_t rows)
{
    const double work = row_work_of(objective) * (double)rows;
    const size_t fit = CHUNK_MEMORY / (objective->gradient_floats * sizeof(float));
    const size_t most = smi_min_size(smi_min_size(rows, MAX_CHUNKS), fit);
    size_t count = 1;
    if (objective->by_feature != NULL) { /* no chunk has sums of its own */
        while (2 * count <= smi_min_size(rows, MAX_CHUNKS) &&
               (double)(2 * count) * least_chunk_work <= work) {
            count *= 2;
        }
        return count;
    }
    while (2 * count <= most) {
        const double per_sum = count < ENOUGH_CHUNKS ? least_work_per_sum : good_work_per_sum;
        const double least = fmax(least_chunk_work, per_sum * sums_of(objective));
        if ((double)(2 * count) * least > work && rows <= count * objective->flush_rows) {
            break;
        }
        count *= 2;
    }
    return count;
}

/* ---- one chunk ---- */

/* The block's logits and their changes along the direction, side by side. */
static void pair_logits(const smi_softmax_objective *const objective, const size_t first,
                        workspace *const space)
{
    const size_t classes = objective->map.classes;
    const smi_row_block *const block = &space->block;
    if (objective->logits == NULL) {
        smi_row_block_logits(&objective->source, block, &objective->pair, space->logits);
        return;
    }
    smi_row_block_logits(&objective->source, block, &objective->map, space->changes);
    for (size_t r = 0; r < block->count; r++) {
        float *const to = space->logits + 2 * r * classes;
        memcpy(to, objective->logits + (first + r) * classes, classes * sizeof *to);
        memcpy(to + classes, space->changes + r * classes, classes * sizeof *to);
    }
}

static smi_block_loss run_block(smi_softmax_objective *const objective, const size_t first,
                                const size_t count, workspace *const space, float *const sums)
{
    const smi_row_source *const source = &objective->source;
    const size_t classes = objective->map.classes;
    smi_block_loss loss = {0.0, 0};
    const size_t *const rows = objective->rows == NULL ? NULL : objective->rows + first;
    smi_row_block_gather(source, rows, first, count, &space->block);
    if (objective->purpose == LOGITS) {
        smi_row_block_logits(source, &space->block, &objective->map,
                             objective->logits + first * classes);
        return loss;
    }
    if (objective->purpose == CURVATURE) {
        pair_logits(objective, first, space);
        smi_row_block_curvature(source, &space->block, classes, space->logits);
    } else {
        smi_row_block_logits(source, &space->block, &objective->map, space->logits);
        loss = smi_row_block_loss(source, &space->block, classes, space->logits);
    }
    if (objective->purpose == VALUE) {
        return loss;
    }
    if (objective->by_feature != NULL) {
        smi_feature_sums_keep(objective->by_feature, first - objective->slab_begin, count,
                              space->logits);
    } else {
        const smi_affine gradient =
            smi_affine_over(objective->map.layout, sums, objective->map.features, classes);
        smi_row_block_gradient(source, &space->block, &gradient, space->logits);
    }
    return loss;
}

/* Asks for the next block's rows: in random order, or with gaps, the processor does not guess them.
 */
static void prefetch_block(const smi_softmax_objective *const objective, const size_t first,
                           const size_t end)
{
    if (first < end) {
        const size_t *const rows = objective->rows == NULL ? NULL : objective->rows + first;
        const size_t count = smi_min_size(objective->source.block_rows, end - first);
        smi_row_block_prefetch(&objective->source, rows, first, count);
    }
}

static void run_chunk(void *const context, const size_t task, const size_t thread)
{
    smi_softmax_objective *const objective = context;
    workspace *const space = &objective->workspaces[thread];
    const size_t rows = objective->slab_end - objective->slab_begin;
    const size_t begin = objective->slab_begin + rows * task / objective->chunk_count;
    const size_t end = objective->slab_begin + rows * (task + 1) / objective->chunk_count;
    const bool gradient = (objective->purpose == GRADIENT || objective->purpose == CURVATURE) &&
                          objective->by_feature == NULL;
    float *const sums = gradient ? smi_chunk_sums_start(objective->sums, task) : NULL;
    const sm_dataset *const dataset = objective->dataset;
    const smi_row_range part = {begin, end};
    const bool in_order = objective->rows == NULL;
    size_t since_flush = 0;
    smi_block_loss sum = {0.0, 0};
    prefetch_block(objective, begin, end);
    for (size_t r = begin; r < end; r += objective->source.block_rows) {
        const size_t count = smi_min_size(objective->source.block_rows, end - r);
        if (gradient && since_flush + count > objective->flush_rows) {
            smi_chunk_sums_flush(objective->sums, task);
            since_flush = 0;
        }
        if (in_order) {
            smi_streaming_pass_part(dataset, part, r, count);
        }
        prefetch_block(objective, r + count, end);
        const smi_block_loss block = run_block(objective, r, count, space, sums);
        sum.loss += block.loss;
        sum.correct += block.correct;
        since_flush += count;
    }
    if (in_order) {
        smi_streaming_end_part(dataset, part);
    }
    objective->losses[task] = sum;
}

/* ---- all chunks ---- */

/* Rows begin … end − 1 of those under way. */
static smi_block_loss run_chunks(smi_softmax_objective *const objective, const size_t begin,
                                 const size_t end)
{
    objective->slab_begin = begin;
    objective->slab_end = end;
    objective->chunk_count = chunks_for(objective, end - begin);
    smi_pool_run(objective->pool, objective->chunk_count, run_chunk, objective);
    smi_block_loss sum = {0.0, 0};
    for (size_t c = 0; c < objective->chunk_count; c++) {
        sum.loss += objective->losses[c].loss;
        sum.correct += objective->losses[c].correct;
    }
    return sum;
}

/* The mean over the rows of what the chunks have summed, for the parameters. */
static void collect_gradient(smi_softmax_objective *const objective, float *const gradient)
{
    const smi_scaling scaling = smi_model_scaling(objective->model);
    const double factor = 1.0 / (double)objective->row_count;
    if (objective->chunk_count == 1 && objective->row_count <= objective->flush_rows) {
        const smi_affine *const map = &objective->map;
        const smi_affine sums = smi_affine_over(
            map->layout, smi_chunk_sums_floats(objective->sums, 0), map->features, map->classes);
        smi_unpack_gradient_f32(&sums, &scaling, factor, gradient);
        return;
    }
    smi_chunk_sums_add_up(objective->sums, objective->chunk_count, objective->pool);
    smi_unpack_gradient(&objective->map, smi_chunk_sums_total(objective->sums), &scaling, factor,
                        gradient);
}

/* Slab by slab, through the sums by feature. penalized: where l2 pulls. */
static smi_block_loss run_slabs(smi_softmax_objective *const objective,
                                const float *const penalized, float *const gradient)
{
    const size_t rows = objective->row_count;
    const size_t slab_rows = smi_feature_sums_slab_rows(objective->by_feature);
    const smi_scaling scaling = smi_model_scaling(objective->model);
    smi_feature_result result = {.scaling = &scaling,
                                 .factor = 1.0 / (double)rows,
                                 .l2 = objective->l2,
                                 .weights = penalized};
    result.gradient = gradient;
    smi_block_loss sum = {0.0, 0};
    for (size_t slab = 0; slab * slab_rows < rows; slab++) {
        const size_t begin = slab * slab_rows;
        const smi_block_loss part =
            run_chunks(objective, begin, smi_min_size(begin + slab_rows, rows));
        sum.loss += part.loss;
        sum.correct += part.correct;
        if (gradient != NULL) {
            smi_feature_sums_add(objective->by_feature, slab, &result);
        }
    }
    return sum;
}

/* For the maps as they are. gradient NULL: the value alone. */
static smi_block_loss run_rows(smi_softmax_objective *const objective, const purpose why,
                               const size_t *const rows, const size_t count,
                               const float *const penalized, float *const gradient)
{
    objective->purpose = why;
    objective->rows = rows;
    objective->row_count = count;
    if (objective->by_feature != NULL) {
        return run_slabs(objective, penalized, gradient);
    }
    const smi_block_loss sum = run_chunks(objective, 0, count);
    if (gradient != NULL) {
        collect_gradient(objective, gradient);
        if (objective->l2 != 0.0) {
            smi_add_scaled(objective->l2, penalized, gradient, weights_of(objective));
        }
    }
    return sum;
}

static smi_value evaluate(void *const context, const float *const parameters,
                          const size_t *const rows, const size_t count, float *const gradient)
{
    smi_softmax_objective *const objective = context;
    const smi_scaling scaling = smi_model_scaling(objective->model);
    smi_pack(parameters, &scaling, objective->pool, &objective->map);
    const smi_block_loss sum =
        run_rows(objective, gradient == NULL ? VALUE : GRADIENT, rows, count, parameters, gradient);
    smi_value value = {.loss = sum.loss / (double)count,
                       .accuracy = (double)sum.correct / (double)count};
    value.objective = value.loss + smi_l2_penalty(objective->l2, parameters, weights_of(objective),
                                                  NULL, objective->pool);
    return value;
}

static void look_closely(void *const context, const float *const parameters)
{
    smi_softmax_objective *const objective = context;
    const smi_scaling scaling = smi_model_scaling(objective->model);
    objective->parameters = parameters;
    if (objective->logits != NULL) {
        smi_pack(parameters, &scaling, objective->pool, &objective->map);
        (void)run_rows(objective, LOGITS, NULL, objective->dataset->rows, NULL, NULL);
    }
}

static void curvature(void *const context, const float *const direction, float *const result)
{
    smi_softmax_objective *const objective = context;
    const smi_scaling scaling = smi_model_scaling(objective->model);
    if (objective->logits != NULL) {
        smi_pack(direction, &scaling, objective->pool, &objective->map);
    } else {
        smi_pack_pair(objective->parameters, direction, &scaling, objective->pool,
                      &objective->pair);
    }
    (void)run_rows(objective, CURVATURE, NULL, objective->dataset->rows, direction, result);
}

/* Has the parameters in the map, and something to build the preconditioner in. */
static sm_status begin_preconditioner(smi_softmax_objective *const objective,
                                      const float *const parameters)
{
    const smi_scaling scaling = smi_model_scaling(objective->model);
    smi_pack(parameters, &scaling, objective->pool, &objective->map);
    return objective->preconditioner != NULL
               ? SM_OK
               : smi_gram_preconditioner_create(&objective->source, objective->map.classes, scaling,
                                                objective->l2, objective->pool,
                                                &objective->preconditioner);
}

static sm_status prepare_preconditioner(void *const context, const float *const parameters)
{
    smi_softmax_objective *const objective = context;
    const sm_status status = begin_preconditioner(objective, parameters);
    return status == SM_OK
               ? smi_gram_preconditioner_build(objective->preconditioner, &objective->map)
               : status;
}

static sm_status prepare_metric(void *const context, const float *const parameters,
                                smi_metric *const metric)
{
    smi_softmax_objective *const objective = context;
    const sm_status status = begin_preconditioner(objective, parameters);
    return status == SM_OK
               ? smi_gram_preconditioner_measure(objective->preconditioner, &objective->map, metric)
               : status;
}

static void apply_preconditioner(void *const context, const float *const vector,
                                 float *const result)
{
    const smi_softmax_objective *const objective = context;
    smi_gram_preconditioner_apply(objective->preconditioner, vector, result);
}

static void will_need(void *const context, const size_t first, const size_t count)
{
    const smi_softmax_objective *const objective = context;
    smi_streaming_will_need(objective->dataset, first, count);
}

static void let_go(void *const context, const size_t first, const size_t count)
{
    const smi_softmax_objective *const objective = context;
    smi_streaming_let_go(objective->dataset, first, count);
}

/* ---- life ---- */

/* A map's memory; false when there is not enough. */
static bool make_map(const smi_layout layout, const size_t features, const size_t classes,
                     smi_affine *const map)
{
    size_t floats = 0;
    float *const memory = smi_affine_floats(layout, features, classes, &floats)
                              ? smi_large_array(floats, sizeof *memory)
                              : NULL;
    if (memory == NULL) {
        return false;
    }
    *map = smi_affine_over(layout, memory, features, classes);
    return true;
}

/* For products with the Hessian; false when there is not enough memory. */
static bool make_logits(smi_softmax_objective *const objective)
{
    const smi_affine *const map = &objective->map;
    const size_t rows = objective->dataset->rows;
    if (rows <= MOST_LOGITS / map->classes) {
        objective->logits = smi_large_array(rows * map->classes, sizeof *objective->logits);
        return objective->logits != NULL;
    }
    return make_map(map->layout, map->features, 2 * map->classes, &objective->pair);
}

/* What one thread works in; false when there is not enough memory. */
static bool make_workspace(const smi_softmax_objective *const objective,
                           const smi_gradients gradients, workspace *const space)
{
    const size_t numbers = objective->map.classes * (gradients != SMI_NO_GRADIENTS ? 2 : 1);
    const size_t floats = objective->source.block_rows * numbers;
    space->logits = smi_array(floats, sizeof *space->logits);
    space->changes = smi_array(objective->logits == NULL ? 0 : floats / 2, sizeof *space->changes);
    return space->logits != NULL && space->changes != NULL &&
           smi_row_block_create(&objective->source, &space->block) == SM_OK;
}

/* What gradients are summed in. */
static sm_status make_sums(smi_softmax_objective *const objective, const smi_gradients gradients)
{
    if (gradients == SMI_NO_GRADIENTS || objective->by_feature != NULL) {
        return SM_OK;
    }
    const bool flushes = objective->dataset->rows > objective->most_chunks * objective->flush_rows;
    return smi_chunk_sums_create(objective->gradient_floats, objective->most_chunks, flushes,
                                 &objective->sums);
}

static sm_status make_memory(smi_softmax_objective *const objective, const smi_gradients gradients)
{
    const size_t features = objective->model->shape.features;
    const size_t classes = objective->model->shape.classes;
    const smi_layout layout = objective->source.layout;
    const size_t threads = smi_pool_threads(objective->pool);
    const size_t rows = objective->dataset->rows;
    if (!make_map(layout, features, classes, &objective->map) ||
        (gradients != SMI_NO_GRADIENTS && !make_logits(objective))) {
        return smi_fail_memory("training");
    }
    if (gradients == SMI_GRADIENTS_OVER_ALL && smi_feature_sums_pay(&objective->source, classes)) {
        const sm_status status = smi_feature_sums_create(&objective->source, classes,
                                                         objective->pool, &objective->by_feature);
        if (status != SM_OK) {
            return status;
        }
    }
    (void)smi_affine_floats(layout, features, classes, &objective->gradient_floats);
    objective->flush_rows = flush_rows_of(objective);
    objective->most_chunks = chunks_for(objective, rows);
    objective->losses = smi_array(objective->most_chunks, sizeof *objective->losses);
    objective->workspaces = smi_array(threads, sizeof *objective->workspaces);
    bool complete = objective->workspaces != NULL && objective->losses != NULL;
    for (size_t t = 0; t < threads && complete; t++) {
        complete = make_workspace(objective, gradients, &objective->workspaces[t]);
    }
    if (!complete) {
        return smi_fail_memory("training");
    }
    return make_sums(objective, gradients);
}

sm_status smi_softmax_objective_create(const sm_model *const model, const sm_dataset *const dataset,
                                       const double l2, const smi_gradients gradients,
                                       smi_pool *const pool,
                                       smi_softmax_objective **const objective)
{
    sm_status status = smi_dataset_check(dataset, model->shape.features, true);
    if (status != SM_OK) {
        return status;
    }
    smi_softmax_objective *const created = smi_array(1, sizeof *created);
    if (created == NULL) {
        return smi_fail_memory("training");
    }
    created->model = model;
    created->dataset = dataset;
    created->pool = pool;
    created->l2 = l2;
    status = smi_row_source_create(model->kernels, dataset, model->shape.classes, &created->source);
    if (status == SM_OK) {
        status = smi_row_source_match_classes(&created->source, &model->shape);
    }
    if (status == SM_OK) {
        status = make_memory(created, gradients);
    }
    if (status != SM_OK) {
        smi_softmax_objective_free(created);
        return status;
    }
    *objective = created;
    return SM_OK;
}

sm_status smi_softmax_objective_weigh_classes(smi_softmax_objective *const objective,
                                              const double *const weights)
{
    return smi_row_source_weigh_classes(&objective->source, weights,
                                        objective->model->shape.classes);
}

void smi_softmax_objective_set_loss(smi_softmax_objective *const objective,
                                    const smi_loss_rule rule)
{
    objective->source.loss = rule;
}

/* Whether descending on the metric costs less than the passes over the data that it saves: to move
 * each coordinate of the parameters once, each with a column of the metric, takes no longer than an
 * evaluation. */
static bool metric_pays(const smi_row_source *const source, const size_t classes)
{
    const double features = (double)source->dataset->shape.features;
    const double entries = (double)source->dataset->rows * source->entries_per_row;
    return features * features <= 2.0 * entries &&
           smi_gram_preconditioner_pays(source, classes, most_for_metric);
}

smi_objective smi_softmax_objective_view(smi_softmax_objective *const objective)
{
    const smi_row_source *const source = &objective->source;
    const size_t classes = objective->map.classes;
    const bool pays = smi_gram_preconditioner_pays(source, classes, most_for_preconditioner);
    const bool curves = source->loss.loss == SM_LOSS_FROM_LOGITS;
    return (smi_objective){.parameter_count = objective->model->parameter_count,
                           .penalized_count = objective->map.features * objective->map.classes,
                           .row_count = objective->dataset->rows,
                           .block_rows = smi_streaming_block_rows(objective->dataset),
                           .will_need = will_need,
                           .let_go = let_go,
                           .context = objective,
                           .pool = objective->pool,
                           .kernels = objective->model->kernels,
                           .evaluate = evaluate,
                           .look_closely = curves ? look_closely : NULL,
                           .curvature = curves ? curvature : NULL,
                           .prepare_preconditioner = pays ? prepare_preconditioner : NULL,
                           .apply_preconditioner = pays ? apply_preconditioner : NULL,
                           .prepare_metric = metric_pays(source, classes) ? prepare_metric : NULL};
}

double smi_softmax_objective_density(const smi_softmax_objective *const objective)
{
    return objective->source.entries_per_row / (double)objective->map.features;
}

void smi_softmax_objective_free(smi_softmax_objective *const objective)
{
    if (objective == NULL) {
        return;
    }
    const size_t threads = smi_pool_threads(objective->pool);
    for (size_t t = 0; objective->workspaces != NULL && t < threads; t++) {
        smi_row_block_free(&objective->workspaces[t].block);
        smi_free(objective->workspaces[t].logits);
        smi_free(objective->workspaces[t].changes);
    }
    smi_gram_preconditioner_free(objective->preconditioner);
    smi_chunk_sums_free(objective->sums);
    smi_feature_sums_free(objective->by_feature);
    smi_row_source_free(&objective->source);
    smi_free(objective->workspaces);
    smi_free(objective->losses);
    smi_free(objective->logits);
    smi_free(objective->map.weights);
    smi_free(objective->pair.weights);
    smi_free(objective);
}
