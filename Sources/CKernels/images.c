#include "Images.h"

#include <math.h>

typedef struct {
    double begin, end;
} span;

// What new pixel `index` of `count` covers of the old ones from `start` on.
static span span_at(size_t index, double start, double extent, size_t count) {
    double step = extent / (double)count;
    double half = step < 1 ? 0.5 : step / 2;
    double centre = start + ((double)index + 0.5) * step;
    span s = {centre - half, centre + half};
    if (s.begin < start) s.begin = start;
    if (s.end > start + extent) s.end = start + extent;
    return s;
}

// How much of an old pixel is covered.
static double cover(span s, size_t pixel) {
    double from = (double)pixel > s.begin ? (double)pixel : s.begin;
    double to = (double)(pixel + 1) < s.end ? (double)(pixel + 1) : s.end;
    return to > from ? to - from : 0;
}

// sums (new_columns, channels) += weight × what each new column covers of one old row.
static void add_row(
    const vk_image_part *part, const uint8_t *row, double weight, size_t new_columns,
    float *sums) {
    size_t channels = part->channels;
    for (size_t column = 0; column < new_columns; column++) {
        span x = span_at(column, part->left, part->width, new_columns);
        for (size_t pixel = (size_t)x.begin; (double)pixel < x.end; pixel++) {
            float share = (float)(weight * cover(x, pixel));
            const uint8_t *values = row + pixel * channels;
            for (size_t c = 0; c < channels; c++)
                sums[column * channels + c] += share * (float)values[c];
        }
    }
}

void vk_resize_area(
    const vk_image_part *part, size_t new_rows, size_t new_columns, float *sums, uint8_t *out) {
    size_t channels = part->channels;
    for (size_t row = 0; row < new_rows; row++) {
        span y = span_at(row, part->top, part->height, new_rows);
        for (size_t i = 0; i < new_columns * channels; i++) sums[i] = 0;
        for (size_t pixel = (size_t)y.begin; (double)pixel < y.end; pixel++)
            add_row(
                part, part->pixels + pixel * part->columns * channels, cover(y, pixel),
                new_columns, sums);
        for (size_t column = 0; column < new_columns; column++) {
            span x = span_at(column, part->left, part->width, new_columns);
            float area = (float)((y.end - y.begin) * (x.end - x.begin));
            for (size_t c = 0; c < channels; c++) {
                float mean = floorf(sums[column * channels + c] / area + 0.5f);
                out[(c * new_rows + row) * new_columns + column] =
                    (uint8_t)(mean > 255 ? 255 : mean);
            }
        }
    }
}
