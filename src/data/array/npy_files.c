#include "data/array/npy_files.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/array/npy_rows.h"
#include "data/dataset.h"
#include "data/label_file.h"
#include "sys/folder.h"

/* ---- which labels belong to features ---- */

/* Writes a path: the first `length` characters of another, and an ending. False when it is too
 * long, or nothing is there. */
static bool find(const char *const begin, const size_t length, const char *const ending,
                 char path[PATH_MAX])
{
    const int written = snprintf(path, PATH_MAX, "%.*s%s", (int)length, begin, ending);
    return written > 0 && written < PATH_MAX && smi_is_file(path);
}

/* The file of labels beside a file of features; false when there is none. */
static bool find_labels(const char *const path, char labels[PATH_MAX])
{
    static const char ending[] = ".npy";
    const char *const slash = strrchr(path, '/');
    const char *const name = slash == NULL ? path : slash + 1;
    const size_t length = strlen(path);
    const size_t stem = length >= strlen(ending) ? length - strlen(ending) : 0;
    if (length >= PATH_MAX || strcmp(path + stem, ending) != 0) {
        return false;
    }
    if ((name[0] == 'x' || name[0] == 'X') && (name[1] == '.' || name[1] == '_')) {
        const size_t folder = (size_t)(name - path);
        char rest[PATH_MAX];
        (void)snprintf(rest, sizeof rest, "y%s", name + 1);
        if (find(path, folder, rest, labels)) {
            return true;
        }
    }
    return find(path, stem, "_labels.npy", labels);
}

/* ---- files ---- */

sm_status smi_npy_read_label_file(smi_stream *const stream, const size_t rows,
                                  const char *const features_name, smi_npy_labels *const labels)
{
    smi_content *content = NULL;
    sm_status status = smi_content_open(stream, &content);
    if (status == SM_OK) {
        smi_array_source source = smi_array_source_over(
            smi_content_name(content), smi_content_bytes(content), smi_content_size(content));
        status = smi_npy_take_labels(&source, rows, features_name, labels);
    }
    smi_content_free(content);
    return status;
}

sm_status smi_npy_make_dataset(const char *const labels_name,
                               const smi_npy_features *const features, smi_content *const content,
                               const smi_npy_labels *const labels, sm_dataset **const dataset)
{
    const smi_held_rows matrix = {.element = features->element,
                                  .x = features->x,
                                  .rows = features->rows,
                                  .features = features->features,
                                  .own = {features->memory},
                                  .content = content};
    sm_dataset *created = NULL;
    const sm_status status = smi_dataset_take_held(labels_name, &matrix, labels->values,
                                                   labels->names, labels->classes, &created);
    if (status == SM_OK) {
        created->shape.image_height = features->height;
        created->shape.image_width = features->width;
        *dataset = created;
    }
    return status;
}

/* Begins rows that pass, if they can. Takes over the content where *rows is not NULL then, or on
 * failure. */
static sm_status pass_features(smi_content *const content, const char *const labels_path,
                               sm_rows **const rows)
{
    const char *const name = smi_content_name(content);
    smi_npy_labels labels = {.values = NULL};
    smi_npy_passing *passing = NULL;
    sm_status status = smi_npy_passing_begin(content, NULL, &passing);
    if (status == SM_OK && passing != NULL && labels_path != NULL) {
        status = smi_read_label_file(labels_path, smi_npy_passing_rows(passing), name, &labels);
    }
    return smi_npy_passing_finish(passing, content, status,
                                  labels_path == NULL ? name : labels_path, &labels, rows);
}

/* Takes over the content. */
static sm_status read_features(smi_content *const content, const char *const labels_path,
                               sm_dataset **const dataset)
{
    const char *const name = smi_content_name(content);
    smi_array_source source =
        smi_array_source_over(name, smi_content_bytes(content), smi_content_size(content));
    smi_npy_features features = {.memory = NULL};
    smi_npy_labels labels = {.values = NULL};
    sm_status status = smi_npy_take_features(&source, content, &features);
    if (status == SM_OK && labels_path != NULL) {
        status = smi_read_label_file(labels_path, features.rows, name, &labels);
    }
    if (status != SM_OK) {
        smi_free(features.memory);
        smi_content_free(content);
        return status;
    }
    return smi_npy_make_dataset(labels_path == NULL ? name : labels_path, &features, content,
                                &labels, dataset);
}

sm_status smi_open_npy_file(smi_stream *const stream, const char *const path,
                            const sm_open_options *const options, smi_opened *const opened)
{
    char beside[PATH_MAX];
    const char *labels = options->labels_path;
    if (labels == NULL && find_labels(path, beside)) {
        labels = beside;
    }
    smi_content *content = NULL;
    sm_status status = smi_content_open(stream, &content);
    if (status == SM_OK && opened->passing) {
        status = pass_features(content, labels, &opened->rows);
    }
    return status == SM_OK && opened->rows == NULL
               ? read_features(content, labels, &opened->dataset)
               : status;
}
