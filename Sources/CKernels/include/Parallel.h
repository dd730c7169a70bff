#pragma once
#include <stddef.h>

// A task works on the items [begin, end) of chunk `chunk`.
typedef void (*vk_task)(void *context, size_t chunk, size_t begin, size_t end);

// Splits [0, count) into chunks of `chunk_size` items and hands them out to all threads; returns when
// every chunk is done. Chunk borders depend on the arguments alone, so sums that are kept per chunk
// and added in chunk order do not depend on the number of threads. Not reentrant; one caller at a time
// (a second caller waits).
void vk_parallel(size_t count, size_t chunk_size, void *context, vk_task task);

// How many threads take part, the caller included. 1 … 64; the default is the number of cores.
void vk_set_thread_count(int count);
int vk_thread_count(void);
