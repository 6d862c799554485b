/* Rows of every form, and training on them by any number of threads, which has to give the same
 * bits. */
#ifndef TESTS_UNIT_TRAIN_ROW_RUNS_H
#define TESTS_UNIT_TRAIN_ROW_RUNS_H

#include <softmax.h>

#include "train/row_block.h"

/* What is not 0 in a row: a stretch that depends on its class, a few features strewn about, or
 * most. */
typedef enum pattern { STRETCHES, THIN, FULL } pattern;

/* With several solvers, with weights and without; form: what such rows are to be multiplied as. */
void check_rows(pattern of, sm_element element, smi_row_form form);

#endif
