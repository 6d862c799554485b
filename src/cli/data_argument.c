#include "cli/data_argument.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "base/number.h"
#include "base/status.h"
#include "cli/describe_columns.h"
#include "cli/exit_status.h"
#include "cli/terminal.h"

const char *const cli_zero_based[] = {
    [SM_INDEX_AUTO] = "auto", [SM_INDEX_FROM_ONE] = "no", [SM_INDEX_FROM_ZERO] = "yes", NULL};

/* Sets and generators are taken before files of the same name. */
static bool is_made_or_found(const char *const data)
{
    static const char *const names[] = {"mnist",   "fashion-mnist", "digits", "blobs",
                                        "circles", "moons",         "spirals"};
    const size_t length = strcspn(data, ":");
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        if (strlen(names[n]) == length && strncmp(data, names[n], length) == 0) {
            return true;
        }
    }
    return false;
}

bool cli_path_of_data(const char *const data, char *const path)
{
    static const char *const parts[] = {":train", ":test"};
    size_t length = strlen(data);
    if (length >= PATH_MAX || is_made_or_found(data)) {
        return false;
    }
    for (size_t p = 0; p < sizeof parts / sizeof *parts && access(data, F_OK) != 0; p++) {
        const size_t ending = strlen(parts[p]);
        if (length > ending && strcmp(data + length - ending, parts[p]) == 0) {
            length -= ending;
            break;
        }
    }
    memcpy(path, data, length);
    path[length] = '\0';
    return true;
}

static void say_notes(const cli_reading *const reading, const char *const notes)
{
    const char *at = reading->quiet ? "" : notes;
    while (*at != '\0') {
        const size_t length = strcspn(at, "\n");
        cli_say("%.*s", (int)length, at);
        at += length + 1;
    }
}

/* The options that `reading` stands for, with columns that cli_free_columns() frees; false, having
 * said so, when there is not the memory. */
static bool set_options(const cli_reading *const reading, sm_open_options *const options)
{
    *options = sm_open_options_default();
    options->labels_path = reading->labels;
    options->threads = reading->threads;
    options->ignore_extra = reading->ignore_extra;
    options->index_base = (sm_index_base)reading->zero_based;
    cli_picture_options(&reading->pictures, options);
    return cli_set_table_options(&reading->table, options);
}

/* What is no table has no column that could be the label, but may well have labels. */
static sm_status check_no_label(const char *const data, const cli_reading *const reading,
                                const sm_shape shape)
{
    if (!reading->table.no_label || shape.columns != NULL) {
        return SM_OK;
    }
    return smi_fail(SM_ERROR_ARGUMENT, "%s: --no-label is for a table, and this is none", data);
}

/* Whether a label that is given by name, or by number, from 1 or, negative, from the end, is the
 * one that the columns have. */
static bool is_label(const json_t *const columns, const char *const name, const char *const given)
{
    const uint64_t count = json_array_size(json_object_get(columns, "columns"));
    const json_t *const place = json_object_get(columns, "label");
    const bool from_end = given[0] == '-';
    uint64_t number = 0;
    if (name != NULL && strcmp(name, given) == 0) {
        return true;
    }
    return json_is_integer(place) && smi_parse_u64(given + from_end, &number) && number >= 1 &&
           number <= count &&
           (from_end ? count - number : number - 1) == (uint64_t)json_integer_value(place);
}

/* like: the model's shape. */
static sm_status check_model_label(const char *const given, const sm_shape *const like)
{
    json_t *const columns = cli_columns_json(like);
    const char *const known = cli_column_name(columns, json_object_get(columns, "label"));
    sm_status status = SM_OK;
    if (!json_is_object(columns)) {
        status = smi_fail(SM_ERROR_ARGUMENT, "--label=%s: the model is not of a table", given);
    } else if (!is_label(columns, known, given)) {
        status = smi_fail(SM_ERROR_ARGUMENT,
                          "--label=%s: the model finds its label column without --label: it is %s",
                          given, known == NULL ? "known by its place" : known);
    }
    json_decref(columns);
    return status;
}

/* like: NULL for training data. */
static sm_status open_with(const char *const data, const cli_reading *const reading,
                           const sm_shape *const like, const bool test_part,
                           sm_dataset **const dataset)
{
    sm_open_options options;
    if (reading->model_label != NULL && like != NULL) {
        const sm_status status = check_model_label(reading->model_label, like);
        if (status != SM_OK) {
            return status;
        }
    }
    if (!set_options(reading, &options)) {
        return SM_ERROR_MEMORY;
    }
    options.test_part = test_part;
    options.like = like;
    if (like != NULL) {
        options.missing = reading->every_row ? SM_MISSING_ERROR : SM_MISSING_DROP;
    }
    sm_dataset *opened = NULL;
    sm_status status = sm_dataset_open_with(data, &options, &opened);
    cli_free_columns(&options);
    if (status == SM_OK && opened != NULL) {
        status = check_no_label(data, reading, sm_dataset_shape(opened));
    }
    if (status != SM_OK) {
        sm_dataset_free(opened);
        return status;
    }
    if (opened != NULL) {
        say_notes(reading, sm_dataset_notes(opened));
    }
    *dataset = opened;
    return SM_OK;
}

sm_status cli_open_rows(const char *const data, const cli_reading *const reading,
                        sm_rows **const rows)
{
    sm_open_options options;
    if (!set_options(reading, &options)) {
        return SM_ERROR_MEMORY;
    }
    sm_rows *opened = NULL;
    sm_status status = sm_rows_open(data, &options, &opened);
    cli_free_columns(&options);
    if (status == SM_OK) {
        status = check_no_label(data, reading, sm_rows_shape(opened));
    }
    if (status != SM_OK) {
        sm_rows_free(opened);
        return status;
    }
    say_notes(reading, sm_rows_notes(opened));
    *rows = opened;
    return SM_OK;
}

static sm_status open_part(const char *const data, const cli_reading *const reading,
                           const sm_shape *const like, sm_dataset **const dataset)
{
    return open_with(data, reading, like, false, dataset);
}

sm_status cli_open_training_data(const char *const data, const cli_reading *const reading,
                                 const sm_shape *const like, sm_dataset **const dataset)
{
    const bool known = like != NULL && like->columns != NULL;
    return open_part(data, reading, known ? like : NULL, dataset);
}

sm_status cli_open_test_part(const char *const data, const cli_reading *const reading,
                             const sm_shape *const shape, sm_dataset **const dataset)
{
    *dataset = NULL;
    if (reading->labels != NULL) {
        return SM_OK;
    }
    return open_with(data, reading, shape, true, dataset);
}

sm_status cli_open_test_data(const char *const data, const cli_reading *const reading,
                             const sm_shape *const shape, sm_dataset **const dataset)
{
    const sm_status status = cli_open_test_part(data, reading, shape, dataset);
    return status == SM_OK && *dataset == NULL ? open_part(data, reading, shape, dataset) : status;
}

int cli_need_labels(const char *const data, const sm_dataset *const dataset)
{
    if (sm_dataset_has_labels(dataset)) {
        return CLI_SUCCESS;
    }
    const sm_shape shape = sm_dataset_shape(dataset);
    json_t *const columns = cli_columns_json(&shape);
    const char *const label = cli_column_name(columns, json_object_get(columns, "label"));
    if (label != NULL) {
        cli_say("%s: there are no labels; column '%s' has to be there, with one in each row", data,
                label);
    } else {
        cli_say("%s: there are no labels; --labels FILE gives them, or folders of pictures do",
                data);
    }
    json_decref(columns);
    return CLI_FAILURE;
}

sm_status cli_split_table(const char *const data, const cli_reading *const reading,
                          const sm_split_options *const split, const char *const paths[2],
                          size_t rows[2])
{
    sm_open_options options = sm_open_options_default();
    if (!cli_set_table_options(&reading->table, &options)) {
        return SM_ERROR_MEMORY;
    }
    const sm_status status = sm_table_split(data, &options, split, paths[0], paths[1], rows);
    cli_free_columns(&options);
    return status;
}
