import Files
import Mustache

/// The page around a report's text: a Mustache template with its style sheets and scripts.
public struct PageTemplate: Sendable {
    private let template: MustacheTemplate
    /// The files that make it, by their names in a folder of templates.
    public static let fileNames =
        ["page.mustache"] + pageFiles + figureFiles + playgroundFiles
    private static let pageFiles = ["page.css", "page.js"]
    private static let figureFiles = ["figures.css", "figures.js"]
    private static let playgroundFiles = [
        "playground.css", "playground-model.js", "playground-parts.js", "playground.js",
    ]
    /// What every page has.
    let page: PageAssets
    /// What pages with a figure have.
    let figures: PageAssets
    /// What pages with a playground have.
    let playground: PageAssets

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
        page = try PageAssets(Self.pageFiles, text: text)
        figures = try PageAssets(Self.figureFiles, text: text)
        playground = try PageAssets(Self.playgroundFiles, text: text)
        let frame = try text("page.mustache")
        do {
            template = try MustacheTemplate(string: frame)
        } catch {
            throw FileError(
                action: "use", path: FilePath.join(folder ?? "templates", "page.mustache"),
                problem: "it is not a Mustache template (\(error))",
                advice: "mend it, or remove it to use the one that comes with vae-report")
        }
    }

    /// The page with its parts in place. Values of `parts` are markup; an empty one is as if not there,
    /// because sections of the template show for every text.
    func render(_ parts: [String: Any]) -> String {
        template.render(parts.filter { $0.value as? String != "" })
    }
}
