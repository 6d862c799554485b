/* Training, from call to call. */
#include <math.h>

#include "base/status.h"
#include "model/model.h"
#include "wasm/state.h"

/* As many epochs as nobody waits for: a page trains until it is left. No count is larger. */
enum { ENDLESS_EPOCHS = 1000000000 };

typedef struct task {
    const size_t *hidden;
    size_t hidden_count;
    sm_activation activation;
    int init;
    double dropout;
    uint64_t seed;
} task;

static sm_status make_model(const task *const of, sm_model **const model)
{
    const sm_init usual = of->hidden_count == 0 ? SM_INIT_ZEROS : SM_INIT_GLOROT;
    sm_model *made = NULL;
    sm_status status = sm_model_create(sm_dataset_shape(lab.parts[LAB_TRAIN]), &made);
    for (size_t i = 0; i < of->hidden_count && status == SM_OK; i++) {
        const sm_layer layer = {
            .units = of->hidden[i], .activation = of->activation, .dropout = of->dropout};
        status = sm_model_add_layer(made, &layer);
    }
    if (status == SM_OK) {
        status = sm_model_initialize(made, of->init == -1 ? usual : (sm_init)of->init, of->seed);
    }
    if (status != SM_OK) {
        sm_model_free(made);
        return status;
    }
    *model = made;
    return SM_OK;
}

static sm_status check_count(const char *const name, const double count)
{
    return count >= 0.0 && count <= ENDLESS_EPOCHS && count == floor(count)
               ? SM_OK
               : smi_fail(SM_ERROR_ARGUMENT, "%s is %g; it must be a whole number from 0 to %d",
                          name, count, ENDLESS_EPOCHS);
}

static sm_status check(const lab_settings *const settings)
{
    if (lab.parts[LAB_TRAIN] == NULL) {
        return smi_fail(SM_ERROR_ARGUMENT, "there is no data yet");
    }
    const sm_status status = check_count("batch_size", settings->batch_size);
    return status == SM_OK ? check_count("epochs", settings->epochs) : status;
}

static sm_train_options options_of(const int solver, const uint64_t seed,
                                   const lab_settings *const settings)
{
    sm_train_options options = sm_train_options_default();
    options.solver = (sm_solver)solver;
    options.learning_rate = settings->learning_rate;
    options.batch_size = (size_t)settings->batch_size;
    options.l1 = settings->l1;
    options.l2 = settings->l2;
    options.seed = seed;
    options.max_epochs = settings->epochs > 0.0 ? (size_t)settings->epochs : ENDLESS_EPOCHS;
    return options;
}

sm_status lab_begin(const size_t *const hidden, const size_t hidden_count, const int activation,
                    const int solver, const int init, const lab_settings *const settings)
{
    sm_model *first = NULL;
    sm_model *model = NULL;
    smi_training *training = NULL;
    uint64_t seed = 0;
    sm_status status = check(settings);
    if (status == SM_OK) {
        status = lab_seed(settings->seed, &seed);
    }
    if (status == SM_OK) {
        const task of = {.hidden = hidden,
                         .hidden_count = hidden_count,
                         .activation = (sm_activation)activation,
                         .init = init,
                         .dropout = settings->dropout,
                         .seed = seed};
        status = make_model(&of, &first);
        status = status == SM_OK ? make_model(&of, &model) : status;
    }
    if (status == SM_OK) {
        const sm_train_options options = options_of(solver, seed, settings);
        status = smi_training_begin(first, lab.parts[LAB_TRAIN], NULL, &options, &training);
    }
    if (status != SM_OK) {
        sm_model_free(first);
        sm_model_free(model);
        return status;
    }
    smi_training_forget_epochs(training);
    lab_end_training();
    sm_model_free(lab.model);
    lab.first = first;
    lab.model = model;
    lab.training = training;
    return SM_OK;
}

sm_status lab_advance(const size_t steps)
{
    if (lab.training == NULL) {
        return smi_fail(SM_ERROR_ARGUMENT, "nothing has begun to train");
    }
    sm_status status = smi_training_advance(lab.training, steps);
    if (status == SM_OK && smi_training_is_over(lab.training)) {
        status = smi_training_check_end(lab.training);
    }
    if (status == SM_OK || status == SM_ERROR_DIVERGED) {
        smi_model_take_parameters(lab.model, smi_training_look(lab.training).parameters);
    } else {
        lab_end_training();
    }
    return status;
}

size_t lab_step(void)
{
    return lab.training == NULL ? 0 : smi_training_look(lab.training).step;
}

size_t lab_epoch(void)
{
    return lab.training == NULL ? 0 : smi_training_look(lab.training).epoch;
}

bool lab_is_over(void)
{
    return lab.training == NULL || smi_training_is_over(lab.training);
}

bool lab_is_converged(void)
{
    return lab.training != NULL && smi_training_look(lab.training).converged;
}

sm_status lab_evaluate(const int part, double *const results)
{
    const sm_dataset *const dataset = part >= 0 && part < LAB_PARTS ? lab.parts[part] : NULL;
    sm_metrics metrics;
    sm_status status = lab_require_model();
    if (status == SM_OK && dataset == NULL) {
        status = smi_fail(SM_ERROR_ARGUMENT, "there is no such part of the data");
    }
    if (status == SM_OK) {
        status = sm_evaluate(lab.model, dataset, &metrics);
    }
    if (status == SM_OK) {
        results[0] = metrics.loss;
        results[1] = metrics.accuracy;
    }
    return status;
}
