/* What training minimises for a model: softmax_objective.h or network_objective.h. */
#ifndef SMI_TRAIN_MODEL_OBJECTIVE_H
#define SMI_TRAIN_MODEL_OBJECTIVE_H

#include <softmax.h>

#include "model/model.h"
#include "train/network_objective.h"
#include "train/softmax_objective.h"

/* One of the two. */
typedef struct smi_model_objective {
    smi_softmax_objective *softmax; /* the model has one layer */
    smi_network_objective *network; /* it has more */
} smi_model_objective;

/* For training, with the penalty, the loss, the class weights and the seed of the options. To be
 * freed by smi_model_objective_free() also after failure; likewise below. */
sm_status smi_model_objective_create(const sm_model *model, const sm_dataset *dataset,
                                     const sm_train_options *options, smi_pool *pool,
                                     smi_model_objective *objective);

/* For values alone: the cross-entropy, without penalties or weights of classes. */
sm_status smi_model_objective_create_for_values(const sm_model *model, const sm_dataset *dataset,
                                                smi_pool *pool, smi_model_objective *objective);

static inline bool smi_model_objective_exists(const smi_model_objective *const objective)
{
    return objective->softmax != NULL || objective->network != NULL;
}

/* The share of the features that take part in multiplying a row. */
double smi_model_objective_density(const smi_model_objective *objective);

smi_objective smi_model_objective_view(const smi_model_objective *objective);

void smi_model_objective_free(smi_model_objective *objective);

#endif
