/* Counts what the program allocates, and makes allocations fail. A program that uses it is linked
 * with softmax_count_allocations(), so that its own and the library's calls come here. */
#ifndef TESTS_SUPPORT_ALLOCATIONS_H
#define TESTS_SUPPORT_ALLOCATIONS_H

#include <stddef.h>

/* Allocations made so far. */
size_t allocations_made(void);

/* Lets `first` more succeed, and makes the next `count` fail. */
void allocations_fail(size_t first, size_t count);

/* Lets all succeed again; returns how many failed. */
size_t allocations_recover(void);

#endif
