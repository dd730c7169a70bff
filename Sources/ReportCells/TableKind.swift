import Literate

/// What a table cell may show.
public enum TableKind: String, CaseIterable, Sendable {
    case scores
    case baselines
    case distances
    case gaps
    case architecture
    case config
    case latent
    case factors
    case samplings
    case denoising
    case abilities
    case probes

    /// What the table is about: a run, or a comparison.
    public var subject: FigureKind.Subject {
        switch self {
        case .denoising, .abilities, .probes: .comparison
        default: .run
        }
    }

    /// Whether it shows what an eval cell computed.
    public var needsEvaluation: Bool {
        switch self {
        case .scores, .baselines, .distances, .gaps, .latent, .factors: true
        default: false
        }
    }

    /// The score without which there is nothing to show.
    var neededScore: String {
        switch self {
        case .gaps: GapTable.needed
        case .factors: "mig"
        default: "elbo"
        }
    }

    /// What it shows, one sentence.
    public var summary: String {
        switch self {
        case .scores: "Every score with its standard error, unit and number of images."
        case .baselines:
            "PSNR and SSIM of the model beside PCA, the mean image and the image itself."
        case .distances:
            "Samples, reconstructions and test images against other test images: Fréchet and kernel "
                + "distance, precision and recall."
        case .gaps:
            "What the ELBO loses to one encoder for all images and to upright Gaussians; the eval cell "
                + "needs `eval.refined_images`."
        case .architecture: "Layers with their shapes and numbers of parameters."
        case .config: "The keys of the run's config that somebody set, and the others' defaults."
        case .latent:
            "Each latent dimension: KL, mean and variance of its means, σ, the aggregate posterior's σ, "
                + "its strongest correlation."
        case .factors:
            "Each factor that the images were drawn from: its values, the two dimensions that say most "
                + "about it and their gap, how much one dimension says all, how often trees tell it "
                + "right. Needs `disentanglement: true` in the eval cell."
        case .samplings:
            "Draws from the prior at three temperatures beside reconstructions and test images: how "
                + "bright, how varied, how far from the nearest training image."
        case .denoising: "A score of every method by kind and strength of noise."
        case .abilities: "What the VAE and the autoencoder can do, with the numbers that show it."
        case .probes: "How well simple classifiers find an image's class from each code."
        }
    }

    static func of(_ cell: Cell) throws -> TableKind { try cell.choice("kind", of: TableKind.self) }

    /// Refuses keys that this kind does not take, and a table without a subject.
    func validate(_ cell: Cell) throws {
        let own = [subject.rawValue] + options
        for field in cell.fields where field.key != "kind" && !own.contains(field.key) {
            throw cell.error(
                "a '\(rawValue)' table has no key '\(field.key)'", at: field.keyLocation,
                suggestion: "it takes \(own.joined(separator: ", "))")
        }
        _ = subject == .comparison ? try cell.comparison() : try cell.run()
        if self == .denoising { _ = try cell.denoisingMetric() }
        _ = try cell.scoreTablesLeftOut()
    }

    /// Keys that this kind takes beside its subject.
    private var options: [String] {
        switch self {
        case .scores: ["without"]
        case .denoising: ["metric"]
        default: []
        }
    }

    /// Kinds of tables that show scores which a table of all of them need not repeat.
    static let scoreTables: [TableKind] = [.distances, .gaps]

    /// Whether the table of this kind shows that score.
    func shows(_ score: String) -> Bool {
        switch self {
        case .distances: DistanceTable.shows(score)
        case .gaps: GapTable.shows(score)
        default: false
        }
    }
}

extension Cell {
    /// The score that a table of denoising shows.
    func denoisingMetric() throws -> DenoisingTables.Metric {
        self["metric"] == nil ? .psnr : try choice("metric", of: DenoisingTables.Metric.self)
    }

    /// The tables whose scores a table of scores leaves out.
    func scoreTablesLeftOut() throws -> [TableKind] {
        try self["without"]?.items.map { item in
            guard let name = item.scalarText, let kind = TableKind(rawValue: name),
                TableKind.scoreTables.contains(kind)
            else {
                let names = TableKind.scoreTables.map(\.rawValue).joined(separator: " and ")
                throw error(
                    "'without' lists tables whose scores stand there: \(names) can be left out, found "
                        + item.spoken, at: item.location,
                    suggestion: "write it like without: [distances, gaps]")
            }
            return kind
        } ?? []
    }
}
