#include "data/reading_pool.h"

#include "sys/processor.h"

size_t smi_reading_threads(const sm_open_options *const options)
{
    return options->threads == 0 ? smi_processor_count() : options->threads;
}

sm_status smi_reading_pool(const sm_open_options *const options, smi_pool **const pool)
{
    return smi_pool_create(smi_reading_threads(options), pool);
}
