import Tensors

/// A layer's geometry and the order in which a page wants its numbers.
struct QuantizedForm {
    private(set) var kind = QuantizedNetwork.Kind.linear
    private(set) var convolution: Convolution?
    /// Places of the weights in the engine's order, in the page's.
    private(set) var order: [Int] = []
    /// Rows of the engine, in the page's order.
    private(set) var rows: [Int] = []
    private let inner: Int
    private let count: Int

    init(_ layer: FoldedLayer) {
        let stage = layer.stage
        let sizes = layer.weight.shape.sizes
        count = layer.bias.count
        rows = Array(0..<count)
        switch stage.layer {
        case .convolution(let c):
            (kind, convolution) = (.convolution, c)
            inner = sizes.dropFirst().reduce(1, *)
            order = Self.places(c.kernel, sizes[1], sizes[0]) { tap, from, to in
                (to * sizes[1] + from) * c.kernel * c.kernel + tap
            }
        case .transposedConvolution(let c):
            (kind, convolution) = (.transposedConvolution, c)
            inner = c.kernel * c.kernel
            order = Self.places(c.kernel, sizes[0], sizes[1]) { tap, from, to in
                (from * sizes[1] + to) * c.kernel * c.kernel + tap
            }
        default:
            inner = sizes[1]
            let outputs = stage.output.channelsLast
            rows = outputs
            order = stage.input.channelsLast.flatMap { from in
                outputs.map { $0 * sizes[1] + from }
            }
        }
    }

    private static func places(
        _ kernel: Int, _ inputs: Int, _ outputs: Int, _ place: (Int, Int, Int) -> Int
    ) -> [Int] {
        (0..<kernel * kernel).flatMap { tap in
            (0..<inputs).flatMap { from in (0..<outputs).map { place(tap, from, $0) } }
        }
    }

    /// The output channel or row of a weight in the engine's order.
    func row(of index: Int) -> Int { index / inner % count }
}
