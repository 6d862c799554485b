/* One line of a LIBSVM file: label [qid:n] index:value index:value … */
#ifndef SMI_DATA_LIBSVM_LINE_H
#define SMI_DATA_LIBSVM_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <softmax.h>

/* The largest index: what other programs' 32-bit integers hold, too. */
enum { SMI_LIBSVM_LARGEST_INDEX = INT32_MAX };

/* Where a line is, for messages. */
typedef struct smi_libsvm_place {
    const char *file;
    size_t line; /* from 1 */
} smi_libsvm_place;

/* What a line holds: room for the entries is the caller's, smi_libsvm_most_entries() of both. */
typedef struct smi_libsvm_line {
    int32_t label;
    float *values;     /* of the entries that are not 0 */
    uint32_t *indices; /* likewise, as the file has them, ascending */
    size_t count;      /* of these */
    bool any;          /* whether there are entries, 0 or not; */
    uint32_t first;    /* the first one's index, */
    uint32_t last;     /* and the last one's */
} smi_libsvm_line;

/* The most entries that `length` characters can hold: "1:2", and a blank before each but the first.
 */
static inline size_t smi_libsvm_most_entries(const size_t length)
{
    return length / 4 + 1;
}

/* The line without what is no part of a row: a comment, and the blanks on either side. */
void smi_libsvm_trim(const char **at, const char **end);

/* Reads at … end − 1, which is trimmed and not empty; the SMI_DECIMAL_MARGIN bytes behind it may
 * be read, too, and mean nothing. Fails naming the place and what is wrong. */
sm_status smi_libsvm_parse_line(const smi_libsvm_place *place, const char *at, const char *end,
                                smi_libsvm_line *line);

/* Whether the line, trimmed, begins as a row with entries does: with a number, or several with
 * commas between them, and then index:value or qid:n. */
bool smi_libsvm_begins_row(const char *at, const char *end);

/* The end of the line that begins at `at`: its newline, or the end of the text. */
static inline const char *smi_libsvm_line_end(const char *const at, const char *const end)
{
    const char *const newline = memchr(at, '\n', (size_t)(end - at));
    return newline == NULL ? end : newline;
}

#endif
