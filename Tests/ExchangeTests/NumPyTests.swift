import Exchange
import Files
import Foundation
import TestSupport
import Testing

@Suite("NumPy files") struct NumPyTests {
    private static let archive: NumPyArchive = {
        var archive = NumPyArchive()
        archive.add("codes", NumPyArray([2, 3], [0, -1.5, 2, .infinity, 1e-30, 6]))
        archive.add("values", NumPyArray([0.1, .nan]))
        archive.add("counts", NumPyArray([1, -2, 1 << 40]))
        archive.add("label", NumPyArray([0, 255] as [UInt8]))
        archive.add("names", NumPyArray(["ELBO", "größe 🙂", ""]))
        archive.add("nothing", NumPyArray([0, 4], []))
        return archive
    }()

    @Test("an archive has the bytes that NumPy read back: Oracles/numpy_archive.py")
    func oracle() throws {
        let bytes = try Self.archive.encoded()
        if let folder = ProcessInfo.processInfo.environment["VAE_REPORT_ONNX_FOLDER"] {
            try AtomicFile("\(folder)/arrays.npz").write(bytes)
            return
        }
        let read = try OracleFile.load("numpy_archive.json", as: [String: String].self)
        #expect(try Digest.sha256(of: bytes) == read["sha256"])
    }

    @Test("numbers of an array start at a multiple of 64")
    func alignment() {
        for count in [0, 1, 9, 10, 99, 100, 12_345] {
            let encoded = NumPyArray([UInt8](repeating: 1, count: count)).encoded
            #expect((encoded.count - count) % 64 == 0)
            #expect(encoded.dropFirst(encoded.count - count).allSatisfy { $0 == 1 })
        }
    }

    @Test("an archive of nothing is an archive")
    func empty() throws {
        let bytes = try NumPyArchive().encoded()
        #expect(bytes.count == 22 && bytes.starts(with: [0x50, 0x4b, 5, 6]))
    }
}
