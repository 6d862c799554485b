/* A row as the list of its entries that are not zero. */
#ifndef SMI_BASE_SPARSE_ROW_H
#define SMI_BASE_SPARSE_ROW_H

#include <stddef.h>
#include <stdint.h>

typedef struct smi_sparse_row {
    const float *values;
    const uint32_t *columns; /* ascending */
    size_t count;
} smi_sparse_row;

#endif
