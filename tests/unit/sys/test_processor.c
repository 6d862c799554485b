#include <sched.h>

#include "support/cmocka_all.h"

#include "sys/processor.h"

static void processors_are_those_this_process_may_use(void **state)
{
    (void)state;
    cpu_set_t before;
    assert_int_equal(sched_getaffinity(0, sizeof before, &before), 0);
    assert_int_equal(smi_processor_count(),
                     CPU_COUNT(&before) < SMI_MAX_THREADS ? CPU_COUNT(&before) : SMI_MAX_THREADS);

    cpu_set_t one;
    size_t first = 0;
    while (!CPU_ISSET(first, &before)) {
        first++;
    }
    CPU_ZERO(&one);
    CPU_SET(first, &one);
    assert_int_equal(sched_setaffinity(0, sizeof one, &one), 0);
    const size_t confined = smi_processor_count();
    assert_int_equal(sched_setaffinity(0, sizeof before, &before), 0);
    assert_int_equal(confined, 1);
}

static void wider_sets_include_the_narrower(void **state)
{
    (void)state;
    assert_true(smi_processor_has_avx2() || !smi_processor_has_avx512());
#if defined(__x86_64__)
    /* The compiler's runtime looks for itself. */
    assert_int_equal(smi_processor_has_avx2(),
                     __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"));
    assert_int_equal(smi_processor_has_avx512(),
                     __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
                         __builtin_cpu_supports("fma"));
#else
    assert_false(smi_processor_has_avx2());
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(processors_are_those_this_process_may_use),
        cmocka_unit_test(wider_sets_include_the_narrower),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
