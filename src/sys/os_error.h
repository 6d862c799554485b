/* Words for errno, the same in every locale and safe in threads. */
#ifndef SMI_SYS_OS_ERROR_H
#define SMI_SYS_OS_ERROR_H

#include <softmax.h>

/* Fails with SM_ERROR_IO and "cannot <verb> '<path>': <what errno says>". */
sm_status smi_fail_os(const char *verb, const char *path, int error_number);

#endif
