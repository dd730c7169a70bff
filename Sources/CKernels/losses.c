#include "Losses.h"

#include "Parallel.h"
#include "Pixels.h"
#include "Vector.h"

enum { LANES = 16 };

typedef struct {
    const float *outputs, *targets;
    size_t size, per_target, first;
    float scale;
    // 2 for pixels in −1 … 1, whose mean is 2·sigmoid(2o) − 1; else 1.
    float span;
    float *nats, *gradient;
} pixel_job;

// What one pixel costs; the slope is with respect to the output.
typedef float (*pixel_cost)(float output, float target, float span, float *slope);

// Sums a row in sixteen lanes, so that the loop vectorises and its order never changes.
VK_INLINE void pixel_rows(
    const pixel_job *job, size_t begin, size_t end, pixel_cost cost, double constant) {
    for (size_t row = begin; row < end; row++) {
        const float *o = job->outputs + row * job->size;
        const float *t = job->targets + (job->first + row) / job->per_target * job->size;
        float *g = job->gradient ? job->gradient + row * job->size : NULL;
        float sums[LANES] = {0};
        double total = 0;
        size_t i = 0;
        for (; i + LANES <= job->size; i += LANES)
            for (int j = 0; j < LANES; j++) {
                float slope;
                sums[j] += cost(o[i + j], t[i + j], job->span, &slope);
                if (g) g[i + j] = job->scale * slope;
            }
        for (; i < job->size; i++) {
            float slope;
            total += cost(o[i], t[i], job->span, &slope);
            if (g) g[i] = job->scale * slope;
        }
        for (int j = 0; j < LANES; j++) total += sums[j];
        job->nats[row] = (float)(total + constant * (double)job->size);
    }
}

// softplus(l) = max(l, 0) + log(1 + e^−|l|); the same e^−|l| gives the sigmoid.
VK_INLINE float bernoulli_pixel(float l, float t, float span, float *slope) {
    (void)span;
    float e = vk_exp(-fabsf(l));
    float r = 1.0f / (1.0f + e);
    *slope = (l < 0 ? e * r : r) - t;
    return (l > 0 ? l : 0.0f) + vk_log(1.0f + e) - t * l;
}

VK_INLINE float gaussian_pixel(float output, float target, float span, float *slope) {
    float error = pixel_error(output, target, span, slope);
    *slope *= 2.0f * error;
    return error * error;
}

VK_INLINE float charbonnier_pixel(float output, float target, float span, float *slope) {
    float error = pixel_error(output, target, span, slope);
    float root = sqrtf(error * error + 1e-6f);
    *slope *= error / root;
    return root;
}

// ½ log π, and log(2ε·K₁(ε)) for ε = 1e-3 (K₁: the modified Bessel function of the second kind).
static const double gaussian_constant = 0.5723649429247001;
static const double charbonnier_constant = 0.693143418708955;

VK_EVERY_CPU
static void bernoulli_rows(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    pixel_rows(context, begin, end, bernoulli_pixel, 0);
}

VK_EVERY_CPU
static void gaussian_rows(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    pixel_rows(context, begin, end, gaussian_pixel, gaussian_constant);
}

VK_EVERY_CPU
static void charbonnier_rows(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    pixel_rows(context, begin, end, charbonnier_pixel, charbonnier_constant);
}

enum { ROWS = 16 };

void vk_bernoulli_nats(
    const float *logits, const float *targets, size_t count, size_t size, size_t per_target,
    size_t first, float scale, float *nats, float *gradient) {
    pixel_job job = {logits, targets, size, per_target, first, scale, 1, nats, gradient};
    vk_parallel(count, ROWS, &job, bernoulli_rows);
}

void vk_gaussian_nats(
    const float *outputs, const float *targets, size_t count, size_t size, size_t per_target,
    size_t first, bool symmetric, float scale, float *nats, float *gradient) {
    float span = symmetric ? 2.0f : 1.0f;
    pixel_job job = {outputs, targets, size, per_target, first, scale, span, nats, gradient};
    vk_parallel(count, ROWS, &job, gaussian_rows);
}

void vk_charbonnier_nats(
    const float *outputs, const float *targets, size_t count, size_t size, size_t per_target,
    size_t first, bool symmetric, float scale, float *nats, float *gradient) {
    float span = symmetric ? 2.0f : 1.0f;
    pixel_job job = {outputs, targets, size, per_target, first, scale, span, nats, gradient};
    vk_parallel(count, ROWS, &job, charbonnier_rows);
}

VK_INLINE float squared_error(float output, float target, float span, float *slope) {
    (void)span;
    float error = output - target;
    *slope = 2.0f * error;
    return error * error;
}

VK_EVERY_CPU
static void squared_error_rows(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    pixel_rows(context, begin, end, squared_error, 0);
}

void vk_squared_errors(
    const float *outputs, const float *targets, size_t count, size_t size, float scale,
    float *errors, float *gradient) {
    pixel_job job = {outputs, targets, size, 1, 0, scale, 1, errors, gradient};
    vk_parallel(count, ROWS, &job, squared_error_rows);
}

void vk_cross_entropy(
    const float *logits, const uint8_t *labels, size_t count, size_t classes, float scale,
    float *nats, float *gradient) {
    for (size_t row = 0; row < count; row++) {
        const float *l = logits + row * classes;
        float largest = l[0];
        for (size_t c = 1; c < classes; c++) largest = l[c] > largest ? l[c] : largest;
        double sum = 0;
        for (size_t c = 0; c < classes; c++) sum += vk_exp(l[c] - largest);
        nats[row] = (float)(log(sum) + (double)largest - (double)l[labels[row]]);
        if (!gradient) continue;
        float *g = gradient + row * classes;
        for (size_t c = 0; c < classes; c++)
            g[c] = scale * ((float)(vk_exp(l[c] - largest) / sum) - (c == labels[row]));
    }
}

typedef struct {
    const float *logits;
    float slope;
    float *out;
} sigmoid_job;

VK_EVERY_CPU
static void sigmoid_chunk(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    const sigmoid_job *job = context;
    for (size_t i = begin; i < end; i++) {
        float l = job->slope * job->logits[i];
        float e = vk_exp(-fabsf(l));
        float r = 1.0f / (1.0f + e);
        job->out[i] = l < 0 ? e * r : r;
    }
}

void vk_sigmoid(const float *logits, float slope, float *out, size_t count) {
    sigmoid_job job = {logits, slope, out};
    vk_parallel(count, 1 << 15, &job, sigmoid_chunk);
}
