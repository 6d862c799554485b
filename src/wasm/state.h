/* What the module holds from call to call. */
#ifndef SMI_WASM_STATE_H
#define SMI_WASM_STATE_H

#include <softmax.h>

#include "train/training.h"
#include "wasm/lab.h"

typedef struct lab_state {
    sm_dataset *parts[LAB_PARTS]; /* NULL: there is none */
    void *arrays[2 * LAB_PARTS];  /* what the parts borrow, NULL where they are generated */
    sm_model *first;              /* that training began with, and borrows */
    smi_training *training;       /* NULL: none */
    sm_model *model;              /* the present one; NULL: none */
    sm_model *pending;            /* one that is being made */
} lab_state;

extern lab_state lab;

/* Puts datasets and the arrays they borrow in the place of those there are; training ends. */
void lab_take_data(sm_dataset *const parts[LAB_PARTS], void *const arrays[2 * LAB_PARTS]);

/* Frees training, and the model that it began with. */
void lab_end_training(void);

/* A page's number as a seed; fails where it is none. */
sm_status lab_seed(double number, uint64_t *seed);

/* Fails where there is no model. */
sm_status lab_require_model(void);

#endif
