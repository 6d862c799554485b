#include "data/dataset.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "base/memory.h"
#include "base/names.h"
#include "base/number_text.h"
#include "base/picture_shape.h"
#include "base/status.h"
#include "data/content.h"
#include "data/labels.h"
#include "data/streaming.h"

struct smi_storage {
    atomic_size_t owners;
    size_t rows;
    void *x;       /* NULL when the caller's are borrowed */
    void *columns; /* likewise */
    void *row_starts;
    smi_content *content; /* what arrays of neither kind lie in; NULL: there are none */
    int32_t *labels;      /* NULL when the caller's are borrowed */
    float *weights;       /* likewise */
    char **class_names;
    size_t classes;
    float *scaling;   /* NULL: the same of all columns */
    char *table;      /* what its columns are; NULL: not known */
    char *notes;      /* NULL: none */
    char **row_names; /* by stored row; NULL: none */
    size_t *missing;  /* missing_count: by feature of a table */
    size_t missing_count;
    size_t left_out;
};

static void storage_release(smi_storage *const storage)
{
    if (storage == NULL || atomic_fetch_sub(&storage->owners, 1) != 1) {
        return;
    }
    smi_names_free(storage->class_names, storage->classes);
    smi_free(storage->labels);
    smi_free(storage->weights);
    smi_free(storage->scaling);
    smi_free(storage->table);
    smi_free(storage->notes);
    smi_names_free(storage->row_names, storage->rows);
    smi_free(storage->missing);
    smi_free(storage->x);
    smi_free(storage->columns);
    smi_free(storage->row_starts);
    smi_content_free(storage->content);
    smi_free(storage);
}

void sm_dataset_free(sm_dataset *const dataset)
{
    if (dataset == NULL) {
        return;
    }
    storage_release(dataset->storage);
    smi_free(dataset->order);
    smi_free(dataset);
}

/* Of a row's array; the entries of SM_CSR lie anywhere. */
static size_t element_size(const sm_element element)
{
    return element == SM_U8 ? sizeof(uint8_t) : element == SM_F32 ? sizeof(float) : 0;
}

static sm_status dataset_create(const sm_element element, const void *const x, const size_t rows,
                                const size_t features, sm_dataset **const dataset)
{
    size_t row_bytes = 0;
    size_t bytes = 0;
    if (rows == 0 || features == 0) {
        return smi_fail(SM_ERROR_DATA,
                        "the data has %zu rows of %zu features; at least 1 of each "
                        "is needed",
                        rows, features);
    }
    if (!smi_multiply_size(features, element_size(element), &row_bytes) ||
        !smi_multiply_size(rows, row_bytes, &bytes)) {
        return smi_fail(SM_ERROR_MEMORY, "%zu rows × %zu features do not fit in memory", rows,
                        features);
    }
    sm_dataset *const created = smi_array(1, sizeof *created);
    smi_storage *const storage = smi_array(1, sizeof *storage);
    if (created == NULL || storage == NULL) {
        smi_free(created);
        smi_free(storage);
        return smi_fail_memory("a dataset");
    }
    atomic_init(&storage->owners, 1);
    storage->rows = rows;
    *created = (sm_dataset){.storage = storage,
                            .element = element,
                            .x = x,
                            .row_bytes = row_bytes,
                            .rows = rows,
                            .shape = {.features = features,
                                      .sparse = element == SM_CSR,
                                      .scale = element == SM_U8 ? 1.0F / 255.0F : 1.0F}};
    *dataset = created;
    return SM_OK;
}

/* Gives the storage its class names; takes them over. */
static void adopt_class_names(sm_dataset *const dataset, char **const names, const size_t classes)
{
    smi_storage *const storage = dataset->storage;
    smi_names_free(storage->class_names, storage->classes);
    storage->class_names = names;
    storage->classes = classes;
    dataset->shape.class_names = (const char *const *)names;
    dataset->shape.classes = classes;
}

/* ---- from readers and generators ---- */

/* Completes a dataset whose storage owns x. */
static sm_status take_labels(const char *const name, sm_dataset *const created,
                             int32_t *const labels, const size_t classes,
                             sm_dataset **const dataset)
{
    sm_status status = SM_OK;
    created->storage->labels = labels;
    if (labels != NULL) {
        char **names = NULL;
        size_t count = classes;
        status = classes == 0 ? smi_index_labels(name, labels, created->rows, &names, &count)
                              : smi_names_copy(NULL, classes, &names);
        if (status == SM_OK) {
            created->labels = labels;
            adopt_class_names(created, names, count);
        }
    }
    if (status != SM_OK) {
        sm_dataset_free(created);
        return status;
    }
    *dataset = created;
    return SM_OK;
}

sm_status smi_dataset_take(const char *const name, const sm_element element, void *const x,
                           const size_t rows, const size_t features, int32_t *const labels,
                           const size_t classes, sm_dataset **const dataset)
{
    sm_dataset *created = NULL;
    const sm_status status = dataset_create(element, x, rows, features, &created);
    if (status != SM_OK) {
        smi_free(x);
        smi_free(labels);
        return status;
    }
    created->storage->x = x;
    return take_labels(name, created, labels, classes, dataset);
}

void smi_csr_free(const smi_csr *const x)
{
    smi_free(x->values);
    smi_free(x->columns);
    smi_free(x->row_starts);
}

sm_status smi_dataset_take_csr(const char *const name, const smi_csr *const x, const size_t rows,
                               const size_t features, int32_t *const labels, const size_t classes,
                               sm_dataset **const dataset)
{
    sm_dataset *created = NULL;
    const sm_status status = dataset_create(SM_CSR, x->values, rows, features, &created);
    if (status != SM_OK) {
        smi_csr_free(x);
        smi_free(labels);
        return status;
    }
    created->columns = x->columns;
    created->row_starts = x->row_starts;
    created->storage->x = x->values;
    created->storage->columns = x->columns;
    created->storage->row_starts = x->row_starts;
    return take_labels(name, created, labels, classes, dataset);
}

void smi_dataset_keep_weights(sm_dataset *const dataset, float *const weights)
{
    dataset->storage->weights = weights;
    dataset->weights = weights;
}

void smi_dataset_keep_scaling(sm_dataset *const dataset, float *const scaling)
{
    dataset->storage->scaling = scaling;
    dataset->shape.column_shift = scaling;
    dataset->shape.column_scale = scaling + dataset->shape.features;
}

void smi_dataset_keep_columns(sm_dataset *const dataset, char *const columns)
{
    dataset->storage->table = columns;
    dataset->shape.columns = columns;
}

void smi_dataset_keep_missing(sm_dataset *const dataset, size_t *const missing, const size_t count,
                              const size_t left_out)
{
    dataset->storage->missing = missing;
    dataset->storage->missing_count = count;
    dataset->storage->left_out = left_out;
}

void smi_dataset_keep_notes(sm_dataset *const dataset, char *const notes)
{
    dataset->storage->notes = notes;
}

void smi_dataset_keep_row_names(sm_dataset *const dataset, char **const names)
{
    dataset->storage->row_names = names;
}

void smi_held_rows_free(const smi_held_rows *const held)
{
    for (size_t i = 0; i < sizeof held->own / sizeof *held->own; i++) {
        smi_free(held->own[i]);
    }
    smi_content_free(held->content);
}

const smi_content *smi_dataset_content(const sm_dataset *const dataset)
{
    return dataset->storage->content;
}

size_t smi_dataset_stored_rows(const sm_dataset *const dataset)
{
    return dataset->storage->rows;
}

/* Whether the held, which lies in a file, is too large to count on its staying in memory. */
static bool is_streamed(const smi_held_rows *const held, const size_t row_bytes)
{
    if (held->own[0] != NULL || held->content == NULL || !smi_content_is_mapped(held->content)) {
        return false;
    }
    const double bytes = held->element == SM_CSR ? (double)held->row_starts[held->rows] *
                                                       (sizeof(float) + sizeof *held->columns)
                                                 : (double)held->rows * (double)row_bytes;
    return bytes >= (double)SMI_STREAMED_BYTES;
}

static bool lies_in_content(const smi_held_rows *const held)
{
    return held->own[0] == NULL ||
           (held->element == SM_CSR && (held->own[1] == NULL || held->own[2] == NULL));
}

sm_status smi_dataset_take_held(const char *const name, const smi_held_rows *const held,
                                int32_t *const labels, char **const names, const size_t classes,
                                sm_dataset **const dataset)
{
    sm_dataset *created = NULL;
    sm_status status = dataset_create(held->element, held->x, held->rows, held->features, &created);
    if (status != SM_OK) {
        smi_held_rows_free(held);
        smi_names_free(names, classes);
        smi_free(labels);
        return status;
    }
    smi_storage *const storage = created->storage;
    created->columns = held->columns;
    created->row_starts = held->row_starts;
    storage->x = held->own[0];
    storage->columns = held->own[1];
    storage->row_starts = held->own[2];
    if (lies_in_content(held)) {
        storage->content = held->content;
    }
    created->streamed = is_streamed(held, created->row_bytes);
    if (created->streamed) {
        smi_content_read_no_more(held->content);
    }
    if (names == NULL) {
        status = take_labels(name, created, labels, 0, dataset);
    } else {
        storage->labels = labels;
        created->labels = labels;
        adopt_class_names(created, names, classes);
        *dataset = created;
    }
    if (!lies_in_content(held)) {
        smi_content_free(held->content); /* not before its name has been of use */
    }
    return status;
}

/* ---- from the caller's arrays ---- */

static sm_status check_finite(const float *const values, const size_t rows, const size_t columns,
                              const char *const what)
{
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < columns; c++) {
            if (!isfinite(values[r * columns + c])) {
                return smi_fail(SM_ERROR_DATA, "row %zu: %s %zu is not a finite number", r, what,
                                c);
            }
        }
    }
    return SM_OK;
}

static sm_status check_labels(const int32_t *const labels, const size_t rows, const size_t classes)
{
    for (size_t r = 0; r < rows; r++) {
        if (labels[r] < 0 || (size_t)labels[r] >= classes) {
            return smi_fail(SM_ERROR_DATA, "row %zu: label %d is outside 0 … %zu", r,
                            (int)labels[r], classes - 1);
        }
    }
    return SM_OK;
}

/* Completes a dataset over the caller's x, which was created with `status`. */
static sm_status borrow_labels(sm_status status, sm_dataset *const created,
                               const int32_t *const labels, const size_t classes,
                               sm_dataset **const dataset)
{
    if (status == SM_OK && (classes == 0 || classes > SMI_MAX_CLASSES)) {
        char given[SMI_COUNTED_SIZE];
        char most[SMI_NUMBER_TEXT_SIZE];
        status = smi_fail(SM_ERROR_ARGUMENT, "%s; possible are 1 … %s",
                          smi_counted_text(classes, "class", given),
                          smi_grouped_text(SMI_MAX_CLASSES, most));
    }
    if (status == SM_OK && labels != NULL) {
        status = check_labels(labels, created->rows, classes);
        created->labels = labels;
    }
    if (status == SM_OK) {
        char **names = NULL;
        status = smi_names_copy(NULL, classes, &names);
        if (status == SM_OK) {
            adopt_class_names(created, names, classes);
            *dataset = created;
            return SM_OK;
        }
    }
    sm_dataset_free(created);
    return status;
}

sm_status sm_dataset_borrow_u8(const uint8_t *const x, const size_t rows, const size_t features,
                               const int32_t *const labels, const size_t classes,
                               sm_dataset **const dataset)
{
    if (x == NULL || dataset == NULL) {
        return smi_fail_null(__func__, x == NULL ? "x" : "dataset");
    }
    sm_dataset *created = NULL;
    const sm_status status = dataset_create(SM_U8, x, rows, features, &created);
    return borrow_labels(status, created, labels, classes, dataset);
}

sm_status sm_dataset_borrow_f32(const float *const x, const size_t rows, const size_t features,
                                const int32_t *const labels, const size_t classes,
                                sm_dataset **const dataset)
{
    if (x == NULL || dataset == NULL) {
        return smi_fail_null(__func__, x == NULL ? "x" : "dataset");
    }
    sm_dataset *created = NULL;
    sm_status status = dataset_create(SM_F32, x, rows, features, &created);
    if (status == SM_OK) {
        status = check_finite(x, rows, features, "feature");
    }
    return borrow_labels(status, created, labels, classes, dataset);
}

/* Checks the entries of one row of compressed sparse rows. */
static sm_status check_entries(const smi_sparse_row *const x, const size_t row,
                               const size_t features)
{
    for (size_t i = 0; i < x->count; i++) {
        if (x->columns[i] >= features) {
            return smi_fail(SM_ERROR_DATA, "row %zu: column %u is outside 0 … %zu", row,
                            (unsigned)x->columns[i], features - 1);
        }
        if (i > 0 && x->columns[i] <= x->columns[i - 1]) {
            return smi_fail(SM_ERROR_DATA, "row %zu: column %u comes after column %u", row,
                            (unsigned)x->columns[i], (unsigned)x->columns[i - 1]);
        }
        if (!isfinite(x->values[i])) {
            return smi_fail(SM_ERROR_DATA, "row %zu: column %u is not a finite number", row,
                            (unsigned)x->columns[i]);
        }
    }
    return SM_OK;
}

static sm_status check_csr(const sm_dataset *const dataset)
{
    const size_t *const starts = dataset->row_starts;
    for (size_t r = 0; r < dataset->rows; r++) {
        if (starts[r + 1] < starts[r] || starts[0] != 0) {
            return smi_fail(SM_ERROR_DATA, "row %zu: row_starts must begin at 0 and not descend",
                            r);
        }
        const smi_sparse_row x = smi_dataset_entries(dataset, r);
        const sm_status status = check_entries(&x, r, dataset->shape.features);
        if (status != SM_OK) {
            return status;
        }
    }
    return SM_OK;
}

sm_status sm_dataset_borrow_csr(const float *const values, const uint32_t *const columns,
                                const size_t *const row_starts, const size_t rows,
                                const size_t features, const int32_t *const labels,
                                const size_t classes, sm_dataset **const dataset)
{
    if (values == NULL || columns == NULL || row_starts == NULL || dataset == NULL) {
        return smi_fail_null(__func__, values == NULL       ? "values"
                                       : columns == NULL    ? "columns"
                                       : row_starts == NULL ? "row_starts"
                                                            : "dataset");
    }
    if (features > UINT32_MAX) {
        return smi_fail(SM_ERROR_ARGUMENT, "%zu features; possible are 1 … %u", features,
                        UINT32_MAX);
    }
    sm_dataset *created = NULL;
    sm_status status = dataset_create(SM_CSR, values, rows, features, &created);
    if (status == SM_OK) {
        created->columns = columns;
        created->row_starts = row_starts;
        status = check_csr(created);
    }
    return borrow_labels(status, created, labels, classes, dataset);
}

sm_status sm_dataset_set_targets(sm_dataset *const dataset, const float *const targets)
{
    if (dataset == NULL || targets == NULL) {
        return smi_fail_null(__func__, dataset == NULL ? "dataset" : "targets");
    }
    const size_t classes = dataset->shape.classes;
    if (dataset->order != NULL || classes == 0) {
        return smi_fail(SM_ERROR_ARGUMENT, "%s: the dataset is a part of another or has no classes",
                        __func__);
    }
    sm_status status = check_finite(targets, dataset->rows, classes, "target");
    for (size_t r = 0; status == SM_OK && r < dataset->rows; r++) {
        double sum = 0.0;
        for (size_t c = 0; c < classes; c++) {
            const float target = targets[r * classes + c];
            sum += target < 0.0F ? -INFINITY : (double)target;
        }
        /* Shares rounded to float, in any number, still sum to 1 within this. */
        if (!(fabs(sum - 1.0) <= 1e-4)) {
            status = smi_fail(SM_ERROR_DATA, "row %zu: targets must be 0 or more and sum to 1", r);
        }
    }
    if (status == SM_OK) {
        dataset->targets = targets;
        dataset->labels = NULL;
    }
    return status;
}

sm_status sm_dataset_set_weights(sm_dataset *const dataset, const float *const weights)
{
    if (dataset == NULL || weights == NULL) {
        return smi_fail_null(__func__, dataset == NULL ? "dataset" : "weights");
    }
    if (dataset->order != NULL) {
        return smi_fail(SM_ERROR_ARGUMENT, "%s: the dataset is a part of another", __func__);
    }
    for (size_t r = 0; r < dataset->rows; r++) {
        if (!(weights[r] > 0.0F) || !isfinite(weights[r])) {
            return smi_fail(SM_ERROR_DATA,
                            "row %zu: weight %g; weights must be finite numbers above 0", r,
                            (double)weights[r]);
        }
    }
    dataset->weights = weights;
    return SM_OK;
}

sm_status sm_dataset_set_image_shape(sm_dataset *const dataset, const size_t height,
                                     const size_t width)
{
    if (dataset == NULL) {
        return smi_fail_null(__func__, "dataset");
    }
    if (smi_picture_channels(dataset->shape.features, height, width) == 0) {
        return smi_fail(SM_ERROR_ARGUMENT, "pictures of %zu × %zu do not have %zu features", height,
                        width, dataset->shape.features);
    }
    dataset->shape.image_height = height;
    dataset->shape.image_width = width;
    return SM_OK;
}

sm_status sm_dataset_set_class_names(sm_dataset *const dataset, const char *const *const names)
{
    if (dataset == NULL || names == NULL) {
        return smi_fail_null(__func__, dataset == NULL ? "dataset" : "names");
    }
    if (atomic_load(&dataset->storage->owners) != 1) {
        return smi_fail(SM_ERROR_ARGUMENT,
                        "%s: the dataset shares its classes with a part or rows of it", __func__);
    }
    char **copies = NULL;
    const sm_status status = smi_names_copy(names, dataset->shape.classes, &copies);
    if (status == SM_OK) {
        adopt_class_names(dataset, copies, dataset->shape.classes);
    }
    return status;
}

/* ---- parts and classes ---- */

sm_status smi_dataset_part(const sm_dataset *const dataset, size_t *const order, const size_t rows,
                           sm_dataset **const part)
{
    sm_dataset *const created = smi_array(1, sizeof *created);
    if (created == NULL) {
        smi_free(order);
        return smi_fail_memory("a part of the data");
    }
    *created = *dataset;
    created->order = order;
    created->rows = rows;
    atomic_fetch_add(&dataset->storage->owners, 1);
    *part = created;
    return SM_OK;
}

sm_status smi_dataset_match_classes(const sm_dataset *const dataset, const char *const *const names,
                                    const size_t count, int32_t *const map)
{
    const sm_shape *const shape = &dataset->shape;
    const sm_status status = smi_names_match(shape->class_names, shape->classes, names, count, map);
    for (size_t c = 0; status == SM_OK && c < shape->classes; c++) {
        if (map[c] < 0) {
            return smi_fail(SM_ERROR_DATA,
                            "the data has a class '%s', which is not one of the model's %zu",
                            shape->class_names[c], count);
        }
        if (dataset->targets != NULL && (shape->classes != count || map[c] != (int32_t)c)) {
            return smi_fail(SM_ERROR_DATA, "targets must list the model's classes in its order");
        }
    }
    return status;
}

sm_status smi_dataset_check(const sm_dataset *const dataset, const size_t features,
                            const bool needs_labels)
{
    if (dataset->shape.features != features) {
        char own[SMI_COUNTED_SIZE];
        char taken[SMI_NUMBER_TEXT_SIZE];
        return smi_fail(SM_ERROR_DATA, "the data has %s a row, the model takes %s",
                        smi_counted_text(dataset->shape.features, "feature", own),
                        smi_grouped_text(features, taken));
    }
    if (needs_labels && !sm_dataset_has_labels(dataset)) {
        return smi_fail(SM_ERROR_DATA, "the data has no labels");
    }
    return SM_OK;
}

size_t sm_dataset_missing(const sm_dataset *const dataset, const size_t feature)
{
    const smi_storage *const storage = dataset->storage;
    return feature < storage->missing_count ? storage->missing[feature] : 0;
}

size_t sm_dataset_left_out(const sm_dataset *const dataset)
{
    return dataset->storage->left_out;
}

const char *sm_dataset_notes(const sm_dataset *const dataset)
{
    return dataset->storage->notes == NULL ? "" : dataset->storage->notes;
}

const char *sm_dataset_row_name(const sm_dataset *const dataset, const size_t row)
{
    char **const names = dataset->storage->row_names;
    return names == NULL || row >= dataset->rows ? NULL
                                                 : names[smi_dataset_stored_row(dataset, row)];
}
