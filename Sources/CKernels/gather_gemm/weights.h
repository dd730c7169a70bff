#pragma once
// Weights (in1, taps, in2, 32, 32) from the float32 parameters into the forms that products read.

typedef struct {
    const float *in;
    float *out;
    size_t in1, taps, in2;
} weight_packing;

static void pack_piece(void *context, size_t index, size_t begin, size_t end) {
    (void)index;
    const weight_packing *job = context;
    for (size_t matrix = begin; matrix < end; matrix++)
        pack_matrix(job->in + matrix * VK_BLOCK * VK_BLOCK, job->out + matrix * VK_BLOCK * ROW);
}

static void pack_weights(const float *in, float *out, size_t in1, size_t taps, size_t in2) {
    weight_packing job = {in, out, in1, taps, in2};
    vk_parallel(in1 * taps * in2, 16, &job, pack_piece);
}

static void transpose_piece(void *context, size_t index, size_t begin, size_t end) {
    (void)index;
    const weight_packing *job = context;
    for (size_t matrix = begin; matrix < end; matrix++) {
        size_t in2 = matrix % job->in2, tap = matrix / job->in2 % job->taps;
        size_t in1 = matrix / job->in2 / job->taps;
        transpose_matrix(
            job->in + matrix * VK_BLOCK * VK_BLOCK,
            job->out + ((in2 * job->taps + tap) * job->in1 + in1) * VK_BLOCK * ROW);
    }
}

static void transpose_weights(const float *in, float *out, size_t in1, size_t taps, size_t in2) {
    weight_packing job = {in, out, in1, taps, in2};
    vk_parallel(in1 * taps * in2, 16, &job, transpose_piece);
}

// in (blocks, taps, 32): 16 taps at a time as rows of 32 channels, transposed.
static void pack_tap_weights(const float *in, float *out, size_t blocks, size_t taps) {
    size_t padded = pieces_of(taps, 16) * 16;
    for (size_t block = 0; block < blocks; block++)
        for (size_t first = 0; first < taps; first += 16) {
            const float *rows = in + (block * taps + first) * VK_BLOCK;
            pack_taps(
                rows, smaller(taps - first, 16), out + block * ROW * padded + first, padded);
        }
}
