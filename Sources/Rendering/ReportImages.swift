import Files
import Foundation
import Literate

/// The image files that a report's figures wrote, read for formats that carry them inside.
public struct ReportImages: Sendable {
    private let read: @Sendable (String) throws -> [UInt8]

    /// The files below a report's folder.
    public init(folder: String) {
        read = { try WholeFile.bytes(at: FilePath.join(folder, $0)) }
    }

    /// Images that `read` gives by name; for tests.
    init(read: @escaping @Sendable (String) throws -> [UInt8]) { self.read = read }

    /// A file as base64 without line ends. Throws when it cannot be read.
    func base64(_ name: String) throws -> String { Data(try read(name)).base64EncodedString() }
}
