/* The file of a model of 3 features and 2 classes, to be spoilt in every way there is. */
#ifndef TESTS_SUPPORT_TINY_MODEL_H
#define TESTS_SUPPORT_TINY_MODEL_H

#include "support/bytes.h"

enum { TINY_FEATURES = 3, TINY_CLASSES = 2, TINY_FLOATS = 8 };

/* Its header and its tensors: the kernel, 3 × 2, and behind it the bias. */
extern const char tiny_header[];
extern const float tiny_values[TINY_FLOATS];

/* A file of this header and these floats. Freed by byte_list_free(). */
byte_list model_file(const char *header, const float *values, size_t count);

/* The text with `part`, which must occur just once, replaced; freed by free(). */
char *replaced(const char *text, const char *part, const char *replacement);

#endif
