#include "Peak.h"

#include "Parallel.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <time.h>

enum { MAX_CHUNKS = 64, ROUNDS = 20000 };

typedef struct {
    double (*multiply)(double seconds);
    double seconds;
    double operations[MAX_CHUNKS];
} measurement;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

// Keeps SUMS independent sums in registers, so that no product waits for another, and counts operations.
#define MULTIPLIER(NAME, FEATURES, SUMS, VECTOR, ZERO, PRODUCT, OPERATIONS)                        \
    __attribute__((target(FEATURES))) static double NAME(double seconds) {                        \
        VECTOR sums[SUMS], x = ZERO;                                                              \
        for (int i = 0; i < SUMS; i++) sums[i] = x;                                               \
        double begin = now(), operations = 0;                                                     \
        do {                                                                                      \
            for (int round = 0; round < ROUNDS; round++) {                                        \
                _Pragma("clang loop unroll(full)") for (int i = 0; i < SUMS; i++) sums[i] =       \
                    PRODUCT;                                                                      \
                __asm__ volatile("" : "+v"(x));                                                   \
            }                                                                                     \
            operations += (double)ROUNDS * SUMS * OPERATIONS;                                     \
        } while (now() - begin < seconds);                                                        \
        for (int i = 0; i < SUMS; i++) __asm__ volatile("" : : "v"(sums[i]));                     \
        return operations;                                                                        \
    }

MULTIPLIER(multiply_avx2, "avx2,fma", 12, __m256, _mm256_set1_ps(1e-9f),
           _mm256_fmadd_ps(x, x, sums[i]), 16)
MULTIPLIER(multiply_avx512, "avx512f", 24, __m512, _mm512_set1_ps(1e-9f),
           _mm512_fmadd_ps(x, x, sums[i]), 32)
MULTIPLIER(multiply_bfloat16, "avx512f,avx512bf16", 24, __m512, _mm512_set1_ps(1e-9f),
           _mm512_dpbf16_ps(sums[i], (__m512bh)x, (__m512bh)x), 64)

static void measure(void *context, size_t chunk, size_t begin, size_t end) {
    measurement *all = context;
    (void)begin;
    (void)end;
    all->operations[chunk] = all->multiply(all->seconds);
}

static double (*multiplier(int bfloat16))(double) {
    int has512 = __builtin_cpu_supports("avx512f");
    if (bfloat16) return has512 && __builtin_cpu_supports("avx512bf16") ? multiply_bfloat16 : 0;
    if (has512) return multiply_avx512;
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? multiply_avx2 : 0;
}

double vk_peak_rate(int bfloat16, double seconds) {
    measurement all = {.multiply = multiplier(bfloat16), .seconds = seconds};
    int threads = vk_thread_count();
    if (!all.multiply || threads > MAX_CHUNKS) return 0;
    double begin = now(), operations = 0;
    vk_parallel((size_t)threads, 1, &all, measure);
    double elapsed = now() - begin;
    for (int i = 0; i < threads; i++) operations += all.operations[i];
    return operations / elapsed / 1e9;
}
#else
double vk_peak_rate(int bfloat16, double seconds) {
    (void)bfloat16;
    (void)seconds;
    return 0;
}
#endif
