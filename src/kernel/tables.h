/* The tables of this architecture, one folder each. */
#ifndef SMI_KERNEL_TABLES_H
#define SMI_KERNEL_TABLES_H

#include "kernel/kernel.h"

#if defined(__x86_64__)
extern const smi_kernels smi_kernels_x86_64; /* SSE2, which every x86-64 processor has */
extern const smi_kernels smi_kernels_avx2;   /* AVX2 and FMA */
extern const smi_kernels smi_kernels_avx512; /* AVX-512 F, BW, DQ and VL */
#elif defined(__aarch64__)
extern const smi_kernels smi_kernels_neon; /* NEON, which every AArch64 processor has */
#elif defined(__wasm_simd128__)
extern const smi_kernels smi_kernels_wasm; /* WebAssembly's 128-bit vectors */
#endif

#endif
