#include "data/table/notes.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"

sm_status smi_notes_add(smi_notes *const notes, const char *const format, ...)
{
    char line[SMI_MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    const int written = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    const size_t length = written < 0 ? 0 : smi_min_size((size_t)written, sizeof line - 1);
    char *const text = smi_bytes(notes->length + length + 2);
    if (text == NULL) {
        return smi_fail_memory("notes on the data");
    }
    if (notes->text != NULL) {
        memcpy(text, notes->text, notes->length);
        smi_free(notes->text);
    }
    memcpy(text + notes->length, line, length);
    memcpy(text + notes->length + length, "\n", 2);
    *notes = (smi_notes){text, notes->length + length + 1};
    return SM_OK;
}

void smi_notes_free(smi_notes *const notes)
{
    smi_free(notes->text);
    *notes = (smi_notes){0};
}
