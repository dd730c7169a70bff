#if arch(x86_64)
    import CKernels

    /// Which positions of a big map and a small one a layer links, and by which tap of its weights.
    ///
    /// The big map is the input of a convolution or linear layer and the output of a transposed convolution.
    struct PositionLink {
        struct Pair {
            let tap: Int
            let big: Int
            let small: Int
        }

        let taps: Int
        let bigPositions: Int
        let smallPositions: Int
        let pairs: [Pair]

        /// A square kernel that steps over `big`; taps that reach its padding are left out.
        init(_ convolution: Convolution, big: FeatureShape, small: FeatureShape) {
            let kernel = convolution.kernel
            taps = kernel * kernel
            bigPositions = big.height * big.width
            smallPositions = small.height * small.width
            var pairs: [Pair] = []
            for row in 0..<small.height {
                for column in 0..<small.width {
                    for tap in 0..<taps {
                        let y = row * convolution.stride - convolution.padding + tap / kernel
                        let x = column * convolution.stride - convolution.padding + tap % kernel
                        guard 0..<big.height ~= y, 0..<big.width ~= x else { continue }
                        pairs.append(
                            Pair(
                                tap: tap, big: y * big.width + x, small: row * small.width + column)
                        )
                    }
                }
            }
            self.pairs = pairs
        }

        /// A matrix over all positions: each pair of positions has a tap of its own.
        init(denseFrom bigPositions: Int, to smallPositions: Int) {
            taps = bigPositions * smallPositions
            self.bigPositions = bigPositions
            self.smallPositions = smallPositions
            pairs = (0..<bigPositions * smallPositions).map {
                Pair(tap: $0, big: $0 / smallPositions, small: $0 % smallPositions)
            }
        }

        /// For each position of the map that products lead to, the terms of its sum.
        func terms(toSmall: Bool) -> [[vk_term]] {
            var groups = [[vk_term]](repeating: [], count: toSmall ? smallPositions : bigPositions)
            for pair in pairs {
                let target = toSmall ? pair.small : pair.big
                let source = toSmall ? pair.big : pair.small
                groups[target].append(vk_term(tap: UInt32(pair.tap), position: UInt32(source)))
            }
            return groups
        }

        /// For each tap, big and small position of its pairs.
        var pairsByTap: [[(UInt32, UInt32)]] {
            var groups = [[(UInt32, UInt32)]](repeating: [], count: taps)
            for pair in pairs { groups[pair.tap].append((UInt32(pair.big), UInt32(pair.small))) }
            return groups
        }
    }
#endif
