#include "base/nearest.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Longer names are not compared. */
enum { LONGEST = 128, MOST_LISTED = 20 };

static unsigned lower(const char character)
{
    const unsigned code = (unsigned char)character;
    return character >= 'A' && character <= 'Z' ? code | 0x20U : code;
}

/* Levenshtein's distance, case aside: insertions, deletions and replacements. */
static size_t distance(const char *const a, const char *const b)
{
    size_t row[LONGEST + 1];
    const size_t width = strlen(b);
    for (size_t j = 0; j <= width; j++) {
        row[j] = j;
    }
    for (size_t i = 0; a[i] != '\0'; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < width; j++) {
            const size_t replaced = diagonal + (lower(a[i]) != lower(b[j]));
            const size_t changed = (row[j] < row[j + 1] ? row[j] : row[j + 1]) + 1;
            diagonal = row[j + 1];
            row[j + 1] = replaced < changed ? replaced : changed;
        }
    }
    return row[width];
}

size_t smi_nearest_name(const char *const wanted, const char *const *const names,
                        const size_t count)
{
    const size_t length = strlen(wanted);
    size_t best = SIZE_MAX;
    size_t least = length / 3 + 1; /* changes that are no slip any more */
    for (size_t i = 0; i < count && length <= LONGEST; i++) {
        const size_t other = strlen(names[i]);
        if (other > LONGEST || other > length + least || length > other + least) {
            continue;
        }
        const size_t changes = distance(wanted, names[i]);
        if (changes < least || (changes == least && best == SIZE_MAX)) {
            least = changes;
            best = i;
        }
    }
    return best;
}

void smi_list_names(const char *const *const names, const size_t count, char *const text,
                    const size_t size)
{
    size_t used = 0;
    size_t listed = 0;
    text[0] = '\0';
    for (; listed < count && listed < MOST_LISTED; listed++) {
        static const size_t rest = sizeof ", and 18446744073709551615 more";
        const size_t length = strlen(names[listed]) + 2;
        if (used + length + rest > size) {
            break;
        }
        used += (size_t)snprintf(text + used, size - used, "%s%s", listed == 0 ? "" : ", ",
                                 names[listed]);
    }
    if (listed < count) {
        (void)snprintf(text + used, size - used, "%s%zu %s", listed == 0 ? "" : ", and ",
                       count - listed, listed == 0 ? "with long names" : "more");
    }
}
