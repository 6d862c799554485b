#include "eval/separation.h"

#include <math.h>

#include "base/memory.h"
#include "data/dataset.h"

/* What a direction that separates loses to rounding, and to not having been followed to infinity,
 * as a share of its largest win. */
static const double NOTHING = 1e-8;

/* The least win of a row's class over another. */
static double least_win(const double *const logits, const size_t classes, const size_t place)
{
    double other = -INFINITY;
    for (size_t c = 0; c < classes; c++) {
        other = c == place ? other : fmax(other, logits[c]);
    }
    return logits[place] - other;
}

static double most_win(const double *const logits, const size_t classes, const size_t place)
{
    double other = INFINITY;
    for (size_t c = 0; c < classes; c++) {
        other = c == place ? other : fmin(other, logits[c]);
    }
    return logits[place] - other;
}

/* The least and the largest win of all rows. */
static void measure(const smi_likelihood *const likelihood, const double *const direction,
                    double *const least, double *const most)
{
    const size_t rows = sm_dataset_rows(likelihood->data);
    const size_t classes = likelihood->others + 1;
    *least = INFINITY;
    *most = -INFINITY;
    for (size_t first = 0; first < rows; first += SMI_LIKELIHOOD_ROWS) {
        const size_t count = smi_min_size(SMI_LIKELIHOOD_ROWS, rows - first);
        smi_likelihood_rows(likelihood, first, count);
        for (size_t r = 0; r < count; r++) {
            const size_t place = smi_likelihood_place(likelihood, first + r);
            smi_likelihood_logits(likelihood, direction, r, likelihood->share);
            *least = fmin(*least, least_win(likelihood->share, classes, place));
            *most = fmax(*most, most_win(likelihood->share, classes, place));
        }
    }
}

/* won[place] = every row of that class wins over all others by more than `least`. */
static void find_winners(const smi_likelihood *const likelihood, const double *const direction,
                         const double least, bool *const won)
{
    const size_t rows = sm_dataset_rows(likelihood->data);
    const size_t classes = likelihood->others + 1;
    for (size_t c = 0; c < classes; c++) {
        won[c] = true;
    }
    for (size_t first = 0; first < rows; first += SMI_LIKELIHOOD_ROWS) {
        const size_t count = smi_min_size(SMI_LIKELIHOOD_ROWS, rows - first);
        smi_likelihood_rows(likelihood, first, count);
        for (size_t r = 0; r < count; r++) {
            const size_t place = smi_likelihood_place(likelihood, first + r);
            smi_likelihood_logits(likelihood, direction, r, likelihood->share);
            if (!(least_win(likelihood->share, classes, place) > least)) {
                won[place] = false;
            }
        }
    }
}

/* The term whose coefficients differ most between classes. */
static size_t leading_term(const smi_likelihood *const likelihood, const double *const direction)
{
    size_t leading = 1;
    double largest = -1.0;
    for (size_t t = 1; t < likelihood->terms; t++) {
        double low = 0.0; /* the base class's */
        double high = 0.0;
        for (size_t k = 0; k < likelihood->others; k++) {
            low = fmin(low, direction[k * likelihood->terms + t]);
            high = fmax(high, direction[k * likelihood->terms + t]);
        }
        if (high - low > largest) {
            largest = high - low;
            leading = t;
        }
    }
    return leading;
}

smi_separation smi_find_separation(const smi_likelihood *const likelihood,
                                   const double *const direction, const double least,
                                   bool *const won)
{
    double lowest = 0.0;
    double highest = 0.0;
    smi_separation found = {.overlap = SMI_OVERLAP, .place = likelihood->others + 1};
    measure(likelihood, direction, &lowest, &highest);
    const double nothing = NOTHING * highest;
    if (!(highest > least) || lowest < -nothing) {
        return found;
    }
    found.overlap = lowest > nothing ? SMI_SEPARATION : SMI_QUASI_SEPARATION;
    found.term = leading_term(likelihood, direction);
    find_winners(likelihood, direction, nothing, won);
    for (size_t c = likelihood->others + 1; c-- > 0;) {
        found.place = won[c] ? c : found.place;
    }
    return found;
}
