import Files
import Foundation
import Literate
import ReportCells
import Testing

@Suite("docs/language.md shows what works")
struct LanguagePageTests {
    /// The page's indented examples, in order.
    private static let examples: [String] = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let page = try? String(
            contentsOf: root.appendingPathComponent("docs/language.md"), encoding: .utf8)
        let lines = (page ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        var found: [[Substring]] = [[]]
        for line in lines {
            if line.hasPrefix("    ") {
                found[found.count - 1].append(line.dropFirst(4))
            } else if line.isEmpty {
                if found.last?.isEmpty == false { found[found.count - 1].append("") }
            } else if found.last?.isEmpty == false {
                found.append([])
            }
        }
        return found.map { $0.joined(separator: "\n").trimmingCharacters(in: .newlines) }
            .filter { !$0.isEmpty }
    }()

    /// Examples that stand in a report, told from commands and messages.
    private static let fragments = examples.filter {
        !$0.hasPrefix("vae-report ") && !$0.hasPrefix("report.md:")
    }

    private static let works = ["kingma2014", "rezende2014", "chen2018"].map {
        "@article{\($0), title = {A title}, author = {Name, Some}, year = {2014}, journal = {J}}"
    }.joined(separator: "\n")

    /// A whole report around an example: what it refers to, unless it brings that itself.
    private static func report(around fragment: String) -> String {
        if fragment.hasPrefix("---") {
            return fragment + "\n\n```{train}\n#| label: main\ntrain.beta: ${params.beta}\n```\n"
        }
        let header = """
            ---
            config: configs/mnist.yaml
            bibliography: references.bib
            params: {beta: 1.0, floor: -1000}
            ---
            `{val} params.beta`

            """
        let train = fragment.contains("```{train}") ? "" : "```{train}\n#| label: main\n```\n"
        let eval = fragment.contains("```{eval}") ? "" : "```{eval}\nrun: main\n```\n"
        return "\(header)\n\(train)\n\(eval)\n\(fragment)\n"
    }

    private func prepare(_ text: String) throws -> PreparedReport {
        try Workbench().prepare(
            text,
            files: [
                "configs/mnist.yaml": Workbench.config, "reports/references.bib": Self.works,
                "reports/parts/model.md": "A part.",
            ])
    }

    @Test("every example that stands in a report is understood", arguments: fragments)
    func example(_ fragment: String) throws {
        #expect(throws: Never.self) { try prepare(Self.report(around: fragment)) }
    }

    @Test("there are as many examples as the page seems to have")
    func count() {
        #expect(Self.fragments.count >= 10)
        #expect(Self.examples.contains { $0.hasPrefix("vae-report build report.md -P") })
    }

    @Test("the message that the page shows is the one that the mistake gives")
    func message() throws {
        let shown = try #require(Self.examples.first { $0.hasPrefix("report.md:") })
        let text =
            "---\nconfig: configs/mnist.yaml\n---\n" + String(repeating: "\n", count: 8)
            + "```{train}\n#| label: main\ntrian.beta: 4\n```\n"
        let error = #expect(throws: SourceError.self) { try prepare(text) }
        #expect(error?.description == shown.replacing("report.md", with: "reports/workbench.md"))
    }

    @Test(
        "the options and formats of the page's tables are taken",
        arguments: [
            ("label", "fig-a"), ("caption", "\"A caption\""), ("alt", "\"In words\""),
            ("echo", "fold"), ("cache", "false"),
        ])
    func options(name: String, value: String) throws {
        let label = name == "label" ? "" : "#| label: fig-a\n"
        let figure = "```{figure}\n\(label)#| \(name): \(value)\nkind: loss-curves\nrun: main\n```"
        #expect(throws: Never.self) { try prepare(Self.report(around: figure)) }
        for format in [".2f", ".3g", ".1%", "±", ".1f±"] {
            let text = Self.report(around: "`{val} main.test.elbo:\(format)`")
            #expect(throws: Never.self) { try prepare(text) }
        }
    }
}
