#include "data/table/choose_features.h"

#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/table/buckets.h"
#include "data/table/crossed.h"
#include "data/table/term_hash.h"
#include "data/table/text_feature.h"

static const smi_feature_kind *const kinds[] = {[SM_COLUMN_NUMERIC] = &smi_numeric_kind,
                                                [SM_COLUMN_CATEGORICAL] = &smi_categorical_kind,
                                                [SM_COLUMN_IGNORE] = NULL,
                                                [SM_COLUMN_HASH] = &smi_hashed_kind,
                                                [SM_COLUMN_BUCKETS] = &smi_buckets_kind,
                                                [SM_COLUMN_CROSS] = &smi_crossed_kind,
                                                [SM_COLUMN_TEXT] = &smi_text_kind};

/* Label and weight are no features. */
static sm_status check_feature(const smi_column_names *const index, const smi_schema *const schema,
                               const size_t place)
{
    return place != schema->label && place != schema->weight
               ? SM_OK
               : smi_fail(SM_ERROR_ARGUMENT, "%s: column '%s' is the %s, and no feature",
                          index->file, index->names[place],
                          place == schema->label ? "label" : "weight");
}

/* The number that goes with a kind is within its range. */
static sm_status check_size(const smi_column_names *const index, const sm_column *const column)
{
    const bool hashed = column->kind == SM_COLUMN_HASH || column->kind == SM_COLUMN_CROSS;
    if (hashed && (column->size < 1 || column->size > SMI_MOST_HASH_BITS)) {
        return smi_fail(SM_ERROR_ARGUMENT, "%s: column '%s': %zu bits to hash to; 1 to %d can be",
                        index->file, column->name, column->size, SMI_MOST_HASH_BITS);
    }
    if (column->kind == SM_COLUMN_BUCKETS &&
        (column->size < 2 || column->size > SMI_MOST_BUCKETS)) {
        return smi_fail(SM_ERROR_ARGUMENT, "%s: column '%s': %zu buckets; 2 to %d can be",
                        index->file, column->name, column->size, SMI_MOST_BUCKETS);
    }
    return SM_OK;
}

/* What the user says of each column; NULL: nothing. columns: index->count. */
static sm_status find_columns(const smi_column_names *const index,
                              const sm_open_options *const options, const smi_schema *const schema,
                              const sm_column **const columns)
{
    for (size_t i = 0; i < options->column_count; i++) {
        const sm_column *const column = &options->columns[i];
        sm_status status = check_size(index, column);
        if (status == SM_OK && column->kind == SM_COLUMN_CROSS) {
            continue;
        }
        const size_t place = smi_column_meant(index, column->name);
        if (status == SM_OK) {
            status = place == SMI_NO_COLUMN ? smi_fail_no_column(index, column->name, "")
                                            : check_feature(index, schema, place);
        }
        if (status != SM_OK) {
            return status;
        }
        if (columns[place] != NULL) {
            return smi_fail(SM_ERROR_ARGUMENT, "%s: column '%s' is spoken of twice", index->file,
                            index->names[place]);
        }
        columns[place] = column;
    }
    return SM_OK;
}

/* A feature of one column. column: what the user says of it, or NULL. */
static sm_status add_feature(const sm_open_options *const options, const sm_column *const column,
                             const size_t place, smi_schema *const schema)
{
    const smi_feature_kind *const kind = column == NULL ? &smi_inferred_kind : kinds[column->kind];
    if (kind == NULL) {
        return SM_OK;
    }
    smi_feature *const feature = &schema->features[schema->feature_count++];
    *feature = (smi_feature){.kind = kind,
                             .columns = {place},
                             .places = {place},
                             .column_count = 1,
                             .size = column == NULL ? 0 : column->size};
    return kind == &smi_text_kind ? smi_text_prepare(feature, &options->text) : SM_OK;
}

/* Takes the name behind *rest, up to a comma; NULL: there is none left. */
static char *next_name(char **const rest)
{
    char *const name = *rest;
    if (name != NULL) {
        char *const comma = strchr(name, ',');
        *rest = comma == NULL ? NULL : comma + 1;
        if (comma != NULL) {
            *comma = '\0';
        }
    }
    return name;
}

/* Finds the columns that are crossed. names: with commas between, which are overwritten. */
static sm_status find_crossed(const smi_column_names *const index, const smi_schema *const schema,
                              char *const names, smi_feature *const feature)
{
    char *rest = names;
    for (const char *name = next_name(&rest); name != NULL; name = next_name(&rest)) {
        const size_t place = smi_column_meant(index, name);
        if (place == SMI_NO_COLUMN) {
            return smi_fail_no_column(index, name, " to cross");
        }
        const sm_status status = check_feature(index, schema, place);
        if (status != SM_OK) {
            return status;
        }
        for (size_t i = 0; i < feature->column_count; i++) {
            if (feature->columns[i] == place) {
                return smi_fail(SM_ERROR_ARGUMENT, "%s: column '%s' is crossed with itself",
                                index->file, name);
            }
        }
        if (feature->column_count == SMI_MOST_CROSSED) {
            return smi_fail(SM_ERROR_ARGUMENT, "%s: more than %d columns are crossed", index->file,
                            SMI_MOST_CROSSED);
        }
        feature->columns[feature->column_count] = place;
        feature->places[feature->column_count++] = place;
    }
    return SM_OK;
}

/* A feature of several columns. */
static sm_status add_crossed(const smi_column_names *const index, const sm_column *const cross,
                             const sm_column *const *const columns, smi_schema *const schema)
{
    smi_feature feature = {.kind = &smi_crossed_kind, .size = cross->size};
    char *const names = smi_copy_text(cross->name);
    if (names == NULL) {
        return smi_fail_memory(index->file);
    }
    sm_status status = find_crossed(index, schema, names, &feature);
    smi_free(names);
    if (status == SM_OK && feature.column_count < 2) {
        status =
            smi_fail(SM_ERROR_ARGUMENT,
                     "%s: '%s' is one column; crossing takes two or more, with a comma between",
                     index->file, cross->name);
    }
    if (status != SM_OK) {
        return status;
    }
    size_t sizes[SMI_MOST_CROSSED] = {0};
    for (size_t i = 0; i < feature.column_count; i++) {
        const sm_column *const column = columns[feature.columns[i]];
        sizes[i] = column != NULL && column->kind == SM_COLUMN_BUCKETS ? column->size : 0;
    }
    status = smi_crossed_prepare(&feature, sizes);
    if (status == SM_OK) {
        schema->features[schema->feature_count++] = feature;
    }
    return status;
}

/* In the order of columns, then those of crossed ones. */
sm_status smi_features_choose(const smi_column_names *const index,
                              const sm_open_options *const options, smi_schema *const schema)
{
    const sm_column **const columns = smi_array(index->count, sizeof(const sm_column *));
    sm_status status = columns == NULL ? smi_fail_memory(index->file)
                                       : find_columns(index, options, schema, columns);
    for (size_t i = 0; i < index->count && status == SM_OK; i++) {
        if (i != schema->label && i != schema->weight) {
            status = add_feature(options, columns[i], i, schema);
        }
    }
    for (size_t i = 0; i < options->column_count && status == SM_OK; i++) {
        if (options->columns[i].kind == SM_COLUMN_CROSS) {
            status = add_crossed(index, &options->columns[i], columns, schema);
        }
    }
    smi_free(columns);
    return status;
}
