#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "Random.h"

// Layers without a product, on row-major numbers (images, channels, positions).

// Group normalisation (Wu & He 2018): each image's channels in equal groups.
typedef struct {
    size_t images, channels, positions, groups;
    float epsilon;
} vk_group_norm;

// out = scale · (in − mean) · deviations + shift; means and deviations (images, groups) are kept for
// the backward pass, deviations as 1 / √(variance + epsilon).
void vk_group_norm_forward(
    const vk_group_norm *norm, const float *in, const float *scale, const float *shift,
    float *means, float *deviations, float *out);

// Gradients from that of `out`; sums (2, images, channels) is room to work in.
void vk_group_norm_backward(
    const vk_group_norm *norm, const float *in, const float *scale, const float *means,
    const float *deviations, const float *out_gradient, float *sums, float *in_gradient,
    float *scale_gradient, float *shift_gradient);

// out = scale[c] · in + shift[c] for every channel c: a batch normalisation at inference.
void vk_channel_affine(
    const float *in, const float *scale, const float *shift, size_t images, size_t channels,
    size_t positions, float *out);

// in_gradient = out_gradient · out · (1 − out) for out = sigmoid(in).
void vk_logistic_backward(
    const float *out, const float *out_gradient, float *in_gradient, size_t count);

// out = a + b, and max(a + b, 0) with `relu`.
void vk_sum(const float *a, const float *b, bool relu, float *out, size_t count);

// The gradient of both addends; where the ReLU closed, `out` is not positive.
void vk_sum_backward(
    const float *out, const float *out_gradient, bool relu, float *a_gradient,
    float *b_gradient, size_t count);

// factors[i] = 0 where number i of the stream is below rate, else 1 / (1 − rate).
void vk_dropout_factors(vk_stream stream, float rate, float *factors, size_t count);

// Row r of in (rows, size) times factors[r].
void vk_multiply_rows(
    const float *in, const float *factors, size_t rows, size_t size, float *out);

// Bilinear resize of planes (planes, height, width) with corners not aligned, as PyTorch's interpolate,
// and its transpose, which spreads gradients.
typedef struct {
    size_t planes, height, width, new_height, new_width;
} vk_bilinear;

void vk_bilinear_resize(const vk_bilinear *resize, const float *in, float *out);
void vk_bilinear_spread(
    const vk_bilinear *resize, const float *out_gradient, float *in_gradient);
