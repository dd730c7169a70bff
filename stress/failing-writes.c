// A preloaded library that makes one call by which files reach the disk fail (see failing-writes).
//
// Counted are calls that change something below FAULT_FOLDER, an absolute path without links. With FAULT_MODE
//   count   none fails;
//   once    call FAULT_CALL fails with the error number FAULT_ERRNO;
//   on      so do those after it; when there is no room (ENOSPC, EDQUOT) what needs none still works;
//   short   call FAULT_CALL, a write, writes half of its bytes; what comes next on that descriptor fails.
// FAULT_LOG gets a line for each: its number, the call, "done" or "failed", the path.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { DESCRIPTORS = 1024 };

static char folder[PATH_MAX];
static char mode[8] = "off";
static int chosen, code, record = -1;
static atomic_int count, cut = -1;
static _Atomic(char *) paths[DESCRIPTORS];

__attribute__((constructor)) static void begin(void) {
    const char *root = getenv("FAULT_FOLDER"), *log = getenv("FAULT_LOG"), *way = getenv("FAULT_MODE");
    if (!root || !log || !way) return;
    snprintf(folder, sizeof folder, "%s/", root);
    snprintf(mode, sizeof mode, "%s", way);
    chosen = atoi(getenv("FAULT_CALL") ?: "0");
    code = atoi(getenv("FAULT_ERRNO") ?: "0");
    record = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    // a program that this one starts would count for itself
    unsetenv("LD_PRELOAD");
}

// Whether a path, relative to the folder that `at` stands for, lies below the watched folder; `full` gets it.
static bool is_watched(int at, const char *path, char full[PATH_MAX]) {
    if (!*folder || !path) return false;
    int length;
    if (*path == '/') {
        length = snprintf(full, PATH_MAX, "%s", path);
    } else {
        char base[PATH_MAX] = "", link[64];
        snprintf(link, sizeof link, at == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", at);
        if (readlink(link, base, sizeof base - 1) < 0) return false;
        length = snprintf(full, PATH_MAX, "%s/%s", base, path);
    }
    return length < PATH_MAX && strncmp(full, folder, strlen(folder)) == 0;
}

static const char *path_of(int descriptor) {
    return descriptor >= 0 && descriptor < DESCRIPTORS ? paths[descriptor] : NULL;
}

static void remember(int descriptor, const char *path) {
    if (descriptor < 0 || descriptor >= DESCRIPTORS) return;
    free(atomic_exchange(&paths[descriptor], path ? strdup(path) : NULL));
}

static bool is_any(const char *name, const char *const names[]) {
    for (int i = 0; names[i]; i++)
        if (strcmp(name, names[i]) == 0) return true;
    return false;
}

// What works on a disk without room.
static bool needs_no_room(const char *call) {
    return is_any(call, (const char *[]){"unlink", "rmdir", "close", "reopen", NULL});
}

// Counts a call and says whether it is to fail, errno set.
static bool fails(const char *call, const char *path) {
    if (record < 0) return false;
    const int number = atomic_fetch_add(&count, 1) + 1;
    bool failing = strcmp(mode, "once") == 0 && number == chosen;
    if (strcmp(mode, "on") == 0 && number >= chosen)
        failing = number == chosen || !((code == ENOSPC || code == EDQUOT) && needs_no_room(call));
    char line[PATH_MAX + 64];
    const int length = snprintf(
        line, sizeof line, "%d %s %s %s\n", number, call, failing ? "failed" : "done", path);
    syscall(SYS_write, record, line, length);
    if (failing) errno = code;
    return failing;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

// Opening

static int opened(int at, const char *path, int flags, mode_t rights) {
    char full[PATH_MAX];
    const bool counts = (flags & O_ACCMODE) != O_RDONLY && is_watched(at, path, full);
    if (counts && fails(flags & (O_CREAT | O_TRUNC) ? "open" : "reopen", full)) return -1;
    const int descriptor = (int)syscall(SYS_openat, at, path, flags, rights);
    if (counts) remember(descriptor, full);
    return descriptor;
}

#define RIGHTS(flags)                                                                                       \
    mode_t rights = 0;                                                                                      \
    if ((flags) & (O_CREAT | __O_TMPFILE)) {                                                                \
        va_list rest;                                                                                       \
        va_start(rest, flags);                                                                              \
        rights = va_arg(rest, mode_t);                                                                      \
        va_end(rest);                                                                                       \
    }

int open(const char *path, int flags, ...) {
    RIGHTS(flags)
    return opened(AT_FDCWD, path, flags, rights);
}

int open64(const char *path, int flags, ...) {
    RIGHTS(flags)
    return opened(AT_FDCWD, path, flags, rights);
}

int openat(int at, const char *path, int flags, ...) {
    RIGHTS(flags)
    return opened(at, path, flags, rights);
}

int openat64(int at, const char *path, int flags, ...) {
    RIGHTS(flags)
    return opened(at, path, flags, rights);
}

// On a descriptor

// The number of bytes of `size` that a write may write, 0 when it is to fail.
static size_t allowed(int descriptor, const char *call, size_t size) {
    const char *path = path_of(descriptor);
    if (!path) return size;
    if (fails(call, path)) return 0;
    if (strcmp(mode, "short") != 0) return size;
    if (cut == descriptor) {
        errno = code;
        return 0;
    }
    if (count != chosen) return size;
    cut = descriptor;
    return size / 2 ? size / 2 : 1;
}

ssize_t write(int descriptor, const void *bytes, size_t size) {
    const size_t part = size ? allowed(descriptor, "write", size) : 0;
    return size && !part ? -1 : NEXT(write)(descriptor, bytes, part);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t size, off_t place) {
    const size_t part = size ? allowed(descriptor, "write", size) : 0;
    return size && !part ? -1 : NEXT(pwrite)(descriptor, bytes, part, place);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t size, off64_t place) {
    return pwrite(descriptor, bytes, size, place);
}

ssize_t writev(int descriptor, const struct iovec *parts, int number) {
    if (!path_of(descriptor) || number < 1) return NEXT(writev)(descriptor, parts, number);
    // one piece is a short write, after which the caller comes again
    return write(descriptor, parts[0].iov_base, parts[0].iov_len);
}

// Whether a call that writes no bytes itself is to fail.
static bool is_refused(int descriptor, const char *call) {
    const char *path = path_of(descriptor);
    if (!path) return false;
    if (fails(call, path)) return true;
    if (cut == descriptor) errno = code;
    return cut == descriptor;
}

int fsync(int descriptor) {
    return is_refused(descriptor, "fsync") ? -1 : NEXT(fsync)(descriptor);
}

int fdatasync(int descriptor) {
    return is_refused(descriptor, "fsync") ? -1 : NEXT(fdatasync)(descriptor);
}

int ftruncate(int descriptor, off_t length) {
    return is_refused(descriptor, "truncate") ? -1 : NEXT(ftruncate)(descriptor, length);
}

int ftruncate64(int descriptor, off64_t length) { return ftruncate(descriptor, length); }

// A descriptor is gone even when close tells of an error.
int close(int descriptor) {
    const char *path = path_of(descriptor);
    const bool failing = path && fails("close", path);
    if (path) {
        remember(descriptor, NULL);
        if (cut == descriptor) cut = -1;
    }
    const int result = NEXT(close)(descriptor);
    if (!failing) return result;
    errno = code;
    return -1;
}

// On a path

int mkdir(const char *path, mode_t rights) {
    char full[PATH_MAX];
    return is_watched(AT_FDCWD, path, full) && fails("mkdir", full) ? -1 : NEXT(mkdir)(path, rights);
}

int rename(const char *from, const char *to) {
    char full[PATH_MAX];
    return is_watched(AT_FDCWD, to, full) && fails("rename", full) ? -1 : NEXT(rename)(from, to);
}

int link(const char *from, const char *to) {
    char full[PATH_MAX];
    return is_watched(AT_FDCWD, to, full) && fails("link", full) ? -1 : NEXT(link)(from, to);
}

int symlink(const char *from, const char *to) {
    char full[PATH_MAX];
    return is_watched(AT_FDCWD, to, full) && fails("link", full) ? -1 : NEXT(symlink)(from, to);
}

int unlink(const char *path) {
    char full[PATH_MAX];
    return is_watched(AT_FDCWD, path, full) && fails("unlink", full) ? -1 : NEXT(unlink)(path);
}

int unlinkat(int at, const char *path, int flags) {
    char full[PATH_MAX];
    return is_watched(at, path, full) && fails("unlink", full) ? -1 : NEXT(unlinkat)(at, path, flags);
}

int rmdir(const char *path) {
    char full[PATH_MAX];
    return is_watched(AT_FDCWD, path, full) && fails("rmdir", full) ? -1 : NEXT(rmdir)(path);
}
