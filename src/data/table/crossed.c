/* Crossed columns: 2^bits columns of x, in one of which, told by the hash of the values of all its
 * columns together, each row is 1. A value is the cell's text, for columns of buckets the bucket's
 * number, or that there is none. */
#include "data/table/crossed.h"

#include <stdio.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/table/buckets.h"
#include "data/table/cell.h"
#include "data/table/term_hash.h"

/* One of the columns. */
typedef struct crossed_part {
    size_t size; /* buckets that it is to have; 0: it goes by its text */
    smi_buckets buckets;
} crossed_part;

typedef struct crossed_state {
    unsigned bits;
    crossed_part parts[SMI_MOST_CROSSED];
} crossed_state;

typedef struct crossed_notes {
    uint64_t rows;
    smi_quantiles numbers[SMI_MOST_CROSSED]; /* of columns that go by bucket */
} crossed_notes;

/* ---- the hash of a row ---- */

/* No text holds these bytes, as they are not UTF-8; so different rows are different bytes. */
static const char end_of_value[] = "\xff";
static const char no_value[] = "\xfe";

static uint64_t hash_bucket(const uint64_t hash, const size_t bucket)
{
    char digits[24];
    const int length = snprintf(digits, sizeof digits, "%zu", bucket);
    return smi_hash_term_bytes(hash, digits, (size_t)length);
}

/* Adds the value of the cell to the hash; false with a fault when it should be a number. */
static bool hash_cell(const crossed_part *const part, const smi_cell *const cell,
                      const size_t column, uint64_t *const hash, smi_csv_fault *const fault)
{
    float number = 0.0F;
    if (smi_cell_is_missing(cell)) {
        *hash = smi_hash_term_bytes(*hash, no_value, 1);
    } else if (part->size == 0) {
        *hash = smi_hash_term_bytes(*hash, cell->at, cell->length);
    } else if (smi_read_number_cell(cell, column, &number, fault) == SMI_CELL_NUMBER) {
        *hash =
            hash_bucket(*hash, smi_bucket(part->buckets.boundaries, part->buckets.count, number));
    } else {
        return false;
    }
    *hash = smi_hash_term_bytes(*hash, end_of_value, 1);
    return true;
}

static bool crossed_encode(const smi_feature *const feature, const smi_cell *const cells,
                           smi_entries *const entries, smi_encoded *const encoded,
                           smi_csv_fault *const fault)
{
    (void)encoded;
    const crossed_state *const state = feature->state;
    uint64_t hash = SMI_TERM_HASH_START;
    for (size_t i = 0; i < feature->column_count; i++) {
        const size_t place = feature->places[i];
        if (!hash_cell(&state->parts[i], &cells[place], place, &hash, fault)) {
            return false;
        }
    }
    const size_t column = smi_hash_place(smi_hash_term_end(hash), state->bits);
    smi_entries_add(entries, feature->first + column, 1.0F);
    return true;
}

/* ---- learning ---- */

static void crossed_state_free(void *const state)
{
    if (state != NULL) {
        for (size_t i = 0; i < SMI_MOST_CROSSED; i++) {
            smi_buckets_free(&((crossed_state *)state)->parts[i].buckets);
        }
    }
    smi_free(state);
}

sm_status smi_crossed_prepare(smi_feature *const feature, const size_t *const sizes)
{
    crossed_state *const state = smi_array(1, sizeof *state);
    if (state == NULL) {
        return smi_fail_memory("the crossed columns");
    }
    state->bits = (unsigned)feature->size;
    for (size_t i = 0; i < feature->column_count; i++) {
        state->parts[i].size = sizes[i];
    }
    feature->state = state;
    return SM_OK;
}

static void *crossed_notes_new(const smi_feature *const feature)
{
    crossed_notes *const notes = smi_array(1, sizeof *notes);
    for (size_t i = 0; notes != NULL && i < feature->column_count; i++) {
        notes->numbers[i] = smi_quantiles_none();
    }
    return notes;
}

static void crossed_notes_free(void *const notes)
{
    for (size_t i = 0; notes != NULL && i < SMI_MOST_CROSSED; i++) {
        smi_quantiles_free(&((crossed_notes *)notes)->numbers[i]);
    }
    smi_free(notes);
}

static bool crossed_learn(const smi_feature *const feature, void *const notes,
                          const smi_csv_row *const row, smi_csv_fault *const fault)
{
    const crossed_state *const state = feature->state;
    crossed_notes *const own = notes;
    own->rows++;
    for (size_t i = 0; i < feature->column_count; i++) {
        const size_t place = feature->places[i];
        float number = 0.0F;
        if (state->parts[i].size == 0) {
            continue;
        }
        const smi_number_cell cell =
            smi_read_number_cell(&row->cells[place], place, &number, fault);
        if (cell == SMI_CELL_WRONG) {
            return false;
        }
        if (cell == SMI_CELL_NUMBER && !smi_quantiles_add(&own->numbers[i], &number, 1)) {
            return smi_csv_fault_memory(fault);
        }
    }
    return true;
}

static sm_status crossed_merge(const smi_feature *const feature, void *const all, void *const notes,
                               const smi_learnt *const learnt)
{
    crossed_notes *const total = all;
    crossed_notes *const own = notes;
    for (size_t i = 0; i < feature->column_count; i++) {
        if (!smi_quantiles_merge(&total->numbers[i], &own->numbers[i])) {
            return smi_fail_memory(smi_csv_file(learnt->csv));
        }
    }
    total->rows += own->rows;
    own->rows = 0;
    return SM_OK;
}

static sm_status crossed_finish(smi_feature *const feature, void *const all,
                                const smi_learnt *const learnt)
{
    (void)learnt;
    crossed_state *const state = feature->state;
    crossed_notes *const total = all;
    sm_status status = SM_OK;
    for (size_t i = 0; i < feature->column_count && status == SM_OK; i++) {
        crossed_part *const part = &state->parts[i];
        if (part->size > 0) {
            status = smi_buckets_learn(&total->numbers[i], part->size, &part->buckets);
        }
    }
    feature->width = (size_t)1 << state->bits;
    feature->entries = total->rows;
    return status;
}

/* ---- JSON ---- */

/* For each column its boundaries, or null where it goes by its text. */
static json_t *parts_json(const smi_feature *const feature)
{
    const crossed_state *const state = feature->state;
    json_t *const list = json_array();
    for (size_t i = 0; i < feature->column_count; i++) {
        const crossed_part *const part = &state->parts[i];
        json_t *const item = part->size == 0 ? json_null() : smi_buckets_write(&part->buckets);
        if (json_array_append_new(list, item) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static bool crossed_write(const smi_feature *const feature, json_t *const json)
{
    const crossed_state *const state = feature->state;
    return json_object_set_new(json, "bits", json_integer((json_int_t)state->bits)) == 0 &&
           json_object_set_new(json, "boundaries", parts_json(feature)) == 0;
}

static sm_status read_parts(const json_t *const list, crossed_state *const state)
{
    sm_status status = SM_OK;
    for (size_t i = 0; i < json_array_size(list) && status == SM_OK; i++) {
        const json_t *const item = json_array_get(list, i);
        crossed_part *const part = &state->parts[i];
        if (!json_is_null(item)) {
            status = smi_buckets_read(item, &part->buckets);
            part->size = part->buckets.count + 1;
        }
    }
    return status;
}

static sm_status crossed_read(smi_feature *const feature, const json_t *const json)
{
    const json_t *const list = json_object_get(json, "boundaries");
    const json_int_t bits = json_integer_value(json_object_get(json, "bits"));
    if (bits < 1 || bits > SMI_MOST_HASH_BITS || feature->column_count < 2 ||
        json_array_size(list) != feature->column_count) {
        return smi_fail(SM_ERROR_FORMAT,
                        "it has not two columns or more, 1 to %d bits, and boundaries or null for "
                        "each column",
                        SMI_MOST_HASH_BITS);
    }
    crossed_state *const state = smi_array(1, sizeof *state);
    if (state == NULL) {
        return smi_fail_memory("the crossed columns");
    }
    state->bits = (unsigned)bits;
    const sm_status status = read_parts(list, state);
    if (status != SM_OK) {
        crossed_state_free(state);
        return status;
    }
    feature->state = state;
    feature->width = (size_t)1 << state->bits;
    return SM_OK;
}

const smi_feature_kind smi_crossed_kind = {.name = "cross",
                                           .notes_new = crossed_notes_new,
                                           .learn = crossed_learn,
                                           .merge = crossed_merge,
                                           .finish = crossed_finish,
                                           .notes_free = crossed_notes_free,
                                           .encode = crossed_encode,
                                           .write = crossed_write,
                                           .read = crossed_read,
                                           .state_free = crossed_state_free};
