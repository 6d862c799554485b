#include "train/choose_solver.h"

/* One line of the rule: the first whose conditions all hold decides. */
typedef struct rule {
    bool (*holds)(const smi_problem *problem);
    smi_choice choice;
} rule;

static bool is_network(const smi_problem *const problem)
{
    return problem->is_network;
}

static bool has_corners(const smi_problem *const problem)
{
    return problem->l1 > 0.0;
}

static bool lacks_curvature(const smi_problem *const problem)
{
    return !problem->has_curvature;
}

/* So many parameters that L-BFGS spends more on its own vectors than on the data: those take some
 * forty multiply-adds for each feature, the data two for each row in which the feature occurs. */
static bool is_wide_and_sparse(const smi_problem *const problem)
{
    const double rows_per_feature = (double)problem->rows * problem->density;
    const bool is_wide = problem->features >= 4096 || rows_per_feature < 40.0;
    return !problem->has_preconditioner && problem->density < 0.05 && is_wide;
}

static bool always(const smi_problem *const problem)
{
    (void)problem;
    return true;
}

static const rule rules[] = {
    {is_network, {SM_SOLVER_ADAM, "networks get far in few passes on minibatches"}},
    {has_corners,
     {SM_SOLVER_LBFGS, "with l1, L-BFGS alone converges to a tolerance in few passes"}},
    {lacks_curvature, {SM_SOLVER_LBFGS, "the objective offers no second derivatives"}},
    {is_wide_and_sparse,
     {SM_SOLVER_NEWTON_CG, "on wide sparse data Newton's method keeps fewer long vectors"}},
    {always, {SM_SOLVER_LBFGS, "the objective is smooth: few passes over the data are enough"}},
};

smi_choice smi_choose_solver(const smi_problem *const problem)
{
    size_t i = 0;
    while (!rules[i].holds(problem)) {
        i++;
    }
    return rules[i].choice;
}
