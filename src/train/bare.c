/* Where there are no files, there are no checkpoints, and no model's file to describe training for.
 */
#include "base/status.h"
#include "model/model.h"
#include "train/checkpointing.h"
#include "train/describe.h"

sm_status smi_checkpointing_prepare(smi_fit *const fit, const sm_model *const model,
                                    const sm_dataset *const train,
                                    const sm_dataset *const validation,
                                    smi_checkpoints **const checkpoints)
{
    (void)model, (void)train, (void)validation;
    *checkpoints = NULL;
    return fit->options->checkpoint == NULL && fit->options->resume == NULL
               ? SM_OK
               : smi_fail(SM_ERROR_ARGUMENT,
                          "checkpoint, resume: there are no files here to keep training in");
}

void smi_checkpoints_free(smi_checkpoints *const checkpoints)
{
    (void)checkpoints;
}

sm_status smi_checkpointing_resume(smi_fit *const fit, const smi_memory *const memory,
                                   bool *const resumed)
{
    (void)fit, (void)memory;
    *resumed = false;
    return SM_OK;
}

sm_status smi_checkpointing_step(smi_fit *const fit, const smi_memory *const memory)
{
    (void)fit, (void)memory;
    return SM_OK;
}

sm_status smi_checkpointing_end(smi_fit *const fit, const smi_memory *const memory)
{
    (void)fit, (void)memory;
    return SM_OK;
}

sm_status smi_checkpointing_refuse(const smi_fit *const fit, const char *const what)
{
    (void)fit;
    return smi_fail(SM_ERROR_FORMAT, "the checkpoint contradicts itself: %s", what);
}

sm_status smi_describe_training(sm_model *const model, const sm_train_options *const options,
                                const smi_schedule *const schedule, const sm_history *const history,
                                const size_t rows)
{
    (void)options, (void)schedule, (void)history, (void)rows;
    return smi_model_set_training(model, "");
}
