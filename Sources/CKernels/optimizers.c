#include "Optimizers.h"

#include "Parallel.h"
#include "Vector.h"

enum { CHUNK = 1 << 15 };

typedef struct {
    vk_adamw_step step;
    float *values;
    const float *gradients;
    float *first, *second;
} adamw;

VK_EVERY_CPU
static void adamw_chunk(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    const adamw *a = context;
    vk_adamw_step s = a->step;
    float *restrict values = a->values;
    const float *restrict gradients = a->gradients;
    float *restrict first = a->first;
    float *restrict second = a->second;
    for (size_t i = begin; i < end; i++) {
        float g = s.gradient_scale * gradients[i] + s.penalty * values[i];
        float m = first[i] + (1.0f - s.beta1) * (g - first[i]);
        float v = s.beta2 * second[i] + (1.0f - s.beta2) * g * g;
        first[i] = m;
        second[i] = v;
        values[i] = values[i] * s.decay - s.step_size * m / (sqrtf(v) * s.root_scale + s.epsilon);
    }
}

void vk_adamw(
    vk_adamw_step step, float *values, const float *gradients, float *first_moments,
    float *second_moments, size_t count) {
    adamw a = {step, values, gradients, first_moments, second_moments};
    vk_parallel(count, CHUNK, &a, adamw_chunk);
}

typedef struct {
    vk_descent_step step;
    float *values;
    const float *gradients;
    float *velocity;
} descent;

VK_EVERY_CPU
static void descent_chunk(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    const descent *d = context;
    vk_descent_step s = d->step;
    float *restrict values = d->values;
    const float *restrict gradients = d->gradients;
    float *restrict velocity = d->velocity;
    for (size_t i = begin; i < end; i++) {
        float v = s.momentum * velocity[i] + s.gradient_scale * gradients[i]
            + s.penalty * values[i];
        velocity[i] = v;
        values[i] -= s.rate * v;
    }
}

void vk_descent(
    vk_descent_step step, float *values, const float *gradients, float *velocity, size_t count) {
    descent d = {step, values, gradients, velocity};
    vk_parallel(count, CHUNK, &d, descent_chunk);
}

typedef struct {
    float *average;
    const float *values;
    float rate;
} averaging;

VK_EVERY_CPU
static void average_chunk(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    const averaging *a = context;
    for (size_t i = begin; i < end; i++)
        a->average[i] += a->rate * (a->values[i] - a->average[i]);
}

void vk_average(float *average, const float *values, float rate, size_t count) {
    averaging a = {average, values, rate};
    vk_parallel(count, CHUNK, &a, average_chunk);
}

enum { PIECES = 256, LANES = 16 };

typedef struct {
    const float *values;
    double pieces[PIECES];
} square_sum;

// Sixteen float32 sums over at most 1,024 numbers at a time, added up in float64.
VK_EVERY_CPU
static void square_sum_chunk(void *context, size_t chunk, size_t begin, size_t end) {
    square_sum *s = context;
    double total = 0;
    while (begin < end) {
        size_t stop = end - begin > 1024 ? begin + 1024 : end;
        float lanes[LANES] = {0};
        size_t i = begin;
        for (; i + LANES <= stop; i += LANES)
            for (int j = 0; j < LANES; j++) lanes[j] += s->values[i + j] * s->values[i + j];
        for (; i < stop; i++) lanes[0] += s->values[i] * s->values[i];
        for (int j = 0; j < LANES; j++) total += lanes[j];
        begin = stop;
    }
    s->pieces[chunk] = total;
}

double vk_square_sum(const float *values, size_t count) {
    size_t piece = (count + PIECES - 1) / PIECES;
    if (piece < CHUNK) piece = CHUNK;
    square_sum s = {.values = values};
    vk_parallel(count, piece, &s, square_sum_chunk);
    double total = 0;
    for (size_t i = 0; i < (count + piece - 1) / piece; i++) total += s.pieces[i];
    return total;
}
