/* Rows of a generator that pass, and are made when they do. */
#ifndef SMI_DATA_GENERATED_ROWS_H
#define SMI_DATA_GENERATED_ROWS_H

#include "data/generator.h"
#include "data/rows.h"

/* As smi_generate(). */
sm_status smi_generate_rows(const smi_generator *generator, const char *data, bool want_test,
                            sm_rows **rows);

#endif
