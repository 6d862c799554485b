/* Numbers. A cell without one counts as the mean of the others, and where the rule says so and
 * there were such cells when it was learnt, a second column of x is 1 for them and 0 for others. */
#include "data/table/numeric.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "base/status.h"
#include "data/table/cell.h"

typedef struct numeric_state {
    double mean;      /* of the numbers */
    double deviation; /* of the column as it is stored; 0: constant, or not known */
    bool indicator;
} numeric_state;

static void *numeric_notes_new(const smi_feature *const feature)
{
    (void)feature;
    return smi_array(1, sizeof(smi_numeric_notes));
}

static bool numeric_learn(const smi_feature *const feature, void *const notes,
                          const smi_csv_row *const row, smi_csv_fault *const fault)
{
    smi_numeric_notes *const own = notes;
    const smi_cell *const cell = smi_feature_cell(feature, row->cells);
    float number = 0.0F;
    const smi_reading reading = smi_cell_number(cell, &number);
    if (reading == SMI_READ_NUMBER) {
        smi_numeric_note(own, number);
        return true;
    }
    if (smi_cell_is_missing(cell)) {
        own->missing++;
        return true;
    }
    smi_cell_fault(cell, reading, feature->places[0], fault);
    return false;
}

/* So many columns at once: their sums stay in registers. */
enum { COLUMNS = 4 };

typedef float floats __attribute__((vector_size(COLUMNS * sizeof(float))));
typedef int32_t flags __attribute__((vector_size(COLUMNS * sizeof(int32_t)))); /* 0 or −1 */
typedef double doubles __attribute__((vector_size(COLUMNS * sizeof(double))));

/* The first number of a column; 0: there is none. */
static float first_of(const float *const x, const size_t rows, const size_t stride)
{
    for (size_t r = 0; r < rows; r++) {
        if (!isnan(x[r * stride])) {
            return x[r * stride];
        }
    }
    return 0.0F;
}

/* Of `count` columns, COLUMNS at most. Without jumps for what is missing: the first number in its
 * place adds 0. */
static inline void note_columns(smi_numeric_notes *const notes, const float *x, const size_t rows,
                                const size_t stride, const size_t count)
{
    floats first = {0};
    for (size_t c = 0; c < count; c++) {
        first[c] = first_of(x + c, rows, stride);
    }
    const doubles origin = __builtin_convertvector(first, doubles);
    doubles sum = {0};
    doubles squares = {0};
    flags zeros = {0};
    flags missing = {0};
    for (size_t r = 0; r < rows; r++, x += stride) {
        floats number = first;
        memcpy(&number, x, count * sizeof *x);
        const flags none = ~(number <= INFINITY);
        const floats known = (floats)(((flags)number & ~none) | ((flags)first & none));
        const doubles distance = __builtin_convertvector(known, doubles) - origin;
        sum += distance;
        squares += distance * distance;
        zeros -= number == 0.0F;
        missing -= none;
    }
    for (size_t c = 0; c < count; c++) {
        notes[c] = (smi_numeric_notes){.count = rows - (size_t)missing[c],
                                       .zeros = (uint64_t)zeros[c],
                                       .missing = (uint64_t)missing[c],
                                       .origin = origin[c],
                                       .sum = sum[c],
                                       .squares = squares[c]};
    }
}

/* The last columns may be among those that were noted before. */
void smi_numeric_note_rows(smi_numeric_notes *const notes, const float *const x, const size_t rows,
                           const size_t stride, const size_t count)
{
    for (size_t done = 0; count >= COLUMNS && done < count; done += COLUMNS) {
        const size_t c = smi_min_size(done, count - COLUMNS);
        note_columns(notes + c, x + c, rows, stride, COLUMNS);
    }
    for (size_t c = 0; count < COLUMNS && c < count; c++) {
        note_columns(notes + c, x + c, rows, stride, 1);
    }
}

static void numeric_take_numbers(void *const notes, const smi_numeric_notes *const numbers)
{
    *(smi_numeric_notes *)notes = *numbers;
}

/* Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing sample
 * variances", 1979. */
void smi_numeric_merge(smi_numeric_notes *const all, smi_numeric_notes *const notes)
{
    all->missing += notes->missing;
    all->zeros += notes->zeros;
    if (notes->count > 0) {
        const double count = (double)notes->count;
        const double before = (double)all->count;
        const double mean = notes->origin + notes->sum / count;
        const double squares = fmax(notes->squares - notes->sum * notes->sum / count, 0.0);
        const double apart = all->count == 0 ? 0.0 : mean - all->origin;
        const double share = count / (before + count);
        all->origin = all->count == 0 ? mean : all->origin + apart * share;
        all->squares += squares + apart * apart * before * share;
        all->count += notes->count;
    }
    *notes = (smi_numeric_notes){0};
}

static sm_status numeric_merge(const smi_feature *const feature, void *const all, void *const notes,
                               const smi_learnt *const learnt)
{
    (void)feature;
    (void)learnt;
    smi_numeric_merge(all, notes);
    return SM_OK;
}

sm_status smi_numeric_finish(smi_feature *const feature, const smi_numeric_notes *const all,
                             const smi_learnt *const learnt)
{
    if (all->count == 0) {
        return smi_feature_fail_empty(feature, learnt);
    }
    numeric_state *const state = smi_array(1, sizeof *state);
    if (state == NULL) {
        return smi_fail_memory(smi_csv_file(learnt->csv));
    }
    const double rows = (double)(all->count + all->missing);
    *state =
        (numeric_state){.mean = all->origin,
                        .deviation = sqrt(all->squares / rows),
                        .indicator = learnt->missing == SM_MISSING_INDICATOR && all->missing > 0};
    feature->kind = &smi_numeric_kind;
    feature->state = state;
    feature->width = state->indicator ? 2 : 1;
    feature->missing += all->missing;
    feature->entries = all->count - all->zeros + all->missing * feature->width;
    return SM_OK;
}

static sm_status numeric_finish(smi_feature *const feature, void *const all,
                                const smi_learnt *const learnt)
{
    return smi_numeric_finish(feature, all, learnt);
}

static bool numeric_encode(const smi_feature *const feature, const smi_cell *const cells,
                           smi_entries *const entries, smi_encoded *const encoded,
                           smi_csv_fault *const fault)
{
    const numeric_state *const state = feature->state;
    const smi_cell *const cell = smi_feature_cell(feature, cells);
    float number = 0.0F;
    const smi_reading reading = smi_cell_number(cell, &number);
    if (reading == SMI_READ_NUMBER) {
        smi_entries_add(entries, feature->first, number);
        return true;
    }
    if (!smi_cell_is_missing(cell)) {
        smi_cell_fault(cell, reading, feature->places[0], fault);
        return false;
    }
    smi_entries_add(entries, feature->first, (float)state->mean);
    if (state->indicator) {
        smi_entries_add(entries, feature->first + 1, 1.0F);
    }
    encoded->missing++;
    return true;
}

static sm_status numeric_tell(const smi_feature *const feature, const char *const column,
                              const smi_encoded *const encoded, smi_notes *const notes)
{
    const numeric_state *const state = feature->state;
    char counted[SMI_COUNTED_SIZE];
    return state->indicator || encoded->missing == 0
               ? SM_OK
               : smi_notes_add(
                     notes, "column '%s': %s without a value; the mean %.6g took its place", column,
                     smi_counted_text(encoded->missing, "cell", counted), state->mean);
}

static void numeric_scale(const smi_feature *const feature, float *const shift, float *const scale)
{
    const numeric_state *const state = feature->state;
    const float inverse = (float)(1.0 / state->deviation);
    shift[0] = (float)state->mean;
    scale[0] = isfinite(inverse) && inverse > 0.0F ? inverse : 1.0F;
}

static bool numeric_write(const smi_feature *const feature, json_t *const json)
{
    const numeric_state *const state = feature->state;
    return json_object_set_new(json, "mean", json_real(state->mean)) == 0 &&
           json_object_set_new(json, "indicator", json_boolean(state->indicator)) == 0;
}

static sm_status numeric_read(smi_feature *const feature, const json_t *const json)
{
    const json_t *const mean = json_object_get(json, "mean");
    const json_t *const indicator = json_object_get(json, "indicator");
    const double value = json_number_value(mean);
    if (!json_is_number(mean) || !(fabs(value) <= (double)FLT_MAX) || !json_is_boolean(indicator) ||
        feature->column_count != 1) {
        return smi_fail(SM_ERROR_FORMAT,
                        "it has not one column, a mean, and an indicator true or false");
    }
    numeric_state *const state = smi_array(1, sizeof *state);
    if (state == NULL) {
        return smi_fail_memory("a feature");
    }
    *state = (numeric_state){.mean = value, .indicator = json_is_true(indicator)};
    feature->state = state;
    feature->width = state->indicator ? 2 : 1;
    return SM_OK;
}

const smi_feature_kind smi_numeric_kind = {.name = "numeric",
                                           .notes_new = numeric_notes_new,
                                           .learn = numeric_learn,
                                           .take_numbers = numeric_take_numbers,
                                           .merge = numeric_merge,
                                           .finish = numeric_finish,
                                           .notes_free = smi_free,
                                           .encode = numeric_encode,
                                           .tell = numeric_tell,
                                           .scale = numeric_scale,
                                           .write = numeric_write,
                                           .read = numeric_read,
                                           .state_free = smi_free};
