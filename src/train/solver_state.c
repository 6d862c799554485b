#include "train/solver_state.h"

static void add(smi_state *const state, const smi_state_entry entry)
{
    if (state->count < SMI_MOST_STATE_ENTRIES) {
        state->entries[state->count++] = entry;
    }
}

void smi_state_parameters(smi_state *const state, const char *const name, float *const values,
                          const size_t count)
{
    add(state, (smi_state_entry){
                   .name = name, .kind = SMI_STATE_PARAMETERS, .values = values, .count = count});
}

void smi_state_floats(smi_state *const state, const char *const name, float *const values,
                      const size_t count)
{
    add(state, (smi_state_entry){
                   .name = name, .kind = SMI_STATE_FLOATS, .values = values, .count = count});
}

void smi_state_doubles(smi_state *const state, const char *const name, double *const values,
                       const size_t count)
{
    add(state, (smi_state_entry){
                   .name = name, .kind = SMI_STATE_DOUBLES, .values = values, .count = count});
}

void smi_state_sizes(smi_state *const state, const char *const name, size_t *const values,
                     const size_t count, const size_t most)
{
    add(state,
        (smi_state_entry){
            .name = name, .kind = SMI_STATE_SIZES, .values = values, .count = count, .most = most});
}

void smi_state_flag(smi_state *const state, const char *const name, bool *const value)
{
    add(state, (smi_state_entry){
                   .name = name, .kind = SMI_STATE_FLAG, .values = value, .count = 1, .most = 1});
}
