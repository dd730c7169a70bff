import Files

/// Where the batches of a data set in CIFAR's form were found.
enum CIFARPlace: Equatable {
    /// The archive as it was downloaded.
    case archive(String)
    /// Unpacked: the batches' paths in order.
    case folder([String])

    /// The file or files whose change makes it another data set.
    var files: [FoundFile] {
        switch self {
        case .archive(let path): [FoundFile(path)]
        case .folder(let paths): paths.map { FoundFile($0) }
        }
    }

    /// Shows the batches as they come, in any order; one that is not there is not shown.
    ///
    /// `bytes` is a batch's content, no further than one byte beyond its size, which `size` tells; `file`
    /// is what messages call it. Throws a ``DatasetError`` where an archive breaks off.
    func forEachBatch(
        of files: CIFARFiles, size: (_ index: Int) -> Int,
        visit: (_ index: Int, _ file: String, _ bytes: [UInt8]) throws -> Void
    ) throws {
        switch self {
        case .archive(let path):
            let tar = try TarFile(path: path)
            var seen: Set<Int> = []
            while seen.count < files.batches.count, let name = try tar.next() {
                let fileName = FilePath.name(of: name)
                guard let index = files.batches.firstIndex(where: { $0.name == fileName }),
                    seen.insert(index).inserted
                else { continue }
                let bytes = try tar.read(upTo: size(index) + 1)
                try visit(index, "\(path), \(name)", bytes)
            }
        case .folder(let paths):
            for (index, path) in paths.enumerated() {
                try visit(
                    index, path, try WholeFile.bytes(at: path, prefix: size(index) + 1))
            }
        }
    }
}
