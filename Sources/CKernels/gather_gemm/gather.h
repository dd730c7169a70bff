#pragma once
// Inner layers: products between maps in blocks.

// One output tile: the sum over its terms and input blocks, then the epilogue.
INLINE void gather_tile(const vk_gather_job *job, tile_place at, float *sums, const int height) {
    __m512 tile[12][2];
    clear_tile(tile, height);
    prefetch_tile(&job->map, &job->epilogue, at, height);
    size_t input_blocks = job->input_blocks, rows = job->map.rows;
    const float *weights = job->weights + at.block * job->taps * input_blocks * VK_BLOCK * ROW;
    const vk_term *term = job->table.terms + job->table.starts[at.position];
    const vk_term *end = job->table.terms + job->table.starts[at.position + 1];
    for (; term < end; term++) {
        const float *x = job->input + (term->position * input_blocks * rows + at.row) * ROW;
        const float *w = weights + term->tap * input_blocks * VK_BLOCK * ROW;
        for (size_t i = 0; i < input_blocks; i++)
            multiply_add(
                x + i * rows * ROW, ROW, 1, w + i * VK_BLOCK * ROW, ROW, tile, height);
    }
    end_tile(&job->map, &job->epilogue, at, tile, height, sums);
}

static void gather_piece(void *context, size_t index, size_t begin, size_t end) {
    (void)begin, (void)end;
    const vk_gather_job *job = context;
    map_piece piece = piece_at(&job->map, &job->epilogue, index);
    for (size_t p = piece.first_position; p < piece.last_position; p++) {
        size_t row = piece.first_row;
        while (row < piece.last_row) {
            tile_place at = {p, piece.block, row};
            size_t height = tile_height(piece.last_row - row);
            if (height == 12) gather_tile(job, at, piece.sums, 12);
            else if (height == 8) gather_tile(job, at, piece.sums, 8);
            else gather_tile(job, at, piece.sums, 4);
            row += height;
        }
    }
}

static void gather(const vk_gather_job *job) {
    vk_parallel(
        vk_map_pieces(&job->map) * job->map.blocks, 1, (void *)(uintptr_t)job, gather_piece);
}
