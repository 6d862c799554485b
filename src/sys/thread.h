/* Threads of the library's own. They block the signals that are sent to the process, which go to
 * threads that know of them. */
#ifndef SMI_SYS_THREAD_H
#define SMI_SYS_THREAD_H

#include <pthread.h>
#include <stdbool.h>

/* As pthread_create() without attributes. */
int smi_thread_start(pthread_t *handle, void *(*run)(void *), void *argument);

#endif
