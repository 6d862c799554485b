/* Which solver suits a problem: what SM_SOLVER_AUTO comes to. */
#ifndef SMI_TRAIN_CHOOSE_SOLVER_H
#define SMI_TRAIN_CHOOSE_SOLVER_H

#include <softmax.h>

/* What is known of a problem before it is solved. */
typedef struct smi_problem {
    size_t rows;
    size_t features;
    size_t classes;
    double density; /* share of the features that are not 0; 1 for dense storage */
    double l1;
    double l2;
    bool has_curvature;      /* the objective offers second derivatives, … */
    bool has_preconditioner; /* … and a stand-in for their inverse */
    bool is_network;         /* there are hidden layers */
} smi_problem;

typedef struct smi_choice {
    sm_solver solver;
    const char *reason; /* a sentence; valid for ever */
} smi_choice;

smi_choice smi_choose_solver(const smi_problem *problem);

#endif
