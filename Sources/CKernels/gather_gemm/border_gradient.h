#pragma once
// Weight gradients at the image's side. A piece takes some positions and adds up all taps and blocks there;
// the pieces' sums are added afterwards, in order.

// partial (height, 32) = Σ over the piece's positions and images; taps beyond the last repeat it.
INLINE void border_gradient_tile(
    const vk_border_gradient_job *job, size_t block, size_t first_tap, size_t first, size_t last,
    float *partial, const int height) {
    __m512 tile[8][2];
    clear_tile(tile, height);
    size_t rows = job->map.rows, map_row = rows * ROW, depth = rows * ROW / VK_BLOCK;
    size_t offset[8];
#pragma clang loop unroll(full)
    for (int i = 0; i < height; i++)
        offset[i] = job->offsets[smaller(first_tap + (size_t)i, job->taps - 1)] * depth;
    for (size_t p = first; p < last; p++) {
        const float *planes = job->planes + job->bases[p] * depth;
        const float *small = job->small + (p * job->map.blocks + block) * map_row;
#pragma clang loop unroll_count(2)
        for (size_t k = 0; k < depth; k++) {
            __m512 b0 = _mm512_loadu_ps(small + k * VK_BLOCK);
            __m512 b1 = _mm512_loadu_ps(small + k * VK_BLOCK + 16);
#pragma clang loop unroll(full)
            for (int i = 0; i < height; i++) {
                __m512 x = broadcast(planes + offset[i] + k);
                tile[i][0] = multiply(tile[i][0], x, b0);
                tile[i][1] = multiply(tile[i][1], x, b1);
            }
        }
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < height && first_tap + (size_t)i < job->taps; i++) {
        _mm512_storeu_ps(partial + i * VK_BLOCK, tile[i][0]);
        _mm512_storeu_ps(partial + i * VK_BLOCK + 16, tile[i][1]);
    }
}

static void border_gradient_piece(void *context, size_t index, size_t begin, size_t end) {
    const vk_border_gradient_job *job = context;
    size_t taps = job->taps;
    float *partial = job->partial + index * job->map.blocks * taps * VK_BLOCK;
    for (size_t block = 0; block < job->map.blocks; block++)
        for (size_t tap = 0; tap < taps; tap += 8) {
            float *part = partial + (block * taps + tap) * VK_BLOCK;
            if (taps - tap > 4) border_gradient_tile(job, block, tap, begin, end, part, 8);
            else border_gradient_tile(job, block, tap, begin, end, part, 4);
        }
}

static void border_gradient(const vk_border_gradient_job *job) {
    size_t pieces = vk_border_pieces(&job->map);
    size_t at_once = pieces_of(job->map.positions, pieces);
    vk_parallel(
        job->map.positions, at_once, (void *)(uintptr_t)job, border_gradient_piece);
    size_t count = job->map.blocks * job->taps * VK_BLOCK;
    for (size_t i = 0; i < count; i += 16) {
        __m512 sum = _mm512_loadu_ps(job->partial + i);
        for (size_t piece = 1; piece < pieces_of(job->map.positions, at_once); piece++)
            sum = _mm512_add_ps(sum, _mm512_loadu_ps(job->partial + piece * count + i));
        _mm512_storeu_ps(job->gradient + i, sum);
    }
}
