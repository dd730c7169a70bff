#include "Parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

// One pool for the process. Workers sleep on a condition variable between calls: they must not spin,
// since oneDNN's own threads want the cores in between.

enum { MAX_THREADS = 64 };

static struct {
    pthread_mutex_t one_caller;
    pthread_mutex_t lock;
    pthread_cond_t work_is_there;
    pthread_cond_t work_is_done;
    int workers;          // started so far
    int wanted;           // threads that take part, the caller included; 0: ask the machine
    int active;           // workers that still have to leave the current call
    unsigned generation;  // counts calls
    vk_task task;
    void *context;
    size_t count;
    size_t chunk_size;
    atomic_size_t next;
} pool = {
    .one_caller = PTHREAD_MUTEX_INITIALIZER,
    .lock = PTHREAD_MUTEX_INITIALIZER,
    .work_is_there = PTHREAD_COND_INITIALIZER,
    .work_is_done = PTHREAD_COND_INITIALIZER,
};

static void take_chunks(void) {
    size_t chunks = (pool.count + pool.chunk_size - 1) / pool.chunk_size;
    for (;;) {
        size_t chunk = atomic_fetch_add(&pool.next, 1);
        if (chunk >= chunks) return;
        size_t begin = chunk * pool.chunk_size;
        size_t end = begin + pool.chunk_size < pool.count ? begin + pool.chunk_size : pool.count;
        pool.task(pool.context, chunk, begin, end);
    }
}

static void *work(void *unused) {
    (void)unused;
    unsigned seen = 0;
    pthread_mutex_lock(&pool.lock);
    for (;;) {
        while (pool.generation == seen || pool.active == 0) {
            seen = pool.active == 0 ? pool.generation : seen;
            pthread_cond_wait(&pool.work_is_there, &pool.lock);
        }
        seen = pool.generation;
        pthread_mutex_unlock(&pool.lock);
        take_chunks();
        pthread_mutex_lock(&pool.lock);
        pool.active -= 1;
        if (pool.active == 0) pthread_cond_signal(&pool.work_is_done);
    }
    return NULL;
}

int vk_thread_count(void) {
    if (pool.wanted > 0) return pool.wanted;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 1 ? 1 : cores > MAX_THREADS ? MAX_THREADS : (int)cores;
}

void vk_set_thread_count(int count) {
    pthread_mutex_lock(&pool.one_caller);
    pool.wanted = count < 1 ? 1 : count > MAX_THREADS ? MAX_THREADS : count;
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

void vk_parallel(size_t count, size_t chunk_size, void *context, vk_task task) {
    if (count == 0) return;
    pthread_mutex_lock(&pool.one_caller);
    int helpers = count > chunk_size ? vk_thread_count() - 1 : 0;
    pthread_mutex_lock(&pool.lock);
    pool.task = task;
    pool.context = context;
    pool.count = count;
    pool.chunk_size = chunk_size;
    atomic_store(&pool.next, 0);
    if (helpers > 0) {
        start_workers(helpers);
        pool.generation += 1;
        pool.active = pool.workers;
        pthread_cond_broadcast(&pool.work_is_there);
    }
    pthread_mutex_unlock(&pool.lock);
    take_chunks();
    pthread_mutex_lock(&pool.lock);
    while (pool.active > 0) pthread_cond_wait(&pool.work_is_done, &pool.lock);
    pthread_mutex_unlock(&pool.lock);
    pthread_mutex_unlock(&pool.one_caller);
}
