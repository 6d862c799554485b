/* What the examples share: leaving when a call fails, and finding data. */
#ifndef EXAMPLES_CHECK_H
#define EXAMPLES_CHECK_H

#include <softmax.h>
#include <stdio.h>
#include <stdlib.h>

/* An example may end here; a program would free what it holds and report the error upwards. */
#define CHECK(call)                                                                                \
    do {                                                                                           \
        if ((call) != SM_OK) {                                                                     \
            (void)fprintf(stderr, "%s\n", sm_error_message());                                     \
            exit(1);                                                                               \
        }                                                                                          \
    } while (0)

/* MNIST where it is at hand, else generated digits, for which no figures are published. Returns
 * whether it is MNIST. */
static inline bool open_digits(sm_dataset **train, sm_dataset **test)
{
    const bool mnist = sm_dataset_open("mnist:train", train) == SM_OK;
    if (!mnist) {
        (void)printf("MNIST is not here ('softmax data fetch mnist' gets it): these are generated "
                     "digits,\nand the published figures, which are MNIST's, do not apply.\n\n");
        CHECK(sm_dataset_open("digits:train", train));
    }
    CHECK(sm_dataset_open(mnist ? "mnist:test" : "digits:test", test));
    return mnist;
}

#endif
