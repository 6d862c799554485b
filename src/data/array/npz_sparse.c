#include "data/array/npz_sparse.h"

#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/array/npy_values.h"

/* The arrays' places in smi_held_rows.own. */
enum { OWN_VALUES, OWN_COLUMNS, OWN_ROW_STARTS };

static const char *const needed[] = {"data.npy", "indices.npy", "indptr.npy", "shape.npy"};

bool smi_npz_is_sparse(const smi_zip *const zip)
{
    bool all = true;
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        all = all && smi_zip_find(zip, needed[i]) != NULL;
    }
    return all;
}

/* ---- arrays ---- */

/* Opens a member of one dimension, whose header is then read. */
static sm_status open_list(const smi_zip *const zip, const char *const name,
                           smi_array_source *const source, smi_npy *const array)
{
    sm_status status = smi_zip_source(zip, smi_zip_find(zip, name), source);
    if (status != SM_OK) {
        return status;
    }
    status = smi_npy_read_header(source, array);
    if (status == SM_OK && array->dimensions != 1) {
        status = smi_fail(SM_ERROR_FORMAT, "%s: %zu dimensions; this array has one", source->name,
                          array->dimensions);
    }
    if (status != SM_OK) {
        smi_array_source_close(source);
    }
    return status;
}

/* Integers of `size` bytes that are 0 … most: where they lie, or in memory that *own then is. They
 * are checked there by their use alone. */
static sm_status take_integers(const smi_zip *const zip, const char *const name, const size_t size,
                               const int64_t most, const void **const values, void **const own,
                               size_t *const count)
{
    smi_array_source source;
    smi_npy array;
    sm_status status = open_list(zip, name, &source, &array);
    if (status != SM_OK) {
        return status;
    }
    const bool whole = array.kind == SMI_NPY_SIGNED || array.kind == SMI_NPY_UNSIGNED;
    *count = array.elements;
    if (whole && array.size == size && smi_npy_lies_ready(&source, &array)) {
        *values = source.at;
        status = smi_npy_pass_bytes(&source, zip->content);
    } else {
        *own = smi_array(array.elements, size);
        *values = *own;
        status = *own == NULL ? smi_fail_memory(source.name)
                              : smi_npy_take_integers(&source, &array, 0, most, size, *own);
    }
    smi_array_source_close(&source);
    return status;
}

static sm_status take_values(const smi_zip *const zip, smi_held_rows *const matrix,
                             size_t *const count)
{
    smi_array_source source;
    smi_npy array;
    sm_status status = open_list(zip, "data.npy", &source, &array);
    if (status != SM_OK) {
        return status;
    }
    *count = array.elements;
    if (array.kind == SMI_NPY_FLOAT && array.size == sizeof(float) &&
        smi_npy_lies_ready(&source, &array)) {
        matrix->x = source.at;
        status = smi_npy_check_floats(&source, zip->content, matrix->x, array.elements,
                                      smi_max_size(array.elements, 1));
    } else {
        matrix->own[OWN_VALUES] = smi_array(array.elements, sizeof(float));
        matrix->x = matrix->own[OWN_VALUES];
        status = matrix->x == NULL
                     ? smi_fail_memory(source.name)
                     : smi_npy_take_floats(&source, &array, smi_max_size(array.elements, 1),
                                           matrix->own[OWN_VALUES]);
    }
    smi_array_source_close(&source);
    return status;
}

/* ---- what they have to be ---- */

/* SciPy saves other kinds of sparse matrices likewise. */
static sm_status check_format(const smi_zip *const zip)
{
    const smi_zip_member *const member = smi_zip_find(zip, "format.npy");
    if (member == NULL) {
        return SM_OK;
    }
    smi_array_source source;
    smi_npy array;
    char text[33] = "";
    sm_status status = smi_zip_source(zip, member, &source);
    if (status != SM_OK) {
        return status;
    }
    status = smi_npy_read_header(&source, &array);
    if (status == SM_OK && smi_npy_is_text(&array) && array.elements == 1 && array.size <= 32) {
        uint8_t bytes[32];
        const size_t unit = array.kind == SMI_NPY_UNICODE ? 4 : 1;
        status = smi_array_source_read(&source, bytes, array.size);
        for (size_t i = 0; status == SM_OK && i < array.size; i++) {
            const size_t place = i / unit; /* of ASCII one byte is not 0 */
            text[place] = (char)(text[place] | (char)bytes[i]);
        }
    }
    if (status == SM_OK && strcmp(text, "csr") != 0) {
        status = smi_fail(SM_ERROR_FORMAT,
                          "%s: the matrix is not made of compressed sparse rows; x.tocsr() makes "
                          "it so",
                          member->label);
    }
    smi_array_source_close(&source);
    return status;
}

static sm_status read_shape(const smi_zip *const zip, smi_held_rows *const matrix)
{
    const void *values = NULL;
    void *own = NULL;
    size_t count = 0;
    uint64_t shape[2] = {0};
    sm_status status =
        take_integers(zip, "shape.npy", sizeof *shape, INT64_MAX, &values, &own, &count);
    if (status == SM_OK && count != 2) {
        status = smi_fail(SM_ERROR_FORMAT, "%s: a matrix has 2 sizes, not %zu",
                          smi_zip_find(zip, "shape.npy")->label, count);
    }
    if (status == SM_OK) {
        memcpy(shape, values, sizeof shape);
        if (shape[0] == 0 || shape[1] == 0 || shape[1] > UINT32_MAX || shape[0] >= SIZE_MAX / 8) {
            status = smi_fail(SM_ERROR_DATA, "%s: %llu rows of %llu features; possible are 1 … %u",
                              smi_zip_find(zip, "shape.npy")->label, (unsigned long long)shape[0],
                              (unsigned long long)shape[1], UINT32_MAX);
        }
    }
    matrix->rows = (size_t)shape[0];
    matrix->features = (size_t)shape[1];
    smi_free(own);
    return status;
}

/* Each row's entries must be within the arrays before anybody looks at them. */
static sm_status check_row_starts(const char *const name, const smi_held_rows *const matrix,
                                  const size_t entries)
{
    const size_t *const starts = matrix->row_starts;
    bool good = starts[0] == 0 && starts[matrix->rows] == entries;
    for (size_t r = 0; good && r < matrix->rows; r++) {
        good = starts[r] <= starts[r + 1];
    }
    return good ? SM_OK
                : smi_fail(SM_ERROR_FORMAT,
                           "%s: the places where rows begin do not ascend from 0 to the %zu "
                           "entries",
                           name, entries);
}

static sm_status check_columns(const smi_zip *const zip, const smi_held_rows *const matrix)
{
    enum { PIECE = 1 << 18 }; /* entries */
    const char *const name = smi_zip_find(zip, "indices.npy")->label;
    const bool lies = matrix->own[OWN_COLUMNS] == NULL; /* in the content */
    size_t fetched = 0;
    size_t passed = 0;
    for (size_t r = 0; r < matrix->rows; r++) {
        const size_t begin = matrix->row_starts[r];
        const size_t end = matrix->row_starts[r + 1];
        if (lies && end > fetched) {
            const size_t some = smi_max_size(end - fetched, PIECE);
            smi_content_fetch(zip->content, matrix->columns + fetched, 0,
                              some * sizeof *matrix->columns);
            fetched += some;
        }
        for (size_t i = begin; i < end; i++) {
            if (matrix->columns[i] >= matrix->features) {
                return smi_fail(SM_ERROR_DATA, "%s: row %zu: column %u is outside 0 … %zu", name, r,
                                (unsigned)matrix->columns[i], matrix->features - 1);
            }
            if (i > begin && matrix->columns[i] <= matrix->columns[i - 1]) {
                return smi_fail(SM_ERROR_DATA,
                                "%s: row %zu: column %u comes after column %u; "
                                "x.sum_duplicates() brings them into order",
                                name, r, (unsigned)matrix->columns[i],
                                (unsigned)matrix->columns[i - 1]);
            }
        }
        if (lies && end - passed >= PIECE) {
            smi_content_let_go(zip->content, matrix->columns + passed, 0,
                               (end - passed) * sizeof *matrix->columns);
            passed = end;
        }
    }
    return smi_content_check_unchanged(zip->content);
}

static sm_status read_lists(const smi_zip *const zip, smi_held_rows *const matrix)
{
    const void *columns = NULL;
    const void *starts = NULL;
    size_t values_count = 0;
    size_t columns_count = 0;
    size_t starts_count = 0;
    sm_status status = take_values(zip, matrix, &values_count);
    if (status == SM_OK) {
        status = take_integers(zip, "indices.npy", sizeof(uint32_t), UINT32_MAX, &columns,
                               &matrix->own[OWN_COLUMNS], &columns_count);
    }
    if (status == SM_OK) {
        status = take_integers(zip, "indptr.npy", sizeof(size_t), PTRDIFF_MAX, &starts,
                               &matrix->own[OWN_ROW_STARTS], &starts_count);
    }
    matrix->columns = columns;
    matrix->row_starts = starts;
    if (status == SM_OK && (columns_count != values_count || starts_count != matrix->rows + 1)) {
        status = smi_fail(SM_ERROR_FORMAT,
                          "%s: %zu values, %zu indices and %zu places where rows begin do not make "
                          "%zu rows",
                          smi_content_name(zip->content), values_count, columns_count, starts_count,
                          matrix->rows);
    }
    if (status == SM_OK) {
        status = check_row_starts(smi_zip_find(zip, "indptr.npy")->label, matrix, values_count);
    }
    return status == SM_OK ? check_columns(zip, matrix) : status;
}

sm_status smi_npz_read_sparse(const smi_zip *const zip, smi_held_rows *const matrix)
{
    matrix->element = SM_CSR;
    sm_status status = check_format(zip);
    if (status == SM_OK) {
        status = read_shape(zip, matrix);
    }
    return status == SM_OK ? read_lists(zip, matrix) : status;
}
