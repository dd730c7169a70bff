#include "Densities.h"

#include "Parallel.h"
#include "Pixels.h"

enum { LANES = 16, ROWS = 16 };

// A density with what is the same for all its pixels.
typedef struct {
    const vk_density *rows;
    // 2 for pixels in −1 … 1, else 1.
    float span;
    // 1 / scale; of the logistic, which is computed on 0 … 1, span / scale.
    float inverse;
    // Of the logistic: a level in units of the scale, −log(1 − e^−level), and level / (e^level − 1).
    float level, log_mass, mass_slope;
    // Nats and ∂nats/∂log scale that every pixel has.
    double nats, scale_slope;
} density_job;

typedef struct {
    float nats, slope, scale_slope, information;
} pixel_terms;

typedef pixel_terms (*pixel_density)(float output, float target, const density_job *job);

// Sums a row in sixteen lanes, so that the loop vectorises and its order never changes.
VK_INLINE void density_rows(
    const density_job *job, size_t begin, size_t end, pixel_density density) {
    const vk_density *d = job->rows;
    for (size_t row = begin; row < end; row++) {
        const float *o = d->outputs + row * d->size;
        const float *t = d->targets + (d->first + row) / d->per_target * d->size;
        float *g = d->gradient ? d->gradient + row * d->size : NULL;
        float nats[LANES] = {0}, slopes[LANES] = {0}, informations[LANES] = {0};
        size_t i = 0;
        for (; i + LANES <= d->size; i += LANES)
            for (int j = 0; j < LANES; j++) {
                pixel_terms p = density(o[i + j], t[i + j], job);
                nats[j] += p.nats;
                slopes[j] += p.scale_slope;
                informations[j] += p.information;
                if (g) g[i + j] = d->scale * p.slope;
            }
        for (int j = 0; i < d->size; i++, j++) {
            pixel_terms p = density(o[i], t[i], job);
            nats[j] += p.nats;
            slopes[j] += p.scale_slope;
            informations[j] += p.information;
            if (g) g[i] = d->scale * p.slope;
        }
        double sum = job->nats * (double)d->size, slope = job->scale_slope * (double)d->size;
        double information = 0;
        for (int j = 0; j < LANES; j++) {
            sum += nats[j];
            slope += slopes[j];
            information += informations[j];
        }
        d->nats[row] = (float)sum;
        if (!d->scale_terms) continue;
        d->scale_terms[2 * row] = (float)slope;
        d->scale_terms[2 * row + 1] = (float)information;
    }
}

VK_INLINE pixel_terms gaussian_pixel(float output, float target, const density_job *job) {
    float mean_slope;
    float error = job->inverse * pixel_error(output, target, job->span, &mean_slope);
    float square = error * error;
    return (pixel_terms){0.5f * square, job->inverse * error * mean_slope, -square, 2.0f};
}

VK_INLINE pixel_terms laplace_pixel(float output, float target, const density_job *job) {
    float mean_slope;
    float error = job->inverse * pixel_error(output, target, job->span, &mean_slope);
    float sign = error > 0 ? 1.0f : error < 0 ? -1.0f : 0.0f;
    float size = fabsf(error);
    return (pixel_terms){size, job->inverse * sign * mean_slope, -size, 1.0f};
}

// The mean and, in `excess`, log((1 − e^−|o|) / |o|): series below 1, where the quotients lose digits.
VK_INLINE float continuous_bernoulli_mean(float o, float *excess) {
    float a = fabsf(o), square = a * a;
    float e = vk_exp(-a);
    float part = 1.0f - e;
    float safe = a < 1.0f ? 1.0f : a;
    float far = (a < 1.0f ? 1.0f : 1.0f / part) - 1.0f / safe;
    float near = 1.0f / 47900160.0f;
    near = near * square - 1.0f / 1209600.0f;
    near = near * square + 1.0f / 30240.0f;
    near = near * square - 1.0f / 720.0f;
    near = near * square + 1.0f / 12.0f;
    near = near * a + 0.5f;
    float series = -1.0f / 9676800.0f;
    series = series * square + 1.0f / 181440.0f;
    series = series * square - 1.0f / 2880.0f;
    series = series * square + 1.0f / 24.0f;
    series = series * square - 0.5f * a;
    *excess = a < 1.0f ? series : vk_log(part / safe);
    float mean = a < 1.0f ? near : far;
    return o < 0 ? 1.0f - mean : mean;
}

VK_INLINE pixel_terms continuous_bernoulli_pixel(
    float output, float target, const density_job *job) {
    (void)job;
    float excess;
    float mean = continuous_bernoulli_mean(output, &excess);
    // The two large terms first: at white pixels they cancel.
    float nats = ((output > 0 ? output : 0.0f) - target * output) + excess;
    return (pixel_terms){nats, mean - target, 0.0f, 0.0f};
}

// With a and b the ends of the pixel's level in units of the scale,
// sigmoid(b) − sigmoid(a) = sigmoid(b) · sigmoid(−a) · (1 − e^(a − b)); at an outer level one factor stays.
VK_INLINE pixel_terms logistic_pixel(float output, float target, const density_job *job) {
    float location = 0.5f + 0.25f * job->span * output;
    float centre = job->inverse * (target - location);
    float a = centre - 0.5f * job->level, b = centre + 0.5f * job->level;
    float above = target > 254.5f / 255.0f ? 0.0f : 1.0f;
    float below = target < 0.5f / 255.0f ? 0.0f : 1.0f;
    float inner = above * below;
    float ea = vk_exp(-fabsf(a)), eb = vk_exp(-fabsf(b));
    float ra = 1.0f / (1.0f + ea), rb = 1.0f / (1.0f + eb);
    float sa = below * (a < 0 ? ea * ra : ra), sb = above * (b > 0 ? eb * rb : rb);
    float nats = above * vk_softplus(-b, eb) + below * vk_softplus(a, ea) + inner * job->log_mass;
    float slope = 0.25f * job->span * job->inverse * (sb - sa);
    // Fisher's (π² + 3) / 9 of a logistic; at an outer level, with v its one end, a bound on the curvature
    // σ'(v)·v² + σ(v)·v, so that black and white pixels do not drive the scale too far.
    float one = sa + sb, end = fabsf(below * a + above * b);
    float outer = one * end * (1.0f + (1.0f - one) * end);
    return (pixel_terms){
        nats, slope, sb * b - sa * a + inner * job->mass_slope,
        inner > 0 ? 1.4299560445f : outer};
}

VK_EVERY_CPU
static void gaussian_rows(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    density_rows(context, begin, end, gaussian_pixel);
}

VK_EVERY_CPU
static void laplace_rows(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    density_rows(context, begin, end, laplace_pixel);
}

VK_EVERY_CPU
static void continuous_bernoulli_rows(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    density_rows(context, begin, end, continuous_bernoulli_pixel);
}

VK_EVERY_CPU
static void logistic_rows(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    density_rows(context, begin, end, logistic_pixel);
}

static float span_of(bool symmetric) { return symmetric ? 2.0f : 1.0f; }

void vk_gaussian_density(const vk_density *density) {
    const double half_log_two_pi = 0.9189385332046727;
    density_job job = {
        .rows = density, .span = span_of(density->symmetric),
        .inverse = (float)exp(-(double)density->log_scale),
        .nats = density->log_scale + half_log_two_pi, .scale_slope = 1};
    vk_parallel(density->count, ROWS, &job, gaussian_rows);
}

void vk_laplace_density(const vk_density *density) {
    const double log_two = 0.6931471805599453;
    density_job job = {
        .rows = density, .span = span_of(density->symmetric),
        .inverse = (float)exp(-(double)density->log_scale),
        .nats = density->log_scale + log_two, .scale_slope = 1};
    vk_parallel(density->count, ROWS, &job, laplace_rows);
}

void vk_continuous_bernoulli_density(const vk_density *density) {
    density_job job = {.rows = density, .span = 1};
    vk_parallel(density->count, ROWS, &job, continuous_bernoulli_rows);
}

void vk_discretized_logistic_mass(const vk_density *density) {
    float span = span_of(density->symmetric);
    double inverse = span * exp(-(double)density->log_scale), level = inverse / 255;
    density_job job = {
        .rows = density, .span = span, .inverse = (float)inverse, .level = (float)level,
        .log_mass = (float)-log(-expm1(-level)), .mass_slope = (float)(level / expm1(level))};
    vk_parallel(density->count, ROWS, &job, logistic_rows);
}

typedef struct {
    const float *outputs;
    float slope, scale;
    float *means;
} means_job;

VK_EVERY_CPU
static void continuous_bernoulli_chunk(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    const means_job *job = context;
    for (size_t i = begin; i < end; i++) {
        float excess;
        job->means[i] = continuous_bernoulli_mean(job->outputs[i], &excess);
    }
}

// ∫ P(X > x) dx over 0 … 1.
VK_EVERY_CPU
static void logistic_chunk(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    const means_job *job = context;
    float inverse = 1.0f / job->scale;
    for (size_t i = begin; i < end; i++) {
        float location = 0.5f + job->slope * job->outputs[i];
        float high = inverse * (1.0f - location), low = -inverse * location;
        float cut = vk_softplus(high, vk_exp(-fabsf(high))) - vk_softplus(low, vk_exp(-fabsf(low)));
        float mean = 1.0f - job->scale * cut;
        job->means[i] = mean < 0 ? 0.0f : mean > 1 ? 1.0f : mean;
    }
}

enum { CHUNK = 1 << 15 };

void vk_continuous_bernoulli_means(const float *outputs, float *means, size_t count) {
    means_job job = {.outputs = outputs, .means = means};
    vk_parallel(count, CHUNK, &job, continuous_bernoulli_chunk);
}

void vk_discretized_logistic_means(
    const float *outputs, bool symmetric, float log_scale, float *means, size_t count) {
    float span = span_of(symmetric);
    means_job job = {outputs, 0.25f * span, (float)(exp(log_scale) / span), means};
    vk_parallel(count, CHUNK, &job, logistic_chunk);
}
