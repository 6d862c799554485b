/* Words for errno, the same in every locale and safe in threads. */
#ifndef SMI_SYS_OS_ERROR_H
#define SMI_SYS_OS_ERROR_H

#include <softmax.h>

/* Records the message "cannot <verb> '<path>': <what errno says>". */
void smi_set_os_message(const char *verb, const char *path, int error_number);

static inline sm_status smi_fail_os(const char *const verb, const char *const path,
                                    const int error_number)
{
    smi_set_os_message(verb, path, error_number);
    return SM_ERROR_IO;
}

#endif
