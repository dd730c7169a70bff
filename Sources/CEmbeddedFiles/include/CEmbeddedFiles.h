#pragma once

/// A file that was compiled into the program.
typedef struct {
    /// Its path in the source tree, "reports/mnist.md".
    const char *name;
    const unsigned char *bytes;
    unsigned long size;
} EmbeddedFile;

/// The embedded files; `*count` is set to how many there are.
const EmbeddedFile *embedded_files(unsigned long *count);
