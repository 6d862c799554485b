/* Weights of classes: the optimum against scikit-learn's, what is balanced, what is refused. */
#include <math.h>
#include <string.h>

#include <softmax.h>

#include "support/cmocka_all.h"
#include "support/message.h"

enum { ROWS = 60, FEATURES = 2, CLASSES = 3 };

static float x[ROWS * FEATURES];
static int32_t labels[ROWS];

static int32_t label_of(const size_t row)
{
    return row % 6 == 0 ? 0 : row % 6 <= 2 ? 1 : 2;
}

static sm_dataset *uneven(void)
{
    sm_dataset *dataset = NULL;
    for (size_t r = 0; r < ROWS; r++) {
        labels[r] = label_of(r);
        for (size_t f = 0; f < FEATURES; f++) {
            x[r * FEATURES + f] = (float)((r * 7 + f * 13 + 3 * r * f) % 11) / 4.0F;
        }
        x[r * FEATURES] += labels[r] == 0 ? 0.75F : 0.0F;
        x[r * FEATURES + 1] -= labels[r] == 1 ? 0.5F : 0.0F;
    }
    assert_int_equal(sm_dataset_borrow_f32(x, ROWS, FEATURES, labels, CLASSES, &dataset), SM_OK);
    return dataset;
}

/* weights: NULL: balanced. */
static sm_model *trained(const sm_dataset *const dataset, const double *const weights,
                         double *const objective)
{
    double balanced[CLASSES];
    sm_model *model = NULL;
    sm_history *history = NULL;
    sm_train_options options = sm_train_options_default();
    options.l2 = 0.05;
    options.tolerance = 1e-6;
    assert_int_equal(sm_model_create(sm_dataset_shape(dataset), &model), SM_OK);
    assert_int_equal(sm_balanced_class_weights(model, dataset, balanced), SM_OK);
    options.class_weights = weights == NULL ? balanced : weights;
    assert_int_equal(sm_train(model, dataset, NULL, &options, &history), SM_OK);
    *objective = sm_history_summary(history).objective;
    sm_history_free(history);
    return model;
}

/* The numbers are those of scikit-learn 1.9.1:
 *
 *     label = lambda r: 0 if r % 6 == 0 else 1 if r % 6 <= 2 else 2
 *     y = np.array([label(r) for r in range(60)])
 *     x = np.array([[(r * 7 + f * 13 + 3 * r * f) % 11 / 4 for f in (0, 1)] for r in range(60)])
 *     x[:, 0] += 0.75 * (y == 0)
 *     x[:, 1] -= 0.5 * (y == 1)
 *     for weights in "balanced", {0: 0.5, 1: 4, 2: 1}:
 *         w = compute_sample_weight(weights, y)
 *         m = LogisticRegression(C=1 / (0.05 * w.sum()), tol=1e-12, max_iter=10000,
 *                                class_weight=weights).fit(x, y)
 *         loss = -w @ m.predict_log_proba(x)[range(60), y] / w.sum()
 *         print(loss + 0.05 / 2 * (m.coef_**2).sum(), m.coef_.T, m.intercept_ -
 * m.intercept_.mean())
 */
static void the_optimum_is_that_of_scikit_learn(void **state)
{
    (void)state;
    static const double given[CLASSES] = {0.5, 4.0, 1.0};
    static const struct {
        const double *weights;
        double objective;
        double kernel[FEATURES * CLASSES];
        double bias[CLASSES];
    } cases[] = {
        {NULL,
         0.9747645567516422,
         {0.70240949, -0.27313851, -0.42927098, -0.11666029, -0.31713198, 0.43379227},
         {-0.99402531, 0.76659706, 0.22742825}},
        {given,
         0.6917155579175625,
         {0.3771282, -0.11801327, -0.25911493, 0.01046546, -0.36767718, 0.35721173},
         {-2.05300905, 1.7816707, 0.27133835}},
    };
    sm_dataset *const dataset = uneven();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double objective = 0.0;
        float kernel[FEATURES * CLASSES];
        float bias[CLASSES];
        sm_model *const model = trained(dataset, cases[i].weights, &objective);
        assert_true(fabs(objective - cases[i].objective) <= 1e-7);
        assert_int_equal(sm_model_get_parameters(model, 0, kernel, bias), SM_OK);
        for (size_t k = 0; k < FEATURES * CLASSES; k++) {
            assert_true(fabs((double)kernel[k] - cases[i].kernel[k]) <= 1e-4);
        }
        const double mean = ((double)bias[0] + (double)bias[1] + (double)bias[2]) / 3.0;
        for (size_t c = 0; c < CLASSES; c++) {
            assert_true(fabs((double)bias[c] - mean - cases[i].bias[c]) <= 1e-4);
        }
        sm_model_free(model);
    }
    sm_dataset_free(dataset);
}

static void only_ratios_count(void **state)
{
    (void)state;
    static const int scales[] = {-1000, -140, 140, 1000};
    const double plain[CLASSES] = {0.5, 4.0, 1.0};
    sm_dataset *const dataset = uneven();
    double expected = 0.0;
    sm_model_free(trained(dataset, plain, &expected));
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        double scaled[CLASSES];
        double objective = 0.0;
        for (size_t c = 0; c < CLASSES; c++) {
            scaled[c] = ldexp(plain[c], scales[i]);
        }
        sm_model_free(trained(dataset, scaled, &objective));
        assert_true(objective == expected);
    }
    sm_dataset_free(dataset);
}

/* A class that counts for nothing beside another is not lost where there are no others. */
static void weights_may_differ_by_more_than_a_float_has_room_for(void **state)
{
    (void)state;
    static const double weights[CLASSES] = {1.0, 1e300, 1e-300};
    const float values[] = {1.0F, 2.0F, 3.0F};
    const int32_t all_of_one[] = {2, 2, 0};
    sm_dataset *dataset = NULL;
    double objective = NAN;
    assert_int_equal(sm_dataset_borrow_f32(values, 3, 1, all_of_one, CLASSES, &dataset), SM_OK);
    sm_model_free(trained(dataset, weights, &objective));
    assert_true(isfinite(objective));
    double with_rows = NAN; /* whose own weights are small as well */
    const float small[] = {1e-20F, 1e-20F, 1e-20F};
    assert_int_equal(sm_dataset_set_weights(dataset, small), SM_OK);
    sm_model_free(trained(dataset, weights, &with_rows));
    assert_true(fabs(with_rows - objective) <= 1e-9);
    sm_dataset_free(dataset);
}

static void balanced_weights_are_in_the_order_of_the_model(void **state)
{
    (void)state;
    static const char *const names[] = {"c", "absent", "a", "b"};
    static const char *const of_data[] = {"a", "b", "c"};
    double weights[4];
    sm_model *model = NULL;
    sm_dataset *const dataset = uneven(); /* 10, 20 and 30 rows */
    assert_int_equal(sm_dataset_set_class_names(dataset, of_data), SM_OK);
    sm_shape shape = sm_dataset_shape(dataset);
    shape.classes = 4;
    shape.class_names = names;
    assert_int_equal(sm_model_create(shape, &model), SM_OK);
    assert_int_equal(sm_balanced_class_weights(model, dataset, weights), SM_OK);
    assert_true(weights[0] == 60.0 / (3.0 * 30.0));
    assert_true(weights[1] == 1.0);
    assert_true(weights[2] == 60.0 / (3.0 * 10.0));
    assert_true(weights[3] == 60.0 / (3.0 * 20.0));
    assert_int_equal(sm_balanced_class_weights(NULL, dataset, weights), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_balanced_class_weights(model, NULL, weights), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_balanced_class_weights(model, dataset, NULL), SM_ERROR_ARGUMENT);
    sm_model_free(model);
    sm_dataset_free(dataset);
}

static void balanced_weights_need_labels_that_the_model_knows(void **state)
{
    (void)state;
    static const char *const names[] = {"x", "y", "z"};
    double weights[CLASSES];
    sm_model *model = NULL;
    sm_dataset *bare = NULL;
    sm_dataset *const dataset = uneven();
    assert_int_equal(sm_model_create(sm_dataset_shape(dataset), &model), SM_OK);
    assert_int_equal(sm_dataset_borrow_f32(x, ROWS, FEATURES, NULL, CLASSES, &bare), SM_OK);
    assert_int_equal(sm_balanced_class_weights(model, bare, weights), SM_ERROR_DATA);
    assert_message("the data has no labels");
    assert_int_equal(sm_dataset_set_class_names(dataset, names), SM_OK);
    assert_int_equal(sm_balanced_class_weights(model, dataset, weights), SM_ERROR_DATA);
    assert_message("the data has a class 'x', which is not one of the model's 3");
    sm_model_free(model);
    sm_dataset_free(bare);
    sm_dataset_free(dataset);
}

static void weights_that_are_none_are_named(void **state)
{
    (void)state;
    static const double bad[] = {0.0, -1.0, (double)NAN, (double)INFINITY};
    static const char *const texts[] = {"0", "-1", "nan", "inf"};
    sm_dataset *const dataset = uneven();
    sm_model *model = NULL;
    assert_int_equal(sm_model_create(sm_dataset_shape(dataset), &model), SM_OK);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const double weights[CLASSES] = {1.0, 1.0, bad[i]};
        sm_train_options options = sm_train_options_default();
        options.class_weights = weights;
        assert_int_equal(sm_train(model, dataset, NULL, &options, NULL), SM_ERROR_ARGUMENT);
        assert_message("class_weights[2] is %s; it must be a finite number above 0", texts[i]);
    }
    assert_string_equal(sm_model_training(model), "");
    sm_model_free(model);
    sm_dataset_free(dataset);
}

/* What is held out is measured as it is; the file tells of the weights. */
static void validation_does_not_weigh(void **state)
{
    (void)state;
    static const double weights[CLASSES] = {0.25, 8.0, 1.0};
    sm_dataset *const dataset = uneven();
    sm_model *model = NULL;
    sm_history *history = NULL;
    sm_metrics metrics;
    sm_train_options options = sm_train_options_default();
    options.class_weights = weights;
    options.max_steps = 5;
    options.tolerance = 0.0;
    assert_int_equal(sm_model_create(sm_dataset_shape(dataset), &model), SM_OK);
    assert_int_equal(sm_train(model, dataset, dataset, &options, &history), SM_OK);
    assert_int_equal(sm_evaluate(model, dataset, &metrics), SM_OK);
    const sm_train_summary summary = sm_history_summary(history);
    const sm_epoch *const last = sm_history_epoch(history, sm_history_epochs(history) - 1);
    assert_non_null(last);
    assert_true(fabs(last->validation_loss - metrics.loss) <= 1e-6);
    assert_true(fabs(summary.loss - metrics.loss) > 0.01); /* which weighs */
    assert_true(summary.accuracy == metrics.accuracy);
    assert_non_null(strstr(sm_model_training(model), "\"class_weights\":[0.25,8.0,1.0]"));
    sm_history_free(history);
    sm_model_free(model);
    sm_dataset_free(dataset);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_optimum_is_that_of_scikit_learn),
        cmocka_unit_test(only_ratios_count),
        cmocka_unit_test(weights_may_differ_by_more_than_a_float_has_room_for),
        cmocka_unit_test(balanced_weights_are_in_the_order_of_the_model),
        cmocka_unit_test(balanced_weights_need_labels_that_the_model_knows),
        cmocka_unit_test(weights_that_are_none_are_named),
        cmocka_unit_test(validation_does_not_weigh),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
