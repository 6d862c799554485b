#include "train/line_search.h"

#include <math.h>

#include "train/vector.h"

/* A step has to earn this share of what the slope promises … */
static const double sufficient_decrease = 1e-4;
/* … and to leave at most this share of the slope. */
static const double sufficient_flatness = 0.9;

/* BLIND: of steps that promise, and come to, no more than rounding errors. What slopes can still
 * tell there, so many do; after them they are rounding errors as well. */
enum { MOST_EVALUATIONS = 40, MOST_BLIND = 20 };

typedef struct trial {
    double step;
    double value;
    double slope;
} trial;

double smi_value_noise(const smi_objective *const objective)
{
    return 1e-8 + 1e-6 / sqrt((double)objective->row_count);
}

/* The step is rounded first, to the float that moves the point. */
static trial try_step(smi_line *const line, const double wanted)
{
    const double step = (double)(float)wanted;
    const size_t count = line->objective->parameter_count;
    smi_combine(line->origin, step, line->direction, line->point, count);
    line->value = smi_evaluate_all(line->objective, line->point, line->gradient);
    return (trial){.step = step,
                   .value = line->value.objective,
                   .slope = smi_dot(line->gradient, line->direction, count)};
}

/* The minimum of the cubic that has both values and slopes (Nocedal and Wright, 3.59), kept away
 * from both ends by a tenth of the interval. */
static double between(const trial *const low, const trial *const high)
{
    const double width = high->step - low->step;
    const double d1 = low->slope + high->slope - 3.0 * (high->value - low->value) / width;
    const double square = d1 * d1 - low->slope * high->slope;
    double share = 0.5;
    if (isfinite(square) && square >= 0.0) {
        const double d2 = sqrt(square);
        share = 1.0 - (high->slope + d2 - d1) / (high->slope - low->slope + 2.0 * d2);
    }
    if (!(share > 0.1)) { /* also when it is NaN */
        share = 0.1;
    }
    return low->step + fmin(share, 0.9) * width;
}

bool smi_line_search(smi_line *const line, const double first)
{
    /* low is good but too short; high, once there is one, is too long: a point as wanted lies
     * between them. */
    const trial start = {0.0, line->value.objective, line->slope};
    const double noise = smi_value_noise(line->objective) * fabs(start.value);
    trial low = start;
    trial high = {INFINITY, 0.0, 0.0};
    double step = first;
    int blind = 0;
    for (int i = 0; i < MOST_EVALUATIONS && blind < MOST_BLIND; i++) {
        const trial now = try_step(line, step);
        const double allowed = start.value + sufficient_decrease * now.step * start.slope + noise;
        const bool too_high = !(now.value <= allowed) || !isfinite(now.slope);
        if (!too_high && fabs(now.slope) <= -sufficient_flatness * start.slope) {
            return true;
        }
        blind += -start.slope * now.step <= noise && fabs(now.value - start.value) <= noise;
        if (too_high || now.slope > 0.0) {
            high = now;
        } else {
            low = now;
        }
        step = isinf(high.step) ? 4.0 * low.step : between(&low, &high);
        if (!isfinite(step) || step == low.step || step == high.step) {
            break;
        }
    }
    /* Not flat enough; but is it better at all? */
    if (!(low.value < start.value || fabs(low.slope) < fabs(start.slope))) {
        return false;
    }
    (void)try_step(line, low.step);
    return true;
}
