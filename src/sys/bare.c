/* What there is where no operating system is: one thread, no time, no environment. */
#include <math.h>
#include <stddef.h>

#include "base/memory.h"
#include "base/status.h"
#include "sys/clock.h"
#include "sys/environment.h"
#include "sys/errand.h"
#include "sys/large_pages.h"
#include "sys/memory_limit.h"
#include "sys/physical_memory.h"
#include "sys/pool.h"
#include "sys/processor.h"

double smi_clock_seconds(void)
{
    return 0.0;
}

const char *smi_environment(const char *const name)
{
    (void)name;
    return NULL;
}

void *smi_large_array(const size_t count, const size_t size)
{
    return smi_array(count, size);
}

void *smi_large_bytes(const size_t size)
{
    return smi_bytes(size);
}

/* What addresses reach. */
double smi_physical_memory(void)
{
    return (double)SIZE_MAX;
}

double smi_memory_limit(const char *const root)
{
    (void)root;
    return INFINITY;
}

size_t smi_processor_count(void)
{
    return 1;
}

struct smi_errand {
    char nothing;
};

sm_status smi_errand_create(smi_errand **const errand)
{
    *errand = smi_array(1, sizeof **errand);
    return *errand == NULL ? smi_fail_memory("a thread") : SM_OK;
}

void smi_errand_begin(smi_errand *const errand, void (*const run)(void *context),
                      void *const context)
{
    (void)errand;
    run(context);
}

void smi_errand_await(smi_errand *const errand)
{
    (void)errand;
}

void smi_errand_free(smi_errand *const errand)
{
    smi_free(errand);
}

struct smi_pool {
    size_t threads;
};

sm_status smi_pool_create(const size_t threads, smi_pool **const pool)
{
    (void)threads;
    smi_pool *const created = smi_array(1, sizeof *created);
    if (created == NULL) {
        return smi_fail_memory("the threads");
    }
    created->threads = 1;
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
    (void)pool;
    for (size_t task = 0; task < task_count; task++) {
        run(context, task, 0);
    }
}

void smi_pool_free(smi_pool *const pool)
{
    smi_free(pool);
}
