/* The line search on functions of one variable, from first steps far too short and far too long. */
#include "train/line_search.h"

#include <math.h>
#include <string.h>

#include "support/cmocka_all.h"
#include "unit/train/fake_objective.h"

/* What docs/numerics.md and the line search promise: sufficient decrease, up to the noise of the
 * value, and a slope much flatter than at first. */
static const double sufficient_decrease = 1e-4;
static const double sufficient_flatness = 0.9;
static const double value_noise = 1e-8;

enum { MOST_EVALUATIONS = 41 };

typedef struct search {
    bool found;
    double step;
    double value;
    double slope; /* at the point found */
    double first_value;
    double first_slope;
    size_t evaluations;
} search;

/* Searches along the positive axis from 0. */
static search search_along(fake_function *const function, const double first)
{
    static const float origin = 0.0F;
    static const float direction = 1.0F;
    fake_objective fake = {.function = function, .count = 1};
    const smi_objective objective = fake_view(&fake);
    float point = NAN;
    float gradient = NAN;
    const smi_value start = smi_evaluate_all(&objective, &origin, &gradient);
    search result = {.first_value = start.objective, .first_slope = (double)gradient};
    assert_true(result.first_slope < 0.0);
    smi_line line = {.objective = &objective,
                     .origin = &origin,
                     .direction = &direction,
                     .value = start,
                     .slope = result.first_slope,
                     .point = &point,
                     .gradient = &gradient};
    result.found = smi_line_search(&line, first);
    result.step = (double)point;
    result.value = line.value.objective;
    result.slope = (double)gradient;
    result.evaluations = fake.evaluations - 1;
    assert_true(result.evaluations <= MOST_EVALUATIONS);
    if (result.found) { /* value and gradient are those of the point */
        double slope = NAN;
        assert_true(function(&result.step, 1, &slope) == result.value);
        assert_true((float)slope == gradient);
    }
    return result;
}

static void check_wolfe(const search *const at)
{
    assert_true(at->found);
    assert_true(at->step > 0.0);
    assert_true(at->value <= at->first_value + sufficient_decrease * at->step * at->first_slope +
                                 value_noise * fabs(at->first_value));
    assert_true(fabs(at->slope) <= sufficient_flatness * fabs(at->first_slope));
}

static void check_from_everywhere(fake_function *const function)
{
    static const double firsts[] = {1e-6, 1e-3, 0.1, 1.0, 3.0, 10.0, 1e3, 1e6};
    for (size_t i = 0; i < sizeof firsts / sizeof *firsts; i++) {
        const search found = search_along(function, firsts[i]);
        check_wolfe(&found);
    }
}

static double parabola(const double *const x, const size_t count, double *const gradient)
{
    (void)count;
    *gradient = x[0] - 1.0;
    return 0.5 * (x[0] - 1.0) * (x[0] - 1.0);
}

static void a_parabola(void **state)
{
    (void)state;
    check_from_everywhere(parabola);
    const search at_once = search_along(parabola, 1.0);
    assert_int_equal(at_once.evaluations, 1); /* the first step is the minimum: no other is tried */
    assert_true(at_once.step == 1.0);
}

/* Moré and Thuente, "Line search algorithms with guaranteed sufficient decrease", ACM TOMS 20
 * (1994), section 5: functions 5.1 to 5.3, and 5.4 after Yanai, Ozawa and Kaneko. */
static double more_thuente_1(const double *const x, const size_t count, double *const gradient)
{
    (void)count;
    const double below = x[0] * x[0] + 2.0;
    *gradient = (x[0] * x[0] - 2.0) / (below * below);
    return -x[0] / below;
}

static double more_thuente_2(const double *const x, const size_t count, double *const gradient)
{
    (void)count;
    const double a = x[0] + 0.004;
    *gradient = 5.0 * pow(a, 4.0) - 8.0 * pow(a, 3.0);
    return pow(a, 5.0) - 2.0 * pow(a, 4.0);
}

static double more_thuente_3(const double *const x, const size_t count, double *const gradient)
{
    (void)count;
    const double b = 0.01;
    const double l = 39.0;
    const double pi = 3.14159265358979323846;
    const double a = x[0];
    double base = (a - 1.0) * (a - 1.0) / (2.0 * b) + b / 2.0;
    double slope = (a - 1.0) / b;
    if (a <= 1.0 - b) {
        base = 1.0 - a;
        slope = -1.0;
    } else if (a >= 1.0 + b) {
        base = a - 1.0;
        slope = 1.0;
    }
    *gradient = slope + (1.0 - b) * cos(l * pi / 2.0 * a);
    return base + 2.0 * (1.0 - b) / (l * pi) * sin(l * pi / 2.0 * a);
}

static double yanai(const double a, const double b1, const double b2, double *const gradient)
{
    const double g1 = sqrt(1.0 + b1 * b1) - b1;
    const double g2 = sqrt(1.0 + b2 * b2) - b2;
    const double left = sqrt((1.0 - a) * (1.0 - a) + b2 * b2);
    const double right = sqrt(a * a + b1 * b1);
    *gradient = g1 * (a - 1.0) / left + g2 * a / right;
    return g1 * left + g2 * right;
}

static double yanai_even(const double *const x, const size_t count, double *const gradient)
{
    (void)count;
    return yanai(x[0], 1e-3, 1e-3, gradient);
}

static double yanai_left(const double *const x, const size_t count, double *const gradient)
{
    (void)count;
    return yanai(x[0], 1e-2, 1e-3, gradient);
}

static double yanai_right(const double *const x, const size_t count, double *const gradient)
{
    (void)count;
    return yanai(x[0], 1e-3, 1e-2, gradient);
}

static void the_functions_of_more_and_thuente(void **state)
{
    (void)state;
    check_from_everywhere(more_thuente_1);
    check_from_everywhere(more_thuente_3);
    check_from_everywhere(yanai_even);
    check_from_everywhere(yanai_left);
    check_from_everywhere(yanai_right);
}

/* Their second function is so flat at first that no float is as flat beside its minimum: the best
 * there is must be found, half a step between floats away from it. */
static void a_slope_that_floats_cannot_make_flatter(void **state)
{
    (void)state;
    static const double firsts[] = {1e-6, 1e-3, 0.1, 1.0, 3.0, 10.0, 1e3, 1e6};
    const double curvature = 20.48; /* at the minimum, 1.596 */
    for (size_t i = 0; i < sizeof firsts / sizeof *firsts; i++) {
        const search found = search_along(more_thuente_2, firsts[i]);
        assert_true(found.found);
        assert_true(fabs(found.slope) <= curvature * 0x1p-23);
    }
}

/* Ends in a wall: infinite from 1 on, and the minimum close before. */
static double barrier(const double *const x, const size_t count, double *const gradient)
{
    (void)count;
    *gradient = x[0] < 1.0 ? -20.0 + 1.0 / (1.0 - x[0]) : INFINITY;
    return x[0] < 1.0 ? -20.0 * x[0] - log(1.0 - x[0]) : INFINITY;
}

/* The same without a value beyond. */
static double cliff(const double *const x, const size_t count, double *const gradient)
{
    const double value = barrier(x, count, gradient);
    *gradient = x[0] < 1.0 ? *gradient : NAN;
    return x[0] < 1.0 ? value : NAN;
}

/* A value everywhere, but no slope beyond 1.5: as when a gradient overflows before its loss. */
static double endless_slope(const double *const x, const size_t count, double *const gradient)
{
    const double value = parabola(x, count, gradient);
    *gradient = x[0] <= 1.5 ? *gradient : -INFINITY;
    return x[0] <= 1.5 ? value : 0.25; /* lower than at 0 */
}

static double no_slope(const double *const x, const size_t count, double *const gradient)
{
    const double value = parabola(x, count, gradient);
    *gradient = x[0] <= 1.5 ? *gradient : NAN;
    return x[0] <= 1.5 ? value : 0.25; /* lower than at 0 */
}

static void functions_that_stop_being_finite(void **state)
{
    (void)state;
    check_from_everywhere(barrier);
    check_from_everywhere(cliff);
    check_from_everywhere(endless_slope);
    check_from_everywhere(no_slope);
}

static double kink(const double *const x, const size_t count, double *const gradient)
{
    (void)count;
    *gradient = x[0] < 0.3 ? -1.0 : 10.0;
    return x[0] < 0.3 ? -x[0] : -0.3 + 10.0 * (x[0] - 0.3);
}

/* No point is flat enough: that is beyond what the search can give, and it must say no more than
 * that the point is lower. */
static void a_kink_gives_a_lower_point(void **state)
{
    (void)state;
    static const double firsts[] = {1e-3, 0.29, 1.0, 100.0};
    for (size_t i = 0; i < sizeof firsts / sizeof *firsts; i++) {
        const search found = search_along(kink, firsts[i]);
        assert_true(found.found);
        assert_true(found.value < found.first_value);
    }
}

static double drop(const double *const x, const size_t count, double *const gradient)
{
    (void)count;
    *gradient = -1.0;
    return x[0] < 0.3 ? -x[0] : INFINITY;
}

static void before_a_wall_the_last_good_point_is_given(void **state)
{
    (void)state;
    static const double firsts[] = {1e-3, 0.25, 1.0, 100.0};
    for (size_t i = 0; i < sizeof firsts / sizeof *firsts; i++) {
        const search found = search_along(drop, firsts[i]);
        assert_true(found.found);
        assert_true(found.step < 0.3 && found.value < 0.0);
    }
}

static double endless(const double *const x, const size_t count, double *const gradient)
{
    (void)count;
    *gradient = -1.0;
    return 5.0 - x[0];
}

static void a_function_without_a_minimum_ends_after_some_evaluations(void **state)
{
    (void)state;
    const search found = search_along(endless, 1.0);
    assert_true(found.found);
    assert_true(isfinite(found.value) && found.value < -1e6);
}

static double rising(const double *const x, const size_t count, double *const gradient)
{
    (void)count;
    *gradient = x[0] == 0.0 ? -1e-12 : 1.0; /* a slope that is nothing but rounding errors */
    return 1.0 + x[0];
}

static void a_slope_that_leads_nowhere_is_given_up(void **state)
{
    (void)state;
    assert_false(search_along(rising, 1.0).found);
    assert_false(search_along(rising, 1e3).found);
}

static double far_away(const double *const x, const size_t count, double *const gradient)
{
    (void)count;
    const double distance = x[0] - (0x1p24 + 0.75); /* the floats next to it: 2^24 and 2^24 + 2 */
    *gradient = 1e-3 * distance;
    return 1.0 + 0.5e-3 * distance * distance;
}

/* At the float nearest to the minimum there is a slope, but no step: a point that rounds to the
 * origin is not better than the origin. */
static void a_step_that_rounds_to_nothing_is_no_progress(void **state)
{
    (void)state;
    static const float origin = 0x1p24F;
    static const float direction = 1.0F;
    static const double firsts[] = {1e-3, 0.5, 1.0, 2.0, 100.0};
    for (size_t i = 0; i < sizeof firsts / sizeof *firsts; i++) {
        fake_objective fake = {.function = far_away, .count = 1};
        const smi_objective objective = fake_view(&fake);
        float point = NAN;
        float gradient = NAN;
        const smi_value start = smi_evaluate_all(&objective, &origin, &gradient);
        smi_line line = {.objective = &objective,
                         .origin = &origin,
                         .direction = &direction,
                         .value = start,
                         .slope = (double)gradient,
                         .point = &point,
                         .gradient = &gradient};
        assert_false(smi_line_search(&line, firsts[i]));
    }
}

/* Along a direction of many variables, not only an axis. */
static double bowl(const double *const x, const size_t count, double *const gradient)
{
    double value = 0.0;
    for (size_t i = 0; i < count; i++) {
        const double weight = 1.0 + (double)i;
        gradient[i] = weight * (x[i] - 1.0);
        value += 0.5 * weight * (x[i] - 1.0) * (x[i] - 1.0);
    }
    return value;
}

static void the_point_is_the_origin_plus_a_step_along_the_direction(void **state)
{
    (void)state;
    enum { COUNT = 5 };
    static const float origin[COUNT] = {0.5F, -1.0F, 2.0F, 0.0F, 4.0F};
    fake_objective fake = {.function = bowl, .count = COUNT};
    const smi_objective objective = fake_view(&fake);
    float gradient[COUNT];
    float direction[COUNT];
    float point[COUNT];
    const smi_value start = smi_evaluate_all(&objective, origin, gradient);
    double slope = 0.0;
    for (size_t i = 0; i < COUNT; i++) {
        direction[i] = -gradient[i];
        slope -= (double)gradient[i] * (double)gradient[i];
    }
    smi_line line = {.objective = &objective,
                     .origin = origin,
                     .direction = direction,
                     .value = start,
                     .slope = slope,
                     .point = point,
                     .gradient = gradient};
    assert_true(smi_line_search(&line, 1.0));
    const float step = (point[4] - origin[4]) / direction[4];
    assert_true(step > 0.0F);
    for (size_t i = 0; i < COUNT; i++) {
        assert_true(fabsf(point[i] - (origin[i] + step * direction[i])) <=
                    1e-6F * fabsf(point[i]) + 1e-6F);
    }
    assert_true(line.value.objective < start.objective);
}

/* Where the value has no digits left that tell of it, slopes still lead to the minimum, … */
static double shallow(const double *const x, const size_t count, double *const gradient)
{
    (void)count;
    *gradient = 1e-12 * (x[0] - 1.0);
    return 1.0;
}

static void slopes_tell_what_values_cannot(void **state)
{
    (void)state;
    for (double first = 1e-3; first <= 1e3; first *= 10.0) {
        const search found = search_along(shallow, first);
        check_wolfe(&found);
    }
}

/* … until they have none left either. */
static double steps_of_rounding(const double *const x, const size_t count, double *const gradient)
{
    (void)count;
    *gradient = x[0] < 3.57 ? -1e-12 : 4e-12;
    return 1.0;
}

static void slopes_that_are_rounding_errors_are_soon_given_up(void **state)
{
    (void)state;
    const search given_up = search_along(steps_of_rounding, 1.0);
    assert_false(given_up.found);
    assert_in_range(given_up.evaluations, 2, 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_parabola),
        cmocka_unit_test(the_functions_of_more_and_thuente),
        cmocka_unit_test(a_slope_that_floats_cannot_make_flatter),
        cmocka_unit_test(functions_that_stop_being_finite),
        cmocka_unit_test(a_kink_gives_a_lower_point),
        cmocka_unit_test(before_a_wall_the_last_good_point_is_given),
        cmocka_unit_test(a_function_without_a_minimum_ends_after_some_evaluations),
        cmocka_unit_test(a_slope_that_leads_nowhere_is_given_up),
        cmocka_unit_test(a_step_that_rounds_to_nothing_is_no_progress),
        cmocka_unit_test(the_point_is_the_origin_plus_a_step_along_the_direction),
        cmocka_unit_test(slopes_tell_what_values_cannot),
        cmocka_unit_test(slopes_that_are_rounding_errors_are_soon_given_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
