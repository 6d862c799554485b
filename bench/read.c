/* How long it takes until data is in memory: bench_read DATA THREADS
 *
 * Prints one JSON object; "data_bytes" is what the dataset keeps of its rows, "peak_memory" the
 * most memory that this process ever held. */
#include <softmax.h>
#include <string.h>

#include "bench.h"

/* Sparse rows: an index and a value an entry, and where each row starts. */
static size_t sparse_bytes(const sm_dataset *const dataset)
{
    size_t entries = 0;
    for (size_t r = 0; r < sm_dataset_rows(dataset); r++) {
        const float *values = NULL;
        const uint32_t *columns = NULL;
        size_t count = 0;
        CHECK(sm_dataset_row_entries(dataset, r, &values, &columns, &count));
        entries += count;
    }
    return entries * (sizeof(float) + sizeof(uint32_t)) +
           (sm_dataset_rows(dataset) + 1) * sizeof(size_t);
}

static size_t data_bytes(const sm_dataset *const dataset)
{
    const size_t rows = sm_dataset_rows(dataset);
    const size_t labels = sm_dataset_has_labels(dataset) ? rows * sizeof(int32_t) : 0;
    const sm_element element = sm_dataset_element(dataset);
    if (element == SM_CSR) {
        return labels + sparse_bytes(dataset);
    }
    return labels + rows * sm_dataset_shape(dataset).features *
                        (element == SM_U8 ? sizeof(uint8_t) : sizeof(float));
}

/* In bytes. getrusage() would also count the program that started this one. */
static size_t peak_memory(void)
{
    char line[256];
    size_t kibibytes = 0;
    FILE *const status = fopen("/proc/self/status", "r");
    if (status == NULL) {
        leave("no /proc/self/status");
    }
    while (fgets(line, sizeof line, status) != NULL) {
        if (strncmp(line, "VmHWM:", 6) == 0) {
            kibibytes = strtoull(line + 6, NULL, 10);
        }
    }
    (void)fclose(status);
    return 1024 * kibibytes;
}

int main(const int argument_count, char **const arguments)
{
    if (argument_count != 3) {
        leave("usage: bench_read DATA THREADS");
    }
    sm_open_options options = sm_open_options_default();
    options.threads = need_count(arguments[2]);
    sm_dataset *dataset = NULL;
    const double start = now();
    CHECK(sm_dataset_open_with(arguments[1], &options, &dataset));
    const double seconds = now() - start;
    printf("{\"seconds\": %.9g, \"rows\": %zu, \"features\": %zu, \"data_bytes\": %zu, "
           "\"peak_memory\": %zu}\n",
           seconds, sm_dataset_rows(dataset), sm_dataset_shape(dataset).features,
           data_bytes(dataset), peak_memory());
    sm_dataset_free(dataset);
    return 0;
}
