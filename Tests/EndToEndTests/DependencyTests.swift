import Foundation
import Testing

/// What the program is made of, as docs/dependencies.md tells it.
@Suite("Dependencies")
struct DependencyTests {
    /// The versions that SwiftPM builds with.
    private struct Resolved: Decodable {
        let pins: [Pin]

        struct Pin: Decodable {
            let identity, location: String
            let state: State
        }
        struct State: Decodable {
            let revision: String
            let version: String?
        }
    }

    private static func text(_ name: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: root.appendingPathComponent(name), encoding: .utf8)
    }

    @Test("Swift packages come over HTTPS, at a commit, and are told of with version and licence")
    func packages() throws {
        let page = try Self.text("docs/dependencies.md")
        let resolved = try JSONDecoder().decode(
            Resolved.self, from: Data(Self.text("Package.resolved").utf8))
        #expect(!resolved.pins.isEmpty)
        for pin in resolved.pins {
            #expect(pin.location.hasPrefix("https://github.com/"), "\(pin.identity)")
            #expect(pin.state.revision.wholeMatch(of: /[0-9a-f]{40}/) != nil, "\(pin.identity)")
            let version = try #require(pin.state.version)
            let start = "](\(pin.location)) | \(version) | "
            #expect(page.contains(start), "\(pin.identity) \(version)")
        }
        let told = page.matches(of: #/\]\((https://github\.com/[^)]*)\) \| [0-9.]+ \| /#)
        #expect(Set(told.map { String($0.output.1) }) == Set(resolved.pins.map(\.location)))
    }

    @Test("every package that scripts/setup installs is told of")
    func libraries() throws {
        let setup = try Self.text("scripts/setup")
        let list = try #require(setup.firstMatch(of: #/\nlibraries=\(\n([^)]*)\n\)/#)?.output.1)
        let names = list.split(separator: "\n").flatMap { line in
            line.prefix { $0 != "#" }.split(separator: " ")
        }
        #expect(names.count > 10)
        let page = try Self.text("docs/dependencies.md")
        for name in names { #expect(page.contains("`\(name)`"), "\(name)") }
    }
}
