#include "Parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <unistd.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

// One pool for the process. A call is open while workers may still join it; the caller works too, closes
// the call when no chunk is left, and waits only for those who joined. So a worker whose core was taken
// away costs nothing unless it holds a chunk. Whoever waits spins shortly, then sleeps.

enum { MAX_THREADS = 64, SPINS = 3000 };  // some 50 µs

// The call's state in one word: workers inside, workers that may still join, and the call's number.
#define INSIDE ((uint64_t)1)
#define ROOM ((uint64_t)1 << 8)
#define CALL ((uint64_t)1 << 16)
static uint64_t inside(uint64_t state) { return state & 0xff; }
static uint64_t room(uint64_t state) { return state >> 8 & 0xff; }
static uint64_t call_number(uint64_t state) { return state >> 16; }

static struct {
    pthread_mutex_t one_caller;
    pthread_mutex_t sleep;
    pthread_cond_t call_opens;
    pthread_cond_t call_empties;
    atomic_int sleeping_workers;
    atomic_int sleeping_caller;
    int workers;        // started so far
    atomic_int wanted;  // threads that take part, the caller included; 0: not yet asked the machine
    _Atomic uint64_t state;
    // Written while no worker is inside.
    vk_task task;
    void *context;
    size_t count;
    size_t chunk_size;
    atomic_size_t next;
} pool = {
    .one_caller = PTHREAD_MUTEX_INITIALIZER,
    .sleep = PTHREAD_MUTEX_INITIALIZER,
    .call_opens = PTHREAD_COND_INITIALIZER,
    .call_empties = PTHREAD_COND_INITIALIZER,
};

static void pause_shortly(void) {
#if defined(__x86_64__)
    _mm_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

// Denormal numbers cost hundreds of cycles each; a task sees them as zeros.
static unsigned flush_denormals(void) {
#if defined(__x86_64__)
    unsigned before = _mm_getcsr();
    _mm_setcsr(before | 0x8040);
    return before;
#else
    return 0;
#endif
}

static void restore_denormals(unsigned before) {
#if defined(__x86_64__)
    _mm_setcsr(before);
#else
    (void)before;
#endif
}

static void take_chunks(void) {
    unsigned mode = flush_denormals();
    size_t chunks = (pool.count + pool.chunk_size - 1) / pool.chunk_size;
    for (;;) {
        size_t chunk = atomic_fetch_add(&pool.next, 1);
        if (chunk >= chunks) break;
        size_t begin = chunk * pool.chunk_size;
        size_t end = begin + pool.chunk_size < pool.count ? begin + pool.chunk_size : pool.count;
        pool.task(pool.context, chunk, begin, end);
    }
    restore_denormals(mode);
}

static int can_join(uint64_t state, uint64_t seen) {
    return room(state) > 0 && call_number(state) != seen;
}

// Waits for a call with room other than `seen`; returns the pool's state as it was.
static uint64_t wait_for_call(uint64_t seen) {
    for (int spin = 0; spin < SPINS; spin++) {
        uint64_t state = atomic_load(&pool.state);
        if (can_join(state, seen)) return state;
        pause_shortly();
    }
    pthread_mutex_lock(&pool.sleep);
    atomic_fetch_add(&pool.sleeping_workers, 1);
    uint64_t state;
    while (!can_join(state = atomic_load(&pool.state), seen))
        pthread_cond_wait(&pool.call_opens, &pool.sleep);
    atomic_fetch_sub(&pool.sleeping_workers, 1);
    pthread_mutex_unlock(&pool.sleep);
    return state;
}

static void leave_call(void) {
    uint64_t before = atomic_fetch_sub(&pool.state, INSIDE);
    if (inside(before) > 1 || atomic_load(&pool.sleeping_caller) == 0) return;
    pthread_mutex_lock(&pool.sleep);
    pthread_cond_signal(&pool.call_empties);
    pthread_mutex_unlock(&pool.sleep);
}

static void *work(void *unused) {
    (void)unused;
    uint64_t seen = 0;
    for (;;) {
        uint64_t state = wait_for_call(seen);
        if (!atomic_compare_exchange_strong(&pool.state, &state, state + INSIDE - ROOM)) continue;
        seen = call_number(state);
        take_chunks();
        leave_call();
    }
    return NULL;
}

int vk_thread_count(void) {
    int wanted = atomic_load(&pool.wanted);
    if (wanted > 0) return wanted;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);  // reads a file: once is enough
    int found = cores < 1 ? 1 : cores > MAX_THREADS ? MAX_THREADS : (int)cores;
    return atomic_compare_exchange_strong(&pool.wanted, &wanted, found) ? found : wanted;
}

void vk_set_thread_count(int count) {
    pthread_mutex_lock(&pool.one_caller);
    atomic_store(&pool.wanted, count < 1 ? 1 : count > MAX_THREADS ? MAX_THREADS : count);
    pthread_mutex_unlock(&pool.one_caller);
}

// Starts missing workers; fewer than wanted is no error, the caller does the work then.
static void start_workers(int wanted) {
    while (pool.workers < wanted) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, work, NULL) != 0) return;
        pthread_detach(thread);
        pool.workers += 1;
    }
}

static void open_call(int helpers) {
    start_workers(helpers);
    uint64_t number = call_number(atomic_load(&pool.state)) + 1;
    atomic_store(&pool.state, number * CALL + (uint64_t)helpers * ROOM);
    if (atomic_load(&pool.sleeping_workers) == 0) return;
    pthread_mutex_lock(&pool.sleep);
    pthread_cond_broadcast(&pool.call_opens);
    pthread_mutex_unlock(&pool.sleep);
}

static void close_call(void) {
    atomic_fetch_and(&pool.state, ~(0xff * ROOM));
    for (int spin = 0; spin < SPINS; spin++) {
        if (inside(atomic_load(&pool.state)) == 0) return;
        pause_shortly();
    }
    pthread_mutex_lock(&pool.sleep);
    atomic_store(&pool.sleeping_caller, 1);
    while (inside(atomic_load(&pool.state)) > 0)
        pthread_cond_wait(&pool.call_empties, &pool.sleep);
    atomic_store(&pool.sleeping_caller, 0);
    pthread_mutex_unlock(&pool.sleep);
}

void vk_parallel(size_t count, size_t chunk_size, void *context, vk_task task) {
    if (count == 0) return;
    pthread_mutex_lock(&pool.one_caller);
    int helpers = count > chunk_size ? vk_thread_count() - 1 : 0;
    pool.task = task;
    pool.context = context;
    pool.count = count;
    pool.chunk_size = chunk_size;
    atomic_store(&pool.next, 0);
    if (helpers > 0) open_call(helpers);
    take_chunks();
    if (helpers > 0) close_call();
    pthread_mutex_unlock(&pool.one_caller);
}
