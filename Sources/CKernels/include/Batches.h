#pragma once
#include <stddef.h>
#include <stdint.h>

#include "Random.h"

// out (count, size) = bytes of the images at `indices`, scaled to 0 … 1.
void vk_gather_images(
    const uint8_t *pixels, const uint32_t *indices, size_t count, size_t size, float *out);

// values (count) in 0 … 1 become 1 with that probability and 0 otherwise: dynamic binarisation.
// Number i of the stream decides value i.
void vk_binarize(vk_stream stream, float *values, size_t count);
