/* What a user should know of data that was read, a line each; lines end in \n. */
#ifndef SMI_DATA_TABLE_NOTES_H
#define SMI_DATA_TABLE_NOTES_H

#include <stddef.h>

#include <softmax.h>

/* Begins as all zero. */
typedef struct smi_notes {
    char *text; /* NULL: none */
    size_t length;
} smi_notes;

/* Adds a line, without its newline. */
sm_status smi_notes_add(smi_notes *notes, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

void smi_notes_free(smi_notes *notes);

#endif
