#pragma once
#include <stddef.h>

// Bernoulli negative log-likelihood on logits, nats summed over the pixels of each image:
// softplus(l) − t·l, stable at any logit; t may be grey (cross-entropy of soft targets).
// logits, targets are (count, size). nats is (count). gradient is (count, size) =
// scale · (sigmoid(l) − t), or NULL. `per_target` logit rows in turn share one target row; row 0 of
// `logits` is row `first` of that count.
void vk_bernoulli_nats(
    const float *logits, const float *targets, size_t count, size_t size, size_t per_target,
    size_t first, float scale, float *nats, float *gradient);

// out[i] = 1 / (1 + exp(−logits[i])).
void vk_sigmoid(const float *logits, float *out, size_t count);

// The reparameterised draw z = μ + σ·ε (Kingma & Welling 2014, §2.4) and the KL to N(0, I).
// heads is (count, 2·size): μ then log σ², as the encoder gives them; log σ² is clamped to [low, high].
// noise, z, sigma are (count, size). kl is (count, size), nats per dimension, with the clamped value.
void vk_reparameterize(
    const float *heads, const float *noise, size_t count, size_t size, float low, float high,
    float *z, float *sigma, float *kl);

// Gradient of the heads from that of z, with the KL weighted by kl_weight (β / batch) added:
// ∂μ = ∂z + w·μ, ∂logσ² = ½·(∂z·ε·σ + w·(σ² − 1)), zero where log σ² was clamped.
void vk_reparameterize_backward(
    const float *heads, const float *noise, const float *sigma, const float *z_gradient,
    size_t count, size_t size, float low, float high, float kl_weight, float *heads_gradient);
