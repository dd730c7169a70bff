import Datasets
import Tensors

/// Runs the denoising protocol: the same noisy images through every method, scored against the clean
/// ones, and a probe of every code.
///
/// Leaving the noise in, the 3×3 median and PCA are added to the methods that the caller names. Results
/// depend on the images, the methods and the options alone; memory does not grow with the images.
public struct DenoisingComparison {
    /// What to compute.
    public let options: DenoisingOptions
    private let clean: EvaluationImages
    private let labels: [UInt8]
    private let training: ImageSet
    private let methods: [DenoisingMethod]
    private let codes: [ProbedCode]

    /// Compares `methods` on the first of `images`; PCA and probes are fitted on `training`. `codes` are
    /// probed where both sets have labels.
    public init(
        images: ImageSet, training: ImageSet, methods: [DenoisingMethod], codes: [ProbedCode] = [],
        options: DenoisingOptions
    ) {
        let used = images.slice(0..<min(images.count, max(options.imageCount, 0)))
        clean = EvaluationImages(used)
        labels = used.labels
        self.training = training
        self.methods = methods
        self.codes = codes
        self.options = options
    }

    /// Computes everything. Throws `EvaluationError` and what a method throws.
    public func run(progress: EvaluationProgress.Report = { _ in }) throws -> DenoisingResult {
        try options.validate()
        guard clean.count > 0 else { throw EvaluationError.noImages(split: options.split) }
        guard training.shape == clean.shape else {
            throw EvaluationError.wrongImageSize(
                found: training.shape.pixelCount, expected: clean.pixelCount)
        }
        let fit = try components(progress)
        let all = allMethods(fit)
        let levels = try options.noises.map { noise in
            DenoisingResult.Level(
                noise: noise,
                entries: try all.map { try entry($0, noise, progress) })
        }
        return DenoisingResult(
            options: options, count: clean.count,
            methods: all.map {
                DenoisingResult.Method(name: $0.name, title: $0.title, about: $0.about)
            },
            levels: levels, probes: try probes(fit, progress))
    }

    /// The noisy copies of a block of the clean images: what a figure shows beside the restored ones.
    public func noisy(_ noise: ImageNoise, block: Range<Int>) -> [Float] {
        noise.applied(
            to: clean.values(of: block), shape: clean.shape,
            block: block.lowerBound / EvaluationImages.blockSize)
    }

    /// The caller's methods, then PCA, median and identity.
    private func allMethods(_ fit: PrincipalComponents?) -> [DenoisingMethod] {
        let fitted = fit.map {
            [DenoisingMethod.principalComponents($0)]
        }
        return methods + (fitted ?? []) + [.median(clean.shape), .identity]
    }

    private func components(_ progress: EvaluationProgress.Report) throws -> PrincipalComponents? {
        let count = min(options.componentCount, clean.pixelCount)
        guard count > 0, training.count > 1 else { return nil }
        let fitted = EvaluationImages(training, role: .fitted)
        return try PrincipalComponents(
            count: fitted.count, size: fitted.pixelCount, leading: count, ranges: fitted.blocks
        ) { block in
            progress(
                EvaluationProgress(
                    stage: "fitting PCA", completed: block.upperBound, total: fitted.count))
            return fitted.values(of: block)
        }
    }

    private func entry(
        _ method: DenoisingMethod, _ noise: ImageNoise, _ progress: EvaluationProgress.Report
    ) throws -> DenoisingResult.Entry {
        let frequency = HighFrequency(clean.shape)
        var ratios: [Double] = []
        let stage = "\(method.title), \(noise.title)"
        let scores = try ReconstructionScores(
            of: clean, stage: stage, progress: { progress($0.within("removing noise")) }
        ) { block, targets in
            let restored = try method.denoise(noisy(noise, block: block))
            guard restored.count == targets.count, restored.allSatisfy(\.isFinite) else {
                throw EvaluationError.notFinite(what: "restored images (\(method.title))")
            }
            let clipped = restored.map { min(max($0, 0), 1) }
            for (own, other) in zip(frequency.energies(targets), frequency.energies(clipped))
            where own > 0 {
                ratios.append(other / own)
            }
            return clipped
        }
        return DenoisingResult.Entry(scores, ratios: ratios)
    }

    private func probes(
        _ fit: PrincipalComponents?, _ progress: EvaluationProgress.Report
    ) throws -> [ProbeResult] {
        let fitted = training.slice(0..<min(training.count, options.probeTrainingCount))
        guard !labels.isEmpty, !fitted.labels.isEmpty else { return [] }
        let all = codes + (fit.map { [ProbedCode.principalComponents($0)] } ?? [])
        return try all.map { code in
            try ProbeResult(
                of: code, training: fitted, images: clean.images, neighbours: options.neighbours,
                progress: { progress($0.within("probing codes")) })
        }
    }
}

extension DenoisingResult.Entry {
    fileprivate init(_ scores: ReconstructionScores, ratios: [Double]) {
        let peaks = SampleStatistics(scores.peakSignalToNoise)
        let errors = SampleStatistics(scores.squaredErrors)
        let count = scores.squaredErrors.count
        peakSignalToNoise = MeanEstimate(
            mean: peaks.mean, standardError: peaks.standardError, count: count)
        squaredError = MeanEstimate(
            mean: errors.mean, standardError: errors.standardError, count: count)
        similarity = scores.similarities.flatMap { MeanEstimate($0) }
        highFrequencyRatio = MeanEstimate(ratios)
        isExact = scores.isExact
    }
}
