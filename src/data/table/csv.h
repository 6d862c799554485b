/* Tables as text, RFC 4180 with latitude: cells between commas, semicolons or tabs, quoted where
 * they hold delimiters, quotes (doubled) or newlines; lines ending in \n or \r\n; a byte order
 * mark; blank lines, and comment lines on request, passed over. */
#ifndef SMI_DATA_TABLE_CSV_H
#define SMI_DATA_TABLE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

#include "base/cell.h"
#include "data/spool.h"
#include "sys/pool.h"

/* Of a cell: its text without quotes, doubled ones undone, and without blanks around it where it
 * was not quoted. Valid during the call that hands it out, and the SMI_CELL_MARGIN bytes behind it,
 * which mean nothing, may be read. */
enum { SMI_CELL_MARGIN = 64 };

enum {
    SMI_CSV_PIECE_SIZE = 1 << 20,
    SMI_CSV_MOST_COLUMNS = 1000000,
    SMI_CSV_LONGEST_ROW = 64 << 20 /* bytes */
};

/* How the text is to be read. */
typedef struct smi_csv_options {
    char delimiter; /* 0: the one of , ; and tab that the first lines agree on */
    char comment;   /* lines that begin with it are passed over; 0: none are */
    sm_header header;
    size_t skip_lines; /* at the beginning */
    bool of_query;     /* the text is what a database answered: messages count rows, not lines */
    size_t piece_size; /* bytes that a thread takes at once; 0: SMI_CSV_PIECE_SIZE. Which rows are
                          merged together depends on it, and on nothing but the text besides */
} smi_csv_options;

typedef struct smi_csv smi_csv;

/* Looks at the first lines. Takes over the spool, also on failure. Fails when there is no row, not
 * even a header, and where the first one is damaged. */
sm_status smi_csv_open(smi_spool *spool, const smi_csv_options *options, smi_csv **csv);
void smi_csv_free(smi_csv *csv); /* NULL is accepted */

const char *smi_csv_file(const smi_csv *csv); /* for messages */
size_t smi_csv_column_count(const smi_csv *csv);

/* How many pieces a pass takes the rows in. Pieces end where rows do, so that it may be one off. */
size_t smi_csv_piece_count(const smi_csv *csv);

/* The header's words, or without a header "1", "2", …; likewise where the header's word is empty.
 */
const char *const *smi_csv_column_names(const smi_csv *csv);
bool smi_csv_has_header(const smi_csv *csv);

/* What is wrong with a row. */
typedef struct smi_csv_fault {
    size_t column; /* SIZE_MAX: with the whole of it */
    char text[256];
    bool out_of_memory; /* nothing is, but there is not the memory for it */
    bool file_changed;  /* it is not the row that an earlier pass met there */
} smi_csv_fault;

/* Says that there is not the memory; false. */
bool smi_csv_fault_memory(smi_csv_fault *fault);

/* One row on its way through a pass; as many cells as there are columns. */
typedef struct smi_csv_row {
    const smi_cell *cells;
    uint64_t offset; /* of its first byte, in the spool */
} smi_csv_row;

/* What a pass does. The text is gone through in pieces, up to `slots` of them at once on the
 * threads of the pool, each piece's rows in order under one slot. What they leave in the slot is
 * merged in the order of the pieces, so that nothing depends on the number of threads. */
typedef struct smi_csv_pass {
    size_t slots;
    bool (*row)(void *context, size_t slot, const smi_csv_row *row,
                smi_csv_fault *fault);              /* on any thread; false: the fault is told */
    void (*end)(void *context, size_t slot);        /* on that thread, behind the piece's rows;
                                                       NULL: there is nothing to do */
    void (*beside)(void *context);                  /* on any thread, while rows are gone through:
                                                       what makes merging short; or NULL */
    sm_status (*merge)(void *context, size_t slot); /* on the caller's; empties the slot */
    void *context;
} smi_csv_pass;

/* Goes through all rows. Fails with the first fault in the order of the file, be it the pass's or
 * the text's own (a row with more or fewer cells than columns, a quote that is never closed, a NUL
 * byte, invalid UTF-8), as "file:line: column 'name': what". */
sm_status smi_csv_run(const smi_csv *csv, smi_pool *pool, const smi_csv_pass *pass);

/* Fails with this fault, as smi_csv_run() does. */
sm_status smi_csv_fail(const smi_csv *csv, uint64_t offset, const smi_csv_fault *fault);

#endif
