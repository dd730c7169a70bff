import Foundation

/// The words and numbers of a progress line.
enum ProgressText {
    private static let longestBar = 30
    private static let shortestBar = 8

    /// "label ━━━━╌╌╌╌ 41 % detail", the bar as long as there is room for.
    static func line(_ label: String, fraction: Double?, detail: String, width: Int) -> String {
        guard let fraction else { return "\(label)  \(detail)" }
        let share = min(1, max(0, fraction))
        let percent = String(format: "%3d %%", Int(share * 100))
        let room = width - label.count - detail.count - percent.count - 7
        let length = min(longestBar, room)
        guard length >= shortestBar else { return "\(label)  \(percent)  \(detail)" }
        let filled = Int((share * Double(length)).rounded())
        let bar =
            String(repeating: "━", count: filled)
            + String(repeating: "╌", count: length - filled)
        return "\(label)  \(bar)  \(percent)  \(detail)"
    }

    /// "1:02:03" or "2:03".
    static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e8 else { return "?" }
        let whole = Int(seconds.rounded())
        let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
        return hours > 0
            ? String(format: "%d:%02d:%02d", hours, minutes, rest)
            : String(format: "%d:%02d", minutes, rest)
    }

    /// "41 s", "2 min 40 s" or "1 h 3 min".
    static func spoken(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e8 else { return "an unknown time" }
        if seconds < 10 { return String(format: "%.1f s", seconds) }
        let whole = Int(seconds.rounded())
        if whole < 60 { return "\(whole) s" }
        if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
        return "\(whole / 3600) h \(whole / 60 % 60) min"
    }

    /// "9.9 MB".
    static func megabytes(_ bytes: Int) -> String {
        String(format: "%.1f MB", Double(bytes) / 1e6)
    }

    /// "downloading t.gz, 26.4 MB, from one.example, going on after 12.0 MB".
    static func downloadStarts(file: String, host: String, from: Int, total: Int?) -> String {
        let size = total.map { ", \(megabytes($0))," } ?? ""
        let rest = from > 0 ? ", going on after \(megabytes(from))" : ""
        return "downloading \(file)\(size) from \(host)\(rest)"
    }

    /// "12.3 of 26.4 MB  3.1 MB/s  0:05 left": `since` bytes took `seconds`. No rate in the first second.
    static func pace(received: Int, since: Int, total: Int?, seconds: Double) -> String {
        let size = total.map {
            String(format: "%.1f of ", Double(received) / 1e6) + megabytes($0)
        }
        var parts = [size ?? megabytes(received)]
        if seconds >= 1, since > 0 {
            let rate = Double(since) / seconds
            parts.append("\(megabytes(Int(rate)))/s")
            if let total { parts.append("\(duration(Double(total - received) / rate)) left") }
        }
        return parts.joined(separator: "  ")
    }
}
