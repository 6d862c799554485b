/* The loss kernels of every table against softmax, cross-entropy and gradient in double precision,
 * and on the rows where floating-point arithmetic has corners. */
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "kernel/score.h"
#include "kernel/tolerance.h"
#include "support/cmocka_all.h"
#include "support/guarded.h"

enum { MOST_CLASSES = 1000, MOST_LOGITS = SMI_BLOCK_ROWS * MOST_CLASSES };

/* Corners are tried at every place of rows of 2 to this many classes: the widest table has four
 * vectors of them. */
enum { MOST_CORNER_CLASSES = 56 };

static const size_t all_classes[] = {2, 3, 4, 5, 6, 7, 9, 10, 11, 16, 17, 26, 33, 1000};
static const size_t all_rows[] = {0, 1, 2, 3, 5, 63, 64};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A block of logits with labels or targets, each array ending where nothing may be touched. */
typedef struct rows_of_logits {
    size_t rows;
    size_t classes;
    float *logits; /* what the kernel works on */
    const float *before;
    int32_t *labels;
    const float *targets[SMI_BLOCK_ROWS];
    bool soft; /* targets are given, labels are not */
    guarded logits_memory;
    guarded label_memory;
    guarded target_memory[SMI_BLOCK_ROWS];
    float *copy;
} rows_of_logits;

static rows_of_logits start(void)
{
    rows_of_logits made = {.logits_memory = guarded_make(MOST_LOGITS * sizeof(float)),
                           .label_memory = guarded_make(SMI_BLOCK_ROWS * sizeof(int32_t)),
                           .copy = calloc(MOST_LOGITS, sizeof(float))};
    assert_non_null(made.copy);
    for (size_t r = 0; r < SMI_BLOCK_ROWS; r++) {
        made.target_memory[r] = guarded_make(MOST_CLASSES * sizeof(float));
    }
    return made;
}

static void finish(rows_of_logits *const block)
{
    guarded_free(&block->logits_memory);
    guarded_free(&block->label_memory);
    for (size_t r = 0; r < SMI_BLOCK_ROWS; r++) {
        guarded_free(&block->target_memory[r]);
    }
    free(block->copy);
}

/* One row's distribution: soft, with zeros in it, and of a sum that need not be 1. */
static void fill_targets(rows_of_logits *const block, const size_t row, smi_random *const random)
{
    const size_t classes = block->classes;
    float *const targets = guarded_last(&block->target_memory[row], classes * sizeof *targets);
    double sum = 0.0;
    const double wanted = 0.5 + (double)(row % 3);
    for (size_t c = 0; c < classes; c++) {
        const double share = smi_random_double(random);
        targets[c] = share < 0.3 && c > 0 ? 0.0F : (float)share + 0.01F;
        sum += (double)targets[c];
    }
    for (size_t c = 0; c < classes; c++) {
        targets[c] = (float)(wanted * (double)targets[c] / sum);
    }
    block->targets[row] = targets;
}

static void fill(rows_of_logits *const block, const size_t rows, const size_t classes,
                 const double spread, const bool soft)
{
    smi_random random = smi_random_start((uint64_t)rows << 32 | classes, (uint64_t)spread);
    block->rows = rows;
    block->classes = classes;
    block->soft = soft;
    block->labels = guarded_last(&block->label_memory, rows * sizeof *block->labels);
    for (size_t i = 0; i < rows * classes; i++) {
        block->copy[i] = (float)(spread * smi_random_normal(&random));
    }
    for (size_t r = 0; r < rows; r++) {
        block->labels[r] = (int32_t)smi_random_below(&random, classes);
        fill_targets(block, r, &random);
    }
    block->before = block->copy;
}

static smi_block_loss run(rows_of_logits *const block, const smi_kernels *const kernels)
{
    const size_t size = block->rows * block->classes * sizeof *block->logits;
    block->logits = guarded_last(&block->logits_memory, size);
    memcpy(block->logits, block->before, size);
    const smi_block_loss loss =
        block->soft
            ? kernels->loss_targets(block->logits, block->targets, block->rows, block->classes)
            : kernels->loss_labels(block->logits, block->labels, block->rows, block->classes);
    assert_true(guarded_intact(&block->logits_memory, size));
    return loss;
}

/* ---- the truth ---- */

static double target_of(const rows_of_logits *const block, const size_t row, const size_t class)
{
    return block->soft ? (double)block->targets[row][class]
                       : (class == (size_t)block->labels[row] ? 1.0 : 0.0);
}

typedef struct exact_row {
    row_facts facts;
    double largest;
    double exp_sum;
    double loss;
    double loss_magnitude;
} exact_row;

static exact_row exact_row_of(const rows_of_logits *const block, const size_t row)
{
    const size_t classes = block->classes;
    const float *const z = block->before + row * classes;
    exact_row exact = {.facts = {.classes = classes}, .largest = (double)z[sm_argmax(z, classes)]};
    for (size_t c = 0; c < classes; c++) {
        const double distance = exact.largest - (double)z[c];
        exact.exp_sum += exp(-distance);
        exact.facts.mean_distance += distance < 1000.0 ? distance * exp(-distance) : 0.0;
        exact.facts.target_sum += target_of(block, row, c);
    }
    exact.facts.mean_distance /= exact.exp_sum;
    for (size_t c = 0; c < classes; c++) {
        const double target = target_of(block, row, c);
        exact.loss +=
            target == 0.0 ? 0.0 : target * (exact.largest - (double)z[c] + log(exact.exp_sum));
    }
    exact.loss_magnitude = exact.loss;
    return exact;
}

/* How near deltas and losses came. */
typedef struct loss_scores {
    table_score deltas;
    table_score losses; /* `large`: of blocks of one row, whose errors cannot cancel */
} loss_scores;

static void compare(const rows_of_logits *const block, const smi_block_loss got,
                    loss_scores *const score)
{
    const arithmetic how = arithmetic_of(score->deltas.isa);
    const size_t classes = block->classes;
    double loss = 0.0;
    double bound = 0.0;
    for (size_t r = 0; r < block->rows; r++) {
        const exact_row exact = exact_row_of(block, r);
        loss += exact.loss;
        bound += loss_bound(how, &exact.facts, exact.loss_magnitude);
        for (size_t c = 0; c < classes; c++) {
            const double distance = exact.largest - (double)block->before[r * classes + c];
            const double probability = exp(-distance) / exact.exp_sum;
            const double target = target_of(block, r, c);
            score_value(&score->deltas, (double)block->logits[r * classes + c],
                        exact.facts.target_sum * probability - target,
                        delta_bound(how, &exact.facts, probability, distance, target),
                        classes == 1000);
        }
    }
    bound += 4.0 * double_unit * (double)(block->rows + 16) * loss;
    score_value(&score->losses, got.loss, loss, bound, block->rows == 1);
}

static size_t count_correct(const rows_of_logits *const block)
{
    size_t correct = 0;
    for (size_t r = 0; r < block->rows; r++) {
        const size_t class =
            block->soft ? sm_argmax(block->targets[r], block->classes) : (size_t)block->labels[r];
        correct += sm_argmax(block->before + r * block->classes, block->classes) == class;
    }
    return correct;
}

static void check_table(rows_of_logits *const block, const smi_kernels *const kernels,
                        loss_scores *const score)
{
    static const double spreads[] = {1.0, 10.0, 100.0};
    score->deltas.isa = kernels->isa;
    score->losses.isa = kernels->isa;
    for (size_t s = 0; s < COUNT(spreads); s++) {
        for (size_t c = 0; c < COUNT(all_classes); c++) {
            for (size_t r = 0; r < COUNT(all_rows); r++) {
                if (all_rows[r] * all_classes[c] > 5000) {
                    continue;
                }
                fill(block, all_rows[r], all_classes[c], spreads[s], block->soft);
                const smi_block_loss got = run(block, kernels);
                compare(block, got, score);
                assert_int_equal(got.correct, count_correct(block));
            }
        }
    }
}

static void check_tables(const bool soft)
{
    rows_of_logits block = start();
    table_score deltas[SCORE_TABLES] = {0};
    table_score losses[SCORE_TABLES] = {0};
    const smi_kernels *kernels = NULL;
    block.soft = soft;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        loss_scores scores = {0};
        check_table(&block, kernels, &scores);
        deltas[i] = scores.deltas;
        losses[i] = scores.losses;
    }
    finish(&block);
    score_conclude(deltas, 0.1, 0.01);
    losses[0].isa = NULL; /* the reference computes losses as the truth does */
    score_conclude(losses, 0.1, 0.1);
}

static void losses_by_labels_are_within_the_bound(void **state)
{
    (void)state;
    check_tables(false);
}

static void losses_by_targets_are_within_the_bound(void **state)
{
    (void)state;
    check_tables(true);
}

static void one_hot_targets_give_what_labels_give(void **state)
{
    (void)state;
    enum { ROWS = 63, CLASSES = 17 };
    rows_of_logits block = start();
    float one_hot[ROWS * CLASSES];
    float by_labels[ROWS * CLASSES];
    const smi_kernels *kernels = NULL;
    fill(&block, ROWS, CLASSES, 3.0, false);
    sm_one_hot(block.labels, ROWS, CLASSES, one_hot);
    for (size_t r = 0; r < ROWS; r++) {
        block.targets[r] = one_hot + r * CLASSES;
    }
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        block.soft = false;
        const smi_block_loss labels = run(&block, kernels);
        memcpy(by_labels, block.logits, sizeof by_labels);
        block.soft = true;
        const smi_block_loss targets = run(&block, kernels);
        for (size_t l = 0; l < (size_t)ROWS * CLASSES; l++) { /* a few roundings of at most 1 */
            assert_true(fabs((double)block.logits[l] - (double)by_labels[l]) <= 8.0 * float_unit);
        }
        assert_int_equal(targets.correct, labels.correct);
        assert_true(fabs(targets.loss - labels.loss) <= ROWS * 8.0 * float_unit);
    }
    finish(&block);
}

/* ---- exp ---- */

/* Two classes, the first so far ahead that the sum rounds to 1: the other's probability is then
 * just what the kernel takes for exp. */
static void exp_is_within_its_bound(void **state)
{
    (void)state;
    rows_of_logits block = start();
    const smi_kernels *kernels = NULL;
    for (size_t i = 1; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        double worst = 0.0;
        fill(&block, SMI_BLOCK_ROWS, 2, 1.0, false);
        for (size_t at = 0; at < 1500; at++) {
            for (size_t r = 0; r < SMI_BLOCK_ROWS; r++) {
                const double share = (double)(at * SMI_BLOCK_ROWS + r) / (1500 * SMI_BLOCK_ROWS);
                block.copy[2 * r] = 0.0F;
                block.copy[2 * r + 1] = (float)(-17.4 - share * (87.33 - 17.4));
                block.labels[r] = 0;
            }
            (void)run(&block, kernels);
            for (size_t r = 0; r < SMI_BLOCK_ROWS; r++) {
                const double exact = exp((double)block.copy[2 * r + 1]);
                const double error = fabs((double)block.logits[2 * r + 1] - exact) / exact;
                worst = fmax(worst, error / (exp_units * float_unit));
            }
        }
        print_message("  %-9s error of exp / bound at most %.3f\n", kernels->isa, worst);
        assert_true(worst <= 1.0);
        assert_true(worst > 0.3);
    }
    finish(&block);
}

static void far_below_the_largest_probabilities_fade_to_nothing(void **state)
{
    (void)state;
    static const float far[] = {-87.32F, -87.34F, -88.0F, -103.9F,  -104.5F,
                                -200.0F, -1e4F,   -1e30F, -INFINITY};
    rows_of_logits block = start();
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        for (size_t f = 0; f < COUNT(far); f++) {
            fill(&block, 1, 3, 1.0, false);
            memcpy(block.copy, (float[]){far[f], 0.0F, far[f]}, 3 * sizeof(float));
            block.labels[0] = 1;
            const smi_block_loss got = run(&block, kernels);
            assert_true(block.logits[0] >= 0.0F && (double)block.logits[0] <= exp_floor * 1.01);
            assert_true(block.logits[2] == block.logits[0]);
            assert_true(block.logits[1] == 0.0F);
            assert_true(fabs(got.loss) <= 1e-12);
        }
    }
    finish(&block);
}

/* ---- corners ---- */

static void huge_logits_do_not_overflow(void **state)
{
    (void)state;
    rows_of_logits block = start();
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        for (size_t c = 0; c < COUNT(all_classes); c++) {
            const size_t classes = all_classes[c];
            fill(&block, 2, classes, 1.0, false);
            for (size_t k = 0; k < classes; k++) {
                block.copy[k] = k == 1 ? 1e4F : -1e4F;
                block.copy[classes + k] = k == 1 ? -1e4F : 1e4F;
            }
            block.labels[0] = 1; /* right beyond doubt: no loss */
            block.labels[1] = 1; /* wrong beyond doubt: the whole distance, and the others' share */
            const smi_block_loss got = run(&block, kernels);
            assert_true(fabs(got.loss - (2e4 + log((double)(classes - 1)))) <= 2e-3);
            assert_int_equal(got.correct, 1);
            assert_true(block.logits[1] == 0.0F);
            assert_true(block.logits[classes + 1] == -1.0F);
            for (size_t k = 0; k < classes; k++) {
                assert_true(isfinite(block.logits[k]));
                assert_true(isfinite(block.logits[classes + k]));
            }
        }
    }
    finish(&block);
}

static void the_largest_floats_do_not_overflow(void **state)
{
    (void)state;
    rows_of_logits block = start();
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        fill(&block, 1, 5, 1.0, false);
        for (size_t k = 0; k < 5; k++) {
            block.copy[k] = k == 3 ? 3e38F : -3e38F; /* their distance is no float any more */
        }
        block.labels[0] = 0;
        const smi_block_loss got = run(&block, kernels);
        assert_true(fabs(got.loss - 6e38) <= 1e32);
        assert_true(block.logits[3] == 1.0F);
        assert_true(block.logits[0] == -1.0F);
    }
    finish(&block);
}

static void equal_logits_share_alike(void **state)
{
    (void)state;
    static const float values[] = {0.0F, -0.0F, 1.0F, -1e4F, 1e4F, 1e30F};
    rows_of_logits block = start();
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        for (size_t v = 0; v < COUNT(values); v++) {
            for (size_t c = 0; c < COUNT(all_classes); c++) {
                const size_t classes = all_classes[c];
                fill(&block, 2, classes, 1.0, false);
                for (size_t k = 0; k < 2 * classes; k++) {
                    block.copy[k] = values[v];
                }
                block.labels[0] = 0; /* the first of equal ones counts as the largest */
                block.labels[1] = (int32_t)classes - 1;
                const smi_block_loss got = run(&block, kernels);
                assert_int_equal(got.correct, 1);
                assert_true(fabs(got.loss - 2.0 * log((double)classes)) <= 1e-12);
                for (size_t k = 1; k < classes; k++) {
                    assert_true(block.logits[k] == 1.0F / (float)classes);
                }
                assert_true(fabs((double)block.logits[0] - (1.0 / (double)classes - 1.0)) <=
                            2.0 * float_unit);
            }
        }
    }
    finish(&block);
}

/* Σ log s is taken as log Π s over some rows, which must not overflow even for the most classes. */
static void many_rows_of_many_classes_do_not_overflow(void **state)
{
    (void)state;
    enum { ROWS = SMI_BLOCK_ROWS, CLASSES = 65536 };
    float *const logits = calloc((size_t)ROWS * CLASSES, sizeof *logits);
    assert_non_null(logits);
    int32_t labels[ROWS];
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        for (size_t r = 0; r < ROWS; r++) {
            labels[r] = (int32_t)(r * 1000);
        }
        memset(logits, 0, (size_t)ROWS * CLASSES * sizeof *logits);
        const smi_block_loss got = kernels->loss_labels(logits, labels, ROWS, CLASSES);
        assert_true(fabs(got.loss - ROWS * log(CLASSES)) <= 1e-10);
        assert_int_equal(got.correct, 1);
    }
    free(logits);
}

static void of_equal_largest_logits_the_first_counts(void **state)
{
    (void)state;
    rows_of_logits block = start();
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        for (size_t classes = 2; classes <= MOST_CORNER_CLASSES; classes++) {
            fill(&block, 2, classes, 1.0, false);
            for (size_t first = 0; first < classes; first++) {
                const size_t second = classes - 1;
                for (size_t k = 0; k < 2 * classes; k++) {
                    const bool largest = k % classes == first || k % classes == second;
                    block.copy[k] = largest ? 2.5F : -1.0F;
                }
                block.labels[0] = (int32_t)first;
                block.labels[1] = (int32_t)second;
                assert_int_equal(run(&block, kernels).correct, first == second ? 2 : 1);
            }
        }
    }
    finish(&block);
}

static void of_equal_largest_targets_the_first_is_the_class(void **state)
{
    (void)state;
    static const float even[] = {0.0F, 0.25F, 0.375F, 0.375F, 0.0F};
    rows_of_logits block = start();
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        for (size_t best = 0; best < COUNT(even); best++) {
            fill(&block, 1, COUNT(even), 0.1, true);
            block.targets[0] = even;
            block.copy[best] = 4.0F;
            assert_int_equal(run(&block, kernels).correct, best == 2 ? 1 : 0);
        }
    }
    finish(&block);
}

static void a_logit_of_minus_infinity_is_a_class_that_cannot_be(void **state)
{
    (void)state;
    rows_of_logits block = start();
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        for (size_t classes = 2; classes <= MOST_CORNER_CLASSES; classes++) {
            for (size_t place = 0; place < classes; place++) {
                const size_t other = place == 0 ? 1 : 0;
                fill(&block, 1, classes, 1.0, false);
                memset(block.copy, 0, classes * sizeof *block.copy);
                block.copy[place] = -INFINITY;
                block.labels[0] = (int32_t)other;
                const smi_block_loss possible = run(&block, kernels);
                assert_true(fabs(possible.loss - log((double)(classes - 1))) <= 1e-12);
                assert_int_equal(possible.correct, 1);
                assert_true(block.logits[place] >= 0.0F);
                assert_true((double)block.logits[place] <= exp_floor);

                block.labels[0] = (int32_t)place;
                const smi_block_loss impossible = run(&block, kernels);
                assert_true(isinf(impossible.loss) && impossible.loss > 0.0);
                assert_int_equal(impossible.correct, 0);
            }
        }
    }
    finish(&block);
}

static void a_target_of_zero_adds_nothing_at_minus_infinity(void **state)
{
    (void)state;
    static const float targets[] = {0.5F, 0.0F, 0.5F};
    rows_of_logits block = start();
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        fill(&block, 1, 3, 1.0, true);
        memcpy(block.copy, (float[]){1.0F, -INFINITY, 1.0F}, 3 * sizeof(float));
        block.targets[0] = targets;
        assert_true(fabs(run(&block, kernels).loss - log(2.0)) <= 1e-15);
        assert_true((double)fabsf(block.logits[1]) <= exp_floor);
        assert_true(block.logits[0] == 0.0F);

        memcpy(block.copy, (float[]){-INFINITY, 1.0F, 1.0F}, 3 * sizeof(float));
        const double impossible = run(&block, kernels).loss;
        assert_true(isinf(impossible) && impossible > 0.0);
    }
    finish(&block);
}

/* Wherever it stands, and whatever the row's label or targets make of that place. */
static void logits_that_are_no_numbers_spoil_the_loss(void **state)
{
    (void)state;
    static const float bad[] = {NAN, INFINITY};
    rows_of_logits block = start();
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        for (size_t classes = 2; classes <= MOST_CORNER_CLASSES; classes++) {
            for (size_t place = 0; place < classes; place++) {
                for (size_t b = 0; b < COUNT(bad); b++) {
                    fill(&block, 3, classes, 1.0, false);
                    block.copy[classes + place] = bad[b];
                    assert_true(!isfinite(run(&block, kernels).loss));
                    block.soft = true;
                    float *const one_hot = (float *)(uintptr_t)block.targets[1];
                    for (size_t c = 0; c < classes; c++) {
                        one_hot[c] = c == (place + 1) % classes ? 1.0F : 0.0F;
                    }
                    assert_true(!isfinite(run(&block, kernels).loss));
                }
            }
        }
    }
    finish(&block);
}

static void a_row_without_any_possible_class_spoils_the_loss(void **state)
{
    (void)state;
    rows_of_logits block = start();
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        for (size_t classes = 2; classes <= MOST_CORNER_CLASSES; classes++) {
            fill(&block, 1, classes, 1.0, false);
            for (size_t c = 0; c < classes; c++) {
                block.copy[c] = -INFINITY;
            }
            assert_true(!isfinite(run(&block, kernels).loss));
        }
    }
    finish(&block);
}

static void no_rows_have_no_loss(void **state)
{
    (void)state;
    rows_of_logits block = start();
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        for (int soft = 0; soft < 2; soft++) {
            fill(&block, 0, 10, 1.0, soft == 1);
            const smi_block_loss got = run(&block, kernels);
            assert_true(got.loss == 0.0);
            assert_int_equal(got.correct, 0);
        }
    }
    finish(&block);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(losses_by_labels_are_within_the_bound),
        cmocka_unit_test(losses_by_targets_are_within_the_bound),
        cmocka_unit_test(one_hot_targets_give_what_labels_give),
        cmocka_unit_test(exp_is_within_its_bound),
        cmocka_unit_test(far_below_the_largest_probabilities_fade_to_nothing),
        cmocka_unit_test(huge_logits_do_not_overflow),
        cmocka_unit_test(the_largest_floats_do_not_overflow),
        cmocka_unit_test(equal_logits_share_alike),
        cmocka_unit_test(many_rows_of_many_classes_do_not_overflow),
        cmocka_unit_test(of_equal_largest_logits_the_first_counts),
        cmocka_unit_test(of_equal_largest_targets_the_first_is_the_class),
        cmocka_unit_test(a_logit_of_minus_infinity_is_a_class_that_cannot_be),
        cmocka_unit_test(a_target_of_zero_adds_nothing_at_minus_infinity),
        cmocka_unit_test(logits_that_are_no_numbers_spoil_the_loss),
        cmocka_unit_test(a_row_without_any_possible_class_spoils_the_loss),
        cmocka_unit_test(no_rows_have_no_loss),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
