import ArgumentParser
import Datasets
import Experiments
import Files
import Foundation
import Rendering

/// What a shell may complete in the place of an argument; the shell leaves out what does not begin like
/// the word that was typed.
enum Completions {
    /// Reports by name, and Markdown files.
    static func reports(_ word: String) -> [String] {
        let own = entries(of: "reports").filter { $0.hasSuffix(".md") }
        let inside = EmbeddedFiles.names.filter { $0.hasPrefix("reports/") && $0.hasSuffix(".md") }
            .map { FilePath.name(of: $0) }
        return unique((inside + own).map { String($0.dropLast(3)) })
            + paths(word) { $0.hasSuffix(".md") }
    }

    /// Configs by name, runs below outputs/, and YAML files and folders.
    static func subjects(_ word: String) -> [String] {
        let own = entries(of: "configs").filter { $0.hasSuffix(".yaml") }
        let inside = EmbeddedFiles.names.filter { $0.hasPrefix("configs/") }
            .map { FilePath.name(of: $0) }
        return unique((inside + own).map { Subject.stem(of: $0) }) + runs
            + paths(word) {
                $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") || CheckpointFile.isCheckpoint($0)
            }
    }

    /// What `diff` and `check` compare: folders of reports and of runs, pages and files of scores.
    static func results(_ word: String) -> [String] {
        let folders = entries(of: "outputs").map { "outputs/\($0)" }.filter {
            FilePath.isFile("\($0)/scores.json") || FilePath.isFolder("\($0)/runs")
        }
        return unique(folders + runs)
            + paths(word) { $0.hasSuffix(".json") || $0.hasSuffix(".html") }
    }

    /// Config keys with an equals sign; after one, the words that may follow.
    static func settings(_ word: String) -> [String] {
        guard let equals = word.firstIndex(of: "="),
            let key = KeyTable.key(String(word[..<equals]))
        else { return KeyTable.names.map { "\($0)=" } }
        return switch key.kind {
        case .choice(let names): names.map { "\(key.name)=\($0)" }
        case .flag: ["true", "false"].map { "\(key.name)=\($0)" }
        default: []
        }
    }

    /// Names of data sets.
    static var datasets: [String] { DatasetCatalogue.standard.entries.map(\.name) }

    /// Folders of runs that lie where builds put them.
    private static var runs: [String] {
        entries(of: "outputs").flatMap { report in
            entries(of: "outputs/\(report)/runs").map { "outputs/\(report)/runs/\($0)" }
        }.filter { FilePath.isFile("\($0)/run.json") }
    }

    /// Folders, and files that `isWanted`, in the folder that a word points into; hidden ones on demand.
    private static func paths(_ word: String, isWanted: (String) -> Bool) -> [String] {
        let folder = FilePath.folder(of: word)
        let showsHidden = FilePath.name(of: word).hasPrefix(".")
        return entries(of: folder.isEmpty ? "." : folder).compactMap { name in
            guard showsHidden || !name.hasPrefix(".") else { return nil }
            let path = FilePath.join(folder, name)
            if FilePath.isFolder(path) { return path + "/" }
            return isWanted(name) ? path : nil
        }
    }

    private static func entries(of folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    private static func unique(_ names: [String]) -> [String] { Set(names).sorted() }
}

extension CompletionKind {
    /// A report.
    static var report: CompletionKind { .custom { _, _, word in Completions.reports(word) } }
    /// A config or a run.
    static var subject: CompletionKind { .custom { _, _, word in Completions.subjects(word) } }
    /// A report or run that is there.
    static var result: CompletionKind { .custom { _, _, word in Completions.results(word) } }
    /// A config key and its value.
    static var setting: CompletionKind { .custom { _, _, word in Completions.settings(word) } }
    /// Data sets.
    static var dataset: CompletionKind { .list(Completions.datasets) }
    /// Figures of one run.
    static var figureKind: CompletionKind { .list(FigureList.kinds) }
    /// Weights.
    static var checkpoint: CompletionKind {
        .file(extensions: ["safetensors", "pt", "pth", "bin", "ckpt"])
    }
}
