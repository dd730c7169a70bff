import Tensors

/// What a layer does in a training step.
protocol TrainingOperation {
    func forward() throws
    func backward() throws
    /// Kernels' names, for `bench`.
    var implementations: [String] { get }
}

/// A feature map of the whole batch with its gradient.
struct Activation {
    let value: Laid
    let gradient: Laid

    init(_ layout: Layout) {
        value = Laid(zeros: layout)
        gradient = Laid(zeros: layout)
    }

    /// The same map with a gradient of its own: one of several that are added later.
    init(sharing value: Laid) {
        self.value = value
        gradient = Laid(zeros: value.layout)
    }

    /// Numbers in the map, padding included.
    var count: Int { value.buffer.count }
}
