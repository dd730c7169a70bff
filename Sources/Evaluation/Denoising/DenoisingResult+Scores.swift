import Words

extension DenoisingResult {
    /// Every number as a score with its protocol, by name: `denoise_psnr_vae_gaussian_30`,
    /// `probe_linear_vae`; see `ScoreNames`.
    public var scores: Scores {
        var result = Scores()
        for level in levels {
            for (method, entry) in zip(methods, level.entries) {
                for score in self.scores(entry, method, level.noise) { result.insert(score) }
            }
        }
        for probe in probes {
            for score in probe.scores(split: options.split, dataTitle: options.dataTitle) {
                result.insert(score)
            }
        }
        return result
    }

    private func scores(_ entry: Entry, _ method: Method, _ noise: ImageNoise) -> [Score] {
        let peak = entry.isExact ? nil : entry.peakSignalToNoise
        return [
            score(
                "psnr", "PSNR", peak, method, noise, unit: "dB", exact: .infinity,
                how: "PSNR, data range 1, 100 dB at most for one image"),
            score(
                "ssim", "SSIM", entry.similarity, method, noise, unit: "",
                missing: "the images have a side under \(StructuralSimilarity.windowSize) pixels",
                how: "SSIM, 11×11 Gaussian window, σ = 1.5"),
            score(
                "mse", "MSE", entry.squaredError, method, noise, unit: "",
                how: "Mean squared error a pixel"),
            score(
                "hf", "High-frequency ratio", entry.highFrequencyRatio, method, noise, unit: "",
                missing: "the clean images are flat",
                how: "RMS of the Laplacian over that of the clean image"),
        ]
    }

    private func score(
        _ name: String, _ title: String, _ estimate: MeanEstimate?, _ method: Method,
        _ noise: ImageNoise, unit: String, exact: Double? = nil, missing: String = "", how: String
    ) -> Score {
        let value = estimate?.mean ?? exact
        let images = estimate?.count ?? count
        return Score(
            name: "\(options.split).denoise_\(name)_\(method.name)_\(noise.name)",
            title: "\(title), \(method.title), \(noise.title)",
            outcome: value.map { .value($0) } ?? .notComputed(missing), unit: unit, count: images,
            standardError: estimate?.standardError,
            protocolText:
                "\(how), of \(method.about); \(noise.title): \(noise.kind.sentence); what is "
                + "scored is clipped to 0 … 1; mean and standard error over the first \(Quantity.text(images)) \(options.split) "
                + "images of \(options.dataTitle).")
    }
}
