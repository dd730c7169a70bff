#pragma once
#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "../include/GatherGEMM.h"
#include "../include/Parallel.h"

// A compiler that does not unroll as it is told makes these kernels slower, not wrong.
#pragma clang diagnostic ignored "-Wpass-failed"

#define INLINE static inline __attribute__((always_inline))

INLINE size_t smaller(size_t a, size_t b) { return a < b ? a : b; }
INLINE size_t pieces_of(size_t count, size_t at_once) { return (count + at_once - 1) / at_once; }

// The first `count` lanes, at most 16.
INLINE __mmask16 first_lanes(size_t count) {
    return count >= 16 ? (__mmask16)0xffff : (__mmask16)((1u << count) - 1);
}

// The lanes of the second vector of a row that `count` channels reach.
INLINE __mmask16 lanes_after(size_t count) { return first_lanes(count > 16 ? count - 16 : 0); }

// All lanes of a row of a real image, none of one that pads.
INLINE __mmask16 all_or_none(int is_real) { return is_real ? (__mmask16)0xffff : (__mmask16)0; }

INLINE void add_to(float *sum, __m512 value) {
    _mm512_storeu_ps(sum, _mm512_add_ps(_mm512_loadu_ps(sum), value));
}

// Transposes pairs of rows within 128-bit lanes, then quarters of four rows.
INLINE void transpose_quads(__m512 r[16], __m512 t[16]) {
    for (int i = 0; i < 8; i++) {
        t[2 * i] = _mm512_unpacklo_ps(r[2 * i], r[2 * i + 1]);
        t[2 * i + 1] = _mm512_unpackhi_ps(r[2 * i], r[2 * i + 1]);
    }
    for (int i = 0; i < 4; i++) {
        __m512d a = _mm512_castps_pd(t[4 * i]), b = _mm512_castps_pd(t[4 * i + 1]);
        __m512d c = _mm512_castps_pd(t[4 * i + 2]), d = _mm512_castps_pd(t[4 * i + 3]);
        r[4 * i] = _mm512_castpd_ps(_mm512_unpacklo_pd(a, c));
        r[4 * i + 1] = _mm512_castpd_ps(_mm512_unpackhi_pd(a, c));
        r[4 * i + 2] = _mm512_castpd_ps(_mm512_unpacklo_pd(b, d));
        r[4 * i + 3] = _mm512_castpd_ps(_mm512_unpackhi_pd(b, d));
    }
}

// Transposes the 16 × 16 matrix whose rows are r.
INLINE void transpose16(__m512 r[16]) {
    __m512 t[16];
    transpose_quads(r, t);
    for (int i = 0; i < 4; i++) {
        t[i] = _mm512_shuffle_f32x4(r[i], r[4 + i], 0x88);
        t[4 + i] = _mm512_shuffle_f32x4(r[i], r[4 + i], 0xdd);
        t[8 + i] = _mm512_shuffle_f32x4(r[8 + i], r[12 + i], 0x88);
        t[12 + i] = _mm512_shuffle_f32x4(r[8 + i], r[12 + i], 0xdd);
    }
    for (int i = 0; i < 4; i++) {
        r[i] = _mm512_shuffle_f32x4(t[i], t[8 + i], 0x88);
        r[4 + i] = _mm512_shuffle_f32x4(t[4 + i], t[12 + i], 0x88);
        r[8 + i] = _mm512_shuffle_f32x4(t[i], t[8 + i], 0xdd);
        r[12 + i] = _mm512_shuffle_f32x4(t[4 + i], t[12 + i], 0xdd);
    }
}
