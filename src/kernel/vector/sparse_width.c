/* Lists of entries go to the widest vectors that the instruction set has and the map's stride is
 * a multiple of. */
#include "kernel/vector/names.h"
#include "simd.h"

void SMI_FOR_ISA(smi_sparse_logits)(const smi_affine *const map, const smi_sparse_row *const x,
                                    const size_t rows, float *const logits)
{
#if SMI_WIDEST >= 16
    if (map->stride % 16 == 0) {
        SMI_NAME_OF_WIDTH(smi_sparse_logits, 16)(map, x, rows, logits);
        return;
    }
#endif
#if SMI_WIDEST >= 8
    if (map->stride % 8 == 0) {
        SMI_NAME_OF_WIDTH(smi_sparse_logits, 8)(map, x, rows, logits);
        return;
    }
#endif
    if (map->stride % 4 == 0) {
        SMI_NAME_OF_WIDTH(smi_sparse_logits, 4)(map, x, rows, logits);
    } else {
        SMI_NAME_OF_WIDTH(smi_sparse_logits, 2)(map, x, rows, logits);
    }
}

void SMI_FOR_ISA(smi_sparse_gradient)(const smi_affine *const gradient,
                                      const smi_sparse_row *const x, const size_t rows,
                                      const float *const delta)
{
#if SMI_WIDEST >= 16
    if (gradient->stride % 16 == 0) {
        SMI_NAME_OF_WIDTH(smi_sparse_gradient, 16)(gradient, x, rows, delta);
        return;
    }
#endif
#if SMI_WIDEST >= 8
    if (gradient->stride % 8 == 0) {
        SMI_NAME_OF_WIDTH(smi_sparse_gradient, 8)(gradient, x, rows, delta);
        return;
    }
#endif
    if (gradient->stride % 4 == 0) {
        SMI_NAME_OF_WIDTH(smi_sparse_gradient, 4)(gradient, x, rows, delta);
    } else {
        SMI_NAME_OF_WIDTH(smi_sparse_gradient, 2)(gradient, x, rows, delta);
    }
}
