#include "train/proximal_model.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "train/l1.h"
#include "train/pairs.h"
#include "train/vector.h"

enum {
    MOST_SWEEPS = 100,
    LANES = 4 /* sums side by side in products of short rows */
};

/* ---- life ---- */

static bool has_metric(const smi_proximal_model *const model)
{
    return model->objective->prepare_metric != NULL;
}

/* Floats of a row in `rows` and `solved`, zeros behind its 2 · count numbers. */
static size_t width_of(const size_t pairs)
{
    return smi_round_up(2 * pairs, LANES);
}

/* Vectors of a pair. */
static size_t vectors_of(const smi_proximal_model *const model)
{
    return has_metric(model) ? 3 : 2;
}

/* Brings the pairs' vectors in step with their slots. */
static void place_pairs(const smi_proximal_model *const model)
{
    const size_t length = model->objective->parameter_count;
    for (size_t i = 0; i < model->capacity; i++) {
        float *const first = model->memory + model->slots[i] * vectors_of(model) * length;
        model->s[i] = first;
        model->y[i] = first + length;
        model->ps[i] = has_metric(model) ? first + 2 * length : first;
    }
}

/* False when there is not enough memory. */
static bool make_vectors(smi_proximal_model *const model)
{
    const size_t length = model->objective->parameter_count;
    const size_t each = vectors_of(model);
    size_t floats = 0;
    if (smi_multiply_size(each * model->capacity + 3, length, &floats)) {
        model->memory = smi_array(floats, sizeof *model->memory);
    }
    model->s = smi_array(model->capacity, 3 * sizeof *model->s);
    model->slots = smi_array(model->capacity, sizeof *model->slots);
    if (model->memory == NULL || model->s == NULL || model->slots == NULL) {
        return false;
    }
    model->ps = model->s + model->capacity;
    model->y = model->ps + model->capacity;
    for (size_t i = 0; i < model->capacity; i++) {
        model->slots[i] = i;
    }
    place_pairs(model);
    model->step = model->memory + each * model->capacity * length;
    model->moved = model->step + length;
    model->diagonal = model->moved + length;
    return true;
}

sm_status smi_proximal_model_create(const smi_objective *const objective, const size_t history_size,
                                    smi_proximal_model *const model)
{
    *model = (smi_proximal_model){.objective = objective, .capacity = history_size, .gamma = 1.0};
    const size_t square = history_size * history_size;
    model->s_ps = smi_array(square, sizeof *model->s_ps);
    model->s_y = smi_array(square, sizeof *model->s_y);
    model->grid = smi_array(square, 8 * sizeof *model->grid);
    model->free = smi_array(objective->parameter_count, sizeof *model->free);
    if (model->s_ps == NULL || model->s_y == NULL || model->grid == NULL || model->free == NULL ||
        !make_vectors(model)) {
        smi_proximal_model_free(model);
        return smi_fail_memory("the solver");
    }
    return SM_OK;
}

void smi_proximal_model_free(smi_proximal_model *const model)
{
    smi_free(model->memory);
    smi_free(model->slots);
    smi_free(model->s);
    smi_free(model->s_ps);
    smi_free(model->s_y);
    smi_free(model->grid);
    smi_free(model->free);
    smi_free(model->rows);
    smi_free(model->solved);
    *model = (smi_proximal_model){0};
}

sm_status smi_proximal_model_measure(smi_proximal_model *const model, const float *const parameters)
{
    const smi_objective *const objective = model->objective;
    return has_metric(model)
               ? objective->prepare_metric(objective->context, parameters, &model->metric)
               : SM_OK;
}

/* ---- remembering ---- */

void smi_proximal_model_list(smi_proximal_model *const model, smi_state *const state)
{
    const size_t square = model->capacity * model->capacity;
    const size_t length = model->objective->parameter_count;
    smi_state_sizes(state, "pairs.count", &model->count, 1, model->capacity);
    smi_state_sizes(state, "pairs.slots", model->slots, model->capacity, model->capacity - 1);
    smi_state_floats(state, "pairs.vectors", model->memory,
                     vectors_of(model) * model->capacity * length);
    smi_state_doubles(state, "pairs.s_ps", model->s_ps, square);
    smi_state_doubles(state, "pairs.s_y", model->s_y, square);
    smi_state_doubles(state, "pairs.gamma", &model->gamma, 1);
}

bool smi_proximal_model_accept(smi_proximal_model *const model)
{
    bool taken[SMI_MOST_PAIRS] = {false};
    for (size_t i = 0; i < model->capacity; i++) {
        if (taken[model->slots[i]]) {
            return false;
        }
        taken[model->slots[i]] = true;
    }
    place_pairs(model);
    return true;
}

/* ---- the pairs ---- */

/* P · step, in the parameters' order: class by class is how the descent has left it. */
static void collect_moved(const smi_proximal_model *const model, const double share,
                          float *const result)
{
    const size_t size = model->metric.size;
    const size_t classes = model->objective->parameter_count / size;
    for (size_t f = 0; f < size; f++) {
        for (size_t c = 0; c < classes; c++) {
            result[f * classes + c] = (float)share * model->moved[c * size + f];
        }
    }
}

/* Makes room for a pair in the last place, which the oldest gives up when there is none. */
static void make_room(smi_proximal_model *const model)
{
    const size_t size = model->capacity;
    if (model->count < size) {
        return;
    }
    const size_t oldest = model->slots[0];
    memmove(model->slots, model->slots + 1, (size - 1) * sizeof *model->slots);
    model->slots[size - 1] = oldest;
    place_pairs(model);
    for (size_t i = 0; i + 1 < size; i++) {
        memmove(model->s_ps + i * size, model->s_ps + (i + 1) * size + 1,
                (size - 1) * sizeof *model->s_ps);
        memmove(model->s_y + i * size, model->s_y + (i + 1) * size + 1,
                (size - 1) * sizeof *model->s_y);
    }
    model->count--;
}

void smi_proximal_model_remember(smi_proximal_model *const model, const double share,
                                 const float *const gradient_from, const float *const gradient_to)
{
    const size_t length = model->objective->parameter_count;
    make_room(model);
    const size_t newest = model->count;
    float *const s = model->s[newest];
    float *const y = model->y[newest];
    smi_scale(share, model->step, s, length);
    smi_combine(gradient_to, -1.0, gradient_from, y, length);
    if (has_metric(model)) {
        collect_moved(model, share, model->ps[newest]);
    }
    const double s_y = smi_dot(s, y, length);
    const double y_y = smi_dot(y, y, length);
    const double s_ps = smi_dot(s, model->ps[newest], length);
    if (!(s_y > 1e-10 * smi_norm(s, length) * sqrt(y_y)) || !(s_ps > 0.0)) {
        return; /* says nothing of curvature */
    }
    for (size_t i = 0; i <= newest; i++) {
        const double both = smi_dot(s, model->ps[i], length);
        model->s_ps[newest * model->capacity + i] = both;
        model->s_ps[i * model->capacity + newest] = both;
        model->s_y[newest * model->capacity + i] = smi_dot(s, model->y[i], length);
    }
    /* P is near the Hessian and may be raised; of the identity nothing is known. Erring upwards
     * makes steps short, erring downwards makes them fail. */
    model->gamma = has_metric(model) ? fmax(s_y / s_ps, 1.0) : y_y / s_y;
    model->count++;
}

/* ---- the middle matrix ---- */

/* [γ · SᵀPS, L; Lᵀ, −D], where L is SᵀY below its diagonal D, with the identity beside it.
 * grid: size × 2 · size. */
static void fill_grid(const smi_proximal_model *const model, const size_t size)
{
    const size_t pairs = model->count;
    memset(model->grid, 0, 2 * size * size * sizeof *model->grid);
    for (size_t i = 0; i < pairs; i++) {
        double *const upper = model->grid + i * 2 * size;
        double *const lower = model->grid + (pairs + i) * 2 * size;
        for (size_t j = 0; j < pairs; j++) {
            upper[j] = model->gamma * model->s_ps[i * model->capacity + j];
            upper[pairs + j] = j < i ? model->s_y[i * model->capacity + j] : 0.0;
            lower[j] = j > i ? model->s_y[j * model->capacity + i] : 0.0;
        }
        lower[pairs + i] = -model->s_y[i * model->capacity + i];
        upper[size + i] = 1.0;
        lower[size + pairs + i] = 1.0;
    }
}

/* Brings the row with the largest number in the column, from the diagonal on, to the diagonal. */
static void choose_pivot(double *const grid, const size_t size, const size_t column)
{
    size_t best = column;
    for (size_t r = column + 1; r < size; r++) {
        if (fabs(grid[r * 2 * size + column]) > fabs(grid[best * 2 * size + column])) {
            best = r;
        }
    }
    for (size_t i = 0; i < 2 * size && best != column; i++) {
        const double kept = grid[column * 2 * size + i];
        grid[column * 2 * size + i] = grid[best * 2 * size + i];
        grid[best * 2 * size + i] = kept;
    }
}

/* Leaves the inverse in the right half. False: there is none to be had. */
static bool invert_grid(double *const grid, const size_t size)
{
    for (size_t c = 0; c < size; c++) {
        double *const pivot = grid + c * 2 * size;
        choose_pivot(grid, size, c);
        if (!(fabs(pivot[c]) > 0.0) || !isfinite(pivot[c])) {
            return false;
        }
        const double factor = 1.0 / pivot[c];
        for (size_t i = 0; i < 2 * size; i++) {
            pivot[i] *= factor;
        }
        for (size_t r = 0; r < size; r++) {
            double *const row = grid + r * 2 * size;
            const double share = row[c];
            for (size_t i = 0; i < 2 * size && r != c; i++) {
                row[i] -= share * pivot[i];
            }
        }
    }
    return true;
}

/* ---- the coordinates that may move ---- */

/* Those that are not 0, or that it pays to move from 0, and the biases. */
static void list_free(smi_proximal_model *const model, const float *const point,
                      const float *const subgradient)
{
    const size_t length = model->objective->parameter_count;
    const size_t penalized = model->objective->penalized_count;
    const size_t size = has_metric(model) ? model->metric.size : length;
    const size_t classes = length / size;
    model->free_count = 0;
    for (size_t c = 0; c < classes; c++) {
        for (size_t f = 0; f < size; f++) {
            const size_t i = f * classes + c;
            if (i >= penalized || point[i] != 0.0F || subgradient[i] != 0.0F) {
                model->free[model->free_count++] = i;
            }
        }
    }
}

static sm_status make_rows(smi_proximal_model *const model)
{
    if (model->free_count <= model->free_space) {
        return SM_OK;
    }
    const size_t row = width_of(model->capacity) * sizeof(float);
    smi_free(model->rows);
    smi_free(model->solved);
    model->rows = smi_array(model->free_count, row);
    model->solved = smi_array(model->free_count, row);
    const bool complete = model->rows != NULL && model->solved != NULL;
    model->free_space = complete ? model->free_count : 0;
    return complete ? SM_OK : smi_fail_memory("the solver");
}

/* Row q of [γ · P · S, Y], of it times the inverse, and of B's diagonal. */
static void fill_row(const smi_proximal_model *const model, const size_t q)
{
    const size_t pairs = model->count;
    const size_t size = 2 * pairs;
    const size_t width = width_of(pairs);
    const size_t i = model->free[q];
    float *const row = model->rows + q * width;
    float *const solved = model->solved + q * width;
    double diagonal = model->gamma;
    if (has_metric(model)) {
        const size_t f = i / (model->objective->parameter_count / model->metric.size);
        diagonal *= (double)model->metric.matrix[f * model->metric.stride + f];
    }
    const double least = 1e-8 * diagonal;
    memset(row, 0, width * sizeof *row);
    memset(solved, 0, width * sizeof *solved);
    for (size_t p = 0; p < pairs; p++) {
        row[p] = (float)model->gamma * model->ps[p][i];
        row[pairs + p] = model->y[p][i];
    }
    for (size_t a = 0; a < size; a++) {
        const double *const inverse = model->grid + a * 2 * size + size;
        double sum = 0.0;
        for (size_t b = 0; b < size; b++) {
            sum += inverse[b] * (double)row[b];
        }
        solved[a] = (float)sum;
        diagonal -= sum * (double)row[a];
    }
    model->diagonal[q] = (float)fmax(diagonal, least);
}

static sm_status prepare_rows(smi_proximal_model *const model)
{
    const sm_status status = make_rows(model);
    if (status != SM_OK) {
        return status;
    }
    fill_grid(model, 2 * model->count);
    if (!invert_grid(model->grid, 2 * model->count)) {
        smi_proximal_model_forget(model);
    }
    for (size_t q = 0; q < model->free_count; q++) {
        fill_row(model, q);
    }
    return SM_OK;
}

/* ---- the descent ---- */

/* What the descent goes by. */
typedef struct descent {
    smi_proximal_model *model;
    float l1;
    const float *point;
    const float *gradient;
    size_t width;
    float *along; /* width: [γ · P · S, Y]ᵀ · step */
} descent;

static float product(const float *const a, const float *const b, const size_t width)
{
    float sums[LANES] = {0.0F};
    for (size_t i = 0; i < width; i += LANES) {
        for (size_t lane = 0; lane < LANES; lane++) {
            sums[lane] += a[i + lane] * b[i + lane];
        }
    }
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

/* P · step at the coordinate. */
static float *moved_at(const smi_proximal_model *const model, const size_t i)
{
    const size_t size = model->metric.size;
    if (!has_metric(model)) {
        return model->step + i;
    }
    const size_t classes = model->objective->parameter_count / size;
    return model->moved + (i % classes) * size + i / classes;
}

/* Takes free coordinate q of the step to `value`. */
static void move(const descent *const all, const size_t q, const float value)
{
    const smi_proximal_model *const model = all->model;
    const size_t i = model->free[q];
    const float way = value - model->step[i];
    model->step[i] = value;
    smi_add_scaled((double)way, model->rows + q * all->width, all->along, all->width);
    if (has_metric(model)) {
        const smi_metric *const metric = &model->metric;
        const size_t classes = model->objective->parameter_count / metric->size;
        smi_add_scaled((double)way, metric->matrix + i / classes * metric->stride,
                       model->moved + (i % classes) * metric->size, metric->size);
    }
}

/* To the minimum along each free coordinate in turn. Returns the norm of the subgradients met. */
static double sweep(const descent *const all)
{
    const smi_proximal_model *const model = all->model;
    double squares = 0.0;
    for (size_t q = 0; q < model->free_count; q++) {
        const size_t i = model->free[q];
        const float l1 = i < model->objective->penalized_count ? all->l1 : 0.0F;
        const float slope = all->gradient[i] + (float)model->gamma * *moved_at(model, i) -
                            product(model->solved + q * all->width, all->along, all->width);
        const float here = all->point[i] + model->step[i];
        const float curvature = model->diagonal[q];
        const float there = smi_soft_threshold(here - slope / curvature, l1 / curvature);
        const float least =
            here != 0.0F ? slope + copysignf(l1, here) : smi_soft_threshold(slope, l1);
        squares += (double)least * (double)least;
        if (there != here) {
            move(all, q, there - all->point[i]);
        }
    }
    return sqrt(squares);
}

sm_status smi_proximal_model_minimize(smi_proximal_model *const model, const double l1,
                                      const float *const point, const float *const gradient,
                                      const float *const subgradient, const double target)
{
    const size_t length = model->objective->parameter_count;
    if (model->count == 0 && !has_metric(model)) {
        model->gamma = smi_norm(subgradient, length); /* nothing is known: a step of length 1 */
    }
    list_free(model, point, subgradient);
    const sm_status status = prepare_rows(model);
    if (status != SM_OK) {
        return status;
    }
    float along[2 * SMI_MOST_PAIRS + LANES] = {0.0F};
    const descent all = {.model = model,
                         .l1 = (float)l1,
                         .point = point,
                         .gradient = gradient,
                         .width = width_of(model->count),
                         .along = along};
    memset(model->step, 0, length * sizeof *model->step);
    memset(model->moved, 0, length * sizeof *model->moved);
    for (int i = 0; i < MOST_SWEEPS && sweep(&all) > target; i++) {
    }
    return SM_OK;
}
