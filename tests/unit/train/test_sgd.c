/* Stochastic gradient descent: which rows each step sees, and what it does with their gradient. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "support/cmocka_all.h"
#include "train/solver.h"
#include "unit/train/fake_objective.h"

enum { MOST_ROWS = 64, MOST_STEPS = 400, PARAMETERS = 3 };

/* Row r pulls parameter i towards r + i: the loss is the mean of ½ Σ (x_i − r − i)². What it was
 * asked is written down. */
typedef struct recorder {
    size_t steps;
    size_t counts[MOST_STEPS];
    size_t rows[MOST_STEPS][MOST_ROWS];
} recorder;

static smi_value record(void *const context, const float *const parameters,
                        const size_t *const rows, const size_t count, float *const gradient)
{
    recorder *const all = context;
    double loss = 0.0;
    double sums[PARAMETERS] = {0.0};
    for (size_t r = 0; r < count; r++) {
        for (size_t i = 0; i < PARAMETERS; i++) {
            const double distance = (double)parameters[i] - (double)(rows[r] + i);
            loss += 0.5 * distance * distance;
            sums[i] += distance;
        }
    }
    for (size_t i = 0; i < PARAMETERS && gradient != NULL; i++) {
        gradient[i] = (float)(sums[i] / (double)count);
    }
    if (all->steps < MOST_STEPS) {
        all->counts[all->steps] = count;
        memcpy(all->rows[all->steps], rows, count * sizeof *rows);
    }
    all->steps++;
    loss /= (double)count;
    return (smi_value){.objective = loss, .loss = loss};
}

static recorder *new_recorder(void)
{
    recorder *const all = calloc(1, sizeof *all);
    assert_non_null(all);
    return all;
}

static sm_train_options sgd_options(const size_t batch_size, const size_t epochs)
{
    sm_train_options options = sm_train_options_default();
    options.solver = SM_SOLVER_SGD;
    options.learning_rate = 0.1;
    options.batch_size = batch_size;
    options.max_epochs = epochs;
    return options;
}

static sm_train_summary solve(recorder *const all, const size_t rows,
                              const sm_train_options *const options, float *const x)
{
    const smi_objective objective = {
        .parameter_count = PARAMETERS, .row_count = rows, .context = all, .evaluate = record};
    sm_history *history = NULL;
    assert_true(rows <= MOST_ROWS);
    assert_int_equal(fake_solve(smi_solve_sgd, &objective, options, x, &history), SM_OK);
    const sm_train_summary summary = sm_history_summary(history);
    assert_int_equal(summary.steps, all->steps); /* each step looks once */
    sm_history_free(history);
    return summary;
}

/* Checks that the steps from `step` on see each row just once, and returns the next epoch's first
 * step. */
static size_t check_epoch(const recorder *const all, size_t step, const size_t rows)
{
    bool seen[MOST_ROWS] = {false};
    for (size_t count = 0; count < rows; step++) {
        assert_true(step < all->steps);
        for (size_t r = 0; r < all->counts[step]; r++) {
            const size_t row = all->rows[step][r];
            assert_true(row < rows);
            assert_false(seen[row]);
            seen[row] = true;
        }
        count += all->counts[step];
        assert_true(count <= rows);
    }
    return step;
}

static void each_epoch_sees_every_row_once(void **state)
{
    (void)state;
    static const size_t row_counts[] = {1, 2, 7, 40, 64};
    static const size_t batches[] = {1, 3, 8, 40, 1000};
    for (size_t r = 0; r < 5; r++) {
        for (size_t b = 0; b < 5; b++) {
            recorder *const all = new_recorder();
            const sm_train_options options = sgd_options(batches[b], 5);
            float x[PARAMETERS] = {0.0F};
            (void)solve(all, row_counts[r], &options, x);
            size_t step = 0;
            for (size_t epoch = 0; epoch < 5; epoch++) {
                step = check_epoch(all, step, row_counts[r]);
            }
            assert_int_equal(step, all->steps);
            free(all);
        }
    }
}

static void the_last_batch_of_an_epoch_may_be_smaller(void **state)
{
    (void)state;
    recorder *const all = new_recorder();
    const sm_train_options options = sgd_options(8, 2);
    float x[PARAMETERS] = {0.0F};
    (void)solve(all, 20, &options, x);
    assert_int_equal(all->steps, 6);
    static const size_t sizes[] = {8, 8, 4, 8, 8, 4};
    assert_memory_equal(all->counts, sizes, sizeof sizes);
    free(all);
}

static void a_batch_larger_than_the_data_is_all_of_it(void **state)
{
    (void)state;
    recorder *const all = new_recorder();
    const sm_train_options options = sgd_options(SIZE_MAX, 3);
    float x[PARAMETERS] = {0.0F};
    (void)solve(all, 20, &options, x);
    assert_int_equal(all->steps, 3);
    assert_int_equal(all->counts[0], 20);
    free(all);
}

static void without_shuffling_rows_come_in_order(void **state)
{
    (void)state;
    recorder *const all = new_recorder();
    sm_train_options options = sgd_options(7, 2);
    float x[PARAMETERS] = {0.0F};
    options.shuffle = false;
    options.seed = 5;
    (void)solve(all, 30, &options, x);
    size_t row = 0;
    for (size_t step = 0; step < all->steps; step++) {
        for (size_t r = 0; r < all->counts[step]; r++) {
            assert_int_equal(all->rows[step][r], row++ % 30);
        }
    }
    assert_int_equal(row, 60);
    free(all);
}

static void each_epoch_has_an_order_of_its_own(void **state)
{
    (void)state;
    recorder *const all = new_recorder();
    const sm_train_options options = sgd_options(64, 10);
    float x[PARAMETERS] = {0.0F};
    (void)solve(all, 64, &options, x);
    for (size_t a = 0; a < 10; a++) {
        bool sorted = true;
        for (size_t r = 0; r < 64; r++) {
            sorted = sorted && all->rows[a][r] == r;
        }
        assert_false(sorted);
        for (size_t b = 0; b < a; b++) {
            assert_memory_not_equal(all->rows[a], all->rows[b], sizeof all->rows[a]);
        }
    }
    free(all);
}

/* An epoch's order depends on the seed and its number, and on nothing else. */
static void the_size_of_batches_does_not_change_the_order(void **state)
{
    (void)state;
    static const size_t batches[] = {1, 7, 30};
    size_t orders[3][3 * 30];
    for (size_t b = 0; b < 3; b++) {
        recorder *const all = new_recorder();
        const sm_train_options options = sgd_options(batches[b], 3);
        float x[PARAMETERS] = {0.0F};
        size_t seen = 0;
        (void)solve(all, 30, &options, x);
        for (size_t step = 0; step < all->steps; step++) {
            memcpy(orders[b] + seen, all->rows[step], all->counts[step] * sizeof orders[b][0]);
            seen += all->counts[step];
        }
        assert_int_equal(seen, 90);
        assert_memory_equal(orders[b], orders[0], sizeof orders[b]);
        free(all);
    }
}

/* Over many epochs each row comes first about as often as any other. */
static void orders_are_not_partial_to_any_row(void **state)
{
    (void)state;
    enum { ROWS = 8, EPOCHS = MOST_STEPS };
    recorder *const all = new_recorder();
    const sm_train_options options = sgd_options(ROWS, EPOCHS);
    float x[PARAMETERS] = {0.0F};
    size_t firsts[ROWS] = {0};
    (void)solve(all, ROWS, &options, x);
    for (size_t epoch = 0; epoch < EPOCHS; epoch++) {
        firsts[all->rows[epoch][0]]++;
    }
    const double expected = (double)EPOCHS / ROWS;
    for (size_t r = 0; r < ROWS; r++) {
        assert_true(fabs((double)firsts[r] - expected) < 5.0 * sqrt(expected));
    }
    free(all);
}

static void the_same_seed_gives_the_same_steps(void **state)
{
    (void)state;
    float x[3][PARAMETERS] = {{0.0F}};
    recorder *all[3];
    for (size_t i = 0; i < 3; i++) {
        sm_train_options options = sgd_options(8, 4);
        all[i] = new_recorder();
        options.seed = i == 2 ? 6 : 5;
        (void)solve(all[i], 30, &options, x[i]);
    }
    assert_memory_equal(all[0], all[1], sizeof *all[0]);
    assert_memory_equal(x[0], x[1], sizeof x[0]);
    assert_memory_not_equal(all[0]->rows, all[2]->rows, sizeof all[0]->rows);
    assert_memory_not_equal(x[0], x[2], sizeof x[0]);
    for (size_t i = 0; i < 3; i++) {
        free(all[i]);
    }
}

static void a_step_limit_makes_epochs_endless(void **state)
{
    (void)state;
    recorder *const all = new_recorder();
    sm_train_options options = sgd_options(10, SM_AUTO);
    float x[PARAMETERS] = {0.0F};
    options.max_steps = 100;
    const sm_train_summary summary = solve(all, 30, &options, x);
    assert_int_equal(summary.steps, 100); /* 33 epochs and a third, where 20 are the default */
    size_t step = 0;
    for (size_t epoch = 0; epoch < 33; epoch++) {
        step = check_epoch(all, step, 30);
    }
    assert_int_equal(step, 99);
    free(all);
}

static void without_any_limit_there_are_twenty_epochs(void **state)
{
    (void)state;
    recorder *const all = new_recorder();
    const sm_train_options options = sgd_options(10, SM_AUTO);
    float x[PARAMETERS] = {0.0F};
    assert_int_equal(solve(all, 30, &options, x).steps, 60);
    free(all);
}

static void the_nearer_limit_counts(void **state)
{
    (void)state;
    recorder *all = new_recorder();
    sm_train_options options = sgd_options(10, 4);
    float x[PARAMETERS] = {0.0F};
    options.max_steps = 100;
    assert_int_equal(solve(all, 30, &options, x).steps, 12);
    free(all);
    all = new_recorder();
    options.max_steps = 7;
    assert_int_equal(solve(all, 30, &options, x).steps, 7);
    free(all);
    all = new_recorder();
    options.max_steps = 0;
    assert_int_equal(solve(all, 30, &options, x).steps, 0);
    free(all);
    all = new_recorder();
    options.max_steps = SM_UNLIMITED;
    options.max_epochs = 0;
    assert_int_equal(solve(all, 30, &options, x).steps, 0);
    free(all);
}

/* Velocity v ← momentum · v + gradient, step −learning_rate · v; Nesterov: step along
 * gradient + momentum · v. In double, over the rows that were recorded. */
static void follow_by_hand(const recorder *const all, const sm_train_options *const options,
                           double *const x)
{
    double velocity[PARAMETERS] = {0.0};
    for (size_t step = 0; step < all->steps; step++) {
        for (size_t i = 0; i < PARAMETERS; i++) {
            double gradient = 0.0;
            for (size_t r = 0; r < all->counts[step]; r++) {
                gradient += x[i] - (double)(all->rows[step][r] + i);
            }
            gradient /= (double)all->counts[step];
            velocity[i] = options->momentum * velocity[i] + gradient;
            x[i] -= options->learning_rate *
                    (options->nesterov ? gradient + options->momentum * velocity[i] : velocity[i]);
        }
    }
}

static void check_by_hand(const double momentum, const bool nesterov)
{
    recorder *const all = new_recorder();
    sm_train_options options = sgd_options(8, 15);
    float x[PARAMETERS] = {100.0F, -50.0F, 0.0F};
    double by_hand[PARAMETERS] = {100.0, -50.0, 0.0};
    options.learning_rate = 0.05;
    options.momentum = momentum;
    options.nesterov = nesterov;
    (void)solve(all, 20, &options, x);
    assert_int_equal(all->steps, 45);
    follow_by_hand(all, &options, by_hand);
    for (size_t i = 0; i < PARAMETERS; i++) {
        /* A few roundings of numbers up to 128 a step; what they leave dies away, at the slowest
         * by the momentum. */
        const double bound = 6.0 * 128.0 * 0x1p-24 * 45.0;
        assert_true(fabs((double)x[i] - by_hand[i]) <= bound);
    }
    free(all);
}

static void plain_steps_equal_those_by_hand(void **state)
{
    (void)state;
    check_by_hand(0.0, false);
}

static void momentum_equals_that_by_hand(void **state)
{
    (void)state;
    check_by_hand(0.5, false);
    check_by_hand(0.9, false);
}

static void nesterovs_momentum_equals_that_by_hand(void **state)
{
    (void)state;
    check_by_hand(0.5, true);
    check_by_hand(0.9, true);
}

static void nesterov_without_momentum_is_plain(void **state)
{
    (void)state;
    float x[2][PARAMETERS] = {{0.0F}};
    for (size_t i = 0; i < 2; i++) {
        recorder *const all = new_recorder();
        sm_train_options options = sgd_options(8, 3);
        options.nesterov = i == 1;
        (void)solve(all, 20, &options, x[i]);
        free(all);
    }
    assert_memory_equal(x[0], x[1], sizeof x[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_epoch_sees_every_row_once),
        cmocka_unit_test(the_last_batch_of_an_epoch_may_be_smaller),
        cmocka_unit_test(a_batch_larger_than_the_data_is_all_of_it),
        cmocka_unit_test(without_shuffling_rows_come_in_order),
        cmocka_unit_test(each_epoch_has_an_order_of_its_own),
        cmocka_unit_test(the_size_of_batches_does_not_change_the_order),
        cmocka_unit_test(orders_are_not_partial_to_any_row),
        cmocka_unit_test(the_same_seed_gives_the_same_steps),
        cmocka_unit_test(a_step_limit_makes_epochs_endless),
        cmocka_unit_test(without_any_limit_there_are_twenty_epochs),
        cmocka_unit_test(the_nearer_limit_counts),
        cmocka_unit_test(plain_steps_equal_those_by_hand),
        cmocka_unit_test(momentum_equals_that_by_hand),
        cmocka_unit_test(nesterovs_momentum_equals_that_by_hand),
        cmocka_unit_test(nesterov_without_momentum_is_plain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
