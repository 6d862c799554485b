#include "train/slices.h"

#include "base/memory.h"

enum {
    PIECE = 1024, /* entries worked on at a time */
    MOST_SLICES = 64,
    LEAST_SLICE = 16384 /* entries: fewer are done sooner than another thread is woken */
};

typedef struct run {
    smi_slice_work *work;
    const void *context;
    size_t length;
    size_t slice; /* entries that one task works on */
    double sums[MOST_SLICES];
} run;

static void run_slice(void *const context, const size_t task, const size_t thread)
{
    (void)thread;
    run *const all = context;
    const size_t end = smi_min_size((task + 1) * all->slice, all->length);
    double sum = 0.0;
    for (size_t i = task * all->slice; i < end; i += PIECE) {
        sum += all->work(all->context, i, smi_min_size(PIECE, end - i));
    }
    all->sums[task] = sum;
}

double smi_run_slices(smi_pool *const pool, const size_t length, smi_slice_work *const work,
                      const void *const context)
{
    const size_t share = smi_round_up((length + MOST_SLICES - 1) / MOST_SLICES, PIECE);
    run all = {.work = work,
               .context = context,
               .length = length,
               .slice = smi_max_size(share, LEAST_SLICE)};
    const size_t slices = (length + all.slice - 1) / all.slice;
    if (pool != NULL && slices > 1) {
        smi_pool_run(pool, slices, run_slice, &all);
    } else {
        for (size_t i = 0; i < slices; i++) {
            run_slice(&all, i, 0);
        }
    }
    double sum = 0.0;
    for (size_t i = 0; i < slices; i++) {
        sum += all.sums[i];
    }
    return sum;
}
