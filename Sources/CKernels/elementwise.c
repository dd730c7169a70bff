#include "Elementwise.h"

#include "Parallel.h"
#include "Vector.h"

enum { CHUNK = 1 << 15 };

typedef struct {
    const float *values;
    float scale, offset;
    float *out;
} affine;

VK_EVERY_CPU
static void affine_chunk(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    const affine *a = context;
    for (size_t i = begin; i < end; i++) a->out[i] = a->scale * a->values[i] + a->offset;
}

void vk_affine(const float *values, float scale, float offset, float *out, size_t count) {
    affine a = {values, scale, offset, out};
    vk_parallel(count, CHUNK, &a, affine_chunk);
}

typedef struct {
    float *values;
    const float *factors;
    float factor;
    size_t size;
} row_scaling;

VK_EVERY_CPU
static void scale_rows(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    const row_scaling *s = context;
    for (size_t row = begin; row < end; row++) {
        float by = s->factor * s->factors[row];
        float *values = s->values + row * s->size;
        for (size_t i = 0; i < s->size; i++) values[i] *= by;
    }
}

void vk_scale_rows(
    float *values, const float *factors, float factor, size_t rows, size_t size) {
    row_scaling s = {values, factors, factor, size};
    vk_parallel(rows, 16, &s, scale_rows);
}
