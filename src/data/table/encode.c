#include "data/table/encode.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/growing.h"
#include "data/table/cell.h"

/* What the rows of one piece become. Dense rows, labels and weights go to their place at once: that
 * among all rows, or in what the slot has of its own where rows pass. */
typedef struct encode_slot {
    bool begun;
    size_t row;           /* of the piece, the next one that is kept */
    size_t count;         /* of the rows that the profile saw in this piece */
    smi_encoded_rows to;  /* where the piece's first row goes; row_starts: one place behind */
    smi_entries entries;  /* of the row or, where they are sparse, of all rows of the piece */
    smi_encoded *encoded; /* by feature */
    smi_encoded_rows own; /* room for so many rows */
    size_t room;
} encode_slot;

typedef struct encode_pass {
    const smi_table *table;
    const smi_profile *profile;
    const smi_vocabulary *classes;
    bool sparse;
    bool labels;
    bool weights;
    smi_encoded_rows *rows; /* NULL: they pass, */
    smi_take_rows *take;    /* and this gets them */
    void *context;
    smi_growing values;  /* float, sparse */
    smi_growing columns; /* uint32_t, sparse */
    encode_slot *slots;
    size_t slot_count;
    smi_encoded *encoded; /* of all rows, by feature */
} encode_pass;

void smi_encoded_rows_free(smi_encoded_rows *const rows)
{
    smi_free(rows->x);
    smi_csr_free(&rows->csr);
    smi_free(rows->labels);
    smi_free(rows->weights);
    *rows = (smi_encoded_rows){0};
}

/* Arrays for so many rows, all 0. */
static bool make_rows(const encode_pass *const pass, const size_t count,
                      smi_encoded_rows *const rows)
{
    size_t bytes = 0;
    if (pass->labels) {
        rows->labels = smi_array(count, sizeof *rows->labels);
    }
    if (pass->weights) {
        rows->weights = smi_array(count, sizeof *rows->weights);
    }
    if (pass->sparse) {
        rows->csr.row_starts = smi_array(count + 1, sizeof *rows->csr.row_starts);
    } else if (smi_multiply_size(pass->table->schema->width, sizeof *rows->x, &bytes)) {
        rows->x = smi_array(count, bytes);
    }
    return (!pass->labels || rows->labels != NULL) && (!pass->weights || rows->weights != NULL) &&
           (pass->sparse ? rows->csr.row_starts != NULL : rows->x != NULL);
}

/* ---- rows, on any thread ---- */

static bool fail_changed(smi_csv_fault *const fault)
{
    fault->file_changed = true;
    return false;
}

/* Finds the piece that begins with this row; piece_count: there is none. */
static size_t find_piece(const smi_profile *const profile, const uint64_t offset)
{
    size_t low = 0;
    size_t high = profile->piece_count;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (profile->pieces[middle].offset <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return profile->piece_count == 0 || profile->pieces[low].offset != offset ? profile->piece_count
                                                                              : low;
}

/* Room for the slot's rows, all 0. */
static bool make_own_rows(const encode_pass *const pass, encode_slot *const slot)
{
    const size_t count = slot->count;
    smi_encoded_rows *const own = &slot->own;
    if (count > slot->room) {
        smi_encoded_rows_free(own);
        slot->room = 0;
        if (!make_rows(pass, count, own)) {
            return false;
        }
        slot->room = count;
    } else if (!pass->sparse) {
        memset(own->x, 0, count * pass->table->schema->width * sizeof *own->x);
    }
    return true;
}

static bool begin_piece(const encode_pass *const pass, encode_slot *const slot,
                        const uint64_t offset, smi_csv_fault *const fault)
{
    const smi_profile *const profile = pass->profile;
    const size_t piece = find_piece(profile, offset);
    if (piece == profile->piece_count) {
        return fail_changed(fault);
    }
    const size_t first = profile->pieces[piece].first;
    const size_t end =
        piece + 1 < profile->piece_count ? profile->pieces[piece + 1].first : profile->rows;
    slot->row = 0;
    slot->count = end - first;
    if (pass->rows == NULL) {
        if (!make_own_rows(pass, slot)) {
            return smi_csv_fault_memory(fault);
        }
        slot->to = slot->own;
    } else {
        const smi_encoded_rows *const rows = pass->rows;
        slot->to = (smi_encoded_rows){
            .x = pass->sparse ? NULL : rows->x + first * pass->table->schema->width,
            .csr.row_starts = pass->sparse ? rows->csr.row_starts + first : NULL,
            .labels = pass->labels ? rows->labels + first : NULL,
            .weights = pass->weights ? rows->weights + first : NULL};
    }
    slot->begun = true;
    return true;
}

static bool encode_features(const encode_pass *const pass, encode_slot *const slot,
                            const smi_cell *const cells, smi_csv_fault *const fault)
{
    const smi_schema *const schema = pass->table->schema;
    smi_entries *const entries = &slot->entries;
    for (size_t f = 0; f < schema->feature_count; f++) {
        const smi_feature *const feature = &schema->features[f];
        if (!smi_entries_reserve(entries, SMI_ENTRIES_FREE)) {
            return smi_csv_fault_memory(fault);
        }
        if (!feature->kind->encode(feature, cells, entries, &slot->encoded[f], fault)) {
            return false;
        }
    }
    return true;
}

static void store_row(const encode_pass *const pass, encode_slot *const slot, const size_t before)
{
    const smi_entries *const entries = &slot->entries;
    if (pass->sparse) {
        slot->to.csr.row_starts[slot->row + 1] = entries->count - before;
        return;
    }
    float *const x = slot->to.x + slot->row * pass->table->schema->width;
    for (size_t i = 0; i < entries->count; i++) {
        x[entries->columns[i]] = entries->values[i];
    }
    slot->entries.count = 0;
}

static bool store_label(const encode_pass *const pass, const encode_slot *const slot,
                        const smi_cell *const cells, smi_csv_fault *const fault)
{
    const smi_cell *const cell = &cells[pass->table->label];
    const uint32_t label = smi_vocabulary_find(pass->classes, cell->at, cell->length);
    slot->to.labels[slot->row] = (int32_t)label;
    return label != SMI_NO_WORD || fail_changed(fault);
}

static bool store_weight(const encode_pass *const pass, const encode_slot *const slot,
                         const smi_cell *const cells, smi_csv_fault *const fault)
{
    const size_t column = pass->table->weight;
    float *const weight = &slot->to.weights[slot->row];
    const smi_reading reading = smi_cell_number(&cells[column], weight);
    if (smi_cell_is_missing(&cells[column])) {
        fault->column = column;
        (void)snprintf(fault->text, sizeof fault->text,
                       "there is no value; each row needs a weight, a number above 0");
        return false;
    }
    if (reading != SMI_READ_NUMBER) {
        smi_cell_fault(&cells[column], reading, column, fault);
        return false;
    }
    if (*weight <= 0.0F) {
        fault->column = column;
        (void)snprintf(fault->text, sizeof fault->text, "%g is no weight; weights are above 0",
                       (double)*weight);
        return false;
    }
    return true;
}

static bool encode_row(void *const context, const size_t slot_number, const smi_csv_row *const row,
                       smi_csv_fault *const fault)
{
    const encode_pass *const pass = context;
    encode_slot *const slot = &pass->slots[slot_number];
    if (!slot->begun && !begin_piece(pass, slot, row->offset, fault)) {
        return false;
    }
    const smi_row_use use = smi_columns_look(pass->table, row->cells, fault);
    if (use != SMI_ROW_KEEP) {
        return use == SMI_ROW_DROP;
    }
    if (slot->row == slot->count) {
        return fail_changed(fault);
    }
    const size_t before = slot->entries.count;
    if (!encode_features(pass, slot, row->cells, fault)) {
        return false;
    }
    store_row(pass, slot, before);
    if ((pass->labels && !store_label(pass, slot, row->cells, fault)) ||
        (pass->weights && !store_weight(pass, slot, row->cells, fault))) {
        return false;
    }
    slot->row++;
    return true;
}

/* ---- merging, in the order of the file ---- */

static void merge_encoded(smi_encoded *const all, smi_encoded *const slot)
{
    if (all->unseen == 0 && slot->unseen > 0) {
        memcpy(all->example, slot->example, sizeof all->example);
    }
    all->unseen += slot->unseen;
    all->missing += slot->missing;
    slot->unseen = 0;
    slot->missing = 0;
}

static sm_status append_entries(encode_pass *const pass, const smi_entries *const entries)
{
    return entries->count == 0 ||
                   (smi_growing_append(&pass->values, entries->values, entries->count) &&
                    smi_growing_append(&pass->columns, entries->columns, entries->count))
               ? SM_OK
               : smi_fail_memory(smi_csv_file(pass->table->csv));
}

/* Hands the slot's rows on as a block. */
static sm_status hand_on(const encode_pass *const pass, const encode_slot *const slot)
{
    const smi_encoded_rows *const own = &slot->own;
    for (size_t r = 0; pass->sparse && r < slot->count; r++) {
        own->csr.row_starts[r + 1] += own->csr.row_starts[r];
    }
    const smi_row_block block = {.rows = slot->count,
                                 .x = pass->sparse ? slot->entries.values : own->x,
                                 .columns = slot->entries.columns,
                                 .row_starts = own->csr.row_starts,
                                 .labels = own->labels,
                                 .weights = own->weights};
    return pass->take(pass->context, &block);
}

static sm_status encode_merge(void *const context, const size_t slot_number)
{
    encode_pass *const pass = context;
    encode_slot *const slot = &pass->slots[slot_number];
    for (size_t f = 0; f < pass->table->schema->feature_count; f++) {
        merge_encoded(&pass->encoded[f], &slot->encoded[f]);
    }
    const bool begun = slot->begun;
    slot->begun = false;
    if (begun && slot->row != slot->count) {
        return smi_fail_changed(smi_csv_file(pass->table->csv));
    }
    sm_status status = SM_OK;
    if (begun && slot->count > 0) {
        status = pass->rows == NULL ? hand_on(pass, slot) : append_entries(pass, &slot->entries);
    }
    slot->entries.count = 0;
    return status;
}

/* ---- the pass ---- */

static bool make_slots(encode_pass *const pass)
{
    const size_t features = pass->table->schema->feature_count;
    pass->slots = smi_array(pass->slot_count, sizeof *pass->slots);
    pass->encoded = smi_array(features, sizeof *pass->encoded);
    bool complete = pass->slots != NULL && pass->encoded != NULL;
    for (size_t s = 0; complete && s < pass->slot_count; s++) {
        pass->slots[s].encoded = smi_array(features, sizeof *pass->encoded);
        complete = pass->slots[s].encoded != NULL;
    }
    return complete;
}

static void free_pass(encode_pass *const pass)
{
    for (size_t s = 0; pass->slots != NULL && s < pass->slot_count; s++) {
        smi_entries_free(&pass->slots[s].entries);
        smi_free(pass->slots[s].encoded);
        smi_encoded_rows_free(&pass->slots[s].own);
    }
    smi_free(pass->slots);
    smi_free(pass->encoded);
    smi_growing_free(&pass->values);
    smi_growing_free(&pass->columns);
}

/* Makes compressed sparse rows of what has grown. */
static bool join_rows(encode_pass *const pass)
{
    smi_csr *const csr = &pass->rows->csr;
    for (size_t r = 0; r < pass->profile->rows; r++) {
        csr->row_starts[r + 1] += csr->row_starts[r];
    }
    csr->values = smi_growing_join(&pass->values);
    csr->columns = smi_growing_join(&pass->columns);
    return csr->values != NULL && csr->columns != NULL;
}

/* What was learnt from holds no surprises, and what it lacks is known. */
static sm_status tell(const encode_pass *const pass, smi_notes *const notes)
{
    const smi_schema *const schema = pass->table->schema;
    sm_status status = SM_OK;
    for (size_t f = 0; !pass->table->learning && status == SM_OK && f < schema->feature_count;
         f++) {
        smi_feature *const feature = &schema->features[f];
        feature->missing = pass->encoded[f].missing;
        if (feature->kind->tell != NULL) {
            status = feature->kind->tell(feature, schema->columns[feature->columns[0]],
                                         &pass->encoded[f], notes);
        }
    }
    return status;
}

static encode_pass pass_of(const smi_table *const table, const smi_pool *const pool,
                           const smi_profile *const profile, const smi_vocabulary *const classes,
                           const bool sparse)
{
    return (encode_pass){.table = table,
                         .profile = profile,
                         .classes = classes,
                         .sparse = sparse,
                         .labels = table->label != SMI_NO_COLUMN && profile->unlabelled == 0,
                         .weights = table->weight != SMI_NO_COLUMN,
                         .values = {.element_size = sizeof(float)},
                         .columns = {.element_size = sizeof(uint32_t)},
                         .slot_count = smi_pool_threads(pool)};
}

static sm_status run_pass(encode_pass *const pass, smi_pool *const pool)
{
    const smi_csv_pass run = {
        .slots = pass->slot_count, .row = encode_row, .merge = encode_merge, .context = pass};
    return make_slots(pass) ? smi_csv_run(pass->table->csv, pool, &run)
                            : smi_fail_memory(smi_csv_file(pass->table->csv));
}

sm_status smi_encode(const smi_table *const table, smi_pool *const pool, smi_profile *const profile,
                     const smi_vocabulary *const classes, const bool sparse, smi_notes *const notes,
                     smi_encoded_rows *const rows)
{
    if (profile->numbers.kept && !sparse) {
        return smi_number_rows_place(&profile->numbers, table, classes, rows);
    }
    smi_number_rows_free(&profile->numbers);
    encode_pass pass = pass_of(table, pool, profile, classes, sparse);
    pass.rows = rows;
    *rows = (smi_encoded_rows){0};
    sm_status status = make_rows(&pass, profile->rows, rows)
                           ? run_pass(&pass, pool)
                           : smi_fail_memory(smi_csv_file(table->csv));
    if (status == SM_OK && sparse && !join_rows(&pass)) {
        status = smi_fail_memory(smi_csv_file(table->csv));
    }
    if (status == SM_OK) {
        status = tell(&pass, notes);
    }
    free_pass(&pass);
    if (status != SM_OK) {
        smi_encoded_rows_free(rows);
    }
    return status;
}

sm_status smi_encode_passing(const smi_table *const table, smi_pool *const pool,
                             const smi_profile *const profile, const smi_vocabulary *const classes,
                             const bool sparse, smi_take_rows *const take, void *const context)
{
    encode_pass pass = pass_of(table, pool, profile, classes, sparse);
    pass.take = take;
    pass.context = context;
    const sm_status status = run_pass(&pass, pool);
    free_pass(&pass);
    return status;
}
