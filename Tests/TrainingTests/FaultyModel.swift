import Networks
import Tensors
import Training
import VAEModels

/// A VAE some of whose steps come out as no numbers.
final class FaultyModel: TrainableModel {
    /// What a step spoils.
    enum Fault {
        /// One number in the decoder's gradient.
        case gradient(Float)
        /// The loss that is reported.
        case loss
        /// The images, so that loss, gradients and running statistics are spoilt.
        case images
    }

    private let plan: VAETrainingPlan
    private let fault: (Int) -> Fault?
    private var stepsDone = 0

    /// `fault` says what is wrong with a step, counted from 1.
    init(fault: @escaping (Int) -> Fault?) throws {
        plan = try VAETrainingPlan(BarImages.model, batch: 32)
        try plan.load(BarImages.model.initialParameters(seed: 0))
        self.fault = fault
    }

    var batch: Int { plan.batch }
    var plans: [any TrainingPlan] { plan.plans }
    var images: Buffer { plan.images }

    func prepare(_ source: RandomSource, step: UInt64) { plan.prepare(source, step: step) }

    func step(beta: Float) throws -> StepTerms {
        stepsDone += 1
        let fault = fault(stepsDone)
        if case .images = fault { images[0] = .nan }
        var terms = try plan.step(beta: beta)
        switch fault {
        case .gradient(let value): plan.decoder.gradients[0] = value
        case .loss: terms.objective = .infinity
        case .images, nil: break
        }
        return terms
    }
}
