/* The log-likelihood of classes given features, in double precision, as a function of contrasts
 * with a base class.
 *
 * Inside, features are standardised, u = (x − mean) / deviation over the data's rows, and u_0 = 1:
 * the information is then as well conditioned as the data allow. contrasts[k] · u is the log of
 * the odds of class k against the base. Classes stand in "places": all but the base in the model's
 * order are 0 … others − 1, the base is `others`.
 */
#ifndef SMI_EVAL_LIKELIHOOD_H
#define SMI_EVAL_LIKELIHOOD_H

#include <softmax.h>

/* Rows that pass through together. */
enum { SMI_LIKELIHOOD_ROWS = 32 };

typedef struct smi_likelihood {
    const sm_dataset *data;
    const int32_t *place;             /* the data's classes: the place of each */
    size_t others;                    /* the model's classes − 1 */
    size_t terms;                     /* features + 1 */
    size_t count;                     /* others · terms: parameters */
    double *mean;                     /* terms; [0]: 0 */
    double *deviation;                /* terms; [0]: 1; 0 in a constant column */
    size_t *rows;                     /* others + 1: rows of each class, by place */
    const char *const *feature_names; /* borrowed; NULL: x1, x2, … */

    float *row;    /* features */
    double *u;     /* SMI_LIKELIHOOD_ROWS × terms */
    double *share; /* SMI_LIKELIHOOD_ROWS × (others + 1): logits, then probabilities */
} smi_likelihood;

/* For data that has been checked to fit: labels, as many features, `place` as above but for the
 * base, which is not among them unless the data has it. Takes one pass over the data. Freed by
 * smi_likelihood_close(), also on failure. place: borrowed. */
sm_status smi_likelihood_open(smi_likelihood *likelihood, const sm_dataset *data, size_t classes,
                              const int32_t *place);
void smi_likelihood_close(smi_likelihood *likelihood);

/* What a feature is called in messages: its name, or "x3", which is written to `text`. */
enum { SMI_FEATURE_TEXT_SIZE = 24 };
const char *smi_feature_name(const smi_likelihood *likelihood, size_t feature,
                             char text[SMI_FEATURE_TEXT_SIZE]);

/* Standardises rows first … first + count − 1 into u, count ≤ SMI_LIKELIHOOD_ROWS. */
void smi_likelihood_rows(const smi_likelihood *likelihood, size_t first, size_t count);

/* The place of a row's class. */
size_t smi_likelihood_place(const smi_likelihood *likelihood, size_t row);

/* contrasts · u of row `row` of the block: others + 1 numbers, the last of which is 0. */
void smi_likelihood_logits(const smi_likelihood *likelihood, const double *contrasts, size_t row,
                           double *logits);

/* The log-likelihood.
 *   gradient     count; or NULL
 *   information  count × count, minus the second derivatives, lower triangle only; or NULL */
double smi_log_likelihood(const smi_likelihood *likelihood, const double *contrasts,
                          double *gradient, double *information);

/* correlation: features × features, lower triangle; of columns that are not constant. */
void smi_correlation(const smi_likelihood *likelihood, double *correlation);

#endif
