#include "Random.h"

#include <string.h>

#include "Vector.h"

enum { BLOCK = 64 };  // blocks of four words made at a time, so that the rounds vectorise

// Ten rounds on `BLOCK` counters (block, step, purpose) at once; words[4·i + j] is word j of block i.
VK_INLINE void philox(vk_stream stream, uint32_t first_block, uint32_t *words) {
    uint32_t a[BLOCK], b[BLOCK], c[BLOCK], d[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
        a[i] = first_block + (uint32_t)i;
        b[i] = (uint32_t)stream.step;
        c[i] = (uint32_t)(stream.step >> 32);
        d[i] = stream.purpose;
    }
    uint32_t k0 = (uint32_t)stream.seed, k1 = (uint32_t)(stream.seed >> 32);
    for (int round = 0; round < 10; round++) {
        for (int i = 0; i < BLOCK; i++) {
            uint64_t p = (uint64_t)a[i] * 0xD2511F53u, q = (uint64_t)c[i] * 0xCD9E8D57u;
            uint32_t b1 = b[i], d1 = d[i];
            a[i] = (uint32_t)(q >> 32) ^ b1 ^ k0;
            b[i] = (uint32_t)q;
            c[i] = (uint32_t)(p >> 32) ^ d1 ^ k1;
            d[i] = (uint32_t)p;
        }
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    for (int i = 0; i < BLOCK; i++) {
        words[4 * i] = a[i];
        words[4 * i + 1] = b[i];
        words[4 * i + 2] = c[i];
        words[4 * i + 3] = d[i];
    }
}

VK_EVERY_CPU
void vk_random_words(vk_stream stream, uint64_t first, uint32_t *out, size_t count) {
    uint32_t words[4 * BLOCK];
    for (size_t done = 0; done < count; done += 4 * BLOCK) {
        philox(stream, (uint32_t)((first + done) / 4), words);
        size_t take = count - done < 4 * BLOCK ? count - done : 4 * BLOCK;
        memcpy(out + done, words, take * sizeof *words);
    }
}

VK_INLINE float uniform(uint32_t word) { return ((float)(word >> 8) + 0.5f) * 0x1p-24f; }

VK_EVERY_CPU
void vk_random_uniform(vk_stream stream, uint64_t first, float *out, size_t count) {
    uint32_t words[4 * BLOCK];
    float values[4 * BLOCK];
    for (size_t done = 0; done < count; done += 4 * BLOCK) {
        philox(stream, (uint32_t)((first + done) / 4), words);
        for (int i = 0; i < 4 * BLOCK; i++) values[i] = uniform(words[i]);
        size_t take = count - done < 4 * BLOCK ? count - done : 4 * BLOCK;
        memcpy(out + done, values, take * sizeof *values);
    }
}

// cos and sin of 2πu by quarter turns and Taylor polynomials on [−π/4, π/4], good to 1e-7.
VK_INLINE void turn(float u, float *cosine, float *sine) {
    float quarter = floorf(u * 4.0f + 0.5f);
    float r = (u - quarter * 0.25f) * 6.28318531f;
    float z = r * r;
    float s = r + r * z * (-1.6666654611e-1f + z * (8.3321608736e-3f - z * 1.9515295891e-4f));
    float c = 1.0f - 0.5f * z
        + z * z * (4.166664568298827e-2f + z * (-1.388731625493765e-3f + z * 2.443315711809948e-5f));
    int32_t q = (int32_t)quarter & 3;
    float x = (q & 1) ? s : c;
    float y = (q & 1) ? c : s;
    *cosine = (q == 1 || q == 2) ? -x : x;
    *sine = (q >= 2) ? -y : y;
}

VK_EVERY_CPU
void vk_random_normal(vk_stream stream, uint64_t first, float *out, size_t count) {
    uint32_t words[4 * BLOCK];
    float values[4 * BLOCK];
    for (size_t done = 0; done < count; done += 4 * BLOCK) {
        philox(stream, (uint32_t)((first + done) / 4), words);
        for (int i = 0; i < 2 * BLOCK; i++) {
            float radius = sqrtf(-2.0f * vk_log(uniform(words[2 * i])));
            float cosine, sine;
            turn(uniform(words[2 * i + 1]), &cosine, &sine);
            values[2 * i] = radius * cosine;
            values[2 * i + 1] = radius * sine;
        }
        size_t take = count - done < 4 * BLOCK ? count - done : 4 * BLOCK;
        memcpy(out + done, values, take * sizeof *values);
    }
}
