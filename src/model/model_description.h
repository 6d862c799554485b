/* What a model is, as its file says it: the JSON object under "softmax.model" of
 * docs/model-format.md. */
#ifndef SMI_MODEL_MODEL_DESCRIPTION_H
#define SMI_MODEL_MODEL_DESCRIPTION_H

#include <jansson.h>

#include "model/model.h"

/* The key in the file's metadata, which messages name. */
extern const char smi_model_key[];

/* NULL when there is not the memory. */
json_t *smi_describe_model(const sm_model *model);

typedef struct smi_description {
    sm_shape shape; /* class_names: below; the columns' scaling is not in it */
    double temperature;
    bool by_column; /* tensors tell the scaling, column by column */
    sm_layer *hidden;
    size_t hidden_count;
    const char **class_names; /* they point into the JSON, and may be anything, NULL also */
} smi_description;

/* Takes a description apart. Layers fit together; sizes are not yet believed to be those of the
 * tensors. name: of the file, for messages. Freed by smi_description_free(), also on failure. */
sm_status smi_description_parse(const char *name, const json_t *json, smi_description *description);
void smi_description_free(smi_description *description);

#endif
