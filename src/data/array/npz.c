#include "data/array/npz.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/array/npy_files.h"
#include "data/array/npy_rows.h"
#include "data/array/npz_sparse.h"
#include "data/array/npz_sparse_rows.h"
#include "data/label_file.h"
#include "sys/file.h"

/* Arrays that belong together. */
typedef struct array_names {
    const char *x;
    const char *y;
    const char *x_test; /* NULL: there are no parts */
    const char *y_test;
} array_names;

static const array_names all_names[] = {
    {"x_train.npy", "y_train.npy", "x_test.npy", "y_test.npy"},
    {"X_train.npy", "y_train.npy", "X_test.npy", "y_test.npy"},
    {"train_images.npy", "train_labels.npy", "test_images.npy", "test_labels.npy"},
    {"x.npy", "y.npy", NULL, NULL},
    {"X.npy", "y.npy", NULL, NULL},
    {"data.npy", "target.npy", NULL, NULL},
    {"data.npy", "labels.npy", NULL, NULL},
    {"images.npy", "labels.npy", NULL, NULL},
    {"features.npy", "labels.npy", NULL, NULL},
    {"arr_0.npy", "arr_1.npy", NULL, NULL}, /* what savez() calls arrays without names */
};
enum { NAMES = sizeof all_names / sizeof *all_names };

/* The first names of which both arrays are there, or else of which the features are. */
static const array_names *choose_names(const smi_zip *const zip)
{
    const array_names *alone = NULL;
    for (size_t i = 0; i < NAMES; i++) {
        if (smi_zip_find(zip, all_names[i].x) != NULL) {
            if (smi_zip_find(zip, all_names[i].y) != NULL) {
                return &all_names[i];
            }
            alone = alone == NULL ? &all_names[i] : alone;
        }
    }
    return alone;
}

/* Lists what there is instead. */
static sm_status fail_no_features(const smi_zip *const zip)
{
    char list[256] = "";
    size_t length = 0;
    for (size_t m = 0; m < zip->count && length + 1 < sizeof list; m++) {
        const int written = snprintf(list + length, sizeof list - length, "%s%s",
                                     m == 0 ? "" : ", ", zip->members[m].name);
        length += written > 0 ? (size_t)written : 0;
    }
    return smi_fail(SM_ERROR_FORMAT,
                    "%s: no array of features in it, which would be called x_train, x, X, data, "
                    "images, features or arr_0; there is: %s",
                    smi_content_name(zip->content), zip->count == 0 ? "nothing" : list);
}

/* Labels of rows that have been read: from a file of their own, or a member, or none. */
static sm_status read_labels(const smi_zip *const zip, const smi_zip_member *const member,
                             const char *const path, const size_t rows, const char *const features,
                             smi_npy_labels *const labels)
{
    *labels = (smi_npy_labels){.values = NULL};
    if (path != NULL) {
        return smi_read_label_file(path, rows, features, labels);
    }
    if (member == NULL) {
        return SM_OK;
    }
    smi_array_source source;
    sm_status status = smi_zip_source(zip, member, &source);
    if (status == SM_OK) {
        status = smi_npy_take_labels(&source, rows, features, labels);
        smi_array_source_close(&source);
    }
    return status;
}

static const char *labels_name(const smi_zip_member *const member, const char *const path,
                               const char *const file)
{
    return path != NULL ? path : member != NULL ? member->label : file;
}

static sm_status read_full(const smi_zip *const zip, smi_content *const content,
                           const smi_zip_member *const x, const smi_zip_member *const y,
                           const char *const labels_path, sm_dataset **const dataset)
{
    smi_array_source source;
    smi_npy_features features = {.memory = NULL};
    smi_npy_labels labels = {.values = NULL};
    sm_status status = smi_zip_source(zip, x, &source);
    if (status == SM_OK) {
        status = smi_npy_take_features(&source, content, &features);
        smi_array_source_close(&source);
    }
    if (status == SM_OK) {
        status = read_labels(zip, y, labels_path, features.rows, x->label, &labels);
    }
    if (status != SM_OK) {
        smi_free(features.memory);
        smi_content_free(content);
        return status;
    }
    return smi_npy_make_dataset(labels_name(y, labels_path, smi_content_name(content)), &features,
                                content, &labels, dataset);
}

/* Begins rows that pass, if they can. Takes over the content where *rows is not NULL then, or on
 * failure. */
static sm_status pass_full(const smi_zip *const zip, smi_content *const content,
                           const smi_zip_member *const x, const smi_zip_member *const y,
                           const char *const labels_path, sm_rows **const rows)
{
    smi_npy_labels labels = {.values = NULL};
    smi_npy_passing *passing = NULL;
    sm_status status = smi_npy_passing_begin(content, x, &passing);
    if (status == SM_OK && passing != NULL) {
        status = read_labels(zip, y, labels_path, smi_npy_passing_rows(passing), x->label, &labels);
    }
    return smi_npy_passing_finish(passing, content, status,
                                  labels_name(y, labels_path, smi_content_name(content)), &labels,
                                  rows);
}

/* Takes over the content and the labels. */
static sm_status hold_sparse(const smi_zip *const zip, smi_content *const content,
                             const smi_npz_lists *const lists, const char *const labels_name,
                             const smi_npy_labels *const labels, sm_dataset **const dataset)
{
    smi_held_rows matrix = {.content = content};
    const sm_status status = smi_npz_read_sparse(zip, lists, &matrix);
    if (status != SM_OK) {
        smi_held_rows_free(&matrix);
        smi_npy_labels_free(labels);
        return status;
    }
    return smi_dataset_take_held(labels_name, &matrix, labels->values, labels->names,
                                 labels->classes, dataset);
}

/* SciPy keeps no labels, but leaves room for them. */
static sm_status read_sparse(const smi_zip *const zip, smi_content *const content,
                             const char *const labels_path, smi_opened *const opened)
{
    static const char *const names[] = {"y.npy", "labels.npy", "target.npy"};
    const char *const file = smi_content_name(content);
    const smi_zip_member *y = NULL;
    for (size_t i = 0; y == NULL && i < sizeof names / sizeof *names; i++) {
        y = smi_zip_find(zip, names[i]);
    }
    smi_npz_lists lists;
    smi_npy_labels labels = {.values = NULL};
    sm_status status = smi_npz_find_lists(zip, &lists);
    if (status == SM_OK) {
        status = read_labels(zip, y, labels_path, lists.rows, file, &labels);
    }
    if (status != SM_OK) {
        smi_content_free(content);
        return status;
    }
    const char *const name = labels_name(y, labels_path, file);
    return opened->passing && !lists.in_place
               ? smi_npz_sparse_rows(content, &lists, name, &labels, &opened->rows)
               : hold_sparse(zip, content, &lists, name, &labels, &opened->dataset);
}

/* Takes over the content. */
static sm_status read_part(const smi_zip *const zip, smi_content *const content,
                           const smi_part part, const char *const labels_path,
                           smi_opened *const opened)
{
    const bool test = part == SMI_PART_TEST;
    const array_names *const names = choose_names(zip);
    const bool parts =
        names != NULL && names->x_test != NULL && smi_zip_find(zip, names->x_test) != NULL;
    if (test && !parts) {
        smi_content_free(content);
        return SM_OK;
    }
    if (smi_npz_is_sparse(zip)) {
        return read_sparse(zip, content, labels_path, opened);
    }
    if (names == NULL) {
        const sm_status status = fail_no_features(zip);
        smi_content_free(content);
        return status;
    }
    const smi_zip_member *const x = smi_zip_find(zip, test ? names->x_test : names->x);
    const smi_zip_member *const y = smi_zip_find(zip, test ? names->y_test : names->y);
    sm_status status = SM_OK;
    if (opened->passing) {
        status = pass_full(zip, content, x, y, labels_path, &opened->rows);
    }
    return status == SM_OK && opened->rows == NULL
               ? read_full(zip, content, x, y, labels_path, &opened->dataset)
               : status;
}

sm_status smi_npz_read(smi_content *const content, const smi_part part,
                       const char *const labels_path, smi_opened *const opened)
{
    smi_zip zip;
    sm_status status = smi_zip_read(content, &zip);
    if (status == SM_OK) {
        status = read_part(&zip, content, part, labels_path, opened);
    } else {
        smi_content_free(content);
    }
    smi_zip_free(&zip);
    return status;
}

sm_status smi_open_npz_file(smi_stream *const stream, const smi_part part,
                            const sm_open_options *const options, smi_opened *const opened)
{
    smi_content *content = NULL;
    const sm_status status = smi_content_open(stream, &content);
    return status == SM_OK ? smi_npz_read(content, part, options->labels_path, opened) : status;
}

bool smi_is_npz_file(const char *const path)
{
    uint8_t first[4];
    return smi_zip_looks_right(first, smi_file_begin(path, first, sizeof first));
}
