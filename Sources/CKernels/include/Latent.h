#pragma once
#include <stddef.h>

// Heads are (count, 2·size): μ then log σ², as the encoder gives them; log σ² is clamped to [low, high],
// and where it was clamped its gradient is zero. Each image has `draws` codes: noise, z and their
// gradients are (count, draws, size).
typedef struct {
    const float *heads;
    const float *noise;
    size_t count, size, draws;
    float low, high;
} vk_latent;

// The reparameterised draw z = μ + σ·ε (Kingma & Welling 2014, §2.4) and the KL to N(0, I).
// sigma and kl are (count, size), kl in nats per dimension, with the clamped value.
void vk_reparameterize(const vk_latent *latent, float *z, float *sigma, float *kl);

// Gradient of the heads from that of z, with the KL of dimension j weighted by kl_weights[j] added:
// ∂μ = Σ∂z + w·μ, ∂logσ² = ½·(Σ ∂z·ε·σ + w·(σ² − 1)), sums over an image's draws.
void vk_reparameterize_backward(
    const vk_latent *latent, const float *sigma, const float *z_gradient, const float *kl_weights,
    float *heads_gradient);

// The importance-weighted bound (Burda et al. 2016, eq. 8) of each image:
// log w = −nats + beta · (log p(z) − log q(z|x)); bounds (count) = log mean exp(log w) over the draws.
// weights (count, draws) are w / Σw. nats is (count, draws).
void vk_importance_weights(
    const vk_latent *latent, const float *z, const float *nats, float beta, float *weights,
    float *bounds);

// Gradient of the heads under that objective, from that of z through the decoder, which carries the
// weights already; log q and log p count with kl_weight (β / count).
void vk_importance_backward(
    const vk_latent *latent, const float *sigma, const float *z, const float *z_gradient,
    const float *weights, float kl_weight, float *heads_gradient);
