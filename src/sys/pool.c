#include "sys/pool.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "sys/thread.h"

typedef struct worker {
    smi_pool *pool;
    size_t thread; /* 1 and up; 0 is the caller of smi_pool_run() */
    pthread_t handle;
} worker;

/* A thread's share of the tasks, or what is left of it. */
typedef struct range {
    _Alignas(64) atomic_size_t next; /* on a line of the cache of its own */
    size_t end;
} range;

/* Looks at what another thread is about to change, some microseconds, before going to sleep for it:
 * what comes again at once need not wait for the system to wake a thread, which takes far longer.
 */
enum { LOOKS = 500 };

struct smi_pool {
    size_t threads;
    worker *workers; /* threads − 1 */

    pthread_mutex_t mutex; /* guards changes of the four fields below */
    pthread_cond_t opened; /* a job was opened, or the pool is closing */
    pthread_cond_t left;   /* the last worker left the job */
    atomic_size_t inside;  /* workers in the job */
    atomic_size_t jobs;    /* opened so far: tells a worker a new job from the one it left */
    bool open;             /* a job may be joined */
    bool closing;

    smi_task *run; /* the job: written while it is closed and nobody is inside */
    void *context;
    range *ranges; /* one a thread */
};

static void work_off(smi_pool *const pool, range *const of, const size_t thread)
{
    for (;;) {
        const size_t task = atomic_fetch_add_explicit(&of->next, 1, memory_order_relaxed);
        if (task >= of->end) {
            return;
        }
        pool->run(pool->context, task, thread);
    }
}

/* First what is the thread's own, then what others have left. */
static void work(smi_pool *const pool, const size_t thread)
{
    for (size_t i = 0; i < pool->threads; i++) {
        work_off(pool, &pool->ranges[(thread + i) % pool->threads], thread);
    }
}

static void pause_a_little(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

static void await_job(const smi_pool *const pool, const size_t last_job)
{
    for (size_t i = 0;
         i < LOOKS && atomic_load_explicit(&pool->jobs, memory_order_relaxed) == last_job; i++) {
        pause_a_little();
    }
}

static void await_empty(const smi_pool *const pool)
{
    for (size_t i = 0; i < LOOKS && atomic_load_explicit(&pool->inside, memory_order_acquire) > 0;
         i++) {
        pause_a_little();
    }
}

static void *worker_main(void *const argument)
{
    const worker *const self = argument;
    smi_pool *const pool = self->pool;
    size_t last_job = 0;
    pthread_mutex_lock(&pool->mutex);
    while (!pool->closing) {
        if (!pool->open || pool->jobs == last_job) {
            pthread_cond_wait(&pool->opened, &pool->mutex);
            continue;
        }
        last_job = pool->jobs;
        pool->inside++;
        pthread_mutex_unlock(&pool->mutex);
        work(pool, self->thread);
        pthread_mutex_lock(&pool->mutex);
        pool->inside--;
        if (pool->inside == 0) {
            pthread_cond_signal(&pool->left);
        }
        pthread_mutex_unlock(&pool->mutex);
        await_job(pool, last_job);
        pthread_mutex_lock(&pool->mutex);
    }
    pthread_mutex_unlock(&pool->mutex);
    return NULL;
}

static int start_workers(smi_pool *const pool)
{
    int error_number = 0;
    for (size_t i = 0; i + 1 < pool->threads && error_number == 0; i++) {
        pool->workers[i] = (worker){.pool = pool, .thread = i + 1};
        error_number = smi_thread_start(&pool->workers[i].handle, worker_main, &pool->workers[i]);
        if (error_number != 0) {
            pool->threads = i + 1; /* what smi_pool_free() has to join */
        }
    }
    return error_number;
}

sm_status smi_pool_create(const size_t threads, smi_pool **const pool)
{
    smi_pool *const created = smi_array(1, sizeof *created);
    worker *const workers = smi_array(threads, sizeof *workers);
    range *const ranges = smi_array(threads, sizeof *ranges);
    if (created == NULL || workers == NULL || ranges == NULL) {
        smi_free(created);
        smi_free(workers);
        smi_free(ranges);
        return smi_fail_memory("a pool of threads");
    }
    created->threads = threads;
    created->workers = workers;
    created->ranges = ranges;
    pthread_mutex_init(&created->mutex, NULL);
    pthread_cond_init(&created->opened, NULL);
    pthread_cond_init(&created->left, NULL);
    if (start_workers(created) != 0) {
        const size_t started = created->threads;
        smi_pool_free(created);
        return smi_fail(SM_ERROR_MEMORY, "the system starts only %zu of %zu threads", started,
                        threads);
    }
    *pool = created;
    return SM_OK;
}

size_t smi_pool_threads(const smi_pool *const pool)
{
    return pool->threads;
}

void smi_pool_run(smi_pool *const pool, const size_t task_count, smi_task *const run,
                  void *const context)
{
    pool->run = run;
    pool->context = context;
    for (size_t t = 0; t < pool->threads; t++) {
        atomic_store_explicit(&pool->ranges[t].next, task_count * t / pool->threads,
                              memory_order_relaxed);
        pool->ranges[t].end = task_count * (t + 1) / pool->threads;
    }
    if (pool->threads == 1 || task_count <= 1) {
        work(pool, 0);
        return;
    }
    pthread_mutex_lock(&pool->mutex);
    pool->open = true;
    pool->jobs++;
    pthread_cond_broadcast(&pool->opened);
    pthread_mutex_unlock(&pool->mutex);

    work(pool, 0);

    pthread_mutex_lock(&pool->mutex);
    pool->open = false;
    pthread_mutex_unlock(&pool->mutex);
    await_empty(pool);
    pthread_mutex_lock(&pool->mutex);
    while (pool->inside > 0) {
        pthread_cond_wait(&pool->left, &pool->mutex);
    }
    pthread_mutex_unlock(&pool->mutex);
}

void smi_pool_free(smi_pool *const pool)
{
    if (pool == NULL) {
        return;
    }
    pthread_mutex_lock(&pool->mutex);
    pool->closing = true;
    pthread_cond_broadcast(&pool->opened);
    pthread_mutex_unlock(&pool->mutex);
    for (size_t i = 0; i + 1 < pool->threads; i++) {
        pthread_join(pool->workers[i].handle, NULL);
    }
    pthread_cond_destroy(&pool->left);
    pthread_cond_destroy(&pool->opened);
    pthread_mutex_destroy(&pool->mutex);
    smi_free(pool->workers);
    smi_free(pool->ranges);
    smi_free(pool);
}
