import ArgumentParser
import Datasets
import Files
import Foundation
import Networks
import Tensors
import Training
import VAEModels

/// `vae-report bench`: whole training steps, timed.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Time training steps or an evaluation and print one line of JSON.",
        discussion: """
            A step is what training does: gather a batch, draw noise, forward, backward, AdamW. \
            images_per_s is that of the median step, the first five left out; first_step_s counts from \
            the program's start. With --iwae the importance-weighted bound of test images is timed \
            instead. Machines differ and are noisy: compare numbers of one sitting only. How this machine \
            compares with that of benchmarks/README.md is said on standard error; peak_gflops is what its \
            arithmetic units do when nothing has to come from memory.
            """)

    @Option(
        help: "The model: conv, resnet, mlp or dae.",
        completion: .list(BenchModel.allCases.map(\.rawValue)))
    var model = "conv"

    @Option(help: "Channels after the first stage; mlp has none.")
    var base = 32

    @Option(help: "Numbers in a code; dae has no such choice.")
    var latent = 32

    @Option(help: "Images in a step.")
    var batch = 128

    @Option(
        help: "The precision: float32, or bfloat16 where the CPU has AVX-512 BF16.",
        completion: .list(["float32", "bfloat16"]))
    var precision = "float32"

    @Option(help: "The images: mnist or cifar10; drawn digits where MNIST is not to be had.")
    var dataset: String?

    @Option(help: "Rows and columns of random images, in place of a data set's.")
    var size: Int?

    @Option(help: "Channels of random images.")
    var channels: Int?

    @Option(help: "How many steps to time.")
    var steps = 60

    @Flag(help: "Add the milliseconds of each layer's passes.")
    var layers = false

    @Option(help: "Time the bound of so many draws an image, in place of steps.")
    var iwae: Int?

    @Option(help: "How many images are scored with --iwae.")
    var images = 10_000

    @Option(help: "How many threads compute; all cores by default.")
    var threads: Int?

    @OptionGroup var data: DataOptions

    /// Steps before the timed ones.
    private static let warmUp = 5

    func validate() throws {
        func check(_ holds: Bool, _ message: String) throws {
            if !holds { throw ValidationError(message) }
        }
        let models = BenchModel.allCases.map(\.rawValue).joined(separator: ", ")
        try check(
            BenchModel(rawValue: model) != nil,
            "there is no model '\(model)' to time; known: \(models)")
        try check(
            Precision(rawValue: precision) != nil,
            "there is no precision '\(precision)' to time; known: float32, bfloat16")
        try check((1...256).contains(base), "--base is 1 to 256, found \(base)")
        try check(
            model != "dae" || DenoiserDescription.allows(base: base),
            "--base of dae is 1 to 4, 8, 16 or a multiple of 32, found \(base)")
        try check((2...1024).contains(latent), "--latent is 2 to 1024, found \(latent)")
        try check((2...65_536).contains(batch), "--batch is 2 to 65536, found \(batch)")
        try check((8...256).contains(size ?? 8), "--size is 8 to 256, found \(size ?? 8)")
        try check(
            [1, 3].contains(channels ?? 1), "--channels is 1 or 3, found \(channels ?? 1)")
        try check(
            dataset == nil || !isRandom,
            "--dataset takes images as they are: leave --size and --channels out, or --dataset")
        try check(
            ["mnist", "cifar10"].contains(dataset ?? "mnist"),
            "there is no data set '\(dataset ?? "")' to time with; known: mnist, cifar10")
        try check((1...1_000_000).contains(steps), "--steps is 1 to 1000000, found \(steps)")
        try check((1...64).contains(threads ?? 1), "--threads is 1 to 64, found \(threads ?? 1)")
        try check((1...10_000).contains(iwae ?? 1), "--iwae is 1 to 10000, found \(iwae ?? 1)")
        try check((1...10_000).contains(images), "--images is 1 to 10000, found \(images)")
        try check(
            iwae == nil || (model != "dae" && !layers),
            "--iwae scores a VAE: choose another model than dae, and leave --layers out")
    }

    func run() throws {
        if let threads { Kernels.threadCount = threads }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if let iwae {
            let line = try encoder.encode(timedBound(samples: iwae))
            print(String(decoding: line, as: UTF8.self))
            return
        }
        let result = try timedSteps()
        print(String(decoding: try encoder.encode(result), as: UTF8.self))
        let comparison = BenchReference.sentence(
            rate: result.images_per_s, reference: result.reference_images_per_s,
            peak: result.peak_gflops, isBFloat16: chosenPrecision == .bfloat16)
        if !comparison.isEmpty { BuildDisplay().say(comparison) }
    }

    private func timedSteps() throws -> BenchResult {
        let (name, images) = try trainingImages()
        let compiled = try chosenModel.compiled(
            image: FeatureShape(images.shape), base: base, latent: latent, batch: batch,
            precision: chosenPrecision)
        let observer = StepTimes(limit: steps + Self.warmUp)
        let loop = try FittingLoop(
            compiled, images: images,
            options: FittingOptions(
                epochs: observer.limit / (images.count / batch) + 1, learningRate: 2e-3,
                learningRateShape: .oneCycle))
        do {
            _ = try loop.run(observer: observer)
        } catch is StepTimes.Enough {}
        let times = observer.times.dropFirst(Self.warmUp).sorted()
        let peak = NumericLibraries.peakRate(ofBFloat16: chosenPrecision == .bfloat16)
        return BenchResult(
            model: model, base: base, latent: latent, batch: batch, precision: precision,
            engine: Plans.kernelsDescription, dataset: name,
            threads: Kernels.threadCount, steps: times.count,
            images_per_s: (Double(batch) / times[times.count / 2]).rounded(),
            best_images_per_s: (Double(batch) / times[0]).rounded(),
            first_step_s: observer.firstStep, peak_rss_mb: ProcessMemory.peakBytes / 1_048_576,
            layers: layers ? compiled.layerTimes(steps: steps) : nil,
            peak_gflops: peak.map { $0.rounded() },
            reference_images_per_s: BenchReference.rate(
                model: model, base: base, latent: latent, batch: batch, shape: images.shape,
                isBFloat16: chosenPrecision == .bfloat16))
    }

    /// What `--model` names.
    var chosenModel: BenchModel { BenchModel(rawValue: model) ?? .conv }
    /// What `--precision` names.
    var chosenPrecision: Precision { Precision(rawValue: precision) ?? .float32 }
    /// Whether the images are random ones.
    var isRandom: Bool { size != nil || channels != nil }
}

/// The line that is printed; names are those of the PyTorch peer.
private struct BenchResult: Encodable {
    let model: String
    let base, latent, batch: Int
    let precision, engine, dataset: String
    let threads, steps: Int
    let images_per_s, best_images_per_s: Double
    let first_step_s: Double?
    let peak_rss_mb: Int
    let layers: [BenchLayer]?
    let peak_gflops, reference_images_per_s: Double?
}
