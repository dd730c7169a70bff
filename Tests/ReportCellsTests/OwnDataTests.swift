import Datasets
import Files
import Foundation
import Literate
import ReportCells
import TestSupport
import Testing

/// Reports on images that their users bring: small PNG files of two sorts.
@Suite("A report on images of the user's own")
struct OwnDataTests {
    private let bench: Workbench

    init() throws { bench = try Workbench() }

    /// Arrays as files: `count` images of `side` × `side` bytes, one half bright at the left, one at the top.
    private func addImages(_ count: Int, side: Int) throws {
        let header =
            "{'descr': '|u1', 'fortran_order': False, 'shape': (\(count), \(side), \(side)), }"
        var bytes =
            [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
        for image in 0..<count {
            for place in 0..<side * side {
                let reach = image % 2 == 0 ? place % side : place / side
                let isBright = reach < 2 + (image / 2) % (side - 3)
                bytes.append(isBright ? UInt8(200 + (image * 7) % 50) : UInt8((image * 3) % 60))
            }
        }
        try bench.folder.write(bytes, to: "images.npy")
    }

    private func config(_ more: String, model: String = "vae_conv") -> String {
        """
        seed: 3
        data:
          dataset: arrays
          path: \(bench.folder.path("images.npy"))
          batch_size: 16
          \(more)
        model: {name: \(model), latent_dim: 3, base_ch: 4}
        train: {epochs: 1}
        eval: {iwae_samples: 4}

        """
    }

    private static let rest = """
        ```{figure}
        #| label: fig-scatter
        kind: latent-scatter
        run: main
        ```
        ```{figure}
        #| label: fig-samples
        kind: prior-samples
        run: main
        ```
        ```{figure}
        #| label: fig-images
        kind: reconstructions
        run: main
        ```
        """

    @Test(
        "is built at any size, in grey and in colour, by every model",
        arguments: ["vae_conv", "vae_resnet", "vae_mlp"], [8, 20, 37, 48, 64, 128])
    func sizes(model: String, side: Int) throws {
        try addImages(60, side: 12)
        let color = side == 37 ? "color: rgb" : "color: auto"
        let built = try bench.build(
            Workbench.report(), config: config("\(color)\n  image_size: \(side)", model: model))
        #expect(built.exitCode == 0, "\(built.outcomes)")
    }

    @Test("shows images without classes, and is not trained again when nothing changed")
    func report() throws {
        try addImages(90, side: 16)
        let text = Workbench.report(rest: "```{data}\n#| label: images\n```\n" + Self.rest)
        let first = try bench.build(text, config: config(""))
        #expect(first.exitCode == 0, "\(first.outcomes)")
        #expect(first.values["images.title"] == PublishedValue(text: "images"))
        let second = try bench.build(text, config: config(""))
        #expect(
            second.outcomes.allSatisfy { if case .reused = $0 { true } else { false } },
            "\(second.explanation)")
    }

    @Test(
        "that are too few, or not there, is refused at the key in the config before anything runs")
    func refused() throws {
        let text = Workbench.report()
        for (yaml, words) in [
            (config(""), "configs/workbench.yaml:4:9: error: there is no file"),
            (
                "data: {dataset: folder}",
                "configs/workbench.yaml:1:17: error: 'data.dataset: folder' does"
            ),
            (
                "data: {path: images}",
                "'data.path' names images of your own, but 'data.dataset' is not"
            ),
        ] {
            let error = #expect(throws: SourceError.self) { try bench.prepare(text, config: yaml) }
            #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
        }
        try addImages(6, side: 16)
        let error = #expect(throws: SourceError.self) {
            try bench.prepare(text, config: config(""))
        }
        #expect(error?.description.contains("to train on and") == true)
        #expect(bench.progress.trainings.isEmpty)
    }
}
