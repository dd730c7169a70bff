#pragma once
// The way out to the image: products of each position with all taps, then each pixel adds up the products
// that reach it. A piece is 16 images from end to end, so its products stay in the cache.

// products (taps_padded, 16 images) of position p and taps first_tap …: 16 rows of 16 taps, transposed.
INLINE void scatter_products(
    const vk_border_scatter_job *job, size_t position, size_t row, size_t tap, size_t taps_padded,
    float *products) {
    __m512 tile[16];
#pragma clang loop unroll(full)
    for (int i = 0; i < 16; i++) tile[i] = _mm512_setzero_ps();
    for (size_t block = 0; block < job->map.blocks; block++) {
        const float *x =
            job->input + ((position * job->map.blocks + block) * job->map.rows + row) * ROW;
        const float *w = job->weights + block * ROW * taps_padded + tap;
#pragma clang loop unroll_count(4)
        for (size_t k = 0; k < ROW; k++) {
            __m512 b = _mm512_loadu_ps(w + k * taps_padded);
#pragma clang loop unroll(full)
            for (int i = 0; i < 16; i++)
                tile[i] = multiply(tile[i], broadcast(x + i * ROW + k), b);
        }
    }
    transpose16(tile);
#pragma clang loop unroll(full)
    for (int i = 0; i < 16; i++) _mm512_storeu_ps(products + (tap + (size_t)i) * 16, tile[i]);
}

// values[i] = 16 images of pixel first + i; pixels beyond the last give zeros.
INLINE void collect_pixels(
    const vk_border_scatter_job *job, const float *products, size_t first, __m512 values[16]) {
#pragma clang loop unroll(full)
    for (size_t i = 0; i < 16; i++) {
        size_t pixel = first + i;
        values[i] = _mm512_setzero_ps();
        if (pixel >= job->pixels) continue;
        if (job->bias) values[i] = _mm512_set1_ps(job->bias[pixel / job->pixels_per_channel]);
        for (size_t s = job->starts[pixel]; s < job->starts[pixel + 1]; s++)
            values[i] = _mm512_add_ps(
                values[i], _mm512_loadu_ps(products + (size_t)job->sources[s] * 16));
    }
}

// Adds softplus(l) − t·l of 16 pixels in `lanes`.
INLINE __m512 bernoulli_lanes(__m512 logits, __m512 targets, __mmask16 lanes) {
    float l[16], sum[16];
    _mm512_storeu_ps(l, logits);
    for (int j = 0; j < 16; j++) {
        float e = vk_exp(-fabsf(l[j]));
        sum[j] = (l[j] > 0 ? l[j] : 0.0f) + vk_log(1.0f + e);
    }
    __m512 nats = _mm512_fnmadd_ps(logits, targets, _mm512_loadu_ps(sum));
    return _mm512_maskz_mov_ps(lanes, nats);
}

// Where 16 images of a piece lie: real ones that no other piece writes are `begin` up to `end`.
typedef struct {
    size_t row, begin, end;
} image_group;

INLINE void scatter_pixels(
    const vk_border_scatter_job *job, image_group group, const float *products, size_t pixel,
    __m512 *nats) {
    __m512 square[16];
    collect_pixels(job, products, pixel, square);
    transpose16(square);
    __m512 values[16];
    for (int i = 0; i < 16; i++) values[i] = square[i];
    __mmask16 lanes = first_lanes(job->pixels - pixel);
#pragma clang loop unroll(disable)
    for (size_t i = 0; i < 16; i++) {
        size_t image = group.row + i;
        if (image < group.begin || image >= group.end) continue;
        if (job->output) {
            float *out = job->output + image * job->pixels + pixel;
            if (job->adds)
                values[i] = _mm512_add_ps(values[i], _mm512_maskz_loadu_ps(lanes, out));
            _mm512_mask_storeu_ps(out, lanes, values[i]);
        }
        if (!job->nats) continue;
        size_t target = (job->first + image) / job->per_target;
        __m512 t =
            _mm512_maskz_loadu_ps(lanes, job->targets + target * job->pixels + pixel);
        nats[i] = _mm512_add_ps(nats[i], bernoulli_lanes(values[i], t, lanes));
    }
}

static void border_scatter_piece(void *context, size_t index, size_t begin, size_t end) {
    const vk_border_scatter_job *job = context;
    size_t rows = job->map.rows, taps_padded = pieces_of(job->taps, 16) * 16;
    image_group group = {smaller(begin, rows - 16), begin, smaller(end, job->map.images)};
    float *products = job->products + index * job->map.positions * taps_padded * 16;
    for (size_t p = 0; p < job->map.positions; p++)
        for (size_t tap = 0; tap < taps_padded; tap += 16)
            scatter_products(
                job, p, group.row, tap, taps_padded, products + p * taps_padded * 16);
    __m512 nats[16];
#pragma clang loop unroll(full)
    for (int i = 0; i < 16; i++) nats[i] = _mm512_setzero_ps();
    for (size_t pixel = 0; pixel < job->pixels; pixel += 16)
        scatter_pixels(job, group, products, pixel, nats);
    if (!job->nats) return;
    for (size_t image = group.begin; image < group.end; image++)
        job->nats[image] = _mm512_reduce_add_ps(nats[image - group.row]);
}

static void border_scatter(const vk_border_scatter_job *job) {
    vk_parallel(job->map.rows, 16, (void *)(uintptr_t)job, border_scatter_piece);
}
