import Files
import Foundation
import Literate

/// A built report to one HTML file that makes no request.
public struct HTMLRenderer {
    private let template: PageTemplate
    private let figureStyle: String
    private let generator: String

    /// A renderer with a page template. `figureStyle` is the style sheet of the drawings' colours;
    /// `generator` names this program and its version in the page's head.
    public init(template: PageTemplate, figureStyle: String, generator: String = "vae-report") {
        self.template = template
        self.figureStyle = figureStyle
        self.generator = generator
    }

    /// The page. Throws a ``SourceError`` for TeX that is not understood.
    public func render(_ report: BuiltReport) throws -> String {
        let document = report.document
        let phrases = PhraseList(report)
        let text = HTMLText(report: report, phrases: phrases)
        let cells = HTMLCell(report: report, text: text)
        let shift = document.blocks.contains { $0.isTopHeading } ? 1 : 0
        let plainTitle = PlainText(report: report).text(document.frontMatter.title)
        let hasPlayground = report.hasPlayground
        let style =
            template.style + "\n" + figureStyle
            + (hasPlayground ? "\n" + template.playgroundStyle : "")
        let script =
            template.script + (hasPlayground ? "\n" + template.playgroundScript : "")
        let body = try text.blocks(document.blocks, shift: shift, cell: cells.element)
        let parts: [String: Any] = [
            "policy": try ContentSecurityPolicy.text(style: style, script: script),
            "generator": Escape.text(generator),
            "plainTitle": Escape.text(plainTitle),
            "title": try text.inlines(document.frontMatter.title),
            "subtitle": try document.frontMatter.subtitle.map { try text.inlines($0) } ?? "",
            "author": document.frontMatter.author.map(Escape.text) ?? "",
            "style": style, "script": script,
            "banners": report.banners.map(Escape.text),
            "verdicts": report.verdicts.map(HTMLVerdict.element).joined(separator: "\n"),
            "contents": try HTMLContents(text: text).list(document.blocks),
            "body": body,
            "stamp": report.stamp.map {
                "<div><dt>\(Escape.text($0.name))</dt><dd>\(Escape.text($0.value))</dd></div>"
            }.joined(),
            "record": Escape.json(
                try ReportRecord.json(report, phrases: phrases, title: plainTitle)),
        ]
        return template.render(parts)
    }
}

/// What the page may load and run: nothing but what is in it.
enum ContentSecurityPolicy {
    /// The policy for a page with exactly this style sheet and script.
    static func text(style: String, script: String) throws -> String {
        [
            "default-src 'none'", "img-src data:", "style-src '\(try source(style))'",
            "script-src '\(try source(script))'", "base-uri 'none'", "form-action 'none'",
        ].joined(separator: "; ")
    }

    /// The source expression that allows exactly this text.
    static func source(_ text: String) throws -> String {
        let digits = Array(try Digest.sha256(of: text))
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(digits[$0...($0 + 1)]), radix: 16)
        }
        return "sha256-" + Data(bytes).base64EncodedString()
    }
}

extension BuiltReport {
    /// Whether a model runs in the page.
    fileprivate var hasPlayground: Bool {
        outcomes.flatMap { $0.result?.outputs ?? [] }.contains { output in
            if case .playground = output { true } else { false }
        }
    }

    /// Verdicts of all cells; the page shows them at its top.
    var verdicts: [VerdictOutput] {
        outcomes.flatMap { $0.result?.outputs ?? [] }.compactMap { output in
            if case .verdict(let verdict) = output { return verdict }
            return nil
        }
    }
}

extension MarkdownBlock {
    /// Whether it is a heading of level 1, which is the page's title's own level.
    var isTopHeading: Bool {
        if case .heading(1, _, _) = self { return true }
        return false
    }
}
