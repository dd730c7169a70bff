#pragma once
#include "Vector.h"

// mean − x, and ∂mean/∂output = span²·s·(1 − s) without the cancellation in 1 − s.
VK_INLINE float pixel_error(float output, float target, float span, float *slope) {
    float o = span * output;
    float e = vk_exp(-fabsf(o));
    float r = 1.0f / (1.0f + e);
    *slope = span * span * (e * r * r);
    return span * ((o < 0 ? e * r : r) - target);
}

// log(1 + e^x) with e = e^−|x|.
VK_INLINE float vk_softplus(float x, float e) {
    return (x > 0 ? x : 0.0f) + vk_log(1.0f + e);
}
