/* What training begins with: a new model, and the options that say what it is, or a loaded one. */
#ifndef CLI_NEW_MODEL_H
#define CLI_NEW_MODEL_H

#include <softmax.h>

typedef struct cli_new_model {
    const char *hidden; /* units of the hidden layers, with commas; NULL: softmax regression */
    int activation;     /* sm_activation; CLI_NOT_GIVEN */
    double dropout;     /* negative: not given */
    int init;           /* sm_init, by its place in cli_inits; CLI_NOT_GIVEN */
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

/* Makes the model for data of this shape. Returns an exit status likewise. */
int cli_make_model(const cli_new_model *wanted, const sm_shape *shape, uint64_t seed,
                   sm_model **model);

/* Loads the model of --from instead, for data of this shape. Likewise; *model is to be freed also
 * after failure. */
int cli_load_first_model(const char *path, const sm_shape *shape, sm_model **model);

#endif
