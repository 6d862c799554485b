/* A cell of a table, as text. */
#ifndef SMI_BASE_CELL_H
#define SMI_BASE_CELL_H

#include <stdbool.h>
#include <stddef.h>

typedef struct smi_cell {
    const char *at;
    size_t length;
    bool quoted;
} smi_cell;

#endif
