/* The change of probabilities along a direction, of every table, in double precision beside it. */
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "kernel/score.h"
#include "kernel/tolerance.h"
#include "support/cmocka_all.h"
#include "support/guarded.h"

enum { ROWS = 5, MOST_CLASSES = 1000 };

typedef struct rows_of_pairs {
    float pairs[ROWS * 2 * MOST_CLASSES]; /* as they were */
    guarded memory;
    float *result;
} rows_of_pairs;

/* Logits of row r spread by 10^(r − 1), so that some rows are flat and some decided. */
static void fill(rows_of_pairs *const all, const size_t classes)
{
    smi_random random = smi_random_start(classes, 5);
    for (size_t r = 0; r < ROWS; r++) {
        for (size_t c = 0; c < classes; c++) {
            float *const z = all->pairs + 2 * r * classes;
            z[c] = (float)(smi_random_normal(&random) * pow(10.0, (double)r - 1.0));
            z[classes + c] = (float)smi_random_normal(&random);
        }
    }
}

static void compare_row(const float *const z, const float *const result, const size_t classes,
                        table_score *const score)
{
    const float *const u = z + classes;
    const arithmetic how = arithmetic_of(score->isa);
    double p[MOST_CLASSES];
    const double largest = (double)z[sm_argmax(z, classes)];
    double sum = 0.0;
    double mean = 0.0;
    row_facts row = {.classes = classes, .target_sum = 1.0};
    change_facts change = {0.0, 0.0};
    for (size_t c = 0; c < classes; c++) {
        p[c] = exp((double)z[c] - largest);
        sum += p[c];
    }
    for (size_t c = 0; c < classes; c++) {
        const double distance = largest - (double)z[c];
        p[c] /= sum;
        mean += p[c] * (double)u[c];
        row.mean_distance += p[c] * distance;
        change.mean_change += p[c] * fabs((double)u[c]);
        change.distanced_change += p[c] * fabs((double)u[c]) * distance;
    }
    for (size_t c = 0; c < classes; c++) {
        const double centred = (double)u[c] - mean;
        score_value(score, (double)result[c], p[c] * centred,
                    curvature_bound(how, &row, &change, p[c], largest - (double)z[c], centred),
                    classes >= 100);
    }
}

static void changes_of_every_table_are_within_the_bound(void **state)
{
    (void)state;
    static const size_t all_classes[] = {2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 26, 33, 100, 1000};
    table_score scores[SCORE_TABLES] = {{0}};
    rows_of_pairs *const all = calloc(1, sizeof *all);
    assert_non_null(all);
    all->memory = guarded_make(sizeof all->pairs);
    for (size_t k = 0; k < sizeof all_classes / sizeof *all_classes; k++) {
        const size_t classes = all_classes[k];
        const size_t bytes = ROWS * 2 * classes * sizeof(float);
        const smi_kernels *kernels = NULL;
        fill(all, classes);
        for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
            all->result = guarded_last(&all->memory, bytes);
            memcpy(all->result, all->pairs, bytes);
            kernels->curvature(all->result, ROWS, classes);
            scores[i].isa = kernels->isa;
            for (size_t r = 0; r < ROWS; r++) {
                compare_row(all->pairs + 2 * r * classes, all->result + r * classes, classes,
                            &scores[i]);
            }
            assert_true(guarded_intact(&all->memory, bytes));
        }
    }
    guarded_free(&all->memory);
    free(all);
    score_conclude(scores, 0.1, 0.02);
}

static void equal_logits_change_by_the_centred_direction(void **state)
{
    (void)state;
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        float pairs[] = {7.0F, 7.0F, 3.0F, 1.0F};
        kernels->curvature(pairs, 1, 2);
        assert_true(pairs[0] == 0.5F);
        assert_true(pairs[1] == -0.5F);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_of_every_table_are_within_the_bound),
        cmocka_unit_test(equal_logits_change_by_the_centred_direction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
