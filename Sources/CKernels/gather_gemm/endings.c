#if defined(__x86_64__)
// Layers after the last product, on row-major numbers.
#include "../include/GatherGEMM.h"
#include "../include/Parallel.h"

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
    const vk_resize_job *job;
    const float *in;
    float *out;
} resize_call;

static void resize_planes(void *context, size_t index, size_t begin, size_t end) {
    (void)index;
    const resize_call *call = context;
    const vk_resize_job *job = call->job;
    for (size_t row = begin * job->new_rows; row < end * job->new_rows; row++) {
        const float *plane = call->in + row / job->new_rows * job->rows * job->columns;
        sample y = sample_at(row % job->new_rows, job->rows, job->new_rows);
        const float *above = plane + y.before * job->columns;
        const float *below = plane + y.after * job->columns;
        for (size_t column = 0; column < job->new_columns; column++) {
            sample x = sample_at(column, job->columns, job->new_columns);
            float top = above[x.before] + x.weight * (above[x.after] - above[x.before]);
            float bottom = below[x.before] + x.weight * (below[x.after] - below[x.before]);
            call->out[row * job->new_columns + column] = top + y.weight * (bottom - top);
        }
    }
}

void vk_resize(const vk_resize_job *job, const float *in, float *out) {
    resize_call call = {job, in, out};
    vk_parallel(job->planes, 16, &call, resize_planes);
}

static void spread_planes(void *context, size_t index, size_t begin, size_t end) {
    (void)index;
    const resize_call *call = context;
    const vk_resize_job *job = call->job;
    size_t size = job->rows * job->columns;
    for (size_t i = begin * size; i < end * size; i++) call->out[i] = 0;
    for (size_t row = begin * job->new_rows; row < end * job->new_rows; row++) {
        float *plane = call->out + row / job->new_rows * size;
        sample y = sample_at(row % job->new_rows, job->rows, job->new_rows);
        float *above = plane + y.before * job->columns, *below = plane + y.after * job->columns;
        for (size_t column = 0; column < job->new_columns; column++) {
            sample x = sample_at(column, job->columns, job->new_columns);
            float d = call->in[row * job->new_columns + column];
            float bottom = y.weight * d, top = d - bottom;
            above[x.before] += top - x.weight * top;
            above[x.after] += x.weight * top;
            below[x.before] += bottom - x.weight * bottom;
            below[x.after] += x.weight * bottom;
        }
    }
}

void vk_resize_backward(const vk_resize_job *job, const float *out_gradient, float *in_gradient) {
    resize_call call = {job, out_gradient, in_gradient};
    vk_parallel(job->planes, 16, &call, spread_planes);
}

void vk_sigmoid_backward(
    const float *out, const float *out_gradient, float *in_gradient, size_t count) {
    for (size_t i = 0; i < count; i++)
        in_gradient[i] = out_gradient[i] * out[i] * (1.0f - out[i]);
}
#endif
