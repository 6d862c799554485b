/* What training begins with: a new model, and the options that say what it is, or a loaded one. */
#ifndef CLI_NEW_MODEL_H
#define CLI_NEW_MODEL_H

#include <stdbool.h>

#include <softmax.h>

#include "cli/data_argument.h"
#include "cli/scaling.h"

typedef struct cli_new_model {
    const char *hidden; /* units of the hidden layers, with commas; NULL: softmax regression */
    int activation;     /* sm_activation; CLI_NOT_GIVEN */
    double dropout;     /* negative: not given */
    int init;           /* sm_init, by its place in cli_inits; CLI_NOT_GIVEN */
    cli_scaling scaling;
} cli_new_model;

enum { CLI_NOT_GIVEN = -1 };

#define CLI_NEW_MODEL_NOT_GIVEN                                                                    \
    {                                                                                              \
        .activation = CLI_NOT_GIVEN, .dropout = -1.0, .init = CLI_NOT_GIVEN                        \
    }

extern const char *const cli_inits[]; /* NULL at the end */

/* The word for an sm_activation; NULL: none. */
const char *cli_activation_name(int place);

/* Whether the options go together; has_model: --from names one. Returns an exit status, having said
 * what is wrong. */
int cli_check_new_model(const cli_new_model *wanted, bool has_model);

/* Makes the model for such data. Returns an exit status likewise. */
int cli_make_model(const cli_new_model *wanted, const sm_dataset *dataset, uint64_t seed,
                   sm_model **model);

/* Opens training data, read as the model of --from would have it, which is loaded first; from NULL:
 * there is none, and *model stays as it is. *model is to be freed also after failure. */
sm_status cli_open_first(const char *from, const char *data, const cli_reading *reading,
                         sm_model **model, sm_dataset **train);

/* Whether the model of --from, which `path` names, suits data of this shape. Likewise. */
int cli_check_first_model(const char *path, const sm_shape *shape, const sm_model *model);

#endif
