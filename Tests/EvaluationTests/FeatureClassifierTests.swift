import Datasets
import Evaluation
import TestSupport
import Testing

@Suite("The classifier whose features distances use")
struct FeatureClassifierTests {
    /// Two classes that differ in which half of the image is bright.
    private func dataset(labels: Bool = true, digest: String = "0123456789abcdef01") -> ImageDataset
    {
        func images(_ count: Int, seed: UInt64) -> ImageSet {
            let shape = ImageShape(channels: 1, height: 8, width: 8)
            var pixels = randomImages(count, shape, seed: seed).pixels.map { $0 / 4 }
            for image in 0..<count {
                for pixel in 0..<32 { pixels[image * 64 + image % 2 * 32 + pixel] += 150 }
            }
            return ImageSet(
                pixels: pixels, labels: labels ? (0..<count).map { UInt8($0 % 2) } : [],
                shape: shape)
        }
        return ImageDataset(
            name: "halves", title: "Halves", train: images(1_024, seed: 1),
            test: images(100, seed: 2), classNames: ["top", "bottom"],
            provenance: DatasetProvenance(digest: digest, origin: "drawn"))
    }

    @Test("it learns, is kept in the folder, and comes back with the same features")
    func kept() throws {
        let folder = try TemporaryFolder()
        let data = dataset()
        var stages: Set<String> = []
        let first = try FeatureClassifier(data, folder: folder.path) { stages.insert($0.stage) }
        #expect(!first.wasLoaded && first.accuracy.mean > 0.95 && first.accuracy.count == 100)
        #expect(stages.contains("scoring the classifier"))
        #expect(
            first.featureTitle.hasPrefix("features of a classifier trained on Halves (accuracy"))
        #expect(folder.contents() == ["feature-classifier-0123456789abcdef-v1-s0.safetensors"])
        let again = try FeatureClassifier(data, folder: folder.path)
        #expect(again.wasLoaded && again.accuracy == first.accuracy)
        let images = EvaluationImages(data.test).values(of: 0..<10)
        let features = try first.features(images)
        #expect(features.count == 10 * first.featureSize)
        #expect(try again.features(images) == features)
    }

    @Test("a damaged file, other data or another seed trains anew")
    func replaced() throws {
        let folder = try TemporaryFolder()
        _ = try FeatureClassifier(dataset(), folder: folder.path)
        try folder.write("damaged", to: folder.contents()[0])
        #expect(try !FeatureClassifier(dataset(), folder: folder.path).wasLoaded)
        #expect(try FeatureClassifier(dataset(), folder: folder.path).wasLoaded)
        #expect(try !FeatureClassifier(dataset(), folder: folder.path, seed: 1).wasLoaded)
        let other = dataset(digest: "0123456789abcdefff")
        #expect(try !FeatureClassifier(other, folder: folder.path).wasLoaded)
    }

    @Test("data without classes is refused in words")
    func noClasses() throws {
        let folder = try TemporaryFolder()
        #expect(throws: EvaluationError.noClasses(data: "Halves")) {
            try FeatureClassifier(dataset(labels: false), folder: folder.path)
        }
        #expect(folder.contents().isEmpty)
    }
}
