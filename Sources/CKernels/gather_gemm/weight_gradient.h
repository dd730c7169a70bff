#pragma once
// Weight gradients of inner layers: products over images. A piece owns the 32 × 32 matrix of one
// (small block, tap, big block), so nothing is summed afterwards.

enum { PAIRS_AT_ONCE = 4 };  // pairs of positions that a tile stays in registers for

// Rows row … row + height of the matrix = or += Σ over pairs and images of big · small.
INLINE void gradient_tile(
    const float *const *big, const float *const *small, size_t pairs, size_t depth, int is_first,
    float *matrix, const int row, const int height) {
    __m512 tile[12][2];
    float *gradient = matrix + row * VK_BLOCK;
    clear_tile(tile, height);
    if (!is_first)
#pragma clang loop unroll(full)
        for (int i = 0; i < height; i++)
#pragma clang loop unroll(full)
            for (int half = 0; half < 2; half++)
                tile[i][half] = _mm512_loadu_ps(gradient + i * VK_BLOCK + half * 16);
    for (size_t pair = 0; pair < pairs; pair++)
        multiply_add(big[pair] + row, 1, VK_BLOCK, small[pair], depth, tile, height);
#pragma clang loop unroll(full)
    for (int i = 0; i < height; i++)
#pragma clang loop unroll(full)
        for (int half = 0; half < 2; half++)
            _mm512_storeu_ps(gradient + i * VK_BLOCK + half * 16, tile[i][half]);
}

static void gradient_matrix(
    const vk_weight_gradient_job *job, size_t small_block, size_t tap, size_t big_block,
    float *gradient) {
    size_t map_row = job->rows * ROW, depth = job->rows * ROW / VK_BLOCK;
    const uint32_t *pair = job->positions + 2 * job->starts[tap];
    size_t left = job->starts[tap + 1] - job->starts[tap];
    if (left == 0) memset(gradient, 0, VK_BLOCK * VK_BLOCK * sizeof(float));
    for (int is_first = 1; left > 0; is_first = 0) {
        const float *big[PAIRS_AT_ONCE], *small[PAIRS_AT_ONCE];
        size_t count = smaller(left, PAIRS_AT_ONCE);
        for (size_t i = 0; i < count; i++, pair += 2) {
            big[i] = job->big + (pair[0] * job->big_blocks + big_block) * map_row;
            small[i] = job->small + (pair[1] * job->small_blocks + small_block) * map_row;
        }
        gradient_tile(big, small, count, depth, is_first, gradient, 0, 12);
        gradient_tile(big, small, count, depth, is_first, gradient, 12, 12);
        gradient_tile(big, small, count, depth, is_first, gradient, 24, 8);
        left -= count;
    }
}

static void weight_gradient_piece(void *context, size_t index, size_t begin, size_t end) {
    (void)begin, (void)end;
    const vk_weight_gradient_job *job = context;
    size_t tap = index % job->taps;
    size_t big_block = index / job->taps % job->big_blocks;
    size_t small_block = index / job->taps / job->big_blocks;
    size_t matrix = (small_block * job->taps + tap) * job->big_blocks + big_block;
    gradient_matrix(
        job, small_block, tap, big_block, job->gradient + matrix * VK_BLOCK * VK_BLOCK);
}

static void weight_gradient(const vk_weight_gradient_job *job) {
    vk_parallel(
        job->small_blocks * job->taps * job->big_blocks, 1, (void *)(uintptr_t)job,
        weight_gradient_piece);
}
