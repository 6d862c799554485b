#include "data/table/letters.h"

/* The least character that is written in so many bytes. */
static const uint32_t least_of_length[SMI_LONGEST_CHARACTER + 1] = {0, 0, 0x80, 0x800, 0x10000};

static bool is_surrogate(const uint32_t character)
{
    return character >= 0xd800 && character <= 0xdfff;
}

size_t smi_take_character(const char *const at, const char *const end, uint32_t *const character)
{
    if (at >= end) {
        return 0;
    }
    const unsigned first = (unsigned char)*at;
    if (first < 0x80) {
        *character = first;
        return 1;
    }
    const size_t length = first < 0xc0 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (length == 0 || first > 0xf4 || (size_t)(end - at) < length) {
        return 0;
    }
    uint32_t value = first & (0x7fU >> length);
    for (size_t i = 1; i < length; i++) {
        const unsigned next = (unsigned char)at[i];
        if ((next & 0xc0U) != 0x80) {
            return 0;
        }
        value = value << 6 | (next & 0x3fU);
    }
    if (value < least_of_length[length] || value > 0x10ffff || is_surrogate(value)) {
        return 0;
    }
    *character = value;
    return length;
}

size_t smi_put_letter(const uint32_t character, char *const to)
{
    static const unsigned first_byte[SMI_LONGEST_CHARACTER + 1] = {0, 0, 0xc0, 0xe0, 0xf0};
    if (character < 0x80) {
        *to = (char)character;
        return 1;
    }
    const size_t length = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    uint32_t left = character;
    for (size_t i = length - 1; i > 0; i--) {
        to[i] = (char)(unsigned char)(0x80U | (left & 0x3fU));
        left >>= 6;
    }
    to[0] = (char)(unsigned char)(first_byte[length] | left);
    return length;
}

typedef struct character_range {
    uint32_t first;
    uint32_t last;
} character_range;

/* What is no letter from U+0080 on, ascending. Superscript and circled digits are digits; marks
 * that belong to letters of Indic and other scripts are not here, so that their words stay whole.
 */
static const character_range no_letters[] = {
    {0x80, 0xa9},       {0xab, 0xb1},       {0xb4, 0xb4},     {0xb6, 0xb8},     {0xbb, 0xbb},
    {0xbf, 0xbf},       {0xd7, 0xd7},       {0xf7, 0xf7},     {0x2c2, 0x2c5},   {0x2d2, 0x2df},
    {0x2e5, 0x2eb},     {0x2ed, 0x2ed},     {0x2ef, 0x36f},   {0x37e, 0x37e},   {0x387, 0x387},
    {0x55a, 0x55f},     {0x589, 0x58a},     {0x5be, 0x5be},   {0x60c, 0x60d},   {0x61b, 0x61f},
    {0x66a, 0x66d},     {0x6d4, 0x6d4},     {0x964, 0x965},   {0x2000, 0x206f}, {0x207a, 0x207e},
    {0x208a, 0x208f},   {0x20a0, 0x20ff},   {0x2190, 0x245f}, {0x249c, 0x24e9}, {0x2500, 0x2775},
    {0x2794, 0x2bff},   {0x2e00, 0x2e2e},   {0x2e30, 0x2e7f}, {0x3000, 0x3004}, {0x3008, 0x3020},
    {0x3030, 0x3030},   {0x30fb, 0x30fb},   {0xe000, 0xf8ff}, {0xfe00, 0xfe6f}, {0xfeff, 0xfeff},
    {0xff01, 0xff0f},   {0xff1a, 0xff20},   {0xff3b, 0xff40}, {0xff5b, 0xff65}, {0xffe0, 0xffff},
    {0x1f000, 0x1faff}, {0xe0000, 0x10ffff}};

bool smi_is_letter_beyond_ascii(const uint32_t character)
{
    size_t low = 0; /* ranges below it end before the character */
    size_t high = sizeof no_letters / sizeof *no_letters;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (no_letters[middle].last < character) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low == sizeof no_letters / sizeof *no_letters || no_letters[low].first > character;
}

/* Capitals first … last, every one of them or every second, and how far off their small letters
 * are. */
typedef struct capital_range {
    uint32_t first;
    uint32_t last;
    int32_t offset;
    uint32_t step;
} capital_range;

static const capital_range capitals[] = {{0xc0, 0xd6, 32, 1},    {0xd8, 0xde, 32, 1},
                                         {0x100, 0x12e, 1, 2},   {0x130, 0x130, 'i' - 0x130, 1},
                                         {0x132, 0x136, 1, 2},   {0x139, 0x147, 1, 2},
                                         {0x14a, 0x176, 1, 2},   {0x178, 0x178, 0xff - 0x178, 1},
                                         {0x179, 0x17d, 1, 2},   {0x1a0, 0x1a4, 1, 2},
                                         {0x1af, 0x1af, 1, 1},   {0x386, 0x386, 38, 1},
                                         {0x388, 0x38a, 37, 1},  {0x38c, 0x38c, 64, 1},
                                         {0x38e, 0x38f, 63, 1},  {0x391, 0x3a1, 32, 1},
                                         {0x3a3, 0x3ab, 32, 1},  {0x400, 0x40f, 80, 1},
                                         {0x410, 0x42f, 32, 1},  {0x460, 0x480, 1, 2},
                                         {0x48a, 0x4be, 1, 2},   {0x4d0, 0x52e, 1, 2},
                                         {0x1e00, 0x1e94, 1, 2}, {0x1e9e, 0x1e9e, 0xdf - 0x1e9e, 1},
                                         {0x1ea0, 0x1efe, 1, 2}};

uint32_t smi_lower_case_beyond_ascii(const uint32_t character)
{
    for (size_t i = 0; i < sizeof capitals / sizeof *capitals; i++) {
        const capital_range *const range = &capitals[i];
        if (character >= range->first && character <= range->last) {
            const bool capital = (character - range->first) % range->step == 0;
            return capital ? (uint32_t)((int32_t)character + range->offset) : character;
        }
    }
    return character;
}
