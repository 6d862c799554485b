/* The sources in this folder are compiled once for each instruction set, with SMI_ISA set to its
 * name and simd.h taken from its folder. SMI_FOR_ISA(x) is that variant's name of x. */
#ifndef SMI_KERNEL_VECTOR_NAMES_H
#define SMI_KERNEL_VECTOR_NAMES_H

#include "kernel/kernel.h"

#define SMI_JOIN_AGAIN(a, b) a##_##b
#define SMI_JOIN(a, b) SMI_JOIN_AGAIN(a, b)
#define SMI_FOR_ISA(name) SMI_JOIN(name, SMI_ISA)

/* sparse.c is compiled once more for each width of its vectors. */
#define SMI_JOIN_THREE(a, b, c) SMI_JOIN(SMI_JOIN(a, b), c)
#define SMI_NAME_OF_WIDTH(name, width) SMI_JOIN_THREE(name, width, SMI_ISA)
#define SMI_FOR_WIDTH(name) SMI_NAME_OF_WIDTH(name, SMI_WIDTH)

smi_logits_kernel SMI_FOR_ISA(smi_logits_u8);
smi_logits_kernel SMI_FOR_ISA(smi_logits_f32);
smi_gradient_kernel SMI_FOR_ISA(smi_gradient_u8);
smi_gradient_kernel SMI_FOR_ISA(smi_gradient_f32);
smi_mark_kernel SMI_FOR_ISA(smi_mark);
smi_marked_logits_kernel SMI_FOR_ISA(smi_marked_logits);
smi_marked_gradient_kernel SMI_FOR_ISA(smi_marked_gradient);
smi_list_kernel SMI_FOR_ISA(smi_list_u8);
smi_list_kernel SMI_FOR_ISA(smi_list_f32);
smi_sparse_logits_kernel SMI_FOR_ISA(smi_sparse_logits);
smi_sparse_gradient_kernel SMI_FOR_ISA(smi_sparse_gradient);
smi_sparse_logits_kernel SMI_NAME_OF_WIDTH(smi_sparse_logits, 2);
smi_sparse_logits_kernel SMI_NAME_OF_WIDTH(smi_sparse_logits, 4);
smi_sparse_logits_kernel SMI_NAME_OF_WIDTH(smi_sparse_logits, 8);
smi_sparse_logits_kernel SMI_NAME_OF_WIDTH(smi_sparse_logits, 16);
smi_sparse_gradient_kernel SMI_NAME_OF_WIDTH(smi_sparse_gradient, 2);
smi_sparse_gradient_kernel SMI_NAME_OF_WIDTH(smi_sparse_gradient, 4);
smi_sparse_gradient_kernel SMI_NAME_OF_WIDTH(smi_sparse_gradient, 8);
smi_sparse_gradient_kernel SMI_NAME_OF_WIDTH(smi_sparse_gradient, 16);
smi_curvature_kernel SMI_FOR_ISA(smi_curvature);
smi_loss_labels_kernel SMI_FOR_ISA(smi_loss_labels);
smi_loss_targets_kernel SMI_FOR_ISA(smi_loss_targets);
smi_product_kernel SMI_FOR_ISA(smi_product_blocked);
smi_list_pairs_kernel SMI_FOR_ISA(smi_list_pairs);
smi_sparse_multiply_kernel SMI_FOR_ISA(smi_sparse_multiply);
smi_sparse_spread_kernel SMI_FOR_ISA(smi_sparse_spread);
smi_activate_kernel SMI_FOR_ISA(smi_activate);
smi_dropout_kernel SMI_FOR_ISA(smi_dropout);
smi_add_bias_kernel SMI_FOR_ISA(smi_add_bias);
smi_column_sums_kernel SMI_FOR_ISA(smi_column_sums);
smi_multiply_kernel SMI_FOR_ISA(smi_multiply_by);
smi_adam_kernel SMI_FOR_ISA(smi_adam_move);
smi_read_numbers_kernel SMI_FOR_ISA(smi_read_numbers);

#endif
