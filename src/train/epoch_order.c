#include "train/epoch_order.h"

#include <stdint.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "base/status.h"
#include "sys/errand.h"

/* Blocks whose rows are mixed: 64 MiB of data. The next are read meanwhile. */
enum { WINDOW_BLOCKS = 64 };

struct smi_epoch_order {
    const smi_objective *objective;
    const sm_train_options *options;
    size_t *rows; /* that come next; of a whole epoch where there are no blocks */
    size_t begin; /* where in `rows` they are */
    size_t end;
    size_t *blocks; /* in their order; NULL: there are none */
    size_t block_count;
    size_t next;         /* block that is not in `rows` yet */
    smi_errand *reading; /* of blocks `asked` … asked + WINDOW_BLOCKS − 1 */
    size_t asked;
    smi_random random;
};

sm_status smi_epoch_order_create(const smi_objective *const objective,
                                 const sm_train_options *const options, const size_t most,
                                 smi_epoch_order **const order)
{
    const size_t rows = objective->row_count;
    const size_t block = objective->block_rows;
    smi_epoch_order *const created = smi_array(1, sizeof *created);
    if (created == NULL) {
        return smi_fail_memory("the solver");
    }
    created->objective = objective;
    created->options = options;
    size_t capacity = rows;
    if (block > 0) {
        created->block_count = (rows - 1) / block + 1;
        created->blocks = smi_array(created->block_count, sizeof *created->blocks);
        (void)smi_errand_create(&created->reading);
        capacity = smi_min_size(rows, WINDOW_BLOCKS * block + most);
    }
    created->rows = smi_array(capacity, sizeof *created->rows);
    if (created->rows == NULL ||
        (block > 0 && (created->blocks == NULL || created->reading == NULL))) {
        smi_epoch_order_free(created);
        return smi_fail_memory("the solver");
    }
    *order = created;
    return SM_OK;
}

void smi_epoch_order_free(smi_epoch_order *const order)
{
    if (order == NULL) {
        return;
    }
    smi_errand_free(order->reading);
    smi_free(order->rows);
    smi_free(order->blocks);
    smi_free(order);
}

static void list_in_order(size_t *const list, const size_t count)
{
    for (size_t i = 0; i < count; i++) {
        list[i] = i;
    }
}

static void shuffle(smi_epoch_order *const order, size_t *const list, const size_t count)
{
    if (order->options->shuffle) {
        smi_random_shuffle(&order->random, list, count);
    }
}

/* ---- windows of blocks ---- */

typedef void advice(void *context, size_t first, size_t count);

/* Gives advice on blocks first … end − 1 of the order. */
static void advise(const smi_epoch_order *const order, const size_t first, const size_t end,
                   advice *const give)
{
    const smi_objective *const objective = order->objective;
    const size_t block = objective->block_rows;
    for (size_t b = first; b < smi_min_size(end, order->block_count) && give != NULL; b++) {
        const size_t row = order->blocks[b] * block;
        give(objective->context, row, smi_min_size(block, objective->row_count - row));
    }
}

static void ask_for_window(void *const context)
{
    const smi_epoch_order *const order = context;
    advise(order, order->asked, order->asked + WINDOW_BLOCKS, order->objective->will_need);
}

static void begin_reading(smi_epoch_order *const order, const size_t first)
{
    smi_errand_await(order->reading);
    order->asked = first;
    smi_errand_begin(order->reading, ask_for_window, order);
}

/* What is read while the window that begins at `next` is worked on, once that one has been, and
 * what is done with: of the window before this one a batch may still have rows. */
static void read_ahead(smi_epoch_order *const order)
{
    const size_t window = order->next;
    if (order->asked != window) {
        begin_reading(order, window);
    }
    begin_reading(order, window + WINDOW_BLOCKS);
    if (window >= 2 * (size_t)WINDOW_BLOCKS) {
        advise(order, window - 2 * (size_t)WINDOW_BLOCKS, window - WINDOW_BLOCKS,
               order->objective->let_go);
    }
}

/* Appends the rows of the next window. */
static void take_window(smi_epoch_order *const order)
{
    const size_t block = order->objective->block_rows;
    const size_t last = smi_min_size(order->next + WINDOW_BLOCKS, order->block_count);
    const size_t begin = order->end;
    for (; order->next < last; order->next++) {
        const size_t first = order->blocks[order->next] * block;
        const size_t end = smi_min_size(first + block, order->objective->row_count);
        for (size_t r = first; r < end; r++) {
            order->rows[order->end++] = r;
        }
    }
    shuffle(order, order->rows + begin, order->end - begin);
}

/* ---- an epoch ---- */

void smi_epoch_order_begin(smi_epoch_order *const order, const size_t epoch, const size_t first)
{
    order->random = smi_random_start(order->options->seed, SMI_STREAM_EPOCHS + epoch);
    order->begin = first;
    if (order->blocks == NULL) {
        order->end = order->objective->row_count;
        list_in_order(order->rows, order->end);
        shuffle(order, order->rows, order->end);
        return;
    }
    smi_errand_await(order->reading);
    order->asked = SIZE_MAX;
    order->end = 0;
    order->next = 0;
    list_in_order(order->blocks, order->block_count);
    shuffle(order, order->blocks, order->block_count);
    /* Windows that are passed over take their random numbers all the same. */
    while (order->begin > 0) {
        order->end = 0;
        take_window(order);
        if (order->begin < order->end) {
            break;
        }
        order->begin -= order->end;
        order->end = 0;
    }
}

const size_t *smi_epoch_order_next(smi_epoch_order *const order, const size_t count)
{
    while (order->end - order->begin < count) {
        memmove(order->rows, order->rows + order->begin,
                (order->end - order->begin) * sizeof *order->rows);
        order->end -= order->begin;
        order->begin = 0;
        read_ahead(order);
        take_window(order);
    }
    const size_t *const rows = order->rows + order->begin;
    order->begin += count;
    return rows;
}
