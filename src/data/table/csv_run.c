/* A pass over the rows. */
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "base/utf8.h"
#include "data/pieces.h"
#include "data/table/csv_cut.h"
#include "data/table/csv_fault.h"
#include "data/table/csv_table.h"

/* Where one piece's rows are split, and what was found to be wrong with one of them. */
typedef struct piece_slot {
    smi_cell *cells; /* one a column */
    char *spare;     /* for cells whose text is not as in the file; NULL until there are any, */
    size_t spare_size;
    bool failed;
    smi_csv_fault fault;
    uint64_t fault_at; /* in the spool */
} piece_slot;

typedef struct table_pass {
    const smi_csv *csv;
    const smi_csv_pass *pass;
    piece_slot *slots;
    uint64_t read; /* up to here, in the spool */
    smi_csv_cutter cutter;
} table_pass;

/* ---- one piece ---- */

/* A piece on its way through the pass. */
typedef struct piece_rows {
    const table_pass *run;
    const smi_piece *piece;
    const char *bad; /* the first byte that is no text, or the piece's end */
    piece_slot *slot;
} piece_rows;

static uint64_t offset_of(const piece_rows *const rows, const char *const at)
{
    return rows->run->csv->rows_at + rows->piece->offset + (uint64_t)(at - rows->piece->at);
}

static bool fail_at(const piece_rows *const rows, const char *const at)
{
    rows->slot->failed = true;
    rows->slot->fault_at = offset_of(rows, at);
    return false;
}

/* Hands out the record that begins at `begin`; false: something is wrong with it. */
static bool hand_out(const piece_rows *const rows, const smi_csv_record *const record,
                     const char *const begin)
{
    const table_pass *const run = rows->run;
    piece_slot *const slot = rows->slot;
    const char *at = begin;
    slot->fault.column = SIZE_MAX;
    if (smi_csv_is_damaged(record, run->csv->delimiter, begin, rows->bad, &slot->fault, &at)) {
        return fail_at(rows, at);
    }
    if (smi_csv_is_blank_line(record)) {
        return true;
    }
    if (record->count != run->csv->columns) {
        smi_csv_set_ragged(&slot->fault, record->count, run->csv->columns, run->csv->delimiter);
        return fail_at(rows, begin);
    }
    const smi_csv_row row = {.cells = record->cells, .offset = offset_of(rows, begin)};
    return run->pass->row(run->pass->context, rows->piece->slot, &row, &slot->fault) ||
           fail_at(rows, begin);
}

/* Comments are text, too. */
static bool check_comment(const piece_rows *const rows, const char *const begin,
                          const char *const next)
{
    const smi_csv_record comment = {.next = next};
    const char *at = begin;
    return !smi_csv_is_damaged(&comment, rows->run->csv->delimiter, begin, rows->bad,
                               &rows->slot->fault, &at) ||
           fail_at(rows, at);
}

/* Room for the text of the piece, and what may be read behind it. */
static bool make_spare(piece_slot *const slot, const smi_piece *const piece)
{
    const size_t size = (size_t)(piece->end - piece->at) + SMI_PIECE_MARGIN;
    if (slot->spare_size < size) {
        smi_free(slot->spare);
        slot->spare = smi_array(size, 1);
        slot->spare_size = slot->spare == NULL ? 0 : size;
    }
    return slot->spare != NULL;
}

/* The rows of a piece that has quotes. */
static void go_through_quoted(const piece_rows *const rows, smi_csv_record *const record)
{
    const smi_csv *const csv = rows->run->csv;
    const char *const end = rows->piece->end;
    bool fine = true;
    for (const char *at = rows->piece->at; fine && at < end;) {
        if (csv->comment != '\0' && *at == csv->comment) {
            const char *const next = smi_csv_behind_line(at, end);
            fine = check_comment(rows, at, next);
            at = next;
        } else {
            smi_csv_split(csv->delimiter, at, end, record);
            fine = hand_out(rows, record, at);
            at = record->next;
        }
    }
}

/* The rows of a piece that has none. */
static void go_through_plain(const piece_rows *const rows, smi_csv_record *const record)
{
    const smi_csv *const csv = rows->run->csv;
    const smi_piece *const piece = rows->piece;
    smi_csv_plain plain = smi_csv_plain_begin(csv->delimiter, piece->at, piece->end);
    bool fine = true;
    while (fine && plain.at < plain.end) {
        const char *const begin = plain.at;
        smi_csv_plain_split(&plain, record);
        fine = csv->comment != '\0' && *begin == csv->comment ? check_comment(rows, begin, plain.at)
                                                              : hand_out(rows, record, begin);
    }
}

static void go_through(const table_pass *const run, const smi_piece *const piece)
{
    const piece_rows rows = {.run = run,
                             .piece = piece,
                             .bad = smi_find_bad_text(piece->at, piece->end),
                             .slot = &run->slots[piece->slot]};
    smi_csv_record record = {.cells = rows.slot->cells, .room = run->csv->columns};
    if (memchr(piece->at, '"', (size_t)(piece->end - piece->at)) == NULL) {
        go_through_plain(&rows, &record);
    } else if (make_spare(rows.slot, piece)) {
        record.spare = rows.slot->spare;
        go_through_quoted(&rows, &record);
    } else {
        rows.slot->failed = true;
        (void)smi_csv_fault_memory(&rows.slot->fault);
    }
}

static void work(void *const context, const smi_piece *const piece)
{
    const table_pass *const run = context;
    go_through(run, piece);
    if (run->pass->end != NULL && !run->slots[piece->slot].failed) {
        run->pass->end(run->pass->context, piece->slot);
    }
}

/* ---- all of them ---- */

static sm_status read_text(void *const context, void *const buffer, const size_t size,
                           size_t *const got)
{
    table_pass *const run = context;
    const uint64_t left = smi_spool_size(run->csv->spool) - run->read;
    *got = left < size ? (size_t)left : size;
    const sm_status status = smi_spool_read(run->csv->spool, run->read, buffer, *got);
    run->read += *got;
    return status;
}

static size_t cut(void *const context, const char *const text, const size_t seen, const size_t size)
{
    table_pass *const run = context;
    (void)seen; /* the cutter remembers */
    return smi_csv_cut(&run->cutter, text, size);
}

static void work_beside(void *const context)
{
    const table_pass *const run = context;
    run->pass->beside(run->pass->context);
}

static sm_status merge(void *const context, const smi_piece *const piece)
{
    const table_pass *const run = context;
    const piece_slot *const slot = &run->slots[piece->slot];
    return slot->failed ? smi_csv_fail(run->csv, slot->fault_at, &slot->fault)
                        : run->pass->merge(run->pass->context, piece->slot);
}

static sm_status fail_pending(void *const context, const uint64_t offset)
{
    const table_pass *const run = context;
    smi_csv_fault fault = {0};
    smi_csv_set_too_long(&fault, run->cutter.quoted);
    return smi_csv_fail(run->csv, run->csv->rows_at + offset, &fault);
}

static sm_status make_slots(table_pass *const run)
{
    run->slots = smi_array(run->pass->slots, sizeof *run->slots);
    bool complete = run->slots != NULL;
    for (size_t s = 0; complete && s < run->pass->slots; s++) {
        run->slots[s].cells = smi_array(run->csv->columns, sizeof *run->slots[s].cells);
        complete = run->slots[s].cells != NULL;
    }
    return complete ? SM_OK : smi_fail_memory("reading");
}

static void free_slots(table_pass *const run)
{
    for (size_t s = 0; run->slots != NULL && s < run->pass->slots; s++) {
        smi_free(run->slots[s].cells);
        smi_free(run->slots[s].spare);
    }
    smi_free(run->slots);
}

sm_status smi_csv_run(const smi_csv *const csv, smi_pool *const pool,
                      const smi_csv_pass *const pass)
{
    table_pass run = {.csv = csv,
                      .pass = pass,
                      .read = csv->rows_at,
                      .cutter = {.delimiter = csv->delimiter, .comment = csv->comment}};
    const smi_pieces pieces = {.piece_size = csv->piece_size,
                               .slots = pass->slots,
                               .most_pending = SMI_CSV_LONGEST_ROW,
                               .read = read_text,
                               .cut = cut,
                               .work = work,
                               .beside = pass->beside == NULL ? NULL : work_beside,
                               .merge = merge,
                               .fail_pending = fail_pending,
                               .context = &run};
    sm_status status = make_slots(&run);
    if (status == SM_OK) {
        status = smi_pieces_run(&pieces, pool);
    }
    if (status == SM_OK) {
        status = smi_spool_check_unchanged(csv->spool);
    }
    free_slots(&run);
    return status;
}
