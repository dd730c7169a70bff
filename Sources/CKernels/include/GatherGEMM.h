#pragma once
#if defined(__x86_64__)
#include <stddef.h>
#include <stdint.h>

#include "Random.h"

// Gather-GEMM: convolutions, transposed convolutions and linear layers for CPUs with AVX-512.
//
// Activations of a whole batch lie as (positions, blocks, rows, 32): for each position of a feature map
// and each block of 32 channels a dense matrix of one row an image. An output position is then a sum of
// dense products, rows × 32 inputs times 32 × 32 weights, over the taps that reach a real input position:
// no arithmetic on padding, no unfolding, and an output tile stays in registers for the whole sum.
// Which input positions belong to an output position stands in a table, so that one kernel serves strided
// and transposed convolutions, 1×1 ones and linear layers, forward and backward.
//
// Channels are padded to blocks of 32 and images to `rows`; both paddings hold zeros everywhere and stay
// zero. A layer links a big map (the input of a convolution) and a small one (its output; for a transposed
// convolution the other way round). Its weights are kept as (small blocks, taps, big blocks, 32 big, 32
// small) for products from big to small, and transposed for those from small to big.
//
// At the image's side, where there are few channels, a layer works on planes (padded pixels, rows)
// instead: see vk_border_gather and vk_border_scatter.
//
// Sizes of memory are counted in words of four bytes. In float32 a row of 32 channels takes 32 words. In
// bfloat16 it takes 16, and a map has two copies, since the instruction multiplies pairs of neighbours: one
// whose words are pairs of channels, for products over channels, and one in image pairs (positions, blocks,
// rows / 2, 32), for weight gradients, which sum over images. Sums, statistics, parameters and everything
// at the border stay float32. All work is cut into pieces that depend on the sizes alone, each piece owns
// what it writes, and sums are added in the order of pieces: no result depends on the number of threads.

enum { VK_BLOCK = 32 };

// One product of an output position: weights of `tap` times the input at `position`.
typedef struct {
    uint32_t tap;
    uint32_t position;
} vk_term;

// The terms of output position p are terms[starts[p]] up to terms[starts[p + 1]], excluded.
typedef struct {
    const uint32_t *starts;
    const vk_term *terms;
} vk_term_table;

// A feature map, and how work on it is cut: a piece is `rows_at_once` images at `positions_at_once`
// positions of one block.
typedef struct {
    size_t images;  // real ones
    size_t rows;    // images rounded up to a multiple of 4, at least 16
    size_t positions;
    size_t blocks;
    size_t rows_at_once;
    size_t positions_at_once;
} vk_map;

// Partial sums that a pass over the map gives for each channel: pieces of one block.
size_t vk_map_pieces(const vk_map *map);

// Which numbers of a map dropout keeps: bit c of a word stands for channel c of its block.
typedef struct {
    uint32_t *words;         // (positions or 1, blocks, rows)
    size_t position_stride;  // blocks·rows, or 0 where whole channels are dropped
    float scale;             // 1 / (1 − rate)
} vk_keep;

// Draws the numbers or channels that a layer keeps: number i, row-major in (images, channels, positions),
// or channel i of (images, channels), is kept where uniform number i of the stream is at least `rate`.
typedef struct {
    vk_map map;
    size_t channels;  // without padding
    int drops_channels;
    float rate;
    vk_stream stream;
    vk_keep keep;
} vk_dropout_job;

void vk_draw_dropout(const vk_dropout_job *job);

// What happens to an output tile while it is still in registers.
typedef enum {
    VK_FINISH,    // output = max(tile + bias, floor); a NaN stays one
    VK_MEASURE,   // output = tile; sums of tile and tile² for a normalisation
    VK_MASK,      // output = tile where scale·before + shift > 0, else 0; sums of output and output·before
    VK_MASK_SUM,  // the same where … + addend_scale·addend + addend_shift > 0; sums of output·addend too
} vk_epilogue_kind;

typedef struct {
    vk_epilogue_kind kind;
    float *output;        // (positions, blocks, rows, 32)
    float *pairs;         // bfloat16: output in image pairs; NULL where nothing reads it
    float *exact;         // VK_FINISH in bfloat16: output in float32 as well; NULL where nothing reads it
    const float *bias;    // VK_FINISH: (blocks·32), or (positions, blocks·32)
    size_t bias_stride;   // from one position's bias to the next: 0 or blocks·32
    float floor;          // VK_FINISH: 0 for ReLU, −∞ for none
    const float *added;   // added to the tile first, laid out as output; NULL for nothing
    const vk_keep *keep;  // VK_FINISH: of the output; masks: of the tile; NULL where nothing is dropped
    const float *before;  // masks: what the ReLU or normalisation was given, laid out as output
    const float *scale;   // masks: (blocks·32)
    const float *shift;   // masks: (blocks·32)
    const float *addend, *addend_scale, *addend_shift;  // VK_MASK_SUM: the other way of a residual
    float *sums;          // (pieces, 2, blocks·32), VK_MASK_SUM (pieces, 3, …); NULL where masks need none
} vk_epilogue;

// output (positions, blocks, rows, 32) = Σ over terms of input (…, input_blocks, rows, 32) · weights.
typedef struct {
    vk_map map;  // of the output
    vk_term_table table;
    size_t input_blocks;
    size_t taps;
    const float *input;
    const float *weights;  // (blocks, taps, input_blocks, 32 in, 32 out), bfloat16 in pairs of `in`
    vk_epilogue epilogue;
} vk_gather_job;

// gradient (small_blocks, taps, big_blocks, 32 big, 32 small) = Σ over pairs and images of big · small.
typedef struct {
    size_t rows, big_blocks, small_blocks, taps;
    const uint32_t *starts;     // pairs of tap t: starts[t] up to starts[t + 1]
    const uint32_t *positions;  // (pairs, 2): big position, small position
    const float *big;           // (big positions, big_blocks, rows, 32), bfloat16 in image pairs
    const float *small;         // (small positions, small_blocks, rows, 32), likewise
    float *gradient;            // float32
} vk_weight_gradient_job;

// Products from planes: output (positions, blocks, rows, 32) = Σ over taps of
// planes[bases[position] + offsets[tap]] · weights. A tap is one (channel, row, column) of the kernel.
typedef struct {
    vk_map map;  // of the output
    size_t taps;
    const float *planes;      // (padded pixels, rows), float32 in every precision
    const uint32_t *bases;    // (positions)
    const uint32_t *offsets;  // (taps)
    const float *weights;     // (blocks, taps, 32), float32 in every precision
    vk_epilogue epilogue;
} vk_border_gather_job;

// gradient (blocks, taps, 32) = Σ over positions and images of planes · small.
typedef struct {
    vk_map map;  // of small
    size_t taps;
    const float *planes;  // (padded pixels, rows), bfloat16 in image pairs
    const uint32_t *bases;
    const uint32_t *offsets;
    const float *small;  // (positions, blocks, rows, 32), likewise
    float *partial;      // (vk_border_pieces, blocks, taps, 32)
    float *gradient;
} vk_border_gradient_job;

// Positions that one piece of a border gradient takes, and how many pieces there are.
size_t vk_border_pieces(const vk_map *map);

// Products to taps, then each pixel collects the products that reach it:
// output (images, pixels) = bias + Σ over the pixel's sources of products.
// A source is position · taps_padded + tap, where taps_padded is taps rounded up to a multiple of 16.
typedef struct {
    vk_map map;  // of the input
    size_t taps, pixels, pixels_per_channel;
    const float *input;       // (positions, blocks, rows, 32)
    const float *weights;     // (blocks, 32, taps_padded), bfloat16 in pairs of channels
    const uint32_t *starts;   // sources of pixel p: starts[p] up to starts[p + 1]
    const uint32_t *sources;
    const float *bias;        // (channels) or NULL
    float *products;          // (rows / 16 rounded up, positions · taps_padded, 16): room to work in
    float *output;            // (images, pixels) or NULL
    int adds;                 // to what the output holds
    // Bernoulli likelihood of the logits, see vk_bernoulli_nats; NULL where it is not asked for.
    const float *targets;
    size_t per_target, first;
    float *nats;              // (images)
} vk_border_scatter_job;

// Values between border and planes: planes[places[pixel]] takes values (images, pixels).
typedef struct {
    size_t images, rows, pixels;
    const uint32_t *places;  // (pixels): index of the plane
    const float *values;
    float *planes;
    float *pairs;  // bfloat16: the planes in image pairs
} vk_planes_job;

// Values (images, channels, positions) at the border as blocks, and back.
typedef struct {
    vk_map map;
    size_t channels;
    float *values;
    float *blocks;
    float *pairs;  // bfloat16: the blocks in image pairs; NULL where nothing reads them
    int exact;     // the blocks are float32 in every precision
} vk_blocks_job;

// Batch normalisation over images and positions (Ioffe & Szegedy 2015). All vectors are (blocks·32).
typedef struct {
    vk_map map;
    const float *scale_parameter, *shift_parameter;   // γ, β
    float *scale_gradient, *shift_gradient;
    const float *sums;            // (pieces, 2, blocks·32) of the product before
    const float *gradient_sums;   // (pieces, gradient_sums_count, blocks·32) of the masked gradient
    size_t gradient_sums_count;
    size_t gradient_product;      // which of them is Σ gradient·before; sum 0 is Σ gradient
    float *mean, *inverse_deviation;
    float *scale, *shift;         // normalised = scale · before + shift
    float *running_mean, *running_variance;
    float momentum, epsilon;
    float *coefficients;          // (3, blocks·32): ∂before = c₀·gradient + c₁·before + c₂
    float floor;                  // 0 where a ReLU follows, else −∞
    const vk_keep *keep;          // of `after`; NULL where nothing is dropped
    const float *before;          // (positions, blocks, rows, 32)
    float *after;
    float *after_pairs;           // bfloat16: `after` in image pairs
    float *gradient;              // in: masked ∂after; out: ∂before
    float *gradient_pairs;        // bfloat16: the outgoing gradient in image pairs
} vk_normalization_job;

// One way of a residual: scale·before + shift of what its last product made.
typedef struct {
    const float *before;                // (positions, blocks, rows, 32)
    const float *scale, *shift;         // (blocks·32)
    const float *coefficients;          // (3, blocks·32), see vk_normalization_job
    float *gradient, *gradient_pairs;   // ∂before, pairs NULL where nothing reads them
} vk_way;

// The sum of two ways (He et al. 2016), then ReLU and dropout.
typedef struct {
    vk_map map;
    vk_way ways[2];
    float floor;            // 0 where a ReLU follows, else −∞
    const vk_keep *keep;    // of `after`; NULL where nothing is dropped
    float *after, *after_pairs;
    const float *gradient;  // masked ∂after; may be the gradient of the first way
} vk_sum_job;

// Group normalisation over the positions and channels of a group in each image (Wu & He 2018).
typedef struct {
    vk_map map;
    size_t channels, groups;                          // without padding; equal runs of channels
    const float *scale_parameter, *shift_parameter;   // γ, β (blocks·32)
    float *scale_gradient, *shift_gradient;
    float epsilon;
    float floor;                       // 0 where a ReLU follows, else −∞
    const vk_keep *keep;               // of `after`; NULL where nothing is dropped
    float *mean, *inverse_deviation;   // (rows, groups)
    float *coefficients;               // (rows, 3, blocks·32): room to work in
    float *partial;                    // (rows, 2, blocks·32): gradients of γ and β by image
    const float *before;               // (positions, blocks, rows, 32)
    float *after, *after_pairs;        // pairs NULL where nothing reads them
    float *gradient, *gradient_pairs;  // in: masked ∂after; out: ∂before
} vk_group_normalization_job;

// The kernels of one precision. Each returns when its work is done on all threads.
typedef struct {
    size_t row_words;  // words that 32 channels of an image take
    void (*gather)(const vk_gather_job *);
    void (*weight_gradient)(const vk_weight_gradient_job *);
    void (*border_gather)(const vk_border_gather_job *);
    void (*border_gradient)(const vk_border_gradient_job *);
    void (*border_scatter)(const vk_border_scatter_job *);
    void (*planes_from_values)(const vk_planes_job *);
    void (*blocks_from_values)(const vk_blocks_job *);
    void (*values_from_blocks)(const vk_blocks_job *);
    // Applies a masking epilogue to a gradient that is not made by a product; input is its output.
    void (*mask)(const vk_map *, const vk_epilogue *);
    // Statistics from VK_MEASURE's sums, running ones included, then after = max(normalised, floor).
    void (*normalize)(const vk_normalization_job *);
    // Gradients of γ and β from VK_MASK's sums, then that of `before`, in place.
    void (*normalize_backward)(const vk_normalization_job *);
    // The parts of both that come before the pass over the map: scale and shift; coefficients.
    void (*measure)(const vk_normalization_job *);
    void (*measure_backward)(const vk_normalization_job *);
    void (*add)(const vk_sum_job *);
    void (*add_backward)(const vk_sum_job *);
    void (*group_normalize)(const vk_group_normalization_job *);
    void (*group_normalize_backward)(const vk_group_normalization_job *);
    // Weights (in1, taps, in2, 32, 32) as products read them; float32 products read them as they are.
    void (*pack_weights)(const float *in, float *out, size_t in1, size_t taps, size_t in2);
    // The same with each matrix transposed, as (in2, taps, in1, 32, 32).
    void (*transpose_weights)(
        const float *in, float *out, size_t in1, size_t taps, size_t in2);
    // out (blocks, 32, taps padded to 16) = in (blocks, taps, 32), for products to taps.
    void (*pack_tap_weights)(const float *in, float *out, size_t blocks, size_t taps);
} vk_gather_kernels;

// The float32 kernels; NULL on a CPU without AVX-512 F, BW, VL and DQ.
const vk_gather_kernels *vk_float32_kernels(void);

// The bfloat16 kernels; NULL on a CPU without AVX-512 BF16 as well.
const vk_gather_kernels *vk_bfloat16_kernels(void);

// out[i] = Σ over pieces of sums (pieces, 2, channels)[piece][0][i], in order; `positions` > 1 where each
// position has sums of its own: pieces are then (…, positions) and out is (positions, channels).
void vk_add_sums(
    const float *sums, size_t pieces, size_t positions, size_t channels,
    float *out);

// out[c] = Σ over images and pixels of values (images, channels, pixels).
void vk_channel_sums(
    const float *values, size_t images, size_t channels, size_t pixels,
    float *out);
#endif
