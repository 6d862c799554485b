#include "cli/describe_columns.h"

#include <stdio.h>
#include <string.h>

#include "cli/terminal.h"

enum { MOST_SHOWN = 40, NAME_SIZE = 256 };

json_t *cli_columns_json(const sm_shape *const shape)
{
    json_t *const columns =
        shape->columns == NULL ? NULL : json_loads(shape->columns, JSON_REJECT_DUPLICATES, NULL);
    return columns == NULL ? json_null() : columns;
}

const char *cli_column_name(const json_t *const columns, const json_t *const place)
{
    const json_int_t number = json_is_integer(place) ? json_integer_value(place) : -1;
    return number < 0 ? NULL
                      : json_string_value(
                            json_array_get(json_object_get(columns, "columns"), (size_t)number));
}

void cli_feature_name(const json_t *const columns, const json_t *const feature, char *const name,
                      const size_t size)
{
    const json_t *const places = json_object_get(feature, "columns");
    size_t used = 0;
    name[0] = '\0';
    for (size_t i = 0; i < json_array_size(places) && used < size; i++) {
        const char *const part = cli_column_name(columns, json_array_get(places, i));
        used += (size_t)snprintf(name + used, size - used, "%s", i == 0 ? "" : " x ");
        if (part != NULL && used < size) {
            const size_t fitting = cli_whole_length(part, size - 1 - used);
            memcpy(name + used, part, fitting);
            used += fitting;
            name[used] = '\0';
        }
    }
}

size_t cli_feature_width(const json_t *const feature)
{
    const json_t *const bits = json_object_get(feature, "bits");
    const json_t *const boundaries = json_object_get(feature, "boundaries");
    static const char *const lists[] = {"categories", "terms"};
    if (json_is_integer(bits)) {
        return (size_t)1 << (json_integer_value(bits) & 31);
    }
    if (json_is_array(boundaries)) {
        return json_array_size(boundaries) + 1;
    }
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        const json_t *const list = json_object_get(feature, lists[i]);
        if (json_is_array(list)) {
            return json_array_size(list);
        }
    }
    return 1;
}

bool cli_tells_missing(const json_t *const feature)
{
    return json_is_true(json_object_get(feature, "missing")) ||
           json_is_true(json_object_get(feature, "indicator"));
}

/* ", 12 categories", ", mean 3.5", ", indicator": what a feature has besides. */
static void print_property(const char *const key, const json_t *const value)
{
    char safe[NAME_SIZE];
    char number[CLI_GROUPED_SIZE];
    cli_make_safe(key, safe, sizeof safe);
    if (json_is_array(value)) {
        (void)printf(", %s %s", cli_grouped(json_array_size(value), number), safe);
    } else if (json_is_number(value)) {
        (void)printf(", %s %.6g", safe, json_number_value(value));
    } else if (json_is_true(value)) {
        (void)printf(", %s", safe);
    }
}

static void print_feature(const json_t *const columns, json_t *const feature)
{
    char name[NAME_SIZE];
    char safe[NAME_SIZE];
    const char *const kind = json_string_value(json_object_get(feature, "kind"));
    cli_feature_name(columns, feature, name, sizeof name);
    cli_make_safe(name, safe, sizeof safe);
    (void)printf("  %s", safe);
    cli_make_safe(kind == NULL ? "" : kind, safe, sizeof safe);
    (void)printf(": %s", safe);
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach(feature, key, value)
    {
        if (strcmp(key, "kind") != 0 && strcmp(key, "columns") != 0) {
            print_property(key, value);
        }
    }
    (void)printf("\n");
}

void cli_print_columns(const sm_shape *const shape)
{
    json_t *const columns = cli_columns_json(shape);
    const json_t *const features = json_object_get(columns, "features");
    const size_t count = json_array_size(features);
    char name[NAME_SIZE];
    char number[CLI_GROUPED_SIZE];
    if (json_is_object(columns)) {
        const char *const label = cli_column_name(columns, json_object_get(columns, "label"));
        cli_make_safe(label == NULL ? "none" : label, name, sizeof name);
        (void)printf("columns     %s, label %s\n",
                     cli_grouped(json_array_size(json_object_get(columns, "columns")), number),
                     name);
    }
    for (size_t i = 0; i < count && i < MOST_SHOWN; i++) {
        print_feature(columns, json_array_get(features, i));
    }
    if (count > MOST_SHOWN) {
        (void)printf("  and %s more\n", cli_grouped(count - MOST_SHOWN, number));
    }
    json_decref(columns);
}
