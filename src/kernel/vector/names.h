/* The sources in this folder are compiled once for each instruction set, with SMI_ISA set to its
 * name and simd.h taken from its folder. SMI_FOR_ISA(x) is that variant's name of x. */
#ifndef SMI_KERNEL_VECTOR_NAMES_H
#define SMI_KERNEL_VECTOR_NAMES_H

#include "kernel/kernel.h"

#define SMI_JOIN_AGAIN(a, b) a##_##b
#define SMI_JOIN(a, b) SMI_JOIN_AGAIN(a, b)
#define SMI_FOR_ISA(name) SMI_JOIN(name, SMI_ISA)

smi_logits_kernel SMI_FOR_ISA(smi_logits_u8);
smi_logits_kernel SMI_FOR_ISA(smi_logits_f32);
smi_gradient_kernel SMI_FOR_ISA(smi_gradient_u8);
smi_gradient_kernel SMI_FOR_ISA(smi_gradient_f32);
smi_loss_labels_kernel SMI_FOR_ISA(smi_loss_labels);
smi_loss_targets_kernel SMI_FOR_ISA(smi_loss_targets);

#endif
