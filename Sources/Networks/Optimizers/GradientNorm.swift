import CKernels
import Tensors

/// The length of a gradient that lies in several flat buffers.
public enum GradientNorm {
    /// √Σ gᵢ² over all buffers; padding counts as the zero it is.
    public static func euclidean(_ gradients: [Buffer]) -> Double {
        gradients.reduce(0) { $0 + vk_square_sum($1.pointer, $1.count) }.squareRoot()
    }

    /// What to multiply a gradient of length `norm` by so that it is no longer than `limit` (Pascanu
    /// et al. 2013), as `torch.nn.utils.clip_grad_norm_`; at most 1.
    public static func clippingScale(norm: Double, limit: Double) -> Double {
        min(1, limit / (norm + 1e-6))
    }
}
