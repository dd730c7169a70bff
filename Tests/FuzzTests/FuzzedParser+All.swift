import Testing

extension FuzzedParser {
    /// The names of all parsers that are tried.
    static var names: [String] { makers.map(\.name) }

    /// The parser of that name.
    static func named(_ name: String) throws -> FuzzedParser {
        let maker = try #require(makers.first { $0.name == name })
        return try maker.make(name)
    }

    private typealias Maker = (name: String, make: @Sendable (String) throws -> FuzzedParser)

    private static let makers: [Maker] = [
        ("idx-images", idxImages), ("idx-labels", idxLabels), ("idx-gzip", idxGzip),
        ("idx-zip", idxZip), ("cifar-batch", cifarBatch), ("cifar-archive", cifarArchive),
        ("safetensors", safetensors), ("torch-zip", torchZip), ("torch-pickle", torchPickle),
        ("torch-stream", torchStream), ("checkpoint", checkpoint), ("name-map", nameMap),
        ("config", config), ("front-matter", frontMatter), ("report", report),
        ("cell", cell), ("include", include), ("inline-value", inlineValue),
        ("value-format", valueFormat), ("bibtex", bibtex), ("tex", tex),
        ("run-record", runRecord), ("recorded-page", recordedPage), ("scores", scores),
        ("image-png", imagePNG), ("image-png-chunks", imagePNGChunks), ("image-jpeg", imageJPEG),
        ("numpy-array", numpyArray), ("numpy-labels", numpyLabels), ("numpy-archive", numpyArchive),
        ("text-file", textFile), ("http-request", httpRequest),
        ("cache-entry", cacheEntry), ("cached-result", cachedResult), ("evaluation", evaluation),
        ("download-list", downloadList), ("remembered-digests", rememberedDigests),
        ("own-images", ownImages), ("own-images-header", ownImagesHeader),
    ]
}
