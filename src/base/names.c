#include "base/names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "base/utf8.h"

/* The longest text of an int32_t, with its NUL. */
enum { INTEGER_SIZE = 12 };

typedef struct entry {
    const char *name;
    size_t place;
} entry;

static int compare_entries(const void *const a, const void *const b)
{
    return strcmp(((const entry *)a)->name, ((const entry *)b)->name);
}

/* The names in the order of strcmp; NULL when there is not the memory. */
static entry *sorted(const char *const *const names, const size_t count)
{
    entry *const entries = smi_array(count, sizeof *entries);
    if (entries != NULL) {
        for (size_t i = 0; i < count; i++) {
            entries[i] = (entry){names[i], i};
        }
        qsort(entries, count, sizeof *entries, compare_entries);
    }
    return entries;
}

static sm_status check_names(const char *const *const names, const size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (names[i] == NULL || names[i][0] == '\0' || !smi_is_utf8(names[i])) {
            return smi_fail(SM_ERROR_DATA, "the name of class %zu is empty or not UTF-8", i);
        }
    }
    entry *const entries = sorted(names, count);
    if (entries == NULL) {
        return smi_fail_memory("the class names");
    }
    sm_status status = SM_OK;
    for (size_t i = 1; i < count && status == SM_OK; i++) {
        if (strcmp(entries[i - 1].name, entries[i].name) == 0) {
            status = smi_fail(SM_ERROR_DATA, "two classes have the name '%s'", entries[i].name);
        }
    }
    smi_free(entries);
    return status;
}

static char **numbered(const size_t count)
{
    int32_t *const values = smi_array(count, sizeof *values);
    if (values == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        values[i] = (int32_t)i;
    }
    char **const names = smi_names_from_integers(values, count);
    smi_free(values);
    return names;
}

sm_status smi_names_copy(const char *const *const names, const size_t count, char ***const copies)
{
    if (names == NULL) {
        *copies = numbered(count);
        return *copies == NULL ? smi_fail_memory("the class names") : SM_OK;
    }
    const sm_status status = check_names(names, count);
    if (status != SM_OK) {
        return status;
    }
    char **const list = smi_array(count, sizeof *list);
    bool complete = list != NULL;
    for (size_t i = 0; i < count && complete; i++) {
        list[i] = smi_copy_text(names[i]);
        complete = list[i] != NULL;
    }
    if (!complete) {
        smi_names_free(list, count);
        return smi_fail_memory("the class names");
    }
    *copies = list;
    return SM_OK;
}

char **smi_names_from_integers(const int32_t *const values, const size_t count)
{
    char **const list = smi_array(count, sizeof *list);
    bool complete = list != NULL;
    for (size_t i = 0; i < count && complete; i++) {
        list[i] = smi_array(INTEGER_SIZE, 1);
        complete = list[i] != NULL;
        if (complete) {
            (void)snprintf(list[i], INTEGER_SIZE, "%d", (int)values[i]);
        }
    }
    if (!complete) {
        smi_names_free(list, count);
        return NULL;
    }
    return list;
}

void smi_names_free(char **const names, const size_t count)
{
    if (names != NULL) {
        for (size_t i = 0; i < count; i++) {
            smi_free(names[i]);
        }
    }
    smi_free(names);
}

sm_status smi_names_match(const char *const *const wanted, const size_t wanted_count,
                          const char *const *const names, const size_t count, int32_t *const map)
{
    entry *const entries = sorted(names, count);
    if (entries == NULL) {
        return smi_fail_memory("the class names");
    }
    for (size_t i = 0; i < wanted_count; i++) {
        const entry key = {wanted[i], 0};
        const entry *const found = bsearch(&key, entries, count, sizeof *entries, compare_entries);
        map[i] = found == NULL ? -1 : (int32_t)found->place;
    }
    smi_free(entries);
    return SM_OK;
}
