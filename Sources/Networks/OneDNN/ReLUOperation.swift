import COneDNN
import Tensors

/// A ReLU that stands alone, in training.
struct ReLUOperation: TrainingOperation {
    let output: Activation
    private let forwardStep: Step
    private let backwardStep: Step

    init(input: Activation) throws {
        let layout = input.value.layout
        output = Activation(layout)
        forwardStep = try Step(
            try Primitive.relu(DN_FORWARD, layout: layout),
            inputs: [(DN_SOURCE, input.value)], outputs: [(DN_DESTINATION, output.value)])
        backwardStep = try Step(
            try Primitive.relu(DN_BACKWARD_DATA, layout: layout),
            inputs: [
                (DN_SOURCE, input.value), (DN_DESTINATION_GRADIENT, output.gradient),
            ],
            outputs: [(DN_SOURCE_GRADIENT, input.gradient)])
    }

    func forward() throws { try forwardStep.run() }
    func backward() throws { try backwardStep.run() }
    var implementations: [String] { forwardStep.implementations + backwardStep.implementations }
}
