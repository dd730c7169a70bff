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
    /// Throws a ``DatasetError`` where an archive breaks off.
    func forEachBatch(of files: CIFARFiles, visit: (CIFARBatch) throws -> Void) throws {
        switch self {
        case .archive(let path):
            let tar = try TarFile(path: path)
            var seen: Set<Int> = []
            while seen.count < files.batches.count, let name = try tar.next() {
                let fileName = FilePath.name(of: name)
                guard let index = files.batches.firstIndex(where: { $0.name == fileName }),
                    seen.insert(index).inserted
                else { continue }
                try visit(CIFARBatch(index: index, file: "\(path), \(name)", next: tar.read))
            }
        case .folder(let paths):
            for (index, path) in paths.enumerated() {
                let reader = try FileReader(path)
                try visit(CIFARBatch(index: index, file: path, next: reader.read))
            }
        }
    }
}

/// A batch while it is shown, read a piece at a time: CIFAR-100's is larger than all that is made of it.
struct CIFARBatch {
    /// Its place among the batches.
    let index: Int
    /// What messages call it.
    let file: String
    /// The next bytes, so many of them; fewer only where the batch ends.
    let next: (_ count: Int) throws -> [UInt8]
}
