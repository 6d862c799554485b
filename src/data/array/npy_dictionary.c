#include "data/array/npy_dictionary.h"

#include <string.h>

#include "base/byte_order.h"
#include "base/memory.h"
#include "base/status.h"

/* A place in the text. */
typedef struct header_text {
    const char *name; /* of the file */
    const char *begin;
    const char *at;
    const char *end;
    size_t offset; /* of `begin`, in the file */
} header_text;

static sm_status fail_at(const header_text *const text, const char *const what)
{
    return smi_fail(SM_ERROR_FORMAT, "%s: byte %zu: %s", text->name,
                    text->offset + (size_t)(text->at - text->begin), what);
}

/* ---- tokens ---- */

static void skip_blanks(header_text *const text)
{
    while (text->at < text->end && (*text->at == ' ' || *text->at == '\n')) {
        text->at++;
    }
}

/* Takes the character, and blanks before it, if it comes next. */
static bool take(header_text *const text, const char character)
{
    skip_blanks(text);
    if (text->at < text->end && *text->at == character) {
        text->at++;
        return true;
    }
    return false;
}

static bool take_word(header_text *const text, const char *const word)
{
    const size_t length = strlen(word);
    skip_blanks(text);
    if ((size_t)(text->end - text->at) >= length && memcmp(text->at, word, length) == 0) {
        text->at += length;
        return true;
    }
    return false;
}

/* A quoted string without escapes; false, and nothing taken, when there is none. */
static bool take_string(header_text *const text, const char **const string, size_t *const length)
{
    skip_blanks(text);
    if (text->at == text->end || (*text->at != '\'' && *text->at != '"')) {
        return false;
    }
    const char *const begin = text->at + 1;
    const char *const quote = memchr(begin, *text->at, (size_t)(text->end - begin));
    if (quote == NULL || memchr(begin, '\\', (size_t)(quote - begin)) != NULL) {
        return false;
    }
    *string = begin;
    *length = (size_t)(quote - begin);
    text->at = quote + 1;
    return true;
}

static bool is_digit(const header_text *const text)
{
    return text->at < text->end && *text->at >= '0' && *text->at <= '9';
}

/* Decimal digits; Python 2 wrote an L behind them. */
static bool take_size(header_text *const text, size_t *const value)
{
    size_t number = 0;
    skip_blanks(text);
    const char *const begin = text->at;
    while (is_digit(text)) {
        const size_t digit = (size_t)(*text->at - '0');
        if (!smi_multiply_size(number, 10, &number) || !smi_add_size(number, digit, &number)) {
            return false;
        }
        text->at++;
    }
    if (text->at == begin) {
        return false;
    }
    if (text->at < text->end && *text->at == 'L') {
        text->at++;
    }
    *value = number;
    return true;
}

/* ---- values ---- */

/* The element's kind and the unit that its size counts, from the letter; false: none of ours. */
static bool kind_of_letter(const char letter, smi_npy_kind *const kind, size_t *const unit)
{
    static const struct {
        char letter;
        smi_npy_kind kind;
        size_t unit;
    } letters[] = {{'b', SMI_NPY_BOOL, 1},  {'u', SMI_NPY_UNSIGNED, 1}, {'i', SMI_NPY_SIGNED, 1},
                   {'f', SMI_NPY_FLOAT, 1}, {'S', SMI_NPY_BYTES, 1},    {'U', SMI_NPY_UNICODE, 4}};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        if (letters[i].letter == letter) {
            *kind = letters[i].kind;
            *unit = letters[i].unit;
            return true;
        }
    }
    return false;
}

/* Whether there are elements of this kind and size. */
static bool is_known_size(const smi_npy_kind kind, const size_t size)
{
    switch (kind) {
    case SMI_NPY_BOOL:
        return size == 1;
    case SMI_NPY_UNSIGNED:
    case SMI_NPY_SIGNED:
        return size == 1 || size == 2 || size == 4 || size == 8;
    case SMI_NPY_FLOAT:
        return size == 2 || size == 4 || size == 8;
    default:
        return size > 0;
    }
}

/* A type as NumPy spells it: the order of bytes, a letter, and a size. */
static sm_status parse_type(const header_text *const text, const char *const type,
                            const size_t length, smi_npy *const array)
{
    header_text rest = {.at = type + 2, .end = type + length};
    size_t unit = 0;
    size_t size = 0;
    char order = ' ';
    if (length >= 1) {
        order = type[0];
    }
    if (length >= 2 && type[1] == 'O') {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: the elements are Python objects (type '%.*s'), which only Python can "
                        "read; save numbers, as x.astype('float32') makes them",
                        text->name, (int)smi_min_size(length, 16), type);
    }
    const bool known = length >= 3 && (order == '<' || order == '>' || order == '|') &&
                       kind_of_letter(type[1], &array->kind, &unit) && take_size(&rest, &size) &&
                       rest.at == rest.end && is_known_size(array->kind, size) &&
                       smi_multiply_size(size, unit, &array->size);
    if (!known || (order == '|' && array->size > 1 && array->kind != SMI_NPY_BYTES)) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: elements of type '%.*s'; those that are read are booleans, integers "
                        "of 8 to 64 bits, floats of 16 to 64 bits and, as labels, text",
                        text->name, (int)smi_min_size(length, 16), type);
    }
    array->swapped = order != '|' && (order == '<') != smi_machine_is_little_endian();
    return SM_OK;
}

static sm_status take_type(header_text *const text, smi_npy *const array)
{
    const char *type = NULL;
    size_t length = 0;
    skip_blanks(text);
    if (text->at < text->end && *text->at == '[') {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: the elements are structured, with fields; save one array of numbers "
                        "without fields",
                        text->name);
    }
    return take_string(text, &type, &length) ? parse_type(text, type, length, array)
                                             : fail_at(text, "expected a type in quotes");
}

static sm_status take_order(header_text *const text, smi_npy *const array)
{
    array->fortran = take_word(text, "True");
    return array->fortran || take_word(text, "False") ? SM_OK
                                                      : fail_at(text, "expected True or False");
}

/* (), (5,), (5, 3) or (5, 3,). */
static sm_status take_shape(header_text *const text, smi_npy *const array)
{
    bool comma = true;
    array->dimensions = 0;
    if (!take(text, '(')) {
        return fail_at(text, "expected a tuple of sizes");
    }
    while (!take(text, ')')) {
        if (!comma) {
            return fail_at(text, "expected a comma or ')'");
        }
        if (array->dimensions == SMI_NPY_DIMENSIONS) {
            return smi_fail(SM_ERROR_FORMAT, "%s: more than %d dimensions", text->name,
                            SMI_NPY_DIMENSIONS);
        }
        if (!take_size(text, &array->extent[array->dimensions])) {
            return fail_at(text, "expected a size that fits memory");
        }
        array->dimensions++;
        comma = take(text, ',');
    }
    return array->dimensions == 1 && !comma ? fail_at(text, "expected a comma before ')'") : SM_OK;
}

/* ---- the dictionary ---- */

enum { KEYS = 3 };

/* What can follow each key. */
static const struct {
    const char *key;
    sm_status (*take)(header_text *text, smi_npy *array);
} entries[KEYS] = {{"descr", take_type}, {"fortran_order", take_order}, {"shape", take_shape}};

static sm_status take_entry(header_text *const text, bool seen[KEYS], smi_npy *const array)
{
    const char *key = NULL;
    size_t length = 0;
    if (!take_string(text, &key, &length)) {
        return fail_at(text, "expected a key in quotes, or '}'");
    }
    for (size_t k = 0; k < KEYS; k++) {
        if (strlen(entries[k].key) == length && memcmp(entries[k].key, key, length) == 0) {
            if (seen[k]) {
                return fail_at(text, "a key is there twice");
            }
            seen[k] = true;
            return take(text, ':') ? entries[k].take(text, array) : fail_at(text, "expected ':'");
        }
    }
    return fail_at(text, "a key that is none of 'descr', 'fortran_order' and 'shape'");
}

sm_status smi_npy_parse_dictionary(const char *const name, const char *const text,
                                   const size_t length, const size_t offset, smi_npy *const array)
{
    header_text rest = {
        .name = name, .begin = text, .at = text, .end = text + length, .offset = offset};
    bool seen[KEYS] = {false};
    bool comma = true;
    if (!take(&rest, '{')) {
        return fail_at(&rest, "expected '{', which NPY headers begin with");
    }
    while (!take(&rest, '}')) {
        const sm_status status =
            comma ? take_entry(&rest, seen, array) : fail_at(&rest, "expected a comma or '}'");
        if (status != SM_OK) {
            return status;
        }
        comma = take(&rest, ',');
    }
    for (size_t k = 0; k < KEYS; k++) {
        if (!seen[k]) {
            return smi_fail(SM_ERROR_FORMAT, "%s: the header has no '%s'", name, entries[k].key);
        }
    }
    skip_blanks(&rest);
    return rest.at == rest.end ? SM_OK : fail_at(&rest, "the header goes on behind its '}'");
}
