#pragma once
// Matrices of 32 × 32 weights for products in bfloat16: rounded, and in pairs along the sum.

INLINE __m512i rounded_row(const float *row) {
    __m512 value[2] = {_mm512_loadu_ps(row), _mm512_loadu_ps(row + 16)};
    return rounded(value);
}

// out (16, 32): word (k, c) is (in[2k][c], in[2k + 1][c]).
INLINE void pack_matrix(const float *in, float *out) {
    for (int k = 0; k < 16; k++)
        interleave_rows(
            out + k * VK_BLOCK, rounded_row(in + 2 * k * VK_BLOCK),
            rounded_row(in + (2 * k + 1) * VK_BLOCK));
}

// out (16, 32): word (k, c) is (in[c][2k], in[c][2k + 1]).
INLINE void transpose_matrix(const float *in, float *out) {
    for (int half = 0; half < 2; half++) {
        __m512 square[16];
        for (int r = 0; r < 16; r++)
            square[r] = (__m512)rounded_row(in + (half * 16 + r) * VK_BLOCK);
        transpose16(square);
        for (int r = 0; r < 16; r++)
            _mm512_storeu_ps(out + r * VK_BLOCK + half * 16, square[r]);
    }
}

// out (16, row stride) takes up to 16 taps of in (taps, 32) in its first 16 columns.
INLINE void pack_taps(const float *in, size_t taps, float *out, size_t stride) {
    __m512 square[16];
    for (size_t t = 0; t < 16; t++)
        square[t] = t < taps ? (__m512)rounded_row(in + t * VK_BLOCK) : _mm512_setzero_ps();
    transpose16(square);
    for (size_t pair = 0; pair < 16; pair++) _mm512_storeu_ps(out + pair * stride, square[pair]);
}
