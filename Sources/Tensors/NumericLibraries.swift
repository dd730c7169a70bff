import CArchive
import CKernels
import CLAPACK
import COneDNN

/// The libraries that compute and unpack, and what this CPU's arithmetic can do.
package enum NumericLibraries {
    /// oneDNN's version, such as "2.6.3".
    package static var oneDNN: String { String(cString: dn_version()) }

    /// OpenBLAS's version and the kind of CPU that it has kernels for.
    package static var openBLAS: String {
        guard let text = openblas_get_config() else { return "of an unknown version" }
        let words = String(cString: text).split(separator: " ")
        let version = words.drop { $0 != "OpenBLAS" }.dropFirst().first
        let processor = words.dropLast(words.last?.hasPrefix("MAX_THREADS") == true ? 1 : 0).last
        return [version, processor].compactMap { $0.map(String.init) }.joined(separator: ", ")
    }

    /// libarchive's version.
    package static var archive: String { lastWord(archive_version_string()) }

    /// The most that all threads' arithmetic units do together, billions of operations a second measured
    /// for a tenth of a second three times; nil where the CPU has no such vectors.
    package static func peakRate(ofBFloat16 isShort: Bool) -> Double? {
        let rate = (0..<3).map { _ in vk_peak_rate(isShort ? 1 : 0, 0.1) }.max() ?? 0
        return rate > 0 ? rate : nil
    }

    /// "3.6.2" of "libarchive 3.6.2".
    private static func lastWord(_ text: UnsafePointer<CChar>?) -> String {
        text.flatMap { String(cString: $0).split(separator: " ").last.map(String.init) }
            ?? "of an unknown version"
    }
}
