#include "data/table/columns.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/nearest.h"
#include "base/number_text.h"
#include "base/status.h"
#include "data/table/cell.h"
#include "data/table/choose_features.h"
#include "data/table/column_names.h"

/* Of a list of names in a message. */
enum { LIST_SIZE = 512 };

/* ---- by the user's word ---- */

/* In any case of ASCII. */
static bool is_word(const char *name, const char *word)
{
    for (; *word != '\0' && (*name | 0x20) == *word; name++) {
        word++;
    }
    return *name == '\0' && *word == '\0';
}

/* The label of a table that the user names none of. */
static size_t default_label(const smi_column_names *const index)
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

static sm_status choose_label(const smi_column_names *const index,
                              const sm_open_options *const options, const bool needed,
                              size_t *const label)
{
    if (options->label != NULL && options->label[0] == '\0') {
        *label = SMI_NO_COLUMN;
        return SM_OK;
    }
    *label =
        options->label == NULL ? default_label(index) : smi_column_meant(index, options->label);
    if (*label != SMI_NO_COLUMN || (options->label == NULL && !needed)) {
        return SM_OK;
    }
    if (options->label != NULL) {
        return smi_fail_no_column(index, options->label, " for the label");
    }
    char list[LIST_SIZE];
    smi_list_names(index->names, index->count, list, sizeof list);
    return smi_fail(
        SM_ERROR_DATA,
        "%s: which column is the label? None is called label, class, target or y; "
        "--label says which of %s; --no-label, where none is needed, that there is none%s",
        index->file, list, smi_column_advice(index));
}

static sm_status choose_weight(const smi_column_names *const index,
                               const sm_open_options *const options, const size_t label,
                               size_t *const weight)
{
    *weight = options->weight == NULL ? SMI_NO_COLUMN : smi_column_meant(index, options->weight);
    if (options->weight != NULL && *weight == SMI_NO_COLUMN) {
        return smi_fail_no_column(index, options->weight, " for the weight");
    }
    if (*weight != SMI_NO_COLUMN && *weight == label) {
        return smi_fail(SM_ERROR_ARGUMENT, "%s: column '%s' cannot be both label and weight",
                        index->file, index->names[label]);
    }
    return SM_OK;
}

static sm_status choose(const smi_column_names *const index, const smi_csv *const csv,
                        const sm_open_options *const options, const bool label_needed,
                        smi_schema **const made)
{
    sm_status status =
        smi_schema_create(index->names, index->count, index->count + options->column_count, made);
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
    return status == SM_OK ? smi_features_choose(index, options, schema) : status;
}

sm_status smi_columns_choose(const smi_csv *const csv, const sm_open_options *const options,
                             const bool label_needed, smi_table *const table)
{
    smi_column_names index = {0};
    smi_schema *schema = NULL;
    sm_status status = smi_column_names_find(csv, &index);
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
static void match_names(const smi_column_names *const index, const smi_schema *const schema,
                        size_t *const map)
{
    for (size_t i = 0; i < schema->column_count; i++) {
        map[i] = smi_column_named(index, schema->columns[i]);
    }
}

/* Label and weight may be left out of tables without names, too. */
static sm_status match_positions(const smi_column_names *const index,
                                 const smi_schema *const schema, size_t *const map)
{
    const size_t own = schema->column_count;
    const bool whole = index->count == own;
    const bool no_label = index->count + 1 == own && schema->label != SMI_NO_COLUMN;
    const bool neither = index->count + 2 == own && schema->label != SMI_NO_COLUMN &&
                         schema->weight != SMI_NO_COLUMN;
    if (!whole && !no_label && !neither) {
        char columns[SMI_COUNTED_SIZE];
        return smi_fail(
            SM_ERROR_DATA,
            "%s: %s, and no names to tell which they are; the model was trained on %zu, "
            "the label among them%s",
            index->file, smi_counted_text(index->count, "column", columns), own,
            index->count == 1 ? smi_column_advice(index) : "");
    }
    size_t place = 0;
    for (size_t i = 0; i < own; i++) {
        const bool left_out = (!whole && i == schema->label) || (neither && i == schema->weight);
        map[i] = left_out ? SMI_NO_COLUMN : place++;
    }
    return SM_OK;
}

static sm_status place_features(const smi_column_names *const index, const size_t *const map,
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
                return smi_fail_no_column(index, schema->columns[column],
                                          any ? ", which the model needs"
                                              : ", nor any other of the model's");
            }
        }
    }
    return SM_OK;
}

/* Notes the columns that the schema does not have. */
static sm_status note_extra(const smi_column_names *const index, const size_t *const map,
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
        char counted[SMI_COUNTED_SIZE];
        char list[LIST_SIZE];
        smi_list_names(extra, count, list, sizeof list);
        status = smi_notes_add(notes, "%s %s left out, as the model does not have %s: %s",
                               smi_counted_text(count, "column", counted),
                               count == 1 ? "is" : "are", count == 1 ? "it" : "them", list);
    }
    smi_free(extra);
    return status;
}

static sm_status match(const smi_column_names *const index, const bool by_name,
                       smi_schema *const schema, smi_notes *const notes, smi_table *const table)
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
                            const sm_missing rule, smi_notes *const notes, smi_table *const table)
{
    const bool keep = schema->missing == SM_MISSING_DROP && rule != SM_MISSING_DROP;
    const sm_missing missing = keep ? SM_MISSING_ERROR : schema->missing;
    *table = (smi_table){.csv = csv, .schema = schema, .missing = missing};
    smi_column_names index = {0};
    sm_status status = smi_column_names_find(csv, &index);
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

/* The feature's cell without a value; SMI_NO_COLUMN: there is none. */
static size_t missing_cell_of(const smi_feature *const feature, const smi_cell *const cells)
{
    for (size_t i = 0; !feature->kind->missing_is_text && i < feature->column_count; i++) {
        if (smi_cell_is_missing(&cells[feature->places[i]])) {
            return feature->places[i];
        }
    }
    return SMI_NO_COLUMN;
}

bool smi_columns_lack(const smi_feature *const feature, const smi_cell *const cells)
{
    return missing_cell_of(feature, cells) != SMI_NO_COLUMN;
}

/* The same of any feature. */
static size_t missing_cell(const smi_schema *const schema, const smi_cell *const cells)
{
    size_t cell = SMI_NO_COLUMN;
    for (size_t f = 0; f < schema->feature_count && cell == SMI_NO_COLUMN; f++) {
        cell = missing_cell_of(&schema->features[f], cells);
    }
    return cell;
}

smi_row_use smi_columns_look(const smi_table *const table, const smi_cell *const cells,
                             smi_csv_fault *const fault)
{
    const bool drop = table->missing == SM_MISSING_DROP;
    if ((table->learning || drop) && table->label != SMI_NO_COLUMN &&
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
                   table->learning
                       ? "; --missing indicator, mean or drop says what to do"
                       : ", and the model was not trained on rows without one; fill it in, leave "
                         "the row out, or train with --missing indicator or mean");
    return drop ? SMI_ROW_DROP : SMI_ROW_FAULT;
}
