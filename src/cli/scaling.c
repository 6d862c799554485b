#include "cli/scaling.h"

#include "cli/exit_status.h"
#include "cli/terminal.h"

int cli_check_scaling(const cli_scaling *const scaling)
{
    if (scaling->standardize && scaling->no_standardize) {
        cli_say("--standardize and --no-standardize contradict each other");
        return CLI_WRONG_USAGE;
    }
    return CLI_SUCCESS;
}

sm_shape cli_scaled_shape(const cli_scaling *const scaling, const sm_dataset *const dataset)
{
    sm_shape shape = sm_dataset_shape(dataset);
    if (scaling->no_standardize) {
        shape.column_shift = NULL;
        shape.column_scale = NULL;
    }
    return shape;
}

sm_status cli_standardize(const cli_scaling *const scaling, sm_model *const model,
                          const sm_dataset *const dataset)
{
    return scaling->standardize ? sm_model_standardize(model, dataset) : SM_OK;
}
