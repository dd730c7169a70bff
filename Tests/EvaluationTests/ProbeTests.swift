import Datasets
import Evaluation
import Networks
import Testing

@Suite("Probes against scikit-learn")
struct ProbeTests {
    struct Expected: Decodable {
        let logits: [Double]
        let linear: Double
        let nearest: Double
    }

    private let fitted: (codes: [Float], labels: [UInt8])
    private let scored: (codes: [Float], labels: [UInt8])

    init() {
        var generator = SharedGenerator(seed: 51)
        let centres = generator.signed(20)
        func draw(_ count: Int) -> ([Float], [UInt8]) {
            let labels = generator.bytes(count).map { $0 % 4 }
            let noise = generator.signed(count * 5)
            let codes = noise.indices.map { index in
                let centre = centres[Int(labels[index / 5]) * 5 + index % 5]
                return Float((centre + 0.6 * noise[index]) * Double(index % 5 + 1))
            }
            return (codes, labels)
        }
        fitted = draw(400)
        scored = draw(150)
    }

    private func share(_ classes: [UInt8]) -> Double {
        Double(zip(classes, scored.labels).filter { $0 == $1 }.count) / 150
    }

    @Test("logistic regression ends at the same optimum")
    func linear() throws {
        let expected = try oracle("probes", as: Expected.self)
        let probe = LinearProbe(fitted.codes, labels: fitted.labels, classCount: 4)
        let logits = probe.logits(of: Array(scored.codes[..<50]))
        let centred = logits.indices.map { index in
            logits[index] - logits[index / 4 * 4..<index / 4 * 4 + 4].reduce(0, +) / 4
        }
        #expect(largestDifference(centred, expected.logits) < 1e-3)
        #expect(share(probe.classes(of: scored.codes)) == expected.linear)
        #expect(probe.iterations < 200)
    }

    @Test("five neighbours vote alike")
    func nearest() throws {
        let expected = try oracle("probes", as: Expected.self)
        let vote = NeighbourVote(fitted.codes, labels: fitted.labels, neighbours: 5)
        #expect(share(vote.classes(of: scored.codes)) == expected.nearest)
    }

    @Test("the class itself as a code is found always, a constant only by luck")
    func extremes() throws {
        let shape = ImageShape(channels: 1, height: 1, width: 1)
        func images(_ count: Int) -> ImageSet {
            let labels = (0..<count).map { UInt8($0 % 5) }
            return ImageSet(pixels: labels, labels: labels, shape: shape)
        }
        let perfect = try ProbeResult(
            of: ProbedCode(name: "class", title: "the class") { $0 }, training: images(50),
            images: images(20), neighbours: 5)
        #expect(perfect.linear.mean > 0.7 && perfect.nearest.mean == 1)
        #expect(perfect.nearest.standardError == 0 && perfect.codeSize == 1)
        let constant = try ProbeResult(
            of: ProbedCode(name: "none", title: "nothing") { $0.map { _ in 3 } },
            training: images(50), images: images(20), neighbours: 5)
        #expect(constant.linear.mean == 0.2)
        #expect(constant.linear.count == 20 && constant.trainingCount == 50)
    }

    @Test("feature maps are averaged over their positions")
    func averaged() throws {
        let code = ProbedCode.averaged(
            name: "dae", title: "maps", shape: FeatureShape(channels: 2, height: 1, width: 3)
        ) { $0 }
        #expect(try code.encode([1, 2, 3, 4, 5, 6]) == [2, 5])
    }
}
