import Datasets

extension ImageSet {
    /// The image at the least Euclidean distance from one of values in 0 … 1, and that distance.
    func nearest(to image: ArraySlice<Float>) -> (index: Int, distance: Double) {
        let sample = image.map { Int32((min(max($0, 0), 1) * 255).rounded()) }
        var best = (index: 0, squared: Int64.max)
        self.bytes.withUnsafeBufferPointer { bytes in
            for image in 0..<count {
                let start = image * sample.count
                var sum: Int64 = 0
                for place in sample.indices {
                    let difference = sample[place] - Int32(bytes[start + place])
                    sum += Int64(difference * difference)
                }
                if sum < best.squared { best = (image, sum) }
            }
        }
        return (best.index, Double(best.squared).squareRoot() / 255)
    }
}
