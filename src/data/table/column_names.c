#include "data/table/column_names.h"

#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "base/status.h"
#include "data/table/schema.h"

/* Of a list of names in a message. */
enum { LIST_SIZE = 512 };

sm_status smi_column_names_find(const smi_csv *const csv, smi_column_names *const index)
{
    *index = (smi_column_names){.file = smi_csv_file(csv),
                                .names = smi_csv_column_names(csv),
                                .count = smi_csv_column_count(csv),
                                .named = smi_csv_has_header(csv)};
    for (size_t i = 0; i < index->count; i++) {
        const char *const name = index->names[i];
        const uint32_t place = smi_vocabulary_add(&index->places, name, strlen(name));
        if (place == SMI_NO_WORD) {
            return smi_fail_memory(index->file);
        }
        if (place != i) {
            return smi_fail(SM_ERROR_DATA, "%s: two columns are called '%s'", index->file, name);
        }
    }
    return SM_OK;
}

size_t smi_column_named(const smi_column_names *const index, const char *const name)
{
    const uint32_t place = smi_vocabulary_find(&index->places, name, strlen(name));
    return place == SMI_NO_WORD ? SMI_NO_COLUMN : place;
}

size_t smi_column_meant(const smi_column_names *const index, const char *const word)
{
    const size_t named = smi_column_named(index, word);
    if (named != SMI_NO_COLUMN) {
        return named;
    }
    const bool from_end = word[0] == '-';
    const char *const digits = word + from_end;
    const size_t length = strspn(digits, "0123456789");
    if (length == 0 || length > 9 || digits[length] != '\0') {
        return SMI_NO_COLUMN;
    }
    const size_t number = (size_t)strtoul(digits, NULL, 10);
    if (number < 1 || number > index->count) {
        return SMI_NO_COLUMN;
    }
    return from_end ? index->count - number : number - 1;
}

const char *smi_column_advice(const smi_column_names *const index)
{
    return index->count == 1
               ? "; if there are more columns, --delimiter says what lies between cells"
           : !index->named ? "; --header, if the first line names them"
                           : "";
}

sm_status smi_fail_no_column(const smi_column_names *const index, const char *const name,
                             const char *const why)
{
    const size_t nearest = smi_nearest_name(name, index->names, index->count);
    if (nearest != SIZE_MAX) {
        return smi_fail(SM_ERROR_DATA, "%s: there is no column '%s'%s; did you mean '%s'?",
                        index->file, name, why, index->names[nearest]);
    }
    char list[LIST_SIZE];
    smi_list_names(index->names, index->count, list, sizeof list);
    return smi_fail(SM_ERROR_DATA, "%s: there is no column '%s'%s; the columns are %s%s",
                    index->file, name, why, list, smi_column_advice(index));
}
