#if arch(x86_64)
    /// Two ways from one map whose ends are added, and the ReLU and dropout after the sum.
    ///
    /// Each way ends with a batch normalisation, which is computed together with the sum; the shortcut may
    /// be empty.
    struct ResidualGroup {
        let name: String
        let branch: [LayerGroup]
        let shortcut: [LayerGroup]
        let relu: Bool
        let dropout: LayerGroup.NumberedDropout?
        /// The map that both ways read.
        let input: LayerGroup.View

        /// Whether both ways are convolutions of the network's input.
        var readsBorder: Bool { branch[0].place == .fromBorder }

        /// The sum's map, for batches of `images`.
        func outputMap(images: Int) -> BlockMap {
            branch[branch.count - 1].outputMap(images: images)
        }
    }
#endif
