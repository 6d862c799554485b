/* Categories: a column of x for each text, 1 for the cells that have it, and one more for cells
 * without a text where there were some when it was learnt. A text that was not there then counts as
 * none: it is in the last column, too, or where there is none all are 0. */
#include "data/table/categorical.h"

#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "base/status.h"
#include "data/table/cell.h"

typedef struct categorical_state {
    smi_vocabulary words; /* ascending */
    bool missing;         /* there is a category of cells without a text */
} categorical_state;

/* ---- learning ---- */

static void *categorical_notes_new(const smi_feature *const feature)
{
    (void)feature;
    return smi_array(1, sizeof(smi_categorical_notes));
}

void smi_categorical_notes_clear(smi_categorical_notes *const notes)
{
    smi_vocabulary_free(&notes->words);
    *notes = (smi_categorical_notes){0};
}

static void categorical_notes_free(void *const notes)
{
    if (notes != NULL) {
        smi_categorical_notes_clear(notes);
    }
    smi_free(notes);
}

bool smi_categorical_note(smi_categorical_notes *const notes, const smi_cell *const cell,
                          smi_csv_fault *const fault)
{
    notes->cells++;
    return smi_vocabulary_add(&notes->words, cell->at, cell->length) != SMI_NO_WORD ||
           smi_csv_fault_memory(fault);
}

static bool categorical_learn(const smi_feature *const feature, void *const notes,
                              const smi_csv_row *const row, smi_csv_fault *const fault)
{
    smi_categorical_notes *const own = notes;
    const smi_cell *const cell = smi_feature_cell(feature, row->cells);
    if (smi_cell_is_missing(cell)) {
        own->missing++;
        return true;
    }
    fault->column = feature->places[0];
    return smi_categorical_note(own, cell, fault);
}

sm_status smi_categorical_merge(const smi_feature *const feature, smi_categorical_notes *const all,
                                smi_categorical_notes *const notes, const smi_learnt *const learnt)
{
    if (!smi_vocabulary_add_all(&all->words, &notes->words)) {
        return smi_fail_memory(smi_csv_file(learnt->csv));
    }
    if (all->words.count > SMI_MOST_CATEGORIES) {
        const char *const column = smi_feature_column(feature, learnt->csv);
        return smi_fail(SM_ERROR_DATA,
                        "%s: column '%s' has more than 1,000,000 different texts; --hash %s:16 "
                        "shares features among them, --ignore %s leaves it out",
                        smi_csv_file(learnt->csv), column, column, column);
    }
    all->cells += notes->cells;
    all->missing += notes->missing;
    smi_vocabulary_clear(&notes->words);
    notes->cells = 0;
    notes->missing = 0;
    return SM_OK;
}

static sm_status categorical_merge(const smi_feature *const feature, void *const all,
                                   void *const notes, const smi_learnt *const learnt)
{
    return smi_categorical_merge(feature, all, notes, learnt);
}

/* Gives the feature a state with these words, which it takes over. */
static sm_status take_words(smi_feature *const feature, smi_vocabulary *const words,
                            const bool missing)
{
    categorical_state *const state = smi_array(1, sizeof *state);
    if (state == NULL) {
        return smi_fail_memory("the categories");
    }
    *state = (categorical_state){*words, missing};
    *words = (smi_vocabulary){0};
    feature->kind = &smi_categorical_kind;
    feature->state = state;
    feature->width = (size_t)state->words.count + missing;
    return SM_OK;
}

sm_status smi_categorical_finish(smi_feature *const feature, smi_categorical_notes *const all,
                                 const smi_learnt *const learnt)
{
    if (all->cells == 0) {
        return smi_feature_fail_empty(feature, learnt);
    }
    if (!smi_vocabulary_sort(&all->words, false)) {
        return smi_fail_memory("the categories");
    }
    feature->missing += all->missing;
    feature->entries = all->cells + all->missing;
    return take_words(feature, &all->words, all->missing > 0);
}

static sm_status categorical_finish(smi_feature *const feature, void *const all,
                                    const smi_learnt *const learnt)
{
    return smi_categorical_finish(feature, all, learnt);
}

/* ---- encoding ---- */

static bool categorical_encode(const smi_feature *const feature, const smi_cell *const cells,
                               smi_entries *const entries, smi_encoded *const encoded,
                               smi_csv_fault *const fault)
{
    (void)fault;
    const categorical_state *const state = feature->state;
    const smi_cell *const cell = smi_feature_cell(feature, cells);
    if (smi_cell_is_missing(cell)) {
        encoded->missing++;
    } else {
        const uint32_t word = smi_vocabulary_find(&state->words, cell->at, cell->length);
        if (word != SMI_NO_WORD) {
            smi_entries_add(entries, feature->first + word, 1.0F);
            return true;
        }
        if (encoded->unseen == 0) {
            smi_cell_show(cell, encoded->example);
        }
        encoded->unseen++;
    }
    if (state->missing) {
        smi_entries_add(entries, feature->first + state->words.count, 1.0F);
    }
    return true;
}

static sm_status categorical_tell(const smi_feature *const feature, const char *const column,
                                  const smi_encoded *const encoded, smi_notes *const notes)
{
    const categorical_state *const state = feature->state;
    const char *const become = state->missing ? "counted as missing" : "in none of its categories";
    char counted[SMI_COUNTED_SIZE];
    sm_status status = SM_OK;
    if (encoded->unseen > 0) {
        status = smi_notes_add(notes,
                               "column '%s': %s with categories not seen in training, the first "
                               "'%s'; %s",
                               column, smi_counted_text(encoded->unseen, "cell", counted),
                               encoded->example, become);
    }
    if (status == SM_OK && !state->missing && encoded->missing > 0) {
        status = smi_notes_add(notes, "column '%s': %s without a value; %s", column,
                               smi_counted_text(encoded->missing, "cell", counted), become);
    }
    return status;
}

/* ---- JSON ---- */

static bool categorical_write(const smi_feature *const feature, json_t *const json)
{
    const categorical_state *const state = feature->state;
    json_t *const list = json_array();
    for (uint32_t i = 0; i < state->words.count; i++) {
        if (json_array_append_new(list, json_string(smi_vocabulary_word(&state->words, i))) != 0) {
            json_decref(list);
            return false;
        }
    }
    return json_object_set_new(json, "categories", list) == 0 &&
           json_object_set_new(json, "missing", json_boolean(state->missing)) == 0;
}

/* Ascending and distinct, as they are written. */
static sm_status read_words(const json_t *const list, smi_vocabulary *const words)
{
    const char *before = "";
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *const word = json_string_value(json_array_get(list, i));
        if (word == NULL || strcmp(before, word) >= 0) {
            return smi_fail(SM_ERROR_FORMAT, "its categories are not texts in ascending order");
        }
        if (smi_vocabulary_add(words, word, strlen(word)) == SMI_NO_WORD) {
            return smi_fail_memory("the categories");
        }
        before = word;
    }
    return SM_OK;
}

static sm_status categorical_read(smi_feature *const feature, const json_t *const json)
{
    const json_t *const list = json_object_get(json, "categories");
    const json_t *const missing = json_object_get(json, "missing");
    if (json_array_size(list) < 1 || json_array_size(list) > SMI_MOST_CATEGORIES ||
        !json_is_boolean(missing) || feature->column_count != 1) {
        return smi_fail(SM_ERROR_FORMAT, "it has not one column, a list of up to 1,000,000 "
                                         "categories, and missing true or false");
    }
    smi_vocabulary words = {0};
    sm_status status = read_words(list, &words);
    if (status == SM_OK) {
        status = take_words(feature, &words, json_is_true(missing));
    }
    smi_vocabulary_free(&words);
    return status;
}

static void categorical_state_free(void *const state)
{
    if (state != NULL) {
        smi_vocabulary_free(&((categorical_state *)state)->words);
    }
    smi_free(state);
}

const smi_feature_kind smi_categorical_kind = {.name = "categorical",
                                               .notes_new = categorical_notes_new,
                                               .learn = categorical_learn,
                                               .merge = categorical_merge,
                                               .finish = categorical_finish,
                                               .notes_free = categorical_notes_free,
                                               .encode = categorical_encode,
                                               .tell = categorical_tell,
                                               .write = categorical_write,
                                               .read = categorical_read,
                                               .state_free = categorical_state_free};
