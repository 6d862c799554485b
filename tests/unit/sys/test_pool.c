#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>

#include "support/cmocka_all.h"
#include "support/message.h"

#include "sys/pool.h"
#include "sys/processor.h"

enum { MOST_TASKS = 2000 };

/* What the tasks leave behind; looked at when all are done, by the test's own thread. */
typedef struct record {
    size_t threads;
    atomic_uint runs[MOST_TASKS];      /* of each task */
    atomic_bool busy[SMI_MAX_THREADS]; /* a task runs under this number now */
    atomic_uint wrong_thread;          /* tasks that were told a number too high */
    atomic_uint shared_thread;         /* tasks that met another under their number */
} record;

static void count_task(void *const context, const size_t task, const size_t thread)
{
    record *const all = context;
    if (thread >= all->threads) {
        atomic_fetch_add(&all->wrong_thread, 1);
        return;
    }
    if (atomic_exchange(&all->busy[thread], true)) {
        atomic_fetch_add(&all->shared_thread, 1);
    }
    atomic_fetch_add(&all->runs[task], 1);
    atomic_store(&all->busy[thread], false);
}

static void run_and_check(smi_pool *const pool, const size_t tasks)
{
    static record all;
    all = (record){.threads = smi_pool_threads(pool)};
    smi_pool_run(pool, tasks, count_task, &all);
    for (size_t task = 0; task < MOST_TASKS; task++) {
        assert_int_equal(all.runs[task], task < tasks ? 1 : 0);
    }
    assert_int_equal(all.wrong_thread, 0);
    assert_int_equal(all.shared_thread, 0);
}

static void every_task_runs_exactly_once(void **state)
{
    (void)state;
    static const size_t threads[] = {1, 2, 3, 4, 7, 16};
    static const size_t tasks[] = {0, 1, 2, 3, 5, 8, 17, 100, MOST_TASKS};
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        smi_pool *pool = NULL;
        assert_int_equal(smi_pool_create(threads[i], &pool), SM_OK);
        assert_int_equal(smi_pool_threads(pool), threads[i]);
        for (size_t k = 0; k < sizeof tasks / sizeof *tasks; k++) {
            run_and_check(pool, tasks[k]);
        }
        smi_pool_free(pool);
    }
}

static void a_pool_runs_job_after_job(void **state)
{
    (void)state;
    smi_pool *pool = NULL;
    assert_int_equal(smi_pool_create(4, &pool), SM_OK);
    for (size_t i = 0; i < 500; i++) {
        run_and_check(pool, i % 9);
    }
    smi_pool_free(pool);
}

typedef struct addition {
    const size_t *terms;
    size_t sums[3]; /* one for each task: no two tasks write to the same place */
} addition;

static void add_a_third(void *const context, const size_t task, const size_t thread)
{
    (void)thread;
    addition *const all = context;
    for (size_t i = task; i < 300; i += 3) {
        all->sums[task] += all->terms[i];
    }
}

static void results_are_there_when_run_returns(void **state)
{
    (void)state;
    size_t terms[300];
    smi_pool *pool = NULL;
    assert_int_equal(smi_pool_create(3, &pool), SM_OK);
    for (size_t round = 0; round < 200; round++) {
        for (size_t i = 0; i < 300; i++) {
            terms[i] = i + round; /* plain memory: run() hands it over and back */
        }
        addition all = {.terms = terms};
        smi_pool_run(pool, 3, add_a_third, &all);
        assert_int_equal(all.sums[0] + all.sums[1] + all.sums[2], 299 * 300 / 2 + 300 * round);
    }
    smi_pool_free(pool);
}

static void pools_come_and_go(void **state)
{
    (void)state;
    for (size_t i = 0; i < 200; i++) {
        smi_pool *pool = NULL;
        assert_int_equal(smi_pool_create(1 + i % 5, &pool), SM_OK);
        if (i % 2 == 0) { /* also without ever having worked */
            run_and_check(pool, 6);
        }
        smi_pool_free(pool);
    }
    smi_pool_free(NULL);
}

static void the_largest_pool_works(void **state)
{
    (void)state;
    smi_pool *pool = NULL;
    assert_int_equal(smi_pool_create(SMI_MAX_THREADS, &pool), SM_OK);
    run_and_check(pool, MOST_TASKS);
    smi_pool_free(pool);
}

typedef struct gathering {
    atomic_size_t present;
    pthread_t self[3];
    bool blocks_interrupt[3];
} gathering;

/* Returns only when three threads are in such a task at once. */
static void wait_for_the_others(void *const context, const size_t task, const size_t thread)
{
    (void)task;
    gathering *const all = context;
    sigset_t blocked;
    pthread_sigmask(SIG_SETMASK, NULL, &blocked);
    all->blocks_interrupt[thread] = sigismember(&blocked, SIGINT) == 1;
    all->self[thread] = pthread_self();
    atomic_fetch_add(&all->present, 1);
    while (atomic_load(&all->present) < 3) {
        sched_yield();
    }
}

static void all_threads_work_at_once_and_the_caller_is_thread_zero(void **state)
{
    (void)state;
    smi_pool *pool = NULL;
    gathering all = {.present = 0};
    assert_int_equal(smi_pool_create(3, &pool), SM_OK);
    smi_pool_run(pool, 3, wait_for_the_others, &all);
    smi_pool_free(pool);
    assert_int_equal(all.present, 3);
    assert_true(pthread_equal(all.self[0], pthread_self()));
    assert_false(pthread_equal(all.self[1], all.self[0]));
    assert_false(pthread_equal(all.self[2], all.self[0]));
    assert_false(pthread_equal(all.self[2], all.self[1]));
    /* Signals go to the program's threads, never to a worker. */
    assert_false(all.blocks_interrupt[0]);
    assert_true(all.blocks_interrupt[1]);
    assert_true(all.blocks_interrupt[2]);
}

typedef struct slow_end {
    atomic_size_t present;
    atomic_size_t done;
} slow_end;

/* When all three threads are at work, the caller ends at once and the others dawdle. */
static void end_late_but_for_the_caller(void *const context, const size_t task, const size_t thread)
{
    (void)task;
    slow_end *const all = context;
    atomic_fetch_add(&all->present, 1);
    while (atomic_load(&all->present) < 3) {
        sched_yield();
    }
    if (thread != 0) {
        const struct timespec pause = {.tv_nsec = 5000000};
        nanosleep(&pause, NULL);
    }
    atomic_fetch_add(&all->done, 1);
}

static void run_returns_only_when_the_slowest_is_done(void **state)
{
    (void)state;
    static slow_end all; /* there still, should a thread come too late */
    smi_pool *pool = NULL;
    assert_int_equal(smi_pool_create(3, &pool), SM_OK);
    for (size_t round = 0; round < 3; round++) {
        atomic_store(&all.present, 0);
        atomic_store(&all.done, 0);
        smi_pool_run(pool, 3, end_late_but_for_the_caller, &all);
        assert_int_equal(all.done, 3);
    }
    smi_pool_free(pool);
}

static void too_few_threads_are_told(void **state)
{
    (void)state;
    smi_pool *pool = NULL;
    pthread_attr_t before;
    pthread_attr_t huge; /* stacks for which there is no room in the address space */
    assert_int_equal(pthread_getattr_default_np(&before), 0);
    assert_int_equal(pthread_getattr_default_np(&huge), 0);
    assert_int_equal(pthread_attr_setstacksize(&huge, SIZE_MAX / 4), 0);
    assert_int_equal(pthread_setattr_default_np(&huge), 0);
    const sm_status alone = smi_pool_create(1, &pool); /* needs no stack */
    smi_pool_free(pool);
    pool = NULL;
    const sm_status status = smi_pool_create(4, &pool);
    assert_int_equal(pthread_setattr_default_np(&before), 0);
    pthread_attr_destroy(&before);
    pthread_attr_destroy(&huge);
    assert_int_equal(alone, SM_OK);
    assert_int_equal(status, SM_ERROR_MEMORY);
    assert_message("the system starts only 1 of 4 threads");
    assert_null(pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_task_runs_exactly_once),
        cmocka_unit_test(a_pool_runs_job_after_job),
        cmocka_unit_test(results_are_there_when_run_returns),
        cmocka_unit_test(pools_come_and_go),
        cmocka_unit_test(the_largest_pool_works),
        cmocka_unit_test(all_threads_work_at_once_and_the_caller_is_thread_zero),
        cmocka_unit_test(run_returns_only_when_the_slowest_is_done),
        cmocka_unit_test(too_few_threads_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
