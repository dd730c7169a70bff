#include "Losses.h"

#include "Parallel.h"
#include "Vector.h"

typedef struct {
    const float *logits, *targets;
    size_t size, per_target, first;
    float scale;
    float *nats, *gradient;
} bernoulli;

enum { LANES = 16 };

// softplus(l) = max(l, 0) + log(1 + e^−|l|); the same e^−|l| gives the sigmoid.
VK_INLINE float bernoulli_pixel(float l, float t, float *sigmoid) {
    float e = vk_exp(-fabsf(l));
    float r = 1.0f / (1.0f + e);
    *sigmoid = l < 0 ? e * r : r;
    return (l > 0 ? l : 0.0f) + vk_log(1.0f + e) - t * l;
}

VK_EVERY_CPU
static void bernoulli_rows(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    const bernoulli *b = context;
    for (size_t row = begin; row < end; row++) {
        const float *l = b->logits + row * b->size;
        const float *t = b->targets + (b->first + row) / b->per_target * b->size;
        float *g = b->gradient ? b->gradient + row * b->size : NULL;
        float sums[LANES] = {0};
        double tail = 0;
        size_t i = 0;
        for (; i + LANES <= b->size; i += LANES)
            for (int j = 0; j < LANES; j++) {
                float sigmoid;
                sums[j] += bernoulli_pixel(l[i + j], t[i + j], &sigmoid);
                if (g) g[i + j] = b->scale * (sigmoid - t[i + j]);
            }
        for (; i < b->size; i++) {
            float sigmoid;
            tail += bernoulli_pixel(l[i], t[i], &sigmoid);
            if (g) g[i] = b->scale * (sigmoid - t[i]);
        }
        for (int j = 0; j < LANES; j++) tail += sums[j];
        b->nats[row] = (float)tail;
    }
}

void vk_bernoulli_nats(
    const float *logits, const float *targets, size_t count, size_t size, size_t per_target,
    size_t first, float scale, float *nats, float *gradient) {
    bernoulli b = {logits, targets, size, per_target, first, scale, nats, gradient};
    vk_parallel(count, 16, &b, bernoulli_rows);
}

typedef struct {
    const float *logits;
    float *out;
} sigmoid_job;

VK_EVERY_CPU
static void sigmoid_chunk(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    const sigmoid_job *job = context;
    for (size_t i = begin; i < end; i++) {
        float e = vk_exp(-fabsf(job->logits[i]));
        float r = 1.0f / (1.0f + e);
        job->out[i] = job->logits[i] < 0 ? e * r : r;
    }
}

void vk_sigmoid(const float *logits, float *out, size_t count) {
    sigmoid_job job = {logits, out};
    vk_parallel(count, 1 << 15, &job, sigmoid_chunk);
}

VK_INLINE float clamp(float x, float low, float high) { return x < low ? low : x > high ? high : x; }

VK_EVERY_CPU
void vk_reparameterize(
    const float *heads, const float *noise, size_t count, size_t size, float low, float high,
    float *z, float *sigma, float *kl) {
    for (size_t n = 0; n < count; n++) {
        const float *mean = heads + 2 * n * size, *log_variance = mean + size;
        for (size_t j = 0; j < size; j++) {
            size_t i = n * size + j;
            float lv = clamp(log_variance[j], low, high);
            float s = vk_exp(0.5f * lv);
            sigma[i] = s;
            z[i] = mean[j] + s * noise[i];
            kl[i] = 0.5f * (mean[j] * mean[j] + s * s - 1.0f - lv);
        }
    }
}

VK_EVERY_CPU
void vk_reparameterize_backward(
    const float *heads, const float *noise, const float *sigma, const float *z_gradient,
    size_t count, size_t size, float low, float high, float kl_weight, float *heads_gradient) {
    for (size_t n = 0; n < count; n++) {
        const float *mean = heads + 2 * n * size, *log_variance = mean + size;
        float *mean_gradient = heads_gradient + 2 * n * size;
        for (size_t j = 0; j < size; j++) {
            size_t i = n * size + j;
            float s = sigma[i], g = z_gradient[i];
            int inside = log_variance[j] >= low && log_variance[j] <= high;
            mean_gradient[j] = g + kl_weight * mean[j];
            mean_gradient[size + j] =
                inside ? 0.5f * (g * noise[i] * s + kl_weight * (s * s - 1.0f)) : 0.0f;
        }
    }
}
