#include "data/column_moments.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "data/streaming.h"

/* sums[f] += x, or, where there is a centre, (x − centre[f])², for a row. */
static void add_full_row(const sm_dataset *const dataset, const size_t row,
                         const double *const centre, double *const sums)
{
    const void *const x = smi_dataset_x(dataset, row);
    for (size_t f = 0; f < dataset->shape.features; f++) {
        const double value = dataset->element == SM_U8 ? (double)((const uint8_t *)x)[f]
                                                       : (double)((const float *)x)[f];
        const double distance = value - (centre == NULL ? 0.0 : centre[f]);
        sums[f] += centre == NULL ? distance : distance * distance;
    }
}

/* The same for what a row's entries have beyond the zeros in their places. */
static void add_sparse_row(const sm_dataset *const dataset, const size_t row,
                           const double *const centre, double *const sums)
{
    const smi_sparse_row x = smi_dataset_entries(dataset, row);
    for (size_t i = 0; i < x.count; i++) {
        const size_t f = x.columns[i];
        const double value = (double)x.values[i];
        sums[f] += centre == NULL
                       ? value
                       : (value - centre[f]) * (value - centre[f]) - centre[f] * centre[f];
    }
}

/* Sums over the rows of x, or of its squared distance from the centre. */
static void add_up(const sm_dataset *const dataset, const double *const centre, double *const sums)
{
    const double rows = (double)dataset->rows;
    const bool sparse = dataset->element == SM_CSR;
    for (size_t f = 0; f < dataset->shape.features; f++) {
        sums[f] = sparse && centre != NULL ? rows * centre[f] * centre[f] : 0.0;
    }
    for (size_t r = 0; r < dataset->rows; r++) {
        smi_streaming_pass(dataset, r, 1);
        if (sparse) {
            add_sparse_row(dataset, r, centre, sums);
        } else {
            add_full_row(dataset, r, centre, sums);
        }
    }
}

void smi_column_moments(const sm_dataset *const dataset, double *const mean,
                        double *const deviation)
{
    const double rows = (double)dataset->rows;
    add_up(dataset, NULL, mean);
    for (size_t f = 0; f < dataset->shape.features; f++) {
        mean[f] /= rows;
    }
    add_up(dataset, mean, deviation);
    for (size_t f = 0; f < dataset->shape.features; f++) {
        const double variance = deviation[f] / rows;
        /* The mean is off by at most rows · ε of itself, and that squared is what a constant
         * column would show; sparse sums also cancel to rows · ε of the squared mean. */
        const double off = rows * DBL_EPSILON * fabs(mean[f]);
        const double noise = off * off + (dataset->element == SM_CSR ? off * fabs(mean[f]) : 0.0);
        deviation[f] = variance > noise ? sqrt(variance) : 0.0;
    }
}
