#include "data/table/schema.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "base/status.h"

/* Columns of x are counted in 32 bits. */
static const size_t MOST_FEATURES = UINT32_MAX;

/* The most columns of a table, so that a small text cannot ask for much memory. */
enum { MOST_COLUMNS = 1 << 24 };

static const char *const missing_words[] = {[SM_MISSING_INDICATOR] = "indicator",
                                            [SM_MISSING_MEAN] = "mean",
                                            [SM_MISSING_ERROR] = "error",
                                            [SM_MISSING_DROP] = "drop"};
enum { MISSING_WORDS = sizeof missing_words / sizeof *missing_words };

void smi_schema_free(smi_schema *const schema)
{
    if (schema == NULL) {
        return;
    }
    for (size_t i = 0; schema->columns != NULL && i < schema->column_count; i++) {
        smi_free(schema->columns[i]);
    }
    for (size_t i = 0; schema->features != NULL && i < schema->feature_count; i++) {
        if (schema->features[i].state != NULL) {
            schema->features[i].kind->state_free(schema->features[i].state);
        }
    }
    smi_free(schema->columns);
    smi_free(schema->features);
    smi_free(schema);
}

sm_status smi_schema_create(const char *const *const columns, const size_t column_count,
                            const size_t most_features, smi_schema **const schema)
{
    smi_schema *const created = smi_array(1, sizeof *created);
    if (created == NULL) {
        return smi_fail_memory("the columns");
    }
    *created = (smi_schema){.columns = smi_array(column_count, sizeof *created->columns),
                            .column_count = column_count,
                            .label = SMI_NO_COLUMN,
                            .weight = SMI_NO_COLUMN,
                            .features = smi_array(most_features, sizeof *created->features)};
    bool complete = created->columns != NULL && created->features != NULL;
    for (size_t i = 0; complete && i < column_count; i++) {
        created->columns[i] = smi_copy_text(columns[i]);
        complete = created->columns[i] != NULL;
    }
    if (!complete) {
        smi_schema_free(created);
        return smi_fail_memory("the columns");
    }
    *schema = created;
    return SM_OK;
}

sm_status smi_schema_lay_out(smi_schema *const schema, const char *const file)
{
    size_t kept = 0;
    size_t width = 0;
    for (size_t i = 0; i < schema->feature_count; i++) {
        smi_feature feature = schema->features[i];
        if (feature.width == 0) {
            if (feature.state != NULL) {
                feature.kind->state_free(feature.state);
            }
            continue;
        }
        feature.first = width;
        schema->features[kept++] = feature;
        if (!smi_add_size(width, feature.width, &width) || width > MOST_FEATURES) {
            /* the features after this one have states of their own */
            memmove(&schema->features[kept], &schema->features[i + 1],
                    (schema->feature_count - i - 1) * sizeof *schema->features);
            schema->feature_count -= i + 1 - kept;
            char most[SMI_COUNTED_SIZE];
            return smi_fail(SM_ERROR_DATA, "%s: the columns come to more than %s", file,
                            smi_counted_text(MOST_FEATURES, "feature", most));
        }
    }
    schema->feature_count = kept;
    schema->width = width;
    if (kept == 0) {
        return smi_fail(SM_ERROR_DATA, "%s: no column is left to learn from", file);
    }
    return SM_OK;
}

void smi_schema_scaling(const smi_schema *const schema, float *const shift, float *const scale)
{
    for (size_t i = 0; i < schema->width; i++) {
        shift[i] = 0.0F;
        scale[i] = 1.0F;
    }
    for (size_t i = 0; i < schema->feature_count; i++) {
        const smi_feature *const feature = &schema->features[i];
        if (feature->kind->scale != NULL) {
            feature->kind->scale(feature, shift + feature->first, scale + feature->first);
        }
    }
}

/* ---- writing ---- */

static json_t *place_json(const size_t place)
{
    return place == SMI_NO_COLUMN ? json_null() : json_integer((json_int_t)place);
}

static json_t *columns_json(const smi_schema *const schema)
{
    json_t *const list = json_array();
    for (size_t i = 0; i < schema->column_count; i++) {
        if (json_array_append_new(list, json_string(schema->columns[i])) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *feature_json(const smi_feature *const feature)
{
    json_t *const places = json_array();
    for (size_t i = 0; i < feature->column_count; i++) {
        if (json_array_append_new(places, json_integer((json_int_t)feature->columns[i])) != 0) {
            json_decref(places);
            return NULL;
        }
    }
    json_t *const json = json_pack("{s:s, s:o}", "kind", feature->kind->name, "columns", places);
    if (json != NULL && !feature->kind->write(feature, json)) {
        json_decref(json);
        return NULL;
    }
    return json;
}

static json_t *features_json(const smi_schema *const schema)
{
    json_t *const list = json_array();
    for (size_t i = 0; i < schema->feature_count; i++) {
        if (json_array_append_new(list, feature_json(&schema->features[i])) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

sm_status smi_schema_write(const smi_schema *const schema, char **const text)
{
    json_t *const json =
        json_pack("{s:o, s:b, s:o, s:o, s:s, s:o}", "columns", columns_json(schema), "header",
                  (int)schema->header, "label", place_json(schema->label), "weight",
                  place_json(schema->weight), "missing", missing_words[schema->missing], "features",
                  features_json(schema));
    char *const written = json == NULL ? NULL : json_dumps(json, JSON_COMPACT);
    json_decref(json);
    *text = written == NULL ? NULL : smi_copy_text(written);
    free(written);
    return *text == NULL ? smi_fail_memory("the description of the columns") : SM_OK;
}

/* ---- reading ---- */

static sm_status fail_reading(const char *const name, const char *const what)
{
    return smi_fail(SM_ERROR_FORMAT, "%s: %s", name, what);
}

/* A place below `count`, or null where it may be; false when it is neither. */
static bool read_place(const json_t *const json, const bool may_be_null, const size_t count,
                       size_t *const place)
{
    if (may_be_null && json_is_null(json)) {
        *place = SMI_NO_COLUMN;
        return true;
    }
    const json_int_t number = json_integer_value(json);
    if (!json_is_integer(json) || number < 0 || (uint64_t)number >= count) {
        return false;
    }
    *place = (size_t)number;
    return true;
}

static bool read_missing(const json_t *const json, sm_missing *const missing)
{
    const char *const word = json_string_value(json);
    for (size_t i = 0; word != NULL && i < MISSING_WORDS; i++) {
        if (strcmp(word, missing_words[i]) == 0) {
            *missing = (sm_missing)i;
            return true;
        }
    }
    return false;
}

static sm_status read_columns(const json_t *const json, const char *const name,
                              const size_t most_features, smi_schema **const schema)
{
    const size_t count = json_array_size(json);
    if (count < 1 || count > MOST_COLUMNS) {
        return fail_reading(name, "'columns' is not a list of names");
    }
    const char **const names = smi_array(count, sizeof *names);
    if (names == NULL) {
        return smi_fail_memory("the columns");
    }
    sm_status status = SM_OK;
    for (size_t i = 0; i < count && status == SM_OK; i++) {
        names[i] = json_string_value(json_array_get(json, i));
        if (names[i] == NULL) {
            status = fail_reading(name, "'columns' is not a list of names");
        }
    }
    if (status == SM_OK) {
        status = smi_schema_create(names, count, most_features, schema);
    }
    smi_free(names);
    return status;
}

static sm_status read_feature(const json_t *const json, const char *const name,
                              smi_schema *const schema)
{
    smi_feature *const feature = &schema->features[schema->feature_count];
    const size_t index = schema->feature_count;
    const char *const kind = json_string_value(json_object_get(json, "kind"));
    const json_t *const places = json_object_get(json, "columns");
    feature->kind = kind == NULL ? NULL : smi_feature_kind_named(kind);
    feature->column_count = json_array_size(places);
    if (feature->kind == NULL) {
        return smi_fail(SM_ERROR_FORMAT,
                        "%s: feature %zu is of the kind '%.40s', which this version does not know",
                        name, index, kind == NULL ? "" : kind);
    }
    bool right = feature->column_count >= 1 && feature->column_count <= SMI_MOST_CROSSED;
    for (size_t i = 0; right && i < feature->column_count; i++) {
        right = read_place(json_array_get(places, i), false, schema->column_count,
                           &feature->columns[i]) &&
                feature->columns[i] != schema->label && feature->columns[i] != schema->weight;
        feature->places[i] = feature->columns[i];
    }
    if (!right) {
        return smi_fail(SM_ERROR_FORMAT, "%s: feature %zu is not made of columns that there are",
                        name, index);
    }
    const sm_status status = feature->kind->read(feature, json);
    if (status == SM_OK) {
        schema->feature_count++;
    }
    return status == SM_ERROR_FORMAT
               ? smi_fail(status, "%s: feature %zu: %s", name, index, sm_error_message())
               : status;
}

static sm_status read_schema(const json_t *const json, const char *const name,
                             smi_schema **const schema)
{
    const json_t *const features = json_object_get(json, "features");
    const json_t *const header = json_object_get(json, "header");
    sm_status status =
        read_columns(json_object_get(json, "columns"), name, json_array_size(features), schema);
    if (status != SM_OK) {
        return status;
    }
    smi_schema *const read = *schema;
    if (!json_is_boolean(header) ||
        !read_place(json_object_get(json, "label"), true, read->column_count, &read->label) ||
        !read_place(json_object_get(json, "weight"), true, read->column_count, &read->weight) ||
        !read_missing(json_object_get(json, "missing"), &read->missing)) {
        status =
            fail_reading(name, "'header', 'label', 'weight' or 'missing' is not as it must be");
    }
    read->header = json_is_true(header);
    for (size_t i = 0; status == SM_OK && i < json_array_size(features); i++) {
        status = read_feature(json_array_get(features, i), name, read);
    }
    return status == SM_OK ? smi_schema_lay_out(read, name) : status;
}

sm_status smi_schema_read(const char *const text, const char *const name, smi_schema **const schema)
{
    json_t *const json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    smi_schema *read = NULL;
    const sm_status status = json_is_object(json) ? read_schema(json, name, &read)
                                                  : fail_reading(name, "not a JSON object");
    json_decref(json);
    if (status != SM_OK) {
        smi_schema_free(read);
        return status;
    }
    *schema = read;
    return SM_OK;
}
