/* Any number of threads trains a network to the same bits: the other solvers on all rows. */
#include <softmax.h>

#include "support/cmocka_all.h"
#include "support/scratch.h"
#include "unit/train/network_runs.h"

static void solvers_on_all_rows_give_the_same_bits(void **state)
{
    static const sm_solver solvers[] = {SM_SOLVER_LBFGS, SM_SOLVER_GD};
    check_solvers(state, solvers, sizeof solvers / sizeof *solvers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(solvers_on_all_rows_give_the_same_bits, scratch_setup,
                                        scratch_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
