#pragma once
// oneDNN's float32 primitives behind C: created once, bound to memory once, run many times.
// Every call catches C++ exceptions and returns a status; dn_last_error() tells more.
// Builds with oneDNN 2.6 and 3.x; only Create.cpp knows the difference.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
    DN_OK = 0,
    DN_UNSUPPORTED = 1,  // oneDNN has no implementation of this
    DN_OUT_OF_MEMORY = 2,
    DN_FAILED = 3,
} dn_status;

// What went wrong in this thread's last failed call.
const char *dn_last_error(void);
// "2.6.3", the version at run time.
const char *dn_version(void);

// How numbers lie in memory: sizes and order of the axes, blocks of channels.
typedef struct dn_layout dn_layout;
// A primitive with the memory it works on.
typedef struct dn_primitive dn_primitive;

// Axes that lie in the order of `order` (order[0] is the outermost axis), last one contiguous.
dn_status dn_layout_create(const int64_t *sizes, const int *order, int rank, dn_layout **out);
void dn_layout_destroy(dn_layout *layout);
bool dn_layout_equal(const dn_layout *a, const dn_layout *b);
// Floats that memory of this layout takes, padding of channel blocks included, rounded up: a mask's
// bytes need not fill whole floats.
size_t dn_layout_count(const dn_layout *layout);

// Which memory of a primitive is meant.
typedef enum {
    DN_SOURCE,
    DN_DESTINATION,
    DN_WEIGHTS,
    DN_BIAS,
    DN_SOURCE_GRADIENT,
    DN_DESTINATION_GRADIENT,
    DN_WEIGHTS_GRADIENT,
    DN_BIAS_GRADIENT,
    DN_MEAN,
    DN_VARIANCE,
    DN_SCALE,
    DN_SHIFT,
    DN_SCALE_GRADIENT,
    DN_SHIFT_GRADIENT,
    DN_WORKSPACE,
} dn_role;

typedef enum { DN_FORWARD, DN_BACKWARD_DATA, DN_BACKWARD_WEIGHTS } dn_direction;

// A convolution (N,C,H,W), its transpose, or a linear layer over the whole input (kernel = input size).
typedef enum { DN_CONVOLUTION, DN_TRANSPOSED_CONVOLUTION, DN_LINEAR } dn_layer_kind;

typedef struct {
    dn_layer_kind kind;
    int64_t batch;
    int64_t in_channels, in_height, in_width;
    int64_t out_channels, out_height, out_width;
    int64_t kernel_height, kernel_width;
    int64_t stride, padding;
    // Rows and columns of the input that a stride leaves over at the far edge are handled inside.
    bool bias;
    bool relu;      // ReLU on the output; forward only, and not for transposed convolutions
    bool training;  // false: forward_inference
} dn_layer;

// Input and output lie as oneDNN likes best when `source` / `destination` are NULL.
dn_status dn_layer_create(
    const dn_layer *layer, dn_direction direction, const dn_layout *source,
    const dn_layout *destination, dn_primitive **out);

// Batch normalisation over (N,H,W) with scale, shift and a fused ReLU when asked for.
// Training: writes mean and (biased) variance; the backward pass gives input, scale and shift gradients.
typedef struct {
    int64_t batch, channels, height, width;
    float epsilon;
    bool relu;
} dn_normalization;

dn_status dn_normalization_create(
    const dn_normalization *normalization, dn_direction direction, const dn_layout *layout,
    dn_primitive **out);

// max(x, 0) in memory of `layout`; source and destination may be the same memory.
dn_status dn_relu_create(dn_direction direction, const dn_layout *layout, dn_primitive **out);
// Copies between layouts.
dn_status dn_reorder_create(const dn_layout *from, const dn_layout *to, dn_primitive **out);

// The layout the primitive wants for `role`; the caller destroys it. DN_UNSUPPORTED if it has none.
dn_status dn_primitive_layout(const dn_primitive *primitive, dn_role role, dn_layout **out);
// Binds memory of the wanted layout. The caller keeps it alive.
dn_status dn_primitive_bind(dn_primitive *primitive, dn_role role, float *memory);
// Runs to completion.
dn_status dn_primitive_run(dn_primitive *primitive);
// Name of the implementation, such as "jit:avx512_core".
const char *dn_primitive_implementation(const dn_primitive *primitive);
void dn_primitive_destroy(dn_primitive *primitive);

#ifdef __cplusplus
}
#endif
