import Networks

/// The largest number of each 3×3 window, stride 2, no padding (PyTorch's `MaxPool2d(3, 2)`).
struct MaximumPool {
    private static let window = 3
    private static let stride = 2

    /// Feature maps that go in.
    let input: FeatureShape
    /// Feature maps that come out.
    let output: FeatureShape

    /// A pool of maps of `input`; nil when they are smaller than a window. With `ceil` a last window
    /// that starts inside the map counts though it reaches over the border (`ceil_mode`).
    init?(_ input: FeatureShape, ceil: Bool) {
        guard min(input.height, input.width) >= Self.window else { return nil }
        func size(_ large: Int) -> Int {
            let room = large - Self.window
            return (ceil ? (room + Self.stride - 1) / Self.stride : room / Self.stride) + 1
        }
        self.input = input
        output = FeatureShape(
            channels: input.channels, height: size(input.height), width: size(input.width))
    }

    /// Pooled maps of `[count, channels, height, width]`.
    func applied(to maps: [Float]) -> [Float] {
        var result: [Float] = []
        result.reserveCapacity(maps.count / input.count * output.count)
        for plane in Swift.stride(from: 0, to: maps.count, by: input.height * input.width) {
            for row in 0..<output.height {
                for column in 0..<output.width {
                    result.append(largest(maps, plane, row * Self.stride, column * Self.stride))
                }
            }
        }
        return result
    }

    private func largest(_ maps: [Float], _ plane: Int, _ top: Int, _ left: Int) -> Float {
        var largest = -Float.infinity
        for row in top..<min(top + Self.window, input.height) {
            for column in left..<min(left + Self.window, input.width) {
                largest = max(largest, maps[plane + row * input.width + column])
            }
        }
        return largest
    }
}
