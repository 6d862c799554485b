/* Rows of an NPY array that cannot be used where it lies, for it is compressed, of numbers that
 * become floats, or in Fortran order: made block by block whenever they pass. */
#ifndef SMI_DATA_ARRAY_NPY_ROWS_H
#define SMI_DATA_ARRAY_NPY_ROWS_H

#include "data/array/npy_values.h"
#include "data/array/zip.h"
#include "data/rows.h"

typedef struct smi_npy_passing smi_npy_passing;

/* Looks at the features in the content, which is borrowed, or in a member of the archive that it
 * is. *passing is NULL, with SM_OK, where they are used where they lie. */
sm_status smi_npy_passing_begin(smi_content *content, const smi_zip_member *member,
                                smi_npy_passing **passing);

size_t smi_npy_passing_rows(const smi_npy_passing *passing);

/* Makes rows of them and of labels. Takes over all three, also on failure. status: whether
 * beginning and the labels have succeeded; else it is returned. passing NULL with SM_OK: nothing is
 * made, and the content stays the caller's. labels_name: for messages. */
sm_status smi_npy_passing_finish(smi_npy_passing *passing, smi_content *content, sm_status status,
                                 const char *labels_name, const smi_npy_labels *labels,
                                 sm_rows **rows);

/* Instead of that; the content stays the caller's. NULL is accepted. */
void smi_npy_passing_free(smi_npy_passing *passing);

#endif
