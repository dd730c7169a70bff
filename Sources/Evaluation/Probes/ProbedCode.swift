import Networks
import VAEModels

/// A code whose use for telling classes apart is measured.
public struct ProbedCode {
    /// Part of a score's name: `vae`.
    public let name: String
    /// What a table calls it: "VAE, posterior mean".
    public let title: String
    /// Images `[count, channels, height, width]` in 0 … 1 to codes `[count, any]`.
    public let encode: ([Float]) throws -> [Float]

    /// A code; `name` has letters, digits and underscores alone.
    public init(name: String, title: String, encode: @escaping ([Float]) throws -> [Float]) {
        self.name = name
        self.title = title
        self.encode = encode
    }

    /// The posterior means of a VAE.
    public static func variationalAutoencoder(_ model: any VAEInference) -> ProbedCode {
        ProbedCode(name: "vae", title: "VAE, posterior means") { try model.encode($0).mean }
    }

    /// Coordinates along principal components.
    public static func principalComponents(_ fit: PrincipalComponents) -> ProbedCode {
        ProbedCode(name: "pca", title: "PCA-\(fit.variances.count), coordinates") {
            fit.project($0).map { Float($0) }
        }
    }

    /// Feature maps of `shape` averaged over their positions, which keeps a code of many numbers small
    /// enough for a probe.
    public static func averaged(
        name: String, title: String, shape: FeatureShape,
        encode: @escaping ([Float]) throws -> [Float]
    ) -> ProbedCode {
        let positions = shape.height * shape.width
        return ProbedCode(name: name, title: "\(title), averaged over positions") { images in
            let maps = try encode(images)
            return stride(from: 0, to: maps.count, by: positions).map { start in
                maps[start..<start + positions].reduce(0, +) / Float(positions)
            }
        }
    }
}
