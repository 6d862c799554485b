#include "data/named.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "sys/folder.h"

const char smi_named_sets[] = "mnist, fashion-mnist";

static const char *const names[] = {"mnist", "fashion-mnist"};

bool smi_is_named_set(const char *const name)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

sm_status smi_find_named_set(const char *const name, char *const folder, const size_t size)
{
    const char *const given = getenv("SOFTMAX_DATA");
    if (given != NULL && given[0] != '\0') {
        const int length = snprintf(folder, size, "%s/%s", given, name);
        if (length > 0 && (size_t)length < size && smi_is_folder(folder)) {
            return SM_OK;
        }
    }
    char cache[PATH_MAX] = "~/.cache/softmax"; /* for the message, where HOME is not set */
    if (smi_cache_folder(cache, sizeof cache) == SM_OK) {
        const int length = snprintf(folder, size, "%s/%s", cache, name);
        if (length > 0 && (size_t)length < size && smi_is_folder(folder)) {
            return SM_OK;
        }
    }
    return smi_fail(SM_ERROR_IO,
                    "the data set '%s' is neither in $SOFTMAX_DATA (%s) nor in '%s'; "
                    "'softmax data fetch %s' gets it",
                    name, given == NULL ? "not set" : given, cache, name);
}
