import Datasets
import Files
import Foundation
import Literate
import ReportCells
import TestSupport
import Testing

@Suite("Inputs that changed under the same names")
struct ChangedInputTests {
    /// Pictures of one's own in CIFAR-10's form, where CIFAR-10 is looked for.
    private struct Pictures {
        static let count = 96
        let folder: TemporaryFolder

        init() throws {
            folder = try TemporaryFolder()
            for (index, name) in Pictures.names.enumerated() {
                try folder.write(Pictures.content(index), to: "cifar10/pictures/\(name)")
            }
        }

        private static let names = ["one.bin", "two.bin", "test.bin"]

        /// Records of a class and an image whose bytes depend on `variant`.
        static func content(_ variant: Int) -> [UInt8] {
            var bytes: [UInt8] = []
            for image in 0..<count {
                bytes.append(UInt8(image % 10))
                let step = image % 7
                for pixel in 0..<3072 {
                    bytes.append(UInt8(truncatingIfNeeded: pixel * step + 31 * variant))
                }
            }
            return bytes
        }

        /// A loader whose CIFAR-10 is as small as these.
        func loader(home: TemporaryFolder) throws -> DatasetLoader {
            let cifar = try DatasetCatalogue.standard.entry(named: "cifar10")
            let files = CIFARFiles(
                archive: PublishedArchive(
                    name: "pictures.tar.gz", size: 1, digest: "", mirrors: []),
                folder: "pictures",
                batches: Pictures.names.map { CIFARFiles.Batch(name: $0, digest: "") },
                imagesPerBatch: Pictures.count, places: ["cifar10"])
            let entry = CatalogueEntry(
                name: cifar.name, title: cifar.title, shape: cifar.shape,
                counts: SplitCounts(train: 2 * Pictures.count, test: Pictures.count),
                classNames: cifar.classNames, source: .cifar(files))
            return DatasetLoader(
                catalogue: DatasetCatalogue(entries: [entry]),
                environment: ["HOME": home.path, "VAE_REPORT_DATA": folder.path], downloader: nil)
        }

        func path(_ name: String) -> String { folder.path("cifar10/pictures/\(name)") }
    }

    private static let config = """
        seed: 3
        data: {dataset: cifar10, batch_size: 32, validation: 32, train_limit: 128, test_limit: 64}
        model: {latent_dim: 2, base_ch: 4}
        train: {epochs: 1}
        eval: {iwae_samples: 4}

        """

    private static let text = Workbench.report(
        rest: """
            ```{figure}
            #| label: fig-kl
            kind: kl-per-dimension
            run: main
            ```
            """)

    private func build(
        _ workbench: Workbench, _ pictures: Pictures, rereads: Bool = false
    ) throws -> [String] {
        let loader = try pictures.loader(home: workbench.folder)
        let built = try workbench.build(Self.text, config: Self.config) { settings in
            settings.loader = loader
            settings.rereadsData = rereads
        }
        #expect(built.failures == [:])
        return built.ran
    }

    @Test("a data file that another takes the place of, of the same size, trains again")
    func data() throws {
        let (workbench, pictures) = (try Workbench(), try Pictures())
        #expect(try build(workbench, pictures) == ["main", "eval-1", "fig-kl"])
        #expect(try build(workbench, pictures) == [])
        let before = try workbench.bytes("runs/main/ckpts/best.safetensors")
        try AtomicFile(pictures.path("one.bin")).write(Pictures.content(7))
        #expect(try build(workbench, pictures) == ["main", "eval-1", "fig-kl"])
        #expect(try workbench.bytes("runs/main/ckpts/best.safetensors") != before)

        // Written anew with what it held: nothing to do. A test file counts as well.
        try AtomicFile(pictures.path("one.bin")).write(Pictures.content(7))
        #expect(try build(workbench, pictures) == [])
        try AtomicFile(pictures.path("test.bin")).write(Pictures.content(8))
        #expect(try build(workbench, pictures) == ["main", "eval-1", "fig-kl"])
    }

    @Test("a data file that was made to look unchanged is seen when the data are read again")
    func disguised() throws {
        let (workbench, pictures) = (try Workbench(), try Pictures())
        #expect(try build(workbench, pictures) == ["main", "eval-1", "fig-kl"])
        let path = pictures.path("two.bin")
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        let time = try #require(attributes[.modificationDate])
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.write(contentsOf: Data(Pictures.content(9)))
        try file.close()
        try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: path)
        #expect(try build(workbench, pictures, rereads: true) == ["main", "eval-1", "fig-kl"])
    }

    @Test("another version of the engine trains and scores again, and says why")
    func engine() throws {
        let workbench = try Workbench()
        #expect(try workbench.build(Self.text).failures == [:])
        let again = try workbench.build(Self.text) { $0.engineVersion = "another" }
        #expect(again.ran == ["main", "eval-1", "fig-kl"])
        #expect(again.explanation[0].contains("the engine: "))
        #expect(again.explanation[0].contains("another"))
        #expect(try workbench.build(Self.text) { $0.engineVersion = "another" }.ran == [])
    }
}
