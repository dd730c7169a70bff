#if arch(x86_64)
    import CKernels
    import Tensors

    /// Which numbers of a map a dropout layer keeps in the next step; everything before the first draw.
    final class GatherDropout {
        /// As kernels take it: its address stays, its numbers change with every draw.
        let keep: UnsafeMutablePointer<vk_keep>
        private let layer: LayerGroup.NumberedDropout
        private let words: UnsafeMutablePointer<UInt32>
        private var job: vk_dropout_job

        init(_ layer: LayerGroup.NumberedDropout, map: BlockMap) {
            self.layer = layer
            let dropsChannels = layer.dropout.dropsChannels
            let wordsOfPosition = map.blocks * map.rows
            let count = wordsOfPosition * (dropsChannels ? 1 : map.positions)
            words = .allocate(capacity: count)
            words.initialize(repeating: .max, count: count)
            keep = .allocate(capacity: 1)
            keep.initialize(
                to: vk_keep(
                    words: words, position_stride: dropsChannels ? 0 : wordsOfPosition, scale: 1))
            job = vk_dropout_job()
            job.map = map.map
            job.channels = map.channels
            job.drops_channels = dropsChannels ? 1 : 0
            job.rate = layer.dropout.rate
            job.keep = keep.pointee
        }

        deinit {
            words.deallocate()
            keep.deallocate()
        }

        /// Chooses anew, as `TrainingPlan.drawDropout` promises.
        func draw(from source: RandomSource, step: UInt64, firstLayer: Int) {
            job.stream = source.stream(
                .dropout, step * 64 + UInt64(firstLayer + layer.number))
            vk_draw_dropout(&job)
            keep.pointee.scale = 1 / (1 - layer.dropout.rate)
        }
    }
#endif
