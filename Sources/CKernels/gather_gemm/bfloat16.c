#if defined(__x86_64__)
// The gather-GEMM kernels in bfloat16, from the same bodies as those in float32.
#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16,fma"))), \
    apply_to = function)

#include "../Vector.h"
#include "bfloat16_rows.h"
#include "bfloat16_weights.h"
#include "kernels.h"
#pragma clang attribute pop

const vk_gather_kernels *vk_bfloat16_kernels(void) {
    return vk_float32_kernels() && __builtin_cpu_supports("avx512bf16") ? &kernels : NULL;
}
#endif
