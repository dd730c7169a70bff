import Networks
import Tensors

/// A convolution with bias and its ReLU on the kernels of `Networks`, any geometry.
///
/// A network's convolution leaves no pixel over; PyTorch's drops those that no window reaches, so they
/// are cut off here first.
final class RectifiedConvolution {
    /// Feature maps that go in.
    let input: FeatureShape
    /// Feature maps that come out.
    let output: FeatureShape
    private let used: FeatureShape
    private let plan: any InferencePlan

    /// Compiles the convolution whose tensors are `name`.weight `[out, in, kernel, kernel]` and `.bias`.
    /// Throws `EvaluationError` for tensors of other shapes or maps smaller than the kernel, and
    /// `PrimitiveError`.
    init(
        _ name: String, of weights: PerceptualWeights, input: FeatureShape, kernel: Int,
        stride: Int, padding: Int, batch: Int
    ) throws {
        let found = try weights.tensor("\(name).weight", axes: 4)
        let channels = found.shape[0]
        let weight = try weights.tensor(
            "\(name).weight", shape: [channels, input.channels, kernel, kernel])
        let bias = try weights.tensor("\(name).bias", shape: [channels])
        guard min(input.height, input.width) + 2 * padding >= kernel else {
            throw EvaluationError.badOption(
                name: "perceptual resize", found: "maps of \(input) before \(name)",
                expected: "larger images: 64 pixels on a side suit both networks")
        }
        func sizes(_ large: Int) -> (output: Int, used: Int) {
            let output = (large + 2 * padding - kernel) / stride + 1
            return (output, min(large, (output - 1) * stride + kernel - padding))
        }
        let (rows, columns) = (sizes(input.height), sizes(input.width))
        self.input = input
        used = FeatureShape(
            channels: input.channels, height: rows.used, width: columns.used)
        output = FeatureShape(channels: channels, height: rows.output, width: columns.output)
        var tensors = NamedTensors()
        tensors["layer.weight"] = weight
        tensors["layer.bias"] = bias
        let convolution = Convolution(
            outChannels: channels, kernel: kernel, stride: stride, padding: padding,
            outputHeight: rows.output, outputWidth: columns.output, bias: .trained)
        // oneDNN's kernels take any geometry; the distance is no part of a training step.
        plan = try Plans.inference(
            NetworkDescription(
                input: used, layers: [("layer", .convolution(convolution)), ("relu", .relu)]),
            batch: batch, tensors: tensors, kernels: .oneDNN)
    }

    /// Maps `[count, output]` of `[count, input]`; at most a batch.
    func applied(to maps: [Float]) throws -> [Float] {
        let count = maps.count / input.count
        plan.input.write(used == input ? maps : cut(maps))
        try plan.forward()
        return plan.output.read(count * output.count)
    }

    private func cut(_ maps: [Float]) -> [Float] {
        var result: [Float] = []
        result.reserveCapacity(maps.count / input.count * used.count)
        for plane in stride(from: 0, to: maps.count, by: input.height * input.width) {
            for row in 0..<used.height {
                let start = plane + row * input.width
                result.append(contentsOf: maps[start..<start + used.width])
            }
        }
        return result
    }
}
