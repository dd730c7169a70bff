#pragma once
#include "vectors.h"

// Rows of 32 channels in float32: 32 words.
enum { ROW = 32 };

INLINE __m512 multiply(__m512 sum, __m512 a, __m512 b) { return _mm512_fmadd_ps(a, b, sum); }

INLINE void load_row(const float *row, __m512 value[2]) {
    value[0] = _mm512_loadu_ps(row);
    value[1] = _mm512_loadu_ps(row + 16);
}

// Products over images read the same rows in float32: there is no copy in pairs.
INLINE void store_pair(float *pairs, const __m512 even[2], const __m512 odd[2]) {
    (void)pairs, (void)even, (void)odd;
}

INLINE void store_plane_pairs(float *pairs, __mmask16 lanes, __m512 images) {
    (void)pairs, (void)lanes, (void)images;
}

INLINE void store_row(float *row, const __m512 value[2]) {
    _mm512_storeu_ps(row, value[0]);
    _mm512_storeu_ps(row + 16, value[1]);
}
