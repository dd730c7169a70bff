extension FeatureShape {
    /// Places in `[channels, height, width]`, in the order `[height, width, channels]`.
    package var channelsLast: [Int] {
        (0..<height * width).flatMap { position in
            (0..<channels).map { $0 * height * width + position }
        }
    }
}
