/* The numbers of threads whose results are compared: 1 and some more; fewer where a program takes
 * many times as long, in an emulator or with a sanitizer: what is cut into pieces does not depend
 * on that, and there are races with 5 threads if there are any. */
#ifndef TESTS_SUPPORT_THREAD_COUNTS_H
#define TESTS_SUPPORT_THREAD_COUNTS_H

#include <stddef.h>

#include "support/slow.h"

static const size_t thread_counts[] = {1, 5, 2, 3, 8};

enum { THREAD_COUNTS = RUNS_SLOWLY ? 2 : 5 };

#endif
