/* The log of a training, for softmax plot curves: whatever was read has epochs or begins a run, and
 * a log that ends in the middle of a line is read up to there. */
#include <math.h>
#include <string.h>

#include <softmax.h>

#include "cli/plot/read_training_log.h"
#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *const bytes, const size_t size)
{
    /* Of its own size, so that reading beyond it is seen. */
    char *const text = malloc(size > 0 ? size : 1);
    fuzz_require(text != NULL, "memory for the input");
    memcpy(text, bytes, size);
    cli_training_log log = {0};
    if (cli_parse_training_log("input", text, size, &log) != SM_OK) {
        fuzz_require(log.points == NULL && log.count == 0, "a failure writes no result");
        free(text);
        return 0;
    }
    fuzz_require(log.count > 0 || log.run != NULL, "there is an epoch, or a run");
    for (size_t i = 0; i < log.count; i++) {
        fuzz_require(isfinite(log.points[i].epoch), "epochs are numbers");
        fuzz_require(isfinite(log.points[i].loss) || isfinite(log.points[i].validation_loss),
                     "there is something to draw");
    }
    cli_free_training_log(&log);
    free(text);
    return 0;
}
