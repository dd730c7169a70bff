import Foundation
import TestSupport
import Testing

extension EndToEnd {
    @Suite("What goes wrong")
    struct MistakeTests {
        private static let report = """
            ---
            title: "Mine"
            config: configs/mine.yaml
            ---
            ```{train}
            #| label: main
            ```

            """

        @Test("a wrong key in the config: file, line, column, caret, advice; nothing is written")
        func configKey() async throws {
            let workplace = try Workplace()
            let config = Workplace.config.replacing(
                "train: {epochs: 2}", with: "train:\n  epoch: 2")
            try workplace.writeReport("mine", Self.report, config: config)
            let outcome = try await workplace.run("build", "mine")
            #expect(outcome.status == 2)
            let line = config.split(separator: "\n").firstIndex(of: "  epoch: 2") ?? 0
            #expect(
                outcome.errors.hasPrefix(
                    """
                    configs/mine.yaml:\(line + 1):3: error: there is no key 'train.epoch'
                          epoch: 2
                          ^^^^^

                    """), "\(outcome.errors)")
            #expect(outcome.errors.contains("did you mean 'train.epochs'?"))
            #expect(
                workplace.made == ["configs", "configs/mine.yaml", "reports", "reports/mine.md"])
        }

        @Test("a wrong key in a cell, likewise")
        func cellKey() async throws {
            let workplace = try Workplace()
            try workplace.writeReport(
                "mine",
                Self.report + "```{figure}\n#| label: fig-a\nkind: loss-curves\nrn: main\n```\n")
            let outcome = try await workplace.run("build", "reports/mine.md")
            #expect(outcome.status == 2)
            #expect(outcome.errors.hasPrefix("reports/mine.md:11:1: error: "), "\(outcome.errors)")
            #expect(outcome.errors.contains("    rn: main\n    ^^\n"))
            #expect(outcome.errors.contains("'run'"))
            #expect(!workplace.made.contains("outputs"))
        }

        @Test("--strict without data lists where it looked, within ten seconds, and writes nothing")
        func strict() async throws {
            let workplace = try Workplace()
            let outcome = try await workplace.run(
                "build", "mnist", "--strict", "--data-dir", "none")
            #expect(outcome.status == 1)
            #expect(outcome.seconds < 10)
            for words in [
                "error: MNIST is not on this machine", "--data-dir, none: no such folder",
                "data.root: not given", "$VAE_REPORT_DATA: not given", "the user cache, ",
                "/home/cache/vae-report", "train-images-idx3-ubyte.gz: no answer",
                "vae-report data fetch mnist",
            ] { #expect(outcome.errors.contains(words), "\(words)\n\(outcome.errors)") }
            #expect(workplace.made.isEmpty)
        }

        @Test("without --strict drawn digits stand in, loudly on standard error and on the page")
        func standIn() async throws {
            let workplace = try Workplace()
            let outcome = try await workplace.run(
                ["build", "mnist", "--output", "out"] + Workplace.smallReport())
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(
                outcome.errors.contains("warning: MNIST is not at hand: drawn digits stand in"))
            let page = try workplace.text("out/report.html")
            #expect(
                Words(of: page).lacking(
                    "class=\"banner\"",
                    "<title>A convolutional VAE on Drawn digits (standing in for MNIST)</title>")
                    == [])
            let twin = Words(of: try workplace.text("out/report.md"))
            #expect(twin.lacking("> [!WARNING]") == [])
            // The textbook among the reports is over what others take: prose and references, tables and the
            // record of four hundred scores a third each, beside style, script and formulas.
            let size = PageSize(of: page)
            #expect(size.text < 150_000, "\(size)")
            #expect(size.withTenFigures < 800_000, "\(size)")
        }

        /// IDX files that are not MNIST's, and the word that tells how.
        enum BadFile: String, CaseIterable {
            case tiny, truncated, altered, packed

            func write(to folder: TemporaryFolder) throws -> String {
                let header: [UInt8] = [0, 0, 8, 3, 0, 0, 0xEA, 0x60, 0, 0, 0, 28, 0, 0, 0, 28]
                for name in ["train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"] {
                    try folder.write([0], to: "data/mnist/\(name)-ubyte")
                }
                let name = "data/mnist/train-images-idx3-ubyte"
                switch self {
                case .tiny:
                    var two = header
                    two.replaceSubrange(4..<8, with: [0, 0, 0, 2])
                    try folder.write(two + [UInt8](repeating: 7, count: 2 * 784), to: name)
                case .truncated: try folder.write(header + [1, 2, 3], to: name)
                case .altered:
                    let path = try folder.write(header, to: name)
                    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
                    try file.truncate(atOffset: 16 + 60_000 * 784)
                    try file.close()
                case .packed:
                    let bytes = Gzip.stored(header + [UInt8](repeating: 7, count: 100_000))
                    try folder.write(Array(bytes.prefix(70_000)), to: name + ".gz")
                    return name + ".gz"
                }
                return name
            }

            var words: String {
                switch self {
                case .tiny: "2"
                case .truncated: "the file ends early: 3 of 47040000 bytes"
                case .altered: "the content is not the published one"
                case .packed: "the file is truncated or damaged"
                }
            }
        }

        @Test(
            "a bad IDX file is one clear error that names it, and nothing is built",
            arguments: BadFile.allCases)
        func badFile(_ kind: BadFile) async throws {
            let workplace = try Workplace()
            let name = try kind.write(to: workplace.folder)
            let before = workplace.made
            let outcome = try await workplace.run("build", "mnist", "--data-dir", "data")
            #expect(outcome.status == 1)
            #expect(outcome.errors.hasPrefix("vae-report: error: \(name): "), "\(outcome.errors)")
            #expect(outcome.errors.contains(kind.words), "\(outcome.errors)")
            #expect(outcome.errors.components(separatedBy: "error:").count == 2)
            #expect(workplace.made == before)
        }

        @Test("an output folder that cannot be: one error, and the file in its place is as it was")
        func fileInTheWay() async throws {
            let workplace = try Workplace()
            try workplace.folder.write("precious", to: "taken")
            let outcome = try await workplace.run(
                ["build", "digits", "--output", "taken"] + Workplace.smallReport())
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("'taken'"))
            #expect(
                outcome.errors.components(separatedBy: "error:").count == 2, "\(outcome.errors)")
            #expect(!outcome.errors.contains("training"))
            #expect(try workplace.text("taken") == "precious")
            #expect(workplace.made == ["taken"])
        }

        @Test("an output folder that one may not write to", .enabled(if: geteuid() != 0))
        func forbidden() async throws {
            let workplace = try Workplace()
            let path = workplace.folder.path("locked")
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o555])
            let outcome = try await workplace.run("build", "digits", "--output", "locked/out")
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("locked/out"))
            #expect(!outcome.errors.contains("training"))
        }

        @Test(
            "a failing cell is marked, its dependents are skipped, the rest is built; exit code 1")
        func failingCell() async throws {
            let workplace = try Workplace()
            try workplace.writeReport(
                "mine",
                Self.report + """
                    ```{train}
                    #| label: wild
                    ```

                    ```{table}
                    #| label: tbl-wild
                    kind: config
                    run: wild
                    ```

                    ```{figure}
                    #| label: fig-loss
                    kind: loss-curves
                    run: main
                    ```

                    The epoch was `{val} wild.train.selected_epoch`.

                    """)
            try workplace.folder.write("in the way", to: "outputs/mine/runs/wild")
            let outcome = try await workplace.run("build", "mine")
            #expect(outcome.status == 1)
            #expect(
                outcome.errors.contains("reports/mine.md:8:1: error: the cell 'wild' failed: "),
                "\(outcome.errors)")
            #expect(
                outcome.errors.contains(
                    "note: the cell 'tbl-wild' was skipped, because 'wild' has no result"))
            #expect(outcome.output == "outputs/mine/report.html\n")
            let page = try workplace.text("outputs/mine/report.html")
            let words = Words(of: page)
            #expect(words.lacking("This cell failed", "was skipped", "id=\"fig-loss\"") == [])
            let again = try await workplace.run("build", "mine", "--explain")
            #expect(again.status == 1)
            #expect(again.errors.contains("train main: reused"))
        }
    }
}
