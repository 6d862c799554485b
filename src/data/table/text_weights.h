/* From the terms of a text to its entries: which column each term has, and how much it counts. */
#ifndef SMI_DATA_TABLE_TEXT_WEIGHTS_H
#define SMI_DATA_TABLE_TEXT_WEIGHTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/table/feature.h"
#include "data/table/text_terms.h"
#include "data/table/vocabulary.h"

/* One occurrence of a term in a text. Terms that are hashed may share a column; then `term` still
 * tells them apart, and is 0 otherwise. */
typedef struct smi_occurrence {
    uint32_t column;
    uint64_t term;
} smi_occurrence;

/* Writes the occurrences of terms that the vocabulary has; returns how many there are. occurrences:
 * room for one a term. */
size_t smi_look_terms_up(const smi_text_terms *terms, const smi_vocabulary *vocabulary,
                         smi_occurrence *occurrences);

/* The same with the 2^bits columns that hashes stand for. */
size_t smi_hash_terms(const smi_text_terms *terms, unsigned bits, smi_occurrence *occurrences);

/* In ascending order of columns, and of terms within them. */
void smi_sort_occurrences(smi_occurrence *occurrences, size_t count);

/* The weight of a term that `texts` out of `rows` texts have: ln((1 + rows) / (1 + texts)) + 1. */
double smi_inverse_document_frequency(uint64_t rows, uint64_t texts);

/* Adds the entries of a text whose occurrences are sorted; there is room for as many.
 *   frequencies  NULL: an entry is how often its term occurs
 *                otherwise, by column: it is (1 + ln of that) · frequencies[column], and all are
 *                scaled to a sum of squares of 1
 *   hashed       terms have signs (smi_hash_sign()), and those of a column are added up
 *   first        is added to columns */
void smi_add_text_entries(const smi_occurrence *occurrences, size_t count, bool hashed,
                          const double *frequencies, size_t first, smi_entries *entries);

#endif
