import Networks
import Tensors
import TestSupport
import Testing
import VAEModels

/// The small classifier whose features Fréchet distances use.
@Suite struct ClassifierTests {
    private static func model(size: Int, channels: Int) -> ClassifierDescription {
        .convolutional(
            image: FeatureShape(channels: channels, height: size, width: size), classes: 10)
    }

    @Test(
        "any size from 8 up gives 64 features and a logit a class", arguments: [8, 28, 33], [1, 3])
    func geometry(size: Int, channels: Int) throws {
        let model = Self.model(size: size, channels: channels)
        #expect(model.featureSize == 64 && model.classCount == 10)
        let compiled = try CompiledClassifier(
            model, tensors: model.initialParameters(seed: 1), batch: 4)
        let images = Wave.values(5 * model.image.count, phase: 1, scale: 0.5, offset: 0.5)
        let features = try compiled.features(images)
        #expect(features.count == 5 * 64 && features.allSatisfy { $0 >= 0 })
        #expect(try compiled.logits(images).count == 50)
    }

    @Test("features and head together are the whole network")
    func parts() throws {
        let model = Self.model(size: 9, channels: 1)
        let tensors = model.initialParameters(seed: 2)
        let images = Wave.values(4 * model.image.count, phase: 1, scale: 0.5, offset: 0.5)
        let whole = try Plans.inference(model.network, batch: 4, tensors: tensors)
        whole.input.write(images)
        try whole.forward()
        let logits = try CompiledClassifier(model, tensors: tensors).logits(images)
        #expect(Deviation.between(logits, whole.output.read(40)) < 1e-5)
    }

    @Test("it learns which half of an image is bright")
    func learns() throws {
        let model = ClassifierDescription.convolutional(
            image: FeatureShape(channels: 1, height: 8, width: 8), classes: 2, featureSize: 8)
        let plan = try ClassifierTrainingPlan(model, batch: 16)
        try plan.load(model.initialParameters(seed: 3))
        var optimizer = AdamW(count: plan.network.parameters.count)
        let source = RandomSource(seed: 4)
        var losses: [Double] = []
        for step in 0..<60 {
            let (images, labels) = Self.halves(16, source: source, step: UInt64(step))
            plan.images.write(images)
            for (index, label) in labels.enumerated() { plan.labels?[index] = label }
            plan.prepare(source, step: UInt64(step))
            losses.append(try plan.step(beta: 1).objective)
            optimizer.beginStep()
            optimizer.update(
                plan.network.parameters, gradients: plan.network.gradients, learningRate: 1e-2)
        }
        #expect(losses[0] > 0.3 && losses[59] < 0.05)
        let (images, labels) = Self.halves(64, source: source, step: 1000)
        let logits = try CompiledClassifier(model, tensors: plan.store()).logits(images)
        let right = labels.enumerated().count { index, label in
            (logits[2 * index + 1] > logits[2 * index]) == (label == 1)
        }
        #expect(right >= 62)
    }

    /// Noisy images whose left or right half is brighter, and which.
    private static func halves(
        _ count: Int, source: RandomSource, step: UInt64
    ) -> (images: [Float], labels: [UInt8]) {
        let noise = source.uniform(count * 64, for: .imageNoise, step: step)
        let labels = source.words(count, for: .selection, step: step).map { UInt8($0 % 2) }
        let images = noise.enumerated().map { index, value in
            let isRight = index % 8 >= 4
            return value / 2 + ((labels[index / 64] == 1) == isRight ? 0.5 : 0)
        }
        return (images, labels)
    }
}
