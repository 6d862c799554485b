/* Any number of threads trains a network to the same bits: Newton's method. */
#include <softmax.h>

#include "support/cmocka_all.h"
#include "support/scratch.h"
#include "unit/train/network_runs.h"

static void newton_cg_gives_the_same_bits(void **state)
{
    static const sm_solver solver = SM_SOLVER_NEWTON_CG;
    check_solvers(state, &solver, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(newton_cg_gives_the_same_bits, scratch_setup,
                                        scratch_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
