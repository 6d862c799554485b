/* Characters of UTF-8 text: which of them words are made of, and what they are in lower case. */
#ifndef SMI_DATA_TABLE_LETTERS_H
#define SMI_DATA_TABLE_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The most bytes of a character. */
enum { SMI_LONGEST_CHARACTER = 4 };

/* The length of the well-formed character at `at`, 1 … 4, and what it is; 0 when there is none
 * before `end`. */
size_t smi_take_character(const char *at, const char *end, uint32_t *character);

/* Writes the character, which must be one; returns its length. */
size_t smi_put_letter(uint32_t character, char *to);

/* What the two functions below do with characters above ASCII. */
bool smi_is_letter_beyond_ascii(uint32_t character);
uint32_t smi_lower_case_beyond_ascii(uint32_t character);

/* Letters, digits and the underscore: all of ASCII's, and what lies above it but for the controls,
 * punctuation, marks and symbols of Unicode's blocks for these. */
static inline bool smi_is_letter(const uint32_t character)
{
    return character < 0x80
               ? (character | 0x20) - 'a' < 26 || character - '0' < 10 || character == '_'
               : smi_is_letter_beyond_ascii(character);
}

/* The character in lower case where it is a letter of a language written in Latin, Greek or
 * Cyrillic script, and as it is otherwise. Its UTF-8 is never longer for it. */
static inline uint32_t smi_lower_case(const uint32_t character)
{
    if (character < 0x80) {
        return character - 'A' < 26 ? character + ('a' - 'A') : character;
    }
    return smi_lower_case_beyond_ascii(character);
}

#endif
