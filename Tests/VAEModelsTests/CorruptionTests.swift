import Networks
import Tensors
import TestSupport
import Testing
import VAEModels

/// How images are spoiled.
@Suite struct CorruptionTests {
    private let source = RandomSource(seed: 5)
    private let grey = [Float](repeating: 0.5, count: 100_000)

    @Test("Gaussian noise has its σ where nothing is clipped, and stays in 0 … 1 where it is")
    func gaussian() {
        let spoiled = Corruption.gaussian(sigma: 0.1).applied(to: grey, source: source)
        let squares = zip(spoiled, grey).reduce(0.0) { sum, pair in
            let noise = Double(pair.0 - pair.1)
            return sum + noise * noise
        }
        #expect(abs((squares / 1e5).squareRoot() - 0.1) < 1e-3)
        let loud = Corruption.gaussian(sigma: 1).applied(to: grey, source: source)
        #expect(loud.allSatisfy { (0...1).contains($0) })
        #expect(loud.contains(0) && loud.contains(1))
    }

    @Test("noise is added before it is clipped")
    func formula() {
        let images = Wave.values(1000, phase: 1, scale: 0.5, offset: 0.5)
        let noise = source.normal(1000, for: .imageNoise, step: 7)
        let expected = zip(images, noise).map { min(max($0 + 0.3 * $1, 0), 1) }
        let found = Corruption.gaussian(sigma: 0.3).applied(to: images, source: source, step: 7)
        #expect(Deviation.between(found, expected) < 1e-6)
    }

    @Test("salt and pepper come in equal shares, and the rest is untouched")
    func saltAndPepper() {
        let spoiled = Corruption.saltAndPepper(fraction: 0.2).applied(to: grey, source: source)
        let (black, white) = (spoiled.count { $0 == 0 }, spoiled.count { $0 == 1 })
        #expect(abs(black - 10_000) < 500 && abs(white - 10_000) < 500)
        #expect(spoiled.count { $0 == 0.5 } == 100_000 - black - white)
    }

    @Test("masking blackens its share")
    func masking() {
        let spoiled = Corruption.masking(fraction: 0.3).applied(to: grey, source: source)
        #expect(abs(spoiled.count { $0 == 0 } - 30_000) < 750)
        #expect(spoiled.allSatisfy { $0 == 0 || $0 == 0.5 })
    }

    @Test(
        "nothing happens at strength 0, and seed and step decide",
        arguments: [
            (Corruption.gaussian(sigma: 0), Corruption.gaussian(sigma: 0.5)),
            (.saltAndPepper(fraction: 0), .saltAndPepper(fraction: 0.5)),
            (.masking(fraction: 0), .masking(fraction: 0.5)),
        ])
    func repeatable(none: Corruption, some: Corruption) {
        #expect(none.applied(to: grey, source: source) == grey)
        let first = some.applied(to: grey, source: source, step: 1)
        #expect(some.applied(to: grey, source: source, step: 1) == first)
        #expect(some.applied(to: grey, source: source, step: 2) != first)
        #expect(some.applied(to: grey, source: RandomSource(seed: 6), step: 1) != first)
    }

    @Test(
        "training spoils images with the step's numbers and compares with the clean ones",
        arguments: [
            Corruption.gaussian(sigma: 0.3), .saltAndPepper(fraction: 0.2),
            .masking(fraction: 0.4),
        ])
    func training(corruption: Corruption) throws {
        let image = FeatureShape(channels: 1, height: 9, width: 9)
        let model = DenoiserDescription.convolutional(image: image, base: 1)
        let plan = try DenoiserTrainingPlan(model, batch: 4, corruption: .oneOf([corruption]))
        try plan.load(model.initialParameters(seed: 1))
        let images = Wave.values(4 * image.count, phase: 3, scale: 0.5, offset: 0.5)
        plan.images.write(images)
        plan.prepare(source, step: 11)
        let error = try plan.step(beta: 1).objective
        let spoiled = corruption.applied(
            to: images, source: source, purpose: .corruption, step: 11)
        #expect(plan.network.input.read(images.count) == spoiled)
        #expect(plan.images.read(images.count) == images)
        let output = plan.network.output.read(images.count)
        let squares = zip(output, images).reduce(0.0) {
            $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1)
        }
        #expect(abs(error * Double(images.count) / squares - 1) < 1e-5)
    }

    @Test("each image draws its own corruption from the list or range, evenly")
    func choice() throws {
        let image = FeatureShape(channels: 1, height: 8, width: 8)
        let model = DenoiserDescription.convolutional(image: image, base: 1)
        let plan = try DenoiserTrainingPlan(
            model, batch: 400,
            corruption: .oneOf([.masking(fraction: 0.999), .gaussian(sigma: 0)]))
        try plan.load(model.initialParameters(seed: 1))
        plan.images.fill(0.5)
        plan.prepare(source, step: 0)
        _ = try plan.step(beta: 1)
        let untouched = (0..<400).count { row in
            (0..<64).allSatisfy { plan.network.input[row * 64 + $0] == 0.5 }
        }
        #expect((150...250).contains(untouched))
    }
}
