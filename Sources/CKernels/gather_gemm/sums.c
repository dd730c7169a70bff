#if defined(__x86_64__)
#include "../include/GatherGEMM.h"

size_t vk_map_pieces(const vk_map *map) {
    size_t row_pieces = (map->rows + map->rows_at_once - 1) / map->rows_at_once;
    return row_pieces
        * ((map->positions + map->positions_at_once - 1) / map->positions_at_once);
}

enum { MOST_BORDER_PIECES = 16 };

size_t vk_border_pieces(const vk_map *map) {
    return map->positions < MOST_BORDER_PIECES ? map->positions : MOST_BORDER_PIECES;
}

void vk_add_sums(
    const float *sums, size_t pieces, size_t positions, size_t channels, float *out) {
    for (size_t i = 0; i < positions * channels; i++) {
        size_t position = i / channels, channel = i % channels;
        double sum = 0;
        for (size_t piece = position; piece < pieces; piece += positions)
            sum += sums[piece * 2 * channels + channel];
        out[i] = (float)sum;
    }
}

// Eight sums at a time, so that the additions do not wait for each other.
static double sum_of(const float *values, size_t count) {
    double sums[8] = {0};
    size_t i = 0;
    for (; i + 8 <= count; i += 8)
        for (int j = 0; j < 8; j++) sums[j] += values[i + j];
    for (; i < count; i++) sums[0] += values[i];
    for (int j = 1; j < 8; j++) sums[0] += sums[j];
    return sums[0];
}

void vk_channel_sums(
    const float *values, size_t images, size_t channels, size_t pixels, float *out) {
    for (size_t c = 0; c < channels; c++) {
        double sum = 0;
        for (size_t image = 0; image < images; image++)
            sum += sum_of(values + (image * channels + c) * pixels, pixels);
        out[c] = (float)sum;
    }
}
#endif
