import Foundation
import VAEModels

extension GraphBuilder {
    /// Maps images in 0 … 1 to the range that the network sees.
    mutating func addInputMap(of pixels: PixelModel) {
        guard pixels.range == .minusOneOne else { return }
        add("Mul", named: "image.doubled", with: [number("two", 2)])
        add("Sub", named: "image.centred", with: [number("one", 1)])
    }

    /// Makes the mean image in 0 … 1 of what the decoder gives; the same formulas as
    /// `PixelModel.meanImages`.
    mutating func addMeanImage(of pixels: PixelModel, logScale: Float) {
        switch pixels.likelihood {
        case .continuousBernoulli: addContinuousBernoulliMean()
        case .discretizedLogistic: addLogisticMean(pixels, logScale: logScale)
        case .bernoulli, .fixedGaussian, .charbonnier, .gaussian, .laplace:
            if pixels.range == .minusOneOne {
                add("Mul", named: "image.doubled", with: [number("two", 2)])
            }
            add("Sigmoid", named: "image")
        }
    }

    /// 1 / (1 − e⁻ᵒ) − 1 / o; near 0, where both terms are large, 1/2 + o/12 − o³/720.
    private mutating func addContinuousBernoulliMean() {
        let output = current
        let one = number("one", 1)
        add("Abs", named: "image.size")
        add("Less", named: "image.is_small", with: [number("image.limit", 0.25)])
        let isSmall = current
        add("Where", named: "image.safe", reading: [isSmall, one, output])
        let safe = current
        add("Neg", named: "image.negative")
        add("Exp", named: "image.power")
        add("Sub", named: "image.rest", reading: [one, current])
        add("Reciprocal", named: "image.first")
        let first = current
        add("Reciprocal", named: "image.second", reading: [safe])
        add("Sub", named: "image.far", reading: [first, current])
        let far = current
        add("Mul", named: "image.square", reading: [output, output])
        add("Mul", named: "image.third", with: [number("image.c3", -1 / 720)])
        add("Add", named: "image.slope", with: [number("image.c1", 1 / 12)])
        add("Mul", named: "image.rise", with: [output])
        add("Add", named: "image.near", with: [number("half", 0.5)])
        add("Where", named: "image", reading: [isSmall, current, far])
    }

    /// The mean of a logistic distribution cut off at 0 and 1: 1 minus the integral of its distribution
    /// function, a difference of two softplus.
    private mutating func addLogisticMean(_ pixels: PixelModel, logScale: Float) {
        let span: Float = pixels.range == .minusOneOne ? 2 : 1
        let scale = Float(exp(Double(logScale))) / span
        let (one, inverse) = (number("one", 1), number("image.inverse", 1 / scale))
        add("Mul", named: "image.spread", with: [number("image.quarter", 0.25 * span)])
        add("Add", named: "image.location", with: [number("half", 0.5)])
        let location = current
        add("Sub", named: "image.above", reading: [one, location])
        add("Mul", named: "image.high", with: [inverse])
        add("Softplus", named: "image.high_part")
        let high = current
        add("Neg", named: "image.below", reading: [location])
        add("Mul", named: "image.low", with: [inverse])
        add("Softplus", named: "image.low_part")
        add("Sub", named: "image.cut", reading: [high, current])
        add("Mul", named: "image.lost", with: [number("image.scale", scale)])
        add("Sub", named: "image.mean", reading: [one, current])
        add("Clip", named: "image", with: [number("zero", 0), one])
    }
}
