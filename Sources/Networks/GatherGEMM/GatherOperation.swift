#if arch(x86_64)
    /// What a part of a network does in a training step.
    protocol GatherOperation: AnyObject {
        func forward()
        func backward()
    }
#endif
