/* Labels out of NPY arrays: numbers, or text. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/names.h"
#include "base/number_text.h"
#include "base/status.h"
#include "base/utf8.h"
#include "data/array/npy_values.h"
#include "data/dataset.h"
#include "data/labels.h"

/* ---- text ---- */

/* The longest label, in bytes of UTF-8. */
enum { LONGEST_NAME = 1024 };

/* Appends a code point as UTF-8; false when there is none such, or not the room. */
static bool append_code_point(const uint32_t point, char *const text, size_t *const length)
{
    static const uint32_t ends[] = {0x80, 0x800, 0x10000, 0x110000};
    static const uint8_t marks[] = {0x00, 0xc0, 0xe0, 0xf0};
    size_t more = 0;
    while (more < 4 && point >= ends[more]) {
        more++;
    }
    if (more == 4 || (point >= 0xd800 && point <= 0xdfff) || *length + more + 1 > LONGEST_NAME) {
        return false;
    }
    text[(*length)++] = (char)(marks[more] | point >> (6 * more));
    for (size_t i = more; i > 0; i--) {
        text[(*length)++] = (char)(0x80U | (point >> (6 * (i - 1)) & 0x3fU));
    }
    return true;
}

/* One element as a text that ends in a NUL. text: LONGEST_NAME + 1. */
static sm_status decode_text(const char *const source_name, const smi_npy *const array,
                             const uint8_t *const element, const size_t row, char *const text)
{
    const size_t unit = array->kind == SMI_NPY_UNICODE ? 4 : 1;
    size_t length = 0;
    size_t characters = array->size / unit;
    static const uint8_t zero[4] = {0};
    while (characters > 0 && memcmp(element + (characters - 1) * unit, zero, unit) == 0) {
        characters--; /* what pads it */
    }
    bool good = characters > 0;
    for (size_t i = 0; good && i < characters; i++) {
        uint32_t point = element[i * unit];
        if (unit == 4) {
            memcpy(&point, element + i * unit, sizeof point);
        }
        good = point != 0 && length < LONGEST_NAME;
        if (good && unit == 1) {
            text[length++] = (char)point;
        } else if (good) {
            good = append_code_point(point, text, &length);
        }
    }
    text[length] = '\0';
    if (!good || !smi_is_utf8(text)) {
        return smi_fail(SM_ERROR_DATA,
                        "%s: row %zu: the label is empty, not UTF-8, or longer than %d bytes",
                        source_name, row, LONGEST_NAME);
    }
    return SM_OK;
}

/* The different labels so far, ascending by their bytes, each with a number of its own. */
typedef struct found_names {
    struct found_name {
        char *text;
        int32_t number;
    } * list; /* SMI_MAX_CLASSES */
    size_t count;
} found_names;

/* Where the name is, or would have to be. */
static size_t search_name(const found_names *const found, const char *const text)
{
    size_t low = 0;
    size_t high = found->count;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (strcmp(found->list[middle].text, text) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* *number is the name's; it gets one when it is new. */
static sm_status number_name(const char *const source_name, found_names *const found,
                             const char *const text, int32_t *const number)
{
    const size_t place = search_name(found, text);
    if (place < found->count && strcmp(found->list[place].text, text) == 0) {
        *number = found->list[place].number;
        return SM_OK;
    }
    if (found->count == SMI_MAX_CLASSES) {
        return smi_fail_many_labels(source_name);
    }
    char *const copy = smi_copy_text(text);
    if (copy == NULL) {
        return smi_fail_memory("the class names");
    }
    memmove(found->list + place + 1, found->list + place,
            (found->count - place) * sizeof *found->list);
    *number = (int32_t)found->count;
    found->list[place].text = copy;
    found->list[place].number = *number;
    found->count++;
    return SM_OK;
}

/* values: numbers in the order in which names were found. */
static sm_status number_labels(smi_array_source *const source, const smi_npy *const array,
                               found_names *const found, int32_t *const values)
{
    uint8_t *const element = smi_bytes(array->size);
    sm_status status = element == NULL ? smi_fail_memory(source->name) : SM_OK;
    for (size_t r = 0; status == SM_OK && r < array->elements; r++) {
        char text[LONGEST_NAME + 1];
        status = smi_npy_read(source, array, 1, element);
        if (status == SM_OK) {
            status = decode_text(source->name, array, element, r, text);
        }
        if (status == SM_OK) {
            status = number_name(source->name, found, text, &values[r]);
        }
    }
    smi_free(element);
    return status == SM_OK ? smi_array_source_finish(source) : status;
}

/* The names, ascending, are the classes; the values become indices of those. */
static sm_status settle_names(found_names *const found, const size_t rows,
                              smi_npy_labels *const labels)
{
    int32_t *const places = smi_array(found->count, sizeof *places);
    char **const names = smi_array(found->count, sizeof *names);
    if (places == NULL || names == NULL) {
        smi_free(places);
        smi_free(names);
        return smi_fail_memory("the class names");
    }
    for (size_t c = 0; c < found->count; c++) {
        places[found->list[c].number] = (int32_t)c;
        names[c] = found->list[c].text;
        found->list[c].text = NULL;
    }
    for (size_t r = 0; r < rows; r++) {
        labels->values[r] = places[labels->values[r]];
    }
    smi_free(places);
    labels->names = names;
    labels->classes = found->count;
    return SM_OK;
}

static sm_status take_text(smi_array_source *const source, const smi_npy *const array,
                           smi_npy_labels *const labels)
{
    found_names found = {.list = smi_array(SMI_MAX_CLASSES, sizeof *found.list)};
    sm_status status = found.list == NULL ? smi_fail_memory("the class names") : SM_OK;
    if (status == SM_OK) {
        status = number_labels(source, array, &found, labels->values);
    }
    if (status == SM_OK) {
        status = settle_names(&found, array->elements, labels);
    }
    for (size_t c = 0; found.list != NULL && c < found.count; c++) {
        smi_free(found.list[c].text);
    }
    smi_free(found.list);
    return status;
}

/* ---- labels ---- */

static sm_status check_shape(const char *const name, const smi_npy *const array, const size_t rows,
                             const char *const features_name)
{
    const bool column = array->dimensions == 2 && array->extent[1] == 1;
    if (array->dimensions != 1 && !column) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: %zu dimensions: labels have one; np.argmax(y, axis=1) makes them of "
                        "one-hot rows",
                        name, array->dimensions);
    }
    if (array->elements != rows) {
        char own[SMI_COUNTED_SIZE];
        char labelled[SMI_COUNTED_SIZE];
        return smi_fail(SM_ERROR_FORMAT, "%s has %s, but %s has %s", features_name,
                        smi_counted_text(rows, "row", own), name,
                        smi_counted_text(array->elements, "label", labelled));
    }
    return SM_OK;
}

sm_status smi_npy_take_labels(smi_array_source *const source, const size_t rows,
                              const char *const features_name, smi_npy_labels *const labels)
{
    smi_npy array;
    smi_npy_labels taken = {.values = NULL};
    sm_status status = smi_npy_read_header(source, &array);
    if (status == SM_OK) {
        status = check_shape(source->name, &array, rows, features_name);
    }
    if (status != SM_OK) {
        return status;
    }
    taken.values = smi_array(rows, sizeof *taken.values);
    if (taken.values == NULL) {
        return smi_fail_memory("the labels");
    }
    status = smi_npy_is_text(&array) ? take_text(source, &array, &taken)
                                     : smi_npy_take_integers(source, &array, INT32_MIN, INT32_MAX,
                                                             sizeof *taken.values, taken.values);
    if (status != SM_OK) {
        smi_free(taken.values);
        return status;
    }
    *labels = taken;
    return SM_OK;
}

sm_status smi_npy_number_labels(const char *const name, const size_t rows,
                                smi_npy_labels *const labels)
{
    return labels->values != NULL && labels->names == NULL
               ? smi_index_labels(name, labels->values, rows, &labels->names, &labels->classes)
               : SM_OK;
}

void smi_npy_labels_free(const smi_npy_labels *const labels)
{
    smi_names_free(labels->names, labels->classes);
    smi_free(labels->values);
}
