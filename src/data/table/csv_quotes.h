/* Which cells need quotes in CSV text, for those who write it. */
#ifndef SMI_DATA_TABLE_CSV_QUOTES_H
#define SMI_DATA_TABLE_CSV_QUOTES_H

#include <stdbool.h>
#include <stddef.h>

static inline bool smi_is_csv_blank(const char character)
{
    return character == ' ' || character == '\t';
}

/* Whether the cell's text would not come back without quotes: it holds what separates cells or
 * lines, or has blanks around it. */
static inline bool smi_csv_needs_quotes(const char *const text, const size_t length,
                                        const char delimiter)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] == delimiter || text[i] == '"' || text[i] == '\n' || text[i] == '\r') {
            return true;
        }
    }
    return length > 0 && (smi_is_csv_blank(text[0]) || smi_is_csv_blank(text[length - 1]));
}

#endif
