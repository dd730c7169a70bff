@preconcurrency import Glibc

/// What `print` writes to.
enum StandardOutput {
    /// Whether all that was printed has arrived: a full disk shows only when the last of it is written.
    static func isWhole() -> Bool { fflush(stdout) == 0 && ferror(stdout) == 0 }
}
