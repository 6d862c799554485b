#include <string.h>

#include "base/status.h"
#include "kernel/kernel.h"
#include "kernel/tables.h"
#include "sys/environment.h"
#include "sys/processor.h"

const smi_kernels *smi_kernels_supported(const size_t index)
{
    const smi_kernels *supported[4] = {&smi_kernels_reference};
    size_t count = 1;
#if defined(__x86_64__)
    supported[count++] = &smi_kernels_x86_64;
    if (smi_processor_has_avx2()) {
        supported[count++] = &smi_kernels_avx2;
    }
    if (smi_processor_has_avx512()) {
        supported[count++] = &smi_kernels_avx512;
    }
#elif defined(__aarch64__)
    supported[count++] = &smi_kernels_neon;
#elif defined(__wasm_simd128__)
    supported[count++] = &smi_kernels_wasm;
#endif
    return index < count ? supported[index] : NULL;
}

static void set_unknown_message(const char *const wanted)
{
    char list[128] = "";
    const smi_kernels *kernels = NULL;
    for (size_t i = 0; (kernels = smi_kernels_supported(i)) != NULL; i++) {
        if (i > 0) {
            strncat(list, ", ", sizeof list - strlen(list) - 1);
        }
        strncat(list, kernels->isa, sizeof list - strlen(list) - 1);
    }
    smi_set_message("SOFTMAX_ISA=%s: this machine has %s", wanted, list);
}

sm_status smi_kernels_choose(const smi_kernels **const kernels)
{
    const char *const wanted = smi_environment("SOFTMAX_ISA");
    const smi_kernels *widest = &smi_kernels_reference;
    const smi_kernels *candidate = NULL;
    for (size_t i = 0; (candidate = smi_kernels_supported(i)) != NULL; i++) {
        if (wanted != NULL && strcmp(wanted, candidate->isa) == 0) {
            *kernels = candidate;
            return SM_OK;
        }
        widest = candidate;
    }
    if (wanted != NULL && wanted[0] != '\0') {
        set_unknown_message(wanted);
        return SM_ERROR_ARGUMENT;
    }
    *kernels = widest;
    return SM_OK;
}

const char *sm_isa(void)
{
    const smi_kernels *kernels = NULL;
    return smi_kernels_choose(&kernels) == SM_OK ? kernels->isa : "";
}
