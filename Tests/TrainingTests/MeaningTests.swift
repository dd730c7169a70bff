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
            for likelihood in [PixelModel.Likelihood.gaussian, .charbonnier] {
                labels.insert(PixelModel(likelihood, range: range).label(.none))
            }
        }
        #expect(labels.count == 8)
        #expect(labels.contains("greyscale Bernoulli score"))
    }

    @Test("only what is a probability is called NLL")
    func bounds() {
        #expect(PixelModel().boundName(.none) == "greyscale Bernoulli score")
        #expect(!PixelModel().isLikelihood(.none))
        #expect(PixelModel().boundName(.static) == "−NLL")
        #expect(PixelModel(.gaussian).boundName(.none) == "log density")
        #expect(PixelModel().meaning(.none).contains("never an NLL"))
        for likelihood in [PixelModel.Likelihood.gaussian, .charbonnier] {
            let text = PixelModel(likelihood, range: .minusOneOne).meaning(.none)
            #expect(text.contains("density") && text.contains("−1 … 1"))
        }
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
