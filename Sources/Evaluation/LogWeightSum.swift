import Glibc

/// Importance weights of one image, added one at a time: a streamed log-sum-exp that needs the same
/// memory for any number of them.
struct LogWeightSum {
    private var largest = -Double.infinity
    private var sum = 0.0
    private var sumOfSquares = 0.0
    private var count = 0.0

    /// Adds the weight whose logarithm is `logWeight`.
    mutating func add(_ logWeight: Double) {
        count += 1
        if logWeight > largest {
            let shrink = exp(largest - logWeight)
            sum = sum * shrink + 1
            sumOfSquares = sumOfSquares * shrink * shrink + 1
            largest = logWeight
        } else {
            let weight = exp(logWeight - largest)
            sum += weight
            sumOfSquares += weight * weight
        }
    }

    /// log((1/K) Σ w).
    var logMean: Double { largest + log(sum) - log(count) }

    /// (Σ w)² / Σ w², between 1 and K (Kong 1992).
    var effectiveSampleSize: Double { sum * sum / sumOfSquares }
}
