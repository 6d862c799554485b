/* The threads that read a file. */
#ifndef SMI_DATA_READING_POOL_H
#define SMI_DATA_READING_POOL_H

#include <softmax.h>

#include "sys/pool.h"

/* How many the options say. */
size_t smi_reading_threads(const sm_open_options *options);

/* As many; freed by smi_pool_free(). */
sm_status smi_reading_pool(const sm_open_options *options, smi_pool **pool);

#endif
