#include "data/table/profile.h"

#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "base/status.h"
#include "data/dataset.h"
#include "data/table/cell.h"

/* What the rows of one piece have shown. */
typedef struct profile_slot {
    bool begun;
    uint64_t offset; /* of the first row */
    size_t rows;
    size_t dropped;
    uint64_t *missing; /* by feature: of the dropped, those without its value */
    size_t unlabelled;
    smi_vocabulary labels;
    void **notes; /* by feature; NULL: it has nothing to learn */
    smi_number_piece numbers;
} profile_slot;

typedef struct profile_pass {
    const smi_table *table;
    smi_profile *profile;
    smi_learnt learnt;
    bool again; /* rows and labels are known already */
    profile_slot *slots;
    size_t slot_count;
    void **notes; /* of all rows, by feature */
} profile_pass;

void smi_profile_free(smi_profile *const profile)
{
    smi_vocabulary_free(&profile->labels);
    smi_free(profile->pieces);
    smi_number_rows_free(&profile->numbers);
    *profile = (smi_profile){0};
}

/* ---- rows, on any thread ---- */

/* *label: its number in the slot. */
static bool note_label(const smi_table *const table, profile_slot *const slot,
                       const smi_csv_row *const row, uint32_t *const label,
                       smi_csv_fault *const fault)
{
    const smi_cell *const cell = &row->cells[table->label];
    if (smi_cell_is_missing(cell)) { /* never when it is learnt from */
        slot->unlabelled++;
        return true;
    }
    *label = smi_vocabulary_add(&slot->labels, cell->at, cell->length);
    return *label != SMI_NO_WORD || smi_csv_fault_memory(fault);
}

/* Tells the features what their numbers have shown up to here. */
static void hand_over_numbers(const smi_schema *const schema, const profile_slot *const slot)
{
    for (size_t f = 0; f < schema->feature_count; f++) {
        schema->features[f].kind->take_numbers(slot->notes[f], &slot->numbers.notes[f]);
        slot->numbers.notes[f] = (smi_numeric_notes){0};
    }
}

/* Numbers take the short way as long as there is nothing else. */
static bool learn_features(const profile_pass *const pass, profile_slot *const slot,
                           const smi_csv_row *const row, const uint32_t label,
                           smi_csv_fault *const fault)
{
    const smi_schema *const schema = pass->table->schema;
    size_t noted = 0;
    if (slot->numbers.kept) {
        if (!smi_number_piece_reserve(&slot->numbers, pass->table)) {
            return smi_csv_fault_memory(fault);
        }
        noted = smi_number_piece_add(&slot->numbers, &pass->profile->numbers, pass->table,
                                     row->cells, label);
        if (slot->numbers.kept) {
            return true;
        }
        smi_number_piece_note(&slot->numbers, schema, noted);
        hand_over_numbers(schema, slot);
    }
    for (size_t f = noted; f < schema->feature_count; f++) {
        const smi_feature *const feature = &schema->features[f];
        if (slot->notes[f] != NULL && !feature->kind->learn(feature, slot->notes[f], row, fault)) {
            return false;
        }
    }
    return true;
}

static void note_dropped(const smi_schema *const schema, profile_slot *const slot,
                         const smi_cell *const cells)
{
    slot->dropped++;
    for (size_t f = 0; f < schema->feature_count; f++) {
        slot->missing[f] += smi_columns_lack(&schema->features[f], cells);
    }
}

static bool profile_row(void *const context, const size_t slot_number, const smi_csv_row *const row,
                        smi_csv_fault *const fault)
{
    const profile_pass *const pass = context;
    const smi_table *const table = pass->table;
    profile_slot *const slot = &pass->slots[slot_number];
    if (!slot->begun) {
        slot->begun = true;
        slot->offset = row->offset;
    }
    const smi_row_use use = smi_columns_look(table, row->cells, fault);
    if (use == SMI_ROW_DROP) {
        note_dropped(table->schema, slot, row->cells);
    }
    if (use != SMI_ROW_KEEP) {
        return use == SMI_ROW_DROP;
    }
    slot->rows++;
    uint32_t label = SMI_NO_WORD;
    if (!pass->again && table->label != SMI_NO_COLUMN &&
        !note_label(table, slot, row, &label, fault)) {
        return false;
    }
    return !table->learning || learn_features(pass, slot, row, label, fault);
}

static void profile_end(void *const context, const size_t slot_number)
{
    const profile_pass *const pass = context;
    smi_number_piece *const numbers = &pass->slots[slot_number].numbers;
    if (numbers->kept) {
        smi_number_piece_note(numbers, pass->table->schema, 0);
    }
}

static void profile_beside(void *const context)
{
    const profile_pass *const pass = context;
    smi_number_rows_prepare(&pass->profile->numbers, pass->slot_count);
}

/* ---- merging, in the order of the file ---- */

static bool add_piece(smi_profile *const profile, const uint64_t offset)
{
    if (profile->piece_count == profile->piece_room) {
        const size_t room = smi_max_size(2 * profile->piece_room, 64);
        smi_piece_rows *const pieces = smi_array(room, sizeof *pieces);
        if (pieces == NULL) {
            return false;
        }
        if (profile->piece_count > 0) {
            memcpy(pieces, profile->pieces, profile->piece_count * sizeof *pieces);
        }
        smi_free(profile->pieces);
        profile->pieces = pieces;
        profile->piece_room = room;
    }
    profile->pieces[profile->piece_count++] = (smi_piece_rows){offset, profile->rows};
    return true;
}

static sm_status merge_rows(const profile_pass *const pass, profile_slot *const slot)
{
    smi_profile *const profile = pass->profile;
    const smi_csv *const csv = pass->table->csv;
    if (!add_piece(profile, slot->offset) ||
        !smi_vocabulary_add_all(&profile->labels, &slot->labels)) {
        return smi_fail_memory(smi_csv_file(csv));
    }
    if (profile->labels.count > SMI_MAX_CLASSES) {
        char most[SMI_NUMBER_TEXT_SIZE];
        return smi_fail(SM_ERROR_DATA,
                        "%s: column '%s' has more than %s different labels; --label says which "
                        "column is the label",
                        smi_csv_file(csv), smi_csv_column_names(csv)[pass->table->label],
                        smi_grouped_text(SMI_MAX_CLASSES, most));
    }
    profile->unlabelled += slot->unlabelled;
    profile->rows += slot->rows;
    profile->dropped += slot->dropped;
    for (size_t f = 0; f < pass->table->schema->feature_count; f++) {
        pass->table->schema->features[f].missing += slot->missing[f];
    }
    return SM_OK;
}

/* Keeps the slot's rows, or says that it keeps none from now on. */
static sm_status merge_numbers(const profile_pass *const pass, profile_slot *const slot)
{
    smi_number_rows *const numbers = &pass->profile->numbers;
    const bool own = slot->numbers.kept; /* no one else has noted anything of the piece */
    const sm_status status =
        smi_number_rows_merge(numbers, &slot->numbers, pass->table, &slot->labels);
    if (own) {
        hand_over_numbers(pass->table->schema, slot);
    }
    slot->numbers.kept = numbers->kept;
    return status;
}

static sm_status profile_merge(void *const context, const size_t slot_number)
{
    const profile_pass *const pass = context;
    const smi_schema *const schema = pass->table->schema;
    profile_slot *const slot = &pass->slots[slot_number];
    sm_status status = SM_OK;
    if (slot->begun && !pass->again) {
        status = merge_rows(pass, slot);
    }
    if (status == SM_OK) {
        status = merge_numbers(pass, slot);
    }
    for (size_t f = 0; f < schema->feature_count && status == SM_OK; f++) {
        const smi_feature *const feature = &schema->features[f];
        if (pass->notes[f] != NULL) {
            status = feature->kind->merge(feature, pass->notes[f], slot->notes[f], &pass->learnt);
        }
    }
    smi_vocabulary_clear(&slot->labels);
    slot->begun = false;
    slot->rows = 0;
    slot->dropped = 0;
    memset(slot->missing, 0, schema->feature_count * sizeof *slot->missing);
    slot->unlabelled = 0;
    return status;
}

/* ---- passes ---- */

static void free_notes(const smi_schema *const schema, void **const notes)
{
    for (size_t f = 0; notes != NULL && f < schema->feature_count; f++) {
        if (notes[f] != NULL) {
            schema->features[f].kind->notes_free(notes[f]);
        }
    }
    smi_free(notes);
}

static void free_slots(const profile_pass *const pass)
{
    for (size_t s = 0; pass->slots != NULL && s < pass->slot_count; s++) {
        smi_vocabulary_free(&pass->slots[s].labels);
        smi_number_piece_free(&pass->slots[s].numbers);
        smi_free(pass->slots[s].missing);
        free_notes(pass->table->schema, pass->slots[s].notes);
    }
    smi_free(pass->slots);
}

/* Notes for each feature that has to learn; NULL when there is not the memory. */
static void **make_notes(const profile_pass *const pass)
{
    const smi_schema *const schema = pass->table->schema;
    void **const notes = smi_array(schema->feature_count, sizeof *notes);
    bool complete = notes != NULL;
    for (size_t f = 0; complete && pass->table->learning && f < schema->feature_count; f++) {
        const smi_feature *const feature = &schema->features[f];
        if (!pass->again || feature->again) {
            notes[f] = feature->kind->notes_new(feature);
            complete = notes[f] != NULL;
        }
    }
    if (!complete) {
        free_notes(schema, notes);
        return NULL;
    }
    return notes;
}

static bool make_slots(profile_pass *const pass)
{
    pass->slots = smi_array(pass->slot_count, sizeof *pass->slots);
    bool complete = pass->slots != NULL;
    for (size_t s = 0; complete && s < pass->slot_count; s++) {
        pass->slots[s].notes = make_notes(pass);
        pass->slots[s].missing =
            smi_array(pass->table->schema->feature_count, sizeof *pass->slots[s].missing);
        pass->slots[s].numbers.kept = pass->profile->numbers.kept;
        complete = pass->slots[s].notes != NULL && pass->slots[s].missing != NULL &&
                   smi_number_piece_make(&pass->slots[s].numbers, pass->table->schema);
    }
    return complete;
}

/* Tells the features all that was seen. *again: one of them wants to see it once more. */
static sm_status finish(const profile_pass *const pass, bool *const again)
{
    const smi_schema *const schema = pass->table->schema;
    sm_status status = SM_OK;
    *again = false;
    for (size_t f = 0; f < schema->feature_count && status == SM_OK; f++) {
        smi_feature *const feature = &schema->features[f];
        if (pass->notes[f] != NULL) {
            /* the kind may change, but not who frees the notes */
            const smi_feature_kind *const kind = feature->kind;
            feature->again = false;
            status = kind->finish(feature, pass->notes[f], &pass->learnt);
            kind->notes_free(pass->notes[f]);
            pass->notes[f] = NULL;
            *again = *again || feature->again;
        }
    }
    return status;
}

static sm_status run_pass(profile_pass *const pass, smi_pool *const pool, bool *const again)
{
    const smi_csv *const csv = pass->table->csv;
    pass->notes = make_notes(pass);
    sm_status status =
        pass->notes == NULL || !make_slots(pass) ? smi_fail_memory(smi_csv_file(csv)) : SM_OK;
    if (status == SM_OK) {
        const smi_csv_pass run = {.slots = pass->slot_count,
                                  .row = profile_row,
                                  .end = profile_end,
                                  .beside = profile_beside,
                                  .merge = profile_merge,
                                  .context = pass};
        status = smi_csv_run(csv, pool, &run);
    }
    free_slots(pass);
    if (status == SM_OK && pass->profile->rows == 0) {
        status = smi_fail(SM_ERROR_DATA, "%s: %s", smi_csv_file(csv),
                          pass->profile->dropped > 0 ? "no row has all of its values"
                                                     : "the file holds no rows");
    }
    pass->learnt.rows = pass->profile->rows;
    if (status == SM_OK) {
        status = finish(pass, again);
    }
    free_notes(pass->table->schema, pass->notes);
    return status;
}

/* Two for each thread, so that those that are done early have something to do; not where that comes
 * to much memory. */
static size_t slots_for(const smi_pool *const pool)
{
    enum { FEW = 8 };
    const size_t threads = smi_pool_threads(pool);
    return threads == 1 ? 1 : smi_max_size(threads, smi_min_size(2 * threads, FEW));
}

sm_status smi_profile_make(smi_table *const table, smi_pool *const pool,
                           const sm_open_options *const options, smi_notes *const notes,
                           smi_profile *const profile)
{
    bool again = false;
    sm_status status = smi_number_rows_begin(&profile->numbers, table, profile->passing);
    if (status != SM_OK) {
        return status;
    }
    do {
        profile_pass pass = {.table = table,
                             .profile = profile,
                             .learnt = {.csv = table->csv,
                                        .missing = table->missing,
                                        .options = options,
                                        .notes = notes},
                             .again = again,
                             .slot_count = slots_for(pool)};
        status = run_pass(&pass, pool, &again);
    } while (status == SM_OK && again);
    if (status == SM_OK && profile->dropped > 0) {
        char counted[SMI_COUNTED_SIZE];
        status = smi_notes_add(notes, "%s left out for want of a value",
                               smi_counted_text(profile->dropped, "row", counted));
    }
    return status == SM_OK ? smi_schema_lay_out(table->schema, smi_csv_file(table->csv)) : status;
}
