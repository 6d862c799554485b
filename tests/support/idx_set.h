/* Small data sets on disk, laid out as MNIST is. */
#ifndef TESTS_SUPPORT_IDX_SET_H
#define TESTS_SUPPORT_IDX_SET_H

#include <stddef.h>

/* Pictures of 1 × 2 bytes, the first of row r being first + r, the second 100 + r. A path that
 * ends in ".gz" is compressed. */
void write_pictures(const char *path, size_t rows, unsigned first);

/* The labels of rows 0, 1, 2, … are the digits of the text: "3033". */
void write_labels(const char *path, const char *digits);

/* The whole set, raw: three pictures to train with, whose first bytes are 10, 11, 12 and whose
 * labels are 3, 0, 3; two to test with: 20, 21 and 0, 3. */
void write_idx_set(const char *folder);

#endif
