#include "TotalCorrelation.h"

#include "Parallel.h"
#include "Vector.h"

enum { LANES = 16 };

// Codes, means, ½ log σ² and 1/σ² are (size, count): the loops run over the images of the mixture.
typedef struct {
    size_t count, size;
    // log W of most pairs, and what the diagonal and the next in turn have beyond it.
    float usual, own, next;
    const float *codes, *means, *half_log, *inverse;
    // (count, count): log W + log q(z_i|x_m), then its softmax over m; (count): log Σ of it.
    float *joint, *joint_log;
    // (size): Σ_i log q(z_ij).
    float *marginal_log;
    // (size, count): ∂/∂codes, ∂/∂means, ∂/∂log σ² of n·TC; a row of scratch a dimension.
    float *code_slope, *mean_slope, *variance_slope, *scratch;
} mixture;

// Maximum and sum in sixteen lanes, so that the loops vectorise and their order never changes.
VK_INLINE float largest_of(const float *values, size_t count) {
    float lanes[LANES];
    for (int j = 0; j < LANES; j++) lanes[j] = values[0];
    size_t i = 0;
    for (; i + LANES <= count; i += LANES)
        for (int j = 0; j < LANES; j++)
            lanes[j] = values[i + j] > lanes[j] ? values[i + j] : lanes[j];
    for (int j = 0; i < count; i++, j++) lanes[j] = values[i] > lanes[j] ? values[i] : lanes[j];
    float largest = lanes[0];
    for (int j = 1; j < LANES; j++) largest = lanes[j] > largest ? lanes[j] : largest;
    return largest;
}

VK_INLINE float sum_of(const float *values, size_t count) {
    float lanes[LANES] = {0};
    size_t i = 0;
    for (; i + LANES <= count; i += LANES)
        for (int j = 0; j < LANES; j++) lanes[j] += values[i + j];
    for (int j = 0; i < count; i++, j++) lanes[j] += values[i];
    float sum = 0;
    for (int j = 0; j < LANES; j++) sum += lanes[j];
    return sum;
}

// Values to their softmax; gives log Σ exp. The weights of pair (row, m) come first.
VK_INLINE float weighted_softmax(const mixture *x, size_t row, float *values) {
    values[row] += x->own;
    values[row + 1 < x->count ? row + 1 : 0] += x->next;
    float largest = largest_of(values, x->count);
    for (size_t m = 0; m < x->count; m++) values[m] = vk_exp(values[m] - largest);
    float sum = sum_of(values, x->count), share = 1.0f / sum;
    for (size_t m = 0; m < x->count; m++) values[m] *= share;
    return largest + vk_log(sum);
}

// Adds log q(z_ij|x_m) of a code and a dimension to `out`, over m, but for −½ log 2π, which q(z) and Π q(z_j)
// have alike.
VK_INLINE void add_log_densities(
    const mixture *x, size_t dimension, float code, float *restrict out) {
    size_t first = dimension * x->count, count = x->count;
    const float *restrict means = x->means + first, *restrict inverse = x->inverse + first;
    const float *restrict half_log = x->half_log + first;
    for (size_t m = 0; m < count; m++) {
        float distance = code - means[m];
        out[m] -= half_log[m] + 0.5f * distance * distance * inverse[m];
    }
}

VK_EVERY_CPU
static void joint_rows(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    const mixture *x = context;
    for (size_t i = begin; i < end; i++) {
        float *row = x->joint + i * x->count;
        for (size_t m = 0; m < x->count; m++) row[m] = x->usual;
        for (size_t j = 0; j < x->size; j++)
            add_log_densities(x, j, x->codes[j * x->count + i], row);
        x->joint_log[i] = weighted_softmax(x, i, row);
    }
}

// With g the difference of the two softmaxes over m, ∂TC_i/∂log q(z_ij|x_m); `share` is the second one and
// becomes −∂TC_i/∂z_ij, part by part.
VK_INLINE void add_slopes(
    const mixture *x, size_t dimension, float code, const float *restrict joint,
    float *restrict share) {
    size_t first = dimension * x->count, count = x->count;
    const float *restrict means = x->means + first, *restrict inverse = x->inverse + first;
    float *restrict mean_slope = x->mean_slope + first;
    float *restrict variance_slope = x->variance_slope + first;
    for (size_t m = 0; m < count; m++) {
        float g = joint[m] - share[m], distance = code - means[m];
        float pull = g * distance * inverse[m];
        share[m] = pull;
        mean_slope[m] += pull;
        variance_slope[m] += 0.5f * (pull * distance - g);
    }
}

VK_EVERY_CPU
static void dimensions(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    const mixture *x = context;
    for (size_t j = begin; j < end; j++) {
        size_t first = j * x->count;
        float *share = x->scratch + first;
        double logs = 0;
        for (size_t m = first; m < first + x->count; m++)
            x->mean_slope[m] = x->variance_slope[m] = 0.0f;
        for (size_t i = 0; i < x->count; i++) {
            float code = x->codes[first + i];
            for (size_t m = 0; m < x->count; m++) share[m] = x->usual;
            add_log_densities(x, j, code, share);
            logs += weighted_softmax(x, i, share);
            add_slopes(x, j, code, x->joint + i * x->count, share);
            x->code_slope[first + i] = -sum_of(share, x->count);
        }
        x->marginal_log[j] = (float)(logs / (double)x->count);
    }
}

size_t vk_total_correlation_work(size_t count, size_t size) {
    return 8 * count * size + count * count + count + size;
}

static mixture prepared(
    const vk_latent *l, const float *z, size_t images, float *work) {
    size_t n = l->count, all = n * l->size;
    double count = (double)images, others = (double)n - 1;
    float *codes = work, *means = codes + all, *half_log = means + all, *inverse = half_log + all;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < l->size; j++) {
            size_t at = j * n + i;
            float log_variance = vk_clamp(l->heads[(2 * i + 1) * l->size + j], l->low, l->high);
            codes[at] = z[i * l->size + j];
            means[at] = l->heads[2 * i * l->size + j];
            half_log[at] = 0.5f * log_variance;
            inverse[at] = expf(-log_variance);
        }
    float *joint = inverse + all, *joint_log = joint + n * n, *marginal_log = joint_log + n;
    float *code_slope = marginal_log + l->size;
    return (mixture){
        .count = n, .size = l->size, .usual = (float)-log(others),
        .own = (float)(log(others) - log(count)),
        .next = (float)log((count - others) / count), .codes = codes, .means = means,
        .half_log = half_log, .inverse = inverse, .joint = joint, .joint_log = joint_log,
        .marginal_log = marginal_log, .code_slope = code_slope, .mean_slope = code_slope + all,
        .variance_slope = code_slope + 2 * all, .scratch = code_slope + 3 * all};
}

double vk_total_correlation(
    const vk_latent *l, const float *sigma, const float *z, size_t images, float weight,
    float *work, float *heads_gradient) {
    size_t n = l->count;
    mixture x = prepared(l, z, images, work);
    vk_parallel(n, 8, &x, joint_rows);
    vk_parallel(l->size, 1, &x, dimensions);
    double total = 0;
    for (size_t i = 0; i < n; i++) total += x.joint_log[i] / (double)n;
    for (size_t j = 0; j < l->size; j++) total -= x.marginal_log[j];
    float scale = weight / (float)n;
    for (size_t i = 0; i < n; i++) {
        const float *log_variance = l->heads + (2 * i + 1) * l->size;
        float *out = heads_gradient + 2 * i * l->size;
        for (size_t j = 0; j < l->size; j++) {
            size_t at = j * n + i, here = i * l->size + j;
            float along = 0.5f * x.code_slope[at] * l->noise[here] * sigma[here];
            out[j] += scale * (x.code_slope[at] + x.mean_slope[at]);
            if (log_variance[j] < l->low || log_variance[j] > l->high) continue;
            out[l->size + j] += scale * (along + x.variance_slope[at]);
        }
    }
    return total;
}
