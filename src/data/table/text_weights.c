#include "data/table/text_weights.h"

#include <math.h>
#include <stdlib.h>

#include "base/portable_math.h"
#include "data/table/term_hash.h"

size_t smi_look_terms_up(const smi_text_terms *const terms, const smi_vocabulary *const vocabulary,
                         smi_occurrence *const occurrences)
{
    size_t count = 0;
    for (size_t i = 0; i < terms->count; i++) {
        const smi_text_term *const term = &terms->terms[i];
        const uint32_t number = smi_vocabulary_find(vocabulary, term->at, term->length);
        if (number != SMI_NO_WORD) {
            occurrences[count++] = (smi_occurrence){.column = number};
        }
    }
    return count;
}

size_t smi_hash_terms(const smi_text_terms *const terms, const unsigned bits,
                      smi_occurrence *const occurrences)
{
    for (size_t i = 0; i < terms->count; i++) {
        const uint64_t hash = smi_hash_term(terms->terms[i].at, terms->terms[i].length);
        occurrences[i] = (smi_occurrence){(uint32_t)smi_hash_place(hash, bits), hash};
    }
    return terms->count;
}

static int compare_occurrences(const void *const a, const void *const b)
{
    const smi_occurrence *const left = a;
    const smi_occurrence *const right = b;
    if (left->column != right->column) {
        return left->column < right->column ? -1 : 1;
    }
    return (left->term > right->term) - (left->term < right->term);
}

void smi_sort_occurrences(smi_occurrence *const occurrences, const size_t count)
{
    qsort(occurrences, count, sizeof *occurrences, compare_occurrences);
}

double smi_inverse_document_frequency(const uint64_t rows, const uint64_t texts)
{
    return smi_portable_log((1.0 + (double)rows) / (1.0 + (double)texts)) + 1.0;
}

/* How many occurrences, from the first on, are of the same term. */
static size_t count_same(const smi_occurrence *const occurrences, const size_t count)
{
    size_t same = 1;
    while (same < count && occurrences[same].column == occurrences[0].column &&
           occurrences[same].term == occurrences[0].term) {
        same++;
    }
    return same;
}

/* The value of the column of the first occurrence; *used: how many occurrences it has. */
static double column_value(const smi_occurrence *const occurrences, const size_t count,
                           const bool hashed, const double *const frequencies, size_t *const used)
{
    const uint32_t column = occurrences[0].column;
    double value = 0.0;
    size_t i = 0;
    while (i < count && occurrences[i].column == column) {
        const size_t same = count_same(&occurrences[i], count - i);
        const double weight =
            frequencies == NULL ? (double)same : 1.0 + smi_portable_log((double)same);
        value += hashed ? smi_hash_sign(occurrences[i].term) * weight : weight;
        i += same;
    }
    *used = i;
    return frequencies == NULL ? value : value * frequencies[column];
}

/* The factor that makes the sum of squares of the columns' values 1; 1 where all are 0. */
static double norm_factor(const smi_occurrence *const occurrences, const size_t count,
                          const bool hashed, const double *const frequencies)
{
    double squares = 0.0;
    size_t used = 0;
    for (size_t i = 0; i < count; i += used) {
        const double value = column_value(&occurrences[i], count - i, hashed, frequencies, &used);
        squares += value * value;
    }
    return squares > 0.0 ? 1.0 / sqrt(squares) : 1.0;
}

void smi_add_text_entries(const smi_occurrence *const occurrences, const size_t count,
                          const bool hashed, const double *const frequencies, const size_t first,
                          smi_entries *const entries)
{
    const double factor =
        frequencies == NULL ? 1.0 : norm_factor(occurrences, count, hashed, frequencies);
    size_t used = 0;
    for (size_t i = 0; i < count; i += used) {
        const double value = column_value(&occurrences[i], count - i, hashed, frequencies, &used);
        smi_entries_add(entries, first + occurrences[i].column, (float)(value * factor));
    }
}
