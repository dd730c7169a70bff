#if arch(x86_64)
    import Tensors

    /// All trained parameters in one flat buffer and their gradients in another, in the kernels' layouts.
    final class GatherParameters {
        let values: Buffer
        let gradients: Buffer
        private var slots: [Slot] = []
        private var used = 0

        /// A part of the buffers and the named tensors it holds, concatenated along their first axis.
        private struct Slot {
            let parameters: [ParameterDescription]
            let range: Range<Int>
            let places: ParameterPlaces
        }

        init(room: Int) {
            values = Buffer(count: room)
            gradients = Buffer(count: room)
        }

        /// Room that a part takes: parts start on 64-byte borders.
        static func room(for places: ParameterPlaces) -> Int { places.room.roundedUp(to: 16) }

        /// Takes the next free part.
        func add(
            _ parameters: [ParameterDescription], _ places: ParameterPlaces
        ) -> (value: Buffer, gradient: Buffer) {
            let range = used..<used + places.room
            precondition(range.upperBound <= values.count, "the parameters' buffer is too small")
            used += Self.room(for: places)
            slots.append(Slot(parameters: parameters, range: range, places: places))
            return (Buffer(sharing: values, range), Buffer(sharing: gradients, range))
        }

        /// Copies named tensors into `flat`, which is laid out as `values`.
        func load(_ tensors: NamedTensors, into flat: Buffer) throws {
            for slot in slots {
                let plain = try slot.parameters.flatMap { try tensors.tensor(for: $0).values }
                slot.places.write(plain, to: Buffer(sharing: flat, slot.range))
            }
        }

        /// Named tensors from `flat`, which is laid out as `values`.
        func named(_ flat: Buffer) -> NamedTensors {
            var tensors = NamedTensors()
            for slot in slots {
                let all = slot.places.read(Buffer(sharing: flat, slot.range))
                var start = 0
                for parameter in slot.parameters {
                    let end = start + parameter.shape.count
                    tensors[parameter.name] = Tensor(parameter.shape, Array(all[start..<end]))
                    start = end
                }
            }
            return tensors
        }
    }
#endif
