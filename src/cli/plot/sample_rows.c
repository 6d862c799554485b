#include "cli/plot/sample_rows.h"

#include <stdlib.h>

#include "base/random.h"
#include "cli/terminal.h"

size_t *cli_sample_rows(const size_t rows, const size_t count, const uint64_t seed,
                        size_t *const taken)
{
    const size_t wanted = count < rows ? count : rows;
    size_t *const sample = malloc((wanted > 0 ? wanted : 1) * sizeof *sample);
    if (sample == NULL) {
        cli_say("not enough memory for %zu rows", wanted);
        return NULL;
    }
    /* A row is taken with the probability (still wanted) / (rows from here on): Fan, Muller and
     * Rezucha, 1962. */
    smi_random random = smi_random_start(seed, SMI_STREAM_PICTURES);
    size_t done = 0;
    for (size_t row = 0; done < wanted; row++) {
        if (smi_random_below(&random, rows - row) < wanted - done) {
            sample[done++] = row;
        }
    }
    *taken = wanted;
    return sample;
}
