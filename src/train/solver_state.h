/* What has to be remembered from one step to the next: arrays and numbers, each under a name, in a
 * list that is made anew whenever it is wanted. A checkpoint writes down what the list points to,
 * and reads it back to there. */
#ifndef SMI_TRAIN_SOLVER_STATE_H
#define SMI_TRAIN_SOLVER_STATE_H

#include <stdbool.h>
#include <stddef.h>

typedef enum smi_state_kind {
    SMI_STATE_PARAMETERS, /* floats that are finite */
    SMI_STATE_FLOATS,
    SMI_STATE_DOUBLES,
    SMI_STATE_SIZES,
    SMI_STATE_FLAG
} smi_state_kind;

typedef struct smi_state_entry {
    const char *name;
    smi_state_kind kind;
    void *values; /* count */
    size_t count;
    size_t most; /* SMI_STATE_SIZES: no valid one is larger */
} smi_state_entry;

/* No solver lists half as many. */
enum { SMI_MOST_STATE_ENTRIES = 64 };

typedef struct smi_state {
    size_t count;
    smi_state_entry entries[SMI_MOST_STATE_ENTRIES];
} smi_state;

/* Each adds one entry. name: not copied. */
void smi_state_parameters(smi_state *state, const char *name, float *values, size_t count);
void smi_state_floats(smi_state *state, const char *name, float *values, size_t count);
void smi_state_doubles(smi_state *state, const char *name, double *values, size_t count);
void smi_state_sizes(smi_state *state, const char *name, size_t *values, size_t count, size_t most);
void smi_state_flag(smi_state *state, const char *name, bool *value);

#endif
