#pragma once
// The epilogue of a gradient that comes from the border and not from a product.

typedef struct {
    const vk_map *map;
    const vk_epilogue *epilogue;
} mask_job;

static void mask_piece(void *context, size_t index, size_t begin, size_t end) {
    (void)begin, (void)end;
    const mask_job *job = context;
    map_piece piece = piece_at(job->map, job->epilogue, index);
    for (size_t p = piece.first_position; p < piece.last_position; p++)
        for (size_t row = piece.first_row; row < piece.last_row; row += 4) {
            tile_place at = {p, piece.block, row};
            const float *rows = job->epilogue->output + tile_offset(job->map, at);
            __m512 tile[4][2];
#pragma clang loop unroll(full)
            for (int i = 0; i < 4; i++) load_row(rows + i * ROW, tile[i]);
            end_tile(job->map, job->epilogue, at, tile, 4, piece.sums);
        }
}

static void mask(const vk_map *map, const vk_epilogue *epilogue) {
    mask_job job = {map, epilogue};
    vk_parallel(vk_map_pieces(map) * map->blocks, 1, &job, mask_piece);
}
