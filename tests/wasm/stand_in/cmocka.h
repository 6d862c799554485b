/* What the tests of kernels use of cmocka, where that cannot be had: WebAssembly has no long jumps.
 * The first assertion that fails ends the program. */
#ifndef TESTS_WASM_CMOCKA_H
#define TESTS_WASM_CMOCKA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct CMUnitTest {
    const char *name;
    void (*run)(void **state);
    int (*setup)(void **state);
};

#define cmocka_unit_test(test)                                                                     \
    {                                                                                              \
        .name = #test, .run = (test)                                                               \
    }

#define cmocka_unit_test_setup(test, before)                                                       \
    {                                                                                              \
        .name = #test, .run = (test), .setup = (before)                                            \
    }

#define print_message(...) (void)printf(__VA_ARGS__)

#define fail_msg(...)                                                                              \
    ((void)printf("%s:%d: ", __FILE__, __LINE__), (void)printf(__VA_ARGS__), (void)printf("\n"),   \
     exit(1))

static inline void check_assertion(const bool holds, const char *const what, const char *const file,
                                   const int line)
{
    if (!holds) {
        (void)printf("%s:%d: %s does not hold\n", file, line, what);
        exit(1);
    }
}

#define assert_true(a) check_assertion((a) ? true : false, #a, __FILE__, __LINE__)
#define assert_false(a) check_assertion((a) ? false : true, "not " #a, __FILE__, __LINE__)
#define assert_null(a) check_assertion((a) == NULL, #a " == NULL", __FILE__, __LINE__)
#define assert_non_null(a) check_assertion((a) != NULL, #a " != NULL", __FILE__, __LINE__)
#define assert_ptr_equal(a, b)                                                                     \
    check_assertion((const void *)(a) == (const void *)(b), #a " == " #b, __FILE__, __LINE__)
#define assert_int_equal(a, b)                                                                     \
    check_assertion((uint64_t)(a) == (uint64_t)(b), #a " == " #b, __FILE__, __LINE__)
#define assert_memory_equal(a, b, size)                                                            \
    check_assertion(memcmp(a, b, size) == 0, "the bytes of " #a " and " #b, __FILE__, __LINE__)
#define assert_string_equal(a, b)                                                                  \
    check_assertion(strcmp(a, b) == 0, #a " as text equal to " #b, __FILE__, __LINE__)

static inline int run_all_tests(const struct CMUnitTest *const tests, const size_t count)
{
    for (size_t i = 0; i < count; i++) {
        void *state = NULL;
        (void)printf("%s\n", tests[i].name);
        if (tests[i].setup != NULL && tests[i].setup(&state) != 0) {
            (void)printf("its setup failed\n");
            return 1;
        }
        tests[i].run(&state);
    }
    return 0;
}

#define cmocka_run_group_tests(tests, setup, teardown)                                             \
    run_all_tests(tests, sizeof(tests) / sizeof *(tests))

#endif
