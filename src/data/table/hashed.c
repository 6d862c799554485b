/* Hashed categories: 2^bits columns of x, in one of which, told by the hash of its text, each cell
 * is 1; and one more for cells without a text where there were some when it was learnt. No
 * vocabulary is kept, so that there may be any number of categories; some share a column. */
#include <stdint.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "base/status.h"
#include "data/table/cell.h"
#include "data/table/feature.h"
#include "data/table/term_hash.h"

typedef struct hashed_state {
    unsigned bits;
    bool missing; /* there is a column for cells without a text */
} hashed_state;

typedef struct hashed_notes {
    uint64_t cells; /* that have a text */
    uint64_t missing;
} hashed_notes;

static void *hashed_notes_new(const smi_feature *const feature)
{
    (void)feature;
    return smi_array(1, sizeof(hashed_notes));
}

static bool hashed_learn(const smi_feature *const feature, void *const notes,
                         const smi_csv_row *const row, smi_csv_fault *const fault)
{
    (void)fault;
    hashed_notes *const own = notes;
    const bool missing = smi_cell_is_missing(smi_feature_cell(feature, row->cells));
    own->missing += missing;
    own->cells += !missing;
    return true;
}

static sm_status hashed_merge(const smi_feature *const feature, void *const all, void *const notes,
                              const smi_learnt *const learnt)
{
    (void)feature;
    (void)learnt;
    hashed_notes *const total = all;
    hashed_notes *const own = notes;
    total->cells += own->cells;
    total->missing += own->missing;
    *own = (hashed_notes){0};
    return SM_OK;
}

static sm_status take_state(smi_feature *const feature, const unsigned bits, const bool missing)
{
    hashed_state *const state = smi_array(1, sizeof *state);
    if (state == NULL) {
        return smi_fail_memory("the hashed categories");
    }
    *state = (hashed_state){bits, missing};
    feature->state = state;
    feature->width = ((size_t)1 << bits) + missing;
    return SM_OK;
}

static sm_status hashed_finish(smi_feature *const feature, void *const all,
                               const smi_learnt *const learnt)
{
    const hashed_notes *const total = all;
    if (total->cells == 0) {
        return smi_feature_fail_empty(feature, learnt);
    }
    feature->missing += total->missing;
    feature->entries = total->cells + total->missing;
    return take_state(feature, (unsigned)feature->size, total->missing > 0);
}

static bool hashed_encode(const smi_feature *const feature, const smi_cell *const cells,
                          smi_entries *const entries, smi_encoded *const encoded,
                          smi_csv_fault *const fault)
{
    (void)fault;
    const hashed_state *const state = feature->state;
    const smi_cell *const cell = smi_feature_cell(feature, cells);
    if (!smi_cell_is_missing(cell)) {
        const uint64_t hash = smi_hash_term(cell->at, cell->length);
        smi_entries_add(entries, feature->first + smi_hash_place(hash, state->bits), 1.0F);
        return true;
    }
    encoded->missing++;
    if (state->missing) {
        smi_entries_add(entries, feature->first + feature->width - 1, 1.0F);
    }
    return true;
}

static sm_status hashed_tell(const smi_feature *const feature, const char *const column,
                             const smi_encoded *const encoded, smi_notes *const notes)
{
    const hashed_state *const state = feature->state;
    char counted[SMI_COUNTED_SIZE];
    return state->missing || encoded->missing == 0
               ? SM_OK
               : smi_notes_add(notes, "column '%s': %s without a value; in none of its categories",
                               column, smi_counted_text(encoded->missing, "cell", counted));
}

static bool hashed_write(const smi_feature *const feature, json_t *const json)
{
    const hashed_state *const state = feature->state;
    return json_object_set_new(json, "bits", json_integer((json_int_t)state->bits)) == 0 &&
           json_object_set_new(json, "missing", json_boolean(state->missing)) == 0;
}

static sm_status hashed_read(smi_feature *const feature, const json_t *const json)
{
    const json_t *const missing = json_object_get(json, "missing");
    const json_int_t bits = json_integer_value(json_object_get(json, "bits"));
    if (bits < 1 || bits > SMI_MOST_HASH_BITS || !json_is_boolean(missing) ||
        feature->column_count != 1) {
        return smi_fail(SM_ERROR_FORMAT,
                        "it has not one column, 1 to %d bits, and missing true or false",
                        SMI_MOST_HASH_BITS);
    }
    return take_state(feature, (unsigned)bits, json_is_true(missing));
}

const smi_feature_kind smi_hashed_kind = {.name = "hash",
                                          .notes_new = hashed_notes_new,
                                          .learn = hashed_learn,
                                          .merge = hashed_merge,
                                          .finish = hashed_finish,
                                          .notes_free = smi_free,
                                          .encode = hashed_encode,
                                          .tell = hashed_tell,
                                          .write = hashed_write,
                                          .read = hashed_read,
                                          .state_free = smi_free};
