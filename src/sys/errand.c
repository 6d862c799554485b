#include "sys/errand.h"

#include "base/memory.h"
#include "base/status.h"
#include "sys/thread.h"

struct smi_errand {
    pthread_t handle;
    bool begun; /* the thread is to be joined */
    void (*run)(void *context);
    void *context;
};

sm_status smi_errand_create(smi_errand **const errand)
{
    *errand = smi_array(1, sizeof **errand);
    return *errand == NULL ? smi_fail_memory("a thread") : SM_OK;
}

static void *thread_main(void *const argument)
{
    const smi_errand *const errand = argument;
    errand->run(errand->context);
    return NULL;
}

void smi_errand_begin(smi_errand *const errand, void (*const run)(void *context),
                      void *const context)
{
    smi_errand_await(errand);
    errand->run = run;
    errand->context = context;
    errand->begun = smi_thread_start(&errand->handle, thread_main, errand) == 0;
    if (!errand->begun) {
        run(context);
    }
}

void smi_errand_await(smi_errand *const errand)
{
    if (errand->begun) {
        pthread_join(errand->handle, NULL);
        errand->begun = false;
    }
}

void smi_errand_free(smi_errand *const errand)
{
    if (errand == NULL) {
        return;
    }
    smi_errand_await(errand);
    smi_free(errand);
}
