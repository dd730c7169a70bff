import COneDNN

/// oneDNN could not make or run something.
public struct PrimitiveError: Error, CustomStringConvertible {
    /// What was asked for.
    public let operation: String
    /// oneDNN's own words.
    public let reason: String
    /// oneDNN has no implementation of this on this CPU.
    public let isUnsupported: Bool

    /// What was asked for and why it failed.
    public var description: String { "oneDNN could not \(operation): \(reason)" }
}

private func check(_ status: dn_status, _ operation: @autoclosure () -> String) throws {
    guard status != DN_OK else { return }
    throw PrimitiveError(
        operation: operation(), reason: String(cString: dn_last_error()),
        isUnsupported: status == DN_UNSUPPORTED)
}

/// How the numbers of a tensor lie in memory, channel blocks and their padding included.
package final class Layout: Equatable {
    fileprivate let handle: OpaquePointer

    fileprivate init(owning handle: OpaquePointer) {
        self.handle = handle
    }

    /// Axes of `shape` nested in `order` (outermost first; row-major by default).
    package convenience init(_ shape: Shape, order: [Int]? = nil) throws {
        let sizes = shape.sizes.map(Int64.init)
        let order = (order ?? Array(sizes.indices)).map(Int32.init)
        precondition(order.count == sizes.count, "an order of \(order) for shape \(shape)")
        var handle: OpaquePointer?
        try check(
            dn_layout_create(sizes, order, Int32(sizes.count), &handle),
            "describe a tensor of shape \(shape)")
        guard let handle else { preconditionFailure("a layout without a handle") }
        self.init(owning: handle)
    }

    deinit { dn_layout_destroy(handle) }

    /// Numbers that memory of this layout takes, padding included.
    package var count: Int { dn_layout_count(handle) }

    package static func == (a: Layout, b: Layout) -> Bool {
        dn_layout_equal(a.handle, b.handle)
    }
}

/// One oneDNN operation, created once and bound to buffers once.
package final class Primitive {
    private let handle: OpaquePointer
    private let name: String
    private var bound: [UInt32: Buffer] = [:]

    private init(owning handle: OpaquePointer, name: String) {
        self.handle = handle
        self.name = name
    }

    deinit { dn_primitive_destroy(handle) }

    private static func make(
        _ name: String, _ body: (UnsafeMutablePointer<OpaquePointer?>) -> dn_status
    ) throws -> Primitive {
        var handle: OpaquePointer?
        try check(body(&handle), "create \(name)")
        guard let handle else { preconditionFailure("\(name) without a handle") }
        return Primitive(owning: handle, name: name)
    }

    /// A convolution, transposed convolution or linear layer; layouts are oneDNN's choice where nil.
    package static func layer(
        _ layer: dn_layer, _ direction: dn_direction, source: Layout? = nil,
        destination: Layout? = nil
    ) throws -> Primitive {
        var copy = layer
        return try make("a layer of \(layer.in_channels) to \(layer.out_channels) channels") {
            dn_layer_create(&copy, direction, source?.handle, destination?.handle, $0)
        }
    }

    /// Batch normalisation with scale and shift.
    package static func normalization(
        _ normalization: dn_normalization, _ direction: dn_direction, layout: Layout
    ) throws -> Primitive {
        var copy = normalization
        return try make("a normalisation of \(normalization.channels) channels") {
            dn_normalization_create(&copy, direction, layout.handle, $0)
        }
    }

    /// max(x, 0).
    package static func relu(_ direction: dn_direction, layout: Layout) throws -> Primitive {
        try make("a ReLU") { dn_relu_create(direction, layout.handle, $0) }
    }

    /// A copy between layouts.
    package static func reorder(from: Layout, to: Layout) throws -> Primitive {
        try make("a reorder") { dn_reorder_create(from.handle, to.handle, $0) }
    }

    /// A copy of `from` in one layout to `to` in another, bound.
    package static func reorder(
        from: Buffer, _ fromLayout: Layout, to: Buffer, _ toLayout: Layout
    ) throws -> Primitive {
        let primitive = try reorder(from: fromLayout, to: toLayout)
        try primitive.bind(DN_SOURCE, from)
        try primitive.bind(DN_DESTINATION, to)
        return primitive
    }

    /// The layout that the primitive wants for `role`.
    package func layout(_ role: dn_role) throws -> Layout {
        var layout: OpaquePointer?
        try check(dn_primitive_layout(handle, role, &layout), "describe memory of \(name)")
        guard let layout else { preconditionFailure("a layout without a handle") }
        return Layout(owning: layout)
    }

    /// Whether the primitive has memory in `role`.
    package func has(_ role: dn_role) -> Bool {
        (try? layout(role)) != nil
    }

    /// Makes `buffer` the memory of `role`; it must lie in `layout(role)`.
    package func bind(_ role: dn_role, _ buffer: Buffer) throws {
        try check(dn_primitive_bind(handle, role, buffer.pointer), "bind memory of \(name)")
        bound[role.rawValue] = buffer
    }

    /// Runs to completion.
    package func run() throws {
        try check(dn_primitive_run(handle), "run \(name)")
    }

    /// oneDNN's name of the kernel it chose, such as `jit:avx512_core`.
    package var implementation: String {
        String(cString: dn_primitive_implementation(handle))
    }
}

/// The version of oneDNN at run time.
public var oneDNNVersion: String { String(cString: dn_version()) }
