/// All numbers of a denoising comparison, as a cell keeps them.
public struct DenoisingResult: Sendable, Hashable, Codable {
    /// A method without what it computes with.
    public struct Method: Sendable, Hashable, Codable {
        /// Part of a score's name.
        public let name: String
        /// What a table calls it.
        public let title: String
        /// How it restores an image.
        public let about: String

        /// A method's words.
        package init(name: String, title: String, about: String) {
            self.name = name
            self.title = title
            self.about = about
        }
    }

    /// What one method makes of one noise.
    public struct Entry: Sendable, Hashable, Codable {
        /// PSNR against the clean image, dB, each image's at most 100; an exact copy counts as 100.
        public let peakSignalToNoise: MeanEstimate
        /// SSIM; nil for images with a side under 11 pixels.
        public let similarity: MeanEstimate?
        /// Mean squared error a pixel.
        public let squaredError: MeanEstimate
        /// RMS Laplacian over that of the clean image, mean over the images whose clean one has any;
        /// nil when none has.
        public let highFrequencyRatio: MeanEstimate?
        /// Whether every image came back exactly.
        public let isExact: Bool

        /// Numbers that were computed elsewhere.
        package init(
            peakSignalToNoise: MeanEstimate, similarity: MeanEstimate?, squaredError: MeanEstimate,
            highFrequencyRatio: MeanEstimate?, isExact: Bool = false
        ) {
            self.peakSignalToNoise = peakSignalToNoise
            self.similarity = similarity
            self.squaredError = squaredError
            self.highFrequencyRatio = highFrequencyRatio
            self.isExact = isExact
        }
    }

    /// One noise and what every method makes of it.
    public struct Level: Sendable, Hashable, Codable {
        /// The noise.
        public let noise: ImageNoise
        /// One entry a method, in the order of `methods`.
        public let entries: [Entry]

        /// A noise with one entry a method.
        package init(noise: ImageNoise, entries: [Entry]) {
            self.noise = noise
            self.entries = entries
        }
    }

    /// What was asked for.
    public let options: DenoisingOptions
    /// Images that were denoised.
    public let count: Int
    /// Methods in the order of a table.
    public let methods: [Method]
    /// Noises in the order of the options.
    public let levels: [Level]
    /// How well each code tells the classes apart; empty without classes.
    public let probes: [ProbeResult]

    /// A result put together; every level has one entry a method.
    package init(
        options: DenoisingOptions, count: Int, methods: [Method], levels: [Level],
        probes: [ProbeResult] = []
    ) {
        precondition(
            levels.allSatisfy { $0.entries.count == methods.count },
            "a level without one entry for each of \(methods.count) methods")
        self.options = options
        self.count = count
        self.methods = methods
        self.levels = levels
        self.probes = probes
    }

    /// The entry of a method at a noise.
    public func entry(_ method: String, _ noise: ImageNoise) -> Entry? {
        guard let place = methods.firstIndex(where: { $0.name == method }),
            let level = levels.first(where: { $0.noise == noise })
        else { return nil }
        return level.entries[place]
    }

    /// Levels of one kind by rising strength.
    public func levels(of kind: ImageNoise.Kind) -> [Level] {
        levels.filter { $0.noise.kind == kind }.sorted { $0.noise.strength < $1.noise.strength }
    }
}
