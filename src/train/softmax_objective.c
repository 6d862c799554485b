#include "train/softmax_objective.h"

#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/dataset.h"
#include "model/model.h"

enum {
    MAX_CHUNKS = 64,
    MIN_CHUNK_ROWS = 32,  /* less is not worth waking a thread for */
    FLUSH_ROWS = 1024,    /* summed in float before they join the chunk's sum in double */
    SLICE_FLOATS = 1024,  /* one task of adding the chunks up */
    BLOCK_LOGITS = 65536, /* logits of a block, in floats: they stay in the second-level cache */
    CHUNK_MEMORY = 64 << 20
};

/* What one thread works in. */
typedef struct workspace {
    float *gradient; /* an affine map's memory: the sum since the last flush */
    float *logits;   /* block_rows × classes */
    const void *x[SMI_BLOCK_ROWS];
    int32_t labels[SMI_BLOCK_ROWS];
    const float *targets[SMI_BLOCK_ROWS];
} workspace;

/* What one chunk comes to. */
typedef struct chunk_sum {
    double *gradient; /* the layout of an affine map's memory */
    double loss;
    size_t correct;
} chunk_sum;

struct smi_softmax_objective {
    const sm_model *model;
    const sm_dataset *dataset;
    smi_pool *pool;
    double l2;
    int32_t *classes; /* the dataset's class → the model's */
    size_t affine_floats;
    size_t block_rows;
    float *map_memory;
    smi_affine map;        /* the parameters being evaluated */
    workspace *workspaces; /* one a thread */
    chunk_sum *chunks;
    size_t most_chunks;

    /* The evaluation under way. */
    const size_t *rows;
    size_t row_count;
    size_t chunk_count;
    bool with_gradient;
};

/* A power of two, for an even tree; from the problem alone. */
static size_t chunks_for(const smi_softmax_objective *const objective, const size_t rows)
{
    const size_t bytes = objective->affine_floats * sizeof(double);
    const size_t fit = smi_max_size(CHUNK_MEMORY / bytes, 1);
    const size_t most = smi_min_size(smi_min_size(rows / MIN_CHUNK_ROWS, MAX_CHUNKS), fit);
    size_t count = 1;
    while (2 * count <= most) {
        count *= 2;
    }
    return count;
}

/* ---- one chunk ---- */

/* Adds what the thread has summed in float to the chunk's sum. */
static void flush(const smi_softmax_objective *const objective, workspace *const space,
                  double *const sum)
{
    for (size_t i = 0; i < objective->affine_floats; i++) {
        sum[i] += (double)space->gradient[i];
    }
    memset(space->gradient, 0, objective->affine_floats * sizeof *space->gradient);
}

/* Collects a block's rows and labels. */
static void gather(const smi_softmax_objective *const objective, const size_t first,
                   const size_t count, workspace *const space)
{
    const sm_dataset *const dataset = objective->dataset;
    for (size_t i = 0; i < count; i++) {
        const size_t row = objective->rows == NULL ? first + i : objective->rows[first + i];
        const size_t stored = smi_dataset_stored_row(dataset, row);
        space->x[i] = (const char *)dataset->x + stored * dataset->row_bytes;
        if (dataset->targets != NULL) {
            space->targets[i] = dataset->targets + stored * dataset->shape.classes;
        } else {
            space->labels[i] = objective->classes[dataset->labels[stored]];
        }
    }
}

static smi_block_loss run_block(const smi_softmax_objective *const objective, const size_t first,
                                const size_t count, workspace *const space)
{
    const smi_kernels *const kernels = objective->model->kernels;
    const sm_element element = objective->dataset->element;
    const size_t classes = objective->map.classes;
    gather(objective, first, count, space);
    kernels->logits[element](&objective->map, space->x, count, space->logits);
    const smi_block_loss loss =
        objective->dataset->targets != NULL
            ? kernels->loss_targets(space->logits, space->targets, count, classes)
            : kernels->loss_labels(space->logits, space->labels, count, classes);
    if (objective->with_gradient) {
        const smi_affine sum = smi_affine_over(space->gradient, objective->map.features, classes);
        kernels->gradient[element](&sum, space->x, count, space->logits);
    }
    return loss;
}

static void run_chunk(void *const context, const size_t task, const size_t thread)
{
    smi_softmax_objective *const objective = context;
    workspace *const space = &objective->workspaces[thread];
    chunk_sum *const sum = &objective->chunks[task];
    const size_t begin = objective->row_count * task / objective->chunk_count;
    const size_t end = objective->row_count * (task + 1) / objective->chunk_count;
    size_t since_flush = 0;
    sum->loss = 0.0;
    sum->correct = 0;
    if (objective->with_gradient) {
        memset(sum->gradient, 0, objective->affine_floats * sizeof *sum->gradient);
    }
    for (size_t r = begin; r < end; r += objective->block_rows) {
        const size_t count = smi_min_size(objective->block_rows, end - r);
        const smi_block_loss block = run_block(objective, r, count, space);
        sum->loss += block.loss;
        sum->correct += block.correct;
        since_flush += count;
        if (objective->with_gradient && (since_flush >= FLUSH_ROWS || r + count == end)) {
            flush(objective, space, sum->gradient);
            since_flush = 0;
        }
    }
}

/* ---- all chunks ---- */

/* Adds up one slice of all chunks' gradients: pairs, pairs of pairs, … into the first. */
static void add_slice(void *const context, const size_t task, const size_t thread)
{
    (void)thread;
    const smi_softmax_objective *const objective = context;
    const size_t begin = task * SLICE_FLOATS;
    const size_t end = smi_min_size(begin + SLICE_FLOATS, objective->affine_floats);
    for (size_t step = 1; step < objective->chunk_count; step *= 2) {
        for (size_t c = 0; c + step < objective->chunk_count; c += 2 * step) {
            double *const to = objective->chunks[c].gradient;
            const double *const from = objective->chunks[c + step].gradient;
            for (size_t i = begin; i < end; i++) {
                to[i] += from[i];
            }
        }
    }
}

/* l2/2 · ‖kernel‖², and its gradient added. */
static double add_penalty(const smi_softmax_objective *const objective,
                          const float *const parameters, float *const gradient)
{
    const size_t weights = objective->map.features * objective->map.classes;
    double square = 0.0;
    for (size_t i = 0; i < weights && objective->l2 > 0.0; i++) {
        square += (double)parameters[i] * (double)parameters[i];
        if (gradient != NULL) {
            gradient[i] += (float)objective->l2 * parameters[i];
        }
    }
    return 0.5 * objective->l2 * square;
}

static smi_value evaluate(void *const context, const float *const parameters,
                          const size_t *const rows, const size_t count, float *const gradient)
{
    smi_softmax_objective *const objective = context;
    const smi_scaling scaling = smi_model_scaling(objective->model);
    smi_pack(parameters, scaling, &objective->map);
    objective->rows = rows;
    objective->row_count = count;
    objective->chunk_count = chunks_for(objective, count);
    objective->with_gradient = gradient != NULL;
    smi_pool_run(objective->pool, objective->chunk_count, run_chunk, objective);

    double loss = 0.0;
    size_t correct = 0;
    for (size_t c = 0; c < objective->chunk_count; c++) {
        loss += objective->chunks[c].loss;
        correct += objective->chunks[c].correct;
    }
    if (gradient != NULL) {
        const size_t slices = (objective->affine_floats + SLICE_FLOATS - 1) / SLICE_FLOATS;
        smi_pool_run(objective->pool, slices, add_slice, objective);
        smi_unpack_gradient(objective->chunks[0].gradient, objective->map.features,
                            objective->map.classes, scaling, 1.0 / (double)count, gradient);
    }
    smi_value value = {.loss = loss / (double)count, .accuracy = (double)correct / (double)count};
    value.objective = value.loss + add_penalty(objective, parameters, gradient);
    return value;
}

/* ---- life ---- */

static sm_status make_memory(smi_softmax_objective *const objective, const bool gradients)
{
    const size_t classes = objective->map.classes;
    const size_t threads = smi_pool_threads(objective->pool);
    objective->most_chunks = chunks_for(objective, objective->dataset->rows);
    objective->map_memory = smi_array(objective->affine_floats, sizeof(float));
    objective->workspaces = smi_array(threads, sizeof *objective->workspaces);
    objective->chunks = smi_array(objective->most_chunks, sizeof *objective->chunks);
    bool complete =
        objective->map_memory != NULL && objective->workspaces != NULL && objective->chunks != NULL;
    for (size_t t = 0; t < threads && complete; t++) {
        workspace *const space = &objective->workspaces[t];
        space->gradient =
            gradients ? smi_array(objective->affine_floats, sizeof *space->gradient) : NULL;
        space->logits = smi_array(objective->block_rows * classes, sizeof *space->logits);
        complete = (space->gradient != NULL || !gradients) && space->logits != NULL;
    }
    for (size_t c = 0; c < objective->most_chunks && gradients && complete; c++) {
        objective->chunks[c].gradient = smi_array(objective->affine_floats, sizeof(double));
        complete = objective->chunks[c].gradient != NULL;
    }
    return complete ? SM_OK : smi_fail_memory("training");
}

static sm_status match_classes(smi_softmax_objective *const objective)
{
    const sm_shape *const shape = &objective->model->shape;
    const sm_dataset *const dataset = objective->dataset;
    objective->classes = smi_array(dataset->shape.classes, sizeof *objective->classes);
    if (objective->classes == NULL) {
        return smi_fail_memory("the classes");
    }
    return smi_dataset_match_classes(dataset, shape->class_names, shape->classes,
                                     objective->classes);
}

sm_status smi_softmax_objective_create(const sm_model *const model, const sm_dataset *const dataset,
                                       const double l2, const bool gradients, smi_pool *const pool,
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
    const size_t classes = model->shape.classes;
    created->model = model;
    created->dataset = dataset;
    created->pool = pool;
    created->l2 = l2;
    created->map = model->map; /* its extents; the memory follows */
    created->block_rows = smi_max_size(smi_min_size(BLOCK_LOGITS / classes, SMI_BLOCK_ROWS), 1);
    (void)smi_affine_floats(model->shape.features, classes, &created->affine_floats);
    status = match_classes(created);
    if (status == SM_OK) {
        status = make_memory(created, gradients);
    }
    if (status != SM_OK) {
        smi_softmax_objective_free(created);
        return status;
    }
    created->map = smi_affine_over(created->map_memory, model->shape.features, classes);
    *objective = created;
    return SM_OK;
}

smi_objective smi_softmax_objective_view(smi_softmax_objective *const objective)
{
    return (smi_objective){.parameter_count = objective->model->parameter_count,
                           .penalized_count = objective->map.features * objective->map.classes,
                           .row_count = objective->dataset->rows,
                           .context = objective,
                           .evaluate = evaluate};
}

void smi_softmax_objective_free(smi_softmax_objective *const objective)
{
    if (objective == NULL) {
        return;
    }
    const size_t threads = smi_pool_threads(objective->pool);
    for (size_t t = 0; objective->workspaces != NULL && t < threads; t++) {
        smi_free(objective->workspaces[t].gradient);
        smi_free(objective->workspaces[t].logits);
    }
    for (size_t c = 0; objective->chunks != NULL && c < objective->most_chunks; c++) {
        smi_free(objective->chunks[c].gradient);
    }
    smi_free(objective->chunks);
    smi_free(objective->workspaces);
    smi_free(objective->map_memory);
    smi_free(objective->classes);
    smi_free(objective);
}
