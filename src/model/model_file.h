/* A model from bytes in memory, as sm_model_load() finds them in a file. */
#ifndef SMI_MODEL_MODEL_FILE_H
#define SMI_MODEL_MODEL_FILE_H

#include <softmax.h>

/* name: for messages. */
sm_status smi_model_parse(const uint8_t *bytes, size_t size, const char *name, sm_model **model);

#endif
