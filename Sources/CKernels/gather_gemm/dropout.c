#if defined(__x86_64__)
#include "../include/GatherGEMM.h"
#include "../include/Parallel.h"

enum { DRAWN = 256, IMAGES_AT_ONCE = 16 };

// The words of one image, from the stream's numbers first … first + count.
static void draw_image(const vk_dropout_job *job, size_t image) {
    size_t positions = job->drops_channels ? 1 : job->map.positions;
    size_t count = job->channels * positions, first = image * count;
    uint32_t *words = job->keep.words + image;
    for (size_t place = 0; place < positions * job->map.blocks; place++)
        words[place * job->map.rows] = 0;
    size_t channel = 0, position = 0;
    // A draw begins at a multiple of four.
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
    for (size_t image = begin; image < end; image++) draw_image(context, image);
}

void vk_draw_dropout(const vk_dropout_job *job) {
    vk_parallel(job->map.images, IMAGES_AT_ONCE, (void *)(uintptr_t)job, draw_images);
}
#endif
