import Files
import Literate
import ReportCells
import Testing

@Suite("Comparison with a denoising autoencoder")
struct ComparisonTests {
    @Test("trains the autoencoder and keeps its files under the cell's label")
    func files() throws {
        let report = try ComparisonReport.get()
        #expect(report.built.failures == [:])
        #expect(report.workbench.progress.trainings.map(\.run) == ["main", "dae"])
        let names = [
            "ckpts/best.safetensors", "ckpts/last.safetensors", "logs/train.log",
            "logs/history.csv", "logs/denoising.json", "logs/metrics.csv",
            "grids/denoised_rows.png",
        ]
        for name in names { #expect(report.workbench.has("runs/dae/\(name)"), "\(name)") }
        let history = String(
            decoding: try report.workbench.bytes("runs/dae/logs/history.csv"), as: UTF8.self)
        #expect(history.hasPrefix("epoch,train.mse,validation.mse,lr\n1,"))
        #expect(history.split(separator: "\n").count == 3)
    }

    @Test("shows a table and a conclusion")
    func outputs() throws {
        let result = try #require(try ComparisonReport.get().built.result("dae"))
        #expect(result.table?.columns.count == 6)
        #expect(result.table?.rows.count == 12)
        guard case .markdown(let text)? = result.outputs.last else {
            Issue.record("no conclusion")
            return
        }
        #expect(text.contains("dB"))
        guard case .text(let conclusion)? = report("conclusion")?.content else {
            Issue.record("no conclusion to name in a text")
            return
        }
        let sentences = text.split(separator: "\n").map { String($0.dropFirst(2)) }
        #expect(sentences.count > 3)
        #expect(sentences.joined(separator: " ") == conclusion)
    }

    private func report(_ name: String) -> PublishedValue? {
        try? ComparisonReport.get().built.values["dae.\(name)"]
    }

    @Test("publishes exactly the values that were announced")
    func values() throws {
        let built = try ComparisonReport.get().built
        let announced = built.document.publishers.filter { $0.value.cell == "dae" }.keys
        #expect(built.result("dae")?.values.keys.sorted() == announced.sorted())
        #expect(report("images")?.number == 40)
        #expect((report("dae.parameters")?.number ?? 0) > 100)
        let left = try #require(report("psnr_identity_gaussian_10")?.number)
        #expect((19...25).contains(left))
        #expect(report("psnr_identity_clean")?.content == .text("∞"))
        #expect(report("probe_linear_dae")?.count == 40)
    }

    @Test("a table of every kind is filled", arguments: ComparisonReport.tableKinds + ["ssim"])
    func tables(kind: String) throws {
        let table = try #require(try ComparisonReport.get().built.result("tbl-\(kind)")?.table)
        #expect(!table.rows.isEmpty)
        for row in table.rows { #expect(row.count == table.columns.count) }
    }

    @Test("figures show the methods", arguments: ["scores", "ratio", "rows"])
    func figures(name: String) throws {
        let figure = try #require(try ComparisonReport.get().built.result("fig-\(name)")?.figure)
        let data = try #require(figure.data)
        let words = data.columns + data.rows.flatMap { $0.map { "\($0.content)" } }
        #expect(words.contains { $0.contains("DAE") })
        #expect(figure.alternativeText.count > 60)
    }

    @Test("an autoencoder from a file is not trained again and scores the same")
    func fromFile() throws {
        let report = try ComparisonReport.get()
        let path = "\(report.workbench.output)/runs/dae/ckpts/best.safetensors"
        let workbench = try Workbench()
        let built = try workbench.build(ComparisonReport.text("dae: \(path)"))
        #expect(built.failures == [:])
        #expect(workbench.progress.trainings.map(\.run) == ["main"])
        #expect(built.values["dae.dae.source"]?.content == .text("best.safetensors"))
        let name = "dae.psnr_dae_gaussian_50"
        #expect(built.values[name]?.number == report.built.values[name]?.number)
    }

    @Test("a second build reuses the comparison; other dae keys train it again, but not the VAE")
    func reuse() throws {
        let workbench = try Workbench()
        _ = try workbench.build(ComparisonReport.text())
        let again = try workbench.build(ComparisonReport.text())
        #expect(again.ran == [])
        let other = try workbench.build(
            ComparisonReport.text("dae.base_ch: 4\ndae.epochs: 1\ndae.batch_size: 32"))
        #expect(other.ran.first == "dae")
        #expect(workbench.progress.trainings.map(\.run) == ["main", "dae", "dae"])
    }

    @Test("a file that is not there, and one that holds something else, are named")
    func badFiles() throws {
        let missing = try #require(
            #expect(throws: SourceError.self) {
                _ = try Workbench().prepare(ComparisonReport.text("dae: nowhere.pt"))
            })
        #expect(missing.message.contains("there is no file nowhere.pt"))
        let report = try ComparisonReport.get()
        let path = "\(report.workbench.output)/runs/main/ckpts/best.safetensors"
        let built = try Workbench().build(ComparisonReport.text("dae: \(path)"))
        #expect(built.failures["dae"]?.contains("encoder.0.block.0.weight") ?? false)
    }

    @Test(
        "mistakes are found before anything runs",
        arguments: [
            ("count: 40", "count: 4", "'count' is a whole number from 10"),
            ("kind: denoising\nrun", "kind: denoise\nrun", "'kind' is one of denoising"),
            ("images: [39, 5]", "images: [40]", "there is no test image 40; there are 40"),
            ("metric: ssim", "metric: sim", "'metric' is one of psnr"),
            ("dae.epochs: 2", "dae.epochs: 0", "dae.epochs"),
            ("dae.epochs: 2", "train.epochs: 2", "train.epochs"),
            ("#| label: dae\n", "", "label"),
        ])
    func mistakes(found: String, wrong: String, words: String) throws {
        let text = ComparisonReport.text().replacing(found, with: wrong)
        let error = #expect(throws: SourceError.self) { _ = try Workbench().prepare(text) }
        #expect(error?.description.contains(words) ?? false, "\(error as Any)")
    }
}
