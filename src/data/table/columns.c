#include "data/table/columns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/table/cell.h"
#include "data/table/nearest.h"
#include "data/table/vocabulary.h"

enum { LIST_SIZE = 512 };

/* ---- names ---- */

/* The columns of a table by name. */
typedef struct name_index {
    const char *file;
    const char *const *names;
    size_t count;
    smi_vocabulary places; /* the number of each name is its column */
} name_index;

static sm_status index_names(const smi_csv *const csv, name_index *const index)
{
    *index = (name_index){.file = smi_csv_file(csv),
                          .names = smi_csv_column_names(csv),
                          .count = smi_csv_column_count(csv)};
    for (size_t i = 0; i < index->count; i++) {
        const char *const name = index->names[i];
        const uint32_t place = smi_vocabulary_add(&index->places, name, strlen(name));
        if (place == SMI_NO_WORD) {
            return smi_fail_memory(index->file);
        }
        if (place != i) {
            return smi_fail(SM_ERROR_DATA, "%s: two columns are called '%s'", index->file, name);
        }
    }
    return SM_OK;
}

static size_t place_named(const name_index *const index, const char *const name)
{
    const uint32_t place = smi_vocabulary_find(&index->places, name, strlen(name));
    return place == SMI_NO_WORD ? SMI_NO_COLUMN : place;
}

/* The column that the user means: by name, or by number. */
static size_t place_meant(const name_index *const index, const char *const word)
{
    const size_t named = place_named(index, word);
    if (named != SMI_NO_COLUMN) {
        return named;
    }
    const bool from_end = word[0] == '-';
    const char *const digits = word + from_end;
    const size_t length = strspn(digits, "0123456789");
    if (length == 0 || length > 9 || digits[length] != '\0') {
        return SMI_NO_COLUMN;
    }
    const size_t number = (size_t)strtoul(digits, NULL, 10);
    if (number < 1 || number > index->count) {
        return SMI_NO_COLUMN;
    }
    return from_end ? index->count - number : number - 1;
}

/* There is no such column; `why` is what it is for, or "". */
static sm_status fail_no_column(const name_index *const index, const char *const name,
                                const char *const why)
{
    const size_t nearest = smi_nearest_name(name, index->names, index->count);
    if (nearest != SIZE_MAX) {
        return smi_fail(SM_ERROR_DATA, "%s: there is no column '%s'%s; did you mean '%s'?",
                        index->file, name, why, index->names[nearest]);
    }
    char list[LIST_SIZE];
    smi_list_names(index->names, index->count, list, sizeof list);
    return smi_fail(SM_ERROR_DATA, "%s: there is no column '%s'%s; the columns are %s", index->file,
                    name, why, list);
}

/* ---- by the user's word ---- */

static const smi_feature_kind *const kinds[] = {[SM_COLUMN_NUMERIC] = &smi_numeric_kind,
                                                [SM_COLUMN_CATEGORICAL] = &smi_categorical_kind,
                                                [SM_COLUMN_IGNORE] = NULL};

/* In any case of ASCII. */
static bool is_word(const char *name, const char *word)
{
    for (; *word != '\0' && (*name | 0x20) == *word; name++) {
        word++;
    }
    return *name == '\0' && *word == '\0';
}

/* The label of a table that the user names none of. */
static size_t default_label(const name_index *const index)
{
    static const char *const words[] = {"label", "class", "target", "y"};
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        for (size_t i = 0; i < index->count; i++) {
            if (is_word(index->names[i], words[w])) {
                return i;
            }
        }
    }
    return SMI_NO_COLUMN;
}

static sm_status choose_label(const name_index *const index, const sm_open_options *const options,
                              const bool needed, size_t *const label)
{
    if (options->label != NULL && options->label[0] == '\0') {
        *label = SMI_NO_COLUMN;
        return SM_OK;
    }
    *label = options->label == NULL ? default_label(index) : place_meant(index, options->label);
    if (*label != SMI_NO_COLUMN || (options->label == NULL && !needed)) {
        return SM_OK;
    }
    if (options->label != NULL) {
        return fail_no_column(index, options->label, " for the label");
    }
    char list[LIST_SIZE];
    smi_list_names(index->names, index->count, list, sizeof list);
    return smi_fail(SM_ERROR_DATA,
                    "%s: which column is the label? None is called label, class, target or y; "
                    "--label says which of %s",
                    index->file, list);
}

static sm_status choose_weight(const name_index *const index, const sm_open_options *const options,
                               const size_t label, size_t *const weight)
{
    *weight = options->weight == NULL ? SMI_NO_COLUMN : place_meant(index, options->weight);
    if (options->weight != NULL && *weight == SMI_NO_COLUMN) {
        return fail_no_column(index, options->weight, " for the weight");
    }
    if (*weight != SMI_NO_COLUMN && *weight == label) {
        return smi_fail(SM_ERROR_ARGUMENT, "%s: column '%s' cannot be both label and weight",
                        index->file, index->names[label]);
    }
    return SM_OK;
}

/* Where the columns that the user speaks of lie; places: options->column_count. */
static sm_status find_columns(const name_index *const index, const sm_open_options *const options,
                              const smi_schema *const schema, size_t *const places)
{
    for (size_t i = 0; i < options->column_count; i++) {
        const char *const name = options->columns[i].name;
        places[i] = place_meant(index, name);
        if (places[i] == SMI_NO_COLUMN) {
            return fail_no_column(index, name, "");
        }
        if (places[i] == schema->label || places[i] == schema->weight) {
            return smi_fail(SM_ERROR_ARGUMENT, "%s: column '%s' is the %s, and no feature",
                            index->file, index->names[places[i]],
                            places[i] == schema->label ? "label" : "weight");
        }
        for (size_t before = 0; before < i; before++) {
            if (places[before] == places[i]) {
                return smi_fail(SM_ERROR_ARGUMENT, "%s: column '%s' is spoken of twice",
                                index->file, index->names[places[i]]);
            }
        }
    }
    return SM_OK;
}

static void add_feature(smi_schema *const schema, const smi_feature_kind *const kind,
                        const size_t column)
{
    schema->features[schema->feature_count++] =
        (smi_feature){.kind = kind, .columns = {column}, .places = {column}, .column_count = 1};
}

/* Columns that the user does not speak of, and those that are no features; else an sm_column_kind.
 */
enum { NOT_SAID = -1, NO_FEATURE = -2 };

/* A feature for each column, in their order. */
static sm_status add_features(const name_index *const index, const sm_open_options *const options,
                              smi_schema *const schema)
{
    size_t *const places = smi_array(options->column_count, sizeof *places);
    int *const chosen = smi_array(index->count, sizeof *chosen);
    sm_status status = places == NULL || chosen == NULL
                           ? smi_fail_memory(index->file)
                           : find_columns(index, options, schema, places);
    if (status == SM_OK) {
        for (size_t i = 0; i < index->count; i++) {
            chosen[i] = i == schema->label || i == schema->weight ? NO_FEATURE : NOT_SAID;
        }
        for (size_t i = 0; i < options->column_count; i++) {
            chosen[places[i]] = (int)options->columns[i].kind;
        }
        for (size_t i = 0; i < index->count; i++) {
            if (chosen[i] == NOT_SAID) {
                add_feature(schema, &smi_inferred_kind, i);
            } else if (chosen[i] != NO_FEATURE && kinds[chosen[i]] != NULL) {
                add_feature(schema, kinds[chosen[i]], i);
            }
        }
    }
    smi_free(places);
    smi_free(chosen);
    return status;
}

static sm_status choose(const name_index *const index, const smi_csv *const csv,
                        const sm_open_options *const options, const bool label_needed,
                        smi_schema **const made)
{
    sm_status status = smi_schema_create(index->names, index->count, index->count, made);
    if (status != SM_OK) {
        return status;
    }
    smi_schema *const schema = *made;
    schema->header = smi_csv_has_header(csv);
    schema->missing = options->missing;
    status = choose_label(index, options, label_needed, &schema->label);
    if (status == SM_OK) {
        status = choose_weight(index, options, schema->label, &schema->weight);
    }
    return status == SM_OK ? add_features(index, options, schema) : status;
}

sm_status smi_columns_choose(const smi_csv *const csv, const sm_open_options *const options,
                             const bool label_needed, smi_table *const table)
{
    name_index index = {0};
    smi_schema *schema = NULL;
    sm_status status = index_names(csv, &index);
    if (status == SM_OK) {
        status = choose(&index, csv, options, label_needed, &schema);
    }
    smi_vocabulary_free(&index.places);
    if (status != SM_OK) {
        smi_schema_free(schema);
        return status;
    }
    *table = (smi_table){.csv = csv,
                         .schema = schema,
                         .label = schema->label,
                         .weight = schema->weight,
                         .learning = true,
                         .missing = options->missing};
    return SM_OK;
}

/* ---- by a schema ---- */

/* Where each column of the schema is; SMI_NO_COLUMN: nowhere. */
static void match_names(const name_index *const index, const smi_schema *const schema,
                        size_t *const map)
{
    for (size_t i = 0; i < schema->column_count; i++) {
        map[i] = place_named(index, schema->columns[i]);
    }
}

/* Label and weight may be left out of tables without names, too. */
static sm_status match_positions(const name_index *const index, const smi_schema *const schema,
                                 size_t *const map)
{
    const size_t own = schema->column_count;
    const bool whole = index->count == own;
    const bool no_label = index->count + 1 == own && schema->label != SMI_NO_COLUMN;
    const bool neither = index->count + 2 == own && schema->label != SMI_NO_COLUMN &&
                         schema->weight != SMI_NO_COLUMN;
    if (!whole && !no_label && !neither) {
        return smi_fail(SM_ERROR_DATA,
                        "%s: %zu columns, and no names to tell which they are; the model was "
                        "trained on %zu, the label among them",
                        index->file, index->count, own);
    }
    size_t place = 0;
    for (size_t i = 0; i < own; i++) {
        const bool left_out = (!whole && i == schema->label) || (neither && i == schema->weight);
        map[i] = left_out ? SMI_NO_COLUMN : place++;
    }
    return SM_OK;
}

static sm_status place_features(const name_index *const index, const size_t *const map,
                                smi_schema *const schema)
{
    bool any = false;
    for (size_t i = 0; i < schema->column_count; i++) {
        any = any || map[i] != SMI_NO_COLUMN;
    }
    for (size_t f = 0; f < schema->feature_count; f++) {
        smi_feature *const feature = &schema->features[f];
        for (size_t i = 0; i < feature->column_count; i++) {
            const size_t column = feature->columns[i];
            feature->places[i] = map[column];
            if (map[column] == SMI_NO_COLUMN) {
                return fail_no_column(index, schema->columns[column],
                                      any ? ", which the model needs"
                                          : ", nor any other of the model's");
            }
        }
    }
    return SM_OK;
}

/* Notes the columns that the schema does not have. */
static sm_status note_extra(const name_index *const index, const size_t *const map,
                            const smi_schema *const schema, smi_notes *const notes)
{
    const char **const extra = smi_array(index->count, sizeof *extra);
    if (extra == NULL) {
        return smi_fail_memory(index->file);
    }
    for (size_t i = 0; i < index->count; i++) {
        extra[i] = index->names[i];
    }
    for (size_t i = 0; i < schema->column_count; i++) {
        if (map[i] != SMI_NO_COLUMN) {
            extra[map[i]] = NULL;
        }
    }
    size_t count = 0;
    for (size_t i = 0; i < index->count; i++) {
        extra[count] = extra[i];
        count += extra[i] != NULL;
    }
    sm_status status = SM_OK;
    if (count > 0) {
        char list[LIST_SIZE];
        smi_list_names(extra, count, list, sizeof list);
        status =
            smi_notes_add(notes, "%zu column%s left out, as the model does not have %s: %s", count,
                          count == 1 ? " is" : "s are", count == 1 ? "it" : "them", list);
    }
    smi_free(extra);
    return status;
}

static sm_status match(const name_index *const index, const bool by_name, smi_schema *const schema,
                       smi_notes *const notes, smi_table *const table)
{
    size_t *const map = smi_array(schema->column_count, sizeof *map);
    if (map == NULL) {
        return smi_fail_memory(index->file);
    }
    sm_status status = SM_OK;
    if (by_name) {
        match_names(index, schema, map);
    } else {
        status = match_positions(index, schema, map);
    }
    if (status == SM_OK) {
        status = place_features(index, map, schema);
    }
    if (status == SM_OK) {
        status = note_extra(index, map, schema, notes);
    }
    if (status == SM_OK) {
        table->label = schema->label == SMI_NO_COLUMN ? SMI_NO_COLUMN : map[schema->label];
        table->weight = schema->weight == SMI_NO_COLUMN ? SMI_NO_COLUMN : map[schema->weight];
    }
    smi_free(map);
    return status;
}

sm_status smi_columns_match(const smi_csv *const csv, smi_schema *const schema,
                            smi_notes *const notes, smi_table *const table)
{
    const sm_missing missing =
        schema->missing == SM_MISSING_DROP ? SM_MISSING_ERROR : schema->missing;
    *table = (smi_table){.csv = csv, .schema = schema, .missing = missing};
    name_index index = {0};
    sm_status status = index_names(csv, &index);
    if (status == SM_OK) {
        const bool by_name = schema->header && smi_csv_has_header(csv);
        status = match(&index, by_name, schema, notes, table);
    }
    smi_vocabulary_free(&index.places);
    if (status != SM_OK) {
        smi_schema_free(schema);
        table->schema = NULL;
    }
    return status;
}

/* ---- rows ---- */

/* A feature's cell without a value; SMI_NO_COLUMN: there is none. */
static size_t missing_cell(const smi_schema *const schema, const smi_cell *const cells)
{
    for (size_t f = 0; f < schema->feature_count; f++) {
        const smi_feature *const feature = &schema->features[f];
        for (size_t i = 0; !feature->kind->missing_is_text && i < feature->column_count; i++) {
            if (smi_cell_is_missing(&cells[feature->places[i]])) {
                return feature->places[i];
            }
        }
    }
    return SMI_NO_COLUMN;
}

smi_row_use smi_columns_look(const smi_table *const table, const smi_cell *const cells,
                             smi_csv_fault *const fault)
{
    const bool drop = table->learning && table->missing == SM_MISSING_DROP;
    if (table->learning && table->label != SMI_NO_COLUMN &&
        smi_cell_is_missing(&cells[table->label])) {
        fault->column = table->label;
        (void)snprintf(fault->text, sizeof fault->text,
                       "the label is missing; --missing drop leaves such rows out");
        return drop ? SMI_ROW_DROP : SMI_ROW_FAULT;
    }
    if (!drop && table->missing != SM_MISSING_ERROR) {
        return SMI_ROW_KEEP;
    }
    const size_t missing = missing_cell(table->schema, cells);
    if (missing == SMI_NO_COLUMN) {
        return SMI_ROW_KEEP;
    }
    fault->column = missing;
    (void)snprintf(fault->text, sizeof fault->text, "there is no value%s",
                   table->learning ? "; --missing indicator, mean or drop says what to do"
                                   : ", and the model was not trained on rows without one");
    return drop ? SMI_ROW_DROP : SMI_ROW_FAULT;
}
