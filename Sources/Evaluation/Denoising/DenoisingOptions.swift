/// What a denoising comparison computes and on how many images; part of the cache key of its cell.
public struct DenoisingOptions: Sendable, Hashable, Codable {
    /// Prefix of the scores' names, and the split that the images are from.
    public var split: String
    /// Name of the data set for protocol sentences: "MNIST".
    public var dataTitle: String
    /// Images that are denoised, the first of the split; fewer when there are fewer.
    public var imageCount: Int
    /// Kinds and strengths of noise, in the order of a table.
    public var noises: [ImageNoise]
    /// Directions that PCA keeps: the VAE's latent size; 0 leaves PCA out.
    public var componentCount: Int
    /// Training images that probes are fitted on, the first ones; 0 leaves the probes out.
    public var probeTrainingCount: Int
    /// Neighbours that vote in the kNN probe.
    public var neighbours: Int

    /// Options; the defaults are those of a comparison.
    public init(
        split: String = "test", dataTitle: String, imageCount: Int = 2_000,
        noises: [ImageNoise] = ImageNoise.standard, componentCount: Int,
        probeTrainingCount: Int = 10_000, neighbours: Int = 5
    ) {
        self.split = split
        self.dataTitle = dataTitle
        self.imageCount = imageCount
        self.noises = noises
        self.componentCount = componentCount
        self.probeTrainingCount = probeTrainingCount
        self.neighbours = neighbours
    }

    func validate() throws {
        let counts = [
            ("images", imageCount, 1), ("components", componentCount, 0),
            ("probe images", probeTrainingCount, 0), ("neighbours", neighbours, 1),
        ]
        for (name, found, least) in counts where found < least {
            throw EvaluationError.badOption(
                name: name, found: "\(found)", expected: "a whole number of at least \(least)")
        }
    }
}
