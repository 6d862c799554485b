#include "data/generated_rows.h"

#include "base/memory.h"
#include "base/status.h"
#include "data/dataset.h"

/* Rows that are made at a time. */
enum { BLOCK_ROWS = 4096 };

typedef struct generated {
    const smi_generator *generator;
    smi_generator_settings settings; /* of all rows */
    sm_dataset *begin;               /* the first block, which shows what all rows are like */
} generated;

/* Makes the rows from `first` on, counted from the first of all. */
static sm_status make_block(const generated *const source, const uint64_t first,
                            sm_dataset **const block)
{
    smi_generator_settings settings = source->settings;
    settings.first = first;
    settings.n = source->settings.n - first;
    settings.n = settings.n < BLOCK_ROWS ? settings.n : BLOCK_ROWS;
    return source->generator->make(&settings, block);
}

static sm_status pass_over(void *const context, smi_take_rows *const take, void *const taker)
{
    const generated *const source = context;
    sm_status status = SM_OK;
    for (uint64_t first = 0; first < source->settings.n && status == SM_OK; first += BLOCK_ROWS) {
        sm_dataset *made = NULL;
        status = make_block(source, first, &made);
        if (status == SM_OK) {
            const smi_row_block block = {.rows = made->rows, .x = made->x, .labels = made->labels};
            status = take(taker, &block);
        }
        sm_dataset_free(made);
    }
    return status;
}

static void free_source(void *const context)
{
    generated *const source = context;
    sm_dataset_free(source->begin);
    smi_free(source);
}

static const smi_row_source passing = {.pass = pass_over, .free = free_source};

/* The source's settings are known. */
static sm_status begin_rows(generated *const source, sm_rows **const rows)
{
    const sm_status status = make_block(source, 0, &source->begin);
    if (status != SM_OK) {
        free_source(source);
        return status;
    }
    const sm_rows filled = {.element = source->begin->element,
                            .shape = source->begin->shape,
                            .rows = (size_t)source->settings.n,
                            .labelled = true,
                            .name = source->generator->name,
                            .from = &passing,
                            .source = source};
    return smi_rows_new(&filled, rows);
}

sm_status smi_generate_rows(const smi_generator *const generator, const char *const data,
                            const bool want_test, sm_rows **const rows)
{
    bool names_part = false;
    generated *const source = smi_array(1, sizeof *source);
    if (source == NULL) {
        return smi_fail_memory(data);
    }
    source->generator = generator;
    sm_status status = smi_parse_generator(generator, data, &source->settings, &names_part);
    if (status != SM_OK || (want_test && names_part)) {
        free_source(source);
        if (status == SM_OK) {
            *rows = NULL;
        }
        return status;
    }
    source->settings.test = source->settings.test || want_test;
    return begin_rows(source, rows);
}
