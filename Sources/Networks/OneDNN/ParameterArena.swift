import COneDNN
import Tensors

/// One flat buffer for all trained parameters and one for their gradients, each parameter in the layout
/// its kernels read, so that an optimiser makes one pass over everything.
final class ParameterArena {
    let values: Buffer
    let gradients: Buffer
    private(set) var slots: [Slot] = []
    private var used = 0

    /// A part of the arena and the named tensors it holds, concatenated along their first axis.
    struct Slot {
        let parameters: [ParameterDescription]
        let range: Range<Int>
        let layout: Layout
        let plain: Layout
    }

    init(room: Int) {
        values = Buffer(count: room)
        gradients = Buffer(count: room)
    }

    /// The part of `buffer`, which is laid out as `values`, that parameters were put into.
    func usedPart(of buffer: Buffer) -> Buffer { Buffer(sharing: buffer, 0..<used) }

    /// Room for `network`'s parameters with every channel axis padded as far as kernels may want.
    static func room(for network: NetworkDescription, batch: Int) -> Int {
        network.stagesInDepth.reduce(0) { sum, stage in
            let weights =
                LayerSpecification(stage, batch: batch, training: true)?.weightRoom ?? 0
            return sum + weights + 4 * (stage.output.count + 16)
        }
    }

    /// Takes the next free part; values and gradients lie in `layout`.
    func add(
        _ parameters: [ParameterDescription], layout: Layout, plain: Layout
    ) -> (value: Laid, gradient: Laid) {
        let range = used..<used + layout.count
        precondition(range.upperBound <= values.count, "the parameter arena is too small")
        used = (range.upperBound + 15) / 16 * 16
        slots.append(Slot(parameters: parameters, range: range, layout: layout, plain: plain))
        return (
            Laid(Buffer(sharing: values, range), layout),
            Laid(Buffer(sharing: gradients, range), layout)
        )
    }

    /// Copies named tensors into `flat`, which is laid out as `values`.
    func load(_ tensors: NamedTensors, into flat: Buffer) throws {
        for slot in slots {
            let plain = Laid(zeros: slot.plain)
            plain.buffer.write(try slot.parameters.flatMap { try tensors.tensor(for: $0).values })
            let target = Buffer(sharing: flat, slot.range)
            try Primitive.reorder(from: plain.buffer, plain.layout, to: target, slot.layout).run()
        }
    }

    /// Named tensors from `flat`, which is laid out as `values`.
    func named(_ flat: Buffer) throws -> NamedTensors {
        var tensors = NamedTensors()
        for slot in slots {
            let plain = Laid(zeros: slot.plain)
            let source = Buffer(sharing: flat, slot.range)
            try Primitive.reorder(from: source, slot.layout, to: plain.buffer, plain.layout).run()
            let all = plain.buffer.read(slot.plain.count)
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
