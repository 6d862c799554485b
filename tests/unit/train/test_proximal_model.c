/* The quadratic model of proximal L-BFGS against the matrix that its pairs make by the formula, and
 * the conditions of a minimum. */
#include <math.h>
#include <string.h>

#include <softmax.h>

#include "base/random.h"
#include "support/cmocka_all.h"
#include "train/l1.h"
#include "train/proximal_model.h"
#include "train/vector.h"

/* Parameters: 4 features and a bias, 3 classes. */
enum { SIZE = 5, CLASSES = 3, LENGTH = SIZE * CLASSES, PENALIZED = LENGTH - CLASSES, STRIDE = 8 };

static float metric[SIZE * STRIDE];

static sm_status give_metric(void *const context, const float *const parameters,
                             smi_metric *const result)
{
    (void)context;
    (void)parameters;
    *result = (smi_metric){.matrix = metric, .size = SIZE, .stride = STRIDE};
    return SM_OK;
}

static smi_objective objective_of(const bool with_metric)
{
    return (smi_objective){.parameter_count = LENGTH,
                           .penalized_count = PENALIZED,
                           .row_count = 1,
                           .prepare_metric = with_metric ? give_metric : NULL};
}

static float number(smi_random *const random)
{
    return (float)smi_random_normal(random);
}

/* A Aᵀ + I */
static void make_metric(smi_random *const random)
{
    float a[SIZE][SIZE];
    for (size_t i = 0; i < SIZE; i++) {
        for (size_t j = 0; j < SIZE; j++) {
            a[i][j] = number(random);
        }
    }
    for (size_t i = 0; i < SIZE; i++) {
        for (size_t j = 0; j < SIZE; j++) {
            metric[i * STRIDE + j] = (float)smi_dot(a[i], a[j], SIZE) + (i == j ? 1.0F : 0.0F);
        }
    }
}

/* P, over parameters. */
static double entry_of_p(const bool with_metric, const size_t i, const size_t j)
{
    if (!with_metric) {
        return i == j ? 1.0 : 0.0;
    }
    return i % CLASSES == j % CLASSES ? (double)metric[i / CLASSES * STRIDE + j / CLASSES] : 0.0;
}

/* b = B − B s sᵀ B / sᵀBs + y yᵀ / sᵀy: the formula of BFGS. */
static void update(double b[LENGTH][LENGTH], const float *const s, const float *const y)
{
    double bs[LENGTH] = {0.0};
    double sbs = 0.0;
    double sy = 0.0;
    for (size_t i = 0; i < LENGTH; i++) {
        for (size_t j = 0; j < LENGTH; j++) {
            bs[i] += b[i][j] * (double)s[j];
        }
        sbs += bs[i] * (double)s[i];
        sy += (double)s[i] * (double)y[i];
    }
    for (size_t i = 0; i < LENGTH; i++) {
        for (size_t j = 0; j < LENGTH; j++) {
            b[i][j] += (double)y[i] * (double)y[j] / sy - bs[i] * bs[j] / sbs;
        }
    }
}

/* A step that the model finds, and a change of the gradient that fits one of a convex function. */
static void remember_one(smi_proximal_model *const model, smi_random *const random)
{
    static const float from[LENGTH] = {0.0F};
    float to[LENGTH];
    for (size_t i = 0; i < LENGTH; i++) {
        to[i] = (0.5F + (float)(i % 4)) * model->step[i] + 0.01F * number(random);
    }
    smi_proximal_model_remember(model, 1.0, from, to);
}

/* The smallest subgradient of the model at its step. */
static double violation(const smi_proximal_model *const model, const bool with_metric,
                        const double l1, const float *const point, const float *const gradient)
{
    double b[LENGTH][LENGTH];
    double squares = 0.0;
    const smi_objective objective = objective_of(with_metric);
    float slopes[LENGTH];
    float there[LENGTH];
    for (size_t i = 0; i < LENGTH; i++) {
        for (size_t j = 0; j < LENGTH; j++) {
            b[i][j] = model->gamma * entry_of_p(with_metric, i, j);
        }
    }
    for (size_t p = 0; p < model->count; p++) {
        update(b, model->s[p], model->y[p]);
    }
    for (size_t i = 0; i < LENGTH; i++) {
        double slope = (double)gradient[i];
        for (size_t j = 0; j < LENGTH; j++) {
            slope += b[i][j] * (double)model->step[j];
        }
        slopes[i] = (float)slope;
        there[i] = point[i] + model->step[i];
    }
    smi_l1_subgradient(&objective, l1, there, slopes, slopes);
    for (size_t q = 0; q < model->free_count; q++) {
        squares += (double)slopes[model->free[q]] * (double)slopes[model->free[q]];
    }
    return sqrt(squares);
}

static void check(const bool with_metric)
{
    const double l1 = 0.5;
    const smi_objective objective = objective_of(with_metric);
    smi_random random = smi_random_start(7, with_metric ? 1 : 0);
    smi_proximal_model model;
    size_t zeros = 0;
    size_t held = 0;
    make_metric(&random);
    assert_int_equal(smi_proximal_model_create(&objective, 3, &model), SM_OK);
    assert_int_equal(smi_proximal_model_measure(&model, NULL), SM_OK);
    for (size_t round = 0; round < 12; round++) {
        float point[LENGTH];
        float gradient[LENGTH];
        float subgradient[LENGTH];
        for (size_t i = 0; i < LENGTH; i++) {
            point[i] = i % 3 == round % 3 ? 0.0F : 0.25F * number(&random);
            gradient[i] = number(&random);
        }
        smi_l1_subgradient(&objective, l1, point, gradient, subgradient);
        assert_int_equal(smi_proximal_model_minimize(&model, l1, point, gradient, subgradient,
                                                     1e-5 * smi_norm(subgradient, LENGTH)),
                         SM_OK);
        assert_int_equal(model.count, round < 3 ? round : 3);
        assert_true(violation(&model, with_metric, l1, point, gradient) <=
                    1e-3 * smi_norm(subgradient, LENGTH));
        for (size_t i = 0; i < PENALIZED; i++) {
            zeros += point[i] != 0.0F && point[i] + model.step[i] == 0.0F;
            held += point[i] == 0.0F && subgradient[i] == 0.0F && model.step[i] == 0.0F;
        }
        remember_one(&model, &random);
    }
    assert_true(zeros > 5);
    assert_true(held > 5);
    smi_proximal_model_free(&model);
}

static void it_finds_the_models_minimum_on_a_metric(void **state)
{
    (void)state;
    check(true);
}

static void it_finds_the_models_minimum_without_one(void **state)
{
    (void)state;
    check(false);
}

/* A gradient that does not grow along the step would spoil the matrix. */
static void a_pair_without_curvature_is_not_remembered(void **state)
{
    (void)state;
    static const float from[LENGTH] = {1.0F, 1.0F, 1.0F};
    static const float to[LENGTH] = {0.5F, 0.5F, 0.5F};
    const smi_objective objective = objective_of(false);
    smi_proximal_model model;
    assert_int_equal(smi_proximal_model_create(&objective, 2, &model), SM_OK);
    model.step[0] = 1.0F;
    smi_proximal_model_remember(&model, 1.0, from, to);
    assert_int_equal(model.count, 0);
    smi_proximal_model_remember(&model, 1.0, to, from);
    assert_int_equal(model.count, 1);
    smi_proximal_model_free(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_finds_the_models_minimum_on_a_metric),
        cmocka_unit_test(it_finds_the_models_minimum_without_one),
        cmocka_unit_test(a_pair_without_curvature_is_not_remembered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
