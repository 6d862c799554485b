/* Texts: each term is a column of x, or each hash of terms. With TF-IDF a column's value falls with
 * the number of texts that had it when it was learnt. */
#include "data/table/text_feature.h"

#include "base/memory.h"
#include "base/number_text.h"
#include "base/status.h"
#include "data/growing.h"
#include "data/table/cell.h"
#include "data/table/schema.h"
#include "data/table/term_counts.h"
#include "data/table/term_hash.h"
#include "data/table/text_state.h"
#include "data/table/text_weights.h"

/* What stands around each term in the model's description, at least: quotes, a number, commas. */
enum { AROUND_TERM = 5 };

/* What texts show. Without hashing, how many have each term; with it, the columns of all texts, one
 * text after the other, or of all pieces how many texts have each column. */
typedef struct text_notes {
    uint64_t rows;
    uint64_t entries; /* with hashing */
    smi_term_counts counts;
    smi_growing columns; /* uint32_t */
    uint64_t *texts;     /* of all pieces; NULL: no piece yet */
    smi_text_terms scratch;
} text_notes;

static bool is_hashed(const smi_text_state *const state)
{
    return state->options.hash_bits > 0;
}

static size_t hashed_width(const smi_text_state *const state)
{
    return (size_t)1 << state->options.hash_bits;
}

/* ---- options ---- */

/* NULL, or what is wrong. */
static const char *check_options(const sm_text_options *const options)
{
    if (options->least_words < 1 || options->most_words < options->least_words ||
        options->most_words > SMI_MOST_NGRAM) {
        return "terms of a text have 1 to 8 words, the least number first";
    }
    if (options->weighting != SM_TEXT_TFIDF && options->weighting != SM_TEXT_COUNTS) {
        return "there is no such weighting of texts";
    }
    if (options->least_rows < 1) {
        return "terms of a text occur in 1 row or more";
    }
    if (options->hash_bits > SMI_MOST_HASH_BITS) {
        return "terms of a text are hashed to 24 bits at most";
    }
    return NULL;
}

sm_status smi_text_prepare(smi_feature *const feature, const sm_text_options *const options)
{
    const char *const wrong = check_options(options);
    if (wrong != NULL) {
        return smi_fail(SM_ERROR_ARGUMENT, "%s", wrong);
    }
    smi_text_state *const state = smi_array(1, sizeof *state);
    if (state == NULL) {
        return smi_fail_memory("the texts");
    }
    state->options = *options;
    feature->state = state;
    return SM_OK;
}

/* ---- learning ---- */

static void *text_notes_new(const smi_feature *const feature)
{
    (void)feature;
    text_notes *const notes = smi_array(1, sizeof *notes);
    if (notes != NULL) {
        notes->columns.element_size = sizeof(uint32_t);
    }
    return notes;
}

static void text_notes_free(void *const notes)
{
    text_notes *const own = notes;
    if (own != NULL) {
        smi_term_counts_free(&own->counts);
        smi_growing_free(&own->columns);
        smi_free(own->texts);
        smi_text_terms_free(&own->scratch);
    }
    smi_free(own);
}

/* The occurrences of the terms that have columns, sorted; NULL when there is not the memory. */
static smi_occurrence *make_occurrences(const smi_text_state *const state,
                                        const smi_text_terms *const terms, size_t *const count)
{
    size_t bytes = 0;
    smi_occurrence *const made =
        smi_multiply_size(terms->count, sizeof *made, &bytes) ? smi_bytes(bytes) : NULL;
    if (made != NULL) {
        *count = is_hashed(state) ? smi_hash_terms(terms, (unsigned)state->options.hash_bits, made)
                                  : smi_look_terms_up(terms, &state->terms, made);
        smi_sort_occurrences(made, *count);
    }
    return made;
}

/* Lists the columns that the text has. */
static bool note_columns(const smi_text_state *const state, text_notes *const notes)
{
    size_t count = 0;
    smi_occurrence *const occurrences = make_occurrences(state, &notes->scratch, &count);
    uint32_t *const columns = smi_growing_room(&notes->columns, count);
    const bool complete = occurrences != NULL && columns != NULL;
    size_t distinct = 0;
    for (size_t i = 0; complete && i < count; i++) {
        if (i == 0 || occurrences[i].column != occurrences[i - 1].column) {
            columns[distinct++] = occurrences[i].column;
        }
    }
    smi_growing_add(&notes->columns, distinct);
    smi_free(occurrences);
    return complete;
}

static bool note_terms(text_notes *const notes)
{
    for (size_t i = 0; i < notes->scratch.count; i++) {
        const smi_text_term *const term = &notes->scratch.terms[i];
        if (!smi_term_counts_add(&notes->counts, term->at, term->length, notes->rows)) {
            return false;
        }
    }
    return true;
}

static bool text_learn(const smi_feature *const feature, void *const notes,
                       const smi_csv_row *const row, smi_csv_fault *const fault)
{
    const smi_text_state *const state = feature->state;
    text_notes *const own = notes;
    const smi_cell *const cell = smi_feature_cell(feature, row->cells);
    own->rows++;
    const bool complete =
        smi_text_terms_find(&own->scratch, cell->at, cell->length, state->options.least_words,
                            state->options.most_words) &&
        (is_hashed(state) ? note_columns(state, own) : note_terms(own));
    return complete || smi_csv_fault_memory(fault);
}

static sm_status fail_too_many(const smi_feature *const feature, const smi_learnt *const learnt)
{
    return smi_fail(SM_ERROR_DATA,
                    "%s: column '%s' has too many different terms for a model to list them; "
                    "--text-hash 20 hashes them",
                    smi_csv_file(learnt->csv), smi_feature_column(feature, learnt->csv));
}

/* Counts a piece's columns for all. */
static bool merge_columns(const smi_text_state *const state, text_notes *const all,
                          text_notes *const notes)
{
    const size_t count = notes->columns.count;
    if (all->texts == NULL) {
        all->texts = smi_array(hashed_width(state), sizeof *all->texts);
    }
    uint32_t *const columns = all->texts == NULL ? NULL : smi_growing_join(&notes->columns);
    if (columns == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        all->texts[columns[i]]++;
    }
    all->entries += count;
    smi_free(columns);
    return true;
}

static sm_status text_merge(const smi_feature *const feature, void *const all, void *const notes,
                            const smi_learnt *const learnt)
{
    const smi_text_state *const state = feature->state;
    text_notes *const total = all;
    text_notes *const own = notes;
    const bool complete = is_hashed(state) ? merge_columns(state, total, own)
                                           : smi_term_counts_merge(&total->counts, &own->counts);
    if (!complete) {
        return smi_fail_memory(smi_csv_file(learnt->csv));
    }
    if (total->counts.terms.count > SMI_MOST_TERMS) {
        return fail_too_many(feature, learnt);
    }
    total->rows += own->rows;
    own->rows = 0;
    smi_term_counts_clear(&own->counts);
    return SM_OK;
}

/* ---- what has been learnt ---- */

static sm_status take_terms(smi_feature *const feature, smi_text_state *const state,
                            text_notes *const all, const smi_learnt *const learnt)
{
    if (!smi_term_counts_sort(&all->counts, state->options.least_rows)) {
        return smi_fail_memory(smi_csv_file(learnt->csv));
    }
    const size_t count = all->counts.terms.count;
    if (count == 0) {
        char counted[SMI_COUNTED_SIZE];
        const char *const column = smi_feature_column(feature, learnt->csv);
        return smi_fail(SM_ERROR_DATA,
                        "%s: column '%s' has no term that occurs in %s or more; --ignore %s leaves "
                        "it out",
                        smi_csv_file(learnt->csv), column,
                        smi_counted_text(state->options.least_rows, "row", counted), column);
    }
    if (all->counts.terms.used + count * AROUND_TERM > SMI_MOST_DESCRIPTION) {
        return fail_too_many(feature, learnt);
    }
    state->terms = all->counts.terms;
    state->texts = all->counts.texts;
    all->counts.terms = (smi_vocabulary){0};
    all->counts.texts = NULL;
    for (size_t i = 0; i < count; i++) {
        feature->entries += state->texts[i];
    }
    return SM_OK;
}

static sm_status text_finish(smi_feature *const feature, void *const all,
                             const smi_learnt *const learnt)
{
    smi_text_state *const state = feature->state;
    text_notes *const total = all;
    sm_status status = SM_OK;
    state->rows = total->rows;
    feature->entries = total->entries;
    if (is_hashed(state)) {
        state->texts = total->texts;
        total->texts = NULL;
    } else {
        status = take_terms(feature, state, total, learnt);
    }
    return status == SM_OK ? smi_text_state_complete(state, &feature->width) : status;
}

/* ---- encoding ---- */

static bool text_encode(const smi_feature *const feature, const smi_cell *const cells,
                        smi_entries *const entries, smi_encoded *const encoded,
                        smi_csv_fault *const fault)
{
    const smi_text_state *const state = feature->state;
    const smi_cell *const cell = smi_feature_cell(feature, cells);
    smi_text_terms terms = {0};
    smi_occurrence *occurrences = NULL;
    size_t count = 0;
    bool complete = smi_text_terms_find(&terms, cell->at, cell->length, state->options.least_words,
                                        state->options.most_words);
    if (complete) {
        occurrences = make_occurrences(state, &terms, &count);
        complete = occurrences != NULL && smi_entries_reserve(entries, count);
    }
    if (complete) {
        smi_add_text_entries(occurrences, count, is_hashed(state), state->frequencies,
                             feature->first, entries);
        if (count == 0 && terms.count > 0 && encoded->unseen++ == 0) {
            smi_cell_show(cell, encoded->example);
        }
    }
    smi_free(occurrences);
    smi_text_terms_free(&terms);
    return complete || smi_csv_fault_memory(fault);
}

static sm_status text_tell(const smi_feature *const feature, const char *const column,
                           const smi_encoded *const encoded, smi_notes *const notes)
{
    char counted[SMI_COUNTED_SIZE];
    (void)feature;
    return encoded->unseen == 0
               ? SM_OK
               : smi_notes_add(notes,
                               "column '%s': %s without any term of the training data, the first "
                               "'%s'",
                               column, smi_counted_text(encoded->unseen, "text", counted),
                               encoded->example);
}

/* Texts of length 1 count for less than numbers of variance 1, of which each column has its own.
 * With three times their length the common penalty suits them: 20 newsgroups goes from 0.842 to
 * 0.853, TREC from 0.866 to 0.872, Banking77 from 0.879 to 0.900, at much smaller losses. */
static void text_scale(const smi_feature *const feature, float *const shift, float *const scale)
{
    const smi_text_state *const state = feature->state;
    for (size_t i = 0; state->options.weighting == SM_TEXT_TFIDF && i < feature->width; i++) {
        shift[i] = 0.0F;
        scale[i] = 3.0F;
    }
}

/* ---- JSON ---- */

static bool text_write(const smi_feature *const feature, json_t *const json)
{
    return smi_text_state_write(feature->state, json);
}

static sm_status text_read(smi_feature *const feature, const json_t *const json)
{
    if (feature->column_count != 1) {
        return smi_fail(SM_ERROR_FORMAT, "it has not one column");
    }
    smi_text_state *state = NULL;
    sm_status status = smi_text_state_read(json, &state);
    if (status == SM_OK) {
        status = smi_text_state_complete(state, &feature->width);
    }
    if (status != SM_OK) {
        smi_text_state_free(state);
        return status;
    }
    feature->state = state;
    return SM_OK;
}

const smi_feature_kind smi_text_kind = {.name = "text",
                                        .missing_is_text = true,
                                        .notes_new = text_notes_new,
                                        .learn = text_learn,
                                        .merge = text_merge,
                                        .finish = text_finish,
                                        .notes_free = text_notes_free,
                                        .encode = text_encode,
                                        .tell = text_tell,
                                        .scale = text_scale,
                                        .write = text_write,
                                        .read = text_read,
                                        .state_free = smi_text_state_free};
