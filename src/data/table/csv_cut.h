/* Where records end, of text that comes bit by bit, without splitting them into cells. */
#ifndef SMI_DATA_TABLE_CSV_CUT_H
#define SMI_DATA_TABLE_CSV_CUT_H

#include <stdbool.h>
#include <stddef.h>

/* Where the search stands; places count from the beginning of the text that is looked at, which is
 * that of a record. Begins as {.delimiter = …, .comment = …}. */
typedef struct smi_csv_cutter {
    char delimiter;
    char comment;   /* 0: none */
    bool quoted;    /* within quotes, */
    size_t quote;   /* which began here */
    size_t place;   /* what is before has been looked at */
    size_t outside; /* since where there have been no quotes */
    size_t line;    /* where the record began, if it had no quotes so far; else SIZE_MAX */
} smi_csv_cutter;

/* Where the last record of the text ends: behind its newline; 0 when none does. If it is not 0, the
 * text of the next call begins there. That text is, but for new bytes at its end, the same. */
size_t smi_csv_cut(smi_csv_cutter *cutter, const char *text, size_t size);

#endif
