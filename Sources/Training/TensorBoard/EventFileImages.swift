import Files
import Foundation
import SwiftProtobuf

/// The newest images of a run's event file, which may still be growing.
public struct EventFileImages {
    /// An image as it was written.
    public struct Image: Sendable, Equatable {
        /// The training step that it shows.
        public let step: Int
        /// A PNG file's bytes.
        public let png: [UInt8]
    }

    /// The last image of each tag.
    public let latest: [String: Image]

    /// No event file is larger than this many bytes.
    private static let largest = 1 << 30

    /// Reads the newest event file in `folder`; without one, or when it cannot be read, there are no images.
    public init(folder: String) {
        var latest: [String: Image] = [:]
        let bytes = EventFileWriter.eventFiles(in: folder).last.flatMap {
            try? WholeFile.bytes(at: $0, limit: Self.largest)
        }
        for payload in RecordFrame.payloads(in: bytes ?? []) {
            guard let event = try? TensorBoardEvent(serializedBytes: payload) else { continue }
            for value in event.summary.value where value.image.isPNG {
                latest[value.tag] = Image(
                    step: Int(clamping: event.step), png: [UInt8](value.image.encodedImageString))
            }
        }
        self.latest = latest
    }

    /// What tells one state of the newest event file in `folder` from another; nil without one.
    public static func identity(in folder: String) -> FileIdentity? {
        EventFileWriter.eventFiles(in: folder).last.flatMap { FileIdentity(of: $0) }
    }
}

extension TensorBoardSummary.Image {
    fileprivate var isPNG: Bool {
        encodedImageString.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    }
}
