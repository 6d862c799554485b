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

sm_status smi_label_set_add(smi_label_set *const set, const char *const data,
                            const int32_t *const labels, const size_t count)
{
    enum { CAPACITY = 2 * SMI_MAX_CLASSES };
    if (set->values == NULL) {
        set->values = smi_array(CAPACITY, sizeof *set->values);
    }
    if (set->values == NULL) {
        return smi_fail_memory("the list of classes");
    }
    for (size_t i = 0; i < count; i++) {
        if (set->count == CAPACITY) { /* so seldom that sorting all labels is not needed */
            const sm_status status = smi_label_set_sort(set, data);
            if (status != SM_OK) {
                return status;
            }
        }
        set->values[set->count++] = labels[i];
    }
    return SM_OK;
}

sm_status smi_fail_many_labels(const char *const data)
{
    char most[SMI_NUMBER_TEXT_SIZE];
    return smi_fail(SM_ERROR_DATA, "%s: more than %s different labels", data,
                    smi_grouped_text(SMI_MAX_CLASSES, most));
}

sm_status smi_label_set_sort(smi_label_set *const set, const char *const data)
{
    set->count = sort_distinct(set->values, set->count);
    return set->count > SMI_MAX_CLASSES ? smi_fail_many_labels(data) : SM_OK;
}

bool smi_label_set_place(const smi_label_set *const set, int32_t *const labels, const size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const int32_t *const place =
            bsearch(&labels[i], set->values, set->count, sizeof *set->values, compare_labels);
        if (place == NULL) {
            return false;
        }
        labels[i] = (int32_t)(place - set->values);
    }
    return true;
}

sm_status smi_label_set_names(const smi_label_set *const set, char ***const names)
{
    *names = smi_names_from_integers(set->values, set->count);
    return *names == NULL ? smi_fail_memory("the class names") : SM_OK;
}

void smi_label_set_free(smi_label_set *const set)
{
    smi_free(set->values);
}

sm_status smi_index_labels(const char *const data, int32_t *const labels, const size_t rows,
                           char ***const names, size_t *const classes)
{
    smi_label_set set = {.values = NULL};
    sm_status status = smi_label_set_add(&set, data, labels, rows);
    if (status == SM_OK) {
        status = smi_label_set_sort(&set, data);
    }
    if (status == SM_OK) {
        status = smi_label_set_names(&set, names);
    }
    if (status == SM_OK) {
        *classes = set.count;
        (void)smi_label_set_place(&set, labels, rows);
    }
    smi_label_set_free(&set);
    return status;
}

bool smi_number_of_class(const char *const name, int32_t *const number)
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
        if (!smi_number_of_class(shape->class_names[c], &made[c])) {
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
