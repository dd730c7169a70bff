/// What a step pays for its codes besides the reconstruction, and the slope of each dimension's mean KL in
/// that: all of it but the total correlation, whose gradient is no function of those.
struct RateTerm {
    /// Nats, β included.
    let value: Double
    /// ∂value/∂KL_j.
    let slopes: [Double]

    /// Of the dimensions' `divergences`, weighed with `beta`, which with a total correlation is the weight
    /// of that; `capacity` is C at this step.
    init(
        _ divergences: [Double], objective: VAEObjective, beta: Double, capacity: Double?
    ) {
        switch objective.rate {
        case .totalCorrelation(let weight):
            let share = beta / weight
            value = share * divergences.reduce(0, +)
            slopes = divergences.map { _ in share }
        case .divergence:
            // A dimension below the floor has no slope.
            let floor = Double(objective.freeBits)
            value = beta * divergences.reduce(0) { $0 + max(floor, $1) }
            slopes = divergences.map { $0 >= floor ? beta : 0 }
        case .capacity(let given):
            let excess = divergences.reduce(0, +) - (capacity ?? given.limit)
            value = beta * given.weight * abs(excess)
            let slope = excess > 0 ? 1.0 : excess < 0 ? -1 : 0
            slopes = divergences.map { _ in beta * given.weight * slope }
        }
    }
}
