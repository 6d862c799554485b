/* One record of a text table: its cells. */
#ifndef SMI_DATA_TABLE_CSV_RECORD_H
#define SMI_DATA_TABLE_CSV_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "data/table/csv.h"

/* What can be wrong with quotes. */
typedef enum smi_csv_wrong {
    SMI_CSV_RIGHT,
    SMI_CSV_OPEN_QUOTE,  /* the text ends within quotes, which began at `wrong_at` */
    SMI_CSV_BEHIND_QUOTE /* text follows the closing quote, at `wrong_at` */
} smi_csv_wrong;

typedef struct smi_csv_record {
    smi_cell *cells; /* room for `room`, of which there are so many or `count` */
    size_t room;
    char *spare;      /* as long as the text, for cells with doubled quotes; NULL: they stay so */
    size_t count;     /* cells that the record has, up to what is wrong */
    const char *next; /* behind its newline, or the end of the text, or what is wrong */
    bool ended;       /* by a newline */
    smi_csv_wrong wrong;
    const char *wrong_at;
} smi_csv_record;

/* Blanks around cells. A delimiter that is one of them is never taken for one, as no cell has it.
 */
static inline bool smi_csv_is_blank(const char character)
{
    return character == ' ' || character == '\t' || character == '\r';
}

/* Whether the record was made of nothing but blanks; it has room for a cell. */
static inline bool smi_csv_is_blank_line(const smi_csv_record *const record)
{
    return record->count == 1 && record->cells[0].length == 0 && !record->cells[0].quoted;
}

/* Behind the newline of the line at `at`, or `end`. */
static inline const char *smi_csv_behind_line(const char *const at, const char *const end)
{
    const char *const newline = memchr(at, '\n', (size_t)(end - at));
    return newline == NULL ? end : newline + 1;
}

/* Splits the record at `at`, before `end`. The caller set cells, room and spare. */
void smi_csv_split(char delimiter, const char *at, const char *end, smi_csv_record *record);

/* The same, faster, for text without any quote. It goes through it block by block, and looks at up
 * to SMI_PIECE_MARGIN bytes behind its end. Begins as {.kernels = …}; then smi_csv_plain_begin().
 */
enum { SMI_CSV_BLOCKS = 32 };
typedef struct smi_csv_plain {
    const struct smi_kernels *kernels;
    const char *at; /* the next record */
    const char *end;
    char delimiter;
    const char *block;              /* in which `at` is, */
    size_t marked;                  /* and the place of its marks among these: */
    uint64_t marks[SMI_CSV_BLOCKS]; /* delimiters and newlines that are not behind us, and the end
                                     */
} smi_csv_plain;

void smi_csv_plain_begin(smi_csv_plain *plain, char delimiter, const char *at, const char *end);

/* Splits the record at plain->at and moves behind it. */
void smi_csv_plain_split(smi_csv_plain *plain, smi_csv_record *record);

#endif
