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
        for id in ["fig-main-\(kind)", "fig-flat-\(kind)"] {
            let figure = try #require(report.built.result(id)?.figure)
            #expect(figure.svg.hasPrefix("<svg"))
            #expect(figure.svg.contains(id))
            #expect(figure.alternativeText.count > 30)
            #expect(
                figure.defaultCaption.contains(kind == "traversals" ? "model trained" : "igits"))
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
            "logs/history.csv", "logs/metrics.csv", "run.json", "grids/recon_grid.png",
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

    @Test("traversals show the chosen dimensions in the order of their KL")
    func chosenDimensions() throws {
        let report = try FullReport.get()
        let figure = try #require(report.built.result("fig-chosen")?.figure)
        let all = try #require(report.built.result("fig-main-traversals")?.figure?.data?.rows)
        let chosen = try #require(figure.data?.rows)
        #expect(chosen.count == 2)
        #expect(all.count == 3)
        #expect(chosen.map(\.first) == all.map(\.first).filter { chosen.map(\.first).contains($0) })
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
