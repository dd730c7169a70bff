#pragma once
// Batch normalisation between the passes that products make: statistics from their sums, then one pass.

// Σ over pieces of sums (pieces, count, blocks·32)[…][which][channel] in float64, in their order.
INLINE double sum_of_pieces(
    const vk_map *map, const float *sums, size_t count, size_t which, size_t channel) {
    size_t channels = map->blocks * VK_BLOCK;
    double sum = 0;
    for (size_t piece = 0; piece < vk_map_pieces(map); piece++)
        sum += sums[(piece * count + which) * channels + channel];
    return sum;
}

static void measure_channels(void *context, size_t index, size_t begin, size_t end) {
    (void)index;
    const vk_normalization_job *job = context;
    double count = (double)(job->map.images * job->map.positions);
    double unbiased = count > 1 ? count / (count - 1) : 1;
    for (size_t c = begin; c < end; c++) {
        double mean = sum_of_pieces(&job->map, job->sums, 2, 0, c) / count;
        double variance = sum_of_pieces(&job->map, job->sums, 2, 1, c) / count - mean * mean;
        if (variance < 0) variance = 0;
        float inverse = (float)(1 / sqrt(variance + job->epsilon));
        job->mean[c] = (float)mean;
        job->inverse_deviation[c] = inverse;
        job->scale[c] = job->scale_parameter[c] * inverse;
        job->shift[c] = job->shift_parameter[c] - (float)mean * job->scale[c];
        job->running_mean[c] += job->momentum * ((float)mean - job->running_mean[c]);
        job->running_variance[c] +=
            job->momentum * ((float)(variance * unbiased) - job->running_variance[c]);
    }
}

static void normalize_piece(void *context, size_t index, size_t begin, size_t end) {
    (void)index;
    const vk_normalization_job *job = context;
    __m512 floor = _mm512_set1_ps(job->floor);
    for (size_t matrix = begin; matrix < end; matrix++) {
        size_t channel = matrix % job->map.blocks * VK_BLOCK;
        __m512 scale[2], shift[2];
        for (int half = 0; half < 2; half++) {
            scale[half] = _mm512_loadu_ps(job->scale + channel + half * 16);
            shift[half] = _mm512_loadu_ps(job->shift + channel + half * 16);
        }
        for (size_t image = 0; image < job->map.images; image += 2) {
            size_t offset = (matrix * job->map.rows + image) * ROW;
            __m512 y[2][2];
#pragma clang loop unroll(full)
            for (size_t i = 0; i < 2; i++) {
                load_row(job->before + offset + i * ROW, y[i]);
                __mmask16 real = all_or_none(image + i < job->map.images);
                for (int half = 0; half < 2; half++) {
                    __m512 normalised = _mm512_fmadd_ps(scale[half], y[i][half], shift[half]);
                    y[i][half] = _mm512_maskz_max_ps(real, floor, normalised);
                }
            }
            tile_place at = {matrix / job->map.blocks, matrix % job->map.blocks, image};
            keep_rows(&job->map, job->keep, at, y, 2);
            store_row(job->after + offset, y[0]);
            store_row(job->after + offset + ROW, y[1]);
            store_pair(job->after_pairs + offset, y[0], y[1]);
        }
    }
}

static void measure(const vk_normalization_job *job) {
    vk_parallel(job->map.blocks * VK_BLOCK, 64, (void *)(uintptr_t)job, measure_channels);
}

static void normalize(const vk_normalization_job *job) {
    void *context = (void *)(uintptr_t)job;
    measure(job);
    size_t matrices = job->map.positions * job->map.blocks;
    vk_parallel(matrices, pieces_of(matrices, 32), context, normalize_piece);
}

// With s = Σ d and q = Σ d·y: ∂γ = (q − μ s) / σ, ∂β = s, and
// ∂y = γ/σ · (d − s/n − (y − μ)/σ · ∂γ/n) = c₀·d + c₁·y + c₂.
static void gradient_channels(void *context, size_t index, size_t begin, size_t end) {
    (void)index;
    const vk_normalization_job *job = context;
    size_t channels = job->map.blocks * VK_BLOCK;
    double count = (double)(job->map.images * job->map.positions);
    for (size_t c = begin; c < end; c++) {
        size_t sums = job->gradient_sums_count;
        double s = sum_of_pieces(&job->map, job->gradient_sums, sums, 0, c);
        double q = sum_of_pieces(
            &job->map, job->gradient_sums, sums, job->gradient_product, c);
        double mean = job->mean[c], inverse = job->inverse_deviation[c];
        double scale_gradient = inverse * (q - mean * s);
        double factor = job->scale_parameter[c] * inverse;
        job->scale_gradient[c] = (float)scale_gradient;
        job->shift_gradient[c] = (float)s;
        double slope = -factor * inverse * scale_gradient / count;
        job->coefficients[c] = (float)factor;
        job->coefficients[channels + c] = (float)slope;
        job->coefficients[2 * channels + c] = (float)(-factor * s / count - slope * mean);
    }
}

static void normalize_backward_piece(void *context, size_t index, size_t begin, size_t end) {
    (void)index;
    const vk_normalization_job *job = context;
    size_t channels = job->map.blocks * VK_BLOCK;
    for (size_t matrix = begin; matrix < end; matrix++) {
        const float *c = job->coefficients + matrix % job->map.blocks * VK_BLOCK;
        __m512 factor[2], slope[2], constant[2];
        for (int half = 0; half < 2; half++) {
            factor[half] = _mm512_loadu_ps(c + half * 16);
            slope[half] = _mm512_loadu_ps(c + channels + half * 16);
            constant[half] = _mm512_loadu_ps(c + 2 * channels + half * 16);
        }
        for (size_t image = 0; image < job->map.images; image += 2) {
            size_t offset = (matrix * job->map.rows + image) * ROW;
            __m512 y[2], d[2][2];
#pragma clang loop unroll(full)
            for (size_t i = 0; i < 2; i++) {
                load_row(job->before + offset + i * ROW, y);
                load_row(job->gradient + offset + i * ROW, d[i]);
                __mmask16 real = all_or_none(image + i < job->map.images);
                for (int half = 0; half < 2; half++) {
                    __m512 rest = _mm512_fmadd_ps(slope[half], y[half], constant[half]);
                    d[i][half] = _mm512_maskz_fmadd_ps(real, factor[half], d[i][half], rest);
                }
                store_row(job->gradient + offset + i * ROW, d[i]);
            }
            store_pair(job->gradient_pairs + offset, d[0], d[1]);
        }
    }
}

static void measure_backward(const vk_normalization_job *job) {
    vk_parallel(job->map.blocks * VK_BLOCK, 64, (void *)(uintptr_t)job, gradient_channels);
}

static void normalize_backward(const vk_normalization_job *job) {
    void *context = (void *)(uintptr_t)job;
    measure_backward(job);
    size_t matrices = job->map.positions * job->map.blocks;
    vk_parallel(matrices, pieces_of(matrices, 32), context, normalize_backward_piece);
}
