#pragma once
// Matrices of 32 × 32 weights for products in float32.

INLINE void pack_matrix(const float *in, float *out) {
    memcpy(out, in, VK_BLOCK * VK_BLOCK * sizeof(float));
}

INLINE void transpose_matrix(const float *in, float *out) {
    for (int i = 0; i < VK_BLOCK; i += 16)
        for (int j = 0; j < VK_BLOCK; j += 16) {
            __m512 square[16];
            for (int r = 0; r < 16; r++) square[r] = _mm512_loadu_ps(in + (i + r) * VK_BLOCK + j);
            transpose16(square);
            for (int r = 0; r < 16; r++) _mm512_storeu_ps(out + (j + r) * VK_BLOCK + i, square[r]);
        }
}

// out (32, row stride) takes up to 16 taps of in (taps, 32) in its first 16 columns.
INLINE void pack_taps(const float *in, size_t taps, float *out, size_t stride) {
    for (size_t channel = 0; channel < VK_BLOCK; channel += 16) {
        __m512 square[16];
        for (size_t t = 0; t < 16; t++)
            square[t] = t < taps ? _mm512_loadu_ps(in + t * VK_BLOCK + channel)
                                 : _mm512_setzero_ps();
        transpose16(square);
        for (size_t c = 0; c < 16; c++) _mm512_storeu_ps(out + (channel + c) * stride, square[c]);
    }
}
