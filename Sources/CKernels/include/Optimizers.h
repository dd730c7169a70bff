#pragma once
#include <stddef.h>

// One step of AdamW (Loshchilov & Hutter 2019, algorithm 2) over `count` numbers in one pass.
// step_size = lr / (1 − β₁ᵗ); root_scale = 1 / √(1 − β₂ᵗ); decay = 1 − lr·weight_decay.
typedef struct {
    float step_size;
    float root_scale;
    float decay;
    float beta1;
    float beta2;
    float epsilon;
} vk_adamw_step;

void vk_adamw(
    vk_adamw_step step, float *values, const float *gradients, float *first_moments,
    float *second_moments, size_t count);
