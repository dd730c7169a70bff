import Datasets
import Files
import Foundation
import Words

/// The images of a new project, looked at before anything is written.
struct ProjectImages {
    /// What the template's places are filled with.
    let replacements: [String: String]
    /// "480 images in 3 classes, 64 × 64 pixels in colour".
    let sentence: String

    /// The folder of a project whose images are drawn.
    static let drawnFolder = "images"
    /// The same as ``sentence`` for images that are yet to be drawn.
    static let drawnSentence = "600 images that were drawn for it"
    /// Steps that a small model takes to something worth looking at, and the epochs that make them.
    private static let steps = 1500
    private static let epochs = 5...60

    /// Looks at the images at a path, as the config of a project in `folder` will name them.
    ///
    /// Throws a ``DatasetError``, or a ``UsageMistake`` where there are too few.
    init(
        _ path: String, for folder: String, size: Int?, skipsUnreadable: Bool,
        loader: DatasetLoader
    ) throws {
        let isArray = [".npy", ".npz"].contains { path.hasSuffix($0) } && !FilePath.isFolder(path)
        let form = isArray ? OwnDataForm.arrays : .folder
        var own = OwnDataOptions()
        (own.path, own.imageSize) = (path, size)
        own.unreadable = skipsUnreadable ? .skip : .error
        let entry = try loader.catalogue.entry(
            for: DatasetRequest(name: form.rawValue, own: own))
        let counts = entry.counts
        let kept = counts.train - max(1, counts.train / 12)
        guard kept >= 8 else {
            throw UsageMistake(
                "\(Quantity.text(counts.train + counts.test, "image")) are too few for a model",
                advice: "a few hundred are a start, a few thousand are good")
        }
        let batch = [64, 32, 16, 8].first { $0 * 25 <= kept } ?? 8
        let epochs = min(
            max(Self.steps * batch / kept, Self.epochs.lowerBound), Self.epochs.upperBound)
        let classes =
            entry.classNames.isEmpty
            ? "" : " in \(Quantity.text(entry.classNames.count)) classes"
        let shape = entry.shape
        sentence =
            "\(Quantity.text(counts.train + counts.test, "image"))\(classes), \(shape.height) × "
            + "\(shape.width) pixels\(shape.channels == 3 ? " in colour" : ", grey")"
        replacements = Self.replacements(
            form, path: Self.path(path, from: folder), size: size, batch: batch, epochs: epochs,
            skips: skipsUnreadable,
            sentence: "The images: \(sentence). They stay where they are.")
    }

    private init(replacements: [String: String], sentence: String) {
        (self.replacements, self.sentence) = (replacements, sentence)
    }

    /// Images that are drawn into the project.
    static let drawn = ProjectImages(
        replacements: replacements(
            .folder, path: drawnFolder, size: nil, batch: 16, epochs: 40, skips: false,
            sentence:
                "The images in `\(drawnFolder)/` were **drawn by vae-report**, so that there is "
                + "something to build. Name your own in `configs/your-data.yaml`."),
        sentence: drawnSentence)

    private static func replacements(
        _ form: OwnDataForm, path: String, size: Int?, batch: Int, epochs: Int, skips: Bool,
        sentence: String
    ) -> [String: String] {
        let side = size ?? (form == .folder ? 64 : nil)
        let shape = side.map { side in
            line("image_size: \(side)", "every image becomes a square of so many pixels")
                + line("resize: crop", "or fit (all of it, with margins), stretch")
        }
        let unreadable = line(
            "unreadable: \(skips ? "skip" : "error")",
            skips
                ? "broken files are left out, and the page says so; or error"
                : "or skip: leave broken files out, and say so on the page")
        return [
            "form": line(
                "dataset: \(form.rawValue)",
                "folder: PNG and JPEG files; arrays: a .npy or .npz file"),
            "path": quoted(path), "shape": shape ?? "",
            "unreadable": form == .folder ? unreadable : "", "batch": "\(batch)",
            "epochs": "\(epochs)", "images": sentence,
        ]
    }

    /// A line of a config's section with a comment in the column where the others are.
    private static func line(_ setting: String, _ comment: String) -> String {
        let padding = String(repeating: " ", count: max(1, 31 - setting.count))
        return "  \(setting)\(padding)# \(comment)\n"
    }

    /// The path as the project's folder sees it: the same when absolute, else from there.
    private static func path(_ path: String, from folder: String) -> String {
        if path.hasPrefix("/") || folder == "." { return path }
        let here = FileManager.default.currentDirectoryPath
        return URL(fileURLWithPath: FilePath.join(here, path)).standardizedFileURL.path
    }

    /// A text as YAML takes it whatever it holds.
    private static func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\""
    }
}
