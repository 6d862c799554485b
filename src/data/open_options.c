#include "data/open_options.h"

#include <string.h>

#include "base/status.h"
#include "data/pictures/png.h"
#include "sys/processor.h"

sm_open_options sm_open_options_default(void)
{
    return (sm_open_options){
        .index_base = SM_INDEX_AUTO,
        .missing = SM_MISSING_INDICATOR,
        .text = {.least_words = 1, .most_words = 1, .weighting = SM_TEXT_TFIDF, .least_rows = 2},
        .header = SM_HEADER_AUTO};
}

static sm_status check_columns(const sm_open_options *const options)
{
    if (options->columns == NULL && options->column_count > 0) {
        return smi_fail(SM_ERROR_ARGUMENT, "columns is NULL, and column_count %zu",
                        options->column_count);
    }
    for (size_t i = 0; i < options->column_count; i++) {
        const sm_column *const column = &options->columns[i];
        if (column->name == NULL || column->name[0] == '\0') {
            return smi_fail(SM_ERROR_ARGUMENT, "columns[%zu].name is empty", i);
        }
        if ((unsigned)column->kind > SM_COLUMN_TEXT) {
            return smi_fail(SM_ERROR_ARGUMENT, "columns[%zu].kind: there is no kind %d", i,
                            (int)column->kind);
        }
    }
    return SM_OK;
}

/* What separates cells, or begins comments, means nothing else. */
static bool is_mark(const char mark)
{
    return (unsigned char)mark < 0x80 && strchr("\"\n\r", mark) == NULL;
}

static sm_status check_pictures(const sm_open_options *const options)
{
    if ((unsigned)options->colour > SM_COLOUR_RGB) {
        return smi_fail(SM_ERROR_ARGUMENT, "colour: there is no colour %d", (int)options->colour);
    }
    if ((options->image_height == 0) != (options->image_width == 0) ||
        options->image_height > SMI_PNG_MOST_SIDE || options->image_width > SMI_PNG_MOST_SIDE) {
        return smi_fail(SM_ERROR_ARGUMENT,
                        "image_height, image_width: no picture can be resized to %zu × %zu; "
                        "possible are 1 … %d a side",
                        options->image_height, options->image_width, SMI_PNG_MOST_SIDE);
    }
    return SM_OK;
}

sm_status smi_open_options_check(const sm_open_options *const options)
{
    if ((unsigned)options->index_base > SM_INDEX_FROM_ZERO) {
        return smi_fail(SM_ERROR_ARGUMENT, "index_base: there is no index base %d",
                        (int)options->index_base);
    }
    if ((unsigned)options->missing > SM_MISSING_DROP) {
        return smi_fail(SM_ERROR_ARGUMENT, "missing: there is no rule %d", (int)options->missing);
    }
    if ((unsigned)options->header > SM_HEADER_NO) {
        return smi_fail(SM_ERROR_ARGUMENT, "header: there is no choice %d", (int)options->header);
    }
    if (options->delimiter != '\0' && !is_mark(options->delimiter)) {
        return smi_fail(SM_ERROR_ARGUMENT, "delimiter: it must be a character of ASCII, and no "
                                           "quote or newline");
    }
    if (options->comment != '\0' &&
        (!is_mark(options->comment) || options->comment == options->delimiter)) {
        return smi_fail(SM_ERROR_ARGUMENT, "comment: it must be a character of ASCII, and no "
                                           "quote, newline or delimiter");
    }
    if (options->threads > SMI_MAX_THREADS) {
        return smi_fail(SM_ERROR_ARGUMENT, "threads is %zu, outside 1 … %d", options->threads,
                        SMI_MAX_THREADS);
    }
    const sm_status status = check_columns(options);
    return status == SM_OK ? check_pictures(options) : status;
}
