import Glibc

/// How much memory this process has taken, and may take.
public enum ProcessMemory {
    /// The largest resident size so far, in bytes.
    public static var peakBytes: Int {
        var usage = rusage()
        getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
        return Int(usage.ru_maxrss) * 1024
    }

    /// What the machine has, or what this process may take of it (`ulimit -v`), in bytes.
    public static var availableBytes: Int {
        let machine = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0 else {
            return machine
        }
        return min(machine, Int(clamping: limit.rlim_cur))
    }
}
