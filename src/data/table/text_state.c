#include "data/table/text_state.h"

#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/table/term_hash.h"
#include "data/table/text_terms.h"
#include "data/table/text_weights.h"

void smi_text_state_free(void *const state)
{
    smi_text_state *const own = state;
    if (own != NULL) {
        smi_vocabulary_free(&own->terms);
        smi_free(own->texts);
        smi_free(own->frequencies);
    }
    smi_free(own);
}

static size_t width_of(const smi_text_state *const state)
{
    return state->options.hash_bits > 0 ? (size_t)1 << state->options.hash_bits
                                        : state->terms.count;
}

sm_status smi_text_state_complete(smi_text_state *const state, size_t *const width)
{
    *width = width_of(state);
    if (state->options.weighting != SM_TEXT_TFIDF) {
        return SM_OK;
    }
    state->frequencies = smi_array(*width, sizeof *state->frequencies);
    if (state->frequencies == NULL) {
        return smi_fail_memory("the texts");
    }
    for (size_t i = 0; i < *width; i++) {
        state->frequencies[i] = smi_inverse_document_frequency(state->rows, state->texts[i]);
    }
    return SM_OK;
}

/* ---- JSON ---- */

static const char *const weighting_words[] = {
    [SM_TEXT_TFIDF] = "tf-idf", [SM_TEXT_COUNTS] = "counts"};

/* The list, complete; otherwise it is freed, and NULL is returned. */
static json_t *checked_list(json_t *const list, const bool complete)
{
    if (!complete) {
        json_decref(list);
        return NULL;
    }
    return list;
}

static json_t *terms_json(const smi_vocabulary *const terms)
{
    json_t *const list = json_array();
    bool complete = list != NULL;
    for (uint32_t i = 0; complete && i < terms->count; i++) {
        complete = json_array_append_new(list, json_string(smi_vocabulary_word(terms, i))) == 0;
    }
    return checked_list(list, complete);
}

static json_t *texts_json(const uint64_t *const texts, const size_t count)
{
    json_t *const list = json_array();
    bool complete = list != NULL;
    for (size_t i = 0; complete && i < count; i++) {
        complete = json_array_append_new(list, json_integer((json_int_t)texts[i])) == 0;
    }
    return checked_list(list, complete);
}

bool smi_text_state_write(const smi_text_state *const state, json_t *const json)
{
    const sm_text_options *const options = &state->options;
    json_t *const words =
        json_pack("[I, I]", (json_int_t)options->least_words, (json_int_t)options->most_words);
    bool complete = json_object_set_new(json, "words", words) == 0 &&
                    json_object_set_new(json, "weighting",
                                        json_string(weighting_words[options->weighting])) == 0;
    if (options->hash_bits > 0) {
        json_t *const bits = json_integer((json_int_t)options->hash_bits);
        complete = complete && json_object_set_new(json, "bits", bits) == 0;
    } else {
        complete = complete && json_object_set_new(json, "terms", terms_json(&state->terms)) == 0;
    }
    if (options->weighting == SM_TEXT_TFIDF) {
        json_t *const rows = json_integer((json_int_t)state->rows);
        json_t *const texts = texts_json(state->texts, width_of(state));
        complete = complete && json_object_set_new(json, "rows", rows) == 0 &&
                   json_object_set_new(json, "texts", texts) == 0;
    }
    return complete;
}

static sm_status read_options(const json_t *const json, sm_text_options *const options)
{
    const json_t *const words = json_object_get(json, "words");
    const json_t *const bits = json_object_get(json, "bits");
    const char *const weighting = json_string_value(json_object_get(json, "weighting"));
    const json_int_t least = json_integer_value(json_array_get(words, 0));
    const json_int_t most = json_integer_value(json_array_get(words, 1));
    const json_int_t hash_bits = json_integer_value(bits);
    const bool counts = weighting != NULL && strcmp(weighting, "counts") == 0;
    const bool tfidf = weighting != NULL && strcmp(weighting, "tf-idf") == 0;
    if (json_array_size(words) != 2 || least < 1 || most < least || most > SMI_MOST_NGRAM ||
        (!counts && !tfidf) ||
        (bits != NULL && (hash_bits < 1 || hash_bits > SMI_MOST_HASH_BITS))) {
        return smi_fail(SM_ERROR_FORMAT, "its words, weighting or bits are not as they must be");
    }
    *options = (sm_text_options){.least_words = (size_t)least,
                                 .most_words = (size_t)most,
                                 .weighting = counts ? SM_TEXT_COUNTS : SM_TEXT_TFIDF,
                                 .least_rows = 1,
                                 .hash_bits = (size_t)hash_bits};
    return SM_OK;
}

/* Ascending and distinct, as they are written. */
static sm_status read_terms(const json_t *const list, smi_vocabulary *const terms)
{
    const size_t count = json_array_size(list);
    const char *before = "";
    if (count < 1 || count > SMI_MOST_TERMS) {
        return smi_fail(SM_ERROR_FORMAT, "its terms are not a list of texts");
    }
    for (size_t i = 0; i < count; i++) {
        const char *const term = json_string_value(json_array_get(list, i));
        if (term == NULL || strcmp(before, term) >= 0) {
            return smi_fail(SM_ERROR_FORMAT, "its terms are not texts in ascending order");
        }
        if (smi_vocabulary_add(terms, term, strlen(term)) == SMI_NO_WORD) {
            return smi_fail_memory("the terms");
        }
        before = term;
    }
    return SM_OK;
}

/* As many texts as there are columns, each 0 … rows. */
static sm_status read_texts(const json_t *const json, smi_text_state *const state)
{
    const json_t *const list = json_object_get(json, "texts");
    const json_int_t rows = json_integer_value(json_object_get(json, "rows"));
    const size_t width = width_of(state);
    if (rows < 1 || json_array_size(list) != width) {
        return smi_fail(SM_ERROR_FORMAT, "it has not rows, and a number of texts for each term");
    }
    state->rows = (uint64_t)rows;
    state->texts = smi_array(width, sizeof *state->texts);
    if (state->texts == NULL) {
        return smi_fail_memory("the terms");
    }
    for (size_t i = 0; i < width; i++) {
        const json_t *const item = json_array_get(list, i);
        const json_int_t texts = json_integer_value(item);
        if (!json_is_integer(item) || texts < 0 || texts > rows) {
            return smi_fail(SM_ERROR_FORMAT, "a number of texts is not among 0 to its rows");
        }
        state->texts[i] = (uint64_t)texts;
    }
    return SM_OK;
}

static sm_status read_state(const json_t *const json, smi_text_state *const state)
{
    sm_status status = read_options(json, &state->options);
    if (status == SM_OK && state->options.hash_bits == 0) {
        status = read_terms(json_object_get(json, "terms"), &state->terms);
    }
    if (status == SM_OK && state->options.weighting == SM_TEXT_TFIDF) {
        status = read_texts(json, state);
    }
    return status;
}

sm_status smi_text_state_read(const json_t *const json, smi_text_state **const state)
{
    smi_text_state *const read = smi_array(1, sizeof *read);
    if (read == NULL) {
        return smi_fail_memory("the texts");
    }
    const sm_status status = read_state(json, read);
    if (status != SM_OK) {
        smi_text_state_free(read);
        return status;
    }
    *state = read;
    return SM_OK;
}
