/* What the word DATA means: a named set, a generator, or a path. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "data/dataset.h"
#include "data/generated_rows.h"
#include "data/generator.h"
#include "data/idx_files.h"
#include "data/kind.h"
#include "data/named.h"
#include "data/open_file.h"
#include "data/open_options.h"
#include "data/opened.h"
#include "data/pictures/open_pictures.h"
#include "data/pictures/picture_list.h"
#include "sys/folder.h"

static const char *const part_names[] = {[SMI_PART_TRAIN] = "train", [SMI_PART_TEST] = "test"};

/* Which part to open, and whether DATA said so itself. */
typedef struct part_choice {
    smi_part part;
    bool named;
} part_choice;

/* Splits "name:train" or "name:test" into the name, copied to `name` of PATH_MAX bytes, and the
 * part. False when the name is too long. */
static bool split_part(const char *const data, char *const name, part_choice *const choice)
{
    size_t length = strlen(data);
    for (size_t p = 0; p < sizeof part_names / sizeof *part_names; p++) {
        const size_t ending = strlen(part_names[p]) + 1;
        if (length > ending && data[length - ending] == ':' &&
            strcmp(data + length - ending + 1, part_names[p]) == 0) {
            *choice = (part_choice){(smi_part)p, true};
            length -= ending;
            break;
        }
    }
    if (length >= PATH_MAX) {
        return false;
    }
    memcpy(name, data, length);
    name[length] = '\0';
    return true;
}

/* Something at a path that has a training and a test part, if it is one. */
typedef struct parted_path {
    char path[PATH_MAX];
    part_choice choice;
    bool is_folder;
    bool is_file;
} parted_path;

/* MNIST's files, or pictures. */
static sm_status open_folder(const char *const folder, const part_choice *const choice,
                             const sm_open_options *const options, smi_opened *const opened)
{
    char path[PATH_MAX];
    bool parts = false;
    const bool is_idx = smi_is_idx_folder(folder);
    sm_status status = smi_check_kind(folder, is_idx ? SMI_DATA_MNIST : SMI_DATA_PICTURES, options);
    if (status == SM_OK && is_idx) {
        return smi_open_idx_folder(folder, choice->part, opened);
    }
    if (status == SM_OK) {
        status = smi_pictures_have_parts(folder, &parts);
    }
    if (status != SM_OK) {
        return status;
    }
    if (parts) {
        const int length = snprintf(path, sizeof path, "%s/%s", folder, part_names[choice->part]);
        return length > 0 && (size_t)length < sizeof path
                   ? smi_open_pictures(path, options, opened)
                   : smi_fail(SM_ERROR_IO, "%s: the path is too long", folder);
    }
    if (options->test_part) {
        return SM_OK;
    }
    if (choice->named) {
        return smi_fail(SM_ERROR_IO,
                        "the folder '%s' has no parts: neither MNIST's files nor folders 'train' "
                        "and 'test' with class folders in them",
                        folder);
    }
    return smi_open_pictures(folder, options, opened);
}

/* A path that exists is taken as it stands before a ":train" or ":test" is looked for in it. */
static parted_path find_parts(const char *const data, const bool want_test)
{
    parted_path found = {.choice = {want_test ? SMI_PART_TEST : SMI_PART_TRAIN, false}};
    const bool split = split_part(data, found.path, &found.choice);
    if (split && found.choice.named && !smi_is_folder(data) && !smi_is_file(data)) {
        found.is_folder = smi_is_folder(found.path);
        found.is_file = smi_file_has_parts(found.path);
    } else if (strlen(data) < sizeof found.path) {
        memcpy(found.path, data, strlen(data) + 1);
        found.choice = (part_choice){want_test ? SMI_PART_TEST : SMI_PART_TRAIN, false};
        found.is_folder = smi_is_folder(data);
        found.is_file = smi_file_has_parts(data);
    }
    return found;
}

/* A part that is asked for by name has to be there. */
static sm_status open_file_part(const parted_path *const found,
                                const sm_open_options *const options, smi_opened *const opened)
{
    const sm_status status = smi_open_file(found->path, found->choice.part, options, opened);
    if (status == SM_OK && opened->rows == NULL && opened->dataset == NULL && found->choice.named) {
        return smi_fail(SM_ERROR_DATA, "%s: the file has no test part", found->path);
    }
    return status;
}

static sm_status open_path(const char *const data, const sm_open_options *const options,
                           smi_opened *const opened)
{
    const parted_path found = find_parts(data, options->test_part);
    const bool has_parts = found.is_folder || found.is_file;
    if (options->test_part && (found.choice.named || !has_parts)) {
        return SM_OK;
    }
    if (found.is_folder) {
        return open_folder(found.path, &found.choice, options, opened);
    }
    if (found.is_file) {
        return open_file_part(&found, options, opened);
    }
    if (strcmp(data, "-") != 0 && strchr(data, '/') == NULL && !smi_is_file(data)) {
        return smi_fail(SM_ERROR_IO,
                        "'%s' is neither a file or folder, nor a named set (%s), nor a generator "
                        "(%s)",
                        data, smi_named_sets, smi_generator_names);
    }
    return smi_open_file(data, SMI_PART_TRAIN, options, opened);
}

static sm_status open_data(const char *const data, const sm_open_options *const options,
                           smi_opened *const opened)
{
    const bool want_test = options->test_part;
    const smi_generator *const generator = smi_find_generator(data);
    if (generator != NULL) {
        const sm_status status = smi_check_kind(data, SMI_DATA_MADE, options);
        return status != SM_OK   ? status
               : opened->passing ? smi_generate_rows(generator, data, want_test, &opened->rows)
                                 : smi_generate(generator, data, want_test, &opened->dataset);
    }
    part_choice choice = {want_test ? SMI_PART_TEST : SMI_PART_TRAIN, false};
    char name[PATH_MAX];
    if (split_part(data, name, &choice) && smi_is_named_set(name)) {
        if (want_test && choice.named) {
            return SM_OK;
        }
        char folder[PATH_MAX];
        sm_status status = smi_check_kind(data, SMI_DATA_MNIST, options);
        if (status == SM_OK) {
            status = smi_find_named_set(name, folder, sizeof folder);
        }
        return status == SM_OK ? smi_open_idx_folder(folder, choice.part, opened) : status;
    }
    return open_path(data, options, opened);
}

/* opened: after failure there is nothing in it. */
static sm_status open_checked(const char *const data, const sm_open_options *const options,
                              smi_opened *const opened)
{
    const sm_open_options chosen = options == NULL ? sm_open_options_default() : *options;
    sm_status status = smi_open_options_check(&chosen);
    if (status == SM_OK) {
        status = open_data(data, &chosen, opened);
    }
    if (status != SM_OK) {
        sm_dataset_free(opened->dataset);
        sm_rows_free(opened->rows);
        *opened = (smi_opened){.passing = opened->passing};
    }
    return status;
}

sm_status sm_dataset_open_with(const char *const data, const sm_open_options *const options,
                               sm_dataset **const dataset)
{
    if (data == NULL || dataset == NULL) {
        return smi_fail_null(__func__, data == NULL ? "data" : "dataset");
    }
    smi_opened opened = {.passing = false};
    const sm_status status = open_checked(data, options, &opened);
    if (status == SM_OK) {
        *dataset = opened.dataset;
    }
    return status;
}

sm_status sm_rows_open(const char *const data, const sm_open_options *const options,
                       sm_rows **const rows)
{
    if (data == NULL || rows == NULL) {
        return smi_fail_null(__func__, data == NULL ? "data" : "rows");
    }
    smi_opened opened = {.passing = options == NULL || options->like == NULL};
    const sm_status status = open_checked(data, options, &opened);
    if (status == SM_OK && opened.dataset != NULL) {
        return smi_rows_take(opened.dataset, rows);
    }
    if (status == SM_OK) {
        *rows = opened.rows;
    }
    return status;
}

sm_status sm_dataset_open(const char *const data, sm_dataset **const dataset)
{
    if (data == NULL || dataset == NULL) {
        return smi_fail_null(__func__, data == NULL ? "data" : "dataset");
    }
    return sm_dataset_open_with(data, NULL, dataset);
}

sm_status sm_dataset_open_test(const char *const data, sm_dataset **const dataset)
{
    if (data == NULL || dataset == NULL) {
        return smi_fail_null(__func__, data == NULL ? "data" : "dataset");
    }
    sm_open_options options = sm_open_options_default();
    options.test_part = true;
    return sm_dataset_open_with(data, &options, dataset);
}
