#include "data/table/vocabulary.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"

enum { LEAST_WORDS = 64, LEAST_BYTES = 1024 };

/* A larger array in the place of another, whose first `used` bytes it keeps; NULL, and the other
 * untouched, when there is not the memory. */
static void *enlarged(void *const array, const size_t used, const size_t bytes)
{
    void *const larger = smi_bytes(bytes);
    if (larger != NULL && array != NULL) {
        memcpy(larger, array, used);
        smi_free(array);
    }
    return larger;
}

static size_t place_of(const smi_vocabulary *const vocabulary, const char *const text,
                       const size_t length)
{
    const size_t mask = vocabulary->table_size - 1;
    size_t at = (size_t)smi_hash_bytes(SMI_HASH_START, text, length) & mask;
    for (;; at = (at + 1) & mask) {
        const uint32_t entry = vocabulary->table[at];
        if (entry == 0) {
            return at;
        }
        const char *const word = smi_vocabulary_word(vocabulary, entry - 1);
        if (strncmp(word, text, length) == 0 && word[length] == '\0') {
            return at;
        }
    }
}

/* Makes the table anew, for twice as many texts as there are room for. */
static bool fill_table(smi_vocabulary *const vocabulary, const size_t size)
{
    uint32_t *const table = smi_array(size, sizeof *table);
    if (table == NULL) {
        return false;
    }
    smi_free(vocabulary->table);
    vocabulary->table = table;
    vocabulary->table_size = size;
    for (uint32_t i = 0; i < vocabulary->count; i++) {
        const char *const word = smi_vocabulary_word(vocabulary, i);
        table[place_of(vocabulary, word, strlen(word))] = i + 1;
    }
    return true;
}

/* Room for one more text of this length. */
static bool reserve(smi_vocabulary *const vocabulary, const size_t length)
{
    if (vocabulary->count == vocabulary->most) {
        const size_t most = smi_max_size(2 * (size_t)vocabulary->most, LEAST_WORDS);
        if (most >= SMI_NO_WORD) {
            return false;
        }
        size_t *const starts =
            enlarged(vocabulary->starts, vocabulary->count * sizeof *starts, most * sizeof *starts);
        if (starts == NULL) {
            return false;
        }
        vocabulary->starts = starts;
        vocabulary->most = (uint32_t)most;
    }
    if (vocabulary->room - vocabulary->used <= length) {
        size_t room = 0;
        if (!smi_add_size(2 * vocabulary->room, smi_max_size(length + 1, LEAST_BYTES), &room)) {
            return false;
        }
        char *const bytes = enlarged(vocabulary->bytes, vocabulary->used, room);
        if (bytes == NULL) {
            return false;
        }
        vocabulary->bytes = bytes;
        vocabulary->room = room;
    }
    /* At most half of the table is taken: few steps to a free place. */
    return 2 * ((size_t)vocabulary->count + 1) <= vocabulary->table_size ||
           fill_table(vocabulary,
                      smi_max_size(2 * vocabulary->table_size, 2 * (size_t)LEAST_WORDS));
}

uint32_t smi_vocabulary_add(smi_vocabulary *const vocabulary, const char *const text,
                            const size_t length)
{
    const uint32_t known = smi_vocabulary_find(vocabulary, text, length);
    if (known != SMI_NO_WORD) {
        return known;
    }
    if (!reserve(vocabulary, length)) {
        return SMI_NO_WORD;
    }
    const size_t place = place_of(vocabulary, text, length);
    const uint32_t number = vocabulary->count;
    memcpy(vocabulary->bytes + vocabulary->used, text, length);
    vocabulary->bytes[vocabulary->used + length] = '\0';
    vocabulary->starts[number] = vocabulary->used;
    vocabulary->used += length + 1;
    vocabulary->table[place] = number + 1;
    vocabulary->count++;
    return number;
}

uint32_t smi_vocabulary_find(const smi_vocabulary *const vocabulary, const char *const text,
                             const size_t length)
{
    if (vocabulary->count == 0) {
        return SMI_NO_WORD;
    }
    const uint32_t entry = vocabulary->table[place_of(vocabulary, text, length)];
    return entry == 0 ? SMI_NO_WORD : entry - 1;
}

bool smi_vocabulary_add_all(smi_vocabulary *const vocabulary, const smi_vocabulary *const other)
{
    for (uint32_t i = 0; i < other->count; i++) {
        const char *const word = smi_vocabulary_word(other, i);
        if (smi_vocabulary_add(vocabulary, word, strlen(word)) == SMI_NO_WORD) {
            return false;
        }
    }
    return true;
}

/* ---- order ---- */

/* A text and, for whole numbers, what orders them: the sign, then the digits without zeros before
 * them, of which more are larger. */
typedef struct sortable {
    const char *word;
    const char *digits;
    size_t length; /* of digits */
    bool negative;
    size_t start;
} sortable;

/* False when the text is no whole number. */
static bool split_number(sortable *const entry)
{
    const char *at = entry->word;
    entry->negative = *at == '-';
    at += *at == '-' || *at == '+';
    const size_t length = strspn(at, "0123456789");
    if (length == 0 || at[length] != '\0') {
        return false;
    }
    const size_t zeros = strspn(at, "0");
    entry->digits = at + zeros;
    entry->length = length - zeros;
    entry->negative = entry->negative && entry->length > 0;
    return true;
}

static int compare_words(const void *const a, const void *const b)
{
    return strcmp(((const sortable *)a)->word, ((const sortable *)b)->word);
}

static int compare_values(const void *const a, const void *const b)
{
    const sortable *const left = a;
    const sortable *const right = b;
    if (left->negative != right->negative) {
        return left->negative ? -1 : 1;
    }
    int order = left->length != right->length ? (left->length < right->length ? -1 : 1)
                                              : strcmp(left->digits, right->digits);
    order = left->negative ? -order : order;
    return order != 0 ? order : compare_words(a, b);
}

bool smi_vocabulary_sort(smi_vocabulary *const vocabulary, const bool by_value)
{
    const size_t count = vocabulary->count;
    sortable *const entries = smi_array(count, sizeof *entries);
    if (entries == NULL) {
        return false;
    }
    bool numbers = by_value;
    for (uint32_t i = 0; i < count; i++) {
        entries[i] =
            (sortable){.word = smi_vocabulary_word(vocabulary, i), .start = vocabulary->starts[i]};
        numbers = numbers && split_number(&entries[i]);
    }
    qsort(entries, count, sizeof *entries, numbers ? compare_values : compare_words);
    for (size_t i = 0; i < count; i++) {
        vocabulary->starts[i] = entries[i].start;
    }
    smi_free(entries);
    return count == 0 || fill_table(vocabulary, vocabulary->table_size);
}

void smi_vocabulary_clear(smi_vocabulary *const vocabulary)
{
    if (vocabulary->count > 0) {
        memset(vocabulary->table, 0, vocabulary->table_size * sizeof *vocabulary->table);
    }
    vocabulary->used = 0;
    vocabulary->count = 0;
}

void smi_vocabulary_free(smi_vocabulary *const vocabulary)
{
    smi_free(vocabulary->bytes);
    smi_free(vocabulary->starts);
    smi_free(vocabulary->table);
    *vocabulary = (smi_vocabulary){0};
}
