/* How a function says that it failed: it returns a status, and leaves a message behind. */
#ifndef SMI_BASE_STATUS_H
#define SMI_BASE_STATUS_H

#include <softmax.h>

/* Longest message kept, its final NUL included; longer ones are cut. */
enum { SMI_MESSAGE_SIZE = 1024 };

/* Records the message for this thread and returns `status`, so that a failing function ends with
 * `return smi_fail(…)`. The arguments may point into the present message. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
sm_status
smi_fail(sm_status status, const char *format, ...);

/* Out of memory, for `what`. */
sm_status smi_fail_memory(const char *what);

/* The answer to a NULL where the header allows none. */
sm_status smi_fail_null(const char *function, const char *argument);

#endif
