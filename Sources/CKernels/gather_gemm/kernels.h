#pragma once
// All kernels of one precision, on the rows that were included before.
#include "multiply.h"
#include "epilogue.h"
#include "gather.h"
#include "weight_gradient.h"
#include "border_gather.h"
#include "border_gradient.h"
#include "border_scatter.h"
#include "borders.h"
#include "mask.h"
#include "normalization.h"
#include "sum.h"
#include "group_normalization.h"
#include "weights.h"

static const vk_gather_kernels kernels = {
    .row_words = ROW,
    .gather = gather,
    .weight_gradient = weight_gradient,
    .border_gather = border_gather,
    .border_gradient = border_gradient,
    .border_scatter = border_scatter,
    .planes_from_values = planes_from_values,
    .blocks_from_values = blocks_from_values,
    .values_from_blocks = values_from_blocks,
    .mask = mask,
    .normalize = normalize,
    .normalize_backward = normalize_backward,
    .measure = measure,
    .measure_backward = measure_backward,
    .add = add,
    .add_backward = add_backward,
    .group_normalize = group_normalize,
    .group_normalize_backward = group_normalize_backward,
    .pack_weights = pack_weights,
    .transpose_weights = transpose_weights,
    .pack_tap_weights = pack_tap_weights,
};
