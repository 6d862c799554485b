#include "data/table/term_counts.h"

#include <string.h>

#include "base/memory.h"

enum { FIRST_ROOM = 1024 };

static uint64_t *enlarged(const uint64_t *const array, const size_t count, const size_t room)
{
    uint64_t *const larger = smi_array(room, sizeof *larger);
    if (larger != NULL && count > 0) {
        memcpy(larger, array, count * sizeof *larger);
    }
    return larger;
}

/* Room for the counts of one more term. */
static bool make_room(smi_term_counts *const counts)
{
    const size_t count = counts->terms.count;
    if (count < counts->room) {
        return true;
    }
    const size_t room = smi_max_size(FIRST_ROOM, 2 * counts->room);
    uint64_t *const texts = enlarged(counts->texts, count, room);
    uint64_t *const counted = enlarged(counts->counted, count, room);
    if (texts == NULL || counted == NULL) {
        smi_free(texts);
        smi_free(counted);
        return false;
    }
    smi_free(counts->texts);
    smi_free(counts->counted);
    counts->texts = texts;
    counts->counted = counted;
    counts->room = room;
    return true;
}

/* The number of the term, new ones with a count of 0; SMI_NO_WORD: not the memory. */
static uint32_t number_of(smi_term_counts *const counts, const char *const term,
                          const size_t length)
{
    if (!make_room(counts)) {
        return SMI_NO_WORD;
    }
    const uint32_t before = counts->terms.count;
    const uint32_t number = smi_vocabulary_add(&counts->terms, term, length);
    if (number != SMI_NO_WORD && number == before) {
        counts->texts[number] = 0;
        counts->counted[number] = 0;
    }
    return number;
}

bool smi_term_counts_add(smi_term_counts *const counts, const char *const term, const size_t length,
                         const uint64_t text)
{
    const uint32_t number = number_of(counts, term, length);
    if (number == SMI_NO_WORD) {
        return false;
    }
    if (counts->counted[number] != text) {
        counts->counted[number] = text;
        counts->texts[number]++;
    }
    return true;
}

/* Adds the counts of those terms that `least` texts or more have. */
static bool add_frequent(smi_term_counts *const counts, const smi_term_counts *const other,
                         const uint64_t least)
{
    for (uint32_t i = 0; i < other->terms.count; i++) {
        if (other->texts[i] < least) {
            continue;
        }
        const char *const term = smi_vocabulary_word(&other->terms, i);
        const uint32_t number = number_of(counts, term, strlen(term));
        if (number == SMI_NO_WORD) {
            return false;
        }
        counts->texts[number] += other->texts[i];
    }
    return true;
}

bool smi_term_counts_merge(smi_term_counts *const counts, const smi_term_counts *const other)
{
    return add_frequent(counts, other, 1);
}

bool smi_term_counts_sort(smi_term_counts *const counts, const uint64_t least)
{
    smi_term_counts sorted = {0};
    const bool complete =
        add_frequent(&sorted, counts, least) && smi_vocabulary_sort(&sorted.terms, false);
    if (!complete) {
        smi_term_counts_free(&sorted);
        return false;
    }
    for (uint32_t i = 0; i < sorted.terms.count; i++) {
        const char *const term = smi_vocabulary_word(&sorted.terms, i);
        sorted.texts[i] = counts->texts[smi_vocabulary_find(&counts->terms, term, strlen(term))];
    }
    smi_term_counts_free(counts);
    *counts = sorted;
    return true;
}

void smi_term_counts_clear(smi_term_counts *const counts)
{
    smi_vocabulary_clear(&counts->terms);
}

void smi_term_counts_free(smi_term_counts *const counts)
{
    smi_vocabulary_free(&counts->terms);
    smi_free(counts->texts);
    smi_free(counts->counted);
    *counts = (smi_term_counts){0};
}
