/* A step of Adam: the compiler's vectors, as wide as the instruction set has them. It is bound by
 * the seven streams that it reads and writes; the wider the vectors, the more of them are on their
 * way at once. */
#include "kernel/vector/names.h"

void SMI_FOR_ISA(smi_adam_move)(const smi_adam *const step, const size_t count,
                                const float *const restrict gradients, float *const restrict means,
                                float *const restrict squares, const float *const restrict before,
                                float *const restrict parameters)
{
    const smi_adam all = *step;
    for (size_t i = 0; i < count; i++) {
        const float gradient = gradients[i];
        means[i] += all.mean * (gradient - means[i]);
        squares[i] += all.square * (gradient * gradient - squares[i]);
        const float way = smi_adam_scale(&all, squares[i]) * all.mean_correction * means[i];
        parameters[i] = before[i] * all.kept - way;
    }
}
