/* A model from bytes in memory, as sm_model_load() finds them in a file. */
#ifndef SMI_MODEL_MODEL_FILE_H
#define SMI_MODEL_MODEL_FILE_H

#include <softmax.h>

/* name: for messages. */
sm_status smi_model_parse(const uint8_t *bytes, size_t size, const char *name, sm_model **model);

/* In the metadata of a checkpoint, which is told from a model by it. */
extern const char smi_checkpoint_key[];

#endif
