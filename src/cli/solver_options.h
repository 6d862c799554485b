/* Options of train that only some solvers have. */
#ifndef CLI_SOLVER_OPTIONS_H
#define CLI_SOLVER_OPTIONS_H

#include <softmax.h>

/* CLI_SUCCESS when every option that differs from its default means something to the solver chosen;
 * else says which does not and whose it is, CLI_WRONG_USAGE. network: whether the model is one. */
int cli_check_solver_options(const sm_train_options *chosen, bool network);

#endif
