import Files
import Foundation
import Literate
import ReportCells
import Testing

@Suite("Cells of a report")
struct CellTests {
    @Test("every cell of a report with two runs has a result")
    func everyCell() throws {
        let report = try FullReport.get()
        #expect(report.built.failures == [:])
        #expect(report.built.exitCode == 0)
        #expect(report.built.ran.count == report.built.document.cells.count)
        #expect(report.workbench.progress.trainings.map(\.run) == ["main", "flat"])
    }

    @Test("a figure of every kind is drawn, described and kept", arguments: FullReport.figureKinds)
    func figure(kind: String) throws {
        let report = try FullReport.get()
        let runs = FullReport.flatFigureKinds.contains(kind) ? ["main", "flat"] : ["main"]
        for id in runs.map({ "fig-\($0)-\(kind)" }) {
            let figure = try #require(report.built.result(id)?.figure)
            #expect(figure.svg.hasPrefix("<svg"))
            #expect(figure.svg.contains(id))
            #expect(figure.alternativeText.count > 30)
            #expect(figure.defaultCaption.contains("igits"))
            #expect(!(figure.data?.rows.isEmpty ?? true))
            #expect(figure.imageFile == "figures/\(id).png")
            #expect(
                try report.workbench.bytes("figures/\(id).png").starts(with: [137, 80, 78, 71]))
            #expect(try report.workbench.bytes("figures/\(id).svg") == Array(figure.svg.utf8))
        }
    }

    @Test(
        "a table of every kind has as many cells in a row as columns",
        arguments: FullReport.tableKinds)
    func table(kind: String) throws {
        let table = try #require(try FullReport.get().built.result("tbl-\(kind)")?.table)
        #expect(!table.rows.isEmpty)
        #expect(!table.defaultCaption.isEmpty)
        for row in table.rows { #expect(row.count == table.columns.count) }
    }

    @Test("a table of scores leaves out those that stand in tables of their own")
    func shortScores() throws {
        func titles(_ table: String) throws -> [String] {
            try #require(try FullReport.get().built.result(table)?.table).rows.compactMap { row in
                if case .text(let title) = row.first?.content { title } else { nil }
            }
        }
        let (all, short) = (try titles("tbl-scores"), try titles("tbl-short"))
        #expect(short.contains("ELBO") && !short.contains("Amortisation gap"))
        let left = all.filter { !short.contains($0) }
        let sets = ["Fréchet", "Kernel", "Precision", "Recall"]
        #expect(left.count == all.count - short.count && left.count == 25)
        #expect(
            left.allSatisfy { title in
                sets.contains(where: title.hasPrefix) || title.hasSuffix("gap")
                    || title.hasSuffix("posterior")
            })
    }

    @Test("the table of layers adds up to the model's parameters")
    func architecture() throws {
        let built = try FullReport.get().built
        let rows = try #require(built.result("tbl-architecture")?.table).rows
        let numbers = rows.compactMap { $0.last?.number }
        let total = try #require(numbers.last)
        #expect(numbers.dropLast().reduce(0, +) == total)
        #expect(built.values["main.model.parameters"]?.number == total)
    }

    @Test("files stand under the names that people know")
    func files() throws {
        let workbench = try FullReport.get().workbench
        let names = [
            "ckpts/best.safetensors", "ckpts/last.safetensors", "logs/train.log",
            "logs/history.csv", "logs/metrics.csv", "logs/codes.csv", "run.json",
            "grids/recon_grid.png",
            "grids/interpolations.png", "grids/latent_scatter.png", "samples/prior_samples.png",
            "grids/traverse_dim_0.png", "grids/traverse_dim_1.png",
        ]
        for run in ["main", "flat"] {
            for name in names { #expect(workbench.has("runs/\(run)/\(name)"), "\(run) \(name)") }
        }
        #expect(workbench.has("runs/main/grids/traverse_dim_2.png"))
        #expect(!workbench.has("runs/flat/grids/traverse_dim_2.png"))
        #expect(!workbench.folder.contents().contains { $0.hasSuffix(".tmp") })
    }

    @Test("history.csv has a line an epoch, train.log says the same in words")
    func logs() throws {
        let workbench = try FullReport.get().workbench
        let history = String(
            decoding: try workbench.bytes("runs/main/logs/history.csv"), as: UTF8.self)
        let lines = history.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[0].hasPrefix("epoch,train.elbo,"))
        #expect(lines[2].hasPrefix("2,-"))
        let log = String(decoding: try workbench.bytes("runs/main/logs/train.log"), as: UTF8.self)
        #expect(log.split(separator: "\n").count == 3)
        #expect(log.contains("epoch 2: train -ELBO "))
    }

    @Test("codes.csv has a line a test image with its class, means and deviations")
    func codes() throws {
        let workbench = try FullReport.get().workbench
        let text = String(
            decoding: try workbench.bytes("runs/main/logs/codes.csv"), as: UTF8.self)
        let lines = text.split(separator: "\n")
        #expect(lines.count == 97)
        #expect(lines[0] == "index,label,mean_0,mean_1,mean_2,sigma_0,sigma_1,sigma_2")
        #expect(lines[96].hasPrefix("95,"))
        #expect(lines[96].split(separator: ",").count == 8)
    }

    @Test("scores.json holds value, unit, number of images, standard error and protocol by run")
    func scoresFile() throws {
        let report = try FullReport.get()
        let bytes = Data(try report.workbench.bytes("scores.json"))
        let runs = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
        #expect(runs.keys.sorted() == ["flat", "main"])
        let main = try #require(runs["main"] as? [String: [String: Any]])
        let elbo = try #require(main["test.elbo"])
        #expect(elbo.keys.sorted() == ["n", "protocol", "standard_error", "unit", "value"])
        #expect(elbo["n"] as? Int == 96)
        #expect(elbo["unit"] as? String == "nats per image")
        #expect((elbo["value"] as? Double ?? 0) < 0)
        #expect(main["test.iwae_16"] != nil)
        #expect(main["test.iwae"] == nil)
        for (name, score) in main {
            #expect(score["value"] != nil || score["not_computed"] != nil, "\(name)")
        }
        let flat = try #require(runs["flat"] as? [String: Any])
        #expect(!flat.keys.contains { $0.hasPrefix("test.iwae") })
    }

    @Test("traversals show the chosen dimensions in the order in which they were chosen")
    func chosenDimensions() throws {
        let figure = try #require(try FullReport.get().built.result("fig-chosen")?.figure)
        #expect(figure.data?.rows.map { $0[1].number } == [2, 0])
    }

    @Test("interpolations go between the chosen pairs in the chosen way")
    func chosenPairs() throws {
        let report = try FullReport.get()
        let figure = try #require(report.built.result("fig-straight")?.figure)
        #expect(figure.alternativeText.contains("2 pairs"))
        #expect(!figure.alternativeText.contains("great circle"))
        #expect(figure.data?.rows.count == 18)
    }

    @Test("a scatter of two chosen dimensions and a plane of two others say which they are")
    func chosenPlane() throws {
        let built = try FullReport.get().built
        let scatter = try #require(built.result("fig-plane")?.figure)
        #expect(scatter.alternativeText.contains("z2 and z1 of 3"))
        let grid = try #require(built.result("fig-grid")?.figure)
        #expect(grid.alternativeText.hasPrefix("16 images decoded on a 4 by 4 grid of codes, z1"))
        #expect(grid.defaultCaption.contains("the code of test image 3"))
    }

    @Test("sums of codes name their terms, one row for each start")
    func arithmetic() throws {
        let figure = try #require(try FullReport.get().built.result("fig-sum")?.figure)
        let sums = figure.data?.rows.map { $0.first?.content }
        #expect(
            sums == [
                .text("image 4 − mean of 1 + mean of 0 + image 2"),
                .text("mean of 7 − mean of 1 + mean of 0 + image 2"),
            ])
    }

    @Test("posterior draws keep the order in which images were chosen")
    func posteriorOrder() throws {
        let rows = try #require(try FullReport.get().built.result("fig-draws")?.figure?.data?.rows)
        let names = rows.map { row -> String in
            if case .text(let text)? = row.first?.content { text } else { "" }
        }
        #expect(names.map { $0.hasSuffix("#9") } == [true, false])
        #expect(names.map { $0.hasSuffix("#2") } == [false, true])
    }

    @Test("another seed draws other images")
    func seeds() throws {
        let workbench = try FullReport.get().workbench
        #expect(
            try workbench.bytes("figures/fig-main-prior-samples.png")
                != workbench.bytes("figures/fig-other-seed.png"))
    }

    @Test("rate and distortion hold the numbers of both runs")
    func rateDistortion() throws {
        let built = try FullReport.get().built
        let rows = try #require(built.result("fig-runs")?.figure?.data?.rows)
        let rates = ["main", "flat"].compactMap { built.values["\($0).test.kl"]?.number }
        #expect(rows.compactMap { $0[1].number } == rates.sorted() + [0], "the mean image last")
        let others = try #require(built.result("fig-runs-psnr")?.figure?.data?.rows)
        #expect(others.count == 5)
    }
}

extension CellResult {
    var figure: FigureOutput? {
        outputs.lazy.compactMap { if case .figure(let figure) = $0 { figure } else { nil } }.first
    }

    var table: TableOutput? {
        outputs.lazy.compactMap { if case .table(let table) = $0 { table } else { nil } }.first
    }

    var verdict: VerdictOutput? {
        outputs.lazy.compactMap { if case .verdict(let verdict) = $0 { verdict } else { nil } }
            .first
    }
}

extension TableCell {
    var number: Double? {
        switch content {
        case .number(let number, _): number
        case .value(let value, _): value.number
        case .text, .empty: nil
        }
    }
}
