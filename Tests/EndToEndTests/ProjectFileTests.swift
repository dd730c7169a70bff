import Foundation
import TestSupport
import Testing

/// The files around the program: documentation, Makefile, scripts.
@Suite("The project's files")
struct ProjectFileTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private static let scripts = [
        "train_mnist.sh", "train_cifar10.sh", "make_samples.sh", "compare_with_dae.sh",
    ]

    private func text(_ name: String) throws -> String {
        try String(contentsOf: Self.root.appendingPathComponent(name), encoding: .utf8)
    }

    @Test("docs/commands.md has a section with an example for every command, and no other")
    func commands() async throws {
        let dump = try await Workplace().run("--experimental-dump-help")
        let tool = try JSONDecoder().decode(Tool.self, from: Data(dump.output.utf8))
        let declared = tool.command.leaves.map { $0.joined(separator: " ") }.sorted()
        let sections = try text("docs/commands.md").components(separatedBy: "\n## ").dropFirst()
        let documented = sections.compactMap { section -> String? in
            guard section.hasPrefix("`") else { return nil }
            let name = section.dropFirst().prefix { $0 != "`" }
            #expect(section.contains("    vae-report \(name)"), "an example of \(name)")
            return String(name)
        }
        #expect(documented.sorted() == declared)
    }

    /// What ArgumentParser says about the commands.
    private struct Tool: Decodable {
        struct Command: Decodable {
            let commandName: String
            let subcommands: [Command]?

            /// The words of every command that does something by itself.
            var leaves: [[String]] {
                (subcommands ?? []).filter { $0.commandName != "help" }.flatMap { command in
                    let below = command.leaves
                    return below.isEmpty
                        ? [[command.commandName]] : below.map { [command.commandName] + $0 }
                }
            }
        }
        let command: Command
    }

    @Test("make has the targets that people know, each with a line of help")
    func targets() throws {
        let lines = try text("Makefile").split(separator: "\n")
        let helped = lines.compactMap { line in
            line.contains(":") && line.contains("## ")
                ? String(line.prefix { $0 != ":" }) : nil
        }
        for target in [
            "install", "install-dev", "train-mnist", "train-cifar10", "eval", "sample", "viz-recon",
            "viz-traverse", "viz-scatter", "interpolate", "compare-dae", "report", "test", "lint",
            "format", "clean", "clean-all", "help",
        ] { #expect(helped.contains(target), "\(target)") }
    }

    @Test(
        "a script that calls a failing step says which one and ends with its status",
        arguments: scripts)
    func failing(_ script: String) throws {
        let place = try scriptsBeside(program: "echo \"$@\" >&2; exit 3")
        let (status, errors) = try run(script, in: place)
        #expect(status == 3)
        #expect(errors.contains("\(script): vae-report "), "\(errors)")
        #expect(errors.contains("failed with status 3"))
        #expect(errors.components(separatedBy: "== ").count == 2)
    }

    @Test("a script runs all of its steps from any folder, options passed on", arguments: scripts)
    func working(_ script: String) throws {
        let place = try scriptsBeside(program: "echo \"$PWD: $*\" >&2")
        let (status, errors) = try run(script, in: place)
        #expect(status == 0)
        let calls = errors.split(separator: "\n").filter { !$0.hasPrefix("==") }
        #expect(!calls.isEmpty)
        for call in calls {
            #expect(call.hasPrefix(place.path), "\(call)")
            #expect(call.hasSuffix("-P train.epochs=1"), "\(call)")
        }
        #expect(calls.count == ["make_samples.sh": 9, "compare_with_dae.sh": 1][script] ?? 2)
    }

    @Test("clean_all.sh asks the program what it made before it deletes the program")
    func cleanAll() throws {
        let place = try scriptsBeside(program: "echo \"$*\" >called; rm outputs/made")
        try place.write(try text("scripts/clean_all.sh"), to: "scripts/clean_all.sh")
        for name in ["outputs/made", "outputs/mine"] { try place.write("", to: name) }
        #expect(try run("clean_all.sh", in: place).0 == 0)
        #expect(
            try String(contentsOfFile: place.path("called"), encoding: .utf8)
                == "clean --downloads\n")
        let left = Set(place.contents().map { $0.split(separator: "/")[0] })
        #expect(left == ["called", "outputs", "scripts"])
        #expect(place.contents().contains("outputs/mine"))
        #expect(try run("clean_all.sh", in: place).0 == 1)
    }

    @Test("a script without a program says how to get one", arguments: scripts)
    func unbuilt(_ script: String) throws {
        let place = try scriptsBeside(program: nil)
        let (status, errors) = try run(script, in: place)
        #expect(status == 1)
        #expect(errors.contains("make build"))
    }

    /// A folder with the scripts and a program that does `program`.
    private func scriptsBeside(program: String?) throws -> TemporaryFolder {
        let place = try TemporaryFolder()
        for name in Self.scripts + ["common.sh"] {
            try place.write(try text("scripts/\(name)"), to: "scripts/\(name)")
        }
        if let program {
            let path = try place.write(
                "#!/bin/bash\n\(program)\n", to: ".build/release/vae-report")
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: path)
        }
        return place
    }

    private func run(_ script: String, in place: TemporaryFolder) throws -> (Int32, String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = [place.path("scripts/\(script)"), "-P", "train.epochs=1"]
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        process.environment = ["PATH": "/usr/bin:/bin"]
        let errors = Pipe()
        process.standardError = errors
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let data = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }
}
