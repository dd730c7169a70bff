import Networks
import VAEModels

/// A model that `bench` times, by the name that is given to `--model`.
enum BenchModel: String, CaseIterable {
    case conv, resnet, mlp, dae

    /// The model with its first parameters, compiled for training.
    func compiled(
        image: FeatureShape, base: Int, latent: Int, batch: Int, precision: Precision
    ) throws -> any TrainableModel {
        if self == .dae {
            let description = DenoiserDescription.convolutional(image: image, base: base)
            let plan = try DenoiserTrainingPlan(description, batch: batch, precision: precision)
            try plan.load(description.initialParameters(seed: 0))
            return plan
        }
        let description = vae(image: image, base: base, latent: latent)
        let plan = try VAETrainingPlan(description, batch: batch, precision: precision)
        try plan.load(description.initialParameters(seed: 0))
        return plan
    }

    /// The VAE of that name.
    func vae(image: FeatureShape, base: Int, latent: Int) -> VAEDescription {
        switch self {
        case .conv, .dae: .convolutional(image: image, base: base, latentSize: latent)
        case .resnet: .residual(image: image, base: base, latentSize: latent)
        case .mlp: .multilayerPerceptron(image: image, latentSize: latent)
        }
    }
}
