#include "data/notes.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"

sm_status smi_notes_add(smi_notes *const notes, const char *const format, ...)
{
    char line[SMI_MESSAGE_SIZE] = "";
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    const char *const file = notes->file == NULL ? "" : notes->file;
    const char *const colon = notes->file == NULL ? "" : ": ";
    const size_t length = strlen(file) + strlen(colon) + strlen(line) + 1;
    char *const text = smi_bytes(notes->length + length + 1);
    if (text == NULL) {
        return smi_fail_memory("notes on the data");
    }
    if (notes->text != NULL) {
        memcpy(text, notes->text, notes->length);
        smi_free(notes->text);
    }
    (void)snprintf(text + notes->length, length + 1, "%s%s%s\n", file, colon, line);
    notes->text = text;
    notes->length += length;
    return SM_OK;
}

void smi_notes_free(smi_notes *const notes)
{
    smi_free(notes->text);
    notes->text = NULL;
    notes->length = 0;
}
