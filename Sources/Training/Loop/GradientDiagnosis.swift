import Networks
import Tensors
import VAEModels

/// Where the gradients of a step stopped being numbers.
struct GradientDiagnosis {
    /// The first parameter, in the order of the state dictionary, with a gradient that is not finite.
    private(set) var parameter: String?
    /// Largest finite number by absolute value; nil when there is none.
    private(set) var largest: Double?

    /// Looks at every gradient of `model` by name.
    init(_ model: any TrainableModel) throws {
        for plan in model.plans {
            let named = try plan.named(plan.gradients)
            for description in plan.network.parameters {
                guard let values = named[description.name]?.values else { continue }
                look(at: values, name: description.name)
            }
        }
    }

    private mutating func look(at values: [Float], name: String) {
        for value in values {
            if value.isFinite {
                largest = max(largest ?? 0, Double(abs(value)))
            } else if parameter == nil {
                parameter = name
            }
        }
    }
}
