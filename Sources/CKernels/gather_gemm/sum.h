#pragma once
// The sum of a residual's two ways: their normalisations, the sum, ReLU and dropout in one pass.

// Two images' rows at the place of `offset`.
INLINE void add_pair(const vk_sum_job *job, tile_place at, size_t offset, __m512 y[2][2]) {
    const vk_way *a = &job->ways[0], *b = &job->ways[1];
    __m512 floor = _mm512_set1_ps(job->floor);
#pragma clang loop unroll(full)
    for (size_t i = 0; i < 2; i++) {
        __m512 z[2];
        load_row(a->before + offset + i * ROW, y[i]);
        load_row(b->before + offset + i * ROW, z);
        __mmask16 real = all_or_none(at.row + i < job->map.images);
        for (size_t half = 0; half < 2; half++) {
            size_t c = at.block * VK_BLOCK + half * 16;
            __m512 sum = summed_ways(
                y[i][half], a->scale + c, a->shift + c, z[half], b->scale + c, b->shift + c);
            y[i][half] = _mm512_maskz_max_ps(real, floor, sum);
        }
    }
    keep_rows(&job->map, job->keep, at, y, 2);
}

static void add_piece(void *context, size_t index, size_t begin, size_t end) {
    (void)index;
    const vk_sum_job *job = context;
    for (size_t matrix = begin; matrix < end; matrix++)
        for (size_t image = 0; image < job->map.images; image += 2) {
            size_t offset = (matrix * job->map.rows + image) * ROW;
            tile_place at = {matrix / job->map.blocks, matrix % job->map.blocks, image};
            __m512 y[2][2];
            add_pair(job, at, offset, y);
            store_row(job->after + offset, y[0]);
            store_row(job->after + offset + ROW, y[1]);
            if (job->after_pairs) store_pair(job->after_pairs + offset, y[0], y[1]);
        }
}

static void add(const vk_sum_job *job) {
    size_t matrices = job->map.positions * job->map.blocks;
    vk_parallel(matrices, pieces_of(matrices, 32), (void *)(uintptr_t)job, add_piece);
}

// ∂before of a way from d, the gradients of two images' sums.
INLINE void way_backward(
    const vk_sum_job *job, const vk_way *way, tile_place at, size_t offset,
    const __m512 d[2][2]) {
    const float *c = way->coefficients + at.block * VK_BLOCK;
    size_t channels = job->map.blocks * VK_BLOCK;
    __m512 out[2][2];
#pragma clang loop unroll(full)
    for (size_t i = 0; i < 2; i++) {
        __m512 y[2];
        load_row(way->before + offset + i * ROW, y);
        __mmask16 real = all_or_none(at.row + i < job->map.images);
        for (size_t half = 0; half < 2; half++) {
            __m512 factor = _mm512_loadu_ps(c + half * 16);
            __m512 slope = _mm512_loadu_ps(c + channels + half * 16);
            __m512 constant = _mm512_loadu_ps(c + 2 * channels + half * 16);
            __m512 rest = _mm512_fmadd_ps(slope, y[half], constant);
            out[i][half] = _mm512_maskz_fmadd_ps(real, factor, d[i][half], rest);
        }
        store_row(way->gradient + offset + i * ROW, out[i]);
    }
    if (way->gradient_pairs) store_pair(way->gradient_pairs + offset, out[0], out[1]);
}

static void add_backward_piece(void *context, size_t index, size_t begin, size_t end) {
    (void)index;
    const vk_sum_job *job = context;
    for (size_t matrix = begin; matrix < end; matrix++)
        for (size_t image = 0; image < job->map.images; image += 2) {
            size_t offset = (matrix * job->map.rows + image) * ROW;
            tile_place at = {matrix / job->map.blocks, matrix % job->map.blocks, image};
            __m512 d[2][2];
            load_row(job->gradient + offset, d[0]);
            load_row(job->gradient + offset + ROW, d[1]);
            way_backward(job, &job->ways[0], at, offset, d);
            way_backward(job, &job->ways[1], at, offset, d);
        }
}

static void add_backward(const vk_sum_job *job) {
    size_t matrices = job->map.positions * job->map.blocks;
    vk_parallel(matrices, pieces_of(matrices, 32), (void *)(uintptr_t)job, add_backward_piece);
}
