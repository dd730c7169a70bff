import Datasets
import Experiments

/// What is known of a run before it is trained: enough to refuse a figure that could not be drawn.
public struct RunFacts: Sendable, Equatable {
    /// Numbers in a code.
    public let latentSize: Int
    /// Test images.
    public let testCount: Int
    /// Names of the classes; empty without classes.
    public let classNames: [String]
    /// Channels and size of the images.
    public let image: ImageShape

    /// Facts of a run of `config` on data from `provenance`, as `catalogue` has them.
    init(
        _ config: ExperimentConfig, _ provenance: DatasetProvenance, catalogue: DatasetCatalogue
    ) throws {
        var request = config.data.request()
        if provenance.standsInFor != nil { request.name = "drawn-digits" }
        let entry = try catalogue.entry(for: request)
        latentSize = config.model.latentSize
        testCount = min(entry.counts.test, config.data.limits.test ?? entry.counts.test)
        classNames = entry.classNames
        image = entry.shape
    }

    /// The class of that name, whatever its case; nil when there is none.
    func classIndex(_ name: String) -> Int? {
        classNames.firstIndex { $0.lowercased() == name.lowercased() }
    }

    /// The same facts of a run of which only so many test images are looked at.
    func limited(to count: Int) -> RunFacts {
        RunFacts(
            latentSize: latentSize, testCount: min(testCount, count), classNames: classNames,
            image: image)
    }

    private init(latentSize: Int, testCount: Int, classNames: [String], image: ImageShape) {
        self.latentSize = latentSize
        self.testCount = testCount
        self.classNames = classNames
        self.image = image
    }
}
