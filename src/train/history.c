#include "train/history.h"

#include <string.h>

#include "base/memory.h"
#include "base/status.h"

sm_status smi_history_create(sm_history **const history)
{
    *history = smi_array(1, sizeof **history);
    return *history == NULL ? smi_fail_memory("the history") : SM_OK;
}

sm_status smi_history_append(sm_history *const history, const sm_epoch *const epoch)
{
    if (history->count == history->capacity) {
        const size_t capacity = history->capacity == 0 ? 16 : 2 * history->capacity;
        sm_epoch *const epochs = smi_array(capacity, sizeof *epochs);
        if (epochs == NULL) {
            return smi_fail_memory("the history");
        }
        if (history->count > 0) {
            memcpy(epochs, history->epochs, history->count * sizeof *epochs);
        }
        smi_free(history->epochs);
        history->epochs = epochs;
        history->capacity = capacity;
    }
    history->epochs[history->count++] = *epoch;
    return SM_OK;
}

sm_train_summary sm_history_summary(const sm_history *const history)
{
    return history->summary;
}

size_t sm_history_epochs(const sm_history *const history)
{
    return history->count;
}

const sm_epoch *sm_history_epoch(const sm_history *const history, const size_t index)
{
    return index < history->count ? &history->epochs[index] : NULL;
}

void sm_history_free(sm_history *const history)
{
    if (history != NULL) {
        smi_free(history->epochs);
        smi_free(history);
    }
}
