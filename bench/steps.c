/* How long a step of training takes: bench_steps DATA SOLVER STEPS BATCH
 *
 * DATA is what the program means by it, or random:ROWS,FEATURES,CLASSES, bytes of which a fifth
 * are not zero, as in pictures of digits. SOLVER is gd (a step is an epoch) or sgd (in file order).
 * No penalty, no tolerance; 2 steps or more. Prints one JSON object; "seconds" is the mean over all
 * steps but the first, so that what is done once a training does not count. */
#include <softmax.h>
#include <string.h>

#include "bench.h"

typedef struct span {
    double first; /* when the first step was done */
    double last;
    size_t steps;
} span;

static bool on_progress(const sm_progress *const progress, void *const user)
{
    span *const measured = user;
    measured->last = progress->seconds;
    measured->steps = progress->step;
    if (progress->step == 1) {
        measured->first = progress->seconds;
    }
    return true;
}

/* xorshift64: good enough to fill pictures with. */
static uint64_t next_random(uint64_t *const state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* The arrays live until the program ends, as the dataset borrows them. */
static sm_dataset *make_random(const size_t rows, const size_t features, const size_t classes)
{
    uint64_t state = 88172645463325252U;
    uint8_t *const x = need_array(rows, features);
    int32_t *const labels = need_array(rows, sizeof *labels);
    for (size_t i = 0; i < rows * features; i++) {
        const uint64_t value = next_random(&state);
        x[i] = value % 5 == 0 ? (uint8_t)(value >> 56U) : 0;
    }
    for (size_t r = 0; r < rows; r++) {
        labels[r] = (int32_t)(next_random(&state) % classes);
    }
    sm_dataset *dataset = NULL;
    CHECK(sm_dataset_borrow_u8(x, rows, features, labels, classes, &dataset));
    return dataset;
}

static sm_dataset *open_data(const char *const name)
{
    size_t rows = 0;
    size_t features = 0;
    size_t classes = 0;
    char rest = 0;
    // NOLINTNEXTLINE(cert-err34-c): what does not fit is opened, and refused, as a file
    if (sscanf(name, "random:%zu,%zu,%zu%c", &rows, &features, &classes, &rest) == 3) {
        return make_random(rows, features, classes);
    }
    sm_dataset *dataset = NULL;
    CHECK(sm_dataset_open(name, &dataset));
    return dataset;
}

int main(const int argument_count, char **const arguments)
{
    if (argument_count != 5) {
        leave("usage: bench_steps DATA gd|sgd STEPS BATCH");
    }
    sm_dataset *const dataset = open_data(arguments[1]);
    span measured = {0};
    sm_train_options options = sm_train_options_default();
    options.solver = strcmp(arguments[2], "sgd") == 0 ? SM_SOLVER_SGD : SM_SOLVER_GD;
    options.max_steps = need_count(arguments[3]);
    options.batch_size = need_count(arguments[4]);
    options.learning_rate = 0.5;
    options.l2 = 0.0;
    options.tolerance = 0.0;
    options.shuffle = false;
    options.on_progress = on_progress;
    options.user = &measured;

    if (options.max_steps < 2) {
        leave("the first step does not count: 2 or more");
    }
    sm_model *model = NULL;
    sm_history *history = NULL;
    CHECK(sm_model_create(sm_dataset_shape(dataset), &model));
    CHECK(sm_train(model, dataset, NULL, &options, &history));
    const double seconds = (measured.last - measured.first) / (double)(measured.steps - 1);
    printf("{\"seconds\": %.9g, \"steps\": %zu, \"objective\": %.9g}\n", seconds, measured.steps,
           sm_history_summary(history).objective);
    sm_history_free(history);
    sm_model_free(model);
    sm_dataset_free(dataset);
    return 0;
}
