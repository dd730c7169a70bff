#include "Layers.h"

#include "Parallel.h"

// Where a new row or column reads: `before` and, with `weight`, the one after it.
typedef struct {
    size_t before, after;
    float weight;
} sample;

static sample sample_at(size_t index, size_t size, size_t new_size) {
    float place = ((float)index + 0.5f) * ((float)size / (float)new_size) - 0.5f;
    if (place < 0) place = 0;
    sample s;
    s.before = (size_t)place < size - 1 ? (size_t)place : size - 1;
    s.after = s.before + 1 < size ? s.before + 1 : s.before;
    s.weight = place - (float)s.before;
    return s;
}

typedef struct {
    const vk_bilinear *resize;
    const float *in;
    float *out;
} resize_job;

static void resize_planes(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    const resize_job *job = context;
    const vk_bilinear *r = job->resize;
    for (size_t row = begin * r->new_height; row < end * r->new_height; row++) {
        const float *plane = job->in + row / r->new_height * r->height * r->width;
        sample y = sample_at(row % r->new_height, r->height, r->new_height);
        const float *above = plane + y.before * r->width, *below = plane + y.after * r->width;
        for (size_t column = 0; column < r->new_width; column++) {
            sample x = sample_at(column, r->width, r->new_width);
            float top = above[x.before] + x.weight * (above[x.after] - above[x.before]);
            float bottom = below[x.before] + x.weight * (below[x.after] - below[x.before]);
            job->out[row * r->new_width + column] = top + y.weight * (bottom - top);
        }
    }
}

void vk_bilinear_resize(const vk_bilinear *resize, const float *in, float *out) {
    resize_job job = {resize, in, out};
    vk_parallel(resize->planes, 16, &job, resize_planes);
}

static void spread_planes(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    const resize_job *job = context;
    const vk_bilinear *r = job->resize;
    size_t size = r->height * r->width;
    for (size_t i = begin * size; i < end * size; i++) job->out[i] = 0;
    for (size_t row = begin * r->new_height; row < end * r->new_height; row++) {
        float *plane = job->out + row / r->new_height * size;
        sample y = sample_at(row % r->new_height, r->height, r->new_height);
        float *above = plane + y.before * r->width, *below = plane + y.after * r->width;
        for (size_t column = 0; column < r->new_width; column++) {
            sample x = sample_at(column, r->width, r->new_width);
            float gradient = job->in[row * r->new_width + column];
            float bottom = y.weight * gradient, top = gradient - bottom;
            above[x.before] += top - x.weight * top;
            above[x.after] += x.weight * top;
            below[x.before] += bottom - x.weight * bottom;
            below[x.after] += x.weight * bottom;
        }
    }
}

void vk_bilinear_spread(
    const vk_bilinear *resize, const float *out_gradient, float *in_gradient) {
    resize_job job = {resize, out_gradient, in_gradient};
    vk_parallel(resize->planes, 16, &job, spread_planes);
}
