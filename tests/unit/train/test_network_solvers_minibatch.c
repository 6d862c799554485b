/* Any number of threads trains a network to the same bits: the solvers on minibatches. */
#include <softmax.h>

#include "support/cmocka_all.h"
#include "support/scratch.h"
#include "unit/train/network_runs.h"

static void solvers_on_minibatches_give_the_same_bits(void **state)
{
    check_solver(state, SM_SOLVER_AUTO);
    check_solver(state, SM_SOLVER_SGD);
    check_solver(state, SM_SOLVER_ADAM);
    check_solver(state, SM_SOLVER_ADAMW);
    check_solver(state, SM_SOLVER_ADAGRAD);
    check_solver(state, SM_SOLVER_FTRL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(solvers_on_minibatches_give_the_same_bits, scratch_setup,
                                        scratch_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
