#include "Layers.h"
#include "Parallel.h"
#include "Vector.h"

enum { LANES = 16, ROWS = 8 };

typedef struct {
    const vk_group_norm *norm;
    const float *in, *scale, *shift;
    float *means, *deviations, *out;
} forward_job;

// Σ (x − center)^power in sixteen lanes.
VK_INLINE float centered_sum(const float *x, size_t count, float center, bool squared) {
    float lanes[LANES] = {0}, total = 0;
    size_t i = 0;
    for (; i + LANES <= count; i += LANES)
        for (int j = 0; j < LANES; j++) {
            float d = x[i + j] - center;
            lanes[j] += squared ? d * d : d;
        }
    for (; i < count; i++) total += squared ? (x[i] - center) * (x[i] - center) : x[i] - center;
    for (int j = 0; j < LANES; j++) total += lanes[j];
    return total;
}

VK_EVERY_CPU
static void normalize_groups(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    const forward_job *job = context;
    const vk_group_norm *n = job->norm;
    size_t channels = n->channels / n->groups, size = channels * n->positions;
    for (size_t row = begin; row < end; row++) {
        const float *x = job->in + row * size;
        float mean = centered_sum(x, size, 0, false) / (float)size;
        float variance = centered_sum(x, size, mean, true) / (float)size;
        float deviation = 1.0f / sqrtf(variance + n->epsilon);
        job->means[row] = mean;
        job->deviations[row] = deviation;
        for (size_t c = 0; c < channels; c++) {
            size_t channel = row % n->groups * channels + c;
            float scale = job->scale[channel] * deviation;
            float shift = job->shift[channel] - mean * scale;
            const float *from = x + c * n->positions;
            float *to = job->out + row * size + c * n->positions;
            for (size_t i = 0; i < n->positions; i++) to[i] = scale * from[i] + shift;
        }
    }
}

void vk_group_norm_forward(
    const vk_group_norm *norm, const float *in, const float *scale, const float *shift,
    float *means, float *deviations, float *out) {
    forward_job job = {norm, in, scale, shift, means, deviations, out};
    vk_parallel(norm->images * norm->groups, ROWS, &job, normalize_groups);
}

typedef struct {
    const vk_group_norm *norm;
    const float *in, *scale, *means, *deviations, *out_gradient;
    float *sums, *in_gradient, *scale_gradient, *shift_gradient;
} backward_job;

// Σ g and Σ g·(x − mean).
VK_INLINE void gradient_sums(
    const float *g, const float *x, float mean, size_t count, float *plain, float *centered) {
    float first[LANES] = {0}, second[LANES] = {0};
    float a = 0, b = 0;
    size_t i = 0;
    for (; i + LANES <= count; i += LANES)
        for (int j = 0; j < LANES; j++) {
            first[j] += g[i + j];
            second[j] += g[i + j] * (x[i + j] - mean);
        }
    for (; i < count; i++) {
        a += g[i];
        b += g[i] * (x[i] - mean);
    }
    for (int j = 0; j < LANES; j++) {
        a += first[j];
        b += second[j];
    }
    *plain = a;
    *centered = b;
}

VK_EVERY_CPU
static void group_gradients(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    const backward_job *job = context;
    const vk_group_norm *n = job->norm;
    size_t channels = n->channels / n->groups, size = channels * n->positions;
    float *centered_sums = job->sums + n->images * n->channels;
    for (size_t row = begin; row < end; row++) {
        const float *x = job->in + row * size, *g = job->out_gradient + row * size;
        float mean = job->means[row], deviation = job->deviations[row];
        float plain = 0, centered = 0;
        for (size_t c = 0; c < channels; c++) {
            size_t at = row * channels + c;
            float *a = job->sums + at, *b = centered_sums + at;
            gradient_sums(
                g + c * n->positions, x + c * n->positions, mean, n->positions, a, b);
            *b *= deviation;
            float scale = job->scale[at % n->channels];
            plain += scale * *a;
            centered += scale * *b;
        }
        plain *= deviation / (float)size;
        centered *= deviation * deviation / (float)size;
        for (size_t c = 0; c < channels; c++) {
            float scale = job->scale[(row * channels + c) % n->channels] * deviation;
            size_t start = c * n->positions;
            float *to = job->in_gradient + row * size + start;
            for (size_t i = 0; i < n->positions; i++)
                to[i] = scale * g[start + i] - plain - centered * (x[start + i] - mean);
        }
    }
}

VK_EVERY_CPU
static void add_images(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    const backward_job *job = context;
    const vk_group_norm *n = job->norm;
    const float *centered_sums = job->sums + n->images * n->channels;
    for (size_t c = begin; c < end; c++) job->scale_gradient[c] = job->shift_gradient[c] = 0;
    for (size_t image = 0; image < n->images; image++)
        for (size_t c = begin; c < end; c++) {
            job->shift_gradient[c] += job->sums[image * n->channels + c];
            job->scale_gradient[c] += centered_sums[image * n->channels + c];
        }
}

void vk_group_norm_backward(
    const vk_group_norm *norm, const float *in, const float *scale, const float *means,
    const float *deviations, const float *out_gradient, float *sums, float *in_gradient,
    float *scale_gradient, float *shift_gradient) {
    backward_job job = {norm, in, scale, means, deviations, out_gradient,
                        sums, in_gradient, scale_gradient, shift_gradient};
    vk_parallel(norm->images * norm->groups, ROWS, &job, group_gradients);
    vk_parallel(norm->channels, 64, &job, add_images);
}
