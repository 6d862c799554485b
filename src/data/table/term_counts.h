/* Terms, and how many texts have each of them. */
#ifndef SMI_DATA_TABLE_TERM_COUNTS_H
#define SMI_DATA_TABLE_TERM_COUNTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/table/vocabulary.h"

/* Begins as all zero. */
typedef struct smi_term_counts {
    smi_vocabulary terms;
    uint64_t *texts;   /* by the term's number: how many have it, */
    uint64_t *counted; /* and the last of these, for a text to count once */
    size_t room;
} smi_term_counts;

/* Counts the term for a text, unless it has been for the same one. text: from 1, not descending
 * until smi_term_counts_clear(). False when there is not the memory. */
bool smi_term_counts_add(smi_term_counts *counts, const char *term, size_t length, uint64_t text);

/* Adds the counts of other texts; false when there is not the memory, with some of them added. */
bool smi_term_counts_merge(smi_term_counts *counts, const smi_term_counts *other);

/* Leaves out what fewer than `least` texts have, and numbers the rest in the order of their bytes;
 * false, with all as it was, when there is not the memory. */
bool smi_term_counts_sort(smi_term_counts *counts, uint64_t least);

/* Forgets all terms, and keeps the memory for others. */
void smi_term_counts_clear(smi_term_counts *counts);

void smi_term_counts_free(smi_term_counts *counts);

#endif
