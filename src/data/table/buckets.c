/* Numbers by bucket: a column of x for each bucket, 1 for the numbers in it, and one more for cells
 * without a number where there were some when it was learnt. */
#include "data/table/buckets.h"

#include <float.h>
#include <math.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "base/status.h"
#include "data/table/cell.h"
#include "data/table/feature.h"

/* ---- boundaries ---- */

void smi_buckets_free(smi_buckets *const buckets)
{
    smi_free(buckets->boundaries);
    *buckets = (smi_buckets){0};
}

sm_status smi_buckets_learn(smi_quantiles *const numbers, const size_t size,
                            smi_buckets *const buckets)
{
    float *const boundaries = smi_array(size, sizeof *boundaries);
    if (boundaries == NULL) {
        return smi_fail_memory("the buckets");
    }
    *buckets = (smi_buckets){boundaries, smi_quantiles_boundaries(numbers, size, boundaries)};
    return SM_OK;
}

json_t *smi_buckets_write(const smi_buckets *const buckets)
{
    json_t *const list = json_array();
    for (size_t i = 0; i < buckets->count; i++) {
        if (json_array_append_new(list, json_real((double)buckets->boundaries[i])) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

sm_status smi_buckets_read(const json_t *const json, smi_buckets *const buckets)
{
    static const char wrong[] =
        "its boundaries are not a list of fewer than 10,000 ascending floats";
    const size_t count = json_array_size(json);
    if (!json_is_array(json) || count >= SMI_MOST_BUCKETS) {
        return smi_fail(SM_ERROR_FORMAT, "%s", wrong);
    }
    float *const boundaries = smi_array(count, sizeof *boundaries);
    if (boundaries == NULL) {
        return smi_fail_memory("the buckets");
    }
    for (size_t i = 0; i < count; i++) {
        const json_t *const item = json_array_get(json, i);
        const double value = json_number_value(item);
        const bool number = json_is_number(item) && fabs(value) <= (double)FLT_MAX;
        boundaries[i] = number ? (float)value : 0.0F;
        if (!number || (i > 0 && boundaries[i] <= boundaries[i - 1])) {
            smi_free(boundaries);
            return smi_fail(SM_ERROR_FORMAT, "%s", wrong);
        }
    }
    *buckets = (smi_buckets){boundaries, count};
    return SM_OK;
}

smi_number_cell smi_read_number_cell(const smi_cell *const cell, const size_t column,
                                     float *const number, smi_csv_fault *const fault)
{
    const smi_reading reading = smi_cell_number(cell, number);
    if (reading == SMI_READ_NUMBER) {
        return SMI_CELL_NUMBER;
    }
    if (smi_cell_is_missing(cell)) {
        return SMI_CELL_MISSING;
    }
    smi_cell_fault(cell, reading, column, fault);
    return SMI_CELL_WRONG;
}

/* ---- the feature ---- */

typedef struct buckets_state {
    smi_buckets buckets;
    bool missing; /* there is a column for cells without a number */
} buckets_state;

typedef struct buckets_notes {
    smi_quantiles numbers;
    uint64_t missing;
} buckets_notes;

static void *buckets_notes_new(const smi_feature *const feature)
{
    (void)feature;
    buckets_notes *const notes = smi_array(1, sizeof *notes);
    if (notes != NULL) {
        notes->numbers = smi_quantiles_none();
    }
    return notes;
}

static void buckets_notes_free(void *const notes)
{
    if (notes != NULL) {
        smi_quantiles_free(&((buckets_notes *)notes)->numbers);
    }
    smi_free(notes);
}

static bool buckets_learn(const smi_feature *const feature, void *const notes,
                          const smi_csv_row *const row, smi_csv_fault *const fault)
{
    buckets_notes *const own = notes;
    float number = 0.0F;
    const smi_number_cell cell = smi_read_number_cell(smi_feature_cell(feature, row->cells),
                                                      feature->places[0], &number, fault);
    own->missing += cell == SMI_CELL_MISSING;
    if (cell != SMI_CELL_NUMBER) {
        return cell == SMI_CELL_MISSING;
    }
    if (!smi_quantiles_add(&own->numbers, &number, 1)) {
        return smi_csv_fault_memory(fault);
    }
    return true;
}

static sm_status buckets_merge(const smi_feature *const feature, void *const all, void *const notes,
                               const smi_learnt *const learnt)
{
    (void)feature;
    buckets_notes *const total = all;
    buckets_notes *const own = notes;
    if (!smi_quantiles_merge(&total->numbers, &own->numbers)) {
        return smi_fail_memory(smi_csv_file(learnt->csv));
    }
    total->missing += own->missing;
    own->missing = 0;
    return SM_OK;
}

/* Gives the feature a state with these buckets, which it takes over. */
static sm_status take_buckets(smi_feature *const feature, smi_buckets *const buckets,
                              const bool missing)
{
    buckets_state *const state = smi_array(1, sizeof *state);
    if (state == NULL) {
        return smi_fail_memory("the buckets");
    }
    *state = (buckets_state){*buckets, missing};
    *buckets = (smi_buckets){0};
    feature->state = state;
    feature->width = state->buckets.count + 1 + missing;
    return SM_OK;
}

static sm_status buckets_finish(smi_feature *const feature, void *const all,
                                const smi_learnt *const learnt)
{
    buckets_notes *const total = all;
    if (total->numbers.seen == 0) {
        return smi_feature_fail_empty(feature, learnt);
    }
    smi_buckets buckets = {0};
    sm_status status = smi_buckets_learn(&total->numbers, feature->size, &buckets);
    if (status == SM_OK) {
        status = take_buckets(feature, &buckets, total->missing > 0);
    }
    smi_buckets_free(&buckets);
    feature->missing += total->missing;
    feature->entries = total->numbers.seen + total->missing;
    return status;
}

static bool buckets_encode(const smi_feature *const feature, const smi_cell *const cells,
                           smi_entries *const entries, smi_encoded *const encoded,
                           smi_csv_fault *const fault)
{
    const buckets_state *const state = feature->state;
    const smi_buckets *const buckets = &state->buckets;
    float number = 0.0F;
    const smi_number_cell cell =
        smi_read_number_cell(smi_feature_cell(feature, cells), feature->places[0], &number, fault);
    if (cell == SMI_CELL_NUMBER) {
        const size_t bucket = smi_bucket(buckets->boundaries, buckets->count, number);
        smi_entries_add(entries, feature->first + bucket, 1.0F);
    } else if (cell == SMI_CELL_MISSING && state->missing) {
        smi_entries_add(entries, feature->first + buckets->count + 1, 1.0F);
    }
    encoded->missing += cell == SMI_CELL_MISSING;
    return cell != SMI_CELL_WRONG;
}

static sm_status buckets_tell(const smi_feature *const feature, const char *const column,
                              const smi_encoded *const encoded, smi_notes *const notes)
{
    const buckets_state *const state = feature->state;
    char counted[SMI_COUNTED_SIZE];
    return state->missing || encoded->missing == 0
               ? SM_OK
               : smi_notes_add(notes, "column '%s': %s without a value; in none of its buckets",
                               column, smi_counted_text(encoded->missing, "cell", counted));
}

static bool buckets_write(const smi_feature *const feature, json_t *const json)
{
    const buckets_state *const state = feature->state;
    return json_object_set_new(json, "boundaries", smi_buckets_write(&state->buckets)) == 0 &&
           json_object_set_new(json, "missing", json_boolean(state->missing)) == 0;
}

static sm_status buckets_read(smi_feature *const feature, const json_t *const json)
{
    const json_t *const missing = json_object_get(json, "missing");
    if (!json_is_boolean(missing) || feature->column_count != 1) {
        return smi_fail(SM_ERROR_FORMAT, "it has not one column, and missing true or false");
    }
    smi_buckets buckets = {0};
    sm_status status = smi_buckets_read(json_object_get(json, "boundaries"), &buckets);
    if (status == SM_OK) {
        status = take_buckets(feature, &buckets, json_is_true(missing));
    }
    smi_buckets_free(&buckets);
    return status;
}

static void buckets_state_free(void *const state)
{
    if (state != NULL) {
        smi_buckets_free(&((buckets_state *)state)->buckets);
    }
    smi_free(state);
}

const smi_feature_kind smi_buckets_kind = {.name = "buckets",
                                           .notes_new = buckets_notes_new,
                                           .learn = buckets_learn,
                                           .merge = buckets_merge,
                                           .finish = buckets_finish,
                                           .notes_free = buckets_notes_free,
                                           .encode = buckets_encode,
                                           .tell = buckets_tell,
                                           .write = buckets_write,
                                           .read = buckets_read,
                                           .state_free = buckets_state_free};
