/* Metrics, confusion, top-k accuracy and class metrics from tables worked out by hand. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "support/cmocka_all.h"
#include "support/made_data.h"
#include "support/message.h"

static bool near(const double value, const double expected, const double tolerance)
{
    return fabs(value - expected) <= tolerance;
}

/* A model of `classes` features and classes whose logits are its features. */
static sm_model *identity(const size_t classes, const char *const *const names)
{
    sm_model *model = NULL;
    const sm_shape shape = {
        .features = classes, .classes = classes, .scale = 1.0F, .class_names = names};
    assert_int_equal(sm_model_create(shape, &model), SM_OK);
    float *const kernel = calloc(classes * classes, sizeof *kernel);
    float *const bias = calloc(classes, sizeof *bias);
    assert_non_null(kernel);
    assert_non_null(bias);
    for (size_t c = 0; c < classes; c++) {
        kernel[c * classes + c] = 1.0F;
    }
    assert_int_equal(sm_model_set_parameters(model, 0, kernel, bias), SM_OK);
    free(kernel);
    free(bias);
    return model;
}

enum { ROWS = 6, CLASSES = 4 };

/* Logits, as the identity model makes of these features. Class 3 is never meant, class 2 never
 * taken. */
static const float logits[ROWS][CLASSES] = {
    {3.0F, 1.0F, 0.0F, 2.0F},  /* 0 is largest, then 3, 1, 2 */
    {1.0F, 2.0F, 0.0F, -1.0F}, /* 1, 0, 2, 3 */
    {5.0F, 5.0F, 0.0F, 0.0F},  /* 0, 1, 2, 3: the first of equal ones is more */
    {0.0F, 0.0F, 1.0F, 4.0F},  /* 3, 2, 0, 1 */
    {0.0F, 9.0F, 8.0F, 7.0F},  /* 1, 2, 3, 0 */
    {2.0F, 0.0F, 1.0F, 0.0F},  /* 0, 2, 1, 3 */
};
static const int32_t labels[ROWS] = {0, 1, 1, 2, 2, 0};

static sm_dataset *table(void)
{
    sm_dataset *dataset = NULL;
    assert_int_equal(sm_dataset_borrow_f32(&logits[0][0], ROWS, CLASSES, labels, CLASSES, &dataset),
                     SM_OK);
    return dataset;
}

static void assert_class_metrics(const sm_class_metrics *const m, const double precision,
                                 const double recall, const double f1, const uint64_t support)
{
    assert_true(near(m->precision, precision, 1e-15));
    assert_true(near(m->recall, recall, 1e-15));
    assert_true(near(m->f1, f1, 1e-15));
    assert_int_equal(m->support, support);
}

static void the_table_is_counted_as_by_hand(void **state)
{
    (void)state;
    static const uint64_t expected[CLASSES][CLASSES] = {
        {2, 0, 0, 0}, {1, 1, 0, 0}, {0, 1, 0, 1}, {0, 0, 0, 0}};
    sm_model *const model = identity(CLASSES, NULL);
    sm_dataset *const dataset = table();
    sm_metrics metrics;
    sm_class_metrics classes[CLASSES];
    double top_accuracy[CLASSES];
    uint64_t confusion[CLASSES][CLASSES];
    memset(classes, 0xff, sizeof classes); /* to be overwritten */
    memset(top_accuracy, 0xff, sizeof top_accuracy);
    memset(confusion, 0xff, sizeof confusion);
    assert_int_equal(
        sm_evaluate_fully(model, dataset, &metrics, classes, top_accuracy, &confusion[0][0]),
        SM_OK);
    assert_int_equal(metrics.rows, ROWS);
    assert_true(metrics.accuracy == 3.0 / ROWS);
    assert_true(near(metrics.loss, sm_cross_entropy(&logits[0][0], labels, ROWS, CLASSES), 1e-14));
    assert_memory_equal(confusion, expected, sizeof expected);
    assert_class_metrics(&classes[0], 2.0 / 3.0, 1.0, 0.8, 2);
    assert_class_metrics(&classes[1], 0.5, 0.5, 0.5, 2);
    assert_class_metrics(&classes[2], 0.0, 0.0, 0.0, 2); /* never taken */
    assert_class_metrics(&classes[3], 0.0, 0.0, 0.0, 0); /* never meant */
    assert_true(top_accuracy[0] == 3.0 / ROWS);
    assert_true(top_accuracy[1] == 6.0 / ROWS);
    assert_true(top_accuracy[2] == 6.0 / ROWS);
    assert_true(top_accuracy[3] == 6.0 / ROWS);
    sm_dataset_free(dataset);
    sm_model_free(model);
}

static void what_is_not_asked_for_is_left_out(void **state)
{
    (void)state;
    sm_model *const model = identity(CLASSES, NULL);
    sm_dataset *const dataset = table();
    sm_metrics all;
    sm_metrics some;
    sm_class_metrics classes[CLASSES];
    double top[CLASSES];
    uint64_t confusion[CLASSES * CLASSES];
    assert_int_equal(sm_evaluate_fully(model, dataset, &all, classes, top, confusion), SM_OK);
    assert_int_equal(sm_evaluate(model, dataset, &some), SM_OK);
    assert_memory_equal(&some, &all, sizeof some);
    assert_int_equal(sm_evaluate_fully(model, dataset, &some, classes, NULL, NULL), SM_OK);
    assert_memory_equal(&some, &all, sizeof some);
    assert_int_equal(sm_evaluate_fully(model, dataset, &some, NULL, top, NULL), SM_OK);
    assert_memory_equal(&some, &all, sizeof some);
    assert_int_equal(sm_evaluate_fully(model, dataset, &some, NULL, NULL, confusion), SM_OK);
    assert_memory_equal(&some, &all, sizeof some);
    sm_dataset_free(dataset);
    sm_model_free(model);
}

static void top_k_counts_a_row_from_its_rank_on(void **state)
{
    (void)state;
    static const int32_t low[ROWS] = {2, 3, 3, 1, 0, 3}; /* each row's least probable class */
    sm_model *const model = identity(CLASSES, NULL);
    sm_dataset *dataset = NULL;
    sm_metrics metrics;
    double top_accuracy[CLASSES];
    assert_int_equal(sm_dataset_borrow_f32(&logits[0][0], ROWS, CLASSES, low, CLASSES, &dataset),
                     SM_OK);
    assert_int_equal(sm_evaluate_fully(model, dataset, &metrics, NULL, top_accuracy, NULL), SM_OK);
    assert_true(top_accuracy[0] == 0.0 && top_accuracy[1] == 0.0 && top_accuracy[2] == 0.0);
    assert_true(top_accuracy[3] == 1.0);
    sm_dataset_free(dataset);
    sm_model_free(model);
}

static void the_first_of_the_top_accuracies_is_the_accuracy(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_U8, 500, 3, 7, 1);
    sm_model *const model = made_data_model(&data);
    sm_metrics metrics;
    double top_accuracy[7];
    assert_int_equal(sm_model_initialize(model, SM_INIT_GLOROT, 2), SM_OK);
    assert_int_equal(sm_evaluate_fully(model, data.dataset, &metrics, NULL, top_accuracy, NULL),
                     SM_OK);
    assert_true(top_accuracy[0] == metrics.accuracy);
    for (size_t k = 1; k < 7; k++) {
        assert_true(top_accuracy[k] >= top_accuracy[k - 1]);
    }
    assert_true(top_accuracy[6] == 1.0);
    sm_model_free(model);
    made_data_free(&data);
}

static void equal_logits_are_taken_for_the_first_class(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 90, 2, 3, 1);
    sm_model *const model = made_data_model(&data); /* all parameters 0 */
    sm_metrics metrics;
    uint64_t confusion[9];
    assert_int_equal(sm_evaluate_fully(model, data.dataset, &metrics, NULL, NULL, confusion),
                     SM_OK);
    assert_true(near(metrics.loss, log(3.0), 1e-14));
    assert_int_equal(confusion[0] + confusion[3] + confusion[6], 90);
    assert_true(metrics.accuracy == (double)confusion[0] / 90.0);
    sm_model_free(model);
    made_data_free(&data);
}

/* Accuracy, confusion and ranks agree on rows whose logits are no numbers: class 0 is taken. */
static void logits_that_are_no_numbers_are_counted_alike(void **state)
{
    (void)state;
    const float x[2][2] = {{3e38F, 3e38F}, {3e38F, 3e38F}};
    const float kernel[2][2] = {{3e38F, 3e38F}, {-3e38F, -3e38F}};
    const float bias[2] = {0.0F, 0.0F};
    sm_model *model = identity(2, NULL);
    sm_dataset *dataset = NULL;
    sm_metrics metrics;
    double top[2];
    uint64_t confusion[4];
    assert_int_equal(sm_model_set_parameters(model, 0, &kernel[0][0], bias), SM_OK);
    assert_int_equal(sm_dataset_borrow_f32(&x[0][0], 2, 2, (const int32_t[]){0, 1}, 2, &dataset),
                     SM_OK);
    assert_int_equal(sm_evaluate_fully(model, dataset, &metrics, NULL, top, confusion), SM_OK);
    assert_true(isnan(metrics.loss));
    assert_true(metrics.accuracy == 0.5 && top[0] == 0.5 && top[1] == 1.0);
    assert_int_equal(confusion[0] + confusion[3], 1);
    sm_dataset_free(dataset);
    sm_model_free(model);
}

static void soft_targets_are_evaluated_by_their_shares(void **state)
{
    (void)state;
    static const float targets[ROWS][CLASSES] = {
        {0.5F, 0.25F, 0.25F, 0.0F}, /* class 0 */
        {0.0F, 0.0F, 0.0F, 1.0F},   /* class 3 */
        {0.0F, 0.5F, 0.5F, 0.0F},   /* class 1: the first largest */
        {0.0F, 0.0F, 0.25F, 0.75F}, /* class 3 */
        {0.25F, 0.25F, 0.25F, 0.25F}, {0.0F, 0.0F, 1.0F, 0.0F}};
    static const uint64_t expected[CLASSES][CLASSES] = {
        {1, 1, 0, 0}, {1, 0, 0, 0}, {1, 0, 0, 0}, {0, 1, 0, 1}};
    sm_model *const model = identity(CLASSES, NULL);
    sm_dataset *const dataset = table();
    sm_metrics metrics;
    uint64_t confusion[CLASSES][CLASSES];
    assert_int_equal(sm_dataset_set_targets(dataset, &targets[0][0]), SM_OK);
    assert_int_equal(sm_evaluate_fully(model, dataset, &metrics, NULL, NULL, &confusion[0][0]),
                     SM_OK);
    assert_true(near(metrics.loss,
                     sm_cross_entropy_soft(&logits[0][0], &targets[0][0], ROWS, CLASSES), 1e-14));
    assert_true(metrics.accuracy == 2.0 / ROWS);
    assert_memory_equal(confusion, expected, sizeof expected);
    sm_dataset_free(dataset);
    sm_model_free(model);
}

static void the_datas_classes_are_found_by_name(void **state)
{
    (void)state;
    static const char *const model_names[CLASSES] = {"ash", "birch", "cedar", "date"};
    static const char *const data_names[2] = {"date", "ash"};
    static const float x[3][CLASSES] = {{9, 0, 0, 0}, {0, 0, 0, 9}, {0, 9, 0, 0}};
    static const int32_t data_labels[3] = {1, 0, 0}; /* ash, date, date */
    sm_model *const model = identity(CLASSES, model_names);
    sm_dataset *dataset = NULL;
    sm_metrics metrics;
    uint64_t confusion[CLASSES][CLASSES];
    assert_int_equal(sm_dataset_borrow_f32(&x[0][0], 3, CLASSES, data_labels, 2, &dataset), SM_OK);
    assert_int_equal(sm_dataset_set_class_names(dataset, data_names), SM_OK);
    assert_int_equal(sm_evaluate_fully(model, dataset, &metrics, NULL, NULL, &confusion[0][0]),
                     SM_OK);
    assert_true(metrics.accuracy == 2.0 / 3.0);
    assert_int_equal(confusion[0][0], 1); /* in the model's order */
    assert_int_equal(confusion[3][3], 1);
    assert_int_equal(confusion[3][1], 1);
    sm_dataset_free(dataset);
    sm_model_free(model);
}

static void parts_of_a_dataset_are_evaluated_by_their_own_rows(void **state)
{
    (void)state;
    made_data data = made_data_of(SM_F32, 200, 3, 3, 1);
    sm_model *const model = made_data_model(&data);
    sm_dataset *parts[2] = {NULL, NULL};
    sm_metrics whole;
    sm_metrics of_parts[2];
    const sm_split_options options = sm_split_options_default(70);
    assert_int_equal(sm_model_initialize(model, SM_INIT_UNIFORM, 1), SM_OK);
    assert_int_equal(sm_dataset_split(data.dataset, &options, &parts[0], &parts[1]), SM_OK);
    assert_int_equal(sm_evaluate(model, data.dataset, &whole), SM_OK);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(sm_evaluate(model, parts[i], &of_parts[i]), SM_OK);
    }
    assert_int_equal(of_parts[0].rows, 130);
    assert_int_equal(of_parts[1].rows, 70);
    assert_true(near(130 * of_parts[0].loss + 70 * of_parts[1].loss, 200 * whole.loss, 1e-10));
    assert_true(
        near(130 * of_parts[0].accuracy + 70 * of_parts[1].accuracy, 200 * whole.accuracy, 1e-10));
    sm_dataset_free(parts[0]);
    sm_dataset_free(parts[1]);
    sm_model_free(model);
    made_data_free(&data);
}

static void a_long_mean_is_accurate(void **state)
{
    (void)state;
    enum { MANY = 100000 };
    uint8_t *const x = calloc(MANY, 1);
    int32_t *const zeros = calloc(MANY, sizeof *zeros);
    sm_dataset *dataset = NULL;
    sm_model *model = NULL;
    sm_metrics metrics;
    assert_int_equal(sm_dataset_borrow_u8(x, MANY, 1, zeros, 3, &dataset), SM_OK);
    assert_int_equal(sm_model_create(sm_dataset_shape(dataset), &model), SM_OK);
    assert_int_equal(sm_evaluate(model, dataset, &metrics), SM_OK);
    assert_true(near(metrics.loss, log(3.0), 1e-11)); /* as many additions in double may be off */
    assert_true(metrics.accuracy == 1.0);
    sm_model_free(model);
    sm_dataset_free(dataset);
    free(zeros);
    free(x);
}

static void data_that_do_not_fit_the_model_are_refused(void **state)
{
    (void)state;
    made_data wide = made_data_of(SM_F32, 5, CLASSES + 1, CLASSES, 1);
    made_data more = made_data_of(SM_F32, 5, CLASSES, CLASSES + 1, 1);
    sm_dataset *unlabelled = NULL;
    sm_dataset *const good = table();
    sm_model *const model = identity(CLASSES, NULL);
    sm_metrics metrics = {.rows = 77};
    assert_int_equal(
        sm_dataset_borrow_f32(&logits[0][0], ROWS, CLASSES, NULL, CLASSES, &unlabelled), SM_OK);
    assert_int_equal(sm_evaluate(model, wide.dataset, &metrics), SM_ERROR_DATA);
    assert_non_null(strstr(sm_error_message(), "5 features"));
    assert_int_equal(sm_evaluate(model, more.dataset, &metrics), SM_ERROR_DATA);
    assert_non_null(strstr(sm_error_message(), "class '4'"));
    assert_int_equal(sm_evaluate(model, unlabelled, &metrics), SM_ERROR_DATA);
    assert_non_null(strstr(sm_error_message(), "no labels"));
    assert_int_equal(sm_evaluate(NULL, good, &metrics), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_evaluate(model, NULL, &metrics), SM_ERROR_ARGUMENT);
    assert_int_equal(sm_evaluate(model, good, NULL), SM_ERROR_ARGUMENT);
    assert_int_equal(metrics.rows, 77); /* written only on SM_OK */
    sm_model_free(model);
    sm_dataset_free(good);
    sm_dataset_free(unlabelled);
    made_data_free(&more);
    made_data_free(&wide);
}

/* A matrix of these classes would be 34 GB. */
static void very_many_classes_need_no_matrix(void **state)
{
    (void)state;
    enum { MANY = 65536, DATA_ROWS = 3 };
    static const float x[DATA_ROWS] = {1.0F, 1.0F, 1.0F};
    static const int32_t data_labels[DATA_ROWS] = {0, MANY - 1, 1};
    const sm_shape shape = {.features = 1, .classes = MANY, .scale = 1.0F};
    sm_model *model = NULL;
    sm_dataset *dataset = NULL;
    sm_metrics metrics;
    sm_class_metrics *const classes = calloc(MANY, sizeof *classes);
    double *const top_accuracy = calloc(MANY, sizeof *top_accuracy);
    float *const kernel = calloc(2 * (size_t)MANY, sizeof *kernel);
    assert_true(classes != NULL && top_accuracy != NULL && kernel != NULL);
    kernel[MANY - 1] = 50.0F;
    assert_int_equal(sm_model_create(shape, &model), SM_OK);
    assert_int_equal(sm_model_set_parameters(model, 0, kernel, kernel + MANY), SM_OK);
    assert_int_equal(sm_dataset_borrow_f32(x, DATA_ROWS, 1, data_labels, MANY, &dataset), SM_OK);
    assert_int_equal(sm_evaluate_fully(model, dataset, &metrics, classes, top_accuracy, NULL),
                     SM_OK);
    assert_class_metrics(&classes[MANY - 1], 1.0 / 3.0, 1.0, 0.5, 1);
    assert_class_metrics(&classes[0], 0.0, 0.0, 0.0, 1);
    assert_true(top_accuracy[0] == 1.0 / 3.0 && top_accuracy[1] == 2.0 / 3.0);
    assert_true(top_accuracy[2] == 1.0); /* class 1 ties with class 0, and comes after it */
    free(kernel);
    free(classes);
    free(top_accuracy);
    sm_dataset_free(dataset);
    sm_model_free(model);
}

/* ---- class metrics ---- */

static void class_metrics_follow_from_the_confusion(void **state)
{
    (void)state;
    static const uint64_t confusion[3][3] = {{5, 1, 0}, {2, 6, 2}, {0, 1, 3}};
    sm_class_metrics classes[3];
    sm_class_metrics_from_confusion(&confusion[0][0], 3, classes);
    assert_true(near(classes[0].precision, 5.0 / 7.0, 1e-15));
    assert_true(near(classes[0].recall, 5.0 / 6.0, 1e-15));
    assert_true(
        near(classes[0].f1, 2.0 * (5.0 / 7.0) * (5.0 / 6.0) / (5.0 / 7.0 + 5.0 / 6.0), 1e-15));
    assert_int_equal(classes[0].support, 6);
    assert_true(near(classes[1].precision, 6.0 / 8.0, 1e-15));
    assert_true(near(classes[1].recall, 6.0 / 10.0, 1e-15));
    assert_true(near(classes[1].f1, 12.0 / 18.0, 1e-15));
    assert_int_equal(classes[1].support, 10);
    assert_true(near(classes[2].precision, 3.0 / 5.0, 1e-15));
    assert_true(near(classes[2].recall, 3.0 / 4.0, 1e-15));
    assert_int_equal(classes[2].support, 4);
}

static void classes_without_rows_have_metrics_of_zero(void **state)
{
    (void)state;
    /* class 0 is never meant, class 1 never taken, class 2 neither, class 3 always right */
    static const uint64_t confusion[4][4] = {
        {0, 0, 0, 0}, {3, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 4}};
    sm_class_metrics classes[4];
    sm_class_metrics_from_confusion(&confusion[0][0], 4, classes);
    for (size_t c = 0; c < 3; c++) {
        assert_true(classes[c].precision == 0.0);
        assert_true(classes[c].recall == 0.0);
        assert_true(classes[c].f1 == 0.0);
    }
    assert_int_equal(classes[0].support, 0);
    assert_int_equal(classes[1].support, 3);
    assert_true(classes[3].precision == 1.0 && classes[3].recall == 1.0 && classes[3].f1 == 1.0);
}

static void large_counts_do_not_overflow(void **state)
{
    (void)state;
    static const uint64_t confusion[2][2] = {{(uint64_t)1 << 61, (uint64_t)1 << 61},
                                             {0, (uint64_t)1 << 61}};
    sm_class_metrics classes[2];
    sm_class_metrics_from_confusion(&confusion[0][0], 2, classes);
    assert_true(near(classes[0].recall, 0.5, 1e-15));
    assert_true(near(classes[0].f1, 2.0 / 3.0, 1e-15));
    assert_true(near(classes[1].precision, 0.5, 1e-15));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_counted_as_by_hand),
        cmocka_unit_test(what_is_not_asked_for_is_left_out),
        cmocka_unit_test(top_k_counts_a_row_from_its_rank_on),
        cmocka_unit_test(the_first_of_the_top_accuracies_is_the_accuracy),
        cmocka_unit_test(equal_logits_are_taken_for_the_first_class),
        cmocka_unit_test(logits_that_are_no_numbers_are_counted_alike),
        cmocka_unit_test(soft_targets_are_evaluated_by_their_shares),
        cmocka_unit_test(the_datas_classes_are_found_by_name),
        cmocka_unit_test(parts_of_a_dataset_are_evaluated_by_their_own_rows),
        cmocka_unit_test(a_long_mean_is_accurate),
        cmocka_unit_test(data_that_do_not_fit_the_model_are_refused),
        cmocka_unit_test(very_many_classes_need_no_matrix),
        cmocka_unit_test(class_metrics_follow_from_the_confusion),
        cmocka_unit_test(classes_without_rows_have_metrics_of_zero),
        cmocka_unit_test(large_counts_do_not_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
