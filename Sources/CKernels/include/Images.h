#pragma once
#include <stddef.h>
#include <stdint.h>

// A rectangle of an image of bytes (rows, columns, channels), in pixels and fractions of them.
typedef struct {
    const uint8_t *pixels;
    size_t columns, channels;
    double left, top, width, height;
} vk_image_part;

// out (channels, new_rows, new_columns): each new pixel is the mean of what it covers, weighted by area.
// Where the image grows it is the mean of a window one old pixel wide, which is linear interpolation.
// `sums` has room for new_columns × channels numbers.
void vk_resize_area(
    const vk_image_part *part, size_t new_rows, size_t new_columns, float *sums, uint8_t *out);
