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
        let (figures, playground) = assets(for: report)
        let styles = [template.page, figures, playground].map(\.style)
        let scripts = [template.page, figures, playground].map(\.script)
        let body = try text.blocks(document.blocks, shift: shift, cell: cells.element)
        let parts: [String: Any] = [
            "policy": try ContentSecurityPolicy.text(styles: styles, scripts: scripts),
            "generator": Escape.text(generator),
            "plainTitle": Escape.text(plainTitle),
            "title": try text.inlines(document.frontMatter.title),
            "subtitle": try document.frontMatter.subtitle.map { try text.inlines($0) } ?? "",
            "author": document.frontMatter.author.map(Escape.text) ?? "",
            "style": template.page.style, "script": template.page.script,
            "figureStyle": figures.style, "figureScript": figures.script,
            "playgroundStyle": playground.style, "playgroundScript": playground.script,
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

    /// What drawings and a model in the page need; nothing where the report has none.
    private func assets(
        for report: BuiltReport
    ) -> (figures: PageAssets, playground: PageAssets) {
        var figures = PageAssets()
        if report.hasFigures {
            figures = template.figures
            figures.style += "\n" + figureStyle
        }
        return (figures, report.hasPlayground ? template.playground : PageAssets())
    }
}

/// What the page may load and run: nothing but what is in it.
enum ContentSecurityPolicy {
    /// The policy for a page with exactly these style sheets and scripts; the empty ones are not there.
    static func text(styles: [String], scripts: [String]) throws -> String {
        func sources(_ texts: [String]) throws -> String {
            try texts.filter { !$0.isEmpty }.map { "'\(try source($0))'" }.joined(separator: " ")
        }
        return [
            "default-src 'none'", "img-src data:", "style-src \(try sources(styles))",
            "script-src \(try sources(scripts))", "base-uri 'none'", "form-action 'none'",
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
        outputs.contains { if case .playground = $0 { true } else { false } }
    }

    /// Whether there is a drawing in the page; a playground begins as one.
    fileprivate var hasFigures: Bool {
        hasPlayground || outputs.contains { if case .figure = $0 { true } else { false } }
    }

    private var outputs: [CellOutput] { outcomes.flatMap { $0.result?.outputs ?? [] } }

    /// Verdicts of all cells; the page shows them at its top.
    var verdicts: [VerdictOutput] {
        outputs.compactMap { output in
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
