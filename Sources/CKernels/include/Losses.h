#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Bernoulli negative log-likelihood on logits, nats summed over the pixels of each image:
// softplus(l) − t·l, stable at any logit; t may be grey (cross-entropy of soft targets).
// logits, targets are (count, size). nats is (count). gradient is (count, size) =
// scale · (sigmoid(l) − t), or NULL. `per_target` logit rows in turn share one target row; row 0 of
// `logits` is row `first` of that count.
void vk_bernoulli_nats(
    const float *logits, const float *targets, size_t count, size_t size, size_t per_target,
    size_t first, float scale, float *nats, float *gradient);

// The same for (x − mean)² + ½ log π, a Gaussian density of variance ½. The mean is sigmoid(o) and
// x = t; when `symmetric`, for pixels in −1 … 1, tanh(o) and x = 2t − 1. Targets are in 0 … 1 always.
void vk_gaussian_nats(
    const float *outputs, const float *targets, size_t count, size_t size, size_t per_target,
    size_t first, bool symmetric, float scale, float *nats, float *gradient);

// The same for √((x − mean)² + ε²) + log(2ε·K₁(ε)), ε = 1e-3: a smoothed Laplace density.
void vk_charbonnier_nats(
    const float *outputs, const float *targets, size_t count, size_t size, size_t per_target,
    size_t first, bool symmetric, float scale, float *nats, float *gradient);

// Squared errors summed over each row; outputs, targets are (count, size), errors (count).
// gradient = 2 · scale · (output − target).
void vk_squared_errors(
    const float *outputs, const float *targets, size_t count, size_t size, float scale,
    float *errors, float *gradient);

// Cross-entropy of class numbers in nats: log Σ exp(l) − l[label], stable at any logit.
// logits, gradient are (count, classes), labels and nats (count); labels are below `classes`.
// gradient = scale · (softmax(l) − one-hot(label)), or NULL.
void vk_cross_entropy(
    const float *logits, const uint8_t *labels, size_t count, size_t classes, float scale,
    float *nats, float *gradient);

// out[i] = 1 / (1 + exp(−slope · logits[i])).
void vk_sigmoid(const float *logits, float slope, float *out, size_t count);
