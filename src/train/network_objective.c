#include "train/network_objective.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/streaming.h"
#include "train/chunk_sums.h"
#include "train/hand_on.h"
#include "train/l2.h"
#include "train/network_pass.h"
#include "train/vector.h"

enum {
    MAX_CHUNKS = 64,
    CHUNK_ROWS = 512,         /* at least, of a chunk that sums: adding chunks up must pay */
    FLUSH_ROWS = 4096,        /* summed in float before they join the sums in double */
    MOST_ROWS = 512,          /* at a time, when all threads work on them */
    SHARED_FLOATS = 32 << 20, /* what the rows of the pass of all threads may take */
    PASS_FLOATS = 192 << 10,  /* what the rows of one thread's pass may take in its cache */
    CHUNK_MEMORY = 64 << 20,
    LEAST_MOVED = 32768 /* parameters: their parts are worth waking a thread for, of any rows */
};

/* Multiply-adds that a chunk, or a batch for all threads, has at least: less is not worth waking a
 * thread for. */
static const double least_work = 1e6;

struct smi_network_objective {
    smi_network network;
    smi_row_source source;
    const sm_dataset *dataset;
    smi_pool *pool;
    double l2;
    size_t parameter_count;
    smi_purpose most;         /* that is asked for */
    size_t alone_rows;        /* of a pass of one thread */
    size_t shared_rows;       /* of the pass of all threads */
    smi_network_pass **alone; /* one a thread; NULL each where there are no chunks */
    smi_network_pass *shared;
    smi_chunk_sums *sums;   /* NULL: gradients are never summed but directly */
    smi_block_loss *losses; /* one a chunk */

    /* The evaluation under way. */
    smi_purpose purpose;
    const size_t *rows;
    size_t row_count;
    size_t chunk_count;
};

static double row_work(const smi_network_objective *const objective)
{
    return (double)objective->parameter_count;
}

/* A power of two, for an even tree; from the problem alone. */
static size_t chunks_for(const smi_network_objective *const objective, const smi_purpose purpose,
                         const size_t rows)
{
    const bool sums = purpose != SMI_PASS_VALUE;
    const size_t fit = CHUNK_MEMORY / (objective->parameter_count * sizeof(float));
    const size_t most = sums ? smi_min_size(MAX_CHUNKS, fit) : MAX_CHUNKS;
    const size_t least_rows = sums ? CHUNK_ROWS : objective->alone_rows;
    size_t count = 1;
    size_t half = rows / 2;
    while (2 * count <= most && half >= least_rows &&
           row_work(objective) * (double)half >= least_work) {
        count *= 2;
        half = rows / (2 * count);
    }
    return count;
}

/* ---- by chunks ---- */

/* Rows that are taken through one after the other. */
typedef struct span {
    size_t begin;
    size_t end;
    size_t at_a_time;
    smi_network_pass *pass;
    smi_pool *pool; /* NULL: this thread alone */
    size_t chunk;   /* whose sums they add to */
    float *direct;  /* where the gradient goes instead; NULL: it does not */
} span;

/* Rows of the evaluation under way. */
static smi_network_rows rows_from(const smi_network_objective *const objective, const size_t first,
                                  const size_t count)
{
    return (smi_network_rows){.rows = objective->rows == NULL ? NULL : objective->rows + first,
                              .first_row = first,
                              .count = count,
                              .place = first};
}

/* Whether so many rows are worth waking other threads for. */
static bool is_shared(const smi_network_objective *const objective, const size_t rows)
{
    return row_work(objective) * (double)rows >= least_work;
}

static smi_block_loss run_span(const smi_network_objective *const objective, const span *const of)
{
    const bool sums = objective->purpose != SMI_PASS_VALUE && of->direct == NULL;
    float *const to = sums ? smi_chunk_sums_start(objective->sums, of->chunk) : of->direct;
    const sm_dataset *const dataset = objective->dataset;
    const smi_row_range part = {of->begin, of->end};
    const bool in_order = objective->rows == NULL;
    smi_block_loss sum = {0.0, 0};
    size_t since_flush = 0;
    for (size_t r = of->begin; r < of->end; r += of->at_a_time) {
        const smi_network_rows rows =
            rows_from(objective, r, smi_min_size(of->at_a_time, of->end - r));
        if (sums && since_flush + rows.count > FLUSH_ROWS) {
            smi_chunk_sums_flush(objective->sums, of->chunk);
            since_flush = 0;
        }
        if (in_order) {
            smi_streaming_pass_part(dataset, part, r, rows.count);
        }
        smi_passage passage = {.network = &objective->network,
                               .pass = of->pass,
                               .pool = is_shared(objective, rows.count) ? of->pool : NULL,
                               .purpose = objective->purpose,
                               .rows = rows};
        const smi_block_loss loss = smi_network_pass_run(&passage);
        if (objective->purpose != SMI_PASS_VALUE) {
            const smi_gradient_target target = {.sums = to, .add = sums || r > of->begin};
            smi_network_pass_gradient(&passage, &target);
        }
        sum.loss += loss.loss;
        sum.correct += loss.correct;
        since_flush += rows.count;
    }
    if (in_order) {
        smi_streaming_end_part(dataset, part);
    }
    return sum;
}

static void run_chunk(void *const context, const size_t task, const size_t thread)
{
    smi_network_objective *const objective = context;
    const span chunk = {.begin = objective->row_count * task / objective->chunk_count,
                        .end = objective->row_count * (task + 1) / objective->chunk_count,
                        .at_a_time = objective->alone_rows,
                        .pass = objective->alone[thread],
                        .chunk = task};
    objective->losses[task] = run_span(objective, &chunk);
}

/* From the sums in double to the gradient. */
static void collect_gradient(const smi_network_objective *const objective, float *const gradient)
{
    smi_chunk_sums_add_up(objective->sums, objective->chunk_count, objective->pool);
    const double *const total = smi_chunk_sums_total(objective->sums);
    for (size_t i = 0; i < objective->parameter_count; i++) {
        gradient[i] = (float)total[i];
    }
}

static smi_block_loss run_chunks(smi_network_objective *const objective, float *const gradient)
{
    smi_block_loss sum = {0.0, 0};
    smi_pool_run(objective->pool, objective->chunk_count, run_chunk, objective);
    for (size_t c = 0; c < objective->chunk_count; c++) {
        sum.loss += objective->losses[c].loss;
        sum.correct += objective->losses[c].correct;
    }
    if (gradient != NULL) {
        collect_gradient(objective, gradient);
    }
    return sum;
}

/* ---- all threads on the same rows ---- */

static smi_block_loss run_together(const smi_network_objective *const objective,
                                   float *const gradient)
{
    const bool few = objective->row_count <= FLUSH_ROWS;
    const span all = {.end = objective->row_count,
                      .at_a_time = objective->shared_rows,
                      .pass = objective->shared,
                      .pool = objective->pool,
                      .direct = few ? gradient : NULL};
    const smi_block_loss sum = run_span(objective, &all);
    if (gradient != NULL && !few) {
        collect_gradient(objective, gradient);
    }
    return sum;
}

/* ---- an evaluation ---- */

static void begin(smi_network_objective *const objective, const smi_purpose purpose,
                  const size_t *const rows, const size_t count)
{
    objective->purpose = purpose;
    objective->rows = rows;
    objective->row_count = count;
    objective->chunk_count = chunks_for(objective, purpose, count);
    objective->network.factor = (float)(1.0 / (double)count);
}

static smi_block_loss run_rows(smi_network_objective *const objective, const smi_purpose purpose,
                               const size_t *const rows, const size_t count, float *const gradient)
{
    begin(objective, purpose, rows, count);
    return objective->chunk_count == 1 ? run_together(objective, gradient)
                                       : run_chunks(objective, gradient);
}

/* gradient: the penalty's is added to it, unless it is NULL. */
static smi_value value_of(const smi_network_objective *const objective, const smi_block_loss sum,
                          float *const gradient)
{
    const double rows = (double)objective->row_count;
    smi_value value = {.loss = sum.loss / rows, .accuracy = (double)sum.correct / rows};
    value.objective = value.loss + smi_l2_penalty(objective->l2, objective->network.parameters,
                                                  smi_model_weight_count(objective->network.model),
                                                  gradient, objective->pool);
    return value;
}

static smi_value evaluate(void *const context, const float *const parameters,
                          const size_t *const rows, const size_t count, float *const gradient)
{
    smi_network_objective *const objective = context;
    objective->network.parameters = parameters;
    const smi_purpose purpose = gradient == NULL ? SMI_PASS_VALUE : SMI_PASS_GRADIENT;
    const smi_block_loss sum = run_rows(objective, purpose, rows, count, gradient);
    return value_of(objective, sum, gradient);
}

/* The solver's receiver, behind the penalty. */
typedef struct penalty {
    const smi_network_objective *objective;
    const smi_receiver *receiver;
} penalty;

static void penalise_part(void *const context, const size_t begin, const size_t end,
                          float *const part)
{
    const penalty *const behind = context;
    const smi_network_objective *const objective = behind->objective;
    const size_t weights = smi_min_size(smi_model_weight_count(objective->network.model), end);
    if (objective->l2 > 0.0 && weights > begin) {
        smi_add_scaled(objective->l2, objective->network.parameters + begin, part, weights - begin);
    }
    behind->receiver->take(behind->receiver->context, begin, end, part);
}

/* Parts come where all rows are one pass; else the gradient is there as a whole. */
static smi_value evaluate_in_parts(void *const context, const float *const parameters,
                                   const size_t *const rows, const size_t count,
                                   float *const gradient, const smi_receiver *const receiver)
{
    smi_network_objective *const objective = context;
    if (count > objective->shared_rows || chunks_for(objective, SMI_PASS_GRADIENT, count) > 1) {
        const smi_value value = evaluate(context, parameters, rows, count, gradient);
        if (receiver->begin(receiver->context, &value)) {
            smi_hand_on(receiver, objective->pool, 0, objective->parameter_count, gradient);
        }
        return value;
    }
    begin(objective, SMI_PASS_GRADIENT, rows, count);
    objective->network.parameters = parameters;
    smi_passage passage = {.network = &objective->network,
                           .pass = objective->shared,
                           .pool = is_shared(objective, count) ? objective->pool : NULL,
                           .purpose = SMI_PASS_GRADIENT,
                           .rows = rows_from(objective, 0, count)};
    const smi_block_loss loss = smi_network_pass_run(&passage);
    const smi_value value = value_of(objective, loss, NULL);
    if (receiver->begin(receiver->context, &value)) {
        if (objective->parameter_count >= LEAST_MOVED) {
            passage.pool = objective->pool;
        }
        penalty behind = {objective, receiver};
        const smi_receiver penalised = {.context = &behind, .take = penalise_part};
        const smi_gradient_target target = {.sums = gradient, .receiver = &penalised};
        smi_network_pass_gradient(&passage, &target);
    }
    return value;
}

static void look_closely(void *const context, const float *const parameters)
{
    smi_network_objective *const objective = context;
    objective->network.parameters = parameters;
}

static void curvature(void *const context, const float *const direction, float *const result)
{
    smi_network_objective *const objective = context;
    objective->network.direction = direction;
    (void)run_rows(objective, SMI_PASS_CURVATURE, NULL, objective->dataset->rows, result);
    smi_add_scaled(objective->l2, direction, result,
                   smi_model_weight_count(objective->network.model));
}

static void begin_step(void *const context, const size_t step)
{
    smi_network_objective *const objective = context;
    objective->network.step = step;
}

const char *smi_network_objective_broken_layer(smi_network_objective *const objective,
                                               const float *const parameters)
{
    smi_network *const network = &objective->network;
    const smi_layer *const layers = network->model->layers;
    size_t first = network->model->layer_count;
    network->parameters = parameters;
    network->step = 0;
    for (size_t r = 0; r < objective->dataset->rows && first > 0; r += objective->shared_rows) {
        const smi_network_rows rows = {
            .first_row = r,
            .count = smi_min_size(objective->shared_rows, objective->dataset->rows - r)};
        smi_passage passage = {.network = network,
                               .pass = objective->shared,
                               .pool = objective->pool,
                               .purpose = SMI_PASS_VALUE,
                               .rows = rows};
        smi_streaming_pass(objective->dataset, r, rows.count);
        const smi_block_loss part = smi_network_pass_run(&passage);
        if (!isfinite(part.loss)) {
            first = smi_min_size(
                first, smi_network_pass_broken_layer(network, objective->shared, rows.count));
        }
    }
    return first < network->model->layer_count ? layers[first].name : NULL;
}

static void will_need(void *const context, const size_t first, const size_t count)
{
    const smi_network_objective *const objective = context;
    smi_streaming_will_need(objective->dataset, first, count);
}

static void let_go(void *const context, const size_t first, const size_t count)
{
    const smi_network_objective *const objective = context;
    smi_streaming_let_go(objective->dataset, first, count);
}

/* ---- life ---- */

/* Rows of a pass that stay in a thread's cache. */
static size_t alone_rows_of(const smi_network_objective *const objective)
{
    const sm_model *const model = objective->network.model;
    size_t floats = objective->network.entry.lists ? 0 : model->layers[0].inputs;
    for (size_t l = 0; l < model->layer_count; l++) {
        floats += 3 * model->layers[l].outputs;
    }
    const size_t blocks = PASS_FLOATS / smi_max_size(floats, 1) / SMI_BLOCK_ROWS;
    return SMI_BLOCK_ROWS * smi_min_size(smi_max_size(blocks, 1), MOST_ROWS / SMI_BLOCK_ROWS);
}

/* Rows of the pass of all threads: fewer where layers are so wide that they would take the memory.
 */
static size_t shared_rows_of(const smi_network_objective *const objective)
{
    const double floats = smi_network_pass_floats(objective->network.model, objective->most);
    const double blocks = fmax(SHARED_FLOATS / floats / SMI_BLOCK_ROWS, 1.0);
    return SMI_BLOCK_ROWS * (size_t)fmin(blocks, (double)MOST_ROWS / SMI_BLOCK_ROWS);
}

/* What chunks need, if there will be any. */
static sm_status make_chunks(smi_network_objective *const objective)
{
    const size_t threads = smi_pool_threads(objective->pool);
    const size_t rows = objective->dataset->rows;
    objective->losses = smi_array(MAX_CHUNKS, sizeof *objective->losses);
    objective->alone = smi_array(threads, sizeof(smi_network_pass *));
    if (objective->losses == NULL || objective->alone == NULL) {
        return smi_fail_memory("training");
    }
    const smi_purpose purposes[] = {SMI_PASS_VALUE, SMI_PASS_GRADIENT};
    const size_t chunks =
        smi_max_size(chunks_for(objective, purposes[0], rows),
                     chunks_for(objective, purposes[objective->most != SMI_PASS_VALUE], rows));
    sm_status status = SM_OK;
    for (size_t t = 0; t < threads && chunks > 1 && status == SM_OK; t++) {
        status = smi_network_pass_create(&objective->network, objective->alone_rows, 1,
                                         objective->most, &objective->alone[t]);
    }
    return status;
}

/* Whether a chunk, of all rows or of some of them, may be longer than what is summed in float.
 * Those of a batch may be longer than those of all rows: where there is little to do for a row, it
 * is cut into fewer. */
static bool may_flush(const smi_network_objective *const objective, const size_t chunks)
{
    const size_t rows = objective->dataset->rows;
    const bool light = row_work(objective) * FLUSH_ROWS < 2.0 * least_work;
    return rows > FLUSH_ROWS && (light || rows / chunks >= FLUSH_ROWS);
}

static sm_status make_sums(smi_network_objective *const objective)
{
    const size_t rows = objective->dataset->rows;
    const size_t chunks = chunks_for(objective, SMI_PASS_GRADIENT, rows);
    const bool flushes = may_flush(objective, chunks);
    return objective->most != SMI_PASS_VALUE && (chunks > 1 || flushes)
               ? smi_chunk_sums_create(objective->parameter_count, chunks, flushes,
                                       &objective->sums)
               : SM_OK;
}

static sm_status make_passes(smi_network_objective *const objective)
{
    const sm_model *const model = objective->network.model;
    const size_t rows = smi_round_up(
        smi_min_size(shared_rows_of(objective), objective->dataset->rows), SMI_BLOCK_ROWS);
    objective->network.entry = smi_network_entry_of(model, &objective->source);
    objective->alone_rows = alone_rows_of(objective);
    objective->shared_rows = rows;
    sm_status status =
        smi_network_pass_create(&objective->network, rows, smi_pool_threads(objective->pool),
                                objective->most, &objective->shared);
    if (status == SM_OK) {
        status = make_chunks(objective);
    }
    return status == SM_OK ? make_sums(objective) : status;
}

sm_status smi_network_objective_create(const sm_model *const model, const sm_dataset *const dataset,
                                       const double l2, const smi_purpose most, const uint64_t seed,
                                       smi_pool *const pool,
                                       smi_network_objective **const objective)
{
    sm_status status = smi_dataset_check(dataset, model->shape.features, true);
    if (status != SM_OK) {
        return status;
    }
    smi_network_objective *const created = smi_array(1, sizeof *created);
    if (created == NULL) {
        return smi_fail_memory("training");
    }
    created->network = (smi_network){.model = model, .source = &created->source, .seed = seed};
    created->dataset = dataset;
    created->pool = pool;
    created->l2 = l2;
    created->parameter_count = model->parameter_count;
    created->most = most;
    status = smi_row_source_create_for_network(model->kernels, dataset, &created->source);
    if (status == SM_OK) {
        status = smi_row_source_match_classes(&created->source, &model->shape);
    }
    if (status == SM_OK) {
        status = make_passes(created);
    }
    if (status != SM_OK) {
        smi_network_objective_free(created);
        return status;
    }
    *objective = created;
    return SM_OK;
}

sm_status smi_network_objective_weigh_classes(smi_network_objective *const objective,
                                              const double *const weights)
{
    return smi_row_source_weigh_classes(&objective->source, weights,
                                        objective->network.model->shape.classes);
}

void smi_network_objective_set_loss(smi_network_objective *const objective,
                                    const smi_loss_rule rule)
{
    objective->source.loss = rule;
}

smi_objective smi_network_objective_view(smi_network_objective *const objective)
{
    const sm_model *const model = objective->network.model;
    const bool curves =
        objective->most == SMI_PASS_CURVATURE && objective->source.loss.loss == SM_LOSS_FROM_LOGITS;
    return (smi_objective){.parameter_count = model->parameter_count,
                           .penalized_count = smi_model_weight_count(model),
                           .row_count = objective->dataset->rows,
                           .block_rows = smi_streaming_block_rows(objective->dataset),
                           .will_need = will_need,
                           .let_go = let_go,
                           .context = objective,
                           .pool = objective->pool,
                           .kernels = model->kernels,
                           .evaluate = evaluate,
                           .evaluate_in_parts = evaluate_in_parts,
                           .look_closely = curves ? look_closely : NULL,
                           .curvature = curves ? curvature : NULL,
                           .begin_step = begin_step};
}

double smi_network_objective_density(const smi_network_objective *const objective)
{
    return objective->source.entries_per_row / (double)objective->network.model->layers[0].inputs;
}

double smi_network_objective_memory(const sm_model *const model)
{
    return (double)SMI_BLOCK_ROWS * sizeof(float) *
           smi_network_pass_floats(model, SMI_PASS_GRADIENT);
}

void smi_network_objective_free(smi_network_objective *const objective)
{
    if (objective == NULL) {
        return;
    }
    const size_t threads = smi_pool_threads(objective->pool);
    for (size_t t = 0; objective->alone != NULL && t < threads; t++) {
        smi_network_pass_free(objective->alone[t]);
    }
    smi_network_pass_free(objective->shared);
    smi_chunk_sums_free(objective->sums);
    smi_row_source_free(&objective->source);
    smi_free(objective->alone);
    smi_free(objective->losses);
    smi_free(objective);
}
