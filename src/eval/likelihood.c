#include "eval/likelihood.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "data/dataset.h"

/* ---- rows ---- */

static void read_row(const smi_likelihood *const likelihood, const size_t row)
{
    /* It fails only for rows that are not there. */
    (void)!sm_dataset_row(likelihood->data, row, likelihood->row);
}

size_t smi_likelihood_place(const smi_likelihood *const likelihood, const size_t row)
{
    return (size_t)likelihood->place[sm_dataset_label(likelihood->data, row)];
}

void smi_likelihood_rows(const smi_likelihood *const likelihood, const size_t first,
                         const size_t count)
{
    for (size_t r = 0; r < count; r++) {
        double *const u = likelihood->u + r * likelihood->terms;
        read_row(likelihood, first + r);
        u[0] = 1.0;
        for (size_t t = 1; t < likelihood->terms; t++) {
            u[t] =
                ((double)likelihood->row[t - 1] - likelihood->mean[t]) / likelihood->deviation[t];
        }
    }
}

/* Mean and deviation of each column, updated row by row: Welford, "Note on a Method for Calculating
 * Corrected Sums of Squares and Products", Technometrics 4, 1962. A constant column has exactly 0.
 */
static void measure_columns(const smi_likelihood *const likelihood)
{
    double *const mean = likelihood->mean;
    double *const squares = likelihood->deviation;
    const size_t rows = sm_dataset_rows(likelihood->data);
    for (size_t r = 0; r < rows; r++) {
        read_row(likelihood, r);
        for (size_t t = 1; t < likelihood->terms; t++) {
            const double value = (double)likelihood->row[t - 1];
            const double before = value - mean[t];
            mean[t] += before / (double)(r + 1);
            squares[t] += before * (value - mean[t]);
        }
        likelihood->rows[smi_likelihood_place(likelihood, r)]++;
    }
    for (size_t t = 1; t < likelihood->terms; t++) {
        likelihood->deviation[t] = sqrt(squares[t] / (double)rows);
    }
    likelihood->deviation[0] = 1.0;
}

sm_status smi_likelihood_open(smi_likelihood *const likelihood, const sm_dataset *const data,
                              const size_t classes, const int32_t *const place)
{
    const size_t features = sm_dataset_shape(data).features;
    const size_t terms = features + 1;
    *likelihood = (smi_likelihood){.data = data,
                                   .place = place,
                                   .others = classes - 1,
                                   .terms = terms,
                                   .count = (classes - 1) * terms};
    likelihood->mean = smi_array(terms, sizeof(double));
    likelihood->deviation = smi_array(terms, sizeof(double));
    likelihood->rows = smi_array(classes, sizeof(size_t));
    likelihood->row = smi_array(features, sizeof(float));
    likelihood->u = smi_array(terms, SMI_LIKELIHOOD_ROWS * sizeof(double));
    likelihood->share = smi_array(classes, SMI_LIKELIHOOD_ROWS * sizeof(double));
    if (likelihood->mean == NULL || likelihood->deviation == NULL || likelihood->rows == NULL ||
        likelihood->row == NULL || likelihood->u == NULL || likelihood->share == NULL) {
        return smi_fail_memory("statistics");
    }
    measure_columns(likelihood);
    return SM_OK;
}

const char *smi_feature_name(const smi_likelihood *const likelihood, const size_t feature,
                             char text[const SMI_FEATURE_TEXT_SIZE])
{
    if (likelihood->feature_names != NULL) {
        return likelihood->feature_names[feature];
    }
    (void)snprintf(text, SMI_FEATURE_TEXT_SIZE, "x%zu", feature + 1);
    return text;
}

void smi_likelihood_close(smi_likelihood *const likelihood)
{
    smi_free(likelihood->mean);
    smi_free(likelihood->deviation);
    smi_free(likelihood->rows);
    smi_free(likelihood->row);
    smi_free(likelihood->u);
    smi_free(likelihood->share);
}

/* ---- the likelihood ---- */

static void add_scaled(const double factor, const double *const x, const size_t count,
                       double *const y)
{
    for (size_t i = 0; i < count; i++) {
        y[i] += factor * x[i];
    }
}

void smi_likelihood_logits(const smi_likelihood *const likelihood, const double *const contrasts,
                           const size_t row, double *const logits)
{
    const double *const u = likelihood->u + row * likelihood->terms;
    for (size_t k = 0; k < likelihood->others; k++) {
        const double *const contrast = contrasts + k * likelihood->terms;
        double sum = 0.0;
        for (size_t t = 0; t < likelihood->terms; t++) {
            sum += contrast[t] * u[t];
        }
        logits[k] = sum;
    }
    logits[likelihood->others] = 0.0;
}

/* Turns logits into probabilities; returns the logarithm of the one of `place`. */
static double to_probabilities(double *const logits, const size_t classes, const size_t place)
{
    double most = logits[0];
    for (size_t c = 1; c < classes; c++) {
        most = fmax(most, logits[c]);
    }
    const double own = logits[place] - most;
    double sum = 0.0;
    for (size_t c = 0; c < classes; c++) {
        logits[c] = exp(logits[c] - most);
        sum += logits[c];
    }
    for (size_t c = 0; c < classes; c++) {
        logits[c] /= sum;
    }
    return own - log(sum);
}

/* 1 − p[class] without the cancellation where p[class] is close to 1. */
static double probability_of_others(const double *const p, const size_t classes, const size_t class)
{
    double sum = 0.0;
    for (size_t c = 0; c < classes; c++) {
        sum += c == class ? 0.0 : p[c];
    }
    return sum;
}

static void add_gradient(const smi_likelihood *const likelihood, const size_t row,
                         const size_t place, double *const gradient)
{
    const size_t classes = likelihood->others + 1;
    const double *const p = likelihood->share + row * classes;
    for (size_t k = 0; k < likelihood->others; k++) {
        const double residual = k == place ? probability_of_others(p, classes, k) : -p[k];
        add_scaled(residual, likelihood->u + row * likelihood->terms, likelihood->terms,
                   gradient + k * likelihood->terms);
    }
}

/* y += Σ factor · x, of four rows at once: y is read and written once for all of them. */
static void add_scaled_rows(const double factors[4], const double *const x, const size_t stride,
                            const size_t count, double *const y)
{
    const double *const x1 = x + stride;
    const double *const x2 = x1 + stride;
    const double *const x3 = x2 + stride;
    for (size_t i = 0; i < count; i++) {
        y[i] +=
            (factors[0] * x[i] + factors[1] * x1[i]) + (factors[2] * x2[i] + factors[3] * x3[i]);
    }
}

/* Adds Σ_r weight · u · uᵀ of the block to the square of the information that belongs to two
 * contrasts, row by row of the square, so that a row of it stays in the nearest cache. Weights
 * beyond the block's rows are 0. */
static void add_square(const smi_likelihood *const likelihood, const size_t k, const size_t l,
                       const double *const weights, double *const information)
{
    const size_t terms = likelihood->terms;
    for (size_t t = 0; t < terms; t++) {
        double *const row = information + (k * terms + t) * likelihood->count + l * terms;
        const size_t length = k == l ? t + 1 : terms;
        for (size_t r = 0; r < SMI_LIKELIHOOD_ROWS; r += 4) {
            const double *const u = likelihood->u + r * terms;
            const double factors[4] = {weights[r] * u[t], weights[r + 1] * u[terms + t],
                                       weights[r + 2] * u[2 * terms + t],
                                       weights[r + 3] * u[3 * terms + t]};
            add_scaled_rows(factors, u, terms, length, row);
        }
    }
}

static void add_information(const smi_likelihood *const likelihood, const size_t count,
                            double *const information)
{
    const size_t classes = likelihood->others + 1;
    double weights[SMI_LIKELIHOOD_ROWS] = {0.0};
    for (size_t k = 0; k < likelihood->others; k++) {
        for (size_t l = 0; l <= k; l++) {
            for (size_t r = 0; r < count; r++) {
                const double *const p = likelihood->share + r * classes;
                weights[r] = k == l ? p[k] * probability_of_others(p, classes, k) : -p[k] * p[l];
            }
            add_square(likelihood, k, l, weights, information);
        }
    }
}

double smi_log_likelihood(const smi_likelihood *const likelihood, const double *const contrasts,
                          double *const gradient, double *const information)
{
    const size_t rows = sm_dataset_rows(likelihood->data);
    const size_t classes = likelihood->others + 1;
    double sum = 0.0;
    if (gradient != NULL) {
        memset(gradient, 0, likelihood->count * sizeof *gradient);
    }
    if (information != NULL) {
        memset(information, 0, likelihood->count * likelihood->count * sizeof *information);
    }
    for (size_t first = 0; first < rows; first += SMI_LIKELIHOOD_ROWS) {
        const size_t count = smi_min_size(SMI_LIKELIHOOD_ROWS, rows - first);
        smi_likelihood_rows(likelihood, first, count);
        for (size_t r = 0; r < count; r++) {
            double *const share = likelihood->share + r * classes;
            const size_t place = smi_likelihood_place(likelihood, first + r);
            smi_likelihood_logits(likelihood, contrasts, r, share);
            sum += to_probabilities(share, classes, place);
            if (gradient != NULL) {
                add_gradient(likelihood, r, place, gradient);
            }
        }
        if (information != NULL) {
            add_information(likelihood, count, information);
        }
    }
    return sum;
}

void smi_correlation(const smi_likelihood *const likelihood, double *const correlation)
{
    const size_t rows = sm_dataset_rows(likelihood->data);
    const size_t features = likelihood->terms - 1;
    memset(correlation, 0, features * features * sizeof *correlation);
    for (size_t first = 0; first < rows; first += SMI_LIKELIHOOD_ROWS) {
        const size_t count = smi_min_size(SMI_LIKELIHOOD_ROWS, rows - first);
        smi_likelihood_rows(likelihood, first, count);
        for (size_t f = 0; f < features; f++) {
            for (size_t r = 0; r < count; r++) {
                const double *const u = likelihood->u + r * likelihood->terms + 1;
                add_scaled(u[f] / (double)rows, u, f + 1, correlation + f * features);
            }
        }
    }
}
