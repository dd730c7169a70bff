import Datasets
import Drawing
import Files
import Foundation
import TestSupport

/// A folder of images of a test's own, and loaders that keep what they read in a home of their own.
final class OwnFolder: @unchecked Sendable {
    let folder: TemporaryFolder
    let home: TemporaryFolder

    init() throws { (folder, home) = (try TemporaryFolder(), try TemporaryFolder()) }

    /// The path of the images.
    var path: String { folder.path("cats") }

    /// Writes a file among the images.
    func add(_ name: String, _ bytes: [UInt8]) throws {
        try folder.write(bytes, to: "cats/\(name)")
    }

    /// Writes a PNG of one grey value, 8 × 8 pixels.
    func add(_ name: String, level: Int) throws {
        try add(name, OwnFolder.png([UInt8](repeating: UInt8(level), count: 64)))
    }

    /// A PNG of 8 × 8 grey values.
    static func png(_ levels: [UInt8]) throws -> [UInt8] {
        try Bitmap(width: 8, height: 8, pixels: levels.flatMap { [$0, $0, $0, 255] }).png()
    }

    /// Loads the images, 8 pixels a side unless `change` says otherwise.
    func load(
        _ form: OwnDataForm = .folder, limits: SplitLimits = SplitLimits(), rereads: Bool = false,
        events: EventLog = EventLog(), keeps: Bool = true,
        _ change: (inout OwnDataOptions) -> Void = { _ in }
    ) throws -> ImageDataset {
        var own = OwnDataOptions()
        (own.path, own.imageSize, own.testShare) = (path, 8, 0.5)
        change(&own)
        let loader = DatasetLoader(
            environment: keeps ? ["HOME": home.path] : [:], downloader: nil,
            progress: events.add)
        let request = DatasetRequest(
            name: form.rawValue, limits: limits, rereadsFiles: rereads, own: own)
        let entry = try loader.catalogue.entry(for: request)
        let dataset = try loader.load(request)
        precondition(entry.title == dataset.title && entry.classNames == dataset.classNames)
        return dataset
    }

    /// What loading says when it refuses.
    func refusal(
        _ form: OwnDataForm = .folder, _ change: (inout OwnDataOptions) -> Void = { _ in }
    ) -> String {
        do {
            _ = try load(form, change)
            return "nothing was refused"
        } catch {
            return "\(error)"
        }
    }
}

/// What a loader reported.
final class EventLog: @unchecked Sendable {
    private let lock = NSLock()
    private var events: [DatasetEvent] = []

    func add(_ event: DatasetEvent) { lock.withLock { events.append(event) } }

    var notices: [String] {
        lock.withLock {
            events.compactMap { if case .notice(let text) = $0 { text } else { nil } }
        }
    }

    /// How often files were read, and how often images were decoded.
    func count(of stage: String) -> Int {
        lock.withLock {
            events.count {
                if case .preparing(let name, _, _) = $0 { name.hasPrefix(stage) } else { false }
            }
        }
    }
}

/// What Pillow and NumPy read, `Oracles/own_images.json`.
struct OwnImageOracle: Decodable {
    let side: Int
    let images: [Image]
    let sizes: [Size]
    let arrays: [Array]
    let archives: Archives
    let refused: [Refused]

    struct Image: Decodable {
        let name: String
        let file, pixels: Data
        let tolerance: Int
    }

    struct Size: Decodable {
        let file, crop, fit, stretch: Data
    }

    struct Array: Decodable {
        let name: String
        let file, pixels: Data
        let channels: Int
    }

    struct Archives: Decodable {
        let files: [File]
        let pixels: Data
        let labels: [Int]

        struct File: Decodable {
            let name: String
            let file: Data
        }
    }

    struct Refused: Decodable {
        let name: String
        let file: Data
        let says: String
    }

    static func load() throws -> OwnImageOracle { try OracleFile.load("own_images.json") }
}
