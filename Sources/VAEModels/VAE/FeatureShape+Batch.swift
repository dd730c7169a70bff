import Networks

extension FeatureShape {
    /// Images of this shape that go through the kernels at a time: `limit`, and of images of more than
    /// 64 × 64 pixels as many as take the same memory.
    ///
    /// No result depends on it, but for the order in which float32 are added.
    func batch(atMost limit: Int) -> Int {
        max(1, min(limit, limit * 64 * 64 / (height * width)))
    }
}
