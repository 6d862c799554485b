/* The forward pass, for those who need no more of a model than that. */
#ifndef SMI_MODEL_FORWARD_H
#define SMI_MODEL_FORWARD_H

#include <softmax.h>

#include "base/sparse_row.h"

/* logits: rows × classes. x: a pointer to each row's features, as stored. Allocates nothing. */
void smi_model_logits(const sm_model *model, sm_element element, const void *const *x, size_t rows,
                      float *logits);

/* The same for rows as lists of entries. */
void smi_model_sparse_logits(const sm_model *model, const smi_sparse_row *x, size_t rows,
                             float *logits);

/* How many rows at a time are enough to be fast. */
enum { SMI_FORWARD_ROWS = 64 };

#endif
