import Evaluation
import Experiments
import Literate

/// The values that a compare cell publishes, with their names in one place.
enum DenoisingValues {
    private static let methods = ["vae", "dae", "pca", "median", "identity"]
    private static let codes = ["vae", "dae", "pca"]
    /// Scores of a method at one noise.
    static let metrics = ["psnr", "ssim", "mse", "hf"]
    /// Names that are no scores, with their sort.
    private static let facts: [(String, ValueDeclaration.Sort)] = [
        ("images", .number), ("dae.parameters", .number), ("dae.code_size", .number),
        ("dae.noise", .text), ("dae.source", .text), ("conclusion", .text),
    ]

    /// Every name below the cell's label.
    static func names(label: String) -> [ValueDeclaration] {
        let scores = metrics.flatMap { metric in
            methods.flatMap { method in
                ImageNoise.standard.map { "\(metric)_\(method)_\($0.name)" }
            }
        }
        let probes = ["linear", "knn"].flatMap { kind in codes.map { "probe_\(kind)_\($0)" } }
        return (scores + probes).map { ValueDeclaration("\(label).\($0)") }
            + facts.map { ValueDeclaration("\(label).\($0.0)", $0.1) }
    }

    /// The name of a score below the cell's label: `psnr_vae_gaussian_30` for
    /// `test.denoise_psnr_vae_gaussian_30`.
    static func name(_ score: Score) -> String {
        let name = score.name.split(separator: ".", maxSplits: 1).last.map(String.init) ?? ""
        return name.hasPrefix("denoise_") ? String(name.dropFirst(8)) : name
    }

    /// Every value by full name; what the result does not have says so.
    static func all(_ result: DenoisingResult, _ view: ComparisonView, _ model: DenoiserFacts)
        -> [String: PublishedValue]
    {
        var values: [String: PublishedValue] = [:]
        for declaration in names(label: view.label) {
            values[declaration.name] = PublishedValue(
                notComputed: "the data have no classes or the images are too small")
        }
        for score in result.scores.entries {
            values["\(view.label).\(name(score))"] = PublishedValue(score)
        }
        values["\(view.label).images"] = PublishedValue(integer: result.count)
        values["\(view.label).dae.parameters"] = PublishedValue(integer: model.parameters)
        values["\(view.label).dae.code_size"] = PublishedValue(integer: model.codeSize)
        values["\(view.label).dae.noise"] = PublishedValue(text: view.trainingNoise)
        values["\(view.label).dae.source"] = PublishedValue(text: model.source)
        values["\(view.label).conclusion"] = PublishedValue(text: DenoisingConclusion(result).text)
        return values
    }
}

/// What is known of a denoising autoencoder.
struct DenoiserFacts {
    let parameters: Int
    let codeSize: Int
    /// Where it comes from: "trained here, 2 epochs" or a file's name.
    let source: String
}
