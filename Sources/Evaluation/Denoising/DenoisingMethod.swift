import Datasets
import VAEModels
import Words

/// A way to restore a noisy image, by name: what a denoising comparison compares.
public struct DenoisingMethod {
    /// Noisy images `[any, channels, height, width]` in 0 … 1 to restored ones of the same shape, which
    /// are clipped to 0 … 1 before they are scored.
    public typealias Denoise = ([Float]) throws -> [Float]

    /// Part of a score's name: `vae`.
    public let name: String
    /// What a table calls it: "VAE".
    public let title: String
    /// How it restores an image, for a protocol sentence.
    public let about: String
    /// Restores images.
    public let denoise: Denoise

    /// A method; `name` has letters, digits and underscores alone.
    public init(name: String, title: String, about: String, denoise: @escaping Denoise) {
        self.name = name
        self.title = title
        self.about = about
        self.denoise = denoise
    }

    /// Leaving the noise in.
    public static var identity: DenoisingMethod {
        DenoisingMethod(
            name: "identity", title: "leaving the noise in", about: "the noisy image as it is"
        ) { $0 }
    }

    /// The 3×3 median filter.
    public static func median(_ shape: ImageShape) -> DenoisingMethod {
        let filter = MedianFilter(shape)
        return DenoisingMethod(
            name: "median", title: "median filter",
            about: "the 3×3 median, the border's pixels repeated"
        ) { filter.applied(to: $0) }
    }

    /// Projection on principal components of clean images.
    public static func principalComponents(_ fit: PrincipalComponents) -> DenoisingMethod {
        let count = fit.variances.count
        return DenoisingMethod(
            name: "pca", title: "PCA-\(count)",
            about: "the projection on \(count) principal components of "
                + "\(Quantity.text(fit.fittedCount)) clean training images"
        ) { fit.reconstruct(fit.project($0)) }
    }

    /// A VAE that has only ever seen clean images.
    public static func variationalAutoencoder(_ model: any VAEInference) -> DenoisingMethod {
        DenoisingMethod(
            name: "vae", title: "VAE",
            about: "the mean image of the decoder at the posterior mean of the noisy image"
        ) { try model.reconstruct(try model.encode($0).mean) }
    }
}
