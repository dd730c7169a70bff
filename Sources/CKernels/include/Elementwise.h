#pragma once
#include <stddef.h>

// out = scale · values + offset; out may be values.
void vk_affine(const float *values, float scale, float offset, float *out, size_t count);

// Row r of values (rows, size) is multiplied by factor · factors[r].
void vk_scale_rows(
    float *values, const float *factors, float factor, size_t rows, size_t size);
