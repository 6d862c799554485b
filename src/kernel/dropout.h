/* Dropout (Srivastava et al., JMLR 2014): at each step of training, each output of a layer is left
 * out with a probability, and the others are made larger so that the mean stays.
 *
 * Whether one is left out is a function of the seed, the step, the layer, the row's place in its
 * batch and the unit, and of nothing else: neither of how rows are cut into blocks nor of who
 * computes them. */
#ifndef SMI_KERNEL_DROPOUT_H
#define SMI_KERNEL_DROPOUT_H

#include "kernel/threefry.h"

/* What is the same for all rows of a step's layer. */
typedef struct smi_dropout {
    smi_two_words key;
    uint32_t threshold; /* a unit whose random word is below is left out */
    float scale;        /* of the others: 1 / (1 − rate) */
} smi_dropout;

/* rate: 0 … below 1, taken to the nearest multiple of 2^-32. step: below 2^48; layer: below
 * 2^12. */
smi_dropout smi_dropout_at(uint64_t seed, uint64_t step, size_t layer, double rate);

/* Each counter has the words of two units, so many units apart: a vector of counters serves two of
 * units. */
enum { SMI_DROPOUT_APART = 16 };

/* What the unit is multiplied by: 0 or the scale. Rows and units from 2^32 on begin again. */
static inline float smi_dropout_factor(const smi_dropout *const dropout, const size_t row,
                                       const size_t unit)
{
    const size_t pair = unit / (2 * SMI_DROPOUT_APART);
    const size_t counter = pair * SMI_DROPOUT_APART + unit % SMI_DROPOUT_APART;
    const smi_two_words place = {{(uint32_t)row, (uint32_t)counter}};
    const uint32_t word = smi_threefry(dropout->key, place).word[unit / SMI_DROPOUT_APART % 2];
    return word < dropout->threshold ? 0.0F : dropout->scale;
}

#endif
