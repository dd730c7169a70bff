import Tensors
import Testing
import Training
import VAEModels

/// Steps whose numbers are no numbers.
@Suite("A step that is not finite") struct SkippedStepTests {
    private func fit(
        epochs: Int = 2, learningRate: Double = 1e-3, patience: Int? = nil,
        fault: @escaping (Int) -> FaultyModel.Fault?
    ) throws -> (witness: Witness, history: TrainingHistory) {
        let witness = Witness()
        let loop = try FittingLoop(
            try FaultyModel(fault: fault), images: BarImages.images(236),
            options: FittingOptions(epochs: epochs, learningRate: learningRate))
        return (witness, try loop.run(observer: witness))
    }

    @Test("is not applied, counted and told with the parameter whose gradient is no number")
    func gradient() throws {
        for value in [Float.nan, .infinity] {
            let (witness, history) = try fit { $0 == 3 ? .gradient(value) : nil }
            #expect(witness.skipped.count == 1)
            let step = try #require(witness.skipped.first)
            #expect((step.epoch, step.step, step.count) == (1, 3, 1))
            let first = try #require(BarImages.model.decoder.parameters.first { $0.isTrained })
            #expect(step.parameter == first.name)
            #expect((step.largestGradient ?? 0) > 0)
            #expect(history.epochs.map(\.skippedSteps) == [1, 0])
            #expect(witness.epochs.map(\.state.steps) == [6, 13])
            #expect(witness.epochs.map(\.state.skipped.total) == [1, 1])
            #expect(history.epochs.allSatisfy { $0.train.negativeEvidenceLowerBound.isFinite })
        }
    }

    @Test("with a loss alone that is no number names no parameter")
    func loss() throws {
        let (witness, _) = try fit { $0 == 1 ? .loss : nil }
        #expect(witness.skipped.map(\.parameter) == [nil])
        #expect(witness.skipped.allSatisfy { ($0.largestGradient ?? 0) > 0 })
    }

    @Test("leaves weights, moments and running statistics that are numbers")
    func statistics() throws {
        let (witness, _) = try fit { [2, 5, 9].contains($0) ? .images : nil }
        #expect(witness.skipped.count == 3)
        let state = try #require(witness.epochs.last).state
        for (name, tensor) in state.tensors.entries {
            #expect(tensor.values.allSatisfy { $0.isFinite }, "\(name)")
        }
        for (name, tensor) in state.moments.values.flatMap(\.entries) {
            #expect(tensor.values.allSatisfy { $0.isFinite }, "\(name)")
        }
    }

    @Test("twenty times in a row stops the training with a diagnosis")
    func inARow() throws {
        let witness = Witness()
        let loop = try FittingLoop(
            try FaultyModel { $0 > 5 ? .gradient(.nan) : nil }, images: BarImages.images(960),
            options: FittingOptions(epochs: 9, learningRate: 0.25))
        #expect {
            try loop.run(observer: witness)
        } throws: {
            guard case TrainingError.diverged(let found) = $0 else { return false }
            let text = "\(found)"
            return (found.epoch, found.step) == (1, 25) && found.skippedInARow == 20
                && found.skippedInAll == 20 && found.learningRate == 0.25
                && ["decoder.", "largest finite gradient", "0.25", "train.lr"].allSatisfy(
                    text.contains)
        }
    }

    @Test("a hundred times in all stops it too")
    func inAll() throws {
        #expect {
            try fit(epochs: 100) { $0 % 3 == 0 ? .loss : nil }
        } throws: {
            guard case TrainingError.diverged(let found) = $0 else { return false }
            return found.skippedInARow == 1 && found.skippedInAll == 100
                && found.parameter == nil
        }
    }

    @Test("for a whole epoch stops it: there is nothing to record")
    func wholeEpoch() throws {
        let witness = Witness()
        let loop = try FittingLoop(
            try FaultyModel { $0 > 7 ? .loss : nil }, images: BarImages.images(236),
            options: FittingOptions(epochs: 3))
        #expect(throws: TrainingError.self) { try loop.run(observer: witness) }
        #expect(witness.epochs.count == 1)
    }

    @Test("comes of a learning rate that is far too high, and the weights of before are kept")
    func diverges() {
        let witness = Witness()
        #expect {
            try Trainer(
                BarImages.model, images: BarImages.images(300),
                options: BarImages.options(epochs: 9, learningRate: 1e30, shape: .constant)
            ).run(observer: witness)
        } throws: {
            guard case TrainingError.diverged(let found) = $0 else { return false }
            return found.learningRate == 1e30 && found.epoch == 1
        }
        #expect(witness.epochs.isEmpty)
    }
}
