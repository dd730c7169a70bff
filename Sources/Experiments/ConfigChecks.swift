import Datasets
import Files
import VAEModels

/// What keys must agree on, with each other and with the data set. Each check throws a
/// ``Files/SourceError`` at the key that somebody set.
struct ConfigChecks {
    let values: ConfigValues
    let entry: CatalogueEntry
    let trainCount: Int
    let validation: Int
    let channels: Int

    func run() throws {
        try checkGrid()
        try checkImages()
        try checkDenoiser()
        try checkCounts()
        try checkLikelihood()
        try checkObjective()
        try ObjectiveChecks(values: values).run()
        try checkSteps()
    }

    private func checkGrid() throws {
        guard case .sprites(let grid) = entry.source else { return }
        let allowed = SpriteGrid.fewest...SpriteGrid.most
        guard !allowed.contains(grid.count) else { return }
        throw values.error(
            "the grid has \(grid.shapes) shapes × \(grid.scales) sizes × \(grid.orientations) angles × "
                + "\(grid.columns) × \(grid.rows) places, \(grid.count) images, but it takes "
                + "\(allowed.lowerBound) to \(allowed.upperBound)",
            at: [
                "data.sprite_orientations", "data.sprite_scales", "data.sprite_x", "data.sprite_y",
                "data.sprite_shapes", "data.dataset",
            ], suggestion: "choose fewer or more values of one of them")
    }

    private func checkImages() throws {
        if channels != entry.shape.channels {
            throw values.error(
                "'model.in_ch' is \(channels), but an image of \(entry.title) has "
                    + "\(entry.shape.channels)", at: ["model.in_ch"],
                suggestion: "leave the key out")
        }
        guard min(entry.shape.width, entry.shape.height) >= 8 else {
            throw values.error(
                "an image of \(entry.title) has \(entry.shape.width) × \(entry.shape.height) "
                    + "pixels, but a model needs 8 a side", at: ["data.dataset"],
                suggestion: "choose another data set")
        }
    }

    private func checkDenoiser() throws {
        let base = values.required("dae.base_ch")
        guard !DenoiserDescription.allows(base: base) else { return }
        throw values.error(
            "'dae.base_ch' is \(base), but its normalisations need 1 to 4, 8, 16 or a multiple of "
                + "32 channels to fall into equal groups", at: ["dae.base_ch"],
            suggestion: "choose 32 or 64")
    }

    private func checkCounts() throws {
        guard validation < trainCount else {
            throw values.error(
                "'data.validation' takes \(validation) of \(trainCount) training images, "
                    + "which leaves none to train on",
                at: ["data.validation", "data.train_limit"],
                suggestion: "leave the key out for a twelfth of them")
        }
        let left = trainCount - validation
        for name in ["data.batch_size", "dae.batch_size"]
        where values.required(name) > left && (name == "data.batch_size" || values.isSet(name)) {
            throw values.error(
                "'\(name)' is \(values.required(name)), but only \(left) images are "
                    + "left to train on", at: ["data.train_limit", name],
                suggestion: "choose a smaller batch or more images")
        }
    }

    private func checkLikelihood() throws {
        let loss = values.text("train.recon_loss")
        if PixelModel.Likelihood(rawValue: loss)?.needsZeroOne ?? false,
            values.text("data.normalize") != "zero_one"
        {
            throw values.error(
                "\(loss) compares pixels in 0 … 1, but 'data.normalize' is minus_one_one",
                at: ["data.normalize", "train.recon_loss"],
                suggestion: "write 'data.normalize: zero_one', or 'train.recon_loss: l2'")
        }
        let binarization = values.text("data.binarize")
        if loss != "bce", binarization != "none" {
            throw values.error(
                "pixels that are 0 or 1 ('data.binarize: \(binarization)') need bce, but "
                    + "'train.recon_loss' is \(loss)", at: ["train.recon_loss", "data.binarize"],
                suggestion: "write 'train.recon_loss: bce', or 'data.binarize: none'")
        }
    }

    private func checkObjective() throws {
        let samples = values.required("train.iwae_samples")
        let hasTarget = values.optionalNumber("train.target_kl") != nil
        if samples > 1 {
            let others = [
                ("train.free_bits", values.number("train.free_bits") > 0),
                ("train.target_kl", hasTarget),
            ]
            for (name, isOn) in others where isOn {
                throw values.error(
                    "'\(name)' changes the closed-form KL, which the importance-weighted objective "
                        + "('train.iwae_samples: \(samples)') has not",
                    at: [name, "train.iwae_samples"], suggestion: "leave one of the two out")
            }
        }
        guard hasTarget else { return }
        let others = [
            ("train.kl_schedule", values.text("train.kl_schedule") == "cyclical"),
            ("train.free_bits", values.number("train.free_bits") > 0),
            ("train.patience", values.integer("train.patience") != nil),
        ]
        for (name, isOn) in others where isOn {
            throw values.error(
                "'\(name)' and 'train.target_kl' cannot both be: the target moves beta all along, so "
                    + "neither a schedule nor a score at one beta holds",
                at: [name, "train.target_kl"], suggestion: "leave one of the two out")
        }
    }

    private func checkSteps() throws {
        let batch = values.required("data.batch_size")
        let rows = batch * values.required("train.iwae_samples")
        guard rows <= 65_536 else {
            throw values.error(
                "'data.batch_size' times 'train.iwae_samples' is \(rows) codes a step, more than "
                    + "65536", at: ["train.iwae_samples", "data.batch_size"],
                suggestion: "choose a smaller batch or fewer samples")
        }
        let steps = (trainCount - validation) / batch * values.required("train.epochs")
        let cycles = values.required("train.kl_cycles")
        guard values.text("train.kl_schedule") != "cyclical" || cycles * 2 <= steps else {
            throw values.error(
                "'train.kl_cycles' is \(cycles), but the run has \(steps) steps and a cycle needs 2",
                at: ["train.kl_cycles", "train.kl_schedule", "train.epochs"],
                suggestion: "choose fewer cycles or more epochs")
        }
    }
}
