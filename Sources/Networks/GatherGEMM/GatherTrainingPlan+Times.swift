#if arch(x86_64)
    /// What a layer's passes take, for measurements.
    package struct LayerTime: Sendable {
        /// The layer's name.
        package let name: String
        /// Floating-point operations of the whole batch in one pass, without padding.
        package let operations: Int
        /// Milliseconds of each pass, medians.
        package fileprivate(set) var forward = 0.0
        package fileprivate(set) var parameterGradients = 0.0
        package fileprivate(set) var inputGradient = 0.0
    }

    extension GatherTrainingPlan {
        /// Times each layer in `steps` training steps on what the buffers hold; the running statistics
        /// move on.
        package func layerTimes(steps: Int) -> [LayerTime] {
            var times = operations.map { _ in [[Double]](repeating: [], count: 3) }
            for _ in 0..<steps {
                for (index, operation) in operations.enumerated() {
                    times[index][0].append(milliseconds(operation.forward))
                }
                for (index, operation) in operations.enumerated().reversed() {
                    times[index][1].append(milliseconds(operation.parameterGradients))
                    times[index][2].append(milliseconds(operation.inputGradient))
                }
            }
            return zip(operations, times).map { operation, times in
                let medians = times.map { $0.sorted()[$0.count / 2] }
                return LayerTime(
                    name: operation.name, operations: 2 * batch * operation.multiplications,
                    forward: medians[0], parameterGradients: medians[1],
                    inputGradient: medians[2])
            }
        }

        private func milliseconds(_ work: () -> Void) -> Double {
            ContinuousClock().measure(work) / .milliseconds(1)
        }
    }
#endif
