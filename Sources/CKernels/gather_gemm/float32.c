#if defined(__x86_64__)
// The gather-GEMM kernels in float32. The bodies stand in headers, written on rows and words, so that each
// precision compiles them with its own rows.h.
#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,fma"))), apply_to = function)

#include "../Vector.h"
#include "float32_rows.h"
// Bodies.
#include "multiply.h"
#include "epilogue.h"
#include "gather.h"
#include "weight_gradient.h"
#include "border_gather.h"
#include "border_gradient.h"
#include "border_scatter.h"
#include "borders.h"
#include "mask.h"
#include "normalization.h"

typedef struct {
    const float *in;
    float *out;
    size_t in1, taps, in2;
} transposition;

static void transpose_piece(void *context, size_t index, size_t begin, size_t end) {
    (void)begin, (void)end;
    const transposition *t = context;
    size_t block2 = index % t->in2, tap = index / t->in2 % t->taps, block1 = index / t->in2 / t->taps;
    const float *in = t->in + index * VK_BLOCK * VK_BLOCK;
    float *out = t->out + ((block2 * t->taps + tap) * t->in1 + block1) * VK_BLOCK * VK_BLOCK;
    for (int i = 0; i < VK_BLOCK; i += 16)
        for (int j = 0; j < VK_BLOCK; j += 16) {
            __m512 square[16];
            for (int r = 0; r < 16; r++) square[r] = _mm512_loadu_ps(in + (i + r) * VK_BLOCK + j);
            transpose16(square);
            for (int r = 0; r < 16; r++) _mm512_storeu_ps(out + (j + r) * VK_BLOCK + i, square[r]);
        }
}

static void transpose_weights(const float *in, float *out, size_t in1, size_t taps, size_t in2) {
    transposition t = {in, out, in1, taps, in2};
    vk_parallel(in1 * taps * in2, 1, &t, transpose_piece);
}

static const vk_gather_kernels kernels = {
    .gather = gather,
    .weight_gradient = weight_gradient,
    .border_gather = border_gather,
    .border_gradient = border_gradient,
    .border_scatter = border_scatter,
    .planes_from_values = planes_from_values,
    .blocks_from_values = blocks_from_values,
    .values_from_blocks = values_from_blocks,
    .mask = mask,
    .normalize = normalize,
    .normalize_backward = normalize_backward,
    .transpose_weights = transpose_weights,
};
#pragma clang attribute pop

const vk_gather_kernels *vk_float32_kernels(void) {
    int supported = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
    return supported ? &kernels : NULL;
}
#endif
