#pragma once
#include "Latent.h"
#include <stddef.h>

// The total correlation KL(q(z) ‖ Π q(z_j)) of the aggregate posterior of `images` images, estimated from one
// batch of them by stratified sampling (Chen et al. 2018, appendix C.2), in nats, mean over the batch.
//
// With the batch's n codes z_i, one an image (draws is 1), and M = n − 1,
//     log q(z_i) ≈ log Σ_m W_im q(z_i|x_m),    log q(z_ij) ≈ log Σ_m W_im q(z_ij|x_m),
// where W_im is 1/N for m = i, the image that z_i came from, (N − M) / (N·M) for the next one in turn and
// 1/M for the others. A row of W sums to 1, and over all batches each estimate of q has the right mean.
// (In a widely copied program 1/N stands in the first column instead of the diagonal.)
//
// Adds `weight` · ∂TC/∂heads to heads_gradient (count, 2·size), by way of z and of the mixture; where the
// log-variance was clamped its gradient stays as it is. `work` has vk_total_correlation_work numbers.
double vk_total_correlation(
    const vk_latent *latent, const float *sigma, const float *z, size_t images, float weight,
    float *work, float *heads_gradient);

// Floats that vk_total_correlation needs.
size_t vk_total_correlation_work(size_t count, size_t size);
