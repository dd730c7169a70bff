import Glibc
import VAEModels

/// A VAE whose log p(x) has a closed form: p(z) = N(0, I), p(x|z) = N(Wz, s²I) with orthogonal columns of
/// W, so that the true posterior is a diagonal Gaussian (Tipping & Bishop 1999, eq. 12).
///
/// `spread` multiplies the posterior's σ: 1 is exact, anything else is worse by a known amount.
package final class LinearGaussianModel: VAEInference {
    package let latentSize = 2
    package let pixelCount = 4
    private static let noiseVariance = 0.25
    // Rows of W; its columns are orthogonal, of squared length 4 and 1.
    private static let weights: [(Double, Double)] = [(1, 0.5), (1, -0.5), (1, 0.5), (1, -0.5)]
    private static let columnSquares = (4.0, 1.0)
    private let spread: Double

    package init(spread: Double) {
        self.spread = spread
    }

    package func encode(_ images: [Float]) -> Posterior {
        var posterior = Posterior(mean: [], logVariance: [])
        for start in stride(from: 0, to: images.count, by: pixelCount) {
            let products = Self.products(images[start..<start + pixelCount])
            for (product, square) in [
                (products.0, Self.columnSquares.0), (products.1, Self.columnSquares.1),
            ] {
                let precision = 1 + square / Self.noiseVariance
                posterior.mean.append(Float(product / Self.noiseVariance / precision))
                posterior.logVariance.append(Float(log(spread * spread / precision)))
            }
        }
        return posterior
    }

    package func decode(_ codes: [Float]) -> [Float] {
        var means: [Float] = []
        means.reserveCapacity(codes.count * 2)
        for index in stride(from: 0, to: codes.count, by: 2) {
            let (first, second) = (Double(codes[index]), Double(codes[index + 1]))
            for row in Self.weights { means.append(Float(row.0 * first + row.1 * second)) }
        }
        return means
    }

    package func logLikelihood(of images: [Float], codes: [Float], perImage: Int) -> [Float] {
        let means = decode(codes)
        let normaliser = log(2 * .pi * Self.noiseVariance) * Double(pixelCount)
        return (0..<means.count / pixelCount).map { row in
            let image = row / perImage
            var squares = 0.0
            for pixel in 0..<pixelCount {
                let error =
                    Double(images[image * pixelCount + pixel])
                    - Double(means[row * pixelCount + pixel])
                squares += error * error
            }
            return Float(-(squares / Self.noiseVariance + normaliser) / 2)
        }
    }

    package func reconstruct(_ codes: [Float]) -> [Float] { decode(codes) }

    /// log N(x; 0, WWᵀ + s²I), by the eigenvectors that W's columns are.
    package func logMarginal(_ image: [Float]) -> Double {
        let products = Self.products(image[...])
        let squares = image.reduce(0.0) { $0 + Double($1) * Double($1) }
        var along = 0.0
        var sum = 0.0
        for (product, square) in [
            (products.0, Self.columnSquares.0), (products.1, Self.columnSquares.1),
        ] {
            let energy = product * product / square
            let variance = square + Self.noiseVariance
            along += energy
            sum += energy / variance + log(2 * .pi * variance)
        }
        let others = Double(pixelCount - latentSize)
        sum += (squares - along) / Self.noiseVariance
        sum += others * log(2 * .pi * Self.noiseVariance)
        return -sum / 2
    }

    /// KL(q(z|x) ‖ p(z|x)), what the ELBO loses, nats: the same for every image.
    package var posteriorGap: Double {
        Double(latentSize) * (spread * spread - 1 - 2 * log(spread)) / 2
    }

    /// Wᵀx.
    private static func products(_ image: ArraySlice<Float>) -> (Double, Double) {
        zip(image, weights).reduce((0.0, 0.0)) { sum, pair in
            (sum.0 + Double(pair.0) * pair.1.0, sum.1 + Double(pair.0) * pair.1.1)
        }
    }
}
