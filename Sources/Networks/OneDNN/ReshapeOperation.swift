import COneDNN
import Tensors

/// A copy from one layout or shape to another, in training.
struct ReshapeOperation: TrainingOperation {
    let output: Activation
    private let copy: Primitive
    private let copyBack: Primitive

    /// The same numbers row-major, seen with another shape.
    init(input: Activation, from shape: Shape, to newShape: Shape) throws {
        let plain = try Layout(shape)
        output = Activation(try Layout(newShape))
        copy = try .reorder(
            from: input.value.buffer, input.value.layout, to: output.value.buffer, plain)
        copyBack = try .reorder(
            from: output.gradient.buffer, plain, to: input.gradient.buffer, input.gradient.layout)
    }

    /// The same numbers in another layout.
    init(input: Activation, layout: Layout) throws {
        output = Activation(layout)
        copy = try .reorder(
            from: input.value.buffer, input.value.layout, to: output.value.buffer, layout)
        copyBack = try .reorder(
            from: output.gradient.buffer, layout, to: input.gradient.buffer, input.gradient.layout)
    }

    func forward() throws { try copy.run() }
    func backward() throws { try copyBack.run() }
    var implementations: [String] { [copy.implementation, copyBack.implementation] }
}
