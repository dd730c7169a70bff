import CEmbeddedFiles

/// Templates, default reports and configs that were compiled into the program, by their paths in the
/// source tree ("reports/mnist.md"). The only place that sees their pointers.
public enum EmbeddedFiles {
    /// The paths of all embedded files, sorted.
    public static var names: [String] { all.map { String(cString: $0.name) }.sorted() }

    /// The text of the file with this path; nil when no such file was embedded.
    public static func text(named name: String) -> String? {
        all.first { String(cString: $0.name) == name }.map { file in
            String(
                decoding: UnsafeBufferPointer(start: file.bytes, count: Int(file.size)),
                as: UTF8.self)
        }
    }

    private static var all: UnsafeBufferPointer<EmbeddedFile> {
        var count: UInt = 0
        let files = embedded_files(&count)
        return UnsafeBufferPointer(start: files, count: Int(count))
    }
}
