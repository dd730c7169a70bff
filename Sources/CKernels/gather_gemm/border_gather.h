#pragma once
// Layers at the image's side, from planes (padded pixels, rows) in float32: images are contiguous, so a
// tap is one more step of the product's depth and nothing is padded to 32 channels.

INLINE void border_tile(
    const vk_border_gather_job *job, tile_place at, float *sums, const int height) {
    __m512 tile[12][2];
    clear_tile(tile, height);
    prefetch_tile(&job->map, &job->epilogue, at, height);
    size_t rows = job->map.rows;
    const float *planes = job->planes + job->bases[at.position] * rows + at.row;
    const float *weights = job->weights + at.block * job->taps * VK_BLOCK;
    for (size_t tap = 0; tap < job->taps; tap++) {
        const float *x = planes + job->offsets[tap] * rows;
        __m512 w0 = _mm512_loadu_ps(weights + tap * VK_BLOCK);
        __m512 w1 = _mm512_loadu_ps(weights + tap * VK_BLOCK + 16);
#pragma clang loop unroll(full)
        for (int i = 0; i < height; i++) {
            __m512 value = broadcast(x + i);
            tile[i][0] = _mm512_fmadd_ps(value, w0, tile[i][0]);
            tile[i][1] = _mm512_fmadd_ps(value, w1, tile[i][1]);
        }
    }
    end_tile(&job->map, &job->epilogue, at, tile, height, sums);
}

static void border_gather_piece(void *context, size_t index, size_t begin, size_t end) {
    (void)begin, (void)end;
    const vk_border_gather_job *job = context;
    map_piece piece = piece_at(&job->map, &job->epilogue, index);
    for (size_t p = piece.first_position; p < piece.last_position; p++) {
        size_t row = piece.first_row;
        while (row < piece.last_row) {
            tile_place at = {p, piece.block, row};
            size_t height = tile_height(piece.last_row - row);
            if (height == 12) border_tile(job, at, piece.sums, 12);
            else if (height == 8) border_tile(job, at, piece.sums, 8);
            else border_tile(job, at, piece.sums, 4);
            row += height;
        }
    }
}

static void border_gather(const vk_border_gather_job *job) {
    vk_parallel(
        vk_map_pieces(&job->map) * job->map.blocks, 1, (void *)(uintptr_t)job,
        border_gather_piece);
}
