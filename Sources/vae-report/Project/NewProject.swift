import Datasets
import Files
import Foundation
import Rendering

/// A folder that becomes a project.
struct NewProject {
    /// As the user wrote it, without a slash at its end.
    let folder: String

    /// The files of a project, and the templates they are made from.
    private static let files = [
        ("reports/your-data.md", "your-data.md"), ("configs/your-data.yaml", "your-data.yaml"),
        ("README.md", "README.md"), ("Makefile", "Makefile"), (".gitignore", "gitignore"),
    ]

    /// Throws a ``UsageMistake`` for a folder with anything but a `.git` in it. Nothing is written yet.
    init(_ folder: String) throws {
        let trimmed = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        self.folder = trimmed
        guard FilePath.exists(trimmed) else { return }
        guard FilePath.isFolder(trimmed) else {
            throw UsageMistake(
                "'\(trimmed)' is a file", advice: "name a folder: vae-report init my-report")
        }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: trimmed)) ?? []
        guard let other = names.sorted().first(where: { $0 != ".git" }) else { return }
        throw UsageMistake(
            "the folder '\(trimmed)' is not empty: it holds '\(other)'\(names.count > 1 ? " and more" : "")",
            advice: "name a new folder: vae-report init my-report; nothing was written")
    }

    /// What messages call it.
    var place: String { folder == "." ? "here" : folder }

    /// Writes the files about these images; nil draws some.
    func write(_ images: ProjectImages?) throws {
        let images = try images ?? drawImages()
        for (name, template) in Self.files {
            guard let text = EmbeddedFiles.text(named: "templates/project/\(template)") else {
                throw FileError(
                    action: "write", path: name, problem: "its template is not in this program",
                    advice: "build vae-report anew")
            }
            let filled = images.replacements.reduce(text) { text, pair in
                text.replacing("@\(pair.key)@", with: pair.value)
            }
            try AtomicFile(FilePath.join(folder, name)).write(filled)
        }
    }

    private func drawImages() throws -> ProjectImages {
        for (name, content) in try SampleImages.files() {
            let path = FilePath.join(FilePath.join(folder, ProjectImages.drawnFolder), name)
            try AtomicFile(path).write(content)
        }
        return .drawn
    }
}
