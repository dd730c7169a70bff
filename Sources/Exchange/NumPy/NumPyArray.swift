import Foundation
import Tensors

/// An array as NumPy's `.npy` format holds it, version 1.0: a header in text, then the numbers.
package struct NumPyArray: Sendable {
    private let type: String
    private let sizes: [Int]
    private let numbers: [UInt8]

    /// float32 numbers, as many as `sizes` says.
    package init(_ sizes: [Int], _ values: [Float]) {
        precondition(values.count == sizes.reduce(1, *), "\(values.count) numbers for \(sizes)")
        (type, self.sizes) = ("<f4", sizes)
        numbers = values.withUnsafeBytes { Array($0) }
    }

    /// float64 numbers of one axis.
    package init(_ values: [Double]) {
        (type, sizes) = ("<f8", [values.count])
        numbers = values.withUnsafeBytes { Array($0) }
    }

    /// Whole numbers of one axis.
    package init(_ values: [Int]) {
        (type, sizes) = ("<i8", [values.count])
        numbers = values.map { Int64($0).littleEndian }.withUnsafeBytes { Array($0) }
    }

    /// Bytes of one axis, such as classes.
    package init(_ values: [UInt8]) {
        (type, sizes, numbers) = ("|u1", [values.count], values)
    }

    /// Texts of one axis: UTF-32, each as long as the longest, which needs no pickle.
    package init(_ texts: [String]) {
        let length = max(1, texts.map(\.unicodeScalars.count).max() ?? 1)
        (type, sizes) = ("<U\(length)", [texts.count])
        numbers = texts.flatMap { text -> [UInt8] in
            let scalars = text.unicodeScalars.map { $0.value.littleEndian }
            let padding = [UInt32](repeating: 0, count: length - scalars.count)
            return (scalars + padding).withUnsafeBytes { Array($0) }
        }
    }

    /// The file's bytes; numbers start at a multiple of 64.
    package var encoded: [UInt8] {
        let shape = sizes.map(String.init).joined(separator: ", ") + (sizes.count == 1 ? "," : "")
        let header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(shape)), }"
        let start: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
        let padding = (64 - (start.count + 2 + header.utf8.count + 1) % 64) % 64
        let text = Array(header.utf8) + Array(repeating: 0x20, count: padding) + [0x0a]
        let length = UInt16(text.count)
        return start + [UInt8(length & 0xff), UInt8(length >> 8)] + text + numbers
    }
}
