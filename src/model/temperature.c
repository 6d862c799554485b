/* What a model divides its logits by. */
#include <float.h>
#include <math.h>

#include "base/status.h"
#include "model/forward.h"
#include "model/model.h"

bool smi_is_temperature(const double temperature)
{
    return temperature >= SM_LEAST_TEMPERATURE && temperature <= SM_MOST_TEMPERATURE;
}

double sm_model_temperature(const sm_model *const model)
{
    return model->temperature;
}

sm_status sm_model_set_temperature(sm_model *const model, const double temperature)
{
    if (model == NULL) {
        return smi_fail_null(__func__, "model");
    }
    if (!smi_is_temperature(temperature)) {
        return smi_fail(SM_ERROR_ARGUMENT, "a temperature of %g: it must be from %g to %g",
                        temperature, SM_LEAST_TEMPERATURE, SM_MOST_TEMPERATURE);
    }
    model->temperature = temperature;
    return SM_OK;
}

void smi_model_temper(const sm_model *const model, float *const logits, const size_t count)
{
    const double temperature = model->temperature;
    for (size_t i = 0; temperature != 1.0 && i < count; i++) {
        const double divided = (double)logits[i] / temperature;
        const bool leaves = isfinite(logits[i]) && fabs(divided) > (double)FLT_MAX;
        logits[i] = leaves ? copysignf(FLT_MAX, logits[i]) : (float)divided;
    }
}
