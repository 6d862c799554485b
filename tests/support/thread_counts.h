/* The numbers of threads whose results are compared: 1 and some more; fewer where a program takes
 * many times as long, in an emulator or with a sanitizer, as what is cut into pieces does not
 * depend on that. */
#ifndef TESTS_SUPPORT_THREAD_COUNTS_H
#define TESTS_SUPPORT_THREAD_COUNTS_H

#include <stddef.h>

#include "support/sanitizer.h"

static const size_t thread_counts[] = {1, 5, 2, 3, 8};

#if defined(TESTS_EMULATED)
enum { THREAD_COUNTS = 2 };
#elif BUILT_WITH_SANITIZER
enum { THREAD_COUNTS = 3 };
#else
enum { THREAD_COUNTS = 5 };
#endif

#endif
