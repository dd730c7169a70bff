#include "Batches.h"

#include "Parallel.h"
#include "Vector.h"

typedef struct {
    const uint8_t *pixels;
    const uint32_t *indices;
    size_t size;
    float *out;
} gather;

VK_EVERY_CPU
static void gather_rows(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    const gather *g = context;
    for (size_t row = begin; row < end; row++) {
        const uint8_t *image = g->pixels + (size_t)g->indices[row] * g->size;
        float *out = g->out + row * g->size;
        for (size_t i = 0; i < g->size; i++) out[i] = (float)image[i] * (1.0f / 255.0f);
    }
}

void vk_gather_images(
    const uint8_t *pixels, const uint32_t *indices, size_t count, size_t size, float *out) {
    gather g = {pixels, indices, size, out};
    vk_parallel(count, 64, &g, gather_rows);
}

enum { CHUNK = 1 << 14 };

typedef struct {
    vk_stream stream;
    float *values;
} binarization;

VK_EVERY_CPU
static void binarize_chunk(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    const binarization *b = context;
    float uniforms[256];
    for (size_t done = begin; done < end; done += 256) {
        size_t take = end - done < 256 ? end - done : 256;
        vk_random_uniform(b->stream, done, uniforms, take);
        for (size_t i = 0; i < take; i++)
            b->values[done + i] = uniforms[i] < b->values[done + i] ? 1.0f : 0.0f;
    }
}

void vk_binarize(vk_stream stream, float *values, size_t count) {
    binarization b = {stream, values};
    vk_parallel(count, CHUNK, &b, binarize_chunk);
}
