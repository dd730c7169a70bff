#if defined(__x86_64__)
// What dropout keeps, drawn for kernels that run on AVX-512.
#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))), apply_to = function)

#include "vectors.h"

enum { BLOCKS_DRAWN = 16, DRAWN = BLOCKS_DRAWN * VK_BLOCK, IMAGES_AT_ONCE = 8 };

// The word of `count` channels, at most 32, whose uniform numbers stand together.
INLINE uint32_t kept_channels(const float *uniform, size_t count, __m512 rate) {
    __mmask16 low = first_lanes(count), high = lanes_after(count);
    low = _mm512_mask_cmp_ps_mask(low, _mm512_loadu_ps(uniform), rate, _CMP_GE_OQ);
    high = _mm512_mask_cmp_ps_mask(high, _mm512_loadu_ps(uniform + 16), rate, _CMP_GE_OQ);
    return (uint32_t)low | (uint32_t)high << 16;
}

// The words of one image where its channels' numbers stand together: one position, or whole channels.
static void draw_channels(const vk_dropout_job *job, size_t image) {
    size_t first = image * job->channels;
    uint32_t *words = job->keep.words + image;
    __m512 rate = _mm512_set1_ps(job->rate);
    for (size_t channel = 0; channel < job->channels; channel += DRAWN) {
        float uniform[DRAWN + VK_BLOCK];
        size_t end = smaller(channel + DRAWN, job->channels);
        size_t away = (first + channel) % 4;  // a draw begins at a multiple of four
        vk_random_uniform(job->stream, first + channel - away, uniform, end - channel + away);
        for (size_t c = channel; c < end; c += VK_BLOCK)
            words[c / VK_BLOCK * job->map.rows] =
                kept_channels(uniform + away + (c - channel), end - c, rate);
    }
}

// The words of one image with numbers for every position, which stand together for each channel.
static void draw_positions(const vk_dropout_job *job, size_t image) {
    size_t positions = job->map.positions, count = job->channels * positions;
    size_t first = image * count;
    uint32_t *words = job->keep.words + image;
    for (size_t place = 0; place < positions * job->map.blocks; place++)
        words[place * job->map.rows] = 0;
    size_t channel = 0, position = 0;
    for (size_t start = first / 4 * 4; start < first + count; start += DRAWN) {
        float uniform[DRAWN];
        vk_random_uniform(job->stream, start, uniform, DRAWN);
        size_t i = start < first ? first - start : 0;
        for (; i < DRAWN && start + i < first + count; i++) {
            size_t place = position * job->map.blocks + channel / VK_BLOCK;
            words[place * job->map.rows] |= (uint32_t)(uniform[i] >= job->rate)
                << channel % VK_BLOCK;
            if (++position == positions) {
                position = 0;
                channel++;
            }
        }
    }
}

static void draw_images(void *context, size_t index, size_t begin, size_t end) {
    (void)index;
    const vk_dropout_job *job = context;
    int is_flat = job->drops_channels || job->map.positions == 1;
    for (size_t image = begin; image < end; image++)
        if (is_flat) draw_channels(job, image);
        else draw_positions(job, image);
}
#pragma clang attribute pop

void vk_draw_dropout(const vk_dropout_job *job) {
    vk_parallel(job->map.images, IMAGES_AT_ONCE, (void *)(uintptr_t)job, draw_images);
}
#endif
