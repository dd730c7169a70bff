#include "Latent.h"

#include "Vector.h"

VK_EVERY_CPU
void vk_reparameterize(const vk_latent *l, float *z, float *sigma, float *kl) {
    for (size_t n = 0; n < l->count; n++) {
        const float *mean = l->heads + 2 * n * l->size, *log_variance = mean + l->size;
        float *s = sigma + n * l->size;
        for (size_t j = 0; j < l->size; j++) {
            float lv = vk_clamp(log_variance[j], l->low, l->high);
            s[j] = vk_exp(0.5f * lv);
            kl[n * l->size + j] = 0.5f * (mean[j] * mean[j] + s[j] * s[j] - 1.0f - lv);
        }
        for (size_t k = 0; k < l->draws; k++) {
            size_t row = (n * l->draws + k) * l->size;
            for (size_t j = 0; j < l->size; j++) z[row + j] = mean[j] + s[j] * l->noise[row + j];
        }
    }
}

// out[j] = Σ ∂z, out[size + j] = Σ ½·∂z·ε·σ over the draws of image n.
VK_INLINE void sum_draws(
    const vk_latent *l, size_t n, const float *sigma, const float *z_gradient, float *out) {
    for (size_t j = 0; j < 2 * l->size; j++) out[j] = 0.0f;
    for (size_t k = 0; k < l->draws; k++) {
        const float *g = z_gradient + (n * l->draws + k) * l->size;
        const float *noise = l->noise + (n * l->draws + k) * l->size;
        for (size_t j = 0; j < l->size; j++) {
            out[j] += g[j];
            out[l->size + j] += 0.5f * (g[j] * noise[j] * sigma[n * l->size + j]);
        }
    }
}

VK_EVERY_CPU
void vk_reparameterize_backward(
    const vk_latent *l, const float *sigma, const float *z_gradient, const float *kl_weights,
    float *heads_gradient) {
    for (size_t n = 0; n < l->count; n++) {
        const float *mean = l->heads + 2 * n * l->size, *log_variance = mean + l->size;
        float *out = heads_gradient + 2 * n * l->size;
        sum_draws(l, n, sigma, z_gradient, out);
        for (size_t j = 0; j < l->size; j++) {
            float s = sigma[n * l->size + j], w = kl_weights[j];
            int inside = log_variance[j] >= l->low && log_variance[j] <= l->high;
            float slope = out[l->size + j] + 0.5f * w * (s * s - 1.0f);
            out[j] += w * mean[j];
            out[l->size + j] = inside ? slope : 0.0f;
        }
    }
}

// log p(z) − log q(z|x) of one draw; the constants cancel.
VK_INLINE double log_ratio(
    const vk_latent *l, const float *log_variance, const float *z, const float *noise) {
    double sum = 0;
    for (size_t j = 0; j < l->size; j++) {
        float lv = vk_clamp(log_variance[j], l->low, l->high);
        sum += 0.5f * (noise[j] * noise[j] + lv - z[j] * z[j]);
    }
    return sum;
}

void vk_importance_weights(
    const vk_latent *l, const float *z, const float *nats, float beta, float *weights,
    float *bounds) {
    for (size_t n = 0; n < l->count; n++) {
        const float *log_variance = l->heads + (2 * n + 1) * l->size;
        float *w = weights + n * l->draws;
        double largest = -INFINITY;
        for (size_t k = 0; k < l->draws; k++) {
            size_t row = n * l->draws + k;
            double ratio = log_ratio(l, log_variance, z + row * l->size, l->noise + row * l->size);
            w[k] = (float)((double)beta * ratio - (double)nats[row]);
            if (w[k] > largest) largest = w[k];
        }
        double sum = 0;
        for (size_t k = 0; k < l->draws; k++) sum += exp(w[k] - largest);
        for (size_t k = 0; k < l->draws; k++) w[k] = (float)(exp(w[k] - largest) / sum);
        bounds[n] = (float)(largest + log(sum / (double)l->draws));
    }
}

VK_EVERY_CPU
void vk_importance_backward(
    const vk_latent *l, const float *sigma, const float *z, const float *z_gradient,
    const float *weights, float kl_weight, float *heads_gradient) {
    for (size_t n = 0; n < l->count; n++) {
        const float *log_variance = l->heads + (2 * n + 1) * l->size;
        float *out = heads_gradient + 2 * n * l->size;
        sum_draws(l, n, sigma, z_gradient, out);
        for (size_t k = 0; k < l->draws; k++) {
            size_t row = n * l->draws + k;
            float w = kl_weight * weights[row];
            for (size_t j = 0; j < l->size; j++) {
                float g = w * z[row * l->size + j];
                out[j] += g;
                out[l->size + j] +=
                    0.5f * (g * l->noise[row * l->size + j] * sigma[n * l->size + j] - w);
            }
        }
        for (size_t j = 0; j < l->size; j++) {
            int inside = log_variance[j] >= l->low && log_variance[j] <= l->high;
            if (!inside) out[l->size + j] = 0.0f;
        }
    }
}
