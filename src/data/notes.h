/* What a user should know of data that was read: "file: what", a line each; lines end in \n. */
#ifndef SMI_DATA_NOTES_H
#define SMI_DATA_NOTES_H

#include <stddef.h>

#include <softmax.h>

/* Begins as {.file = …}. */
typedef struct smi_notes {
    const char *file; /* borrowed; NULL: notes do not name one */
    char *text;       /* NULL: none */
    size_t length;
} smi_notes;

/* Adds a line: what is given here without file and newline. */
sm_status smi_notes_add(smi_notes *notes, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

void smi_notes_free(smi_notes *notes);

#endif
