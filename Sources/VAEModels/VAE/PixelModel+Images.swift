import CKernels
import Networks
import Tensors

extension PixelModel {
    /// What the network sees of images in 0 … 1: scale · image + offset.
    var inputMap: (scale: Float, offset: Float) {
        range == .zeroOne ? (1, 0) : (2, -1)
    }

    /// The decoder's output to the likelihood's mean images in 0 … 1, number by number. `logScale` is
    /// what ``PixelScale`` holds of a likelihood that has one.
    public func meanImages(_ outputs: [Float], logScale: Float = 0) -> [Float] {
        guard likelihood == .continuousBernoulli || likelihood == .discretizedLogistic else {
            return Kernels.sigmoid(outputs, slope: range == .zeroOne ? 1 : 2)
        }
        return Array(count: outputs.count) { means in
            if likelihood == .continuousBernoulli {
                vk_continuous_bernoulli_means(outputs, means, outputs.count)
            } else {
                vk_discretized_logistic_means(
                    outputs, range == .minusOneOne, logScale, means, outputs.count)
            }
        }
    }

    /// Rows of the decoder's output with the images that they are to explain.
    ///
    /// `images` are in 0 … 1; `perImage` rows in turn share one of them, and `rows` says which rows of
    /// all these are.
    struct Rows {
        var outputs: Buffer
        var images: UnsafePointer<Float>
        var rows: Swift.Range<Int>
        var size: Int
        var perImage = 1
    }

    /// −log p(x|z) of each row of the decoder's output `[rows.count, size]`, summed over pixels.
    ///
    /// The gradient `scale` · ∂nats/∂output is as long as the output; `scaleTerms` `[rows.count, 2]` is
    /// what ``PixelScale`` learns from.
    func nats(
        _ given: Rows, logScale: Float, scale: Float = 1, into nats: UnsafeMutablePointer<Float>,
        gradient: Buffer? = nil, scaleTerms: Buffer? = nil
    ) {
        let symmetric = range == .minusOneOne
        let (rows, size, perImage) = (given.rows, given.size, given.perImage)
        let (from, to) = (given.outputs.pointer, gradient?.pointer)
        var density = vk_density(
            outputs: from, targets: given.images, count: rows.count, size: size,
            per_target: perImage, first: rows.lowerBound, symmetric: symmetric,
            log_scale: logScale, scale: scale, nats: nats, gradient: to,
            scale_terms: scaleTerms?.pointer)
        switch likelihood {
        case .bernoulli:
            vk_bernoulli_nats(
                from, given.images, rows.count, size, perImage, rows.lowerBound, scale, nats, to)
        case .fixedGaussian:
            vk_gaussian_nats(
                from, given.images, rows.count, size, perImage, rows.lowerBound, symmetric, scale,
                nats, to)
        case .charbonnier:
            vk_charbonnier_nats(
                from, given.images, rows.count, size, perImage, rows.lowerBound, symmetric, scale,
                nats, to)
        case .gaussian: vk_gaussian_density(&density)
        case .laplace: vk_laplace_density(&density)
        case .continuousBernoulli: vk_continuous_bernoulli_density(&density)
        case .discretizedLogistic: vk_discretized_logistic_mass(&density)
        }
    }
}
