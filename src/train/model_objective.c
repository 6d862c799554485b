#include "train/model_objective.h"

#include "train/fit.h"

sm_status smi_model_objective_create(const sm_model *const model, const sm_dataset *const dataset,
                                     const sm_train_options *const options, smi_pool *const pool,
                                     smi_model_objective *const objective)
{
    const smi_loss_rule rule = {options->loss, options->label_smoothing};
    *objective = (smi_model_objective){0};
    if (model->layer_count > 1) {
        const smi_purpose most =
            options->solver == SM_SOLVER_NEWTON_CG ? SMI_PASS_CURVATURE : SMI_PASS_GRADIENT;
        const sm_status status = smi_network_objective_create(
            model, dataset, options->l2, most, options->seed, pool, &objective->network);
        if (status != SM_OK) {
            return status;
        }
        smi_network_objective_set_loss(objective->network, rule);
        return smi_network_objective_weigh_classes(objective->network, options->class_weights);
    }
    const smi_gradients gradients =
        smi_is_stochastic(options->solver) ? SMI_GRADIENTS_OVER_SOME : SMI_GRADIENTS_OVER_ALL;
    const sm_status status = smi_softmax_objective_create(model, dataset, options->l2, gradients,
                                                          pool, &objective->softmax);
    if (status != SM_OK) {
        return status;
    }
    smi_softmax_objective_set_loss(objective->softmax, rule);
    return smi_softmax_objective_weigh_classes(objective->softmax, options->class_weights);
}

sm_status smi_model_objective_create_for_values(const sm_model *const model,
                                                const sm_dataset *const dataset,
                                                smi_pool *const pool,
                                                smi_model_objective *const objective)
{
    *objective = (smi_model_objective){0};
    return model->layer_count > 1
               ? smi_network_objective_create(model, dataset, 0.0, SMI_PASS_VALUE, 0, pool,
                                              &objective->network)
               : smi_softmax_objective_create(model, dataset, 0.0, SMI_NO_GRADIENTS, pool,
                                              &objective->softmax);
}

double smi_model_objective_density(const smi_model_objective *const objective)
{
    return objective->network != NULL ? smi_network_objective_density(objective->network)
                                      : smi_softmax_objective_density(objective->softmax);
}

smi_objective smi_model_objective_view(const smi_model_objective *const objective)
{
    return objective->network != NULL ? smi_network_objective_view(objective->network)
                                      : smi_softmax_objective_view(objective->softmax);
}

void smi_model_objective_free(smi_model_objective *const objective)
{
    smi_softmax_objective_free(objective->softmax);
    smi_network_objective_free(objective->network);
}
