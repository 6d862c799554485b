#include "data_argument.h"

sm_status cli_open_training_data(const char *const data, const char *const labels,
                                 sm_dataset **const dataset)
{
    return labels == NULL ? sm_dataset_open(data, dataset)
                          : sm_dataset_open_idx(data, labels, dataset);
}

sm_status cli_open_test_data(const char *const data, const char *const labels,
                             sm_dataset **const dataset)
{
    *dataset = NULL;
    const sm_status status = labels == NULL ? sm_dataset_open_test(data, dataset) : SM_OK;
    return status == SM_OK && *dataset == NULL ? cli_open_training_data(data, labels, dataset)
                                               : status;
}
