import Networks
import Tensors

/// A network at inference as a list of operations with weights of eight bits: small enough for a page, and
/// plain enough for an interpreter of a hundred lines.
///
/// Feature maps are `[height, width, channels]` throughout, unlike the engine's; weights are
/// `[kernel, kernel, in, out]`, so that an inner loop over output channels is contiguous.
package struct QuantizedNetwork: Sendable {
    /// One operation; a chain of them is a network.
    package struct Operation: Sendable, Equatable, Codable {
        /// What is computed: `conv`, `deconv`, `linear`, `relu`, `sigmoid`, `residual`.
        package let op: String
        /// Channels, height and width that go in.
        package let input: [Int]
        /// Channels, height and width that come out.
        package let output: [Int]
        /// Rows and columns of the kernel.
        package var kernel: Int?
        /// Step over the larger image.
        package var stride: Int?
        /// Zeros before the first row and column.
        package var padding: Int?
        /// Whether max(x, 0) follows.
        package var relu: Bool?
        /// Where the layer's weights start, in numbers of eight bits.
        package var weights: Int?
        /// Where the layer's scales start, in float32 numbers; as many biases follow.
        package var scales: Int?
        /// How many scales there are, one an output channel or row.
        package var channels: Int?
        /// The long way of a residual layer.
        package var branch: [Operation]?
        /// Its short way; empty for the input itself.
        package var shortcut: [Operation]?
    }

    /// The operations in order.
    package private(set) var operations: [Operation] = []
    /// Weights of all layers.
    package private(set) var weights: [Int8]
    /// Scales and biases of all layers.
    package private(set) var numbers: [Float]
    /// The network's tensors with the rounded weights put in, for the engine: normalisations do nothing
    /// but add what the layer before them adds here.
    package private(set) var rounded: NamedTensors

    /// Rounds each output channel to −127 … 127 of its largest weight. `after` says what an earlier
    /// network stored already. Throws `NotPortable`.
    package init(
        _ network: NetworkDescription, _ tensors: NamedTensors, after: QuantizedNetwork? = nil
    ) throws {
        weights = after?.weights ?? []
        numbers = after?.numbers ?? []
        rounded = after?.rounded ?? NamedTensors()
        operations = try chain(network, tensors)
    }

    /// A layer that a page cannot compute.
    package struct NotPortable: Error, CustomStringConvertible {
        /// Which one.
        package let description: String
    }

    private mutating func chain(
        _ network: NetworkDescription, _ tensors: NamedTensors
    ) throws -> [Operation] {
        var result: [Operation] = []
        for stage in try network.inferenceStages(tensors) {
            switch stage {
            case .folded(let layer):
                result.append(store(layer, in: network))
            case .plain(let stage):
                result.append(try plain(stage, tensors))
            }
        }
        return result
    }

    private mutating func plain(
        _ stage: NetworkDescription.Stage, _ tensors: NamedTensors
    ) throws -> Operation {
        var name = ""
        var ways: (branch: [Operation], shortcut: [Operation])?
        switch stage.layer {
        case .relu: name = "relu"
        case .sigmoid: name = "sigmoid"
        case .residual(let residual):
            name = "residual"
            func way(_ layers: [NamedLayer]) -> NetworkDescription {
                NetworkDescription(
                    input: stage.input,
                    layers: layers.map { (name: "\(stage.name).\($0.name)", layer: $0.layer) })
            }
            ways = (
                try chain(way(residual.branch), tensors), try chain(way(residual.shortcut), tensors)
            )
        default: throw NotPortable(description: "\(stage.name) cannot be computed in a page")
        }
        var operation = Operation(op: name, input: stage.input.sizes, output: stage.output.sizes)
        operation.branch = ways?.branch
        operation.shortcut = ways?.shortcut
        return operation
    }

    private mutating func store(_ layer: FoldedLayer, in network: NetworkDescription) -> Operation {
        let stage = layer.stage
        let form = LayerForm(layer)
        var operation = Operation(
            op: form.name, input: stage.input.sizes, output: stage.output.sizes)
        operation.kernel = form.kernel
        operation.stride = form.stride
        operation.padding = form.padding
        operation.relu = layer.relu
        operation.weights = weights.count
        operation.scales = numbers.count
        operation.channels = form.rows.count

        var scales = [Float](repeating: 0, count: layer.bias.count)
        for (index, value) in layer.weight.values.enumerated() {
            let row = form.row(of: index)
            scales[row] = max(scales[row], abs(value))
        }
        scales = scales.map { $0 > 0 ? $0 / 127 : 1 }
        let steps = layer.weight.values.indices.map { index in
            let scaled = (layer.weight.values[index] / scales[form.row(of: index)]).rounded()
            return Int8(min(max(scaled, -127), 127))
        }
        weights += form.order.map { steps[$0] }
        numbers += form.rows.map { scales[$0] } + form.rows.map { layer.bias[$0] }
        let values = steps.indices.map { Float(steps[$0]) * scales[form.row(of: $0)] }
        keep(values, layer, in: network)
        return operation
    }

    /// Puts a layer's rounded weights under the names that the engine looks for.
    private mutating func keep(
        _ values: [Float], _ layer: FoldedLayer, in network: NetworkDescription
    ) {
        let next = network.stages.firstIndex(of: layer.stage).map { $0 + 1 } ?? 0
        let normalization = network.stages.indices.contains(next) ? network.stages[next] : nil
        let isNormalized = normalization?.layer == .batchNormalization
        var (weight, bias) = (0, 0)
        for parameter in layer.stage.parameters {
            let count = parameter.shape.count
            if parameter.role == .weight {
                rounded[parameter.name] = Tensor(
                    parameter.shape, Array(values[weight..<weight + count]))
                weight += count
            } else {
                let own =
                    isNormalized
                    ? [Float](repeating: 0, count: count) : Array(layer.bias[bias..<bias + count])
                rounded[parameter.name] = Tensor(parameter.shape, own)
                bias += count
            }
        }
        guard isNormalized, let normalization else { return }
        for parameter in normalization.parameters {
            let count = parameter.shape.count
            switch parameter.role {
            case .scale:
                let one = Float(1 + 1e-5).squareRoot()
                rounded[parameter.name] = Tensor(parameter.shape, repeating: one)
            case .shift:
                let step = layer.bias.count / count
                rounded[parameter.name] = Tensor(
                    parameter.shape, (0..<count).map { layer.bias[$0 * step] })
            default:
                rounded[parameter.name] = Tensor(
                    parameter.shape, repeating: parameter.role == .runningVariance ? 1 : 0)
            }
        }
    }
}

/// A layer's geometry and the order in which a page wants its numbers.
private struct LayerForm {
    var name = "linear"
    var kernel: Int?
    var stride: Int?
    var padding: Int?
    /// Places of the weights in the engine's order, in the page's.
    private(set) var order: [Int] = []
    /// Rows of the engine, in the page's order.
    private(set) var rows: [Int] = []
    private var inner = 1
    private var count = 1

    init(_ layer: FoldedLayer) {
        let stage = layer.stage
        let sizes = layer.weight.shape.sizes
        count = layer.bias.count
        rows = Array(0..<count)
        switch stage.layer {
        case .convolution(let c):
            describe("conv", c)
            inner = sizes.dropFirst().reduce(1, *)
            order = places(c.kernel, sizes[1], sizes[0]) { tap, from, to in
                (to * sizes[1] + from) * c.kernel * c.kernel + tap
            }
        case .transposedConvolution(let c):
            describe("deconv", c)
            inner = c.kernel * c.kernel
            order = places(c.kernel, sizes[0], sizes[1]) { tap, from, to in
                (from * sizes[1] + to) * c.kernel * c.kernel + tap
            }
        default:
            inner = sizes[1]
            rows = stage.output.channelsLast
            order = stage.input.channelsLast.flatMap { from in rows.map { $0 * sizes[1] + from } }
        }
    }

    private mutating func describe(_ name: String, _ c: Convolution) {
        self.name = name
        (kernel, stride, padding) = (c.kernel, c.stride, c.padding)
    }

    private func places(
        _ kernel: Int, _ inputs: Int, _ outputs: Int, _ place: (Int, Int, Int) -> Int
    ) -> [Int] {
        (0..<kernel * kernel).flatMap { tap in
            (0..<inputs).flatMap { from in (0..<outputs).map { place(tap, from, $0) } }
        }
    }

    /// The output channel or row of a weight in the engine's order.
    func row(of index: Int) -> Int { index / inner % count }
}

extension FeatureShape {
    /// Channels, height, width.
    fileprivate var sizes: [Int] { [channels, height, width] }

    /// Places in `[channels, height, width]`, in the order `[height, width, channels]`.
    package var channelsLast: [Int] {
        (0..<height * width).flatMap { position in
            (0..<channels).map { $0 * height * width + position }
        }
    }
}
