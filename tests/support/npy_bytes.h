/* NPY arrays and zip archives put together by hand. */
#ifndef TESTS_SUPPORT_NPY_BYTES_H
#define TESTS_SUPPORT_NPY_BYTES_H

#include "support/bytes.h"

/* Version 1, and the dictionary as it is given, without padding. */
byte_list npy_with_header(const char *dictionary, const void *data, size_t size);

/* The same with a dictionary of this type and shape, as Python writes them: "<f4", "(2, 3)". */
byte_list npy_of(const char *type, const char *shape, const void *data, size_t size);

/* Little-endian numbers. */
void put_little(byte_list *all, uint64_t value, size_t size);

/* A member to be: of method 0 its data are as they are, of method 8 they are deflated. */
typedef struct zip_part {
    const char *name;
    byte_list data; /* freed by zip_of() */
    unsigned method;
} zip_part;

/* The archive of some parts. */
byte_list zip_of(zip_part *parts, size_t count);

#endif
