/* How data is opened. */
#ifndef SMI_DATA_OPEN_OPTIONS_H
#define SMI_DATA_OPEN_OPTIONS_H

#include <softmax.h>

/* Fails naming the first field whose value is none of those that it may have. */
sm_status smi_open_options_check(const sm_open_options *options);

#endif
