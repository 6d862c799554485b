#include "train/pairs.h"

#include <math.h>

#include "base/memory.h"
#include "base/status.h"
#include "train/preconditioner.h"
#include "train/vector.h"

/* So many floats of every vector at a time stay in the second-level cache. */
enum { BLOCK = 2048 };

sm_status smi_pairs_create(const size_t capacity, const size_t length, smi_pairs *const pairs)
{
    size_t floats = 0;
    *pairs = (smi_pairs){.length = length, .capacity = capacity};
    if (smi_multiply_size(2 * capacity + 1, length, &floats)) {
        pairs->s = smi_array(floats, sizeof *pairs->s);
    }
    pairs->products = smi_array(capacity * capacity, sizeof *pairs->products);
    if (pairs->s == NULL || pairs->products == NULL) {
        smi_pairs_free(pairs);
        return smi_fail_memory("the solver");
    }
    pairs->y = pairs->s + capacity * length;
    pairs->scratch = pairs->y + capacity * length;
    return SM_OK;
}

void smi_pairs_free(smi_pairs *const pairs)
{
    smi_free(pairs->s);
    smi_free(pairs->products);
    *pairs = (smi_pairs){0};
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

static size_t block_at(const smi_pairs *const pairs, const size_t begin)
{
    return smi_min_size(BLOCK, pairs->length - begin);
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
    double curvature = 0.0;
    double s_square = 0.0;
    double y_square = 0.0;
    for (size_t b = 0; b < pairs->length; b += BLOCK) {
        const size_t count = block_at(pairs, b);
        smi_combine(to + b, -1.0, from + b, s + b, count);
        smi_combine(gradient_to + b, -1.0, gradient_from + b, y + b, count);
        curvature += smi_dot(s + b, y + b, count);
        s_square += smi_dot(s + b, s + b, count);
        y_square += smi_dot(y + b, y + b, count);
    }
    if (curvature > 1e-10 * sqrt(s_square) * sqrt(y_square)) {
        pairs->square = y_square;
        pairs->count++;
    }
}

/* along[age] = s · vector; and the products with the newest y, which are new. */
static void measure(smi_pairs *const pairs, const float *const vector, double *const along)
{
    const size_t newest = pairs->count - 1;
    const float *const y = y_of(pairs, newest);
    for (size_t age = 0; age < pairs->count; age++) {
        along[age] = 0.0;
        *product(pairs, age, newest) = 0.0;
    }
    for (size_t b = 0; b < pairs->length; b += BLOCK) {
        const size_t count = block_at(pairs, b);
        for (size_t age = 0; age < pairs->count; age++) {
            const float *const s = s_of(pairs, age) + b;
            along[age] += smi_dot(s, vector + b, count);
            *product(pairs, age, newest) += smi_dot(s, y + b, count);
        }
    }
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

/* direction = q = vector − Σ weight · y, and across[age] = y · q */
static void take_off(const smi_pairs *const pairs, const float *const vector,
                     const double *const weight, float *const direction, double *const across)
{
    for (size_t age = 0; age < pairs->count; age++) {
        across[age] = 0.0;
    }
    for (size_t b = 0; b < pairs->length; b += BLOCK) {
        const size_t count = block_at(pairs, b);
        smi_scale(1.0, vector + b, direction + b, count);
        for (size_t age = 0; age < pairs->count; age++) {
            smi_add_scaled(-weight[age], y_of(pairs, age) + b, direction + b, count);
        }
        for (size_t age = 0; age < pairs->count; age++) {
            across[age] += smi_dot(y_of(pairs, age) + b, direction + b, count);
        }
    }
}

/* direction = P · direction, and across[age] = y · direction; returns y · P · y of the newest. */
static double precondition(const smi_pairs *const pairs, const smi_objective *const objective,
                           float *const direction, double *const across)
{
    const float *const y = y_of(pairs, pairs->count - 1);
    objective->apply_preconditioner(objective->context, direction, direction);
    objective->apply_preconditioner(objective->context, y, pairs->scratch);
    for (size_t age = 0; age < pairs->count; age++) {
        across[age] = smi_dot(y_of(pairs, age), direction, pairs->length);
    }
    return smi_dot(y, pairs->scratch, pairs->length);
}

/* direction = −(scale · direction + Σ weight · s) */
static void finish(const smi_pairs *const pairs, const double scale, const double *const weight,
                   float *const direction)
{
    for (size_t b = 0; b < pairs->length; b += BLOCK) {
        const size_t count = block_at(pairs, b);
        smi_scale(-scale, direction + b, direction + b, count);
        for (size_t age = 0; age < pairs->count; age++) {
            smi_add_scaled(-weight[age], s_of(pairs, age) + b, direction + b, count);
        }
    }
}

/* Without pairs: P alone. */
static void first_direction(const smi_pairs *const pairs, const smi_objective *const objective,
                            const float *const gradient, float *const direction)
{
    if (!smi_has_preconditioner(objective)) {
        smi_scale(-1.0, gradient, direction, pairs->length);
        return;
    }
    objective->apply_preconditioner(objective->context, gradient, direction);
    smi_scale(-1.0, direction, direction, pairs->length);
}

void smi_pairs_direction(smi_pairs *const pairs, const smi_objective *const objective,
                         const float *const gradient, float *const direction)
{
    if (pairs->count == 0) {
        first_direction(pairs, objective, gradient, direction);
        return;
    }
    const size_t newest = pairs->count - 1;
    double weight[SMI_MOST_PAIRS];
    double across[SMI_MOST_PAIRS];
    double square = pairs->square;
    measure(pairs, gradient, weight);
    loop_back(pairs, weight);
    take_off(pairs, gradient, weight, direction, across);
    if (smi_has_preconditioner(objective)) {
        square = precondition(pairs, objective, direction, across);
    }
    const double scale = *product(pairs, newest, newest) / square;
    for (size_t age = 0; age < pairs->count; age++) {
        across[age] *= scale;
    }
    loop_forth(pairs, across, weight);
    finish(pairs, scale, weight, direction);
}
