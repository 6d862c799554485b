#include "unit/train/train_runs.h"

#include <stdlib.h>

#include "support/cmocka_all.h"

const sm_solver solvers[SOLVERS] = {SM_SOLVER_AUTO, SM_SOLVER_LBFGS, SM_SOLVER_NEWTON_CG,
                                    SM_SOLVER_GD, SM_SOLVER_SGD};

sm_train_options options_of(const sm_solver solver)
{
    sm_train_options options = sm_train_options_default();
    options.solver = solver;
    options.threads = 2;
    options.batch_size = 16;
    options.max_epochs = 4;
    return options;
}

parameters parameters_of(const sm_model *const model)
{
    parameters all;
    assert_int_equal(sm_model_get_parameters(model, 0, all.kernel, all.bias), SM_OK);
    return all;
}

/* It asserts nothing: a failing assertion would jump out of sm_train(). */
static bool look(const sm_progress *const progress, void *const user)
{
    seen *const all = user;
    if (all->count < 512) {
        all->steps[all->count++] = *progress;
    }
    return all->count != all->stop_after;
}

seen *watch(sm_train_options *const options)
{
    seen *const all = calloc(1, sizeof *all);
    assert_non_null(all);
    options->on_progress = look;
    options->user = all;
    return all;
}
