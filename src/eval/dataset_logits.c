#include "eval/dataset_logits.h"

#include "data/streaming.h"

void smi_dataset_raw_logits(const sm_model *const model, const sm_dataset *const dataset,
                            const size_t first, const size_t count, float *const scratch,
                            float *const logits)
{
    smi_streaming_pass(dataset, first, count);
    if (dataset->element == SM_CSR) {
        smi_sparse_row rows[SMI_FORWARD_ROWS];
        for (size_t i = 0; i < count; i++) {
            rows[i] = smi_dataset_entries(dataset, first + i);
        }
        smi_model_sparse_logits(model, rows, count, scratch, logits);
        return;
    }
    const void *x[SMI_FORWARD_ROWS];
    for (size_t i = 0; i < count; i++) {
        x[i] = smi_dataset_x(dataset, first + i);
    }
    smi_model_logits(model, dataset->element, x, count, scratch, logits);
}

void smi_dataset_logits(const sm_model *const model, const sm_dataset *const dataset,
                        const size_t first, const size_t count, float *const scratch,
                        float *const logits)
{
    smi_dataset_raw_logits(model, dataset, first, count, scratch, logits);
    smi_model_temper(model, logits, count * sm_model_shape(model).classes);
}
