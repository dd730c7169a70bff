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

    @Option(help: "The model: conv.")
    var model = "conv"

    @Option(help: "Channels after the first stage.")
    var base = 32

    @Option(help: "Numbers in a code.")
    var latent = 32

    @Option(help: "Images in a step.")
    var batch = 128

    @Option(help: "The precision: float32, or bfloat16 where the CPU has AVX-512 BF16.")
    var precision = "float32"

    @Option(help: "How many steps to time.")
    var steps = 60

    @Option(help: "How many threads compute; all cores by default.")
    var threads: Int?

    @OptionGroup var data: DataOptions

    func validate() throws {
        func check(_ holds: Bool, _ message: String) throws {
            if !holds { throw ValidationError(message) }
        }
        try check(model == "conv", "there is no model '\(model)' to time; known: conv")
        try check(
            Precision(rawValue: precision) != nil,
            "there is no precision '\(precision)' to time; known: float32, bfloat16")
        try check((1...256).contains(base), "--base is 1 to 256, found \(base)")
        try check((2...1024).contains(latent), "--latent is 2 to 1024, found \(latent)")
        try check((2...65_536).contains(batch), "--batch is 2 to 65536, found \(batch)")
        try check((1...1_000_000).contains(steps), "--steps is 1 to 1000000, found \(steps)")
        try check((1...64).contains(threads ?? 1), "--threads is 1 to 64, found \(threads ?? 1)")
    }

    func run() throws {
        let begin = ContinuousClock.now
        if let threads { Kernels.threadCount = threads }
        let request = DatasetRequest(
            name: "mnist", folder: data.folder, whenUnavailable: .drawnDigits,
            limits: SplitLimits(train: max(batch * 8, 8192), test: 16))
        let dataset = try data.loader(display: BuildDisplay()).load(request)
        let images = dataset.train
        let description = VAEDescription.convolutional(
            image: FeatureShape(
                channels: images.shape.channels, height: images.shape.height,
                width: images.shape.width), base: base, latentSize: latent)
        let observer = StepTimes()
        let needed = (steps + 5) / (images.count / batch) + 1
        let trainer = try Trainer(
            description, images: images,
            options: TrainingOptions(
                fitting: FittingOptions(
                    epochs: needed, learningRate: 2e-3, learningRateShape: .oneCycle),
                batchSize: batch, validationCount: 0,
                precision: Precision(rawValue: precision) ?? .float32))
        observer.limit = steps + 5
        do {
            _ = try trainer.run(observer: observer)
        } catch is StepTimes.Enough {}
        let times = observer.times.dropFirst(5).sorted()
        let median = times[times.count / 2]
        let result = Result(
            model: model, base: base, latent: latent, batch: batch, precision: precision,
            engine: Plans.kernelsDescription, dataset: dataset.name,
            threads: Kernels.threadCount, steps: times.count,
            images_per_s: (Double(batch) / median).rounded(),
            best_images_per_s: (Double(batch) / times[0]).rounded(),
            first_step_s: observer.firstStep.map { begin.duration(to: $0) / .seconds(1) } ?? 0,
            peak_rss_mb: ProcessMemory.peakBytes / 1_048_576)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(result), as: UTF8.self))
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
    var limit = 0
    private var last: ContinuousClock.Instant?

    func stepEnds(_ progress: StepProgress) throws {
        let now = ContinuousClock.now
        if let last { times.append(last.duration(to: now) / .seconds(1)) }
        if firstStep == nil { firstStep = now }
        last = now
        if times.count >= limit { throw Enough() }
    }
}
