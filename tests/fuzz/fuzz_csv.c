/* Text tables. The first byte chooses the options; the rows must be the same however the text is
 * cut, and so must what is wrong with it. */
#include <stdlib.h>
#include <string.h>

#include <softmax.h>

#include "data/table/csv.h"
#include "fuzz/fuzz.h"

/* What a pass has seen, as a number. */
typedef struct digest {
    size_t columns;
    uint64_t hash;
} digest;

static uint64_t mix(const uint64_t hash, const uint64_t value)
{
    return (hash ^ value) * 0x100000001b3U + 1;
}

static bool see_row(void *const context, const size_t slot, const smi_csv_row *const row,
                    smi_csv_fault *const fault)
{
    digest *const seen = context;
    uint64_t hash = seen->hash;
    (void)slot;
    (void)fault;
    for (size_t c = 0; c < seen->columns; c++) {
        const smi_cell *const cell = &row->cells[c];
        for (size_t i = 0; i < cell->length; i++) {
            fuzz_require(cell->at[i] != '\0', "cells have no NUL");
            hash = mix(hash, (unsigned char)cell->at[i]);
        }
        hash = mix(hash, 256U + cell->quoted);
    }
    seen->hash = mix(hash, row->offset);
    return true;
}

static sm_status merge(void *const context, const size_t slot)
{
    (void)context;
    (void)slot;
    return SM_OK;
}

static sm_status read_all(const uint8_t *const bytes, const size_t size,
                          const smi_csv_options *const options, uint64_t *const hash)
{
    smi_spool *spool = NULL;
    smi_csv *csv = NULL;
    smi_pool *pool = NULL;
    digest seen = {0};
    fuzz_require(smi_spool_over(bytes, size, "input", &spool) == SM_OK, "memory for the input");
    sm_status status = smi_csv_open(spool, options, &csv);
    if (status != SM_OK) {
        fuzz_require(csv == NULL, "a failure writes no result");
        return status;
    }
    seen.columns = smi_csv_column_count(csv);
    fuzz_require(seen.columns > 0, "there are columns");
    for (size_t c = 0; c < seen.columns; c++) {
        fuzz_require(smi_csv_column_names(csv)[c][0] != '\0', "columns have names");
    }
    const smi_csv_pass pass = {.slots = 1, .row = see_row, .merge = merge, .context = &seen};
    fuzz_require(smi_pool_create(1, &pool) == SM_OK, "memory for a pool");
    status = smi_csv_run(csv, pool, &pass);
    smi_pool_free(pool);
    smi_csv_free(csv);
    *hash = seen.hash;
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *const bytes, const size_t size)
{
    static const char delimiters[] = {'\0', ',', ';', '\t', ' ', '\0', ',', ','};
    if (size == 0) {
        return 0;
    }
    smi_csv_options options = {.delimiter = delimiters[bytes[0] & 7U],
                               .comment = (char)((bytes[0] & 8U) != 0 ? '#' : '\0'),
                               .header = (sm_header)((bytes[0] >> 4U & 3U) % 3U),
                               .skip_lines = bytes[0] >> 6U};
    char message[1024];
    uint64_t whole = 0;
    const sm_status status = read_all(bytes + 1, size - 1, &options, &whole);
    (void)snprintf(message, sizeof message, "%s", sm_error_message());
    fuzz_require(status == SM_OK || status == SM_ERROR_MEMORY || strncmp(message, "input:", 6) == 0,
                 "messages name the file");
    for (options.piece_size = 1; options.piece_size < 100; options.piece_size *= 3) {
        uint64_t cut = 0;
        fuzz_require(read_all(bytes + 1, size - 1, &options, &cut) == status,
                     "where the text is cut changes nothing");
        fuzz_require(status != SM_OK || cut == whole, "the rows are the same");
        fuzz_require(status == SM_OK || strcmp(message, sm_error_message()) == 0,
                     "so is what is wrong");
    }
    return 0;
}
