#include "unit/train/row_runs.h"

#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "model/model.h"
#include "support/cmocka_all.h"
#include "support/slow.h"
#include "support/thread_counts.h"

/* Four chunks of them, whatever their form; two in an emulator. */
enum { ROWS = RUN_IN_EMULATOR ? 1100 : RUNS_SLOWLY ? 2100 : 3000 };

enum { MOST_FEATURES = 256, MOST_CLASSES = 20, MOST_KERNEL = 1280 };

/* Rows of every form. */
typedef struct rows {
    size_t features;
    size_t classes;
    uint8_t *bytes;
    float *floats;
    float *values; /* CSR: those of the floats that are not 0 */
    uint32_t *columns;
    size_t *starts;
    int32_t *labels;
    float *weights;
} rows;

static void *zeros(const size_t count, const size_t size)
{
    void *const memory = calloc(count, size);
    assert_non_null(memory);
    return memory;
}

static bool is_set(smi_random *const random, const pattern of, const size_t feature,
                   const size_t class)
{
    if (of == THIN) {
        return smi_random_below(random, 100) == 0;
    }
    return (of == FULL || feature / 64 == class % 4) && smi_random_below(random, 4) > 0;
}

/* Full rows have fewer features, and classes enough for products of matrices. */
static rows rows_of(const pattern of)
{
    smi_random random = smi_random_start((uint64_t)of, 0);
    const size_t features = of == FULL ? 64 : MOST_FEATURES;
    const size_t classes = of == FULL ? MOST_CLASSES : 5;
    rows all = {.features = features,
                .classes = classes,
                .bytes = zeros(ROWS, MOST_FEATURES),
                .floats = zeros((size_t)ROWS * MOST_FEATURES, sizeof(float)),
                .values = zeros((size_t)ROWS * MOST_FEATURES, sizeof(float)),
                .columns = zeros((size_t)ROWS * MOST_FEATURES, sizeof(uint32_t)),
                .starts = zeros(ROWS + 1, sizeof(size_t)),
                .labels = zeros(ROWS, sizeof(int32_t)),
                .weights = zeros(ROWS, sizeof(float))};
    size_t entries = 0;
    for (size_t r = 0; r < ROWS; r++) {
        const size_t class = (size_t)smi_random_below(&random, classes);
        all.labels[r] = (int32_t) class;
        all.weights[r] = 0.25F + (float)smi_random_below(&random, 8);
        for (size_t f = 0; f < features; f++) {
            if (is_set(&random, of, f, class)) {
                const uint8_t byte = (uint8_t)(1 + smi_random_below(&random, 255));
                all.bytes[r * features + f] = byte;
                all.floats[r * features + f] = (float)byte / 255.0F;
                all.columns[entries] = (uint32_t)f;
                all.values[entries++] = (float)byte / 255.0F;
            }
        }
        all.starts[r + 1] = entries;
    }
    return all;
}

static void free_rows(const rows *const all)
{
    free(all->bytes);
    free(all->floats);
    free(all->values);
    free(all->columns);
    free(all->starts);
    free(all->labels);
    free(all->weights);
}

static sm_dataset *dataset_of(const rows *const all, const sm_element element)
{
    const size_t features = all->features;
    const size_t classes = all->classes;
    sm_dataset *dataset = NULL;
    sm_status status = SM_OK;
    if (element == SM_U8) {
        status = sm_dataset_borrow_u8(all->bytes, ROWS, features, all->labels, classes, &dataset);
    } else if (element == SM_F32) {
        status = sm_dataset_borrow_f32(all->floats, ROWS, features, all->labels, classes, &dataset);
    } else {
        status = sm_dataset_borrow_csr(all->values, all->columns, all->starts, ROWS, features,
                                       all->labels, classes, &dataset);
    }
    assert_int_equal(status, SM_OK);
    return dataset;
}

/* What a run comes to, times aside. */
typedef struct outcome {
    float kernel[MOST_KERNEL];
    float bias[MOST_CLASSES];
    double loss;
    double gradient_norm;
    double gap;
    size_t steps;
} outcome;

static void train(const sm_dataset *const dataset, sm_train_options options, const size_t threads,
                  outcome *const result)
{
    sm_model *model = NULL;
    sm_history *history = NULL;
    options.threads = threads;
    memset(result, 0, sizeof *result);
    assert_int_equal(sm_model_create(sm_dataset_shape(dataset), &model), SM_OK);
    assert_int_equal(sm_train(model, dataset, NULL, &options, &history), SM_OK);
    assert_int_equal(sm_model_get_parameters(model, 0, result->kernel, result->bias), SM_OK);
    const sm_train_summary summary = sm_history_summary(history);
    result->loss = summary.loss;
    result->gradient_norm = summary.gradient_norm;
    result->gap = summary.optimality_gap_bound;
    result->steps = summary.steps;
    sm_history_free(history);
    sm_model_free(model);
}

/* The first of them pass over rows in all the ways that there are: for gradients, for curvature and
 * in minibatches. They do where time is short. */
static const struct {
    sm_solver solver;
    double l1;
} runs[] = {{SM_SOLVER_LBFGS, 0.0},  {SM_SOLVER_NEWTON_CG, 0.0}, {SM_SOLVER_SGD, 1e-3},
            {SM_SOLVER_LBFGS, 1e-3}, {SM_SOLVER_GD, 0.0},        {SM_SOLVER_FTRL, 0.0}};

enum { RUNS = RUNS_SLOWLY ? 3 : 6, EPOCHS = RUNS_SLOWLY ? 2 : 3 };

static void check_dataset(const sm_dataset *const dataset)
{
    static outcome one;
    static outcome many;
    for (size_t i = 0; i < RUNS; i++) {
        sm_train_options options = sm_train_options_default();
        options.solver = runs[i].solver;
        options.l1 = runs[i].l1;
        options.max_epochs = EPOCHS;
        options.tolerance = 0.0;
        train(dataset, options, thread_counts[0], &one);
        assert_true(one.steps >= EPOCHS);
        for (size_t t = 1; t < THREAD_COUNTS; t++) {
            train(dataset, options, thread_counts[t], &many);
            assert_memory_equal(&one, &many, sizeof one);
        }
    }
}

void check_rows(const pattern of, const sm_element element, const smi_row_form form)
{
    const rows all = rows_of(of);
    for (int weighted = 0; weighted < 2; weighted++) {
        sm_dataset *const dataset = dataset_of(&all, element);
        sm_model *model = NULL;
        smi_row_source source;
        if (weighted == 1) {
            assert_int_equal(sm_dataset_set_weights(dataset, all.weights), SM_OK);
        }
        assert_int_equal(sm_model_create(sm_dataset_shape(dataset), &model), SM_OK);
        assert_int_equal(smi_row_source_create(model->kernels, dataset, all.classes, &source),
                         SM_OK);
        if (model->kernels != &smi_kernels_reference) { /* which passes over nothing */
            assert_int_equal(source.form, form);
        }
        smi_row_source_free(&source);
        check_dataset(dataset);
        sm_model_free(model);
        sm_dataset_free(dataset);
    }
    free_rows(&all);
}
