#include "kernel/dropout.h"

#include "base/random.h"

smi_dropout smi_dropout_at(const uint64_t seed, const uint64_t step, const size_t layer,
                           const double rate)
{
    smi_random random = smi_random_start(seed, SMI_STREAM_DROPOUT + ((uint64_t)layer << 48) + step);
    const uint64_t key = smi_random_u64(&random);
    const double threshold = rate * 0x1p32 + 0.5;
    return (smi_dropout){
        .key = {{(uint32_t)(key >> 32), (uint32_t)key}},
        .threshold = threshold < (double)UINT32_MAX ? (uint32_t)threshold : UINT32_MAX,
        .scale = (float)(1.0 / (1.0 - rate)),
    };
}
