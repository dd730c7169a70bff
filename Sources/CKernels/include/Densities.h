#pragma once
#include <stdbool.h>
#include <stddef.h>

// Decoder outputs (count, size) and the pixels in 0 … 1 that they are to explain: `per_target` rows in turn
// share one row of `targets`, and row 0 is row `first` of that count. When `symmetric`, densities are over
// pixels in −1 … 1, else in 0 … 1. `log_scale` is the logarithm of the density's scale in that range.
//
// Each density writes −log p summed over the pixels of a row to `nats` (count), `scale` · ∂nats/∂output to
// `gradient` (count, size) unless that is NULL, and two numbers a row to `scale_terms` (count, 2) unless
// that is NULL: ∂nats/∂log_scale, and the Fisher information of log_scale in that row.
typedef struct {
    const float *outputs, *targets;
    size_t count, size, per_target, first;
    bool symmetric;
    float log_scale, scale;
    float *nats, *gradient, *scale_terms;
} vk_density;

// Gaussian of deviation σ = e^log_scale around sigmoid(o), or tanh(o) when symmetric.
void vk_gaussian_density(const vk_density *density);

// Laplace: |x − mean| / b + log 2b, b = e^log_scale, around the same means.
void vk_laplace_density(const vk_density *density);

// Continuous Bernoulli with logit o (Loaiza-Ganem & Cunningham 2019): log((e^o − 1) / o) − x·o, for pixels in
// 0 … 1. Without a scale: zeros in `scale_terms`.
void vk_continuous_bernoulli_density(const vk_density *density);

// Logistic of scale s = e^log_scale whose mass is collected in 256 levels, the two outer ones without an end
// (Salimans et al. 2017, eq. 2): a probability. Its location is ½ + o/4, or o when symmetric.
void vk_discretized_logistic_mass(const vk_density *density);

// Means of the continuous Bernoulli: 1 / (1 − e^−o) − 1/o.
void vk_continuous_bernoulli_means(const float *outputs, float *means, size_t count);

// Means in 0 … 1 of that logistic cut off at 0 and 1, which the mean of its 256 levels differs from by less
// than 1e-4 where the scale is at least a level.
void vk_discretized_logistic_means(
    const float *outputs, bool symmetric, float log_scale, float *means, size_t count);
