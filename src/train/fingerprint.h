/* What training is of: options, data and model, as far as its bits depend on them. A checkpoint
 * says which it was, and training goes on only where they are the same. */
#ifndef SMI_TRAIN_FINGERPRINT_H
#define SMI_TRAIN_FINGERPRINT_H

#include <jansson.h>

#include <softmax.h>

#include "train/fit.h"

/* An object of objects, "options", "data", "validation", "model" and "machine"; NULL when there is
 * not the memory. fit: with the schedule that the options come to; model: as it is before the first
 * step; validation: NULL: none. */
json_t *smi_fingerprint(const smi_fit *fit, const sm_model *model, const sm_dataset *train,
                        const sm_dataset *validation);

/* SM_OK when both are the same; otherwise SM_ERROR_ARGUMENT and the first difference in the
 * message. name: of the checkpoint. */
sm_status smi_fingerprint_compare(const json_t *saved, const json_t *now, const char *name);

#endif
