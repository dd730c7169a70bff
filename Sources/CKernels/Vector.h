#pragma once
#include <math.h>
#include <stdint.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define VK_HAS_THREAD_SANITIZER 1
#endif
#endif

// One function body, compiled for AVX-512, AVX2 and the baseline; the loader picks by CPU. Not under Thread
// Sanitizer: the loader asks before the sanitizer is there, in a function that it watches.
#if defined(__x86_64__) && defined(__linux__) && !defined(VK_HAS_THREAD_SANITIZER)
#define VK_EVERY_CPU __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define VK_EVERY_CPU
#endif
#define VK_INLINE static inline __attribute__((always_inline))

VK_INLINE float vk_from_bits(uint32_t bits) {
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

VK_INLINE uint32_t vk_to_bits(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

VK_INLINE float vk_clamp(float x, float low, float high) {
    return x < low ? low : x > high ? high : x;
}

// e^x to 2 ulp for x in [−87, 88], saturating outside (Cody–Waite reduction, degree-6 polynomial).
VK_INLINE float vk_exp(float x) {
    x = x < -87.0f ? -87.0f : x;
    x = x > 88.0f ? 88.0f : x;
    float k = floorf(x * 1.44269504f + 0.5f);
    float r = x - k * 0.693359375f;
    r = r + k * 2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * (r * r) + r + 1.0f;
    return p * vk_from_bits((uint32_t)((int32_t)k + 127) << 23);
}

// Natural logarithm of a normal positive x to 2 ulp (Cephes logf's reduction and polynomial).
VK_INLINE float vk_log(float x) {
    uint32_t bits = vk_to_bits(x);
    int32_t exponent = (int32_t)(bits - 0x3f3504f3u) >> 23;
    float m = vk_from_bits(bits - ((uint32_t)exponent << 23)) - 1.0f;
    float e = (float)exponent;
    float z = m * m;
    float p = 7.0376836292e-2f;
    p = p * m - 1.1514610310e-1f;
    p = p * m + 1.1676998740e-1f;
    p = p * m - 1.2420140846e-1f;
    p = p * m + 1.4249322787e-1f;
    p = p * m - 1.6668057665e-1f;
    p = p * m + 2.0000714765e-1f;
    p = p * m - 2.4999993993e-1f;
    p = p * m + 3.3333331174e-1f;
    p = p * m * z - e * 2.12194440e-4f - 0.5f * z;
    return m + p + e * 0.693359375f;
}
