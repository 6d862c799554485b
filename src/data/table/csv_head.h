/* The first bytes of a text table, which tell what it is. */
#ifndef SMI_DATA_TABLE_CSV_HEAD_H
#define SMI_DATA_TABLE_CSV_HEAD_H

#include "data/table/csv_record.h"
#include "data/table/csv_table.h"

/* The beginning of the text. */
typedef struct smi_csv_head {
    const char *text;
    const char *end;
    bool whole; /* it is all there is */
} smi_csv_head;

/* Splits the next record from *at on that is neither a comment nor blank, and moves *at to its
 * beginning; of its cells only the number is kept. False: the head holds none, or not all of it. */
bool smi_csv_next_record(const smi_csv_head *head, const smi_csv *csv, char delimiter,
                         const char **at, smi_csv_record *record);

/* Takes the first record, `cells`, for the header, or does not, and names the columns. It lies at
 * byte `offset` of the text, and `next` is behind it. */
sm_status smi_csv_choose_header(smi_csv *csv, const smi_csv_head *head, sm_header header,
                                const smi_cell *cells, uint64_t offset, const char *next);

/* Some well-known files begin with how many rows and features there are, and the classes' names: a
 * line that looks so is refused where it is no header. */
sm_status smi_csv_refuse_counts(const smi_csv *csv, const smi_csv_head *head, const smi_cell *cells,
                                uint64_t offset, const char *next);

#endif
