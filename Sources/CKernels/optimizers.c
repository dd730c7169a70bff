#include "Optimizers.h"

#include "Parallel.h"
#include "Vector.h"

typedef struct {
    vk_adamw_step step;
    float *values;
    const float *gradients;
    float *first, *second;
} adamw;

VK_EVERY_CPU
static void adamw_chunk(void *context, size_t chunk, size_t begin, size_t end) {
    (void)chunk;
    const adamw *a = context;
    vk_adamw_step s = a->step;
    float *restrict values = a->values;
    const float *restrict gradients = a->gradients;
    float *restrict first = a->first;
    float *restrict second = a->second;
    for (size_t i = begin; i < end; i++) {
        float g = gradients[i];
        float m = first[i] + (1.0f - s.beta1) * (g - first[i]);
        float v = s.beta2 * second[i] + (1.0f - s.beta2) * g * g;
        first[i] = m;
        second[i] = v;
        values[i] = values[i] * s.decay - s.step_size * m / (sqrtf(v) * s.root_scale + s.epsilon);
    }
}

void vk_adamw(
    vk_adamw_step step, float *values, const float *gradients, float *first_moments,
    float *second_moments, size_t count) {
    adamw a = {step, values, gradients, first_moments, second_moments};
    vk_parallel(count, 1 << 15, &a, adamw_chunk);
}
