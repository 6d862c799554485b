/* The forward pass, for those who need no more of a model than that. */
#ifndef SMI_MODEL_FORWARD_H
#define SMI_MODEL_FORWARD_H

#include <softmax.h>

#include "base/sparse_row.h"

/* How many rows at a time are enough to be fast. */
enum { SMI_FORWARD_ROWS = 64 };

/* Floats of scratch that `rows` rows take, at most SMI_FORWARD_ROWS of them: 0 in softmax
 * regression. */
size_t smi_forward_scratch(const sm_model *model, size_t rows);

/* The most of it that does not grow with rows and widths. */
enum { SMI_FORWARD_FIXED = 16 * 1024 + 32 };

/* logits: rows × classes. x: a pointer to each row's features, as stored. The logits of a row have
 * the same bits whichever rows come with it. scratch: see above, best aligned to SMI_ALIGNMENT;
 * NULL where it is 0. */
void smi_model_logits(const sm_model *model, sm_element element, const void *const *x, size_t rows,
                      float *scratch, float *logits);

/* The same for rows as lists of entries. */
void smi_model_sparse_logits(const sm_model *model, const smi_sparse_row *x, size_t rows,
                             float *scratch, float *logits);

/* Both are without the temperature; this divides logits by it. count: rows · classes. */
void smi_model_temper(const sm_model *model, float *logits, size_t count);

#endif
