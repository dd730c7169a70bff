import Literate
import ReportCells
import Testing

@Suite("Values that cells publish")
struct PublishedValueTests {
    @Test("every value that was announced is published by its cell, and no other")
    func asAnnounced() throws {
        let built = try FullReport.get().built
        for cell in built.document.cells {
            let announced = built.document.publishers.filter { $0.value.cell == cell.id }.keys
            let published = try #require(built.result(cell.id)).values.keys
            #expect(published.sorted() == announced.sorted(), "\(cell.id)")
        }
    }

    @Test("a train cell's values are those of its config, data and model")
    func trainValues() throws {
        let values = try FullReport.get().built.values
        #expect(values["main.data.title"]?.content == .text("Drawn digits"))
        let numbers: [String: Double] = [
            "data.train_count": 256, "data.validation_count": 64, "data.test_count": 96,
            "data.classes": 10, "model.base_ch": 4, "latent_size": 3, "seed": 3, "train.epochs": 2,
            "train.beta": 1, "train.batch_size": 32,
        ]
        for (name, number) in numbers {
            #expect(values["main.\(name)"]?.number == number, "\(name)")
        }
        #expect(values["flat.latent_size"]?.number == 2)
        #expect([1, 2].contains(values["main.train.selected_epoch"]?.number))
    }

    @Test("scores carry number of images and protocol; means carry a standard error")
    func scores() throws {
        let values = try FullReport.get().built.values
        for name in ["elbo", "reconstruction", "kl", "psnr", "ssim", "iwae_1", "iwae_4", "iwae_16"]
        {
            let score = try #require(values["main.test.\(name)"], "\(name)")
            #expect(score.count == 96)
            #expect((score.standardError ?? 0) > 0, "\(name)")
            #expect(!(score.protocolNote ?? "").isEmpty)
        }
    }

    @Test("the ELBO is minus the sum of its terms, and more samples raise the bound")
    func sums() throws {
        let values = try FullReport.get().built.values
        func number(_ name: String) throws -> Double {
            try #require(values["main.test.\(name)"]?.number)
        }
        let sum = try number("reconstruction") + number("kl")
        #expect(abs(try number("elbo") + sum) < 1e-6 * sum)
        #expect(try number("iwae_1") < number("iwae_16"))
        #expect(try number("iwae") == number("iwae_16"))
        #expect(try number("iwae_samples") == 16)
    }

    @Test("the default bounds are K = 1 and the config's")
    func defaultBounds() throws {
        let names = try Workbench().prepare(Workbench.report()).document.publishers.keys
        #expect(names.contains("main.test.iwae_8"))
        #expect(names.contains("main.test.ess_8"))
        #expect(names.contains("main.test.iwae_1"))
        #expect(!names.contains("main.test.ess_1"))
    }
}
