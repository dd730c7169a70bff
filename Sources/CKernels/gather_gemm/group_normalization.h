#pragma once
// Group normalisation: an image needs nothing of the others, so a piece of images runs from the sums to the
// last store. Four images at a time, their sums over positions in registers.

enum { GROUP_ROWS = 4, GROUP_PIECE = 16 };

// coefficients (3, blocks·32) of an image: first the sums of a pass, then factors.
INLINE float *image_coefficients(const vk_group_normalization_job *job, size_t image) {
    return job->coefficients + image * 3 * job->map.blocks * VK_BLOCK;
}

INLINE size_t group_offset(
    const vk_group_normalization_job *job, size_t position, size_t block, size_t row) {
    tile_place at = {position, block, row};
    return tile_offset(&job->map, at);
}

// Coefficients ← x₀, Σ (x − x₀), Σ (x − x₀)² over positions, x₀ that of the first position: no digits are
// lost where the mean is large beside the deviation.
static void group_sums(const vk_group_normalization_job *job, size_t row, size_t block) {
    size_t channels = job->map.blocks * VK_BLOCK;
    __m512 origin[GROUP_ROWS][2], sum[GROUP_ROWS][2], square[GROUP_ROWS][2];
    clear_tile(sum, GROUP_ROWS);
    clear_tile(square, GROUP_ROWS);
    const float *first = job->before + group_offset(job, 0, block, row);
#pragma clang loop unroll(full)
    for (int i = 0; i < GROUP_ROWS; i++) load_row(first + i * ROW, origin[i]);
    for (size_t p = 1; p < job->map.positions; p++) {
        const float *before = job->before + group_offset(job, p, block, row);
#pragma clang loop unroll(full)
        for (int i = 0; i < GROUP_ROWS; i++) {
            __m512 x[2];
            load_row(before + i * ROW, x);
            for (int half = 0; half < 2; half++) {
                __m512 away = _mm512_sub_ps(x[half], origin[i][half]);
                sum[i][half] = _mm512_add_ps(sum[i][half], away);
                square[i][half] = _mm512_fmadd_ps(away, away, square[i][half]);
            }
        }
    }
#pragma clang loop unroll(full)
    for (size_t i = 0; i < GROUP_ROWS; i++) {
        float *out = image_coefficients(job, row + i) + block * VK_BLOCK;
        store_exact(out, origin[i]);
        store_exact(out + channels, sum[i]);
        store_exact(out + 2 * channels, square[i]);
    }
}

// Mean and deviation of a group from its channels' sums, then their scale and shift in place of these.
static void measure_group(const vk_group_normalization_job *job, size_t image, size_t group) {
    size_t channels = job->map.blocks * VK_BLOCK, size = job->channels / job->groups;
    float *origin = image_coefficients(job, image), *sum = origin + channels;
    const float *square = sum + channels;
    double positions = (double)job->map.positions, count = positions * (double)size;
    size_t begin = group * size, end = begin + size;
    double mean = 0, variance = 0;
    for (size_t c = begin; c < end; c++) mean += (positions * origin[c] + sum[c]) / count;
    for (size_t c = begin; c < end; c++) {
        double away = origin[c] - mean;
        variance += (square[c] + away * (2 * (double)sum[c] + positions * away)) / count;
    }
    float inverse = (float)(1 / sqrt((variance < 0 ? 0 : variance) + job->epsilon));
    job->mean[image * job->groups + group] = (float)mean;
    job->inverse_deviation[image * job->groups + group] = inverse;
    for (size_t c = begin; c < end; c++) {
        origin[c] = job->scale_parameter[c] * inverse;
        sum[c] = job->shift_parameter[c] - (float)mean * origin[c];
    }
}

// after = max(scale·before + shift, floor), kept.
static void group_apply(const vk_group_normalization_job *job, size_t row, size_t block) {
    size_t channels = job->map.blocks * VK_BLOCK;
    __m512 floor = _mm512_set1_ps(job->floor);
    for (size_t p = 0; p < job->map.positions; p++) {
        size_t offset = group_offset(job, p, block, row);
        __m512 y[GROUP_ROWS][2];
#pragma clang loop unroll(full)
        for (size_t i = 0; i < GROUP_ROWS; i++) {
            const float *scale = image_coefficients(job, row + i) + block * VK_BLOCK;
            __mmask16 real = all_or_none(row + i < job->map.images);
            load_row(job->before + offset + i * ROW, y[i]);
            for (int half = 0; half < 2; half++) {
                __m512 normalised = _mm512_fmadd_ps(
                    _mm512_loadu_ps(scale + half * 16), y[i][half],
                    _mm512_loadu_ps(scale + channels + half * 16));
                y[i][half] = _mm512_maskz_max_ps(real, floor, normalised);
            }
        }
        tile_place at = {p, block, row};
        keep_rows(&job->map, job->keep, at, y, GROUP_ROWS);
#pragma clang loop unroll(full)
        for (int i = 0; i < GROUP_ROWS; i++) store_row(job->after + offset + i * ROW, y[i]);
#pragma clang loop unroll(full)
        for (int i = 0; i < GROUP_ROWS && job->after_pairs; i += 2)
            store_pair(job->after_pairs + offset + i * ROW, y[i], y[i + 1]);
    }
}

// Padding channels get scale and shift 0.
static void clear_padding(const vk_group_normalization_job *job, size_t image, size_t rows) {
    size_t channels = job->map.blocks * VK_BLOCK;
    for (size_t i = 0; i < rows; i++)
        for (size_t which = 0; which < 3; which++)
            memset(
                image_coefficients(job, image + i) + which * channels + job->channels, 0,
                (channels - job->channels) * sizeof(float));
}

static void group_normalize_piece(void *context, size_t index, size_t begin, size_t end) {
    (void)index;
    const vk_group_normalization_job *job = context;
    for (size_t row = begin; row < end; row += GROUP_ROWS) {
        for (size_t block = 0; block < job->map.blocks; block++) group_sums(job, row, block);
        for (size_t i = 0; i < GROUP_ROWS; i++)
            for (size_t group = 0; group < job->groups; group++)
                measure_group(job, row + i, group);
        clear_padding(job, row, GROUP_ROWS);
        for (size_t block = 0; block < job->map.blocks; block++) group_apply(job, row, block);
    }
}

static void group_normalize(const vk_group_normalization_job *job) {
    vk_parallel(job->map.rows, GROUP_PIECE, (void *)(uintptr_t)job, group_normalize_piece);
}

// Coefficients ← Σ d, Σ d·y over positions.
static void group_gradient_sums(const vk_group_normalization_job *job, size_t row, size_t block) {
    size_t channels = job->map.blocks * VK_BLOCK;
    __m512 sum[GROUP_ROWS][2], product[GROUP_ROWS][2];
    clear_tile(sum, GROUP_ROWS);
    clear_tile(product, GROUP_ROWS);
    for (size_t p = 0; p < job->map.positions; p++) {
        size_t offset = group_offset(job, p, block, row);
#pragma clang loop unroll(full)
        for (int i = 0; i < GROUP_ROWS; i++) {
            __m512 d[2], y[2];
            load_row(job->gradient + offset + i * ROW, d);
            load_row(job->before + offset + i * ROW, y);
            for (int half = 0; half < 2; half++) {
                sum[i][half] = _mm512_add_ps(sum[i][half], d[half]);
                product[i][half] = _mm512_fmadd_ps(d[half], y[half], product[i][half]);
            }
        }
    }
#pragma clang loop unroll(full)
    for (size_t i = 0; i < GROUP_ROWS; i++) {
        float *out = image_coefficients(job, row + i) + block * VK_BLOCK;
        store_exact(out, sum[i]);
        store_exact(out + channels, product[i]);
    }
}

// With x̂ = (y − μ)/σ, A = Σ γ·d and B = Σ γ·d·x̂ over the group's n numbers:
// ∂y = (γ·d − A/n − x̂·B/n)/σ = c₀·d + c₁·y + c₂; an image's part of ∂β is Σ d, that of ∂γ is Σ d·x̂.
static void group_gradient(const vk_group_normalization_job *job, size_t image, size_t group) {
    size_t channels = job->map.blocks * VK_BLOCK, size = job->channels / job->groups;
    float *c0 = image_coefficients(job, image), *c1 = c0 + channels, *c2 = c1 + channels;
    float *partial = job->partial + image * 2 * channels;
    double mean = job->mean[image * job->groups + group];
    double inverse = job->inverse_deviation[image * job->groups + group];
    double count = (double)(job->map.positions * size), a = 0, b = 0;
    size_t begin = group * size, end = begin + size;
    for (size_t c = begin; c < end; c++) {
        double shift_gradient = c0[c], scale_gradient = inverse * (c1[c] - mean * c0[c]);
        partial[c] = (float)scale_gradient;
        partial[channels + c] = (float)shift_gradient;
        a += job->scale_parameter[c] * shift_gradient / count;
        b += job->scale_parameter[c] * scale_gradient / count;
    }
    for (size_t c = begin; c < end; c++) {
        c0[c] = (float)(inverse * job->scale_parameter[c]);
        c1[c] = (float)(-inverse * inverse * b);
        c2[c] = (float)(inverse * inverse * mean * b - inverse * a);
    }
}

static void group_apply_backward(
    const vk_group_normalization_job *job, size_t row, size_t block) {
    size_t channels = job->map.blocks * VK_BLOCK;
    for (size_t p = 0; p < job->map.positions; p++) {
        size_t offset = group_offset(job, p, block, row);
        __m512 d[GROUP_ROWS][2];
#pragma clang loop unroll(full)
        for (size_t i = 0; i < GROUP_ROWS; i++) {
            const float *c = image_coefficients(job, row + i) + block * VK_BLOCK;
            __mmask16 real = all_or_none(row + i < job->map.images);
            __m512 y[2];
            load_row(job->gradient + offset + i * ROW, d[i]);
            load_row(job->before + offset + i * ROW, y);
            for (int half = 0; half < 2; half++, c += 16) {
                __m512 rest = _mm512_fmadd_ps(
                    _mm512_loadu_ps(c + channels), y[half], _mm512_loadu_ps(c + 2 * channels));
                d[i][half] =
                    _mm512_maskz_fmadd_ps(real, _mm512_loadu_ps(c), d[i][half], rest);
            }
            store_row(job->gradient + offset + i * ROW, d[i]);
        }
#pragma clang loop unroll(full)
        for (int i = 0; i < GROUP_ROWS; i += 2)
            store_pair(job->gradient_pairs + offset + i * ROW, d[i], d[i + 1]);
    }
}

static void group_backward_piece(void *context, size_t index, size_t begin, size_t end) {
    (void)index;
    const vk_group_normalization_job *job = context;
    for (size_t row = begin; row < end; row += GROUP_ROWS) {
        for (size_t block = 0; block < job->map.blocks; block++)
            group_gradient_sums(job, row, block);
        for (size_t i = 0; i < GROUP_ROWS; i++)
            for (size_t group = 0; group < job->groups; group++)
                group_gradient(job, row + i, group);
        clear_padding(job, row, GROUP_ROWS);
        for (size_t block = 0; block < job->map.blocks; block++)
            group_apply_backward(job, row, block);
    }
}

// Σ over images, in order.
static void group_parameter_gradients(void *context, size_t index, size_t begin, size_t end) {
    (void)index;
    const vk_group_normalization_job *job = context;
    size_t channels = job->map.blocks * VK_BLOCK;
    for (size_t c = begin; c < end; c++) {
        double scale = 0, shift = 0;
        for (size_t image = 0; image < job->map.images; image++) {
            scale += job->partial[image * 2 * channels + c];
            shift += job->partial[(image * 2 + 1) * channels + c];
        }
        job->scale_gradient[c] = (float)scale;
        job->shift_gradient[c] = (float)shift;
    }
}

static void group_normalize_backward(const vk_group_normalization_job *job) {
    void *context = (void *)(uintptr_t)job;
    vk_parallel(job->map.rows, GROUP_PIECE, context, group_backward_piece);
    vk_parallel(job->channels, 64, context, group_parameter_gradients);
}
