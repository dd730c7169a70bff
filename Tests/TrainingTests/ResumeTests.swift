import Foundation
import Networks
import Testing
import Training
import VAEModels

/// Trainings that go on from a checkpoint, whatever state they carry.
@Suite("A resumed training") struct TrainingResumeTests {
    /// What a run can carry from epoch to epoch.
    enum Carried: String, CaseIterable {
        case adam, adamW, descent, average, target, clipped, restarts, weighted, cyclical
        case capacity, totalCorrelation, scaled, scaledLevels
    }

    private static func objective(_ carried: Carried) -> VAEObjective {
        switch carried {
        case .weighted: VAEObjective(importanceSamples: 3)
        case .capacity:
            VAEObjective(rate: .capacity(VAEObjective.Capacity(weight: 10, limit: 4, epochs: 2.5)))
        case .totalCorrelation: VAEObjective(rate: .totalCorrelation(weight: 5))
        default: VAEObjective()
        }
    }

    private static func pixels(_ carried: Carried) -> PixelModel {
        switch carried {
        case .scaled: PixelModel(.gaussian)
        case .scaledLevels: PixelModel(.discretizedLogistic, range: .minusOneOne)
        default: PixelModel()
        }
    }

    private static func options(_ carried: Carried) -> TrainingOptions {
        BarImages.options(
            epochs: 4, binarization: .dynamic,
            objective: objective(carried)
        ) { options in
            switch carried {
            case .adam: options.optimizer = .adam
            case .adamW, .weighted, .capacity, .totalCorrelation, .scaled, .scaledLevels: break
            case .descent:
                options.optimizer = .sgd(momentum: 0.9)
                options.learningRate = 1e-3
            case .average: options.averageDecay = 0.98
            case .target: options.klSchedule.target = 1.5
            case .clipped: options.gradientClip = 5
            case .restarts: options.learningRateShape = .cosineRestarts(restarts: 2)
            case .cyclical: options.klSchedule.shape = .cyclical(cycles: 3, ramp: 0.4)
            }
        }
    }

    @Test("ends with the bytes of one that was not disturbed", arguments: Carried.allCases)
    func resumes(carried: Carried) throws {
        let options = Self.options(carried)
        let whole = try Run(options, pixels: Self.pixels(carried))
        let expected = try whole.finalBytes()
        for epoch in [1, 3] {
            let state = whole.witness.epochs[epoch - 1].state
            let file = try Checkpoint(state: state, fingerprint: "f", config: [:]).encodedState()
            let rest = try Run(
                options, from: try Checkpoint(file, name: "last.safetensors").state,
                pixels: Self.pixels(carried))
            #expect(try rest.finalBytes() == expected, "after epoch \(epoch)")
            #expect(rest.history == whole.history)
        }
    }

    @Test("refuses the state of another model, and one that lacks what the optimiser remembers")
    func foreign() throws {
        let state = try #require(Run(BarImages.options(epochs: 1)).witness.epochs.last).state
        let options = BarImages.options(epochs: 2)
        let image = FeatureShape(channels: 1, height: 8, width: 8)
        for model in [
            VAEDescription.convolutional(image: image, base: 3, latentSize: 2),
            .convolutional(image: image, base: 2, latentSize: 3),
            .multilayerPerceptron(image: image, latentSize: 2),
        ] {
            let trainer = try Trainer(model, images: BarImages.images(300), options: options)
            #expect(throws: ParameterMismatch.self) { try trainer.run(from: state) }
        }
        var lacking = state
        lacking.moments["second_moment"] = nil
        #expect(throws: ParameterMismatch.self) { try Run(options, from: lacking) }
    }

    @Test("each way of training gives other weights than the plain one")
    func differ() throws {
        let files = try Carried.allCases.map {
            try Run(Self.options($0), pixels: Self.pixels($0)).finalBytes()
        }
        #expect(Set(files).count == files.count)
    }

    @Test("an early stop is not undone: nothing more is trained")
    func stopped() throws {
        let options = BarImages.options(epochs: 30, learningRate: 0, warmupEpochs: 0) {
            $0.patience = 2
        }
        let whole = try Run(options)
        #expect(whole.history.epochs.count == whole.history.selectedEpoch + 2)
        #expect(whole.history.epochs.count < 30)
        #expect(whole.witness.patience == 2)
        let rest = try Run(options, from: whole.witness.epochs.last?.state)
        #expect(rest.witness.steps.isEmpty && rest.history == whole.history)
    }
}
