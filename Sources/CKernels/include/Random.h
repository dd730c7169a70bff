#pragma once
#include <stddef.h>
#include <stdint.h>

// Philox4x32-10 (Salmon et al. 2011): number i of a stream is a function of (seed, purpose, step, i)
// alone, so any part of a run can be replayed without the rest.
typedef struct {
    uint64_t seed;
    uint64_t step;
    uint32_t purpose;
} vk_stream;

// out[i] = word first + i of the stream; `first` is a multiple of 4.
void vk_random_words(vk_stream stream, uint64_t first, uint32_t *out, size_t count);

// Uniform in (0, 1): (word >> 8 + 0.5) / 2^24, exact in float.
void vk_random_uniform(vk_stream stream, uint64_t first, float *out, size_t count);

// Standard normal by Box and Muller (1958): words 2k and 2k+1 give numbers 2k (cosine) and 2k+1 (sine).
void vk_random_normal(vk_stream stream, uint64_t first, float *out, size_t count);
