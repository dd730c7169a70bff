extension PyTorchTensor {
    /// The view's numbers in row-major order.
    ///
    /// `bytes` is the whole storage, little-endian, at least as long as the view was checked against.
    func values(in bytes: [UInt8]) -> [Float] {
        bytes.withUnsafeBytes { raw in
            switch elementType {
            case .float32: gather(raw) { Float(bitPattern: $0 as UInt32) }
            case .float16: gather(raw) { Float(Float16(bitPattern: $0 as UInt16)) }
            case .bfloat16: gather(raw) { Float(bitPattern: UInt32($0 as UInt16) << 16) }
            case .float64: gather(raw) { Float(Double(bitPattern: $0 as UInt64)) }
            case .int64: gather(raw) { Float(Int64(bitPattern: $0)) }
            case .int32: gather(raw) { Float(Int32(bitPattern: $0)) }
            case .int16: gather(raw) { Float(Int16(bitPattern: $0)) }
            case .int8: gather(raw) { Float(Int8(bitPattern: $0)) }
            case .uint8: gather(raw) { Float($0 as UInt8) }
            case .boolean: gather(raw) { $0 as UInt8 == 0 ? 0 : 1 }
            }
        }
    }

    private func gather<Bits: FixedWidthInteger>(
        _ raw: UnsafeRawBufferPointer, _ convert: (Bits) -> Float
    ) -> [Float] {
        func number(_ index: Int) -> Float {
            let bits = raw.loadUnaligned(
                fromByteOffset: index * MemoryLayout<Bits>.size, as: Bits.self)
            return convert(Bits(littleEndian: bits))
        }
        let count = shape.count
        if isContiguous { return (offset..<offset + count).map(number) }
        var values: [Float] = []
        values.reserveCapacity(count)
        var index = [Int](repeating: 0, count: strides.count)
        var position = offset
        for _ in 0..<count {
            values.append(number(position))
            advance(&index, &position)
        }
        return values
    }

    /// Moves to the next number in row-major order, as an odometer does.
    private func advance(_ index: inout [Int], _ position: inout Int) {
        for axis in index.indices.reversed() {
            index[axis] += 1
            if index[axis] < shape[axis] {
                position += strides[axis]
                return
            }
            position -= (index[axis] - 1) * strides[axis]
            index[axis] = 0
        }
    }
}

extension PyTorchElementType {
    /// `count` numbers that stand one after the other in `bytes`, little-endian.
    func numbers(in bytes: [UInt8], count: Int) -> [Float] {
        PyTorchTensor(vector: self, count: count).values(in: bytes)
    }
}

extension PyTorchTensor {
    /// A storage's first `count` numbers in order.
    fileprivate init(vector elementType: PyTorchElementType, count: Int) {
        storage = ""
        self.elementType = elementType
        offset = 0
        shape = [count]
        strides = [1]
    }
}
