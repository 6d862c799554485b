/* How a function says that it failed: it returns a status, and leaves a message behind. */
#ifndef SMI_BASE_STATUS_H
#define SMI_BASE_STATUS_H

#include <softmax.h>

/* Longest message kept, its final NUL included; longer ones are cut. */
enum { SMI_MESSAGE_SIZE = 1024 };

/* Records the message of this thread. The arguments may point into the present one. */
void smi_set_message(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* smi_fail(status, format, …): records the message and is `status`, so that a failing function
 * ends with `return smi_fail(…)`. A macro, for compilers and analysers to see which status. */
#define smi_fail(status, ...) (smi_set_message(__VA_ARGS__), (sm_status)(status))

/* Out of memory, for `what`. */
static inline sm_status smi_fail_memory(const char *const what)
{
    return smi_fail(SM_ERROR_MEMORY, "not enough memory for %s", what);
}

/* The answer to a NULL where the header allows none. */
static inline sm_status smi_fail_null(const char *const function, const char *const argument)
{
    return smi_fail(SM_ERROR_ARGUMENT, "%s: %s is NULL", function, argument);
}

#endif
