import Words

extension ScoreSheet {
    /// `psnr`, `psnr_pooled`, `ssim` of the model.
    mutating func add(_ scores: ReconstructionScores) {
        let what = "the likelihood's mean at the posterior mean"
        addPeak("psnr", title: "PSNR", scores, of: what)
        add(
            "psnr_pooled", title: "PSNR, pooled", .value(scores.pooledPeakSignalToNoise),
            unit: "dB",
            how: "PSNR of \(what), clipped to 0 … 1, from the mean squared error over all pixels of"
        )
        addSimilarity("ssim", title: "SSIM", scores, of: what)
    }

    /// `psnr_…` and `ssim_…` of identity, mean image and PCA.
    mutating func add(_ baselines: BaselineScores) {
        let fitted = "\(Quantity.text(baselines.fittedCount)) training images"
        addPair("identity", title: "identity", baselines.identity, of: "the image itself")
        addPair("mean_image", title: "mean image", baselines.meanImage, of: "the mean of \(fitted)")
        let title = "PCA-\(baselines.componentCount)"
        if let scores = baselines.principalComponents {
            let some = Quantity.text(baselines.componentFittedCount)
            addPair("pca", title: title, scores, of: "\(title) fitted on \(some) training images")
        } else {
            let size = baselines.componentCount
            addMissing("pca", title: title, "a code of \(size) numbers is larger than an image")
        }
        guard options.pixels.likelihood == .bernoulli else {
            return addMissingNats(
                because: "the mean image has a likelihood for Bernoulli pixels only")
        }
        add(
            Self.natsName, title: Self.natsTitle, mean: baselines.meanImageNats,
            unit: Self.nats,
            how: "\(Self.natsWords), the mean of \(fitted)")
    }

    private static let natsName = "reconstruction_mean_image"
    private static let natsTitle = "Reconstruction term, mean image"
    private static let natsWords =
        "−log p(x) of pixels drawn as 1 with the value of the mean image, positive nats, summed over "
        + "pixels: what a decoder pays without a code"

    private mutating func addMissingNats(because reason: String) {
        add(
            Self.natsName, title: Self.natsTitle, .notComputed(reason), unit: Self.nats,
            how: "\(Self.natsWords) over")
    }

    /// The baselines that need training images, where there are none.
    mutating func addMissingBaselines(componentCount: Int, because reason: String) {
        addMissing("mean_image", title: "mean image", reason)
        addMissing("pca", title: "PCA-\(componentCount)", reason)
        addMissingNats(because: reason)
    }

    private mutating func addMissing(_ name: String, title: String, _ reason: String) {
        for (score, label, unit) in [("psnr", "PSNR", "dB"), ("ssim", "SSIM", "")] {
            add(
                "\(score)_\(name)", title: "\(label), \(title)", .notComputed(reason), unit: unit,
                how: "\(label) of \(title) over")
        }
    }

    private mutating func addPair(
        _ name: String, title: String, _ scores: ReconstructionScores, of what: String
    ) {
        addPeak("psnr_\(name)", title: "PSNR, \(title)", scores, of: what)
        addSimilarity("ssim_\(name)", title: "SSIM, \(title)", scores, of: what)
    }

    private mutating func addPeak(
        _ name: String, title: String, _ scores: ReconstructionScores, of what: String
    ) {
        let how = "PSNR of \(what), clipped to 0 … 1, data range 1"
        if scores.isExact {
            add(
                name, title: title, .value(.infinity), unit: "dB",
                how: how + "; infinite, for there is no error in")
        } else {
            add(
                name, title: title, mean: scores.peakSignalToNoise, unit: "dB",
                how: how + ", \(Int(ReconstructionScores.ceiling)) dB at most for one image")
        }
    }

    private mutating func addSimilarity(
        _ name: String, title: String, _ scores: ReconstructionScores, of what: String
    ) {
        let how =
            "SSIM of \(what), clipped to 0 … 1: 11×11 Gaussian window, σ = 1.5, K₁ = 0.01, "
            + "K₂ = 0.03, range 1, population covariance, 5 px cropped, mean over channels"
        if let values = scores.similarities {
            add(name, title: title, mean: values, unit: "", how: how)
        } else {
            add(
                name, title: title,
                .notComputed(
                    "the images have a side under \(StructuralSimilarity.windowSize) pixels"),
                unit: "", how: how + "; over")
        }
    }
}
