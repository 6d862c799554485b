/* A set of texts, each with a number: 0, 1, … in the order in which they came, until it is sorted.
 */
#ifndef SMI_DATA_TABLE_VOCABULARY_H
#define SMI_DATA_TABLE_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

/* Where there is no such text, or no memory for one more. */
#define SMI_NO_WORD UINT32_MAX

/* Begins as all zero. */
typedef struct smi_vocabulary {
    char *bytes; /* the texts one after the other, each with a NUL */
    size_t used; /* of them */
    size_t room;
    size_t *starts;    /* count: where in bytes each text begins */
    uint32_t count;    /* of texts */
    uint32_t most;     /* that starts has room for */
    uint32_t *table;   /* open addressing: number + 1, 0: free */
    size_t table_size; /* a power of two */
} smi_vocabulary;

/* The number of this text, which is added where it is not there yet; SMI_NO_WORD: there is not the
 * memory, and nothing has changed. The text holds no NUL. */
uint32_t smi_vocabulary_add(smi_vocabulary *vocabulary, const char *text, size_t length);

/* The number of this text, or SMI_NO_WORD. */
uint32_t smi_vocabulary_find(const smi_vocabulary *vocabulary, const char *text, size_t length);

/* The text of a number below `count`; valid until the next text is added. */
static inline const char *smi_vocabulary_word(const smi_vocabulary *const vocabulary,
                                              const uint32_t number)
{
    return vocabulary->bytes + vocabulary->starts[number];
}

/* Adds all texts of `other`; false when there is not the memory. */
bool smi_vocabulary_add_all(smi_vocabulary *vocabulary, const smi_vocabulary *other);

/* Numbers the texts in ascending order of their bytes or, where `by_value` says so and each of them
 * is a whole number, of their values. False when there is not the memory. */
bool smi_vocabulary_sort(smi_vocabulary *vocabulary, bool by_value);

/* Forgets the texts, and keeps the memory for others. */
void smi_vocabulary_clear(smi_vocabulary *vocabulary);

void smi_vocabulary_free(smi_vocabulary *vocabulary);

#endif
