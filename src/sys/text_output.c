#include "sys/text_output.h"

#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "base/status.h"
#include "sys/output.h"

enum { TEXT_BUFFER = 65536 };

struct smi_text_output {
    smi_output *file;
    size_t filled;
    sm_status status;
    char buffer[TEXT_BUFFER];
};

sm_status smi_text_output_open(const char *const path, smi_text_output **const output)
{
    smi_text_output *const created = smi_bytes(sizeof *created);
    if (created == NULL) {
        return smi_fail_memory(path);
    }
    created->filled = 0;
    created->status = SM_OK;
    const sm_status status = smi_output_open(path, &created->file);
    if (status != SM_OK) {
        smi_free(created);
        return status;
    }
    *output = created;
    return SM_OK;
}

static void flush(smi_text_output *const output)
{
    if (output->status == SM_OK) {
        output->status = smi_output_write(output->file, output->buffer, output->filled);
    }
    output->filled = 0;
}

void smi_put_text(smi_text_output *const output, const char *const text, const size_t length)
{
    for (size_t done = 0; done < length;) {
        const size_t piece = smi_min_size(length - done, TEXT_BUFFER - output->filled);
        memcpy(output->buffer + output->filled, text + done, piece);
        output->filled += piece;
        done += piece;
        if (output->filled == TEXT_BUFFER) {
            flush(output);
        }
    }
}

void smi_put_character(smi_text_output *const output, const char character)
{
    smi_put_text(output, &character, 1);
}

/* A place for the text of a number. */
static char *number_room(smi_text_output *const output)
{
    if (TEXT_BUFFER - output->filled < SMI_NUMBER_TEXT_SIZE) {
        flush(output);
    }
    return output->buffer + output->filled;
}

void smi_put_float(smi_text_output *const output, const float value)
{
    char *const room = number_room(output);
    output->filled += smi_float_text(value, room);
}

void smi_put_integer(smi_text_output *const output, const int64_t value)
{
    char *const room = number_room(output);
    output->filled += smi_integer_text(value, room);
}

sm_status smi_text_output_status(const smi_text_output *const output)
{
    return output->status;
}

sm_status smi_text_output_finish(smi_text_output *const output, sm_status status)
{
    if (output == NULL) {
        return status;
    }
    flush(output);
    status = status == SM_OK ? output->status : status;
    status = smi_output_finish(output->file, status);
    smi_free(output);
    return status;
}
