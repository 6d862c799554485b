/* What the measuring programs share: the clock, memory, leaving when a call fails. */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Leaves with the message when a call of the library fails. */
#define CHECK(call)                                                                                \
    do {                                                                                           \
        if ((call) != SM_OK) {                                                                     \
            leave(sm_error_message());                                                             \
        }                                                                                          \
    } while (0)

_Noreturn static inline void leave(const char *const message)
{
    (void)fprintf(stderr, "%s\n", message);
    exit(1);
}

static inline double now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* `count` elements on a cache line, the size rounded up as aligned_alloc wants it. */
static inline void *need_array(const size_t count, const size_t size)
{
    void *const array = aligned_alloc(64, (count * size + 63) / 64 * 64);
    if (array == NULL) {
        leave("memory ran out");
    }
    return array;
}

/* A positive number from the command line. */
static inline size_t need_count(const char *const text)
{
    char *end = NULL;
    const unsigned long long value = strtoull(text, &end, 10);
    if (*end != '\0' || value == 0) {
        leave("a count must be a positive number");
    }
    return (size_t)value;
}

static inline int compare_doubles(const void *const a, const void *const b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Sorts the values. */
static inline double median(double *const values, const size_t count)
{
    qsort(values, count, sizeof *values, compare_doubles);
    return 0.5 * (values[(count - 1) / 2] + values[count / 2]);
}

#endif
