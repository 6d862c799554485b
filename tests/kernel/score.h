/* How near to its bound each table came. */
#ifndef TESTS_KERNEL_SCORE_H
#define TESTS_KERNEL_SCORE_H

#include <math.h>

#include "kernel/kernel.h"
#include "support/cmocka_all.h"

typedef struct table_score {
    const char *isa;
    double worst;          /* error / bound, over everything seen */
    double worst_of_large; /* the same over the sums of most terms */
} table_score;

enum { SCORE_TABLES = 8 };

/* Fails the test when the value is farther from the exact one than the bound. */
static inline void score_value(table_score *const score, const double value, const double exact,
                               const double bound, const bool large)
{
    const double error = fabs(value - exact);
    const double ratio = error == 0.0 ? 0.0 : error / bound;
    if (!(ratio <= 1.0)) {
        fail_msg("%s: %.17g instead of %.17g: off by %.3f bounds", score->isa, value, exact, ratio);
    }
    score->worst = fmax(score->worst, ratio);
    score->worst_of_large = large ? fmax(score->worst_of_large, ratio) : score->worst_of_large;
}

/* Prints the scores, and fails the test for a bound that is never come near to: it would hold for
 * wrong code too. */
static inline void score_conclude(const table_score *const scores, const double least,
                                  const double least_of_large)
{
    for (size_t i = 0; smi_kernels_supported(i) != NULL; i++) {
        if (scores[i].isa == NULL) {
            continue;
        }
        print_message("  %-9s error / bound at most %.3f, of the longest sums %.3f\n",
                      scores[i].isa, scores[i].worst, scores[i].worst_of_large);
        assert_true(scores[i].worst > least);
        assert_true(scores[i].worst_of_large > least_of_large);
    }
}

#endif
