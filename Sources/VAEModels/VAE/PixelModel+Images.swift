import CKernels
import Networks
import Tensors

extension PixelModel {
    /// What the network sees of images in 0 … 1: scale · image + offset.
    var inputMap: (scale: Float, offset: Float) {
        range == .zeroOne ? (1, 0) : (2, -1)
    }

    /// The decoder's output to mean images in 0 … 1, number by number.
    public func meanImages(_ outputs: [Float]) -> [Float] {
        Kernels.sigmoid(outputs, slope: range == .zeroOne ? 1 : 2)
    }

    /// −log p(x|z) of each row of the decoder's output `[rows.count, size]`, summed over pixels.
    ///
    /// `images` are in 0 … 1; `perImage` rows in turn share one of them, and `rows` says which rows of
    /// all these are. The gradient `scale` · ∂nats/∂output is as long as the output.
    func nats(
        _ outputs: Buffer, images: UnsafePointer<Float>, rows: Swift.Range<Int>, size: Int,
        perImage: Int = 1, scale: Float = 1, into nats: UnsafeMutablePointer<Float>,
        gradient: Buffer? = nil
    ) {
        let symmetric = range == .minusOneOne
        let (from, to) = (outputs.pointer, gradient?.pointer)
        switch likelihood {
        case .bernoulli:
            vk_bernoulli_nats(
                from, images, rows.count, size, perImage, rows.lowerBound, scale, nats, to)
        case .gaussian:
            vk_gaussian_nats(
                from, images, rows.count, size, perImage, rows.lowerBound, symmetric, scale, nats,
                to)
        case .charbonnier:
            vk_charbonnier_nats(
                from, images, rows.count, size, perImage, rows.lowerBound, symmetric, scale, nats,
                to)
        }
    }
}
