import VAEModels

/// Codes as CSV: one image a line with its index, its class and the mean and σ of every dimension.
///
/// Lines are made one at a time, so that a file of any length can be written as it grows.
public struct CodeTable: Sendable {
    private let posterior: Posterior
    private let latentSize: Int
    private let labels: [UInt8]

    /// A table of the posteriors of some images; `labels` has one class an image or is empty.
    public init(_ posterior: Posterior, latentSize: Int, labels: [UInt8] = []) {
        precondition(latentSize > 0 && posterior.mean.count % latentSize == 0)
        precondition(
            labels.isEmpty || labels.count * latentSize == posterior.mean.count,
            "\(labels.count) labels for \(posterior.mean.count / latentSize) codes")
        self.posterior = posterior
        self.latentSize = latentSize
        self.labels = labels
    }

    /// Images in the table.
    public var count: Int { posterior.mean.count / latentSize }

    /// `index,label,mean_0,…,sigma_0,…`; no label column without classes. Dimensions count from 0.
    public var header: String {
        (["index"] + (labels.isEmpty ? [] : ["label"]) + (0..<latentSize).map { "mean_\($0)" }
            + (0..<latentSize).map { "sigma_\($0)" }).joined(separator: ",")
    }

    /// The line of one image, without its line break.
    public func line(_ image: Int) -> String {
        let range = image * latentSize..<(image + 1) * latentSize
        let start = labels.isEmpty ? ["\(image)"] : ["\(image)", "\(labels[image])"]
        return
            (start + range.map { "\(posterior.mean[$0])" }
            + range.map { "\(posterior.deviation($0))" }).joined(separator: ",")
    }

    /// The whole file.
    public func csv() -> String {
        ([header] + (0..<count).map(line)).joined(separator: "\n") + "\n"
    }
}
