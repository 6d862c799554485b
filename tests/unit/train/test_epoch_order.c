#include <stdlib.h>
#include <string.h>

#include "support/cmocka_all.h"

#include "train/epoch_order.h"

enum { ROWS = 5003, BLOCK = 10, WINDOW = 64 * BLOCK };

static smi_epoch_order *order_of(const smi_objective *const objective,
                                 const sm_train_options *const options)
{
    smi_epoch_order *order = NULL;
    assert_int_equal(smi_epoch_order_create(objective, options, 700, &order), SM_OK);
    return order;
}

/* All rows of an epoch from `first` on, in batches. list: ROWS. */
static void list_epoch(smi_epoch_order *const order, const size_t epoch, const size_t first,
                       const size_t batch, size_t *const list)
{
    smi_epoch_order_begin(order, epoch, first);
    for (size_t r = first; r < ROWS; r += batch) {
        const size_t count = r + batch < ROWS ? batch : ROWS - r;
        memcpy(list + r, smi_epoch_order_next(order, count), count * sizeof *list);
    }
}

static void assert_each_row_once(const size_t *const list)
{
    bool seen[ROWS] = {false};
    for (size_t r = 0; r < ROWS; r++) {
        assert_true(list[r] < ROWS && !seen[list[r]]);
        seen[list[r]] = true;
    }
}

static void every_row_comes_once(void **state)
{
    (void)state;
    const size_t blocks[] = {0, 1, BLOCK, ROWS - 1, ROWS};
    for (size_t b = 0; b < sizeof blocks / sizeof *blocks; b++) {
        const smi_objective objective = {.row_count = ROWS, .block_rows = blocks[b]};
        const sm_train_options options = sm_train_options_default();
        smi_epoch_order *const order = order_of(&objective, &options);
        size_t list[ROWS];
        size_t other[ROWS];
        list_epoch(order, 0, 0, 700, list);
        assert_each_row_once(list);
        list_epoch(order, 1, 0, 32, other);
        assert_each_row_once(other);
        assert_memory_not_equal(list, other, sizeof list); /* each epoch has an order of its own */
        smi_epoch_order_free(order);
    }
}

/* Training that goes on from a checkpoint begins in the middle. */
static void an_epoch_may_begin_anywhere(void **state)
{
    (void)state;
    const smi_objective objective = {.row_count = ROWS, .block_rows = BLOCK};
    const sm_train_options options = sm_train_options_default();
    smi_epoch_order *const order = order_of(&objective, &options);
    size_t whole[ROWS];
    size_t rest[ROWS];
    list_epoch(order, 3, 0, 37, whole);
    for (size_t first = 0; first < ROWS; first += 37 * 11) {
        list_epoch(order, 3, first, 37, rest);
        assert_memory_equal(rest + first, whole + first, (ROWS - first) * sizeof *whole);
    }
    smi_epoch_order_free(order);
}

static int compare_sizes(const void *const a, const void *const b)
{
    const size_t left = *(const size_t *)a;
    const size_t right = *(const size_t *)b;
    return (left > right) - (left < right);
}

/* The rows of a window are whole blocks, and are mixed. */
static void rows_are_mixed_within_windows_of_blocks(void **state)
{
    (void)state;
    const smi_objective objective = {.row_count = ROWS, .block_rows = BLOCK};
    const sm_train_options options = sm_train_options_default();
    smi_epoch_order *const order = order_of(&objective, &options);
    size_t list[ROWS];
    list_epoch(order, 0, 0, 100, list);
    size_t neighbours = 0;
    for (size_t r = 1; r < WINDOW; r++) {
        neighbours += list[r] == list[r - 1] + 1;
    }
    assert_true(neighbours < WINDOW / 10);
    qsort(list, WINDOW, sizeof *list, compare_sizes);
    size_t breaks = 0;
    for (size_t r = 1; r < WINDOW; r++) {
        breaks += list[r] != list[r - 1] + 1;
    }
    assert_true(breaks < 64);
    smi_epoch_order_free(order);
}

static void without_shuffling_rows_come_as_they_lie(void **state)
{
    (void)state;
    for (size_t block = 0; block <= BLOCK; block += BLOCK) {
        const smi_objective objective = {.row_count = ROWS, .block_rows = block};
        sm_train_options options = sm_train_options_default();
        options.shuffle = false;
        smi_epoch_order *const order = order_of(&objective, &options);
        size_t list[ROWS];
        list_epoch(order, 2, 0, 64, list);
        for (size_t r = 0; r < ROWS; r++) {
            assert_int_equal(list[r], r);
        }
        smi_epoch_order_free(order);
    }
}

/* What advice was given, row by row. */
static signed char wanted[ROWS];

static void want(void *const context, const size_t first, const size_t count)
{
    (void)context;
    memset(wanted + first, 1, count);
}

static void release(void *const context, const size_t first, const size_t count)
{
    (void)context;
    for (size_t r = first; r < first + count; r++) {
        assert_int_equal(wanted[r], 2); /* it has been used */
        wanted[r] = 3;
    }
}

static void rows_are_asked_for_before_they_are_used(void **state)
{
    (void)state;
    const smi_objective objective = {
        .row_count = ROWS, .block_rows = BLOCK, .will_need = want, .let_go = release};
    const sm_train_options options = sm_train_options_default();
    smi_epoch_order *const order = order_of(&objective, &options);
    memset(wanted, 0, sizeof wanted);
    smi_epoch_order_begin(order, 0, 0);
    size_t released = 0;
    for (size_t r = 0; r + 50 <= ROWS; r += 50) {
        const size_t *const rows = smi_epoch_order_next(order, 50);
        for (size_t i = 0; i < 50; i++) {
            assert_int_equal(wanted[rows[i]], 1);
            wanted[rows[i]] = 2;
        }
    }
    for (size_t r = 0; r < ROWS; r++) {
        released += wanted[r] == 3;
    }
    assert_true(released >= ROWS / 2);
    smi_epoch_order_free(order);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_comes_once),
        cmocka_unit_test(an_epoch_may_begin_anywhere),
        cmocka_unit_test(rows_are_mixed_within_windows_of_blocks),
        cmocka_unit_test(without_shuffling_rows_come_as_they_lie),
        cmocka_unit_test(rows_are_asked_for_before_they_are_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
