/* The tiny model spoilt: what a file that is not what it claims to be must be answered with. */
#ifndef TESTS_UNIT_MODEL_SPOILT_H
#define TESTS_UNIT_MODEL_SPOILT_H

#include <stddef.h>

/* The bytes must be refused as no model of ours, in just these words after the file's name. */
void check_refused(const void *bytes, size_t size, const char *message);

/* Where a message says more than is ours to fix, jansson's words for instance: how it begins. */
void check_refused_somehow(const void *bytes, size_t size, const char *beginning);

/* One part of the header replaced; floats: how many follow it, the tiny model's own and zeros. */
typedef struct spoilt {
    const char *part;
    const char *replacement;
    size_t floats; /* up to 32 */
    const char *message;
} spoilt;

/* check: one of the two above. */
void check_spoilt(const spoilt *cases, size_t count,
                  void (*check)(const void *bytes, size_t size, const char *message));

#endif
