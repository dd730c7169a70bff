/// L-BFGS (Nocedal & Wright 2006, algorithm 7.5) for smooth convex functions of many numbers.
///
/// Steps are halved until the value falls enough (Armijo); pairs without positive curvature are left
/// out. Deterministic: no line search looks at a clock or a random number.
struct LimitedMemoryMinimizer {
    /// Pairs of steps and gradient changes that approximate the curvature.
    private static let memory = 12
    private static let tolerance = 1e-6

    /// Most steps.
    let maximumIterations: Int

    /// A function's value and gradient at a point.
    typealias Function = ([Double]) -> (value: Double, gradient: [Double])

    private struct Pair {
        let step: [Double]
        let change: [Double]
        let inverse: Double
    }

    /// The lowest point found from `start`: where no number of the gradient exceeds 10⁻⁶, or where no
    /// step helps any more.
    /// `step` hears how many steps have been taken.
    func minimum(
        of function: Function, from start: [Double], step: (Int) -> Void = { _ in }
    ) -> (point: [Double], iterations: Int) {
        var point = start
        var (value, gradient) = function(point)
        var pairs: [Pair] = []
        for iteration in 0..<maximumIterations {
            guard gradient.contains(where: { abs($0) > Self.tolerance }) else {
                return (point, iteration)
            }
            step(iteration)
            let direction = Self.direction(gradient, pairs)
            guard
                let next = Self.search(
                    function, point, value, gradient, direction, isFirst: pairs.isEmpty)
            else {
                if pairs.isEmpty { return (point, iteration) }
                pairs.removeAll()
                continue
            }
            let way = zip(next.point, point).map(-)
            let change = zip(next.gradient, gradient).map(-)
            let curvature = Self.dot(way, change)
            if curvature > 1e-14 * Self.dot(change, change) {
                pairs.append(Pair(step: way, change: change, inverse: 1 / curvature))
                if pairs.count > Self.memory { pairs.removeFirst() }
            }
            (point, value, gradient) = next
        }
        return (point, maximumIterations)
    }

    /// The two-loop recursion: minus the approximate inverse Hessian times the gradient.
    private static func direction(_ gradient: [Double], _ pairs: [Pair]) -> [Double] {
        var result = gradient
        var weights: [Double] = []
        for pair in pairs.reversed() {
            let weight = dot(pair.step, result) * pair.inverse
            weights.append(weight)
            for index in result.indices { result[index] -= weight * pair.change[index] }
        }
        if let last = pairs.last {
            let scale = 1 / (last.inverse * dot(last.change, last.change))
            for index in result.indices { result[index] *= scale }
        }
        for (pair, weight) in zip(pairs, weights.reversed()) {
            let correction = weight - dot(pair.change, result) * pair.inverse
            for index in result.indices { result[index] += correction * pair.step[index] }
        }
        return result.map { -$0 }
    }

    private static func search(
        _ function: Function, _ point: [Double], _ value: Double, _ gradient: [Double],
        _ direction: [Double], isFirst: Bool
    ) -> (point: [Double], value: Double, gradient: [Double])? {
        let slope = dot(gradient, direction)
        guard slope < 0 else { return nil }
        var length = isFirst ? min(1, 1 / dot(direction, direction).squareRoot()) : 1.0
        for _ in 0..<40 {
            let candidate = zip(point, direction).map { $0 + length * $1 }
            let (next, nextGradient) = function(candidate)
            if next <= value + 1e-4 * length * slope { return (candidate, next, nextGradient) }
            length /= 2
        }
        return nil
    }

    private static func dot(_ left: [Double], _ right: [Double]) -> Double {
        zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
