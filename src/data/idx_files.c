#include "data/idx_files.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/dataset.h"
#include "data/idx.h"
#include "data/idx_rows.h"
#include "data/label_file.h"
#include "sys/folder.h"

static const char *const compressions[] = {"", ".gz"};
static const char *const feature_endings[] = {"-images-idx3-ubyte",   "-images.idx3-ubyte",
                                              "-images-idx3-float",   "-features-idx2-ubyte",
                                              "-features-idx2-float", NULL};
static const char *const label_endings[] = {"-labels-idx1-ubyte", "-labels.idx1-ubyte",
                                            "-labels-idx1-int", NULL};

/* Finds the file `stem` + one of the endings + perhaps ".gz"; path holds PATH_MAX bytes. */
static bool find(const char *const stem, const char *const *const endings, char *const path)
{
    for (size_t e = 0; endings[e] != NULL; e++) {
        for (size_t c = 0; c < sizeof compressions / sizeof *compressions; c++) {
            const int length =
                snprintf(path, PATH_MAX, "%s%s%s", stem, endings[e], compressions[c]);
            if (length > 0 && length < PATH_MAX && smi_is_file(path)) {
                return true;
            }
        }
    }
    return false;
}

/* labels_path NULL: no labels. */
static sm_status read_pair(smi_stream *const stream, const char *const features_path,
                           const char *const labels_path, sm_dataset **const dataset)
{
    smi_idx_features features = {0};
    smi_npy_labels labels = {.values = NULL};
    sm_status status = smi_stream_finish(stream, smi_idx_read_features(stream, &features));
    if (status == SM_OK && labels_path != NULL) {
        status = smi_read_label_file(labels_path, features.rows, smi_stream_name(stream), &labels);
    }
    if (status != SM_OK) {
        smi_free(features.x);
        return status;
    }
    sm_dataset *created = NULL;
    const smi_held_rows matrix = {.element = features.element,
                                  .x = features.x,
                                  .rows = features.rows,
                                  .features = features.features,
                                  .own = {features.x}};
    status = smi_dataset_take_held(labels_path == NULL ? features_path : labels_path, &matrix,
                                   labels.values, labels.names, labels.classes, &created);
    if (status == SM_OK) {
        created->shape.image_height = features.height;
        created->shape.image_width = features.width;
        *dataset = created;
    }
    return status;
}

static sm_status open_stream(smi_stream *const stream, const char *const features_path,
                             const char *const labels_path, smi_opened *const opened)
{
    return opened->passing ? smi_idx_rows(stream, labels_path, &opened->rows)
                           : read_pair(stream, features_path, labels_path, &opened->dataset);
}

static sm_status open_pair(const char *const features_path, const char *const labels_path,
                           smi_opened *const opened)
{
    smi_stream *stream = NULL;
    sm_status status = smi_stream_open_path(features_path, &stream);
    if (status == SM_OK) {
        status = open_stream(stream, features_path, labels_path, opened);
    }
    smi_stream_close(stream);
    return status;
}

/* What the names of a part's files begin with. */
static const char *const stems[] = {[SMI_PART_TRAIN] = "train", [SMI_PART_TEST] = "t10k"};

bool smi_is_idx_folder(const char *const folder)
{
    for (size_t p = 0; p < sizeof stems / sizeof *stems; p++) {
        char stem[PATH_MAX];
        char features[PATH_MAX];
        const int length = snprintf(stem, sizeof stem, "%s/%s", folder, stems[p]);
        if (length > 0 && (size_t)length < sizeof stem && find(stem, feature_endings, features)) {
            return true;
        }
    }
    return false;
}

sm_status smi_open_idx_folder(const char *const folder, const smi_part part,
                              smi_opened *const opened)
{
    char stem[PATH_MAX];
    char features[PATH_MAX];
    char labels[PATH_MAX];
    const char *const name = stems[part];
    const int length = snprintf(stem, sizeof stem, "%s/%s", folder, name);
    if (length < 0 || (size_t)length >= sizeof stem) {
        return smi_fail(SM_ERROR_IO, "%s: the path is too long", folder);
    }
    if (!find(stem, feature_endings, features)) {
        return smi_fail(SM_ERROR_IO, "the folder '%s' has no file '%s%s' or '%s%s.gz'", folder,
                        name, feature_endings[0], name, feature_endings[0]);
    }
    if (!find(stem, label_endings, labels)) {
        return smi_fail(SM_ERROR_IO, "the folder '%s' has no file '%s%s' or '%s%s.gz'", folder,
                        name, label_endings[0], name, label_endings[0]);
    }
    return open_pair(features, labels, opened);
}

sm_status smi_open_idx_file(smi_stream *const stream, const char *const path,
                            const char *const labels_path, smi_opened *const opened)
{
    if (labels_path != NULL) {
        return open_stream(stream, path, labels_path, opened);
    }
    char stem[PATH_MAX];
    char labels[PATH_MAX];
    const char *const slash = strrchr(path, '/');
    const char *const name = slash == NULL ? path : slash + 1;
    const char *word = strstr(name, "-images");
    word = word == NULL ? strstr(name, "-features") : word;
    if (word == NULL || (size_t)(word - path) >= sizeof stem) {
        return open_stream(stream, path, NULL, opened);
    }
    memcpy(stem, path, (size_t)(word - path));
    stem[word - path] = '\0';
    return open_stream(stream, path, find(stem, label_endings, labels) ? labels : NULL, opened);
}

sm_status sm_dataset_open_idx(const char *const features_path, const char *const labels_path,
                              sm_dataset **const dataset)
{
    if (features_path == NULL || dataset == NULL) {
        return smi_fail_null(__func__, features_path == NULL ? "features_path" : "dataset");
    }
    smi_opened opened = {.passing = false};
    const sm_status status = open_pair(features_path, labels_path, &opened);
    if (status == SM_OK) {
        *dataset = opened.dataset;
    }
    return status;
}
