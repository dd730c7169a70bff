#if defined(__x86_64__)
// The gather-GEMM kernels in float32. The bodies stand in headers, written on rows and words, so that each
// precision compiles them on its own rows.
#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,fma"))), apply_to = function)

#include "../Vector.h"
#include "float32_rows.h"
#include "float32_weights.h"
#include "kernels.h"
#pragma clang attribute pop

const vk_gather_kernels *vk_float32_kernels(void) {
    int supported = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
    return supported ? &kernels : NULL;
}
#endif
