/* What another thread does meanwhile is done when it is awaited, one thing after the other. */
#include <sched.h>
#include <stdatomic.h>

#include "support/cmocka_all.h"

#include "sys/errand.h"

typedef struct counter {
    atomic_bool may_count;
    int count; /* written by errands alone, and read when they are done */
} counter;

static void count_one(void *const context)
{
    counter *const counted = context;
    while (!counted->may_count) {
        sched_yield();
    }
    counted->count++;
}

static void it_is_done_meanwhile(void **state)
{
    (void)state;
    counter counted = {.may_count = false};
    smi_errand *errand = NULL;
    assert_int_equal(smi_errand_create(&errand), SM_OK);
    smi_errand_await(errand); /* there is nothing to wait for */
    smi_errand_begin(errand, count_one, &counted);
    counted.may_count = true; /* it waits for this, which comes after it has begun */
    smi_errand_await(errand);
    assert_int_equal(counted.count, 1);
    smi_errand_free(errand);
}

static void one_comes_after_the_other(void **state)
{
    (void)state;
    counter counted = {.may_count = true};
    smi_errand *errand = NULL;
    assert_int_equal(smi_errand_create(&errand), SM_OK);
    for (int i = 0; i < 100; i++) {
        smi_errand_begin(errand, count_one, &counted);
    }
    smi_errand_free(errand); /* the last one is done, too */
    assert_int_equal(counted.count, 100);
    smi_errand_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_done_meanwhile),
        cmocka_unit_test(one_comes_after_the_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
