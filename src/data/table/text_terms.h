/* The terms of a text: its words in lower case, and runs of words with a blank between them.
 * A word is two or more letters, digits and underscores in a row (data/table/letters.h): what
 * scikit-learn's \b\w\w+\b finds. */
#ifndef SMI_DATA_TABLE_TEXT_TERMS_H
#define SMI_DATA_TABLE_TEXT_TERMS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct smi_text_term {
    const char *at;
    size_t length;
} smi_text_term;

/* The terms found last, in memory that is used again for the next text. Begins as {0}. */
typedef struct smi_text_terms {
    smi_text_term *terms;
    size_t count;
    size_t term_capacity;
    char *words; /* all words of the text in lower case, a blank between them */
    size_t words_capacity;
    size_t *ends; /* of each word therein */
    size_t end_capacity;
} smi_text_terms;

/* The most words that a term may have. */
enum { SMI_MOST_NGRAM = 8 };

/* Finds all terms of `least` … `most` words, 1 ≤ least ≤ most ≤ SMI_MOST_NGRAM, by place, the
 * shorter first; they are valid until the next call. Bytes that are not UTF-8 end a word. False
 * when there is not the memory. */
bool smi_text_terms_find(smi_text_terms *found, const char *text, size_t length, size_t least,
                         size_t most);

void smi_text_terms_free(smi_text_terms *found);

#endif
