import Files
import Literate

/// The first page of a build's artifact: links to all that is in it.
public struct ArtifactIndex {
    /// An index.
    public init() {}

    /// The page. `files` are paths relative to it, in the order to show. It loads nothing.
    public func render(_ report: BuiltReport, files: [String]) throws -> String {
        let title = Escape.text(PlainText(report: report).text(report.document.frontMatter.title))
        let banners = report.banners.map { "<p class=\"banner\">\(Escape.text($0))</p>" }
        let groups = Dictionary(grouping: files) { FilePath.folder(of: $0) }
        let sections = groups.sorted { $0.key < $1.key }.map { folder, paths in
            let items = paths.map {
                "<li><a href=\"\(Escape.text(ArtifactIndex.address($0)))\">\(Escape.text(FilePath.name(of: $0)))</a></li>"
            }
            let heading = folder.isEmpty ? "The report" : folder
            return "<h2>\(Escape.text(heading))</h2>\n<ul>\(items.joined(separator: "\n"))</ul>"
        }
        let policy = try ContentSecurityPolicy.text(styles: [ArtifactIndex.style], scripts: [])
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(policy)">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <link rel="icon" href="data:,"><title>\(title)</title>
            <style>\(ArtifactIndex.style)</style></head>
            <body><main><h1>\(title)</h1>
            \((banners + report.verdicts.map { "<p class=\"sentence\">\(Escape.text($0.sentence))</p>" }).joined(separator: "\n"))
            \(sections.joined(separator: "\n"))
            </main></body></html>

            """
    }

    /// A path as a relative address.
    private static func address(_ path: String) -> String {
        path.utf8.map { byte in
            let character = Character(Unicode.Scalar(byte))
            let isPlain = byte < 128 && (character.isLetter || character.isNumber)
            return isPlain || "/._-@".contains(character)
                ? String(character) : "%" + hexadecimal(byte)
        }.joined()
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "0" + digits : digits
    }

    private static let style = """
        :root{color-scheme:light dark}
        body{font:16px/1.55 system-ui,sans-serif;margin:0}
        main{max-width:46rem;margin:3rem auto;padding:0 1.25rem}
        h1{font-size:1.7rem;line-height:1.25}
        h2{font-size:1.05rem;margin:2rem 0 .4rem}
        ul{columns:14rem;padding-left:1.1rem;margin:0}
        li{break-inside:avoid;margin:.15rem 0}
        .banner{border-left:4px solid #b54708;padding:.3rem .8rem}
        .sentence{font-size:1.1rem}
        """
}
