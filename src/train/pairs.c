#include "train/pairs.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "train/preconditioner.h"
#include "train/vector.h"

/* Whether there is the memory. */
static bool make_arrays(smi_pairs *const pairs)
{
    const size_t capacity = pairs->capacity;
    size_t floats = 0;
    if (smi_multiply_size(2 * capacity + 1, pairs->length, &floats)) {
        pairs->s = smi_array(floats, sizeof *pairs->s);
    }
    pairs->products = smi_array(capacity * (capacity + 1), sizeof *pairs->products);
    if (pairs->s == NULL || pairs->products == NULL) {
        return false;
    }
    pairs->y = pairs->s + capacity * pairs->length;
    pairs->scratch = pairs->y + capacity * pairs->length;
    pairs->along = pairs->products + capacity * capacity;
    return true;
}

sm_status smi_pairs_create(const size_t capacity, const size_t length, smi_pairs **const pairs)
{
    smi_pairs *const created = smi_array(1, sizeof *created);
    if (created == NULL) {
        return smi_fail_memory("the solver");
    }
    *created = (smi_pairs){.length = length, .capacity = capacity};
    if (!make_arrays(created)) {
        smi_pairs_free(created);
        return smi_fail_memory("the solver");
    }
    *pairs = created;
    return SM_OK;
}

void smi_pairs_free(smi_pairs *const pairs)
{
    if (pairs == NULL) {
        return;
    }
    smi_free(pairs->s);
    smi_free(pairs->products);
    smi_free(pairs);
}

void smi_pairs_list(smi_pairs *const pairs, smi_state *const state)
{
    const size_t capacity = pairs->capacity;
    smi_state_sizes(state, "pairs.count", &pairs->count, 1, capacity);
    smi_state_sizes(state, "pairs.oldest", &pairs->oldest, 1, capacity - 1);
    smi_state_flag(state, "pairs.is_new", &pairs->is_new);
    smi_state_floats(state, "pairs.vectors", pairs->s, 2 * capacity * pairs->length);
    smi_state_doubles(state, "pairs.products", pairs->products, capacity * (capacity + 1));
    smi_state_doubles(state, "pairs.square", &pairs->square, 1);
}

/* The slot of a pair; age 0 is the oldest. */
static size_t slot_of(const smi_pairs *const pairs, const size_t age)
{
    const size_t slot = pairs->oldest + age;
    return slot < pairs->capacity ? slot : slot - pairs->capacity;
}

static const float *s_of(const smi_pairs *const pairs, const size_t age)
{
    return pairs->s + slot_of(pairs, age) * pairs->length;
}

static const float *y_of(const smi_pairs *const pairs, const size_t age)
{
    return pairs->y + slot_of(pairs, age) * pairs->length;
}

/* s of one · y of another that is not older. */
static double *product(const smi_pairs *const pairs, const size_t age_s, const size_t age_y)
{
    return &pairs->products[slot_of(pairs, age_s) * pairs->capacity + slot_of(pairs, age_y)];
}

void smi_pairs_remember(smi_pairs *const pairs, const float *const from, const float *const to,
                        const float *const gradient_from, const float *const gradient_to)
{
    if (pairs->count == pairs->capacity) {
        pairs->oldest = slot_of(pairs, 1);
        pairs->count--;
    }
    const size_t slot = slot_of(pairs, pairs->count);
    float *const s = pairs->s + slot * pairs->length;
    float *const y = pairs->y + slot * pairs->length;
    smi_combine(to, -1.0, from, s, pairs->length);
    smi_combine(gradient_to, -1.0, gradient_from, y, pairs->length);
    const double curvature = smi_dot(s, y, pairs->length);
    const double y_square = smi_dot(y, y, pairs->length);
    if (curvature > 1e-10 * smi_norm(s, pairs->length) * sqrt(y_square)) {
        pairs->square = y_square;
        pairs->is_new = true;
        pairs->count++;
        *product(pairs, pairs->count - 1, pairs->count - 1) = curvature;
    }
}

/* along[age] = s · vector */
static void measure(const smi_pairs *const pairs, const float *const vector, double *const along)
{
    for (size_t age = 0; age < pairs->count; age++) {
        along[age] = smi_dot(s_of(pairs, age), vector, pairs->length);
    }
}

/* Brings products and along up to date. The newest y is the gradient less the one before, whose
 * products with the older s are known: no pass over vectors is needed. along: by age. */
static void keep_products(smi_pairs *const pairs, const double *const along)
{
    const size_t newest = pairs->count - 1;
    for (size_t age = 0; age < pairs->count; age++) {
        double *const kept = &pairs->along[slot_of(pairs, age)];
        if (pairs->is_new && age < newest) {
            *product(pairs, age, newest) = along[age] - *kept;
        }
        *kept = along[age];
    }
    pairs->is_new = false;
}

/* The first loop, from the newest to the oldest. In: along. Out: what of each y is taken off. */
static void loop_back(const smi_pairs *const pairs, double *const along)
{
    for (size_t age = pairs->count; age-- > 0;) {
        for (size_t newer = age + 1; newer < pairs->count; newer++) {
            along[age] -= along[newer] * *product(pairs, age, newer);
        }
        along[age] /= *product(pairs, age, age);
    }
}

/* The second loop, from the oldest to the newest. In: across[age] = y · γPq, and what the first
 * loop gave. Out: what of each s is added. */
static void loop_forth(const smi_pairs *const pairs, const double *const across,
                       double *const weight)
{
    for (size_t age = 0; age < pairs->count; age++) {
        double now = across[age];
        for (size_t older = 0; older < age; older++) {
            now += weight[older] * *product(pairs, older, age);
        }
        weight[age] -= now / *product(pairs, age, age);
    }
}

/* direction = vector − Σ weight · y */
static void take_off(const smi_pairs *const pairs, const float *const vector,
                     const double *const weight, float *const direction)
{
    memcpy(direction, vector, pairs->length * sizeof *direction);
    for (size_t age = 0; age < pairs->count; age++) {
        smi_add_scaled(-weight[age], y_of(pairs, age), direction, pairs->length);
    }
}

/* direction = P · direction; returns y · P · y of the newest. */
static double precondition(const smi_pairs *const pairs, const smi_objective *const objective,
                           float *const direction)
{
    const float *const y = y_of(pairs, pairs->count - 1);
    if (!smi_has_preconditioner(objective)) {
        return pairs->square;
    }
    objective->apply_preconditioner(objective->context, direction, direction);
    objective->apply_preconditioner(objective->context, y, pairs->scratch);
    return smi_dot(y, pairs->scratch, pairs->length);
}

/* direction = −(scale · direction + Σ weight · s) */
static void finish(const smi_pairs *const pairs, const double scale, const double *const weight,
                   float *const direction)
{
    smi_scale(-scale, direction, direction, pairs->length);
    for (size_t age = 0; age < pairs->count; age++) {
        smi_add_scaled(-weight[age], s_of(pairs, age), direction, pairs->length);
    }
}

/* Without pairs: P alone. */
static void first_direction(const smi_pairs *const pairs, const smi_objective *const objective,
                            const float *const vector, float *const direction)
{
    if (!smi_has_preconditioner(objective)) {
        smi_scale(-1.0, vector, direction, pairs->length);
        return;
    }
    objective->apply_preconditioner(objective->context, vector, direction);
    smi_scale(-1.0, direction, direction, pairs->length);
}

void smi_pairs_direction(smi_pairs *const pairs, const smi_objective *const objective,
                         const float *const gradient, const float *const vector,
                         float *const direction)
{
    if (pairs->count == 0) {
        first_direction(pairs, objective, vector, direction);
        return;
    }
    const size_t newest = pairs->count - 1;
    double weight[SMI_MOST_PAIRS];
    double across[SMI_MOST_PAIRS];
    measure(pairs, gradient, weight);
    keep_products(pairs, weight);
    if (vector != gradient) {
        measure(pairs, vector, weight);
    }
    loop_back(pairs, weight);
    take_off(pairs, vector, weight, direction);
    const double square = precondition(pairs, objective, direction);
    const double scale = *product(pairs, newest, newest) / square;
    for (size_t age = 0; age < pairs->count; age++) {
        across[age] = scale * smi_dot(y_of(pairs, age), direction, pairs->length);
    }
    loop_forth(pairs, across, weight);
    finish(pairs, scale, weight, direction);
}
