import COneDNN
import Tensors

/// Memory together with the layout its numbers lie in.
package struct Laid {
    package let buffer: Buffer
    package let layout: Layout

    package init(_ buffer: Buffer, _ layout: Layout) {
        self.buffer = buffer
        self.layout = layout
    }

    /// New zeroed memory in `layout`.
    package init(zeros layout: Layout) {
        self.init(Buffer(count: layout.count), layout)
    }
}

/// A primitive with the reorders that bring its inputs into the layouts it wants and its results back.
///
/// Where layouts agree, as they do almost everywhere, there is no reorder.
package struct Step {
    private var primitives: [Primitive] = []

    package init(
        _ primitive: Primitive, inputs: [(dn_role, Laid)], outputs: [(dn_role, Laid)]
    ) throws {
        var after: [Primitive] = []
        for (role, laid) in inputs {
            let wanted = try primitive.layout(role)
            guard wanted != laid.layout else {
                try primitive.bind(role, laid.buffer)
                continue
            }
            let inner = Laid(zeros: wanted)
            primitives.append(
                try .reorder(from: laid.buffer, laid.layout, to: inner.buffer, wanted))
            try primitive.bind(role, inner.buffer)
        }
        for (role, laid) in outputs {
            let wanted = try primitive.layout(role)
            guard wanted != laid.layout else {
                try primitive.bind(role, laid.buffer)
                continue
            }
            let inner = Laid(zeros: wanted)
            after.append(try .reorder(from: inner.buffer, wanted, to: laid.buffer, laid.layout))
            try primitive.bind(role, inner.buffer)
        }
        primitives += [primitive] + after
    }

    package func run() throws {
        for primitive in primitives { try primitive.run() }
    }

    /// Kernels' names, reorders included, for `bench`.
    package var implementations: [String] { primitives.map(\.implementation) }
}
