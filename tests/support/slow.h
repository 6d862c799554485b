/* Where a program takes many times as long, in an emulator or with a sanitizer, tests do the same
 * less often. */
#ifndef TESTS_SUPPORT_SLOW_H
#define TESTS_SUPPORT_SLOW_H

#include "support/sanitizer.h"

#if defined(TESTS_EMULATED)
#define RUN_IN_EMULATOR 1
#else
#define RUN_IN_EMULATOR 0
#endif

#define RUNS_SLOWLY (RUN_IN_EMULATOR || BUILT_WITH_SANITIZER)

/* How many random inputs a test tries, of as many as it does elsewhere. */
#define REPEATED(times) (RUNS_SLOWLY ? (times) / 10 : (times))

#endif
