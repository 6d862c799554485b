/* Softmax on one row, step by step. */
#include <math.h>

#include "base/status.h"
#include "wasm/lab.h"

enum { MOST_CLASSES = 100 };

/* As textbooks have it: what overflows is infinite, and divides to NaN. */
static void softmax_by_formula(const float *const z, const size_t classes,
                               double *const exponentials, double *const probabilities)
{
    float sum = 0.0F;
    for (size_t c = 0; c < classes; c++) {
        sum += expf(z[c]);
    }
    for (size_t c = 0; c < classes; c++) {
        exponentials[c] = (double)expf(z[c]);
        probabilities[c] = (double)(expf(z[c]) / sum);
    }
}

static void softmax_as_done(const float *const z, const size_t classes, double *const exponentials,
                            double *const probabilities)
{
    float values[MOST_CLASSES];
    const double largest = (double)z[sm_argmax(z, classes)];
    sm_softmax(z, 1, classes, values);
    for (size_t c = 0; c < classes; c++) {
        exponentials[c] = exp((double)z[c] - largest);
        probabilities[c] = (double)values[c];
    }
}

static void losses_of(const float *const z, const size_t classes, double *const losses)
{
    for (size_t c = 0; c < classes; c++) {
        const int32_t label = (int32_t)c;
        losses[c] = sm_cross_entropy(z, &label, 1, classes);
    }
}

static void gradient_of(const float *const z, const size_t classes, const size_t target,
                        const double temperature, double *const gradient)
{
    const int32_t label = (int32_t)target;
    float values[MOST_CLASSES];
    sm_cross_entropy_gradient(z, &label, 1, classes, NULL, values);
    for (size_t c = 0; c < classes; c++) {
        gradient[c] = (double)values[c] / temperature;
    }
}

sm_status lab_softmax(const double *const logits, const size_t classes, const double temperature,
                      const size_t target, double *const results)
{
    float z[MOST_CLASSES];
    if (classes == 0 || classes > MOST_CLASSES || target >= classes) {
        return smi_fail(SM_ERROR_ARGUMENT, "%zu classes, the target %zu of them: 1 … %d are shown",
                        classes, target, MOST_CLASSES);
    }
    if (!(temperature >= SM_LEAST_TEMPERATURE && temperature <= SM_MOST_TEMPERATURE)) {
        return smi_fail(SM_ERROR_ARGUMENT, "temperature is %g, outside %g … %g", temperature,
                        SM_LEAST_TEMPERATURE, SM_MOST_TEMPERATURE);
    }
    for (size_t c = 0; c < classes; c++) {
        z[c] = (float)(logits[c] / temperature);
        if (!isfinite(z[c])) {
            return smi_fail(SM_ERROR_DATA, "logit %zu / temperature is no finite float", c);
        }
    }
    softmax_by_formula(z, classes, results, results + classes);
    softmax_as_done(z, classes, results + 2 * classes, results + 3 * classes);
    losses_of(z, classes, results + 4 * classes);
    gradient_of(z, classes, target, temperature, results + 5 * classes);
    return SM_OK;
}
