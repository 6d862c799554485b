#include "train/hand_on.h"

#include "train/slices.h"

typedef struct handing {
    const smi_receiver *receiver;
    size_t begin;
    float *part;
} handing;

static double hand_on_slice(const void *const context, const size_t begin, const size_t count)
{
    const handing *const all = context;
    const size_t first = all->begin + begin;
    all->receiver->take(all->receiver->context, first, first + count, all->part + begin);
    return 0.0;
}

void smi_hand_on(const smi_receiver *const receiver, smi_pool *const pool, const size_t begin,
                 const size_t end, float *const part)
{
    handing all = {.receiver = receiver, .begin = begin};
    all.part = part;
    (void)smi_run_slices(pool, end - begin, hand_on_slice, &all);
}
