/* Rows of a dataset through a model. */
#ifndef SMI_EVAL_DATASET_LOGITS_H
#define SMI_EVAL_DATASET_LOGITS_H

#include <softmax.h>

#include "model/forward.h"

/* Rows first … first + count − 1; count ≤ SMI_FORWARD_ROWS. scratch: smi_forward_scratch() of count
 * rows; logits: count × classes. They are divided by the model's temperature. */
void smi_dataset_logits(const sm_model *model, const sm_dataset *dataset, size_t first,
                        size_t count, float *scratch, float *logits);

/* The same without the temperature. */
void smi_dataset_raw_logits(const sm_model *model, const sm_dataset *dataset, size_t first,
                            size_t count, float *scratch, float *logits);

#endif
