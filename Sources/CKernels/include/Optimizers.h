#pragma once
#include <stddef.h>

// One step of Adam (Kingma & Ba 2015) over `count` numbers in one pass, with the weight decay of
// AdamW (Loshchilov & Hutter 2019, algorithm 2) or of the same paper's L2 penalty.
// step_size = lr / (1 − β₁ᵗ); root_scale = 1 / √(1 − β₂ᵗ); decay = 1 − lr·weight_decay, 1 for L2.
// The gradient counts as gradient_scale · gradient + penalty · value.
typedef struct {
    float step_size;
    float root_scale;
    float decay;
    float beta1;
    float beta2;
    float epsilon;
    float gradient_scale;
    float penalty;
} vk_adamw_step;

void vk_adamw(
    vk_adamw_step step, float *values, const float *gradients, float *first_moments,
    float *second_moments, size_t count);

// One step of gradient descent with momentum: velocity = momentum · velocity + gradient,
// values −= rate · velocity. The gradient counts as gradient_scale · gradient + penalty · value.
typedef struct {
    float rate;
    float momentum;
    float gradient_scale;
    float penalty;
} vk_descent_step;

void vk_descent(
    vk_descent_step step, float *values, const float *gradients, float *velocity, size_t count);

// average += rate · (values − average).
void vk_average(float *average, const float *values, float rate, size_t count);

// Σ values² in float64; the same for any number of threads.
double vk_square_sum(const float *values, size_t count);
