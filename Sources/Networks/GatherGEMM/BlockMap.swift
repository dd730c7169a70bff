#if arch(x86_64)
    import CKernels
    import Tensors

    /// A feature map of a whole batch in blocks, `[positions, blocks, rows, 32]`, and how work on it is cut.
    ///
    /// `rows` are the images rounded up to a multiple of 4; channels fill whole blocks of 32. Both paddings
    /// hold zeros.
    struct BlockMap: Equatable {
        static let block = Int(VK_BLOCK)
        /// Images that one piece of work takes at most: with the weights of a block they fit the L2 cache.
        private static let rowsOfPiece = 64
        /// Pieces that are worth cutting, so that a thread that loses its core holds the others up little.
        private static let wantedPieces = 16

        let images: Int
        let rows: Int
        let positions: Int
        let channels: Int
        private let rowsAtOnce: Int
        private let positionsAtOnce: Int

        /// `separatesPositions` asks for sums of their own at each position.
        init(images: Int, channels: Int, positions: Int, separatesPositions: Bool = false) {
            self.images = images
            self.channels = channels
            self.positions = positions
            rows = max(16, images.roundedUp(to: 4))
            let rowPieces = (rows + Self.rowsOfPiece - 1) / Self.rowsOfPiece
            rowsAtOnce = ((rows + rowPieces - 1) / rowPieces).roundedUp(to: 4)
            let blocks = channels.roundedUp(to: Self.block) / Self.block
            let pieces = max(1, min(positions, Self.wantedPieces / (rowPieces * blocks)))
            positionsAtOnce = separatesPositions ? 1 : (positions + pieces - 1) / pieces
        }

        var blocks: Int { paddedChannels / Self.block }
        var paddedChannels: Int { channels.roundedUp(to: Self.block) }
        /// Numbers in the map, padding included.
        var count: Int { positions * paddedChannels * rows }

        /// Memory for the map in the kernels' precision, zeros.
        func buffer(_ kernels: vk_gather_kernels) -> Buffer {
            Buffer(count: count / Self.block * kernels.row_words)
        }

        /// As the kernels take it.
        var map: vk_map {
            vk_map(
                images: images, rows: rows, positions: positions, blocks: blocks,
                rows_at_once: rowsAtOnce, positions_at_once: positionsAtOnce)
        }

        /// Partial sums for each channel.
        var pieces: Int {
            withUnsafePointer(to: map) { vk_map_pieces($0) }
        }
    }

    extension Int {
        func roundedUp(to multiple: Int) -> Int { (self + multiple - 1) / multiple * multiple }
    }
#endif
