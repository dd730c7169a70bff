import Datasets
import Testing
import Training
import VAEModels

/// Words for likelihoods, and the four data sets that grey pixels can become.
@Suite("What a likelihood means") struct MeaningTests {
    @Test("each likelihood and binarisation has a label of its own")
    func labels() {
        var labels: Set<String> = []
        for binarization in Binarization.allCases {
            labels.insert(PixelModel().label(binarization))
        }
        for range in PixelModel.Range.allCases {
            for likelihood in PixelModel.Likelihood.allCases
            where !likelihood.needsZeroOne || (range == .zeroOne && likelihood != .bernoulli) {
                labels.insert(PixelModel(likelihood, range: range).label(.none))
            }
        }
        #expect(labels.count == 4 + 2 * 5 + 1)
        let known = PixelModel(.gaussian).label(.none, scale: 0.11236)
        #expect(known == "Gaussian density, σ = 0.112 learned, pixels in 0 … 1")
        #expect(labels.contains("greyscale Bernoulli score"))
    }

    @Test("only what is a probability is called NLL")
    func bounds() {
        #expect(PixelModel().boundName(.none) == "greyscale Bernoulli score")
        #expect(!PixelModel().isLikelihood(.none))
        #expect(PixelModel().boundName(.static) == "−NLL")
        #expect(PixelModel(.fixedGaussian).boundName(.none) == "log density")
        #expect(PixelModel().meaning(.none).contains("never an NLL"))
        for likelihood in [PixelModel.Likelihood.fixedGaussian, .charbonnier, .gaussian, .laplace] {
            let pixels = PixelModel(likelihood, range: .minusOneOne)
            let text = pixels.meaning(.none)
            #expect(text.contains("density") && text.contains("−1 … 1"))
            #expect(!pixels.isProbability(.none) && pixels.isLikelihood(.none))
            #expect(pixels.noBits(.none)?.contains("density over continuous pixels") ?? false)
        }
    }

    @Test("levels under a discretised logistic and binarised pixels have probabilities, thus bits")
    func probabilities() {
        for pixels in [PixelModel(.discretizedLogistic), PixelModel()] {
            let binarization: Binarization = pixels.likelihood == .bernoulli ? .static : .none
            #expect(pixels.boundName(binarization) == "−NLL")
            #expect(pixels.isProbability(binarization) && pixels.noBits(binarization) == nil)
        }
        #expect(PixelModel(.continuousBernoulli).boundName(.none) == "log density")
        #expect(PixelModel().noBits(.none)?.contains("no probability") ?? false)
    }

    @Test("a static draw is fixed, different for each split, and of the right brightness")
    func staticDraw() {
        let grey = ImageSet(
            pixels: (0..<64 * 1000).map { _ in 64 }, labels: [],
            shape: ImageShape(channels: 1, height: 8, width: 8))
        let train = grey.binarized(.static, split: .train)
        #expect(train == grey.binarized(.static, split: .train))
        #expect(train != grey.binarized(.static, split: .test))
        #expect(train.pixels.allSatisfy { $0 == 0 || $0 == 255 })
        let share = Double(train.pixels.count { $0 == 255 }) / 64000
        #expect(abs(share - 64.0 / 255) < 0.01)
        #expect(train.binarized(.static, split: .test) == train)
        #expect(grey.slice(0..<600).binarized(.static, split: .train) == train.slice(0..<600))
    }

    @Test("a threshold cuts between the bytes 127 and 128; none and dynamic change nothing")
    func threshold() {
        let images = ImageSet(
            pixels: [0, 127, 128, 255], labels: [1],
            shape: ImageShape(channels: 1, height: 2, width: 2))
        let cut = images.binarized(.threshold, split: .train)
        #expect(cut.pixels == [0, 0, 255, 255] && cut.labels == [1])
        #expect(images.binarized(.none, split: .train) == images)
        #expect(images.binarized(.dynamic, split: .train) == images)
    }

    @Test("the four ways of binarising train four different models, whatever else is the same")
    func trains() throws {
        let files = try Binarization.allCases.map {
            try Run(BarImages.options(epochs: 1, binarization: $0)).finalBytes()
        }
        #expect(Set(files).count == 4)
    }
}
