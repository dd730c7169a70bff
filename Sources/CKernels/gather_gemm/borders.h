#pragma once
// Row-major values at the border into the layouts inside, and back.

// planes[places[pixel]] (rows) takes 16 pixels of 16 images, by a transpose in registers.
INLINE void planes_square(const vk_planes_job *job, size_t begin, size_t pixel) {
    size_t row = smaller(begin, job->rows - 16);
    __mmask16 lanes = first_lanes(job->pixels - pixel);
    __m512 square[16];
#pragma clang loop unroll(full)
    for (size_t i = 0; i < 16; i++) {
        const float *values = job->values + (row + i) * job->pixels + pixel;
        square[i] = row + i < job->images ? _mm512_maskz_loadu_ps(lanes, values)
                                          : _mm512_setzero_ps();
    }
    transpose16(square);
    __mmask16 own = (__mmask16)(0xffffu << (begin - row));  // the others belong to the piece before
#pragma clang loop unroll(full)
    for (size_t i = 0; i < 16 && pixel + i < job->pixels; i++) {
        size_t place = job->places[pixel + i] * job->rows + row;
        _mm512_mask_storeu_ps(job->planes + place, own, square[i]);
        if (job->pairs) store_plane_pairs(job->pairs + place / 2, own, square[i]);
    }
}

static void planes_piece(void *context, size_t index, size_t begin, size_t end) {
    (void)index, (void)end;
    const vk_planes_job *job = context;
    for (size_t pixel = 0; pixel < job->pixels; pixel += 16) planes_square(job, begin, pixel);
}

static void planes_from_values(const vk_planes_job *job) {
    vk_parallel(job->rows, 16, (void *)(uintptr_t)job, planes_piece);
}

// The 32 channels from `channel` of one image at one position; channels stand `positions` apart.
INLINE void gather_channels(
    const vk_blocks_job *job, size_t position, size_t channel, size_t image, __m512 row[2]) {
    const float *values =
        job->values + (image * job->channels + channel) * job->map.positions + position;
    size_t count = image < job->map.images ? smaller(job->channels - channel, VK_BLOCK) : 0;
    float plain[VK_BLOCK] = {0};
    if (job->map.positions > 1) {
        for (size_t c = 0; c < count; c++) plain[c] = values[c * job->map.positions];
        values = plain;
    }
    row[0] = _mm512_maskz_loadu_ps(first_lanes(count), values);
    row[1] = _mm512_maskz_loadu_ps(lanes_after(count), values + 16);
}

static void blocks_from_piece(void *context, size_t index, size_t begin, size_t end) {
    (void)index;
    const vk_blocks_job *job = context;
    size_t blocks = job->map.blocks, rows = job->map.rows;
    for (size_t matrix = begin; matrix < end; matrix++)
        for (size_t image = 0; image < rows; image += 2) {
            __m512 row[2][2];
            size_t place = (matrix * rows + image) * ROW;
            for (size_t i = 0; i < 2; i++) {
                gather_channels(
                    job, matrix / blocks, matrix % blocks * VK_BLOCK, image + i, row[i]);
                store_row(job->blocks + place + i * ROW, row[i]);
            }
            if (job->pairs) store_pair(job->pairs + place, row[0], row[1]);
        }
}

static void blocks_from_values(const vk_blocks_job *job) {
    vk_parallel(
        job->map.positions * job->map.blocks, 1, (void *)(uintptr_t)job, blocks_from_piece);
}

INLINE void load_exact(const float *row, __m512 value[2]) {
    value[0] = _mm512_loadu_ps(row);
    value[1] = _mm512_loadu_ps(row + 16);
}

// The inverse of gather_channels for `count` channels.
INLINE void scatter_channels(
    float *values, size_t positions, size_t count, const __m512 row[2]) {
    if (positions == 1) {
        _mm512_mask_storeu_ps(values, first_lanes(count), row[0]);
        _mm512_mask_storeu_ps(values + 16, lanes_after(count), row[1]);
        return;
    }
    float plain[VK_BLOCK];
    store_exact(plain, row);
    for (size_t c = 0; c < count; c++) values[c * positions] = plain[c];
}

static void values_from_piece(void *context, size_t index, size_t begin, size_t end) {
    (void)index;
    const vk_blocks_job *job = context;
    size_t blocks = job->map.blocks, rows = job->map.rows, positions = job->map.positions;
    for (size_t matrix = begin; matrix < end; matrix++) {
        size_t position = matrix / blocks, channel = matrix % blocks * VK_BLOCK;
        for (size_t image = 0; image < job->map.images; image++) {
            __m512 row[2];
            if (job->exact) load_exact(job->blocks + (matrix * rows + image) * VK_BLOCK, row);
            else load_row(job->blocks + (matrix * rows + image) * ROW, row);
            scatter_channels(
                job->values + (image * job->channels + channel) * positions + position, positions,
                smaller(job->channels - channel, VK_BLOCK), row);
        }
    }
}

static void values_from_blocks(const vk_blocks_job *job) {
    vk_parallel(
        job->map.positions * job->map.blocks, 1, (void *)(uintptr_t)job, values_from_piece);
}
