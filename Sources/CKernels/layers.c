#include "Layers.h"

#include "Parallel.h"
#include "Vector.h"

enum { CHUNK = 1 << 14 };

typedef struct {
    const float *in, *scale, *shift;
    size_t channels, positions;
    float *out;
} channel_affine;

VK_EVERY_CPU
static void affine_channels(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    const channel_affine *job = context;
    for (size_t row = begin; row < end; row++) {
        float scale = job->scale[row % job->channels], shift = job->shift[row % job->channels];
        const float *in = job->in + row * job->positions;
        float *out = job->out + row * job->positions;
        for (size_t i = 0; i < job->positions; i++) out[i] = scale * in[i] + shift;
    }
}

void vk_channel_affine(
    const float *in, const float *scale, const float *shift, size_t images, size_t channels,
    size_t positions, float *out) {
    channel_affine job = {in, scale, shift, channels, positions, out};
    vk_parallel(images * channels, 32, &job, affine_channels);
}

typedef struct {
    const float *a, *b;
    bool relu;
    float *first, *second;
} pairs;

VK_EVERY_CPU
static void logistic_slopes(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    const pairs *p = context;
    for (size_t i = begin; i < end; i++) p->first[i] = p->b[i] * p->a[i] * (1.0f - p->a[i]);
}

void vk_logistic_backward(
    const float *out, const float *out_gradient, float *in_gradient, size_t count) {
    pairs p = {out, out_gradient, false, in_gradient, NULL};
    vk_parallel(count, CHUNK, &p, logistic_slopes);
}

// A NaN is not below zero and stays one.
VK_EVERY_CPU
static void sum_pairs(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    const pairs *p = context;
    float floor = p->relu ? 0.0f : -INFINITY;
    for (size_t i = begin; i < end; i++) {
        float sum = p->a[i] + p->b[i];
        p->first[i] = sum < floor ? floor : sum;
    }
}

void vk_sum(const float *a, const float *b, bool relu, float *out, size_t count) {
    pairs p = {a, b, relu, out, NULL};
    vk_parallel(count, CHUNK, &p, sum_pairs);
}

VK_EVERY_CPU
static void share_gradient(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    const pairs *p = context;
    for (size_t i = begin; i < end; i++) {
        float g = p->relu && p->a[i] <= 0 ? 0.0f : p->b[i];
        p->first[i] = g;
        p->second[i] = g;
    }
}

void vk_sum_backward(
    const float *out, const float *out_gradient, bool relu, float *a_gradient,
    float *b_gradient, size_t count) {
    pairs p = {out, out_gradient, relu, a_gradient, b_gradient};
    vk_parallel(count, CHUNK, &p, share_gradient);
}

typedef struct {
    vk_stream stream;
    float rate;
    float *factors;
} dropout;

VK_EVERY_CPU
static void draw_factors(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    const dropout *d = context;
    float keep = 1.0f / (1.0f - d->rate);
    vk_random_uniform(d->stream, begin, d->factors + begin, end - begin);
    for (size_t i = begin; i < end; i++) d->factors[i] = d->factors[i] < d->rate ? 0.0f : keep;
}

void vk_dropout_factors(vk_stream stream, float rate, float *factors, size_t count) {
    dropout d = {stream, rate, factors};
    vk_parallel(count, CHUNK, &d, draw_factors);
}

typedef struct {
    const float *in, *factors;
    size_t size;
    float *out;
} row_product;

VK_EVERY_CPU
static void multiply_rows(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    const row_product *p = context;
    if (p->size == 1) {
        for (size_t i = begin; i < end; i++) p->out[i] = p->in[i] * p->factors[i];
        return;
    }
    for (size_t row = begin; row < end; row++)
        for (size_t i = row * p->size; i < (row + 1) * p->size; i++)
            p->out[i] = p->in[i] * p->factors[row];
}

void vk_multiply_rows(
    const float *in, const float *factors, size_t rows, size_t size, float *out) {
    row_product p = {in, factors, size, out};
    vk_parallel(rows, CHUNK / size + 1, &p, multiply_rows);
}
