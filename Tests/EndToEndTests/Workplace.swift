import Foundation
import TestSupport

/// A folder of a test's own in which the built program runs as a process, without network and data.
struct Workplace: @unchecked Sendable {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// What a finished process left.
    struct Outcome {
        let status: Int32
        /// Standard output and standard error.
        let output, errors: String
        let seconds: Double
        /// Killed by a signal rather than ended.
        let isKilled: Bool
    }

    /// Settings that make any report a matter of a second.
    static func small(epochs: Int = 2) -> [String] {
        [
            "model.base_ch=4", "model.latent_dim=3", "train.epochs=\(epochs)",
            "data.train_limit=320", "data.test_limit=96", "data.validation=64",
            "data.batch_size=32", "eval.iwae_samples=8",
        ]
    }

    /// The same as `-P` arguments.
    static func smallArguments(epochs: Int = 2) -> [String] {
        small(epochs: epochs).flatMap { ["-P", $0] }
    }

    /// The same for a report inside the program, whose checks a model of a second would not meet.
    static func smallReport(epochs: Int = 2) -> [String] {
        smallArguments(epochs: epochs) + ["-P", "elbo_floor=-10000", "-P", "active_floor=0"]
    }

    /// The same as a config.
    static let config = """
        seed: 3
        data:
          dataset: drawn-digits
          batch_size: 32
          validation: 64
          train_limit: 320
          test_limit: 96
        model: {latent_dim: 3, base_ch: 4}
        train: {epochs: 2}
        eval: {iwae_samples: 8}

        """

    /// Runs the program to its end. `environment` is added to one without data and network.
    func run(
        _ arguments: String..., environment: [String: String] = [:]
    ) async throws -> Outcome {
        try await run(arguments, environment: environment)
    }

    /// Runs the program to its end, in a folder below this one if `place` names one.
    func run(
        _ arguments: [String], in place: String? = nil, environment: [String: String] = [:]
    ) async throws -> Outcome {
        try await start(arguments, in: place, environment: environment).outcome()
    }

    /// Starts the program, with `terminal` as its standard error if there is one.
    func start(
        _ arguments: [String], in place: String? = nil, environment: [String: String] = [:],
        terminal: FileHandle? = nil
    ) throws -> RunningProgram {
        try RunningProgram(
            arguments: arguments, folder: place.map { folder.path($0) } ?? folder.path,
            environment: surroundings.merging(environment) { $1 }, terminal: terminal)
    }

    /// The test's own environment without what would lead to data, and with a proxy that refuses.
    private var surroundings: [String: String] {
        var result = ProcessInfo.processInfo.environment
        for name in ["VAE_REPORT_DATA", "NO_COLOR", "SOURCE_DATE_EPOCH", "no_proxy", "NO_PROXY"] {
            result[name] = nil
        }
        for name in ["http_proxy", "https_proxy", "all_proxy"] {
            result[name] = "http://127.0.0.1:9"
            result[name.uppercased()] = "http://127.0.0.1:9"
        }
        result["HOME"] = folder.path("home")
        result["XDG_CACHE_HOME"] = folder.path("home/cache")
        return result
    }

    /// The text of a file in the folder.
    func text(_ name: String) throws -> String {
        String(decoding: try bytes(name), as: UTF8.self)
    }

    /// The bytes of a file in the folder.
    func bytes(_ name: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: folder.path(name)))
    }

    /// When a file was last written.
    func modified(_ name: String) throws -> Date? {
        try FileManager.default.attributesOfItem(atPath: folder.path(name))[.modificationDate]
            as? Date
    }

    /// Files that runs of the program made: all but those of its home.
    var made: [String] { folder.contents().filter { !$0.hasPrefix("home") } }

    /// Writes a report on drawn digits and its small config.
    func writeReport(_ name: String, _ text: String, config: String = Workplace.config) throws {
        try folder.write(text, to: "reports/\(name).md")
        try folder.write(config, to: "configs/\(name).yaml")
    }

    /// The shipped report of that name.
    static func shippedReport(_ name: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try String(
            contentsOf: root.appendingPathComponent("reports/\(name).md"), encoding: .utf8)
    }
}

extension Workplace {
    /// Runs a script in bash, with the program's path as $PROGRAM; what it printed.
    func bash(_ script: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["--norc", "-c", script]
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.environment = ["PROGRAM": try RunningProgram.path, "HOME": folder.path("home")]
            .merging(["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""]) { $1 }
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self)
    }
}
