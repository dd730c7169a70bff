import Foundation
import Glibc

/// When this process was started.
public enum ProcessClock {
    /// Seconds since the kernel started this process, loading of libraries included, to a hundredth; nil
    /// where the system does not say.
    public static var secondsSinceStart: Double? {
        var now = timespec()
        guard
            let text = try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8),
            let start = startTicks(in: text), clock_gettime(CLOCK_BOOTTIME, &now) == 0
        else { return nil }
        let uptime = Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
        return max(0, uptime - Double(start) / Double(sysconf(Int32(_SC_CLK_TCK))))
    }

    /// Field 22 of proc(5)'s stat; the program's name before it may hold spaces and brackets.
    package static func startTicks(in stat: String) -> Int? {
        guard let bracket = stat.lastIndex(of: ")") else { return nil }
        let fields = stat[stat.index(after: bracket)...].split(separator: " ")
        return fields.count > 19 ? Int(fields[19]) : nil
    }
}
