import Tensors

extension NetworkDescription {
    /// The same function by weights whose absorbed biases are zero, as training plans keep them.
    ///
    /// Elsewhere a layer before a batch normalisation may have a bias b. In training the normalisation
    /// subtracts it with the batch's mean, at inference with the running mean μ: (x + b) − μ = x − (μ − b).
    /// Throws `ParameterMismatch`.
    package func absorbingBiases(_ tensors: NamedTensors) throws -> NamedTensors {
        var result = tensors
        try absorbBiases(in: &result)
        return result
    }

    private func absorbBiases(in tensors: inout NamedTensors) throws {
        for (index, stage) in stages.enumerated() {
            if case .residual(let residual) = stage.layer {
                let ways = residual.ways(from: stage.input, name: stage.name)
                try ways.branch.absorbBiases(in: &tensors)
                try ways.shortcut.absorbBiases(in: &tensors)
            }
            guard index + 1 < stages.count, stages[index + 1].layer == .batchNormalization,
                let bias = stage.parameters.first(where: { $0.role == .absorbedBias }),
                let mean = stages[index + 1].parameters.first(where: { $0.role == .runningMean })
            else { continue }
            let added = try tensors.tensor(for: bias)
            var running = try tensors.tensor(for: mean)
            guard added.values.contains(where: { $0 != 0 }), added.shape == running.shape else {
                continue
            }
            for channel in running.values.indices {
                running.values[channel] -= added.values[channel]
            }
            tensors[mean.name] = running
            tensors[bias.name] = Tensor(bias.shape)
        }
    }
}
