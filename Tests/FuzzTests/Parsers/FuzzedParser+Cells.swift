import Datasets
import Evaluation
import Files
import Foundation
import Literate
import ReportCells
import TestSupport
import VAEModels

/// What cells leave for the next build.
extension FuzzedParser {
    /// Entries of the cache as a fault of the disk leaves them: nothing but what was kept comes back.
    static func cacheEntry(_ name: String) throws -> FuzzedParser {
        let report = try CachedReport(files: [])
        return FuzzedParser(
            name, texts: [report.entry], words: jsonWords + resultWords, brackets: jsonBrackets
        ) { text in
            let found = try report.result(ofEntry: text)
            guard found == nil || found == report.expected else { throw Believed() }
        }
    }

    /// Entries whose digest holds, so that what is in them is read.
    static func cachedResult(_ name: String) throws -> FuzzedParser {
        let report = try CachedReport(files: ["a.svg"])
        let start = "{\"digest\":\"\",".utf8.count + 64
        // When the file was written is not the same in the next run; its digest is.
        let rest = String(report.entry.dropFirst(start)).replacing(
            /"identity":\{[^}]*\},/, with: "")
        return FuzzedParser(
            name, texts: [rest], words: jsonWords + resultWords, brackets: jsonBrackets
        ) { text in
            let digest = try Digest.sha256(of: text)
            let result = try report.result(ofEntry: "{\"digest\":\"\(digest)\",\(text)")
            for value in result?.values.values.map(\.self) ?? [] {
                _ = ValueFormat(.fixed(2), showsError: true).write(value)
            }
        }
    }

    /// The evaluation that a run's folder holds, as `diff` reads it.
    static func evaluation(_ name: String) throws -> FuzzedParser {
        let folder = TinyFolder(try TemporaryFolder())
        try folder.write(Array(record.utf8), to: "runs/main/run.json")
        let place = "runs/main/logs/evaluation.json"
        let whole = try TinyEvaluation.encoded()
        try folder.write(whole, to: place)
        let original = try ComparedRun(label: "main", in: folder.path)
        return FuzzedParser(
            name, seeds: [whole],
            tokens: jsonTokens
                + ["\"test.iwae_9223372036854775807\"", "\"standard_error\":", "\"AACAPw==\""].map {
                    Array($0.utf8)
                },
            brackets: jsonBrackets
        ) { bytes in
            try folder.write(bytes, to: place)
            let difference = RunDifference(
                original, try ComparedRun(label: "main", in: folder.path))
            _ = difference.summary
        }
    }

    private static let resultWords = [
        "\"outputs\":[", "\"figure\":{\"_0\":", "\"table\":{\"_0\":", "\"values\":{", "\"files\":[",
        "\"path\":\"../", "\"path\":\"/", "\"record\":", "\"identity\":{\"inode\":1},",
    ]
}

/// A result came out of an entry that is not the one that was kept.
private struct Believed: Error {}

/// A report of one cell, whose result is kept.
private struct CachedReport: Sendable {
    private let folder: TinyFolder
    private let document: Document
    private let entryPath: String
    private let runner: FixedRunner
    let entry: String

    var expected: CellResult { runner.result }

    init(files: [String]) throws {
        let temporary = try TemporaryFolder()
        folder = TinyFolder(temporary)
        runner = FixedRunner(result: FixedRunner.result(files: files))
        document = try DocumentParser.parse(
            SourceText(name: "r.md", text: "```{thing}\n```\n"), kinds: runner.kinds, files: .none)
        _ = try ReportBuild(document, runner: runner, outputFolder: folder.path).run()
        let names = temporary.contents()
        entryPath = names.first { $0.contains(/[0-9a-f]{32}\.json/) } ?? ""
        entry = String(
            decoding: try WholeFile.bytes(at: temporary.path(entryPath)), as: UTF8.self)
    }

    /// What a build takes from the cache when this lies there; nil when it runs the cell.
    func result(ofEntry entry: String) throws -> CellResult? {
        try folder.write(Array(entry.utf8), to: entryPath)
        _ = ReportTraces(folder: folder.path).files
        let built = try ReportBuild(document, runner: runner, outputFolder: folder.path).run()
        if case .reused(let result) = built.outcomes[0] { return result }
        return nil
    }
}

/// Runs cells that all have the same result.
private struct FixedRunner: CellRunner, Sendable {
    let result: CellResult

    var kinds: [CellKind] { [CellKind("thing")] }

    func cacheInputs(of cell: Cell, in context: CellContext) -> [String: String] { [:] }

    func run(_ cell: Cell, in context: CellContext) throws -> CellResult {
        for name in result.files {
            try AtomicFile(FilePath.join(context.outputFolder, name)).write("<svg/>")
        }
        return result
    }

    static func result(files: [String]) -> CellResult {
        let score = PublishedValue(-97.5, unit: "nats", count: 10, standardError: 0.5)
        let table = TableOutput(
            columns: ["a", "b"],
            rows: [[.text("x"), .number(1.5, ".2f")], [TableCell(.empty), .value(score, ".1f")]])
        let figure = FigureOutput(
            svg: "<svg/>", imageFile: files.first, alternativeText: "a", defaultCaption: "c",
            data: table, width: .wide)
        return CellResult(
            outputs: [
                .figure(figure), .table(table), .markdown("*a*"),
                .verdict(
                    VerdictOutput(
                        sentence: "s", lights: [.init("n", .good, "r", advice: "d")],
                        facts: [Fact("a", "b")])),
                .callout(CalloutOutput(.tip, title: "t", "u")),
            ],
            values: [
                "main.test.elbo": score, "main.n": PublishedValue(integer: 3),
                "main.x": PublishedValue(notComputed: "no time"),
            ],
            files: files, banners: ["b"], stamp: [Fact("Seed", "1")], record: "{\"a\":1}",
            failedChecks: [UnmetExpectation("main.test.elbo", "it is too low")],
            notes: ["k": "v"])
    }
}

/// A model of four pixels and two numbers that knows one answer.
private final class FlatModel: VAEInference {
    let latentSize = 2
    let pixelCount = 4

    func encode(_ images: [Float]) -> Posterior {
        let mean = (0..<images.count / 2).map { Float($0 % 5) / 4 - 0.5 }
        return Posterior(mean: mean, logVariance: mean.map { $0 - 1 })
    }

    func decode(_ codes: [Float]) -> [Float] { codes.flatMap { [$0, -$0] } }

    func logLikelihood(of images: [Float], codes: [Float], perImage: Int) -> [Float] {
        stride(from: 0, to: codes.count, by: 2).map { -abs(codes[$0]) - 1 }
    }

    func reconstruct(_ codes: [Float]) -> [Float] { codes.flatMap { [0.5 + $0 / 9, 0.5] } }
}

/// An evaluation of a few images.
private enum TinyEvaluation {
    static func encoded() throws -> [UInt8] {
        let images = ImageSet(
            pixels: (0..<24).map { UInt8($0 * 10) }, labels: [],
            shape: ImageShape(channels: 1, height: 2, width: 2))
        let options = EvaluationOptions(
            dataTitle: "Tiny", importanceSamples: [1, 2], includesBaselines: false, seed: 1)
        let result = try Evaluation(images: images, training: nil, options: options)
            .run(FlatModel())
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(result))
    }
}
