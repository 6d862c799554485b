/* What the library said went wrong. */
#ifndef TESTS_SUPPORT_MESSAGE_H
#define TESTS_SUPPORT_MESSAGE_H

#include <stdio.h>

#include <softmax.h>

#include "support/cmocka_all.h"

/* The present message must be just this one; format as for printf. */
__attribute__((format(printf, 1, 2))) static inline void assert_message(const char *const format,
                                                                        ...)
{
    char expected[4096];
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(expected, sizeof expected, format, arguments);
    va_end(arguments);
    assert_true(length >= 0 && (size_t)length < sizeof expected);
    assert_string_equal(sm_error_message(), expected);
}

#endif
