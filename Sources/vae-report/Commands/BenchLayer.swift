import Networks
import VAEModels

/// What one layer's passes take, as `bench` prints it.
struct BenchLayer: Encodable {
    let name: String
    /// Floating-point operations of one pass over the batch in billions, without padding.
    let gflop: Double
    let forward_ms, weights_ms, data_ms: Double
}

extension TrainableModel {
    /// Medians over `steps` steps on what the last batch left behind; empty where the kernels are oneDNN's,
    /// which take no times.
    func layerTimes(steps: Int) -> [BenchLayer] {
        #if arch(x86_64)
            plans.compactMap { $0 as? GatherTrainingPlan }.flatMap { $0.layerTimes(steps: steps) }
                .map {
                    BenchLayer(
                        name: $0.name, gflop: Double($0.operations) / 1e9, forward_ms: $0.forward,
                        weights_ms: $0.parameterGradients, data_ms: $0.inputGradient)
                }
        #else
            []
        #endif
    }
}
