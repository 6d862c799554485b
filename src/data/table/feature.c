#include "data/table/feature.h"

#include <string.h>

#include "base/memory.h"
#include "base/status.h"

/* Those that JSON knows; NULL at the end. */
static const smi_feature_kind *const kinds[] = {&smi_numeric_kind,
                                                &smi_categorical_kind,
                                                &smi_hashed_kind,
                                                &smi_buckets_kind,
                                                &smi_crossed_kind,
                                                &smi_text_kind,
                                                NULL};

const smi_feature_kind *smi_feature_kind_named(const char *const name)
{
    for (size_t i = 0; kinds[i] != NULL; i++) {
        if (strcmp(kinds[i]->name, name) == 0) {
            return kinds[i];
        }
    }
    return NULL;
}

const char *smi_feature_column(const smi_feature *const feature, const smi_csv *const csv)
{
    return smi_csv_column_names(csv)[feature->places[0]];
}

sm_status smi_feature_fail_empty(const smi_feature *const feature, const smi_learnt *const learnt)
{
    const char *const column = smi_feature_column(feature, learnt->csv);
    return smi_fail(SM_ERROR_DATA,
                    "%s: column '%s' holds no value in any row; --ignore %s leaves it out",
                    smi_csv_file(learnt->csv), column, column);
}

bool smi_entries_reserve(smi_entries *const entries, const size_t more)
{
    size_t room = 0;
    size_t doubled = 0;
    if (entries->room - entries->count >= more) {
        return true;
    }
    if (!smi_add_size(entries->count, more, &room) ||
        !smi_multiply_size(entries->room, 2, &doubled)) {
        return false;
    }
    room = smi_max_size(room, doubled);
    float *const values = smi_array(room, sizeof *values);
    uint32_t *const columns = smi_array(room, sizeof *columns);
    if (values == NULL || columns == NULL) {
        smi_free(values);
        smi_free(columns);
        return false;
    }
    if (entries->count > 0) {
        memcpy(values, entries->values, entries->count * sizeof *values);
        memcpy(columns, entries->columns, entries->count * sizeof *columns);
    }
    smi_entries_free(entries);
    *entries = (smi_entries){values, columns, entries->count, room};
    return true;
}

void smi_entries_free(smi_entries *const entries)
{
    smi_free(entries->values);
    smi_free(entries->columns);
    entries->values = NULL;
    entries->columns = NULL;
}
