#include "data/labels.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/names.h"
#include "base/number.h"
#include "base/number_text.h"
#include "base/status.h"
#include "data/dataset.h"

static int compare_labels(const void *const a, const void *const b)
{
    const int32_t left = *(const int32_t *)a;
    const int32_t right = *(const int32_t *)b;
    return (left > right) - (left < right);
}

/* Sorts the values and drops repetitions; returns how many are left. */
static size_t sort_distinct(int32_t *const values, const size_t count)
{
    qsort(values, count, sizeof *values, compare_labels);
    size_t distinct = 0;
    for (size_t i = 0; i < count; i++) {
        if (distinct == 0 || values[i] != values[distinct - 1]) {
            values[distinct++] = values[i];
        }
    }
    return distinct;
}

/* Fills `found`, which has room for `capacity`, with the distinct labels, ascending. It is made
 * distinct whenever it is full, so that sorting all rows is not needed. */
static size_t collect_distinct(const int32_t *const labels, const size_t rows, int32_t *const found,
                               const size_t capacity)
{
    size_t filled = 0;
    for (size_t r = 0; r < rows; r++) {
        if (filled == capacity) {
            filled = sort_distinct(found, filled);
            if (filled > SMI_MAX_CLASSES) {
                return filled;
            }
        }
        found[filled++] = labels[r];
    }
    return sort_distinct(found, filled);
}

sm_status smi_index_labels(const char *const data, int32_t *const labels, const size_t rows,
                           char ***const names, size_t *const classes)
{
    const size_t capacity = smi_min_size(rows, 2 * (size_t)SMI_MAX_CLASSES);
    int32_t *const values = smi_array(capacity, sizeof *values);
    if (values == NULL) {
        return smi_fail_memory("the list of classes");
    }
    const size_t count = collect_distinct(labels, rows, values, capacity);
    sm_status status = SM_OK;
    if (count > SMI_MAX_CLASSES) {
        status =
            smi_fail(SM_ERROR_DATA, "%s: more than %d different labels", data, SMI_MAX_CLASSES);
    } else {
        *names = smi_names_from_integers(values, count);
        *classes = count;
        if (*names == NULL) {
            status = smi_fail_memory("the class names");
        }
    }
    for (size_t r = 0; r < rows && status == SM_OK; r++) {
        const int32_t *const place =
            bsearch(&labels[r], values, count, sizeof *values, compare_labels);
        labels[r] = (int32_t)(place - values);
    }
    smi_free(values);
    return status;
}

/* False when the name is not written as the number would be. */
static bool number_of_name(const char *const name, int32_t *const number)
{
    const bool negative = name[0] == '-';
    const uint64_t most = negative ? (uint64_t)INT32_MAX + 1 : INT32_MAX;
    uint64_t size = 0;
    char text[SMI_NUMBER_TEXT_SIZE];
    if (!smi_parse_u64(name + negative, &size) || size > most) {
        return false;
    }
    const int64_t value = negative ? -(int64_t)size : (int64_t)size;
    (void)smi_integer_text(value, text);
    *number = (int32_t)value;
    return strcmp(text, name) == 0;
}

sm_status smi_class_numbers(const sm_shape *const shape, const char *const kind,
                            int32_t **const numbers)
{
    int32_t *const made = smi_array(shape->classes, sizeof *made);
    if (made == NULL) {
        return smi_fail_memory("the labels");
    }
    for (size_t c = 0; c < shape->classes; c++) {
        if (!number_of_name(shape->class_names[c], &made[c])) {
            smi_free(made);
            return smi_fail(SM_ERROR_DATA,
                            "class '%s' is not the text of a whole 32-bit number, which labels in "
                            "%s files are; CSV and NPZ files hold any name, and softmax data "
                            "convert --number-classes writes numbers for names",
                            shape->class_names[c], kind);
        }
    }
    *numbers = made;
    return SM_OK;
}
