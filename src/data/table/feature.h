/* A feature of a table: what becomes of one of its columns (or of several, crossed) in x. Each kind
 * of feature is a table of functions in a file of its own. It
 *
 *   learns    in passes over the whole text: each slot of a pass notes what its rows show, notes
 *             are merged in the order of the file, and at the end they become the feature's state;
 *   encodes   a row's cells as entries of x, by that state alone;
 *   travels   as JSON, in the model.
 *
 * To add a kind: such a table, declared below and listed in feature.c; its sm_column_kind, and how
 * an sm_column becomes a feature of it, in columns.c.
 */
#ifndef SMI_DATA_TABLE_FEATURE_H
#define SMI_DATA_TABLE_FEATURE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <softmax.h>

#include "data/notes.h"
#include "data/table/csv.h"

/* The most columns that one feature is made of. */
enum { SMI_MOST_CROSSED = 8 };

typedef struct smi_feature_kind smi_feature_kind;

typedef struct smi_feature {
    const smi_feature_kind *kind;
    size_t columns[SMI_MOST_CROSSED]; /* of the table that the schema was made of */
    size_t places[SMI_MOST_CROSSED];  /* the same columns among the cells of the rows at hand, which
                                         may come in another order */
    size_t column_count;
    size_t size;      /* what the user gave with it: bits, quantiles; 0: nothing */
    size_t first;     /* column of x that is its first one */
    size_t width;     /* how many it has there */
    uint64_t entries; /* that were not 0 in all rows it was learnt from; for choosing how x is
                         stored, and not part of the JSON */
    uint64_t missing; /* rows of the table at hand without a value, left out or not */
    bool again;       /* set by finish(): the kind was only found out now, and has to learn */
    void *state;      /* the kind's own; NULL until it has been learnt or read */
} smi_feature;

/* Of the row's cells the feature's first one. */
static inline const smi_cell *smi_feature_cell(const smi_feature *const feature,
                                               const smi_cell *const cells)
{
    return &cells[feature->places[0]];
}

/* What is known when all rows have been seen. */
typedef struct smi_learnt {
    const smi_csv *csv; /* for smi_csv_fail(), and the names of columns at `places` */
    uint64_t rows;      /* that are kept */
    sm_missing missing;
    const sm_open_options *options;
    smi_notes *notes;
} smi_learnt;

/* The entries of a row, columns ascending, none of them 0. */
typedef struct smi_entries {
    float *values;
    uint32_t *columns;
    size_t count;
    size_t room;
} smi_entries;

/* Makes room for `more` entries; false when there is not the memory. */
bool smi_entries_reserve(smi_entries *entries, size_t more);
void smi_entries_free(smi_entries *entries);

/* Adds an entry, unless it is 0, where there is room. */
static inline void smi_entries_add(smi_entries *const entries, const size_t column,
                                   const float value)
{
    entries->values[entries->count] = value;
    entries->columns[entries->count] = (uint32_t)column;
    entries->count += value != 0.0F;
}

/* What a user should know of the cells that a feature was encoded from; a slot's, then all. */
typedef struct smi_encoded {
    uint64_t missing; /* cells without a value, */
    uint64_t unseen;  /* cells with a text that was not there when the feature was learnt, */
    char example[64]; /* and the first of these */
} smi_encoded;

typedef struct smi_numeric_notes smi_numeric_notes; /* numeric.h */

/* Functions for which "cells" are a row's take them from feature->places. Where the rule for
 * missing values is "error" or "drop", rows with a missing cell never come to learn() or encode(),
 * unless `missing_is_text`. false with a fault: it is told with file and line, and the pass ends.
 */
struct smi_feature_kind {
    const char *name;     /* in JSON, "numeric" */
    bool missing_is_text; /* an empty cell, NA, … are texts like others */

    /* What a slot, or all rows, have shown: nothing yet. NULL: there is not the memory. */
    void *(*notes_new)(const smi_feature *feature);
    /* Notes what a row shows. offset: of the row, for a fault at the end. */
    bool (*learn)(const smi_feature *feature, void *notes, const smi_csv_row *row,
                  smi_csv_fault *fault);
    /* Takes over, before anything else is noted of a piece, what its first cells have shown: all of
     * them were numbers or missing. NULL: the kind needs more of numbers than their moments. */
    void (*take_numbers)(void *notes, const smi_numeric_notes *numbers);
    /* Adds a piece's notes to those of all before it, and empties them. Of `learnt` all but the
     * rows is known. */
    sm_status (*merge)(const smi_feature *feature, void *all, void *notes,
                       const smi_learnt *learnt);
    /* From the notes of all rows to state, width and entries; or to another kind, and `again`. A
     * width of 0 leaves the feature out. It may take things out of the notes. */
    sm_status (*finish)(smi_feature *feature, void *all, const smi_learnt *learnt);
    void (*notes_free)(void *notes); /* NULL is accepted */

    /* Adds the row's entries, in columns first … first + width − 1 of x. There is room for
     * SMI_ENTRIES_FREE entries; who needs more asks for it. */
    bool (*encode)(const smi_feature *feature, const smi_cell *cells, smi_entries *entries,
                   smi_encoded *encoded, smi_csv_fault *fault);
    /* A line of notes of what was encoded where it was not learnt from; NULL: none ever. */
    sm_status (*tell)(const smi_feature *feature, const char *column, const smi_encoded *encoded,
                      smi_notes *notes);

    /* shift, scale: `width` each, 0 and 1 before; NULL: they stay so. */
    void (*scale)(const smi_feature *feature, float *shift, float *scale);

    /* Adds the state to the feature's JSON; false when there is not the memory. */
    bool (*write)(const smi_feature *feature, json_t *json);
    /* Reads state and width. The JSON may be anything. SM_ERROR_FORMAT: the message says what is
     * wrong with it, in a few words without a place. */
    sm_status (*read)(smi_feature *feature, const json_t *json);
    void (*state_free)(void *state); /* NULL is accepted */
};

enum { SMI_ENTRIES_FREE = 2 };

/* What several kinds say: that a column holds no value at all. */
sm_status smi_feature_fail_empty(const smi_feature *feature, const smi_learnt *learnt);

/* The name of the feature's first column, for messages. */
const char *smi_feature_column(const smi_feature *feature, const smi_csv *csv);

extern const smi_feature_kind smi_numeric_kind;
extern const smi_feature_kind smi_categorical_kind;
extern const smi_feature_kind smi_hashed_kind;
extern const smi_feature_kind smi_buckets_kind;
extern const smi_feature_kind smi_crossed_kind;
extern const smi_feature_kind smi_text_kind;

/* Of columns that the user says nothing of: becomes one of the two. Not in JSON. */
extern const smi_feature_kind smi_inferred_kind;

/* The kind that JSON calls so; NULL: there is none. */
const smi_feature_kind *smi_feature_kind_named(const char *name);

#endif
