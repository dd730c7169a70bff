import Tensors

/// Narrow trunks of the perceptual distance with the weights of Oracles/make_perceptual_oracles.py.
struct ThinTrunk {
    private(set) var tensors = NamedTensors()
    /// The pixels that the script draws after the weights.
    private(set) var generator: SharedGenerator

    init(_ name: String, seed: UInt64) {
        generator = SharedGenerator(seed: seed)
        if name == "alex" { addAlexNet() } else { addSqueezeNet() }
    }

    private mutating func addAlexNet() {
        let widths = [4, 6, 8, 6, 5]
        var inputs = 3
        for (place, (index, kernel)) in [(0, 11), (3, 5), (6, 3), (8, 3), (10, 3)].enumerated() {
            addLayer("features.\(index)", widths[place], inputs, kernel)
            inputs = widths[place]
        }
        addHeads(widths)
    }

    private mutating func addSqueezeNet() {
        addLayer("features.0", 4, 3, 3)
        var inputs = 4
        let sizes = [(2, 3), (2, 3), (3, 4), (3, 4), (3, 5), (3, 5), (4, 6), (4, 6)]
        for (index, (narrow, wide)) in zip([3, 4, 6, 7, 9, 10, 11, 12], sizes) {
            addLayer("features.\(index).squeeze", narrow, inputs, 1)
            addLayer("features.\(index).expand1x1", wide, narrow, 1)
            addLayer("features.\(index).expand3x3", wide, narrow, 3)
            inputs = 2 * wide
        }
        addHeads([4, 6, 8, 10, 10, 12, 12])
    }

    private mutating func addLayer(_ name: String, _ outputs: Int, _ inputs: Int, _ kernel: Int) {
        let area = kernel * kernel
        let scale = 2 / Double(inputs * area).squareRoot()
        tensors["\(name).weight"] = Tensor(
            [outputs, inputs, kernel, kernel],
            generator.signed(outputs * inputs * area).map { Float($0 * scale) })
        tensors["\(name).bias"] = Tensor(
            [outputs], generator.signed(outputs).map { Float($0 * 0.1) })
    }

    private mutating func addHeads(_ widths: [Int]) {
        for (index, width) in widths.enumerated() {
            tensors["lin\(index).model.1.weight"] = Tensor(
                [1, width, 1, 1], generator.signed(width).map { Float(abs($0)) })
        }
    }

    /// `count` numbers in 0 … 1.
    mutating func pixels(_ count: Int) -> [Float] {
        generator.bytes(count).map { Float($0) / 255 }
    }
}
