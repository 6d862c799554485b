#include "cli/new_model.h"

#include <stdint.h>
#include <string.h>

#include "base/number.h"
#include "cli/exit_status.h"
#include "cli/terminal.h"
#include "sys/physical_memory.h"

enum { MOST_HIDDEN = 999 };

const char *const cli_inits[] = {
    [SM_INIT_ZEROS] = "zeros",   [SM_INIT_UNIFORM] = "uniform",
    [SM_INIT_GLOROT] = "glorot", [SM_INIT_GLOROT_NORMAL] = "glorot-normal",
    [SM_INIT_HE] = "he",         NULL};

const char *cli_activation_name(const int place)
{
    return sm_activation_name((sm_activation)place);
}

/* The units of the next layer, up to a comma or the end; false when there is not a number, 1 or
 * more. *text: then behind the comma; NULL: that was the last. */
static bool next_units(const char **const text, size_t *const units)
{
    char digits[32];
    const size_t length = strcspn(*text, ",");
    uint64_t number = 0;
    if (length >= sizeof digits) {
        return false;
    }
    memcpy(digits, *text, length);
    digits[length] = '\0';
    *text = (*text)[length] == ',' ? *text + length + 1 : NULL;
    *units = 0;
    if (!smi_parse_u64(digits, &number) || number == 0 || number > SIZE_MAX) {
        return false;
    }
    *units = (size_t)number;
    return true;
}

static int fail_hidden(const cli_new_model *const wanted)
{
    cli_say("--hidden=%s: it must be the units of 1 to %d layers, each 1 or more, such as 25,15",
            wanted->hidden, MOST_HIDDEN);
    return CLI_WRONG_USAGE;
}

static int check_hidden(const cli_new_model *const wanted)
{
    const char *rest = wanted->hidden;
    size_t layers = 0;
    while (rest != NULL) {
        size_t units = 0;
        if (!next_units(&rest, &units) || ++layers > MOST_HIDDEN) {
            return fail_hidden(wanted);
        }
    }
    return CLI_SUCCESS;
}

int cli_check_new_model(const cli_new_model *const wanted, const bool has_model)
{
    if (has_model && (wanted->activation != CLI_NOT_GIVEN || wanted->dropout >= 0.0)) {
        cli_say("--%s is for a new model; one that training goes on from keeps its layers",
                wanted->activation != CLI_NOT_GIVEN ? "activation" : "dropout");
        return CLI_WRONG_USAGE;
    }
    if (wanted->hidden == NULL && (wanted->activation != CLI_NOT_GIVEN || wanted->dropout >= 0.0)) {
        cli_say("--%s is of hidden layers: --hidden UNITS",
                wanted->activation != CLI_NOT_GIVEN ? "activation" : "dropout");
        return CLI_WRONG_USAGE;
    }
    if (has_model && wanted->init != CLI_NOT_GIVEN) {
        cli_say("--from and --init both say which weights come first");
        return CLI_WRONG_USAGE;
    }
    if (has_model && wanted->hidden != NULL) {
        cli_say("--from and --hidden both say which layers the model has");
        return CLI_WRONG_USAGE;
    }
    if (has_model && (wanted->scaling.standardize || wanted->scaling.no_standardize)) {
        cli_say("--%s is for a new model; one that training goes on from keeps its scaling",
                wanted->scaling.standardize ? "standardize" : "no-standardize");
        return CLI_WRONG_USAGE;
    }
    const int scaling = cli_check_scaling(&wanted->scaling);
    return scaling == CLI_SUCCESS ? check_hidden(wanted) : scaling;
}

/* Before anything is made: whether the machine can hold the training of so many parameters. */
static sm_status check_memory(const cli_new_model *const wanted, const sm_shape *const shape)
{
    double parameters = 0.0;
    double all_units = 0.0;
    double inputs = (double)shape->features;
    const char *rest = wanted->hidden;
    while (rest != NULL) {
        size_t units = 0;
        (void)next_units(&rest, &units);
        parameters += (inputs + 1.0) * (double)units;
        inputs = (double)units;
        all_units += inputs;
    }
    parameters += (inputs + 1.0) * (double)shape->classes;
    const double floats = SMI_TRAINING_FLOATS * parameters + SMI_UNIT_FLOATS * all_units;
    return smi_check_memory(sizeof(float) * floats, "training", parameters);
}

static sm_status add_layers(const cli_new_model *const wanted, sm_model *const model)
{
    const char *rest = wanted->hidden;
    sm_status status = SM_OK;
    while (rest != NULL && status == SM_OK) {
        size_t units = 0;
        (void)next_units(&rest, &units);
        sm_layer layer = sm_layer_default(units);
        if (wanted->activation != CLI_NOT_GIVEN) {
            layer.activation = (sm_activation)wanted->activation;
        }
        if (wanted->dropout >= 0.0) {
            layer.dropout = wanted->dropout;
        }
        status = sm_model_add_layer(model, &layer);
    }
    return status;
}

int cli_make_model(const cli_new_model *const wanted, const sm_dataset *const dataset,
                   const uint64_t seed, sm_model **const model)
{
    const sm_shape shape = cli_scaled_shape(&wanted->scaling, dataset);
    const sm_init usual = wanted->hidden == NULL ? SM_INIT_ZEROS : SM_INIT_GLOROT;
    const sm_init init = wanted->init == CLI_NOT_GIVEN ? usual : (sm_init)wanted->init;
    if (check_memory(wanted, &shape) != SM_OK || sm_model_create(shape, model) != SM_OK ||
        add_layers(wanted, *model) != SM_OK || sm_model_initialize(*model, init, seed) != SM_OK ||
        cli_standardize(&wanted->scaling, *model, dataset) != SM_OK) {
        return cli_fail();
    }
    if (wanted->hidden != NULL && init == SM_INIT_ZEROS) {
        cli_say("with --init zeros all units of a hidden layer stay the same");
    }
    return CLI_SUCCESS;
}

sm_status cli_open_first(const char *const from, const char *const data,
                         const cli_reading *const reading, sm_model **const model,
                         sm_dataset **const train)
{
    if (from == NULL) {
        return cli_open_training_data(data, reading, NULL, train);
    }
    const sm_status status = sm_model_load(from, model);
    if (status != SM_OK) {
        return status;
    }
    const sm_shape shape = sm_model_shape(*model);
    return cli_open_training_data(data, reading, &shape, train);
}

/* Training answers what of the data the model does not know; here what of the model the data do
 * not. */
int cli_check_first_model(const char *const path, const sm_shape *const shape,
                          const sm_model *const model)
{
    const sm_shape own = sm_model_shape(model);
    if (own.features != shape->features) {
        char taken[SMI_COUNTED_SIZE];
        char there[SMI_NUMBER_TEXT_SIZE];
        cli_say("--from=%s: the model takes %s a row, the data has %s", path,
                smi_counted_text(own.features, "feature", taken),
                smi_grouped_text(shape->features, there));
        return CLI_FAILURE;
    }
    for (size_t m = 0; m < own.classes; m++) {
        size_t d = 0;
        while (d < shape->classes && strcmp(own.class_names[m], shape->class_names[d]) != 0) {
            d++;
        }
        if (d == shape->classes) {
            cli_say("--from=%s: the model has a class '%s', which is not one of the data's %zu",
                    path, own.class_names[m], shape->classes);
            return CLI_FAILURE;
        }
    }
    return CLI_SUCCESS;
}
