import Foundation
import Testing

/// Everything here runs the built program, one test at a time: it computes on all cores itself.
@Suite("The command", .serialized, .timeLimit(.minutes(15)))
enum EndToEnd {}

/// A report built once from the files inside the program, for all tests that look at the result.
struct FirstBuild: Sendable {
    let workplace: Workplace
    let outcome: Workplace.Outcome
    /// The output folder, relative to the workplace.
    let folder: String

    private static let shared = Task { try await FirstBuild() }

    /// The build, made when the first test asks for it.
    static func get() async throws -> FirstBuild { try await shared.value }

    private init() async throws {
        workplace = try Workplace()
        outcome = try await workplace.run(["build", "digits"] + Workplace.smallReport())
        let page = outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)
        folder = String(page.dropLast("/report.html".count))
    }

    /// The text of a file in the output folder.
    func text(_ name: String) throws -> String { try workplace.text("\(folder)/\(name)") }
}

/// What a long text has and lacks, so that a failed expectation does not print all of it.
struct Words: CustomStringConvertible, CustomReflectable {
    private let text: String

    init(of text: String) { self.text = text }

    var description: String { "a text of \(text.count) characters" }
    var customMirror: Mirror { Mirror(self, children: []) }

    /// Those of `words` that are not in the text.
    func lacking(_ words: String...) -> [String] { words.filter { !text.contains($0) } }

    /// Those of `words` that are in the text.
    func holding(_ words: String...) -> [String] { words.filter { text.contains($0) } }
}
