import Files
import Mustache

/// The page around a report's text: a Mustache template with its style sheet and script.
public struct PageTemplate: Sendable {
    private let template: MustacheTemplate
    /// The files that make it, by their names in a folder of templates.
    public static let fileNames =
        ["page.mustache", "page.css", "page.js", "playground.css"] + playgroundScripts
    private static let playgroundScripts = [
        "playground-model.js", "playground-parts.js", "playground.js",
    ]
    let style: String
    let script: String
    let playgroundStyle: String
    let playgroundScript: String

    /// The embedded template, or the files of the same names in `folder` where they exist: a report
    /// folder's own `templates/`.
    ///
    /// Throws a ``FileError`` for a file that cannot be read or is no Mustache template.
    public init(folder: String? = nil) throws {
        func text(_ name: String) throws -> String {
            if let folder, FilePath.isFile(FilePath.join(folder, name)) {
                return try WholeFile.text(at: FilePath.join(folder, name)).text
            }
            return EmbeddedFiles.text(named: "templates/\(name)") ?? ""
        }
        style = Compact.style(try text("page.css"))
        script = Compact.script(try text("page.js"))
        playgroundStyle = Compact.style(try text("playground.css"))
        playgroundScript = try PageTemplate.playgroundScripts
            .map { Compact.script(try text($0)) }.joined(separator: "\n")
        let page = try text("page.mustache")
        do {
            template = try MustacheTemplate(string: page)
        } catch {
            throw FileError(
                action: "use", path: FilePath.join(folder ?? "templates", "page.mustache"),
                problem: "it is not a Mustache template (\(error))",
                advice: "mend it, or remove it to use the one that comes with vae-report")
        }
    }

    /// The page with its parts in place. Values of `parts` are markup.
    func render(_ parts: [String: Any]) -> String { template.render(parts) }
}
