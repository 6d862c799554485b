/* Random numbers that are the same on every platform: xoshiro256** 1.0 (Blackman and Vigna,
 * "Scrambled linear pseudorandom number generators", ACM TOMS 2021), seeded through SplitMix64
 * as its authors advise. Not for secrets. */
#ifndef SMI_BASE_RANDOM_H
#define SMI_BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

typedef struct smi_random {
    uint64_t state[4];
} smi_random;

/* Each pair of seed and stream starts a sequence of its own. */
smi_random smi_random_start(uint64_t seed, uint64_t stream);

/* What a stream is for. Uses of one seed must not share a stream; a use that needs many adds a
 * number below 2^48 to its own. */
enum smi_random_stream {
    SMI_STREAM_PARAMETERS = 1, /* initial parameters */
    SMI_STREAM_SPLIT,          /* which rows are held out */
    SMI_STREAM_CENTRES,        /* where blobs lie */
    SMI_STREAM_FOLDS,          /* which rows each fold has */
    SMI_STREAM_PICTURES        /* which rows are drawn */
};
static const uint64_t SMI_STREAM_EPOCHS = (uint64_t)1 << 60;     /* + epoch */
static const uint64_t SMI_STREAM_TRAIN_ROWS = (uint64_t)2 << 60; /* + row, or chunk of rows */
static const uint64_t SMI_STREAM_TEST_ROWS = (uint64_t)3 << 60;  /* likewise */
static const uint64_t SMI_STREAM_LAYERS = (uint64_t)4 << 60;     /* + layer, from 1: its initial
                                                                    parameters; the first layer's
                                                                    are SMI_STREAM_PARAMETERS */
static const uint64_t SMI_STREAM_DROPOUT = (uint64_t)5 << 60;    /* + layer << 48, + step */

uint64_t smi_random_u64(smi_random *random);

/* Uniform in [0, 1): multiples of 2^-53 and of 2^-24. */
double smi_random_double(smi_random *random);
float smi_random_float(smi_random *random);

/* Uniform from low to high; high itself can come about by rounding. */
double smi_random_between(smi_random *random, double low, double high);

/* Uniform in 0 … bound − 1, without bias; bound ≥ 1. */
uint64_t smi_random_below(smi_random *random, uint64_t bound);

/* Normal with mean 0 and variance 1. */
double smi_random_normal(smi_random *random);

/* Permutes the indices uniformly (Fisher and Yates). */
void smi_random_shuffle(smi_random *random, size_t *indices, size_t count);

#endif
