/* Data made on the spot: seeded, and the same on every platform. */
#ifndef SMI_DATA_GENERATOR_H
#define SMI_DATA_GENERATOR_H

#include <softmax.h>

#include "base/random.h"

/* What a generator can be told, after its name: "blobs:n=2000,std=1.0,seed=30,test". */
typedef struct smi_generator_settings {
    uint64_t first;   /* row of those that the seed stands for, from 0 */
    uint64_t n;       /* rows from that one on */
    uint64_t seed;    /* of everything random */
    uint64_t classes; /* how many */
    double std;       /* blobs: standard deviation of a blob */
    double noise;     /* circles, moons, spirals: likewise around the line */
    bool test;        /* a fresh sample from the same distribution, for testing */
} smi_generator_settings;

typedef struct smi_generator {
    const char *name;
    const char *const *accepts; /* names of the settings that apply, NULL at the end */
    smi_generator_settings defaults;
    sm_status (*make)(const smi_generator_settings *settings, sm_dataset **dataset);
} smi_generator;

/* "digits, …" */
extern const char smi_generator_names[];

/* The generator that `data` begins with the name of, alone or before a colon; NULL: none. */
const smi_generator *smi_find_generator(const char *data);

/* Reads what follows the generator's name. *names_part is set when "train" or "test" is there. */
sm_status smi_parse_generator(const smi_generator *generator, const char *data,
                              smi_generator_settings *settings, bool *names_part);

/* Makes what `data`, which begins with the generator's name, asks for. want_test: the test part;
 * *dataset is NULL, with SM_OK, where `data` names a part itself. */
sm_status smi_generate(const smi_generator *generator, const char *data, bool want_test,
                       sm_dataset **dataset);

/* The random numbers of one row, counted from settings->first. Rows are independent of each other
 * and of how many there are. */
smi_random smi_row_random(const smi_generator_settings *settings, size_t row);

sm_status smi_make_digits(const smi_generator_settings *settings, sm_dataset **dataset);
sm_status smi_make_blobs(const smi_generator_settings *settings, sm_dataset **dataset);
sm_status smi_make_circles(const smi_generator_settings *settings, sm_dataset **dataset);
sm_status smi_make_moons(const smi_generator_settings *settings, sm_dataset **dataset);
sm_status smi_make_spirals(const smi_generator_settings *settings, sm_dataset **dataset);

#endif
