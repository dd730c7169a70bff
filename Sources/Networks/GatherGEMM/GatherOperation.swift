#if arch(x86_64)
    /// What a part of a network does in a training step.
    protocol GatherOperation: AnyObject {
        /// The layer's name, for measurements.
        var name: String { get }
        /// Multiplications of one image in each of the three passes, without padding.
        var multiplications: Int { get }

        func forward()
        /// Gradients of the operation's own parameters; comes before `inputGradient`.
        func parameterGradients()
        /// Gradient of what the operation read.
        func inputGradient()
    }

    extension GatherOperation {
        var multiplications: Int { 0 }
        func parameterGradients() {}
    }
#endif
