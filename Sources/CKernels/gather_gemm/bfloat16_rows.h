#pragma once
#include "vectors.h"

// Rows of 32 channels in bfloat16: 16 words of two neighbouring channels each.
enum { ROW = 16 };

// sum + a · b over pairs: each word of a and b holds two factors.
INLINE __m512 multiply(__m512 sum, __m512 a, __m512 b) {
    return _mm512_dpbf16_ps(sum, (__m512bh)a, (__m512bh)b);
}

// Two times 16 numbers, rounded to nearest even.
INLINE __m512i rounded(const __m512 value[2]) {
    return (__m512i)_mm512_cvtne2ps_pbh(value[1], value[0]);
}

INLINE void load_row(const float *row, __m512 value[2]) {
    for (int half = 0; half < 2; half++) {
        __m256i words = _mm256_loadu_si256((const __m256i *)(const void *)(row + half * 8));
        value[half] = _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(words), 16));
    }
}

INLINE void store_row(float *row, const __m512 value[2]) {
    _mm512_storeu_si512(row, rounded(value));
}

// Words of one column of two rows: pairs[c] = (even[c], odd[c]).
INLINE void interleave_rows(float *pairs, __m512i even, __m512i odd) {
    const __m512i lower = _mm512_set_epi16(
        47, 15, 46, 14, 45, 13, 44, 12, 43, 11, 42, 10, 41, 9, 40, 8, 39, 7, 38, 6, 37, 5, 36, 4,
        35, 3, 34, 2, 33, 1, 32, 0);
    __m512i upper = _mm512_add_epi16(lower, _mm512_set1_epi16(16));
    _mm512_storeu_si512(pairs, _mm512_permutex2var_epi16(even, lower, odd));
    _mm512_storeu_si512(pairs + 16, _mm512_permutex2var_epi16(even, upper, odd));
}

// Two images' rows as one row of image pairs.
INLINE void store_pair(float *pairs, const __m512 even[2], const __m512 odd[2]) {
    interleave_rows(pairs, rounded(even), rounded(odd));
}

// 16 images of a plane as 8 words; only the images in `lanes`.
INLINE void store_plane_pairs(float *pairs, __mmask16 lanes, __m512 images) {
    _mm256_mask_storeu_epi16(pairs, lanes, (__m256i)_mm512_cvtneps_pbh(images));
}
