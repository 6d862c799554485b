#include "data/array/npz_sparse.h"

#include "base/memory.h"
#include "base/status.h"
#include "data/array/npy_values.h"

/* The arrays' places in smi_held_rows.own. */
enum { OWN_VALUES, OWN_COLUMNS, OWN_ROW_STARTS };

/* Integers of `size` bytes that are 0 … most: where they lie, or in memory that *own then is. They
 * are checked there by their use alone. */
static sm_status take_integers(const smi_zip *const zip, const smi_zip_member *const list,
                               const size_t count, const size_t size, const int64_t most,
                               const void **const values, void **const own)
{
    smi_array_source source;
    smi_npy array;
    sm_status status = smi_npz_open_list(zip, list, count, &source, &array);
    if (status != SM_OK) {
        return status;
    }
    if (smi_npz_list_has_integers(&source, &array, size)) {
        *values = source.at;
        status = smi_npy_pass_bytes(&source, zip->content);
    } else {
        *own = smi_array(count, size);
        *values = *own;
        status = *own == NULL ? smi_fail_memory(source.name)
                              : smi_npy_take_integers(&source, &array, 0, most, size, *own);
    }
    smi_array_source_close(&source);
    return status;
}

static sm_status take_values(const smi_zip *const zip, const smi_npz_lists *const lists,
                             smi_held_rows *const matrix)
{
    smi_array_source source;
    smi_npy array;
    const size_t count = lists->entries;
    sm_status status = smi_npz_open_list(zip, &lists->values, count, &source, &array);
    if (status != SM_OK) {
        return status;
    }
    if (smi_npz_list_has_floats(&source, &array)) {
        matrix->x = source.at;
        status = smi_npy_check_floats(&source, zip->content, matrix->x, count, 0);
    } else {
        matrix->own[OWN_VALUES] = smi_array(count, sizeof(float));
        matrix->x = matrix->own[OWN_VALUES];
        status = matrix->x == NULL
                     ? smi_fail_memory(source.name)
                     : smi_npy_take_floats(&source, &array, 0, matrix->own[OWN_VALUES]);
    }
    smi_array_source_close(&source);
    return status;
}

/* ---- what they have to be ---- */

/* Each row's entries must be within the arrays before anybody looks at them. */
static sm_status check_row_starts(const smi_npz_lists *const lists,
                                  const smi_held_rows *const matrix)
{
    const size_t *const starts = matrix->row_starts;
    bool good = starts[0] == 0 && starts[lists->rows] == lists->entries;
    for (size_t r = 0; good && r < lists->rows; r++) {
        good = starts[r] <= starts[r + 1];
    }
    return good ? SM_OK : smi_npz_fail_row_starts(lists);
}

static sm_status check_columns(const smi_zip *const zip, const smi_npz_lists *const lists,
                               const smi_held_rows *const matrix)
{
    enum { PIECE = 1 << 18 };                           /* entries */
    const bool lies = matrix->own[OWN_COLUMNS] == NULL; /* in the content */
    size_t fetched = 0;
    size_t passed = 0;
    for (size_t r = 0; r < lists->rows; r++) {
        const size_t begin = matrix->row_starts[r];
        const size_t end = matrix->row_starts[r + 1];
        if (lies && end > fetched) {
            const size_t some = smi_max_size(end - fetched, PIECE);
            smi_content_fetch(zip->content, matrix->columns + fetched, 0,
                              some * sizeof *matrix->columns);
            fetched += some;
        }
        const sm_status status = smi_npz_check_row(lists, r, matrix->columns + begin, end - begin);
        if (status != SM_OK) {
            return status;
        }
        if (lies && end - passed >= PIECE) {
            smi_content_let_go(zip->content, matrix->columns + passed, 0,
                               (end - passed) * sizeof *matrix->columns);
            passed = end;
        }
    }
    return smi_content_check_unchanged(zip->content);
}

sm_status smi_npz_read_sparse(const smi_zip *const zip, const smi_npz_lists *const lists,
                              smi_held_rows *const matrix)
{
    const void *columns = NULL;
    const void *starts = NULL;
    matrix->element = SM_CSR;
    matrix->rows = lists->rows;
    matrix->features = lists->features;
    sm_status status = take_values(zip, lists, matrix);
    if (status == SM_OK) {
        status = take_integers(zip, &lists->columns, lists->entries, sizeof(uint32_t), UINT32_MAX,
                               &columns, &matrix->own[OWN_COLUMNS]);
    }
    if (status == SM_OK) {
        status = take_integers(zip, &lists->row_starts, lists->rows + 1, sizeof(size_t),
                               PTRDIFF_MAX, &starts, &matrix->own[OWN_ROW_STARTS]);
    }
    matrix->columns = columns;
    matrix->row_starts = starts;
    if (status == SM_OK) {
        status = check_row_starts(lists, matrix);
    }
    return status == SM_OK ? check_columns(zip, lists, matrix) : status;
}
