#if arch(x86_64)
    import CKernels

    /// How an image of few channels at a network's border and a map in blocks are linked by a kernel's taps.
    ///
    /// The image lies in planes, one for each padded pixel; a tap is one (channel, row, column) of the kernel.
    final class BorderLink {
        let taps: Int
        let planeCount: Int
        let pixels: Int
        let pixelsPerChannel: Int
        /// Multiplications of one image for each inner channel.
        let products: Int
        let bases: Table<UInt32>
        let offsets: Table<UInt32>
        let places: Table<UInt32>
        let starts: Table<UInt32>
        let sources: Table<UInt32>

        /// `image` and `inner` are the shapes on both sides; the kernel steps over `image`, whatever the
        /// direction of the layer.
        init(image: FeatureShape, inner: FeatureShape, kernel: Int, stride: Int, padding: Int) {
            let area = kernel * kernel
            let rows = max(image.height + padding, (inner.height - 1) * stride + kernel)
            let columns = max(image.width + padding, (inner.width - 1) * stride + kernel)
            taps = image.channels * area
            planeCount = image.channels * rows * columns
            pixels = image.count
            pixelsPerChannel = image.height * image.width
            let positions = inner.height * inner.width
            bases = Table(
                (0..<positions).map {
                    UInt32(($0 / inner.width * columns + $0 % inner.width) * stride)
                })
            offsets = Table(
                (0..<taps).map {
                    let (row, column) = ($0 % area / kernel, $0 % kernel)
                    return UInt32(($0 / area * rows + row) * columns + column)
                })
            places = Table(
                (0..<image.count).map {
                    let (channel, pixel) = ($0 / (image.height * image.width), $0 % image.width)
                    let row = $0 / image.width % image.height
                    return UInt32((channel * rows + row + padding) * columns + pixel + padding)
                })
            var reaching = [[UInt32]](repeating: [], count: image.count)
            let tapsPadded = taps.roundedUp(to: 16)
            for position in 0..<positions {
                for tap in 0..<taps {
                    let y = position / inner.width * stride - padding + tap % area / kernel
                    let x = position % inner.width * stride - padding + tap % kernel
                    guard 0..<image.height ~= y, 0..<image.width ~= x else { continue }
                    let pixel = (tap / area * image.height + y) * image.width + x
                    reaching[pixel].append(UInt32(position * tapsPadded + tap))
                }
            }
            products = reaching.reduce(0) { $0 + $1.count }
            starts = .starts(ofGroups: reaching.map(\.count))
            sources = Table(reaching.flatMap { $0 })
        }

        /// The link of a layer at the border. A convolution to the border is the transpose of its mirror image.
        convenience init(_ group: LayerGroup) {
            let stage = group.stage
            switch stage.layer {
            case .convolution(let c) where group.place == .fromBorder:
                self.init(
                    image: stage.input, inner: stage.output, kernel: c.kernel, stride: c.stride,
                    padding: c.padding)
            case .convolution(let c):
                self.init(
                    image: stage.output, inner: stage.input, kernel: c.kernel, stride: 1,
                    padding: c.kernel - 1 - c.padding)
            case .transposedConvolution(let c):
                self.init(
                    image: stage.output, inner: stage.input, kernel: c.kernel, stride: c.stride,
                    padding: c.padding)
            default:
                preconditionFailure("\(stage.name) is no layer at the border")
            }
        }
    }
#endif
