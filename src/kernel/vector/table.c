#include "simd.h"

#include "kernel/tables.h"
#include "kernel/vector/names.h"

#define SMI_QUOTE_AGAIN(x) #x
#define SMI_QUOTE(x) SMI_QUOTE_AGAIN(x)

const smi_kernels SMI_FOR_ISA(smi_kernels) = {
    .isa = SMI_QUOTE(SMI_ISA),
    .logits = {[SM_U8] = SMI_FOR_ISA(smi_logits_u8), [SM_F32] = SMI_FOR_ISA(smi_logits_f32)},
    .gradient = {[SM_U8] = SMI_FOR_ISA(smi_gradient_u8), [SM_F32] = SMI_FOR_ISA(smi_gradient_f32)},
    .mark_features = SMI_LANES,
    .mark_density = SMI_MARK_DENSITY,
    .mark = SMI_FOR_ISA(smi_mark),
    .marked_logits = SMI_FOR_ISA(smi_marked_logits),
    .marked_gradient = SMI_FOR_ISA(smi_marked_gradient),
    .list_density = SMI_LIST_DENSITY,
    .list = {[SM_U8] = SMI_FOR_ISA(smi_list_u8), [SM_F32] = SMI_FOR_ISA(smi_list_f32)},
    .sparse_logits = SMI_FOR_ISA(smi_sparse_logits),
    .sparse_gradient = SMI_FOR_ISA(smi_sparse_gradient),
    .curvature = SMI_FOR_ISA(smi_curvature),
    .loss_labels = SMI_FOR_ISA(smi_loss_labels),
    .loss_targets = SMI_FOR_ISA(smi_loss_targets),
    .product = SMI_FOR_ISA(smi_product_blocked),
    .list_pairs = SMI_FOR_ISA(smi_list_pairs),
    .sparse_multiply = SMI_FOR_ISA(smi_sparse_multiply),
    .sparse_spread = SMI_FOR_ISA(smi_sparse_spread),
    .activate = SMI_FOR_ISA(smi_activate),
    .dropout = SMI_FOR_ISA(smi_dropout),
    .add_bias = SMI_FOR_ISA(smi_add_bias),
    .column_sums = SMI_FOR_ISA(smi_column_sums),
    .multiply = SMI_FOR_ISA(smi_multiply_by),
    .adam = SMI_FOR_ISA(smi_adam_move),
    .read_numbers = SMI_FOR_ISA(smi_read_numbers),
};
