import Files
import Foundation
import TestSupport
import Testing
import Training

/// Event files: their bytes, what TensorBoard reads in them, and what a resume keeps.
@Suite("TensorBoard event files")
struct EventFileTests {
    /// What read_events.py found in events.golden.
    struct Reading: Decodable {
        struct Scalar: Decodable {
            let wallTime: Double
            let step: Int
            let value: Double
        }
        struct Image: Decodable {
            let step: Int
            let width: Int
            let height: Int
            let pixels: [[Int]]
        }
        struct Histogram: Decodable {
            let step: Int
            let min: Double
            let max: Double
            let num: Double
            let sum: Double
            let sumSquares: Double
            let limits: [Double]
            let counts: [Double]
        }
        let scalars: [String: [Scalar]]
        let images: [String: [Image]]
        let histograms: [String: [Histogram]]
        let torchHistograms: [[[Double]]]
    }

    @Test("have the bytes that TensorBoard read when the oracle was made")
    func golden() throws {
        let folder = try TemporaryFolder()
        let path = try Example.write(to: folder)
        let bytes = try WholeFile.bytes(at: path)
        let golden = [UInt8](try OracleFile.data("events.golden"))
        if bytes != golden { Issue.record("other bytes: \(try Example.keep(bytes))") }
    }

    @Test("give TensorBoard the scalars that were written")
    func scalars() throws {
        let reading: Reading = try OracleFile.load("events.json")
        let expected = ["train/elbo", "β/größe"].map { Example.scalars($0) }
        for (tag, values) in zip(["train/elbo", "β/größe"], expected) {
            let read = try #require(reading.scalars[tag])
            #expect(read.map(\.value) == values.map { Double(Float($0)) })
            #expect(read.map(\.step) == [1, 2, 1_000_000_007])
            #expect(read.map(\.wallTime) == [1001.25, 1002.25, 1003.25])
        }
        #expect(reading.scalars.count == 2)
    }

    @Test("give TensorBoard the images that were written, pixel by pixel")
    func images() throws {
        let reading: Reading = try OracleFile.load("events.json")
        let image = try #require(reading.images["samples"]?.first)
        #expect(image.step == 2)
        #expect((image.width, image.height) == (2, 1))
        #expect(image.pixels == [[0], [255]])
    }

    @Test("count in the buckets of TensorBoard's own writers")
    func histograms() throws {
        let reading: Reading = try OracleFile.load("events.json")
        for (index, values) in Example.histograms.enumerated() {
            let read = try #require(reading.histograms["codes"]?[index])
            let finite = values.filter(\.isFinite).map(Double.init)
            #expect(read.num == Double(finite.count))
            #expect(read.min == finite.min() ?? 0)
            #expect(read.max == finite.max() ?? 0)
            #expect(abs(read.sum - finite.reduce(0, +)) <= 1e-9 * abs(read.sum))
            #expect(
                abs(read.sumSquares - finite.reduce(0) { $0 + $1 * $1 }) <= 1e-9 * read.sumSquares)
            #expect(read.counts.reduce(0, +) == read.num)
            let filled = zip(read.limits, read.counts).filter { $0.1 > 0 }.map { [$0.0, $0.1] }
            #expect(filled == reading.torchHistograms[index])
        }
    }

    @Test("are named by time and host, as TensorBoard looks for them")
    func name() throws {
        let folder = try TemporaryFolder()
        let writer = try EventFileWriter(
            folder: folder.path("logs"), startTime: 1234.9, hostName: "a/b")
        #expect(writer.path == folder.path("logs/events.out.tfevents.0000001234.a_b"))
        #expect(FilePath.isFile(writer.path))
    }

    @Test("go on after a resume without the steps that are trained again")
    func resume() throws {
        let folder = try TemporaryFolder()
        let path = try Example.write(to: folder, upToEpoch: 2)
        let whole = try WholeFile.bytes(at: path)
        let extra = try writer(resuming: folder, lastStep: 2)
        try extra.scalar("lost", step: 3, value: 1, wallTime: 5)
        try extra.flush()
        try AtomicFile(path).write(try WholeFile.bytes(at: path) + [1, 2, 3])
        let again = try writer(resuming: folder, lastStep: 2)
        #expect(again.path == path)
        #expect(try WholeFile.bytes(at: path) == whole)
        try Example.fill(again, epoch: 3)
        try again.flush()
        #expect(try WholeFile.bytes(at: path) == [UInt8](try OracleFile.data("events.golden")))
    }

    @Test("cut short at any byte are mended by a resume")
    func mending() throws {
        let folder = try TemporaryFolder()
        let whole = try twoScalars(in: folder)
        var sizes: Set<Int> = []
        for length in 0...whole.bytes.count {
            try folder.write(Array(whole.bytes.prefix(length)), to: FilePath.name(of: whole.path))
            _ = try writer(resuming: folder, lastStep: 9)
            let mended = try WholeFile.bytes(at: whole.path)
            #expect(mended == Array(whole.bytes.prefix(mended.count)))
            sizes.insert(mended.count)
        }
        #expect(sizes.count == 3, "the opening, and none, one or both of the numbers: \(sizes)")
    }

    @Test("with any bit turned keep what stands before it")
    func damage() throws {
        let folder = try TemporaryFolder()
        let whole = try twoScalars(in: folder)
        for index in stride(from: 41, to: whole.bytes.count, by: 3) {
            var changed = whole.bytes
            changed[index] ^= 1 << UInt8(index % 8)
            try folder.write(changed, to: FilePath.name(of: whole.path))
            _ = try writer(resuming: folder, lastStep: 9)
            let mended = try WholeFile.bytes(at: whole.path)
            #expect(mended.count <= index)
            #expect(mended == Array(whole.bytes.prefix(mended.count)))
        }
    }

    @Test("start anew when a training does")
    func fresh() throws {
        let folder = try TemporaryFolder()
        let old = try Example.write(to: folder)
        let writer = try EventFileWriter(folder: folder.path, startTime: 5000, hostName: "h")
        #expect(folder.contents() == [FilePath.name(of: writer.path)])
        #expect(writer.path != old)
    }

    @Test("say which file cannot be written")
    func unwritable() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("", to: "file")
        #expect {
            try EventFileWriter(folder: path + "/logs", startTime: 0, hostName: "h")
        } throws: {
            $0 is FileError
        }
    }

    private func twoScalars(in folder: TemporaryFolder) throws -> (path: String, bytes: [UInt8]) {
        let writer = try EventFileWriter(
            folder: folder.path, startTime: 1000.5, hostName: "machine")
        for step in 1...2 { try writer.scalar("a", step: step, value: 0.5, wallTime: 1001) }
        try writer.flush()
        return (writer.path, try WholeFile.bytes(at: writer.path))
    }

    private func writer(resuming folder: TemporaryFolder, lastStep: Int) throws -> EventFileWriter {
        try EventFileWriter(
            resuming: folder.path, lastStep: lastStep, startTime: 1000.5, hostName: "other")
    }
}

/// Three epochs of events with every kind of value.
private enum Example {
    static let png: [UInt8] = [
        0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44,
        0x52, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0xd1,
        0x49, 0x20, 0x56, 0x00, 0x00, 0x00, 0x0b, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x60,
        0xf8, 0x0f, 0x00, 0x01, 0x02, 0x01, 0x00, 0x42, 0xbe, 0xbc, 0x68, 0x00, 0x00, 0x00, 0x00,
        0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
    ]

    static let histograms: [[Float]] = [
        (0..<200).map { Float(($0 * 37) % 101 - 50) / 16 },
        [0, 0, -1e-13, 1e-13, 1e-12, 3e20, -3e20, 1e38, .nan, .infinity],
        [],
    ]

    static func scalars(_ tag: String) -> [Double] {
        tag == "β/größe" ? [0, 0.5, 1] : [-120.125, -98.5, 1.0 / 3]
    }

    static func fill(_ writer: EventFileWriter, epoch: Int) throws {
        let step = epoch == 3 ? 1_000_000_007 : epoch
        let wallTime = 1000.25 + Double(epoch)
        for tag in ["train/elbo", "β/größe"] {
            let value = scalars(tag)[epoch - 1]
            try writer.scalar(tag, step: step, value: value, wallTime: wallTime)
        }
        try writer.histogram(
            "codes", step: step, values: histograms[epoch - 1], wallTime: wallTime)
        if epoch == 2 {
            try writer.image(
                "samples", step: step, png: png, width: 2, height: 1, channels: 1,
                wallTime: wallTime)
        }
    }

    static func write(to folder: TemporaryFolder, upToEpoch last: Int = 3) throws -> String {
        let writer = try EventFileWriter(
            folder: folder.path, startTime: 1000.5, hostName: "machine")
        for epoch in 1...last {
            try fill(writer, epoch: epoch)
            try writer.flush()
        }
        return writer.path
    }

    /// Puts bytes where a failed comparison can be looked at, and a new oracle be made from them.
    static func keep(_ bytes: [UInt8]) throws -> String {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("events.golden")
        try Data(bytes).write(to: path)
        return path.path
    }
}
