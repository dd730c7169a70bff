import Datasets
import Files
import TestSupport

/// ``TinyDigits`` as other data sets in MNIST's form are published: by the digest of the compressed files,
/// by MD5, in a .zip archive, on their side.
struct TinyFashion {
    let tiny: TinyDigits
    let catalogue: DatasetCatalogue
    /// The archive with all files compressed, among others.
    let archive: [UInt8]

    /// What is published of the content besides the compressed files' digests.
    enum Content: Sendable { case md5, nothing }

    init(
        content: Content = .md5, isTransposed: Bool = false, folders: [String] = ["tiny"],
        mirrors: [String] = ["https://one.example/"],
        archiveMirrors: [String] = ["https://zip.example/"]
    ) throws {
        let tiny = try TinyDigits()
        guard case .idx(let files, _) = try tiny.catalogue.entry(named: "tiny").source else {
            throw NoFiles()
        }
        let published = try files.all.map { file in
            let bytes = tiny.contents[file.name] ?? []
            let md5 = try Digest(.md5)
            try md5.add(bytes)
            let packed = Gzip.stored(bytes)
            return PublishedFile(
                name: file.name, sizes: file.sizes,
                content: content == .md5 ? .md5(try md5.hexadecimal()) : nil,
                download: PublishedFile.Download(
                    size: packed.count, digest: try Digest.sha256(of: packed)))
        }
        archive = TinyFashion.archive(tiny.contents)
        self.tiny = tiny
        catalogue = DatasetCatalogue(entries: [
            CatalogueEntry(
                name: "tiny", title: "Tiny", shape: ImageShape(channels: 1, height: 2, width: 2),
                counts: SplitCounts(train: 3, test: 2), classNames: ["no", "yes"],
                source: .idx(
                    IDXFiles(
                        all: published, folders: folders,
                        archive: PublishedArchive(
                            name: "all.zip", size: archive.count,
                            digest: try Digest.sha256(of: archive), mirrors: archiveMirrors),
                        isTransposed: isTransposed), mirrors: mirrors))
        ])
    }

    static func archive(_ contents: [String: [UInt8]]) -> [UInt8] {
        var members: [(name: String, content: [UInt8])] = [
            ("../../train-images-idx3-ubyte.gz.txt", [1, 2, 3])
        ]
        for (name, content) in contents.sorted(by: { $0.key < $1.key }) {
            members.append(("gzip/\(name).gz", Gzip.stored(content)))
        }
        return StoredZip.bytes(members)
    }

    func loader(
        home: TemporaryFolder, downloader: (any Downloader)? = nil,
        progress: @escaping @Sendable (DatasetEvent) -> Void = { _ in }
    ) -> DatasetLoader {
        DatasetLoader(
            catalogue: catalogue, environment: ["HOME": home.path], downloader: downloader,
            clock: { 1e9 }, progress: progress)
    }

    struct NoFiles: Error {}
}
