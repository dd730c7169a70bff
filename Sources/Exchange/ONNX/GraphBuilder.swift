import Foundation
import SwiftProtobuf

/// An ONNX graph under construction: nodes one after the other, each reading what the one before made.
///
/// Every value has the name of the node that makes it, which is the layer's; images of a batch are the first
/// axis, whose size is left open.
struct GraphBuilder {
    private(set) var graph = ONNXGraph()
    /// What the next node reads.
    var current = ""
    /// Whether that is `[batch, size]` rather than `[batch, channels, height, width]`.
    var isFlat = false
    private var used: Set<String> = []

    /// Numbers of a constant.
    enum Numbers {
        case floats([Float])
        case integers([Int])
    }

    /// An attribute of a node.
    enum Setting {
        case integer(Int)
        case integers([Int])
        case float(Float)
        case word(String)
    }

    init(name: String) { graph.name = name }

    /// Adds what the graph reads, of `sizes` an image, and makes it current.
    mutating func input(_ name: String, _ sizes: [Int], about: String) {
        graph.input.append(Self.value(name, sizes, about))
        used.insert(name)
        current = name
        isFlat = sizes.count == 1
    }

    /// Declares a value that was made as what the graph gives.
    mutating func output(_ name: String, _ sizes: [Int], about: String) {
        graph.output.append(Self.value(name, sizes, about))
    }

    /// Adds a node that reads the current value and `others`; its result becomes the current value.
    mutating func add(
        _ operation: String, named name: String, with others: [String] = [],
        _ settings: KeyValuePairs<String, Setting> = [:]
    ) {
        add(operation, named: name, reading: [current] + others, settings)
    }

    /// Adds a node; its only result, or the first of `results`, becomes the current value.
    mutating func add(
        _ operation: String, named name: String, reading inputs: [String],
        _ settings: KeyValuePairs<String, Setting> = [:], results: [String] = []
    ) {
        var node = ONNXNode()
        node.opType = operation
        node.name = unused(name)
        node.input = inputs
        node.output = results.isEmpty ? [node.name] : results
        node.attribute = settings.map { Self.attribute($0.key, $0.value) }
        used.formUnion(node.output)
        graph.node.append(node)
        current = node.output[0]
    }

    /// Adds a constant; one of the same name is taken to be the same.
    mutating func constant(_ name: String, _ shape: [Int], _ numbers: Numbers) -> String {
        guard used.insert(name).inserted else { return name }
        var constant = ONNXConstant()
        constant.name = name
        constant.dims = shape.map(Int64.init)
        switch numbers {
        case .floats(let floats):
            constant.dataType = Self.float32
            constant.rawData = Data(capacity: floats.count * 4)
            for number in floats {
                withUnsafeBytes(of: number.bitPattern.littleEndian) {
                    constant.rawData.append(contentsOf: $0)
                }
            }
        case .integers(let integers):
            constant.dataType = Self.int64
            for number in integers {
                withUnsafeBytes(of: Int64(number).littleEndian) {
                    constant.rawData.append(contentsOf: $0)
                }
            }
        }
        graph.initializer.append(constant)
        return name
    }

    /// A single number as a constant of no axes.
    mutating func number(_ name: String, _ value: Float) -> String {
        constant(name, [], .floats([value]))
    }

    private static let float32: Int32 = 1
    private static let int64: Int32 = 7

    private func unused(_ name: String) -> String {
        guard used.contains(name) else { return name }
        var number = 2
        while used.contains("\(name)_\(number)") { number += 1 }
        return "\(name)_\(number)"
    }

    private static func attribute(_ name: String, _ setting: Setting) -> ONNXAttribute {
        var attribute = ONNXAttribute()
        attribute.name = name
        switch setting {
        case .integer(let value):
            attribute.kind = .int
            attribute.i = Int64(value)
        case .integers(let values):
            attribute.kind = .ints
            attribute.ints = values.map(Int64.init)
        case .float(let value):
            attribute.kind = .float
            attribute.f = value
        case .word(let word):
            attribute.kind = .string
            attribute.s = Data(word.utf8)
        }
        return attribute
    }

    /// A float32 array whose first axis is the batch.
    private static func value(_ name: String, _ sizes: [Int], _ about: String) -> ONNXValue {
        var value = ONNXValue()
        value.name = name
        value.docString = about
        value.sort.array.element = float32
        var batch = ONNXSize()
        batch.name = "batch"
        value.sort.array.sizes.size =
            [batch]
            + sizes.map { count in
                var size = ONNXSize()
                size.count = Int64(count)
                return size
            }
        return value
    }
}
