#if arch(x86_64)
    import CKernels

    extension Precision {
        /// The gather-GEMM kernels; nil where the CPU has none.
        var kernels: vk_gather_kernels? {
            switch self {
            case .float32: vk_float32_kernels()?.pointee
            case .bfloat16: vk_bfloat16_kernels()?.pointee
            }
        }
    }
#endif
