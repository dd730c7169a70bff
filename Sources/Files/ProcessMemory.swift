import Glibc

/// How much memory this process has taken.
public enum ProcessMemory {
    /// The largest resident size so far, in bytes.
    public static var peakBytes: Int {
        var usage = rusage()
        getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
        return Int(usage.ru_maxrss) * 1024
    }
}
