// The arithmetic peak of this machine's AVX-512 units, in GFLOP/s on every core at once:
//
//     clang -O2 -pthread peak.c -o peak && ./peak        (float32, then bfloat16 where the CPU has it)
//
// Each thread keeps 24 independent sums in registers, as the microkernel does, and reads no memory.
#include <immintrin.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { SUMS = 24, MAX_THREADS = 64 };
static const double run_seconds = 1.0;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

// Products made in `run_seconds`, in floating-point operations a second.
#define LOOP(NAME, FEATURES, MULTIPLY, FLOPS)                                                      \
    __attribute__((target(FEATURES))) static void *NAME(void *out) {                              \
        __m512 sums[SUMS], x = _mm512_set1_ps(1e-9f);                                             \
        for (int i = 0; i < SUMS; i++) sums[i] = _mm512_set1_ps((float)i);                        \
        double begin = now(), products = 0;                                                       \
        do {                                                                                      \
            for (int n = 0; n < 100000; n++) {                                                    \
                _Pragma("clang loop unroll(full)") for (int i = 0; i < SUMS; i++) sums[i] =       \
                    MULTIPLY;                                                                     \
                __asm__ volatile("" : "+v"(x));                                                   \
            }                                                                                     \
            products += 100000.0 * SUMS;                                                          \
        } while (now() - begin < run_seconds);                                                    \
        double rate = products * FLOPS / (now() - begin);                                         \
        for (int i = 0; i < SUMS; i++) __asm__ volatile("" : : "v"(sums[i]));                     \
        *(double *)out = rate;                                                                    \
        return NULL;                                                                              \
    }

LOOP(float32, "avx512f", _mm512_fmadd_ps(x, x, sums[i]), 32)
LOOP(bfloat16, "avx512f,avx512bf16", _mm512_dpbf16_ps(sums[i], (__m512bh)x, (__m512bh)x), 64)

static void measure(const char *name, void *(*loop)(void *)) {
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    int count = cores < MAX_THREADS ? (int)cores : MAX_THREADS;
    pthread_t threads[MAX_THREADS];
    double rates[MAX_THREADS] = {0}, total = 0;
    for (int i = 0; i < count; i++) pthread_create(&threads[i], NULL, loop, &rates[i]);
    for (int i = 0; i < count; i++) {
        pthread_join(threads[i], NULL);
        total += rates[i];
    }
    printf("%s %.0f\n", name, total / 1e9);
}

int main(void) {
    if (!__builtin_cpu_supports("avx512f")) return 1;
    measure("float32", float32);
    if (__builtin_cpu_supports("avx512bf16")) measure("bfloat16", bfloat16);
    return 0;
}
