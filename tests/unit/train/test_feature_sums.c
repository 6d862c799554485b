/* Gradients summed feature by feature: what they come to, over one slab of rows and over several,
 * and the same bits for any number of threads. */
#include "train/feature_sums.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "support/cmocka_all.h"
#include "support/thread_counts.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Sparse rows, one in ten of them empty, with numbers in the place of δ. The last feature is in no
 * row, the first in all that have any. */
typedef struct wide_rows {
    size_t rows;
    size_t features;
    size_t classes;
    float *values;
    uint32_t *columns;
    size_t *starts;
    int32_t *labels;
    float *delta; /* rows × classes */
    sm_dataset *dataset;
    smi_row_source source;
} wide_rows;

static void *zeros(const size_t count, const size_t size)
{
    void *const memory = calloc(count, size);
    assert_non_null(memory);
    return memory;
}

/* gap: most features from one entry of a row to the next. */
static wide_rows wide_rows_of(const size_t rows, const size_t features, const size_t classes,
                              const size_t gap)
{
    const smi_kernels *kernels = NULL;
    smi_random random = smi_random_start(rows, features);
    wide_rows all = {.rows = rows,
                     .features = features,
                     .classes = classes,
                     .values = zeros(rows * features, sizeof(float)),
                     .columns = zeros(rows * features, sizeof(uint32_t)),
                     .starts = zeros(rows + 1, sizeof(size_t)),
                     .labels = zeros(rows, sizeof(int32_t)),
                     .delta = zeros(rows * classes, sizeof(float))};
    size_t entries = 0;
    for (size_t r = 0; r < rows; r++) {
        size_t f = r % 10 == 9 ? features : 0;
        while (f + 1 < features) {
            all.columns[entries] = (uint32_t)f;
            all.values[entries++] = (float)smi_random_normal(&random);
            f += 1 + (size_t)smi_random_below(&random, gap);
        }
        all.starts[r + 1] = entries;
        all.labels[r] = (int32_t)(r % classes);
    }
    for (size_t i = 0; i < rows * classes; i++) {
        all.delta[i] = (float)smi_random_normal(&random);
    }
    assert_int_equal(sm_dataset_borrow_csr(all.values, all.columns, all.starts, rows, features,
                                           all.labels, classes, &all.dataset),
                     SM_OK);
    assert_int_equal(smi_kernels_choose(&kernels), SM_OK);
    assert_int_equal(smi_row_source_create(kernels, all.dataset, classes, &all.source), SM_OK);
    return all;
}

static void free_wide_rows(wide_rows *const all)
{
    smi_row_source_free(&all->source);
    sm_dataset_free(all->dataset);
    free(all->values);
    free(all->columns);
    free(all->starts);
    free(all->labels);
    free(all->delta);
}

/* Through all slabs, in blocks of rows as training keeps them. */
static void sum_up(const wide_rows *const all, const size_t threads,
                   const smi_feature_result *const result)
{
    enum { BLOCK = 61 };
    smi_pool *pool = NULL;
    smi_feature_sums *sums = NULL;
    assert_int_equal(smi_pool_create(threads, &pool), SM_OK);
    assert_int_equal(smi_feature_sums_create(&all->source, all->classes, pool, &sums), SM_OK);
    const size_t slab_rows = smi_feature_sums_slab_rows(sums);
    for (size_t time = 0; time < 2; time++) { /* nothing is left of the first */
        size_t slab = 0;
        for (size_t begin = 0; begin < all->rows; begin += slab_rows) {
            const size_t end = begin + slab_rows < all->rows ? begin + slab_rows : all->rows;
            for (size_t r = begin; r < end; r += BLOCK) {
                const size_t count = end - r < BLOCK ? end - r : BLOCK;
                smi_feature_sums_keep(sums, r - begin, count, all->delta + r * all->classes);
            }
            smi_feature_sums_add(sums, slab++, result);
        }
    }
    smi_feature_sums_free(sums);
    smi_pool_free(pool);
}

/* Σ x · δ and Σ |x · δ| of a class, by feature, the bias behind them. */
static void exact_sums(const wide_rows *const all, const size_t class, double *const sums,
                       double *const magnitudes)
{
    memset(sums, 0, (all->features + 1) * sizeof *sums);
    memset(magnitudes, 0, (all->features + 1) * sizeof *magnitudes);
    for (size_t r = 0; r < all->rows; r++) {
        const double delta = (double)all->delta[r * all->classes + class];
        for (size_t i = all->starts[r]; i < all->starts[r + 1]; i++) {
            const double product = (double)all->values[i] * delta;
            sums[all->columns[i]] += product;
            magnitudes[all->columns[i]] += fabs(product);
        }
        sums[all->features] += delta;
        magnitudes[all->features] += fabs(delta);
    }
}

/* A term meets a rounding for each row, and those of the end. */
static void check(const wide_rows *const all, const smi_feature_result *const result)
{
    const double u = 0.5 * (double)FLT_EPSILON;
    const double roundings = (double)all->rows + 4.0;
    double *const sums = zeros(all->features + 1, sizeof *sums);
    double *const magnitudes = zeros(all->features + 1, sizeof *magnitudes);
    for (size_t c = 0; c < all->classes; c += all->classes < 10 ? 1 : 7) {
        exact_sums(all, c, sums, magnitudes);
        const double bias = sums[all->features];
        for (size_t f = 0; f < all->features; f++) {
            const double shift = (double)smi_shift_of(result->scaling, f);
            const double scale = (double)smi_scale_of(result->scaling, f) * result->factor;
            const double pull = result->l2 * (double)result->weights[f * all->classes + c];
            const double exact = (sums[f] - shift * bias) * scale + pull;
            const double size = (magnitudes[f] + fabs(shift * bias)) * fabs(scale) + fabs(pull);
            const double is = (double)result->gradient[f * all->classes + c];
            assert_true(fabs(is - exact) <= roundings * u * size);
        }
        const double is = (double)result->gradient[all->features * all->classes + c];
        assert_true(fabs(is - bias * result->factor) <=
                    4.0 * u * fabs(bias * result->factor) + 1e-12 * magnitudes[all->features]);
    }
    free(sums);
    free(magnitudes);
}

/* With column scalings and without. slabs: how many there have to be. */
static void check_rows(wide_rows *const all, const size_t slabs)
{
    const size_t count = (all->features + 1) * all->classes;
    float *const weights = zeros(count, sizeof *weights);
    float *const gradient = zeros(count, sizeof *gradient);
    float *const again = zeros(count, sizeof *again);
    float *const shifts = zeros(all->features, sizeof *shifts);
    float *const scales = zeros(all->features, sizeof *scales);
    smi_feature_sums *sums = NULL;
    for (size_t i = 0; i < count; i++) {
        weights[i] = (float)sin((double)i);
    }
    for (size_t f = 0; f < all->features; f++) {
        shifts[f] = (float)(f % 3);
        scales[f] = 0.5F + (float)(f % 5);
    }
    const smi_scaling scalings[] = {
        {.scale = 1.0F},
        {.shift = 0.25F, .scale = -2.0F},
        {.scale = 1.0F, .column_shift = shifts, .column_scale = scales}};
    assert_true(smi_feature_sums_pay(&all->source, all->classes));
    assert_int_equal(smi_feature_sums_create(&all->source, all->classes, NULL, &sums), SM_OK);
    const size_t slab_rows = smi_feature_sums_slab_rows(sums);
    assert_int_equal((all->rows + slab_rows - 1) / slab_rows, slabs);
    smi_feature_sums_free(sums);
    for (size_t i = 0; i < COUNT(scalings); i++) {
        smi_feature_result result = {.scaling = &scalings[i],
                                     .factor = 1.0 / (double)all->rows,
                                     .l2 = 0.01,
                                     .weights = weights,
                                     .gradient = gradient};
        sum_up(all, 1, &result);
        check(all, &result);
        result.gradient = again;
        for (size_t t = 1; t < THREAD_COUNTS; t++) {
            memset(again, 0xFF, count * sizeof *again);
            sum_up(all, thread_counts[t], &result);
            assert_memory_equal(gradient, again, count * sizeof *again);
        }
    }
    free(weights);
    free(gradient);
    free(again);
    free(shifts);
    free(scales);
}

static void over_one_slab(void **state)
{
    (void)state;
    wide_rows few = wide_rows_of(40, 70001, 2, 3000);
    check_rows(&few, 1);
    free_wide_rows(&few);
    wide_rows many = wide_rows_of(90, 7001, 20, 50);
    check_rows(&many, 1);
    free_wide_rows(&many);
}

static void over_several_slabs(void **state)
{
    (void)state;
    wide_rows two = wide_rows_of(4000, 450, 300, 50);
    check_rows(&two, 2);
    free_wide_rows(&two);
    wide_rows three = wide_rows_of(2150, 150, 1000, 20);
    check_rows(&three, 3);
    free_wide_rows(&three);
}

static void narrow_rows_are_left_to_chunks(void **state)
{
    (void)state;
    wide_rows narrow = wide_rows_of(50, 1000, 100, 30);
    assert_false(smi_feature_sums_pay(&narrow.source, 100));
    assert_true(smi_feature_sums_pay(&narrow.source, 200));
    free_wide_rows(&narrow);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(over_one_slab),
        cmocka_unit_test(over_several_slabs),
        cmocka_unit_test(narrow_rows_are_left_to_chunks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
