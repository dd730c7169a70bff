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
        abstract: "Time whole training steps and print one line of JSON.",
        discussion: """
            A step is what training does: gather a batch, draw noise, forward, backward, AdamW. \
            images_per_s is that of the median step, the first five left out. Machines differ and are \
            noisy: compare numbers of one sitting only.
            """)

    @Option(help: "The model: conv, resnet, mlp or dae.")
    var model = "conv"

    @Option(help: "Channels after the first stage; mlp has none.")
    var base = 32

    @Option(help: "Numbers in a code; dae has no such choice.")
    var latent = 32

    @Option(help: "Images in a step.")
    var batch = 128

    @Option(help: "The precision: float32, or bfloat16 where the CPU has AVX-512 BF16.")
    var precision = "float32"

    @Option(help: "The images: mnist or cifar10; drawn digits where MNIST is not to be had.")
    var dataset: String?

    @Option(help: "Rows and columns of random images, in place of a data set's.")
    var size: Int?

    @Option(help: "Channels of random images.")
    var channels: Int?

    @Option(help: "How many steps to time.")
    var steps = 60

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
    }

    func run() throws {
        let begin = ContinuousClock.now
        if let threads { Kernels.threadCount = threads }
        let (name, images) = try images()
        let compiled = try (BenchModel(rawValue: model) ?? .conv).compiled(
            image: FeatureShape(
                channels: images.shape.channels, height: images.shape.height,
                width: images.shape.width), base: base, latent: latent, batch: batch,
            precision: Precision(rawValue: precision) ?? .float32)
        let observer = try timedSteps(compiled, images)
        let times = observer.times.dropFirst(Self.warmUp).sorted()
        let result = Result(
            model: model, base: base, latent: latent, batch: batch, precision: precision,
            engine: Plans.kernelsDescription, dataset: name,
            threads: Kernels.threadCount, steps: times.count,
            images_per_s: (Double(batch) / times[times.count / 2]).rounded(),
            best_images_per_s: (Double(batch) / times[0]).rounded(),
            first_step_s: observer.firstStep.map { begin.duration(to: $0) / .seconds(1) } ?? 0,
            peak_rss_mb: ProcessMemory.peakBytes / 1_048_576)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(result), as: UTF8.self))
    }

    private var isRandom: Bool { size != nil || channels != nil }

    /// The images to train on and what they are called.
    private func images() throws -> (name: String, ImageSet) {
        let count = max(batch * 8, 8192)
        guard !isRandom else {
            let shape = ImageShape(
                channels: channels ?? 1, height: size ?? 28, width: size ?? 28)
            let words = RandomSource(seed: 0).words(count * shape.pixelCount, for: .drawing)
            let pixels = words.map { UInt8(truncatingIfNeeded: $0) }
            let name = "random \(shape.channels)×\(shape.height)×\(shape.width)"
            return (name, ImageSet(pixels: pixels, labels: [], shape: shape))
        }
        let request = DatasetRequest(
            name: dataset ?? "mnist", folder: data.folder,
            whenUnavailable: dataset == nil ? .drawnDigits : .error,
            limits: SplitLimits(train: count, test: 16))
        let loaded = try data.loader(display: BuildDisplay()).load(request)
        return (loaded.name, loaded.train)
    }

    private func timedSteps(
        _ model: any TrainableModel, _ images: ImageSet
    ) throws -> StepTimes {
        let observer = StepTimes(limit: steps + Self.warmUp)
        let epochs = observer.limit / (images.count / batch) + 1
        let loop = try FittingLoop(
            model, images: images,
            options: FittingOptions(
                epochs: epochs, learningRate: 2e-3, learningRateShape: .oneCycle))
        do {
            _ = try loop.run(observer: observer)
        } catch is StepTimes.Enough {}
        return observer
    }

    /// The line that is printed; names are those of the PyTorch peer.
    private struct Result: Encodable {
        let model: String
        let base, latent, batch: Int
        let precision, engine, dataset: String
        let threads, steps: Int
        let images_per_s, best_images_per_s, first_step_s: Double
        let peak_rss_mb: Int
    }
}

/// Takes the time of each step and stops the training after enough of them.
private final class StepTimes: TrainingObserver {
    struct Enough: Error {}

    private(set) var times: [Double] = []
    private(set) var firstStep: ContinuousClock.Instant?
    let limit: Int
    private var last: ContinuousClock.Instant?

    init(limit: Int) { self.limit = limit }

    func stepEnds(_ progress: StepProgress) throws {
        let now = ContinuousClock.now
        if let last { times.append(last.duration(to: now) / .seconds(1)) }
        if firstStep == nil { firstStep = now }
        last = now
        if times.count >= limit { throw Enough() }
    }
}
