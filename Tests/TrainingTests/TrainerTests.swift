import Datasets
import Foundation
import Networks
import Tensors
import Testing
import Training
import VAEModels

/// The loop over epochs and steps, on images so small that a run takes a fraction of a second.
@Suite struct TrainerTests {
    @Test("it learns: both the training and the validation objective fall")
    func learns() throws {
        let run = try Run(BarImages.options(epochs: 12))
        let first = try #require(run.history.epochs.first)
        let last = try #require(run.history.epochs.last)
        #expect(last.train.negativeEvidenceLowerBound < first.train.negativeEvidenceLowerBound)
        let before = try #require(first.validation).negativeEvidenceLowerBound
        let after = try #require(last.validation).negativeEvidenceLowerBound
        #expect(after < before - 3)
    }

    @Test("equal runs end with equal bytes, other seeds with others")
    func repeats() throws {
        let options = BarImages.options(epochs: 2, binarization: .dynamic)
        let bytes = try Run(options).finalBytes()
        #expect(try Run(options).finalBytes() == bytes)
        let other = BarImages.options(epochs: 2, binarization: .dynamic, seed: 1)
        #expect(try Run(other).finalBytes() != bytes)
    }

    @Test("the number of threads does not change a bit")
    func threads() throws {
        let options = BarImages.options(epochs: 1)
        let before = Kernels.threadCount
        defer { Kernels.threadCount = before }
        let runs = try [1, 2, 3].map { count in
            Kernels.threadCount = count
            return try Run(options).finalBytes()
        }
        #expect(Set(runs).count == 1)
    }

    @Test(
        "a run that resumes ends with the bytes of one that was not disturbed",
        arguments: [1, 2, 3])
    func resumes(after epoch: Int) throws {
        let options = BarImages.options(epochs: 4, binarization: .dynamic)
        let whole = try Run(options)
        let state = whole.witness.epochs[epoch - 1].state
        let file = try Checkpoint(state: state, fingerprint: "f", config: [:]).encodedState()
        let restored = try Checkpoint(file, name: "last.safetensors").state
        let rest = try Run(options, from: restored)
        #expect(rest.witness.starts == [[4, 7, epoch]])
        #expect(rest.witness.steps.count == 7 * (4 - epoch))
        #expect(try rest.finalBytes() == whole.finalBytes())
        #expect(rest.history == whole.history)
    }

    @Test("a run that is already complete does nothing")
    func resumesComplete() throws {
        let options = BarImages.options(epochs: 2)
        let whole = try Run(options)
        let rest = try Run(options, from: whole.witness.epochs[1].state)
        #expect(rest.history == whole.history)
        #expect(rest.witness.steps.isEmpty && rest.witness.epochs.isEmpty)
    }

    @Test("fewer images than a batch are an error that says what to lower")
    func tooFewImages() {
        for (count, validation) in [(31, 0), (95, 64), (10, 64), (0, 0)] {
            #expect {
                try Run(
                    BarImages.options(validationCount: validation),
                    images: BarImages.images(count))
            } throws: {
                guard case TrainingError.tooFewImages(let available, 32) = $0 else {
                    return false
                }
                return available == max(count - validation, 0)
                    && "\($0)".contains("lower data.batch_size")
            }
        }
    }

    @Test("a step that the machine's memory cannot hold is refused before anything is allocated")
    func tooLarge() throws {
        let wide = VAEDescription.convolutional(
            image: FeatureShape(channels: 1, height: 8, width: 8), base: 1 << 27, latentSize: 2)
        #expect {
            try Trainer(wide, images: BarImages.images(96), options: BarImages.options())
        } throws: {
            guard case TrainingError.tooLarge(let needed, let available, 32) = $0 else {
                return false
            }
            // Encoder: 4 × 4 places of the base's width, 2 × 2 of twice as many …
            return needed > 2 * 32 * 4 * 16 << 27 && needed > available
                && "\($0)".contains("lower data.batch_size")
        }
    }

    @Test("weights that the machine's memory cannot hold are refused too, however small the batch")
    func tooManyWeights() throws {
        let wide = VAEDescription.convolutional(
            image: FeatureShape(channels: 1, height: 8, width: 8), base: 1 << 16, latentSize: 2)
        var options = BarImages.options()
        options.batchSize = 2
        #expect {
            try Trainer(wide, images: BarImages.images(96), options: options)
        } throws: {
            guard case TrainingError.tooLarge(let needed, _, 2) = $0 else { return false }
            // The last convolution alone goes from 4 to 8 times the base's width.
            return needed > 16 * 4 * 8 << 32
        }
    }

    @Test("exactly one batch is enough")
    func oneBatch() throws {
        let run = try Run(BarImages.options(epochs: 2), images: BarImages.images(96))
        #expect(run.witness.steps.count == 2)
    }

    @Test("a last step that ruins the weights is noticed too, and never kept as the best")
    func divergesAtLast() {
        let witness = Witness()
        #expect {
            try Trainer(
                BarImages.model, images: BarImages.images(96),
                options: BarImages.options(epochs: 1, learningRate: 1e30, shape: .constant)
            ).run(observer: witness)
        } throws: {
            guard case TrainingError.diverged(let place) = $0 else { return false }
            return place.step == 1 && "\(place)".contains("validation score is not finite")
        }
        #expect(witness.epochs.isEmpty)
    }

    @Test("binarisation leaves black and white alone and changes grey")
    func binarizes() throws {
        func bytes(_ binarizes: Bool, background: UInt8) throws -> [UInt8] {
            let grey = BarImages.images(128, background: background)
            let images = ImageSet(
                pixels: background == 0 ? grey.pixels.map { $0 > 0 ? 255 : 0 } : grey.pixels,
                labels: [], shape: grey.shape)
            return try Run(
                BarImages.options(epochs: 1, binarization: binarizes ? .dynamic : .none),
                images: images
            ).finalBytes()
        }
        #expect(try bytes(true, background: 0) == bytes(false, background: 0))
        #expect(try bytes(true, background: 25) != bytes(false, background: 25))
    }

    @Test("each visit of an image has its own order, binarisation and noise, by the step's number")
    func streams() throws {
        let images = BarImages.images(300)
        let run = try Run(
            BarImages.options(
                epochs: 2, learningRate: 0, shape: .constant, warmupEpochs: 0,
                binarization: .dynamic, seed: 6), images: images)
        let source = RandomSource(seed: 6)
        let plan = try VAETrainingPlan(BarImages.model, batch: 32)
        try plan.load(BarImages.model.initialParameters(seed: 6))
        for epoch in 1...2 {
            let order = source.permutation(236, for: .shuffle, step: UInt64(epoch))
            var sum = 0.0
            for index in 0..<7 {
                let step = UInt64((epoch - 1) * 7 + index)
                Kernels.gather(
                    images.bytes, at: order[index * 32..<(index + 1) * 32], size: 64,
                    into: plan.images)
                Kernels.binarize(
                    plan.images, count: 32 * 64, source: source, purpose: .binarization,
                    step: step)
                plan.prepare(source, step: step)
                sum += try plan.step(beta: 1).reconstruction
                let told = run.witness.steps[Int(step)].terms.reconstruction
                #expect(told == sum / Double(index + 1))
            }
        }
    }
}
