#include "data/pictures/resize.h"

#include "base/memory.h"

/* What one new pixel is made of along one side: `count` old ones from `first` on, in whole
 * weights that sum to the same for every new pixel, so that the sum over both sides is exact. */
typedef struct window {
    size_t first;
    size_t count;
    uint64_t first_weight;
    uint64_t middle_weight;
    uint64_t last_weight; /* count ≥ 2 */
} window;

static uint64_t total_weight(const size_t before, const size_t after)
{
    return after <= before ? before : 2 * after;
}

/* In units of 1/after of an old pixel, old pixel j reaches from j · after to (j + 1) · after, and
 * new pixel i from i · before to (i + 1) · before; what they share is the weight. */
static window covered(const size_t before, const size_t after, const size_t i)
{
    const size_t begin = i * before;
    const size_t end = begin + before;
    const size_t first = begin / after;
    const size_t last = (end - 1) / after;
    return (window){.first = first,
                    .count = last - first + 1,
                    .first_weight = smi_min_size(end, (first + 1) * after) - begin,
                    .middle_weight = after,
                    .last_weight = end - last * after};
}

/* The centre of new pixel i lies at ((2i + 1) · before − after) / (2 · after) between the centres
 * of old ones, 0, 1, …; beyond the outermost, those go on. */
static window between(const size_t before, const size_t after, const size_t i)
{
    const size_t unit = 2 * after;
    const size_t centre = (2 * i + 1) * before;
    if (centre < after) {
        return (window){.first = 0, .count = 1, .first_weight = unit};
    }
    const size_t first = (centre - after) / unit;
    const size_t beyond = (centre - after) % unit;
    if (first + 1 >= before) {
        return (window){.first = before - 1, .count = 1, .first_weight = unit};
    }
    return (window){
        .first = first, .count = 2, .first_weight = unit - beyond, .last_weight = beyond};
}

static window window_of(const size_t before, const size_t after, const size_t i)
{
    return after <= before ? covered(before, after, i) : between(before, after, i);
}

static uint64_t weight_in(const window *const w, const size_t k)
{
    return k == 0 ? w->first_weight : k + 1 == w->count ? w->last_weight : w->middle_weight;
}

/* The weighted sum along a row. at: the first number of this channel in the window. */
static uint64_t sum_along(const uint8_t *const at, const size_t channels, const window *const w)
{
    const size_t last = w->count - 1;
    uint64_t middle = 0;
    for (size_t k = 1; k < last; k++) {
        middle += at[k * channels];
    }
    const uint64_t sum = w->first_weight * at[0] + w->middle_weight * middle;
    return last == 0 ? sum : sum + w->last_weight * at[last * channels];
}

void smi_resize(const uint8_t *const pixels, const smi_picture_size before, const size_t channels,
                const smi_picture_size after, uint8_t *const resized)
{
    const size_t stride = before.width * channels;
    const uint64_t total = total_weight(before.height, after.height) *
                           total_weight(before.width, after.width); /* times 255: below 2^40 */
    uint8_t *to = resized;
    for (size_t i = 0; i < after.height; i++) {
        const window down = window_of(before.height, after.height, i);
        for (size_t j = 0; j < after.width; j++) {
            const window along = window_of(before.width, after.width, j);
            for (size_t c = 0; c < channels; c++) {
                const uint8_t *at = pixels + down.first * stride + along.first * channels + c;
                uint64_t sum = 0;
                for (size_t k = 0; k < down.count; k++, at += stride) {
                    sum += weight_in(&down, k) * sum_along(at, channels, &along);
                }
                *to++ = (uint8_t)((2 * sum + total) / (2 * total));
            }
        }
    }
}
