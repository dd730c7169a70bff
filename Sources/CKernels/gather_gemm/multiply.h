#pragma once
// The microkernel: every product of the method is made of it. `height` is a constant where it is called,
// so that the compiler unrolls the rows and keeps the tile (height, 32) in registers.

INLINE __m512 broadcast(const float *word) { return _mm512_set1_ps(*word); }

INLINE void clear_tile(__m512 (*tile)[2], const int height) {
#pragma clang loop unroll(full)
    for (int i = 0; i < height; i++) tile[i][0] = tile[i][1] = _mm512_setzero_ps();
}

// tile (height, 32) += a (height, depth) · b (depth, 32). Element (i, k) of a is a[i·row_stride + k·depth_stride].
INLINE void multiply_add(
    const float *a, size_t row_stride, size_t depth_stride, const float *b, size_t depth,
    __m512 (*tile)[2], const int height) {
#pragma clang loop unroll_count(4)
    for (size_t k = 0; k < depth; k++) {
        __m512 b0 = _mm512_loadu_ps(b + k * 32), b1 = _mm512_loadu_ps(b + k * 32 + 16);
#pragma clang loop unroll(full)
        for (int i = 0; i < height; i++) {
            __m512 x = broadcast(a + (size_t)i * row_stride + k * depth_stride);
            tile[i][0] = multiply(tile[i][0], x, b0);
            tile[i][1] = multiply(tile[i][1], x, b1);
        }
    }
}

// How many rows the next tile takes when `left` are left (a multiple of 4): 12, 8 or 4, so that no
// tile of 4 is needed where two of 8 do.
INLINE size_t tile_height(size_t left) { return left >= 12 && left != 16 ? 12 : left >= 8 ? 8 : 4; }
