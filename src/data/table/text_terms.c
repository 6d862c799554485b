#include "data/table/text_terms.h"

#include <stdint.h>

#include "base/memory.h"
#include "data/table/letters.h"

/* The array, or a new one in its place with room for `count` elements, what was in it being lost;
 * NULL, with the array as it was, when there is not the memory. */
static void *make_room(void *const array, size_t *const capacity, const size_t count,
                       const size_t element_size)
{
    if (array != NULL && count <= *capacity) {
        return array;
    }
    size_t bytes = 0;
    void *const larger = smi_multiply_size(count, element_size, &bytes) ? smi_bytes(bytes) : NULL;
    if (larger != NULL) {
        smi_free(array);
        *capacity = count;
    }
    return larger;
}

/* Room for the words of a text of `length` bytes. */
static bool make_room_for_words(smi_text_terms *const found, const size_t length)
{
    char *const words = make_room(found->words, &found->words_capacity, length + 1, 1);
    if (words == NULL) {
        return false;
    }
    found->words = words;
    /* A word has two bytes or more, and one behind it that ends it, but perhaps the last. */
    size_t *const ends =
        make_room(found->ends, &found->end_capacity, length / 3 + 1, sizeof *found->ends);
    if (ends == NULL) {
        return false;
    }
    found->ends = ends;
    return true;
}

static bool make_room_for_terms(smi_text_terms *const found, const size_t count)
{
    smi_text_term *const terms =
        make_room(found->terms, &found->term_capacity, count, sizeof *found->terms);
    if (terms == NULL) {
        return false;
    }
    found->terms = terms;
    return true;
}

/* What the words of a text are put into. */
typedef struct word_writer {
    char *to;
    char *word; /* where the word that is being written begins */
    size_t characters;
} word_writer;

/* Closes the word with a blank, or takes back a single letter. Returns whether there is a word. */
static bool end_word(word_writer *const writer)
{
    const bool is_word = writer->characters >= 2;
    if (is_word) {
        *writer->to++ = ' ';
    } else {
        writer->to = writer->word;
    }
    writer->word = writer->to;
    writer->characters = 0;
    return is_word;
}

/* Moves over a character, and writes it in lower case if it is a letter; returns whether it is. */
static bool take_letter(const char **const at, const char *const end, word_writer *const writer)
{
    const unsigned char byte = (unsigned char)**at;
    uint32_t character = byte;
    const size_t length = byte < 0x80 ? 1 : smi_take_character(*at, end, &character);
    *at += length == 0 ? 1 : length;
    if (length == 0 || !smi_is_letter(character)) {
        return false;
    }
    if (byte < 0x80) {
        *writer->to++ = (char)smi_lower_case(character);
    } else {
        writer->to += smi_put_letter(smi_lower_case(character), writer->to);
    }
    writer->characters++;
    return true;
}

/* Writes found->words and found->ends; returns how many words there are. */
static size_t write_words(smi_text_terms *const found, const char *at, const char *const end)
{
    word_writer writer = {.to = found->words, .word = found->words};
    size_t words = 0;
    while (at < end) {
        if (!take_letter(&at, end, &writer) && end_word(&writer)) {
            found->ends[words++] = (size_t)(writer.to - found->words) - 1;
        }
    }
    if (end_word(&writer)) {
        found->ends[words++] = (size_t)(writer.to - found->words) - 1;
    }
    return words;
}

static void list_terms(smi_text_terms *const found, const size_t words, const size_t least,
                       const size_t most)
{
    smi_text_term *term = found->terms;
    for (size_t i = 0; i < words; i++) {
        const size_t begin = i == 0 ? 0 : found->ends[i - 1] + 1;
        for (size_t n = least; n <= most && i + n <= words; n++) {
            *term++ = (smi_text_term){found->words + begin, found->ends[i + n - 1] - begin};
        }
    }
    found->count = (size_t)(term - found->terms);
}

bool smi_text_terms_find(smi_text_terms *const found, const char *const text, const size_t length,
                         const size_t least, const size_t most)
{
    if (!make_room_for_words(found, length)) {
        return false;
    }
    const size_t words = write_words(found, text, text + length);
    size_t terms = 0;
    if (!smi_multiply_size(words, most - least + 1, &terms) || !make_room_for_terms(found, terms)) {
        return false;
    }
    list_terms(found, words, least, most);
    return true;
}

void smi_text_terms_free(smi_text_terms *const found)
{
    smi_free(found->terms);
    smi_free(found->words);
    smi_free(found->ends);
    *found = (smi_text_terms){0};
}
