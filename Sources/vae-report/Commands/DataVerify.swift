import ArgumentParser
import Datasets
import Files
import Words

/// `data verify`
struct DataVerify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Read every file of a data set and compare it with the published one.",
        discussion: """
            Says of each file where it is, its size, its checksum beside the published one, what that \
            means and what to do. Exit status 1 when a file is altered, truncated or missing. Without \
            names, data sets that are not here are passed over.
            """)
    @Argument(
        help: ArgumentHelp(
            "Names from 'vae-report data list'; all that are here when none is given.",
            valueName: "name"), completion: .dataset)
    var names: [String] = []
    @OptionGroup var place: DataPlace

    func run() throws {
        let loader = place.loader(display: BuildDisplay())
        let all = loader.catalogue.entries.filter { entry in
            if case .own = entry.source { false } else { true }
        }.map(\.name)
        var isFine = true
        for name in names.isEmpty ? all : names {
            let checks = try loader.verify(place.request(name))
            if names.isEmpty, !checks.isEmpty, checks.allSatisfy({ $0.state == .missing }) {
                print("\(name): not here")
                continue
            }
            for check in checks { print(Self.text(check)) }
            print("\(name): \(Self.verdict(name, checks))")
            isFine = isFine && checks.allSatisfy(\.state.isUsable)
        }
        if !isFine { throw ExitCode(ExitStatus.failed) }
    }

    /// What the files of a data set amount to, and what to do.
    private static func verdict(_ name: String, _ checks: [FileCheck]) -> String {
        if checks.isEmpty { return "has no files, vae-report draws it" }
        let bad = checks.filter { !$0.state.isUsable }
        if bad.allSatisfy({ $0.state == .missing }), !bad.isEmpty {
            return
                "\(Quantity.text(bad.count)) of \(Quantity.text(checks.count, "file")) in none of the "
                + "places; 'vae-report data fetch \(name)' downloads what is missing"
        }
        if !bad.isEmpty {
            return
                "\(Quantity.text(bad.count)) of \(Quantity.text(checks.count, "file")) of no use; "
                + "delete what is altered or truncated, then run 'vae-report data fetch \(name)'"
        }
        if checks.allSatisfy({ $0.state == .ok }) { return "all files are the published ones" }
        return "can be used, but is not known to be the published data in every file"
    }

    /// A file in a few lines: what it is, its checksums, what that means.
    private static func text(_ check: FileCheck) -> String {
        let name = check.state.rawValue
        let state = name + String(repeating: " ", count: max(0, 9 - name.count))
        var lines = ["\(state)  \(check.path ?? check.name)"]
        if let size = check.size {
            lines.append("\(Quantity.text(size)) bytes decompressed")
        }
        for comparison in check.comparisons {
            let verdict = comparison.holds ? ", as published" : ", not as published"
            lines.append(comparison.name + verdict)
            lines.append(comparison.found)
            if !comparison.holds { lines.append("expected \(comparison.expected)") }
        }
        if check.comparisons.isEmpty, let found = check.found {
            lines += ["SHA-256 of the decompressed content", found]
        }
        if check.path == nil, let expected = check.expected {
            lines.append("\(expected.name)\nexpected \(expected.checksum.digest)")
        }
        if let meaning = meaning(of: check) { lines.append(meaning) }
        return lines.joined(separator: "\n").replacing("\n", with: "\n           ")
    }

    /// What a state says of a file; nil for the published content, of which nothing need be said.
    private static func meaning(of check: FileCheck) -> String? {
        switch check.state {
        case .ok, .missing: nil
        case .unchecked:
            "sizes and layout are right; nobody has published a checksum of this form of it"
        case .local: "in the published layout with content of its own: its digest goes into results"
        case .altered:
            "another content than the published: changed, damaged, or another file of this name"
        case .truncated:
            "ends early or breaks off: \(Quantity.text(check.expectedSize)) bytes are expected"
        }
    }
}
