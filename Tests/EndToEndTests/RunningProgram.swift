import Foundation
import TestSupport

/// The program as a process, its output going to files so that no pipe can fill up.
final class RunningProgram: @unchecked Sendable {
    private let process = Process()
    private let log: TemporaryFolder
    private let begin = ContinuousClock.now
    private let end: Task<Void, Never>

    /// Starts the program. With `terminal`, standard error is that descriptor and is not kept.
    init(
        arguments: [String], folder: String, environment: [String: String],
        terminal: FileHandle? = nil
    ) throws {
        log = try TemporaryFolder()
        process.executableURL = URL(fileURLWithPath: try RunningProgram.path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try RunningProgram.file(log.write("", to: "output"))
        process.standardError = try terminal ?? RunningProgram.file(log.write("", to: "errors"))
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        process.terminationHandler = { _ in continuation.finish() }
        end = Task { for await _ in stream {} }
        try process.run()
    }

    /// Where the program was built: beside the bundle of these tests.
    static var path: String {
        get throws {
            let executables = [
                try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
                Bundle.main.executablePath, CommandLine.arguments.first,
            ]
            let candidates = executables.compactMap(\.self).map {
                URL(fileURLWithPath: $0).deletingLastPathComponent()
                    .appendingPathComponent("vae-report").path
            }
            guard let path = candidates.first(where: FileManager.default.isExecutableFile) else {
                throw ProgramNotBuilt(candidates: candidates)
            }
            return path
        }
    }

    private static func file(_ path: String) throws -> FileHandle {
        try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }

    /// Waits for the end.
    func outcome() async throws -> Workplace.Outcome {
        await end.value
        func text(_ name: String) throws -> String {
            try String(contentsOfFile: log.path(name), encoding: .utf8)
        }
        return Workplace.Outcome(
            status: process.terminationStatus, output: try text("output"),
            errors: FileManager.default.fileExists(atPath: log.path("errors"))
                ? try text("errors") : "",
            seconds: begin.duration(to: .now) / .seconds(1),
            isKilled: process.terminationReason == .uncaughtSignal)
    }

    /// Standard output so far.
    var output: String { (try? String(contentsOfFile: log.path("output"), encoding: .utf8)) ?? "" }

    /// Standard error so far, unless it is a terminal.
    var errors: String { (try? String(contentsOfFile: log.path("errors"), encoding: .utf8)) ?? "" }

    /// The process.
    var identifier: Int32 { process.processIdentifier }

    /// Ends the process without giving it a chance to tidy up.
    func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

    /// What Ctrl-C sends.
    func interrupt() { process.interrupt() }

    /// Waits until `condition` holds or the process has ended; says whether it holds.
    func wait(until condition: () -> Bool) async throws -> Bool {
        while process.isRunning {
            if condition() { return true }
            try await Task.sleep(for: .milliseconds(2))
        }
        return condition()
    }
}

/// The tests ran without the program being built.
struct ProgramNotBuilt: Error, CustomStringConvertible {
    let candidates: [String]
    var description: String {
        "vae-report is not beside the tests; looked for \(candidates.joined(separator: ", "))"
    }
}
