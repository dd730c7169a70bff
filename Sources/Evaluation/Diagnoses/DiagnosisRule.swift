/// The written rules: what may be wrong with a trained model, as far as its numbers tell.
public enum DiagnosisRule: String, CaseIterable, Sendable, Codable {
    case collapse
    case overRegularised = "over-regularised"
    case belowBaseline = "below-baseline"
    case underRegularised = "under-regularised"
    case underTrained = "under-trained"
    case overFitted = "over-fitted"
    case holes
    case loosePosterior = "loose-posterior"
    case untrustworthyBound = "untrustworthy-bound"

    /// What a callout is headed by.
    public var title: String {
        switch self {
        case .collapse: "Posterior collapse"
        case .overRegularised: "Over-regularised"
        case .belowBaseline: "No better than a baseline"
        case .underRegularised: "Under-regularised"
        case .underTrained: "Under-trained"
        case .overFitted: "Over-fitted"
        case .holes: "Holes in the prior"
        case .loosePosterior: "Loose posterior"
        case .untrustworthyBound: "A bound, not yet a likelihood"
        }
    }

    /// What it is called within a sentence.
    public var noun: String {
        switch self {
        case .collapse: "posterior collapse"
        case .overRegularised: "over-regularisation"
        case .belowBaseline: "reconstructions no better than a baseline"
        case .underRegularised: "under-regularisation"
        case .underTrained: "under-training"
        case .overFitted: "over-fitting"
        case .holes: "holes in the prior"
        case .loosePosterior: "a loose posterior"
        case .untrustworthyBound: "an untrustworthy likelihood"
        }
    }

    /// When it holds, one sentence; the numbers are in `thresholds`.
    public var condition: String {
        switch self {
        case .collapse:
            "More than half of the dimensions carry nothing, or the whole code next to nothing."
        case .overRegularised:
            "Reconstructions are hardly better than the mean image, and the code tells less than half "
                + "of what would tell the images apart."
        case .belowBaseline:
            "Reconstructions do not beat PCA with as many numbers (information), or hardly the mean "
                + "image although the code is informative (warning)."
        case .underRegularised:
            "The dimensions' own KL to the prior outweighs what the code tells of images, or samples "
                + "that stay near the prior's middle are clearly better than samples of the prior."
        case .underTrained:
            "The validation bound still gained over the last tenth of the epochs, at least one."
        case .overFitted:
            "The selected epoch is worse on validation images than on training images, or the "
                + "validation bound fell without a break up to the last epoch, and fell behind that of "
                + "training; the term that did it is named."
        case .holes:
            "Images from the prior are much farther from real ones than reconstructions are."
        case .loosePosterior:
            "The importance-weighted bound is far above the ELBO. No fault of the model: the ELBO says "
                + "less than it could."
        case .untrustworthyBound:
            "Few draws carry the importance weights, or more draws still move the bound. A warning "
                + "where the bound is read as a likelihood, information elsewhere."
        }
    }

    /// What to try.
    public var remedy: String {
        switch self {
        case .collapse:
            "more train.kl_warmup_epochs, some train.free_bits, or a lower train.beta; if the active "
                + "dimensions do well, a smaller model.latent_dim says the same"
        case .overRegularised: "a lower train.beta, or a rate named with train.target_kl"
        case .belowBaseline:
            "a larger model.latent_dim or model.base_ch, more train.epochs, or a lower train.beta if "
                + "reconstructions matter more than the bound"
        case .underRegularised:
            "a higher train.beta, a smaller model.latent_dim, or a prior fitted to the codes after "
                + "training"
        case .underTrained:
            "more train.epochs, or a higher train.lr with train.lr_schedule: one_cycle"
        case .overFitted:
            "more images, fewer train.epochs or train.patience, more train.weight_decay, or a smaller "
                + "model.base_ch"
        case .holes:
            "a higher train.beta, a smaller model.latent_dim, or a prior fitted to the codes after "
                + "training (eval.mixture)"
        case .loosePosterior:
            "comparing models by the importance-weighted bound rather than the ELBO, or training on it "
                + "with train.iwae_samples"
        case .untrustworthyBound: "a larger eval.iwae_samples: 5000 where the number is an NLL"
        }
    }

    /// The lines that it draws.
    public var thresholds: [DiagnosisThreshold] {
        switch self {
        case .collapse: [.collapsedDimension, .collapsedShare, .collapsedTotal]
        case .overRegularised: [.aboveMeanImage, .informationShare]
        case .belowBaseline: [.aboveMeanImage]
        case .underRegularised: [.ownDivergence, .coolGain]
        case .underTrained: [.lateGain]
        case .overFitted: [.overfitGap, .risingEpochs]
        case .holes: [.holes]
        case .loosePosterior: [.looseness]
        case .untrustworthyBound: [.effectiveDraws, .doubling]
        }
    }

    /// Rules that account for this one: where one of them holds, this one follows and is not found.
    public var causes: [DiagnosisRule] {
        switch self {
        case .overRegularised: [.collapse]
        case .underRegularised: [.collapse, .overRegularised]
        case .belowBaseline: [.collapse, .overRegularised, .underTrained, .overFitted]
        default: []
        }
    }

    /// How grave it is, as words: a rule may have more than one severity.
    public var severities: String {
        switch self {
        case .collapse, .overRegularised: "bad"
        case .underRegularised, .underTrained, .overFitted, .holes: "warning"
        case .loosePosterior: "information"
        case .belowBaseline, .untrustworthyBound: "information or warning"
        }
    }
}
