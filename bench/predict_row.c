/* How long the C interface takes for one row: bench_predict_row MODEL DATA CALLS
 *
 * DATA must be bytes. Prints one JSON object; "seconds" is the median call, from one reading of the
 * clock to the next, "allocations" how often all calls together asked for memory. */
#include <softmax.h>

#include "bench.h"
#include "support/allocations.h"

enum { ROWS = 1000, WARM_UP = 1000 };

/* The first rows of a dataset, as stored. x: ROWS × features, row-major. */
static void copy_rows(const sm_dataset *const dataset, const size_t features, uint8_t *const x)
{
    float *const row = need_array(features, sizeof *row);
    for (size_t r = 0; r < ROWS; r++) {
        CHECK(sm_dataset_row(dataset, r % sm_dataset_rows(dataset), row));
        for (size_t f = 0; f < features; f++) {
            x[r * features + f] = (uint8_t)row[f];
        }
    }
    free(row);
}

int main(const int argument_count, char **const arguments)
{
    if (argument_count != 4) {
        leave("usage: bench_predict_row MODEL DATA CALLS");
    }
    const size_t calls = need_count(arguments[3]);
    sm_model *model = NULL;
    sm_dataset *dataset = NULL;
    CHECK(sm_model_load(arguments[1], &model));
    CHECK(sm_dataset_open(arguments[2], &dataset));
    const sm_shape shape = sm_model_shape(model);
    if (sm_dataset_element(dataset) != SM_U8 ||
        sm_dataset_shape(dataset).features != shape.features) {
        leave("the data must be bytes, as wide as the model");
    }
    uint8_t *const x = need_array(ROWS, shape.features);
    float *const probabilities = need_array(shape.classes, sizeof *probabilities);
    double *const times = need_array(calls, sizeof *times);
    copy_rows(dataset, shape.features, x);

    const size_t before = allocations_made();
    for (size_t i = 0; i < WARM_UP + calls; i++) {
        const uint8_t *const row = x + i % ROWS * shape.features;
        const double start = now();
        CHECK(sm_predict_u8(model, row, 1, SM_PROBABILITIES, probabilities));
        if (i >= WARM_UP) {
            times[i - WARM_UP] = now() - start;
        }
    }
    const size_t in_calls = allocations_made() - before;
    printf("{\"seconds\": %.9g, \"calls\": %zu, \"allocations\": %zu}\n", median(times, calls),
           calls, in_calls);
    free(times);
    free(probabilities);
    free(x);
    sm_dataset_free(dataset);
    sm_model_free(model);
    return 0;
}
