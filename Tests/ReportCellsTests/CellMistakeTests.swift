import Experiments
import Files
import Foundation
import Literate
import ReportCells
import Testing

/// A cell with a mistake, and what the message has to say about it.
struct Mistake: Sendable, CustomTestStringConvertible {
    let cell: String
    /// Line in the cell, the fence being 0, and column.
    let line: Int
    let column: Int
    let words: String
    var suggestion: String?

    var testDescription: String { words }
}

@Suite("Mistakes in cells")
struct CellMistakeTests {
    static let mistakes: [Mistake] = [
        Mistake(
            cell: Workbench.figure("kind: kl-per-dimensoin\nrun: main"), line: 2, column: 7,
            words: "found the text 'kl-per-dimensoin'",
            suggestion: "did you mean 'kl-per-dimension'?"),
        Mistake(
            cell: Workbench.figure("kind: 3\nrun: main"), line: 2, column: 7,
            words: "'kind' is one of loss-curves"),
        Mistake(cell: Workbench.figure("run: main"), line: 0, column: 1, words: "kind"),
        Mistake(cell: Workbench.figure("kind: loss-curves"), line: 0, column: 1, words: "run"),
        Mistake(
            cell: Workbench.figure("kind: loss-curves\nrun: mian"), line: 3, column: 6,
            words: "mian",
            suggestion: "main"),
        Mistake(
            cell: Workbench.figure("kind: loss-curves\nruns: main"), line: 3, column: 1,
            words: "no key 'runs'",
            suggestion: "write 'run: main'"),
        Mistake(
            cell: Workbench.figure("kind: loss-curves\nrun: main\ncount: 3"), line: 4, column: 1,
            words: "no key 'count'", suggestion: "it takes none"),
        Mistake(
            cell: Workbench.figure("kind: traversals\nrun: main\ndims: [0, 3]"), line: 4,
            column: 11,
            words: "no latent dimension 3", suggestion: "from 0 to 2"),
        Mistake(
            cell: Workbench.figure("kind: traversals\nrun: main\ndims: [0, -1]"), line: 4,
            column: 11,
            words: "'dims' lists whole numbers"),
        Mistake(
            cell: Workbench.figure("kind: traversals\nrun: main\ndims: first"), line: 4, column: 7,
            words: "'dims' lists whole numbers"),
        Mistake(
            cell: Workbench.figure("kind: traversals\nrun: main\nrange: 0"), line: 4, column: 8,
            words: "'range' is a number from 0.1 to 10"),
        Mistake(
            cell: Workbench.figure("kind: traversals\nrun: main\nsteps: 2"), line: 4, column: 8,
            words: "'steps' is a whole number from 3 to 31"),
        Mistake(
            cell: Workbench.figure("kind: traversals\nrun: main\ndims: [2, 1, 2]"), line: 4,
            column: 14,
            words: "'dims' names dimension 2 twice"),
        Mistake(
            cell: Workbench.figure("kind: latent-scatter\nrun: main\ndims: [2]"), line: 4,
            column: 7,
            words: "'dims' lists 2 dimensions, found 1"),
        Mistake(
            cell: Workbench.figure("kind: traversals\nrun: main\nimage: 96"), line: 4, column: 8,
            words: "there is no test image 96; there are 96", suggestion: "from 0 to 95"),
        Mistake(
            cell: Workbench.figure("kind: posterior-samples\nrun: main\nimages: [3, 200]"), line: 4,
            column: 13, words: "there is no test image 200"),
        Mistake(
            cell: Workbench.figure("kind: interpolations\nrun: main\npairs: [[1, 2], [3, 96]]"),
            line: 4,
            column: 21, words: "there is no test image 96"),
        Mistake(
            cell: Workbench.figure("kind: interpolations\nrun: main\npairs: [[1, 2, 3]]"), line: 4,
            column: 9, words: "'pairs' lists pairs of test images",
            suggestion: "pairs: [[3, 5], [7, 9]]"),
        Mistake(
            cell: Workbench.figure("kind: interpolations\nrun: main\nmode: spheric"), line: 4,
            column: 7,
            words: "'mode' is one of linear, spherical, both", suggestion: "spherical"),
        Mistake(
            cell: Workbench.figure("kind: latent-arithmetic\nrun: main\nfrom: seven"), line: 4,
            column: 7,
            words: "there is no class 'seven'", suggestion: "or 'image 12'"),
        Mistake(
            cell: Workbench.figure("kind: latent-arithmetic\nrun: main\nplus: image 96"), line: 4,
            column: 7, words: "there is no test image 96"),
        Mistake(
            cell: Workbench.figure("kind: rate-distortion\nrun: main"), line: 3, column: 1,
            words: "no key 'run'", suggestion: "runs: [a, b]"),
        Mistake(
            cell: Workbench.figure("kind: rate-distortion\nruns: [main, other]"), line: 3,
            column: 14,
            words: "other"),
        Mistake(
            cell: "```{table}\nkind: scores\nrun: main\nmetric: ssim\n```", line: 3, column: 1,
            words: "no key 'metric'"),
        Mistake(
            cell: "```{table}\nkind: scores\nrun: main\nwithout: [gaps, config]\n```", line: 3,
            column: 17, words: "found the text 'config'", suggestion: "[distances, gaps]"),
        Mistake(
            cell: "```{table}\nkind: probes\nrun: main\n```", line: 2, column: 1,
            words: "no key 'run'", suggestion: "it takes compare"),
        Mistake(
            cell: Workbench.figure("kind: manifold\nrun: main\nsteps: null"), line: 4, column: 8,
            words: "'steps' is a whole number"),
        Mistake(
            cell: Workbench.figure("kind: traversals\nrun: main\nimage: 1.5"), line: 4, column: 8,
            words: "'image' is a whole number"),
        Mistake(
            cell: Workbench.figure("kind: prior-samples\nrun: main\ntemperatures: [1, hot]"),
            line: 4,
            column: 19, words: "'temperatures' is a number from"),
        Mistake(
            cell: Workbench.figure("kind: reconstructions\nrun: main\ncount: 0"), line: 4,
            column: 8,
            words: "'count' is a whole number from 1 to 64"),
        Mistake(
            cell: "```{table}\nkind: score\nrun: main\n```", line: 1, column: 7,
            words: "'kind' is one of scores, baselines, distances, gaps, architecture",
            suggestion: "did you mean 'scores'?"),
        Mistake(
            cell: "```{table}\n#| label: tbl-a\nkind: scores\nrun: main\nsort: yes\n```", line: 4,
            column: 1, words: "sort"),
        Mistake(
            cell: "```{train}\n#| label: other\ntrain.bata: 2\n```", line: 2, column: 1,
            words: "train.bata", suggestion: "train.beta"),
        Mistake(
            cell: "```{train}\n#| label: other\ntrain.beta: many\n```", line: 2, column: 13,
            words: "train.beta"),
        Mistake(
            cell: "```{train}\n#| label: other\ntrain.epochs: 0\n```", line: 2, column: 15,
            words: "train.epochs"),
        Mistake(
            cell: "```{train}\n#| label: other\nlog.out_dir: elsewhere\n```", line: 2, column: 1,
            words: "cannot choose the output folder", suggestion: "--output"),
        Mistake(cell: "```{train}\ntrain.beta: 2\n```", line: 0, column: 1, words: "label"),
        Mistake(
            cell: "```{train}\n#| label: main\n```", line: 1, column: 11, words: "main"),
        Mistake(
            cell: "```{train}\n#| label: other\neval.draws: 3\n```", line: 2, column: 1,
            words: "eval.draws"),
        Mistake(cell: "```{eval}\nrun: main\n```", line: 0, column: 1, words: "main.test"),
        Mistake(cell: "```{trian}\n```", line: 0, column: 5, words: "trian", suggestion: "train"),
    ]

    @Test("are found before anything runs, with line, column and advice", arguments: mistakes)
    func located(_ mistake: Mistake) throws {
        let workbench = try Workbench()
        let text = Workbench.report(rest: mistake.cell)
        let first = try #require(Self.lastFence(of: mistake.cell, in: text))
        let error = try #require(
            #expect(throws: SourceError.self) { _ = try workbench.prepare(text) })
        #expect(error.location.file == "reports/workbench.md")
        #expect(error.location.line == first + 1 + mistake.line, "\(error)")
        #expect(error.location.column == mistake.column, "\(error)")
        #expect(error.message.contains(mistake.words), "\(error)")
        if let suggestion = mistake.suggestion {
            #expect(error.suggestion?.contains(suggestion) ?? false, "\(error)")
        }
        #expect(error.description.contains("^"))
        #expect(workbench.folder.contents().isEmpty)
    }

    /// The line, from 0, of the opening fence of the cell that a report ends with.
    private static func lastFence(of cell: String, in text: String) -> Int? {
        guard let range = text.range(of: cell, options: .backwards) else { return nil }
        return text[..<range.lowerBound].count { $0 == "\n" }
    }

    @Test("a wrong key in the config is located in the config")
    func config() throws {
        let error = try #require(
            #expect(throws: SourceError.self) {
                _ = try Workbench().prepare(
                    Workbench.report(), config: "model:\n  latent_dims: 4\n")
            })
        #expect(error.location.file == "configs/workbench.yaml")
        #expect((error.location.line, error.location.column) == (2, 3))
        #expect(error.suggestion?.contains("latent_dim") ?? false)
    }

    @Test("a config that is not there is located in the front matter")
    func missingConfig() throws {
        let text = Workbench.report().replacing("configs/workbench.yaml", with: "configs/none.yaml")
        let error = try #require(
            #expect(throws: SourceError.self) { _ = try Workbench().prepare(text) })
        #expect(error.location.line == 3)
        #expect(error.message.contains("configs/none.yaml"))
    }

    @Test("a SOURCE_DATE_EPOCH that is no number is refused before anything is trained")
    func sourceDate() throws {
        let workbench = try Workbench()
        let error = #expect(throws: ExperimentError.self) {
            _ = try workbench.prepare(
                Workbench.report(), environment: ["SOURCE_DATE_EPOCH": "yesterday"])
        }
        #expect("\(error as Any)".contains("SOURCE_DATE_EPOCH is 'yesterday'"))
    }

    @Test("a data set that does not exist is located where it is named")
    func dataset() throws {
        let error = try #require(
            #expect(throws: SourceError.self) {
                _ = try Workbench().prepare(Workbench.report(train: "data.dataset: mnits"))
            })
        #expect(error.description.contains("mnist"))
    }
}
