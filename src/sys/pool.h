/* A pool of threads that work through numbered tasks. The caller of smi_pool_run() works along,
 * so that a pool of one thread has no other. Workers block all signals, and sleep when idle for
 * more than some microseconds. One thread at a time may use a pool. A pool does not survive fork()
 * into the child. */
#ifndef SMI_SYS_POOL_H
#define SMI_SYS_POOL_H

#include <stddef.h>

#include <softmax.h>

typedef struct smi_pool smi_pool;

/* One task. Each thread takes first those of its own share, the same for the same number of tasks,
 * for what it worked on before may be in its cache; then what others have left of theirs. So which
 * thread runs it, and in what order, is left to chance in the end; thread is below the pool's
 * number of threads, and no two tasks run under the same number at once. */
typedef void smi_task(void *context, size_t task, size_t thread);

/* threads: 1 … SMI_MAX_THREADS, the caller's included. */
sm_status smi_pool_create(size_t threads, smi_pool **pool);

size_t smi_pool_threads(const smi_pool *pool);

/* Runs tasks 0 … task_count − 1 and returns when all are done. */
void smi_pool_run(smi_pool *pool, size_t task_count, smi_task *run, void *context);

void smi_pool_free(smi_pool *pool);

#endif
