#include "eval/maximum.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "eval/factor.h"
#include "eval/separation.h"

enum { MOST_STEPS = 100, MOST_HALVINGS = 40 };

/* A step is measured in the metric of the information, where 1 is a standard error; this short, and
 * its square is that of rounding errors. */
static const double SHORT_STEP = 1e-8;

/* A pivot this small beside its diagonal is rounding errors. Separation is found while pivots are
 * still a thousand times larger. */
static const double LEAST_PIVOT = 1e-14;

/* A Newton step along a direction that separates changes the logarithms of odds by about 1. */
static const double LEAST_WIN = 0.1;

typedef struct climb {
    const smi_likelihood *likelihood;
    const char *const *names;
    smi_maximum *maximum;
    double *gradient; /* count */
    double *step;     /* count */
    double *trial;    /* count */
    bool *won;        /* classes */
} climb;

static sm_status fail_separated(const climb *const run, const smi_separation *const found)
{
    char text[SMI_FEATURE_TEXT_SIZE];
    const char *const feature = smi_feature_name(run->likelihood, found->term - 1, text);
    const char *const how = found->overlap == SMI_SEPARATION ? "completely" : "quasi-completely";
    if (found->place > run->likelihood->others) {
        return smi_fail(SM_ERROR_DATA,
                        "no standard errors: the classes are separated %s, most by feature '%s', "
                        "so that coefficients grow without bound",
                        how, feature);
    }
    return smi_fail(SM_ERROR_DATA,
                    "no standard errors: the classes are separated %s, '%s' from all others, most "
                    "by feature '%s', so that coefficients grow without bound",
                    how, run->names[found->place], feature);
}

/* Fails when the direction separates the classes. */
static sm_status check_direction(const climb *const run, const double *const direction,
                                 const double least, const bool completely)
{
    const smi_separation found = smi_find_separation(run->likelihood, direction, least, run->won);
    if (found.overlap == SMI_OVERLAP || (completely && found.overlap != SMI_SEPARATION)) {
        return SM_OK;
    }
    return fail_separated(run, &found);
}

/* Evaluates at the contrasts and factors the information; false where it is singular. */
static bool evaluate(const climb *const run)
{
    smi_maximum *const maximum = run->maximum;
    maximum->log_likelihood =
        smi_log_likelihood(run->likelihood, maximum->contrasts, run->gradient, maximum->factor);
    return smi_factor(maximum->factor, run->likelihood->count, LEAST_PIVOT) ==
           run->likelihood->count;
}

/* Takes the step, or as much of it as does not go downhill; false where nothing is left of it. */
static bool take_step(const climb *const run)
{
    const size_t count = run->likelihood->count;
    double *const contrasts = run->maximum->contrasts;
    /* Above this a change of the sum is more than rounding errors. */
    const double noise = 1e-13 * fabs(run->maximum->log_likelihood);
    double share = 1.0;
    for (size_t i = 0; i < MOST_HALVINGS; i++) {
        for (size_t p = 0; p < count; p++) {
            run->trial[p] = contrasts[p] + share * run->step[p];
        }
        const double value = smi_log_likelihood(run->likelihood, run->trial, NULL, NULL);
        if (value >= run->maximum->log_likelihood - noise) {
            memcpy(contrasts, run->trial, count * sizeof *contrasts);
            return true;
        }
        share *= 0.5;
    }
    return false;
}

static sm_status fail_singular(void)
{
    return smi_fail(SM_ERROR_DATA,
                    "no standard errors: the information matrix is singular, as probabilities are "
                    "0 or 1 to rounding; the classes are separated, or all but");
}

static sm_status ascend(const climb *const run)
{
    const size_t count = run->likelihood->count;
    smi_maximum *const maximum = run->maximum;
    sm_status status = check_direction(run, maximum->contrasts, 0.0, true);
    if (status == SM_OK && !evaluate(run)) {
        /* Far off, all probabilities are 0 or 1; nowhere is the likelihood as round as at 0. */
        memset(maximum->contrasts, 0, count * sizeof *maximum->contrasts);
        status = evaluate(run) ? SM_OK : fail_singular();
    }
    for (; status == SM_OK && maximum->steps < MOST_STEPS; maximum->steps++) {
        memcpy(run->step, run->gradient, count * sizeof *run->step);
        smi_factor_solve(maximum->factor, count, run->step);
        double square = 0.0;
        for (size_t p = 0; p < count; p++) {
            square += run->step[p] * run->gradient[p];
        }
        if (square <= SHORT_STEP * SHORT_STEP) {
            /* Far out along a direction that separates, no step is long either. */
            return check_direction(run, maximum->contrasts, 0.0, false);
        }
        status = check_direction(run, run->step, LEAST_WIN, false);
        if (status == SM_OK && !take_step(run)) {
            return SM_OK;
        }
        if (status == SM_OK && !evaluate(run)) {
            status = check_direction(run, maximum->contrasts, 0.0, false);
            status = status == SM_OK ? fail_singular() : status;
        }
    }
    return status != SM_OK ? status
                           : smi_fail(SM_ERROR_DATA,
                                      "no standard errors: %d steps of Newton's method do not "
                                      "reach a maximum of the likelihood",
                                      MOST_STEPS);
}

sm_status smi_maximise(const smi_likelihood *const likelihood, const char *const *const names,
                       smi_maximum *const maximum)
{
    const size_t count = likelihood->count;
    const climb run = {.likelihood = likelihood,
                       .names = names,
                       .maximum = maximum,
                       .gradient = smi_array(count, sizeof(double)),
                       .step = smi_array(count, sizeof(double)),
                       .trial = smi_array(count, sizeof(double)),
                       .won = smi_array(likelihood->others + 1, sizeof(bool))};
    sm_status status = SM_OK;
    maximum->steps = 0;
    if (run.gradient == NULL || run.step == NULL || run.trial == NULL || run.won == NULL) {
        status = smi_fail_memory("statistics");
    } else {
        status = ascend(&run);
    }
    smi_free(run.gradient);
    smi_free(run.step);
    smi_free(run.trial);
    smi_free(run.won);
    return status;
}
