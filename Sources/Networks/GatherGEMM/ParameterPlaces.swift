#if arch(x86_64)
    import Tensors

    /// Where the numbers of PyTorch's tensor lie in a kernel's layout: the place of an element is the sum of one
    /// offset an axis.
    struct ParameterPlaces {
        /// Offsets along each axis of the tensor, outermost first.
        private let axes: [[Int]]
        /// Numbers in the kernel's layout, padding included.
        let room: Int

        private init(_ axes: [[Int]], room: Int) {
            self.axes = axes
            self.room = room
        }

        /// Channels in blocks; the elements of a block lie `step` apart, the blocks `blockStep`.
        private static func blocked(_ channels: Int, step: Int, blockStep: Int) -> [Int] {
            (0..<channels).map { $0 / BlockMap.block * blockStep + $0 % BlockMap.block * step }
        }

        private static func even(_ count: Int, step: Int) -> [Int] { (0..<count).map { $0 * step } }

        /// Weight `[small, big, taps]` as `[small blocks, taps, big blocks, 32 big, 32 small]`.
        static func convolution(small: BlockMap, big: BlockMap, taps: Int) -> ParameterPlaces {
            let matrix = BlockMap.block * BlockMap.block
            let smallStep = taps * big.blocks * matrix
            return ParameterPlaces(
                [
                    blocked(small.channels, step: 1, blockStep: smallStep),
                    blocked(big.channels, step: BlockMap.block, blockStep: matrix),
                    even(taps, step: big.blocks * matrix),
                ], room: small.blocks * smallStep)
        }

        /// Weight `[small channels × positions, big channels × positions]`, tap = big position · small
        /// positions + small position.
        static func linear(small: BlockMap, big: BlockMap) -> ParameterPlaces {
            let matrix = BlockMap.block * BlockMap.block
            let tapStep = big.blocks * matrix
            let smallStep = small.positions * big.positions * tapStep
            return ParameterPlaces(
                [
                    blocked(small.channels, step: 1, blockStep: smallStep),
                    even(small.positions, step: tapStep),
                    blocked(big.channels, step: BlockMap.block, blockStep: matrix),
                    even(big.positions, step: small.positions * tapStep),
                ], room: small.blocks * smallStep)
        }

        /// Weight `[inner, taps]` as `[inner blocks, taps, 32]`.
        static func border(inner: BlockMap, taps: Int) -> ParameterPlaces {
            let blockStep = taps * BlockMap.block
            return ParameterPlaces(
                [
                    blocked(inner.channels, step: 1, blockStep: blockStep),
                    even(taps, step: BlockMap.block),
                ], room: inner.blocks * blockStep)
        }

        /// Weight `[border, inner, kernel area]` of a convolution seen as the transpose of its mirror image,
        /// as `[inner blocks, taps, 32]`.
        static func mirroredBorder(border: Int, inner: BlockMap, area: Int) -> ParameterPlaces {
            let blockStep = border * area * BlockMap.block
            return ParameterPlaces(
                [
                    even(border, step: area * BlockMap.block),
                    blocked(inner.channels, step: 1, blockStep: blockStep),
                    even(area, step: BlockMap.block).reversed(),
                ], room: inner.blocks * blockStep)
        }

        /// One number a channel, or a channel and position: `[channels, positions]` as
        /// `[positions, padded channels]`.
        static func vector(channels: Int, positions: Int = 1, padded: Int) -> ParameterPlaces {
            ParameterPlaces(
                [even(channels, step: 1), even(positions, step: padded)], room: positions * padded)
        }

        /// Copies `plain`, row-major, to its places.
        func write(_ plain: [Float], to kernel: Buffer) {
            visit { index, place in kernel.pointer[place] = plain[index] }
        }

        /// Row-major numbers from their places.
        func read(_ kernel: Buffer) -> [Float] {
            var plain = [Float](repeating: 0, count: axes.reduce(1) { $0 * $1.count })
            visit { index, place in plain[index] = kernel.pointer[place] }
            return plain
        }

        @inline(__always)
        private func visit(_ body: (_ index: Int, _ place: Int) -> Void) {
            let inner = axes[axes.count - 1]
            let outer = axes.dropLast().reduce([0]) { places, axis in
                places.flatMap { place in axis.map { place + $0 } }
            }
            var index = 0
            for start in outer {
                for offset in inner {
                    body(index, start + offset)
                    index += 1
                }
            }
        }
    }
#endif
