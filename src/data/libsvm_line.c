#include "data/libsvm_line.h"

#include <math.h>
#include <string.h>

#include "base/decimal.h"
#include "base/digits8.h"
#include "base/number.h"
#include "base/read_float.h"
#include "base/status.h"

static inline bool is_blank(const char character)
{
    return character == ' ' || (character >= '\t' && character <= '\r');
}

static inline bool is_digit(const char character)
{
    return character >= '0' && character <= '9';
}

static const char *skip_blanks(const char *at, const char *const end)
{
    while (at < end && is_blank(*at)) {
        at++;
    }
    return at;
}

static const char *skip_word(const char *at, const char *const end)
{
    while (at < end && !is_blank(*at)) {
        at++;
    }
    return at;
}

void smi_libsvm_trim(const char **const at, const char **const end)
{
    const char *const comment = memchr(*at, '#', (size_t)(*end - *at));
    *end = comment == NULL ? *end : comment;
    *at = skip_blanks(*at, *end);
    while (*end > *at && is_blank((*end)[-1])) {
        --*end;
    }
}

/* ---- messages ---- */

enum { SHOWN_WORD = 40 };

/* The word at `at` as a message shows it: not too long, and what is no plain character replaced. */
static const char *shown(const char *const at, const char *const end, char text[SHOWN_WORD])
{
    size_t length = 0;
    for (const char *c = at; c < end && !is_blank(*c) && length < SHOWN_WORD - 1; c++) {
        text[length++] = (char)(*c > ' ' && *c <= '~' ? *c : '?');
    }
    text[length] = '\0';
    return text;
}

static sm_status fail_word(const smi_libsvm_place *const place, const char *const at,
                           const char *const end, const char *const what)
{
    char word[SHOWN_WORD];
    return smi_fail(SM_ERROR_FORMAT, "%s:%zu: '%s' %s", place->file, place->line,
                    shown(at, end, word), what);
}

/* Says what is wrong with the entry at `at`, which is no index with a colon behind it. */
static sm_status fail_entry(const smi_libsvm_place *const place, const char *const at,
                            const char *const end)
{
    const char *const word_end = skip_word(at, end);
    const char *const colon = memchr(at, ':', (size_t)(word_end - at));
    const char *digits = at + (*at == '-');
    while (digits < word_end && is_digit(*digits)) {
        digits++;
    }
    if (colon == NULL) {
        return fail_word(place, at, end, "is not index:value");
    }
    if (digits != colon || colon == at || !is_digit(colon[-1])) {
        return fail_word(place, at, end, "does not begin with an index, a whole number");
    }
    if (*at == '-') {
        return fail_word(place, at, colon, "is a negative index");
    }
    char word[SHOWN_WORD];
    return smi_fail(SM_ERROR_FORMAT, "%s:%zu: index %s is larger than %d, the largest there is",
                    place->file, place->line, shown(at, colon, word), SMI_LIBSVM_LARGEST_INDEX);
}

/* ---- the label ---- */

/* The label in any form that a number has; what is wrong with it, or NULL. */
static const char *parse_written_label(const char *const at, const char *const end,
                                       int32_t *const label)
{
    enum { LONGEST = 63 };
    char text[LONGEST + 1];
    double value = 0.0;
    const size_t length = (size_t)(end - at);
    if (memchr(at, ':', length) != NULL) {
        return "is no label, and a line begins with one";
    }
    if (memchr(at, ',', length) != NULL) {
        return "are several labels, and a row has one class";
    }
    if (length > LONGEST) {
        return "is too long for a label";
    }
    memcpy(text, at, length);
    text[length] = '\0';
    if (strlen(text) != length || !smi_parse_double(text, &value)) {
        return "is not a number, as labels are";
    }
    if (value != floor(value)) {
        return "is not a whole number, as the label of a class is";
    }
    if (value < (double)INT32_MIN || value > (double)INT32_MAX) {
        return "is too large for a label";
    }
    *label = (int32_t)value;
    return NULL;
}

static sm_status take_label(const smi_libsvm_place *const place, const char **const at,
                            const char *const end, int32_t *const label)
{
    enum { SURE_DIGITS = 9 }; /* as many as an int32_t always holds */
    const bool negative = **at == '-';
    const char *const first = *at + (negative || **at == '+');
    const char *c = first;
    int32_t sum = 0;
    for (; c < end && is_digit(*c) && c - first < SURE_DIGITS; c++) {
        sum = 10 * sum + (*c - '0');
    }
    if (c > first && (c == end || is_blank(*c))) {
        *label = negative ? -sum : sum;
        *at = c;
        return SM_OK;
    }
    const char *const behind = skip_word(*at, end);
    const char *const wrong = parse_written_label(*at, behind, label);
    if (wrong != NULL) {
        return fail_word(place, *at, end, wrong);
    }
    *at = behind;
    return SM_OK;
}

/* ---- the entries ---- */

/* Takes "index:" at `at`; NULL when that is not what is there, or the index is too large. */
static inline const char *take_index(const char *at, const char *const end, uint32_t *const index)
{
    enum { MOST_DIGITS = 10 };
    const char *const first = at;
    uint64_t sum = 0;
    for (; at < end && is_digit(*at) && at - first < MOST_DIGITS; at++) {
        sum = 10 * sum + (uint64_t)(*at - '0');
    }
    if (at == first || at == end || *at != ':' || sum > SMI_LIBSVM_LARGEST_INDEX) {
        return NULL;
    }
    *index = (uint32_t)sum;
    return at + 1;
}

/* An entry on its way into a row. */
typedef struct libsvm_entry {
    uint32_t index;
    float value;
    const char *behind;
} libsvm_entry;

/* Where the word at `at` ends, or within the 16 bytes there, if it does not. All of them are looked
 * at together: that is soon done, and nothing else of an entry has to be known for the next one to
 * be begun, so that the processor works on several at once. */
static inline const char *find_word_end(const char *const at)
{
    const uint64_t lower = smi_bytes8_blanks(smi_bytes8_at(at));
    const uint64_t upper = smi_bytes8_blanks(smi_bytes8_at(at + 8)) | (uint64_t)0x80 << 56;
    return lower != 0 ? at + __builtin_ctzll(lower) / 8 : at + 8 + __builtin_ctzll(upper) / 8;
}

/* Takes the entry at `at`, if it is as almost all are: of at most 15 characters, up to seven of
 * them the index's digits. False when it is something else, or wrong. */
static inline bool take_usual_entry(const char *const at, const char *const end,
                                    libsvm_entry *const entry)
{
    const char *const word_end = find_word_end(at);
    const char *const behind = word_end < end ? word_end : end;
    const uint64_t digits = smi_digits8_at(at);
    const size_t count = smi_digits8_count(digits);
    const char *const value_at = at + count + 1;
    if (count == 0 || at[count] != ':' || value_at >= behind ||
        (behind < end && !is_blank(*behind))) {
        return false;
    }
    entry->index = (uint32_t)smi_digits8_join(smi_digits8_move_up(digits, count));
    entry->behind = behind;
    return smi_read_short_float(value_at, behind, &entry->value);
}

static sm_status fail_order(const smi_libsvm_place *const place, const uint32_t index,
                            const uint32_t last)
{
    if (index == last) {
        return smi_fail(SM_ERROR_FORMAT, "%s:%zu: index %u comes twice", place->file, place->line,
                        (unsigned)index);
    }
    return smi_fail(SM_ERROR_FORMAT, "%s:%zu: index %u comes after %u; indices must ascend",
                    place->file, place->line, (unsigned)index, (unsigned)last);
}

/* Takes any entry, or says what is wrong with it. last: the index before it; NULL: there is none.
 */
static sm_status take_entry(const smi_libsvm_place *const place, const char *const at,
                            const char *const end, const uint32_t *const last,
                            libsvm_entry *const entry)
{
    entry->behind = take_index(at, end, &entry->index);
    if (entry->behind == NULL) {
        return fail_entry(place, at, end);
    }
    if (last != NULL && entry->index <= *last) {
        return fail_order(place, entry->index, *last);
    }
    if (!smi_take_float(&entry->behind, end, &entry->value) ||
        (entry->behind < end && !is_blank(*entry->behind))) {
        return fail_word(place, at, end, "has a value that is not a finite 32-bit number");
    }
    return SM_OK;
}

static sm_status take_entries(const smi_libsvm_place *const place, const char *at,
                              const char *const end, smi_libsvm_line *const line)
{
    size_t count = 0;
    bool any = false;
    uint32_t last = 0;
    for (at = skip_blanks(at, end); at < end;) {
        libsvm_entry entry;
        if (!take_usual_entry(at, end, &entry) || (any && entry.index <= last)) {
            const sm_status status = take_entry(place, at, end, any ? &last : NULL, &entry);
            if (status != SM_OK) {
                return status;
            }
        }
        line->first = any ? line->first : entry.index;
        line->values[count] = entry.value;
        line->indices[count] = entry.index;
        count += entry.value != 0.0F;
        last = entry.index;
        any = true;
        at = skip_blanks(entry.behind, end);
    }
    line->count = count;
    line->any = any;
    line->last = last;
    return SM_OK;
}

/* Behind a query's number, which sorts rows into groups for ranking. */
static const char *skip_query(const char *const at, const char *const end)
{
    static const char query[] = "qid:";
    const char *const word = skip_blanks(at, end);
    const bool is_query =
        (size_t)(end - word) >= sizeof query - 1 && memcmp(word, query, sizeof query - 1) == 0;
    return is_query ? skip_word(word, end) : word;
}

sm_status smi_libsvm_parse_line(const smi_libsvm_place *const place, const char *at,
                                const char *const end, smi_libsvm_line *const line)
{
    const sm_status status = take_label(place, &at, end, &line->label);
    return status == SM_OK ? take_entries(place, skip_query(at, end), end, line) : status;
}

bool smi_libsvm_begins_row(const char *at, const char *const end)
{
    float value = 0.0F;
    uint32_t index = 0;
    while (smi_take_float(&at, end, &value) && at < end && *at == ',') {
        at++;
    }
    if (at == end || !is_blank(*at)) {
        return false;
    }
    const char *const behind_query = skip_query(at, end);
    if (behind_query > skip_blanks(at, end)) {
        return true;
    }
    const char *value_at = take_index(behind_query, end, &index);
    return value_at != NULL && smi_take_float(&value_at, end, &value);
}
