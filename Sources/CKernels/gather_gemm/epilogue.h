#pragma once
// What happens to a tile (height, 32) of the output at (position, block, row) before it leaves the registers.

typedef struct {
    size_t position, block, row;
} tile_place;

INLINE size_t tile_offset(const vk_map *map, tile_place at) {
    return ((at.position * map->blocks + at.block) * map->rows + at.row) * ROW;
}

// sums[2][32 of the block] of one piece.
typedef struct {
    __m512 first[2], second[2];
} tile_sums;

INLINE tile_sums no_sums(void) {
    __m512 zero = _mm512_setzero_ps();
    return (tile_sums){{zero, zero}, {zero, zero}};
}

INLINE void add_sums(float *sums, size_t channels, tile_sums tile) {
#pragma clang loop unroll(full)
    for (int half = 0; half < 2; half++) {
        add_to(sums + half * 16, tile.first[half]);
        add_to(sums + channels + half * 16, tile.second[half]);
    }
}

INLINE void store_exact(float *row, const __m512 value[2]) {
    _mm512_storeu_ps(row, value[0]);
    _mm512_storeu_ps(row + 16, value[1]);
}

// Two rows of a tile are one row of image pairs, so both copies have the same offset.
INLINE void store_pairs(
    const vk_epilogue *e, size_t offset, __m512 (*tile)[2], const int height) {
    if (!e->pairs) return;
#pragma clang loop unroll(full)
    for (int i = 0; i < height; i += 2)
        store_pair(e->pairs + offset + i * ROW, tile[i], tile[i + 1]);
}

// scale·y + shift + addend_scale·z + addend_shift of 16 channels: the same bits wherever it is computed.
INLINE __m512 summed_ways(
    __m512 y, const float *scale, const float *shift, __m512 z, const float *addend_scale,
    const float *addend_shift) {
    __m512 first = _mm512_fmadd_ps(_mm512_loadu_ps(scale), y, _mm512_loadu_ps(shift));
    __m512 second =
        _mm512_fmadd_ps(_mm512_loadu_ps(addend_scale), z, _mm512_loadu_ps(addend_shift));
    return _mm512_add_ps(first, second);
}

// Rows that another pass has made.
INLINE void add_rows(
    const vk_map *map, const vk_epilogue *e, tile_place at, __m512 (*tile)[2], const int height) {
    const float *added = e->added + tile_offset(map, at);
#pragma clang loop unroll(full)
    for (int i = 0; i < height; i++) {
        __m512 row[2];
        load_row(added + i * ROW, row);
        tile[i][0] = _mm512_add_ps(tile[i][0], row[0]);
        tile[i][1] = _mm512_add_ps(tile[i][1], row[1]);
    }
}

// Zeros where dropout keeps nothing, the others scaled.
INLINE void keep_rows(
    const vk_map *map, const vk_keep *keep, tile_place at, __m512 (*tile)[2], const int height) {
    if (!keep) return;
    const uint32_t *words =
        keep->words + at.position * keep->position_stride + at.block * map->rows + at.row;
    __m512 scale = _mm512_set1_ps(keep->scale);
#pragma clang loop unroll(full)
    for (int i = 0; i < height; i++) {
        tile[i][0] = _mm512_maskz_mul_ps((__mmask16)words[i], tile[i][0], scale);
        tile[i][1] = _mm512_maskz_mul_ps((__mmask16)(words[i] >> 16), tile[i][1], scale);
    }
}

INLINE void finish_tile(
    const vk_map *map, const vk_epilogue *e, tile_place at, __m512 (*tile)[2], const int height) {
    const float *bias = e->bias + at.position * e->bias_stride + at.block * VK_BLOCK;
    __m512 floor = _mm512_set1_ps(e->floor);
    size_t offset = tile_offset(map, at);
#pragma clang loop unroll(full)
    for (int i = 0; i < height; i++) {
        __mmask16 real = all_or_none(at.row + (size_t)i < map->images);
#pragma clang loop unroll(full)
        for (int half = 0; half < 2; half++) {
            __m512 sum = _mm512_add_ps(tile[i][half], _mm512_loadu_ps(bias + half * 16));
            tile[i][half] = _mm512_maskz_max_ps(real, floor, sum);
        }
    }
    keep_rows(map, e->keep, at, tile, height);
#pragma clang loop unroll(full)
    for (int i = 0; i < height; i++) {
        store_row(e->output + offset + i * ROW, tile[i]);
        if (e->exact) store_exact(e->exact + offset / ROW * VK_BLOCK + i * VK_BLOCK, tile[i]);
    }
    store_pairs(e, offset, tile, height);
}

INLINE void measure_tile(
    const vk_map *map, const vk_epilogue *e, tile_place at, __m512 (*tile)[2], const int height,
    float *sums) {
    float *output = e->output + tile_offset(map, at);
    tile_sums total = no_sums();
#pragma clang loop unroll(full)
    for (int i = 0; i < height; i++) {
        store_row(output + i * ROW, tile[i]);
#pragma clang loop unroll(full)
        for (int half = 0; half < 2; half++) {
            __m512 y = tile[i][half];
            total.first[half] = _mm512_add_ps(total.first[half], y);
            total.second[half] = _mm512_fmadd_ps(y, y, total.second[half]);
        }
    }
    add_sums(sums, map->blocks * VK_BLOCK, total);
}

INLINE void mask_tile(
    const vk_map *map, const vk_epilogue *e, tile_place at, __m512 (*tile)[2], const int height,
    float *sums) {
    size_t offset = tile_offset(map, at), channel = at.block * VK_BLOCK;
    const float *before = e->before + offset;
    tile_sums total = no_sums();
    keep_rows(map, e->keep, at, tile, height);
#pragma clang loop unroll(full)
    for (int i = 0; i < height; i++) {
        __m512 y[2];
        load_row(before + i * ROW, y);
#pragma clang loop unroll(full)
        for (int half = 0; half < 2; half++) {
            __m512 scale = _mm512_loadu_ps(e->scale + channel + half * 16);
            __m512 shift = _mm512_loadu_ps(e->shift + channel + half * 16);
            __m512 after = _mm512_fmadd_ps(scale, y[half], shift);
            __mmask16 open = _mm512_cmp_ps_mask(after, _mm512_setzero_ps(), _CMP_GT_OQ);
            __m512 d = _mm512_maskz_mov_ps(open, tile[i][half]);
            tile[i][half] = d;
            total.first[half] = _mm512_add_ps(total.first[half], d);
            total.second[half] = _mm512_fmadd_ps(d, y[half], total.second[half]);
        }
        store_row(e->output + offset + i * ROW, tile[i]);
    }
    store_pairs(e, offset, tile, height);
    if (sums) add_sums(sums, map->blocks * VK_BLOCK, total);
}

// As mask_tile for a sum of two ways; a normalisation of either needs the sums.
INLINE void mask_sum_tile(
    const vk_map *map, const vk_epilogue *e, tile_place at, __m512 (*tile)[2], const int height,
    float *sums) {
    size_t offset = tile_offset(map, at), channel = at.block * VK_BLOCK;
    tile_sums total = no_sums();
    __m512 third[2] = {_mm512_setzero_ps(), _mm512_setzero_ps()};
    keep_rows(map, e->keep, at, tile, height);
#pragma clang loop unroll(full)
    for (int i = 0; i < height; i++) {
        __m512 y[2], z[2];
        load_row(e->before + offset + i * ROW, y);
        load_row(e->addend + offset + i * ROW, z);
#pragma clang loop unroll(full)
        for (int half = 0; half < 2; half++) {
            size_t c = channel + (size_t)half * 16;
            __m512 after = summed_ways(
                y[half], e->scale + c, e->shift + c, z[half], e->addend_scale + c,
                e->addend_shift + c);
            __mmask16 open = _mm512_cmp_ps_mask(after, _mm512_setzero_ps(), _CMP_GT_OQ);
            __m512 d = _mm512_maskz_mov_ps(open, tile[i][half]);
            tile[i][half] = d;
            total.first[half] = _mm512_add_ps(total.first[half], d);
            total.second[half] = _mm512_fmadd_ps(d, y[half], total.second[half]);
            third[half] = _mm512_fmadd_ps(d, z[half], third[half]);
        }
        store_row(e->output + offset + i * ROW, tile[i]);
    }
    add_sums(sums, map->blocks * VK_BLOCK, total);
    for (int half = 0; half < 2; half++)
        add_to(sums + 2 * map->blocks * VK_BLOCK + half * 16, third[half]);
}

INLINE void end_tile(
    const vk_map *map, const vk_epilogue *e, tile_place at, __m512 (*tile)[2], const int height,
    float *sums) {
    if (e->added) add_rows(map, e, at, tile, height);
    switch (e->kind) {
        case VK_FINISH: finish_tile(map, e, at, tile, height); break;
        case VK_MEASURE: measure_tile(map, e, at, tile, height, sums); break;
        case VK_MASK: mask_tile(map, e, at, tile, height, sums); break;
        case VK_MASK_SUM: mask_sum_tile(map, e, at, tile, height, sums); break;
    }
}

INLINE void prefetch_rows(const float *rows, const int height) {
#pragma clang loop unroll(full)
    for (int word = 0; word < height * ROW; word += 16)
        _mm_prefetch((const char *)(rows + word), _MM_HINT_T0);
}

// Asks for the rows that the epilogue will read, while there is a sum to compute before.
INLINE void prefetch_tile(
    const vk_map *map, const vk_epilogue *e, tile_place at, const int height) {
    size_t offset = tile_offset(map, at);
    if (e->added) prefetch_rows(e->added + offset, height);
    if (e->kind != VK_MASK && e->kind != VK_MASK_SUM) return;
    prefetch_rows(e->before + offset, height);
    if (e->kind == VK_MASK_SUM) prefetch_rows(e->addend + offset, height);
}

// How many sums each channel has in a piece.
INLINE size_t sums_of(const vk_epilogue *e) { return e->kind == VK_MASK_SUM ? 3 : 2; }

// One piece of work on a map: some rows at some positions of one block, and where its sums go.
typedef struct {
    size_t block;
    size_t first_row, last_row;
    size_t first_position, last_position;
    float *sums;
} map_piece;

// Pieces of a block stand together, since they share its weights.
INLINE map_piece piece_at(const vk_map *map, const vk_epilogue *e, size_t index) {
    size_t position_pieces = pieces_of(map->positions, map->positions_at_once);
    size_t pieces = vk_map_pieces(map);
    size_t within = index % pieces;
    map_piece piece;
    piece.block = index / pieces;
    piece.first_row = within / position_pieces * map->rows_at_once;
    piece.last_row = smaller(piece.first_row + map->rows_at_once, map->rows);
    piece.first_position = within % position_pieces * map->positions_at_once;
    piece.last_position =
        smaller(piece.first_position + map->positions_at_once, map->positions);
    size_t channels = map->blocks * VK_BLOCK;
    piece.sums =
        e->sums ? e->sums + within * sums_of(e) * channels + piece.block * VK_BLOCK : NULL;
    for (size_t sum = 0; piece.sums && sum < sums_of(e); sum++)
        memset(piece.sums + sum * channels, 0, VK_BLOCK * sizeof(float));
    return piece;
}
