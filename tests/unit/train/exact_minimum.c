#include "unit/train/exact_minimum.h"

#include <math.h>
#include <string.h>

#include "support/cmocka_all.h"

/* Solves matrix · solution = right by Gauss with pivots; right becomes the solution. */
static void solve_linear(double matrix[EXACT_MOST][EXACT_MOST], double *const right,
                         const size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t pivot = i;
        for (size_t r = i + 1; r < count; r++) {
            pivot = fabs(matrix[r][i]) > fabs(matrix[pivot][i]) ? r : pivot;
        }
        for (size_t c = 0; c < count; c++) {
            const double swapped = matrix[i][c];
            matrix[i][c] = matrix[pivot][c];
            matrix[pivot][c] = swapped;
        }
        const double swapped = right[i];
        right[i] = right[pivot];
        right[pivot] = swapped;
        for (size_t r = i + 1; r < count; r++) {
            const double factor = matrix[r][i] / matrix[i][i];
            for (size_t c = i; c < count; c++) {
                matrix[r][c] -= factor * matrix[i][c];
            }
            right[r] -= factor * right[i];
        }
    }
    for (size_t i = count; i-- > 0;) {
        for (size_t c = i + 1; c < count; c++) {
            right[i] -= matrix[i][c] * right[c];
        }
        right[i] /= matrix[i][i];
    }
}

/* From their formulas:
 *   ∂/∂w[f][c] = mean of (p_c − t_c) · x_f,
 *   ∂²/∂w[f][c]∂w[g][d] = mean of p_c · (δ_cd − p_d) · x_f · x_g, with x = 1 for the bias. */
double exact_derivatives(const made_data *const data, const double l2, const double *const w,
                         double *const gradient, double hessian[EXACT_MOST][EXACT_MOST])
{
    const size_t features = data->features;
    const size_t classes = data->classes;
    const size_t count = (features + 1) * classes;
    double value = 0.0;
    assert_true(features < 6 && classes <= 3);
    memset(gradient, 0, count * sizeof *gradient);
    if (hessian != NULL) {
        memset(hessian, 0, EXACT_MOST * sizeof *hessian);
    }
    for (size_t r = 0; r < data->rows; r++) {
        double x[6];
        double p[3] = {0.0};
        double delta[3] = {0.0};
        double sum = 0.0;
        for (size_t f = 0; f <= features; f++) {
            x[f] = f == features ? 1.0 : (double)data->floats[r * features + f];
        }
        for (size_t c = 0; c < classes; c++) {
            double z = 0.0;
            for (size_t f = 0; f <= features; f++) {
                z += x[f] * w[f * classes + c];
            }
            p[c] = exp(z);
            sum += p[c];
        }
        value += log(sum / p[data->labels[r]]) / (double)data->rows;
        for (size_t c = 0; c < classes; c++) {
            const double target = data->labels[r] == (int32_t)c ? 1.0 : 0.0;
            p[c] /= sum;
            delta[c] = (p[c] - target) / (double)data->rows;
        }
        for (size_t i = 0; i < count; i++) {
            const size_t c = i % classes;
            gradient[i] += delta[c] * x[i / classes];
            for (size_t j = 0; hessian != NULL && j < count; j++) {
                const size_t d = j % classes;
                hessian[i][j] += p[c] * ((c == d ? 1.0 : 0.0) - p[d]) * x[i / classes] *
                                 x[j / classes] / (double)data->rows;
            }
        }
    }
    for (size_t i = 0; i < count; i++) {
        const bool weight = i < features * classes;
        gradient[i] += weight ? l2 * w[i] : 0.0;
        if (hessian != NULL) {
            hessian[i][i] += weight ? l2 : 0.0;
        }
        value += weight ? l2 / 2.0 * w[i] * w[i] : 0.0;
    }
    return value;
}

/* Newton's method, halving the step until the value falls. */
double exact_minimum(const made_data *const data, const exact_objective *const exact)
{
    const size_t count = (data->features + 1) * data->classes;
    double w[EXACT_MOST] = {0.0};
    double value = exact_value(exact, w);
    for (size_t iteration = 0; iteration < 50; iteration++) {
        double step[EXACT_MOST];
        double hessian[EXACT_MOST][EXACT_MOST];
        double tried[EXACT_MOST] = {0.0};
        (void)exact_derivatives(data, exact->l2, w, step, hessian);
        /* Adding a number to all biases changes nothing: a little is added to the diagonal there,
         * so that the step is defined. */
        for (size_t i = count - data->classes; i < count; i++) {
            hessian[i][i] += 1e-9;
        }
        solve_linear(hessian, step, count);
        double share = 1.0;
        double next = INFINITY;
        for (; share > 1e-10; share /= 2.0) {
            for (size_t i = 0; i < count; i++) {
                tried[i] = w[i] - share * step[i];
            }
            next = exact_value(exact, tried);
            if (next < value) {
                break;
            }
        }
        if (!(next < value)) {
            break;
        }
        memcpy(w, tried, sizeof w);
        value = next;
    }
    return value;
}
