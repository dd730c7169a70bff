import Datasets
import Files
import Foundation
import Glibc
import Rendering

/// A folder that becomes a project.
struct NewProject {
    /// As the user wrote it, without a slash at its end.
    let folder: String
    private let isNew: Bool

    /// The files of a project, and the templates they are made from.
    private static let files = [
        ("reports/your-data.md", "your-data.md"), ("configs/your-data.yaml", "your-data.yaml"),
        ("README.md", "README.md"), ("Makefile", "Makefile"), (".gitignore", "gitignore"),
    ]

    /// Throws a ``UsageMistake`` for a folder with anything but a `.git` in it. Nothing is written yet.
    init(_ folder: String) throws {
        let trimmed = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        self.folder = trimmed
        isNew = !FilePath.exists(trimmed)
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

    /// Writes the files about these images; nil draws some. When one cannot be written, all go again.
    func write(_ images: ProjectImages?) throws {
        var files = try Self.texts(about: images ?? .drawn)
        if images == nil {
            files += try SampleImages.files().map { name, content in
                (FilePath.join(ProjectImages.drawnFolder, name), content)
            }
        }
        var written: [String] = []
        do {
            for (name, content) in files {
                let path = FilePath.join(folder, name)
                written.append(path)
                try AtomicFile(path).write(content)
            }
        } catch {
            takeBack(written)
            throw error
        }
    }

    /// Nothing was there before, so what is found of these paths is ours.
    private func takeBack(_ paths: [String]) {
        paths.forEach { unlink($0) }
        var folders: Set<String> = isNew ? [folder] : []
        for path in paths {
            var above = FilePath.folder(of: path)
            while above.count > folder.count, folders.insert(above).inserted {
                above = FilePath.folder(of: above)
            }
        }
        folders.sorted { $0.count > $1.count }.forEach { rmdir($0) }
    }

    private static func texts(
        about images: ProjectImages
    ) throws -> [(name: String, content: [UInt8])] {
        try files.map { name, template in
            guard let text = EmbeddedFiles.text(named: "templates/project/\(template)") else {
                throw FileError(
                    action: "write", path: name, problem: "its template is not in this program",
                    advice: "build vae-report anew")
            }
            let filled = images.replacements.reduce(text) { text, pair in
                text.replacing("@\(pair.key)@", with: pair.value)
            }
            return (name, Array(filled.utf8))
        }
    }
}
