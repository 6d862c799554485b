/* Texts, one a line: their terms, vocabulary and weights. The first byte says how many words a term
 * has, and how many bits hashes. */
#include <math.h>
#include <string.h>

#include "data/table/letters.h"
#include "data/table/term_counts.h"
#include "data/table/text_weights.h"
#include "fuzz/fuzz.h"

typedef struct text_settings {
    size_t least;
    size_t most;
    unsigned bits;
} text_settings;

/* Words are of two or more letters, in lower case, a blank between them; what they are found in
 * again has the same. */
static void check_words(const smi_text_terms *const found, const text_settings *const settings)
{
    for (size_t i = 0; i < found->count; i++) {
        const char *at = found->terms[i].at;
        const char *const end = at + found->terms[i].length;
        size_t words = 1;
        size_t letters = 0;
        while (at < end) {
            uint32_t character = 0;
            const size_t length = smi_take_character(at, end, &character);
            fuzz_require(length > 0, "terms are UTF-8");
            fuzz_require(letters >= 2 || smi_is_letter(character), "words have two letters");
            fuzz_require(character == ' ' || smi_is_letter(character), "words are of letters");
            fuzz_require(smi_lower_case(character) == character, "terms are in lower case");
            words += character == ' ';
            letters = character == ' ' ? 0 : letters + 1;
            at += length;
        }
        fuzz_require(letters >= 2, "the last word has two letters");
        fuzz_require(words >= settings->least && words <= settings->most,
                     "terms have as many words as asked for");
    }
    smi_text_terms again = {0};
    if (found->count > 0 && settings->least == 1) {
        const smi_text_term *const last = &found->terms[found->count - 1];
        const size_t length = (size_t)(last->at + last->length - found->words);
        fuzz_require(
            smi_text_terms_find(&again, found->words, length, settings->least, settings->most),
            "memory for the terms");
        fuzz_require(again.count == found->count, "the words are found again");
    }
    smi_text_terms_free(&again);
}

static void check_entries(const smi_entries *const entries, const size_t width,
                          const bool normalised)
{
    double squares = 0.0;
    for (size_t i = 0; i < entries->count; i++) {
        fuzz_require(entries->columns[i] < width, "columns are features");
        fuzz_require(i == 0 || entries->columns[i] > entries->columns[i - 1], "columns ascend");
        fuzz_require(isfinite(entries->values[i]) && entries->values[i] != 0.0F,
                     "values are finite, not 0");
        squares += (double)entries->values[i] * (double)entries->values[i];
    }
    fuzz_require(!normalised || entries->count == 0 || fabs(squares - 1.0) < 1e-3,
                 "texts have a length of 1");
}

/* The entries of a text by the vocabulary, or by hashes. */
static void check_weights(const smi_text_terms *const found, const smi_term_counts *const counts,
                          const unsigned bits, const double *const frequencies)
{
    smi_occurrence *const occurrences = malloc((found->count + 1) * sizeof *occurrences);
    smi_entries entries = {.values = malloc((found->count + 1) * sizeof(float)),
                           .columns = malloc((found->count + 1) * sizeof(uint32_t)),
                           .room = found->count + 1};
    fuzz_require(occurrences != NULL && entries.values != NULL && entries.columns != NULL,
                 "memory for the entries");
    const size_t count = bits > 0 ? smi_hash_terms(found, bits, occurrences)
                                  : smi_look_terms_up(found, &counts->terms, occurrences);
    smi_sort_occurrences(occurrences, count);
    smi_add_text_entries(occurrences, count, bits > 0, frequencies, 0, &entries);
    check_entries(&entries, bits > 0 ? (size_t)1 << bits : counts->terms.count,
                  frequencies != NULL);
    free(occurrences);
    free(entries.values);
    free(entries.columns);
}

/* Counts the terms of each line, in pieces of so many lines that are merged. */
static void count_lines(const char *const text, const size_t size,
                        const text_settings *const settings, const size_t lines_a_piece,
                        smi_term_counts *const counts)
{
    smi_text_terms found = {0};
    smi_term_counts piece = {0};
    size_t lines = 0;
    for (const char *at = text; at < text + size;) {
        const char *const newline = memchr(at, '\n', (size_t)(text + size - at));
        const char *const end = newline == NULL ? text + size : newline;
        fuzz_require(
            smi_text_terms_find(&found, at, (size_t)(end - at), settings->least, settings->most),
            "memory for the terms");
        check_words(&found, settings);
        lines++;
        for (size_t i = 0; i < found.count; i++) {
            fuzz_require(
                smi_term_counts_add(&piece, found.terms[i].at, found.terms[i].length, lines),
                "memory for the counts");
        }
        at = end + 1;
        if (lines % lines_a_piece == 0 || at >= text + size) {
            fuzz_require(smi_term_counts_merge(counts, &piece), "memory for the counts");
            smi_term_counts_clear(&piece);
        }
    }
    fuzz_require(smi_term_counts_sort(counts, 1), "memory for the counts");
    smi_term_counts_free(&piece);
    smi_text_terms_free(&found);
}

static void check_same(const smi_term_counts *const one, const smi_term_counts *const other)
{
    fuzz_require(one->terms.count == other->terms.count, "pieces have the same terms");
    for (uint32_t i = 0; i < one->terms.count; i++) {
        const char *const term = smi_vocabulary_word(&one->terms, i);
        fuzz_require(strcmp(term, smi_vocabulary_word(&other->terms, i)) == 0,
                     "pieces have the same terms");
        fuzz_require(one->texts[i] == other->texts[i], "pieces have the same counts");
        fuzz_require(smi_vocabulary_find(&one->terms, term, strlen(term)) == i,
                     "terms are found where they are");
        fuzz_require(i == 0 || strcmp(smi_vocabulary_word(&one->terms, i - 1), term) < 0,
                     "terms ascend");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *const bytes, const size_t size)
{
    if (size == 0) {
        return 0;
    }
    const size_t least = 1 + bytes[0] % 3;
    const text_settings settings = {
        .least = least, .most = least + bytes[0] / 3 % 3, .bits = 1 + bytes[0] / 9 % 12};
    const char *const text = (const char *)bytes + 1;
    smi_term_counts whole = {0};
    smi_term_counts pieces = {0};
    count_lines(text, size - 1, &settings, SIZE_MAX, &whole);
    count_lines(text, size - 1, &settings, 2, &pieces);
    check_same(&whole, &pieces);
    const size_t width = whole.terms.count > 1U << 12 ? whole.terms.count : (size_t)1 << 12;
    double *const frequencies = malloc(width * sizeof *frequencies);
    fuzz_require(frequencies != NULL, "memory for the frequencies");
    for (size_t i = 0; i < width; i++) {
        frequencies[i] = smi_inverse_document_frequency(100, i % 101);
    }
    smi_text_terms found = {0};
    fuzz_require(smi_text_terms_find(&found, text, size - 1, settings.least, settings.most),
                 "memory for the terms");
    check_weights(&found, &whole, 0, NULL);
    check_weights(&found, &whole, 0, frequencies);
    check_weights(&found, &whole, settings.bits, NULL);
    check_weights(&found, &whole, settings.bits, frequencies);
    free(frequencies);
    smi_text_terms_free(&found);
    smi_term_counts_free(&whole);
    smi_term_counts_free(&pieces);
    return 0;
}
