#include "data_argument.h"

const char *const cli_zero_based[] = {
    [SM_INDEX_AUTO] = "auto", [SM_INDEX_FROM_ONE] = "no", [SM_INDEX_FROM_ZERO] = "yes", NULL};

/* like: NULL for training data. */
static sm_open_options options_of(const cli_reading *const reading, const sm_shape *const like)
{
    sm_open_options options = sm_open_options_default();
    options.like = like;
    options.ignore_extra = reading->ignore_extra;
    options.index_base = (sm_index_base)reading->zero_based;
    return options;
}

static sm_status open_part(const char *const data, const cli_reading *const reading,
                           const sm_shape *const like, sm_dataset **const dataset)
{
    const sm_open_options options = options_of(reading, like);
    return reading->labels == NULL ? sm_dataset_open_with(data, &options, dataset)
                                   : sm_dataset_open_idx(data, reading->labels, dataset);
}

sm_status cli_open_training_data(const char *const data, const cli_reading *const reading,
                                 sm_dataset **const dataset)
{
    return open_part(data, reading, NULL, dataset);
}

sm_status cli_open_test_part(const char *const data, const cli_reading *const reading,
                             const sm_shape *const shape, sm_dataset **const dataset)
{
    *dataset = NULL;
    if (reading->labels != NULL) {
        return SM_OK;
    }
    sm_open_options options = options_of(reading, shape);
    options.test_part = true;
    return sm_dataset_open_with(data, &options, dataset);
}

sm_status cli_open_test_data(const char *const data, const cli_reading *const reading,
                             const sm_shape *const shape, sm_dataset **const dataset)
{
    const sm_status status = cli_open_test_part(data, reading, shape, dataset);
    return status == SM_OK && *dataset == NULL ? open_part(data, reading, shape, dataset) : status;
}
