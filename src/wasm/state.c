#include "wasm/state.h"

#include <math.h>

#include "base/memory.h"
#include "base/status.h"

lab_state lab;

void *lab_allocate(const size_t bytes)
{
    return smi_array(bytes, 1);
}

void lab_free(void *const memory)
{
    smi_free(memory);
}

const char *lab_message(void)
{
    return sm_error_message();
}

const char *lab_version(void)
{
    return sm_version();
}

const char *lab_isa(void)
{
    return sm_isa();
}

const char *lab_activation_name(const int activation)
{
    return sm_activation_name((sm_activation)activation);
}

const char *lab_solver_name(const int solver)
{
    return sm_solver_name((sm_solver)solver);
}

void lab_end_training(void)
{
    smi_training_free(lab.training);
    sm_model_free(lab.first);
    lab.training = NULL;
    lab.first = NULL;
}

void lab_take_data(sm_dataset *const parts[LAB_PARTS], void *const arrays[2 * LAB_PARTS])
{
    lab_end_training();
    for (size_t p = 0; p < LAB_PARTS; p++) {
        sm_dataset_free(lab.parts[p]);
        lab.parts[p] = parts[p];
    }
    for (size_t a = 0; a < 2 * LAB_PARTS; a++) {
        smi_free(lab.arrays[a]);
        lab.arrays[a] = arrays[a];
    }
}

sm_status lab_seed(const double number, uint64_t *const seed)
{
    if (!(number >= 0.0 && number <= 0x1p53 && number == floor(number))) {
        return smi_fail(SM_ERROR_ARGUMENT, "seed is %g; it must be a whole number from 0 to 2^53",
                        number);
    }
    *seed = (uint64_t)number;
    return SM_OK;
}

sm_status lab_require_model(void)
{
    return lab.model != NULL ? SM_OK : smi_fail(SM_ERROR_ARGUMENT, "there is no model yet");
}
