#include "data/array/npz_lists.h"

#include <string.h>

#include "base/number_text.h"
#include "base/status.h"
#include "data/array/npy_values.h"
#include "sys/file.h"

static const char *const needed[] = {"data.npy", "indices.npy", "indptr.npy", "shape.npy"};

/* What SciPy saves with every kind of sparse matrix; of some `data` alone could be taken for rows.
 */
static const char *const always[] = {"data.npy", "shape.npy", "format.npy"};

static bool has_all(const smi_zip *const zip, const char *const names[], const size_t count)
{
    size_t found = 0;
    while (found < count && smi_zip_find(zip, names[found]) != NULL) {
        found++;
    }
    return found == count;
}

bool smi_npz_is_sparse(const smi_zip *const zip)
{
    return has_all(zip, needed, sizeof needed / sizeof *needed) ||
           has_all(zip, always, sizeof always / sizeof *always);
}

/* ---- one list ---- */

static sm_status open_list(const smi_zip *const zip, const smi_zip_member *const list,
                           smi_array_source *const source, smi_npy *const array)
{
    sm_status status = smi_zip_source(zip, list, source);
    if (status != SM_OK) {
        return status;
    }
    status = smi_npy_read_header(source, array);
    if (status == SM_OK && array->dimensions != 1) {
        char dimensions[SMI_COUNTED_SIZE];
        status = smi_fail(SM_ERROR_FORMAT, "%s: %s; this array has one", source->name,
                          smi_counted_text(array->dimensions, "dimension", dimensions));
    }
    if (status != SM_OK) {
        smi_array_source_close(source);
    }
    return status;
}

/* What is mapped may be written to by others meanwhile. */
sm_status smi_npz_open_list(const smi_zip *const zip, const smi_zip_member *const list,
                            const size_t count, smi_array_source *const source,
                            smi_npy *const array)
{
    const sm_status status = open_list(zip, list, source, array);
    if (status == SM_OK && array->elements != count) {
        smi_array_source_close(source);
        return smi_fail_changed(list->label);
    }
    return status;
}

bool smi_npz_list_has_floats(const smi_array_source *const source, const smi_npy *const array)
{
    return array->kind == SMI_NPY_FLOAT && array->size == sizeof(float) &&
           smi_npy_lies_ready(source, array);
}

bool smi_npz_list_has_integers(const smi_array_source *const source, const smi_npy *const array,
                               const size_t size)
{
    const bool whole = array->kind == SMI_NPY_SIGNED || array->kind == SMI_NPY_UNSIGNED;
    return whole && array->size == size && smi_npy_lies_ready(source, array);
}

/* ---- what SciPy says of them ---- */

/* Of the kinds of sparse matrices that SciPy saves one has rows, and the members for them. */
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

static sm_status check_members(const smi_zip *const zip)
{
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (smi_zip_find(zip, needed[i]) == NULL) {
            return smi_fail(
                SM_ERROR_FORMAT,
                "%s: a matrix of compressed sparse rows has a member '%s', and there is none",
                smi_content_name(zip->content), needed[i]);
        }
    }
    return SM_OK;
}

static sm_status check_shape(const char *const name, const uint64_t shape[2])
{
    if (shape[0] == 0 || shape[1] == 0 || shape[1] > UINT32_MAX || shape[0] >= SIZE_MAX / 8) {
        char rows[SMI_COUNTED_SIZE];
        char features[SMI_COUNTED_SIZE];
        char most[SMI_NUMBER_TEXT_SIZE];
        return smi_fail(SM_ERROR_DATA, "%s: %s of %s; possible are 1 … %s", name,
                        smi_counted_text(shape[0], "row", rows),
                        smi_counted_text(shape[1], "feature", features),
                        smi_grouped_text(UINT32_MAX, most));
    }
    return SM_OK;
}

static sm_status read_shape(const smi_zip *const zip, smi_npz_lists *const lists)
{
    smi_array_source source;
    smi_npy array;
    uint64_t shape[2] = {0};
    const smi_zip_member *const member = smi_zip_find(zip, "shape.npy");
    sm_status status = open_list(zip, member, &source, &array);
    if (status != SM_OK) {
        return status;
    }
    if (array.elements == 2) {
        status = smi_npy_take_integers(&source, &array, 0, INT64_MAX, sizeof *shape, shape);
    } else {
        char elements[SMI_NUMBER_TEXT_SIZE];
        status = smi_fail(SM_ERROR_FORMAT, "%s: a matrix has 2 sizes, not %s", member->label,
                          smi_grouped_text(array.elements, elements));
    }
    smi_array_source_close(&source);
    if (status == SM_OK) {
        status = check_shape(member->label, shape);
    }
    lists->rows = (size_t)shape[0];
    lists->features = (size_t)shape[1];
    return status;
}

/* ---- all of them ---- */

/* Opens all three, and closes them again. */
static sm_status look_at_lists(const smi_zip *const zip, smi_npz_lists *const lists,
                               size_t counts[3])
{
    const smi_zip_member *const members[] = {&lists->values, &lists->columns, &lists->row_starts};
    lists->in_place = true;
    for (size_t i = 0; i < 3; i++) {
        smi_array_source source;
        smi_npy array;
        const sm_status status = open_list(zip, members[i], &source, &array);
        if (status != SM_OK) {
            return status;
        }
        counts[i] = array.elements;
        lists->in_place = lists->in_place &&
                          (i == 0   ? smi_npz_list_has_floats(&source, &array)
                           : i == 1 ? smi_npz_list_has_integers(&source, &array, sizeof(uint32_t))
                                    : smi_npz_list_has_integers(&source, &array, sizeof(size_t)));
        smi_array_source_close(&source);
    }
    return SM_OK;
}

static sm_status check_counts(const char *const file, const smi_npz_lists *const lists,
                              const size_t counts[3])
{
    char values[SMI_COUNTED_SIZE];
    char columns[SMI_COUNTED_SIZE];
    char starts[SMI_COUNTED_SIZE];
    char rows[SMI_COUNTED_SIZE];
    if (counts[1] == counts[0] && counts[2] == lists->rows + 1) {
        return SM_OK;
    }
    return smi_fail(SM_ERROR_FORMAT, "%s: %s, %s and %s where rows begin do not make %s", file,
                    smi_counted_text(counts[0], "value", values),
                    smi_counted_text(counts[1], "column", columns),
                    smi_counted_text(counts[2], "place", starts),
                    smi_counted_text(lists->rows, "row", rows));
}

sm_status smi_npz_find_lists(const smi_zip *const zip, smi_npz_lists *const lists)
{
    size_t counts[3] = {0};
    sm_status status = check_format(zip);
    if (status == SM_OK) {
        status = check_members(zip);
    }
    if (status != SM_OK) {
        return status;
    }
    lists->values = *smi_zip_find(zip, "data.npy");
    lists->columns = *smi_zip_find(zip, "indices.npy");
    lists->row_starts = *smi_zip_find(zip, "indptr.npy");
    status = read_shape(zip, lists);
    if (status == SM_OK) {
        status = look_at_lists(zip, lists, counts);
    }
    lists->entries = counts[0];
    return status == SM_OK ? check_counts(smi_content_name(zip->content), lists, counts) : status;
}

sm_status smi_npz_fail_row_starts(const smi_npz_lists *const lists)
{
    char entries[SMI_NUMBER_TEXT_SIZE];
    return smi_fail(SM_ERROR_FORMAT,
                    "%s: the places where rows begin do not ascend from 0 to the number of "
                    "entries, %s",
                    lists->row_starts.label, smi_grouped_text(lists->entries, entries));
}

sm_status smi_npz_check_row(const smi_npz_lists *const lists, const size_t row,
                            const uint32_t *const columns, const size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (columns[i] >= lists->features) {
            return smi_fail(SM_ERROR_DATA, "%s: row %zu: column %u is outside 0 … %zu",
                            lists->columns.label, row, (unsigned)columns[i], lists->features - 1);
        }
        if (i > 0 && columns[i] <= columns[i - 1]) {
            return smi_fail(SM_ERROR_DATA,
                            "%s: row %zu: column %u comes after column %u; x.sum_duplicates() "
                            "brings them into order",
                            lists->columns.label, row, (unsigned)columns[i],
                            (unsigned)columns[i - 1]);
        }
    }
    return SM_OK;
}
