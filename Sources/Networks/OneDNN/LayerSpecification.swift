import COneDNN
import Tensors

/// A convolution, transposed convolution or linear layer in oneDNN's terms.
struct LayerSpecification {
    var layer: dn_layer
    let isTransposed: Bool

    /// nil for layers without a weight.
    init?(_ stage: NetworkDescription.Stage, batch: Int, training: Bool) {
        layer = dn_layer()
        layer.batch = Int64(batch)
        layer.in_channels = Int64(stage.input.channels)
        layer.in_height = Int64(stage.input.height)
        layer.in_width = Int64(stage.input.width)
        layer.training = training
        switch stage.layer {
        case .convolution(let c), .transposedConvolution(let c):
            if case .convolution = stage.layer {
                layer.kind = DN_CONVOLUTION
                isTransposed = false
            } else {
                layer.kind = DN_TRANSPOSED_CONVOLUTION
                isTransposed = true
            }
            layer.out_channels = Int64(c.outChannels)
            layer.out_height = Int64(c.outputHeight)
            layer.out_width = Int64(c.outputWidth)
            layer.kernel_height = Int64(c.kernel)
            layer.kernel_width = Int64(c.kernel)
            layer.stride = Int64(c.stride)
            layer.padding = Int64(c.padding)
            layer.bias = c.bias == .trained
        case .linear(let linear):
            layer.kind = DN_LINEAR
            isTransposed = false
            layer.out_channels = Int64(linear.output.count)
            layer.out_height = 1
            layer.out_width = 1
            layer.kernel_height = layer.in_height
            layer.kernel_width = layer.in_width
            layer.stride = 1
            layer.bias = linear.bias == .trained
        default:
            return nil
        }
    }

    /// The layout of PyTorch's weight, over the logical axes (out, in, rows, columns).
    func plainWeightLayout() throws -> Layout {
        let sizes = [
            layer.out_channels, layer.in_channels, layer.kernel_height, layer.kernel_width,
        ]
        return try Layout(Shape(sizes.map(Int.init)), order: isTransposed ? [1, 0, 2, 3] : nil)
    }

    /// Numbers that the weight can take at most: kernels block either channel axis by up to 64.
    var weightRoom: Int {
        let padded = [layer.out_channels, layer.in_channels].map { (Int($0) + 63) / 64 * 64 }
        return padded[0] * padded[1] * Int(layer.kernel_height * layer.kernel_width)
    }
}
