#if arch(x86_64)
    /// Constant numbers at a fixed address, for kernels to read.
    final class Table<Element> {
        let pointer: UnsafeMutablePointer<Element>
        private let count: Int

        init(_ elements: [Element]) {
            count = elements.count
            pointer = .allocate(capacity: max(1, count))
            pointer.initialize(from: elements, count: count)
        }

        deinit {
            pointer.deinitialize(count: count)
            pointer.deallocate()
        }
    }

    extension Table where Element == UInt32 {
        /// Groups of `counts` elements: where each starts, and where the last ends.
        static func starts(ofGroups counts: some Sequence<Int>) -> Table {
            var starts: [UInt32] = [0]
            var end = 0
            for count in counts {
                end += count
                starts.append(UInt32(end))
            }
            return Table(starts)
        }
    }
#endif
