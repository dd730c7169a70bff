import Files
import Foundation

/// Under what a run was made; the part of a record in which two runs of the same inputs may differ.
public struct EnvironmentStamp: Sendable, Hashable, Codable {
    /// The version of vae-report.
    public let tool: String
    /// What computed, for example "oneDNN 2.6.3, float32".
    public let engine: String
    /// The compiler that this program was built with.
    public let swift: String
    /// The processor's name.
    public let processor: String
    /// Threads that computed.
    public let threads: Int
    /// The operating system's name and version.
    public let system: String
    /// When the run ended, UTC, ISO 8601; `SOURCE_DATE_EPOCH` fixes it.
    public let date: String
    /// How long it took, in seconds.
    public let seconds: Double

    /// A stamp of known parts, for tests and comparisons.
    public init(
        tool: String, engine: String, swift: String, processor: String, threads: Int,
        system: String, date: String, seconds: Double
    ) {
        self.tool = tool
        self.engine = engine
        self.swift = swift
        self.processor = processor
        self.threads = threads
        self.system = system
        self.date = date
        self.seconds = seconds
    }

    /// A stamp of this machine, now.
    ///
    /// Throws an ``ExperimentError`` when `SOURCE_DATE_EPOCH` in `environment` is no whole number.
    public static func current(
        tool: String, engine: String, threads: Int, seconds: Double,
        environment: [String: String], now: Date = Date()
    ) throws -> EnvironmentStamp {
        EnvironmentStamp(
            tool: tool, engine: engine, swift: swiftVersion, processor: processorName(),
            threads: threads, system: systemName(),
            date: try date(environment: environment, now: now).formatted(.iso8601),
            seconds: seconds)
    }

    /// The moment that stamps carry: `SOURCE_DATE_EPOCH` where it is set, else `now`.
    public static func date(environment: [String: String], now: Date) throws -> Date {
        guard let text = environment["SOURCE_DATE_EPOCH"], !text.isEmpty else { return now }
        guard let seconds = Int(text), (0...253_402_300_799).contains(seconds) else {
            throw ExperimentError(
                "SOURCE_DATE_EPOCH is '\(text)', expected whole seconds since 1970; unset it or "
                    + "give a number")
        }
        return Date(timeIntervalSince1970: Double(seconds))
    }

    /// The value of `key` in the first line of a text that reads "key<separator>value".
    static func field(_ key: String, separator: Character, in text: String) -> String? {
        for line in text.split(separator: "\n") {
            guard let end = line.firstIndex(of: separator) else { continue }
            let name = line[..<end].trimmingCharacters(in: .whitespaces)
            guard name == key else { continue }
            let value = line[line.index(after: end)...]
            return value.trimmingCharacters(in: CharacterSet(charactersIn: " \t\""))
        }
        return nil
    }

    private static func processorName() -> String {
        let text = (try? WholeFile.text(at: "/proc/cpuinfo"))?.text ?? ""
        return field("model name", separator: ":", in: text) ?? "unknown processor"
    }

    private static func systemName() -> String {
        let text = (try? WholeFile.text(at: "/etc/os-release"))?.text ?? ""
        return field("PRETTY_NAME", separator: "=", in: text) ?? "unknown system"
    }

    private static var swiftVersion: String {
        #if compiler(>=6.4)
            "Swift 6.4 or later"
        #elseif compiler(>=6.3)
            "Swift 6.3"
        #else
            "Swift 6.2"
        #endif
    }
}
