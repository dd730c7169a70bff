import Testing

@Suite("Parsers", .serialized)
struct FuzzTests {
    private let settings = CampaignSettings()

    @Test("read or refuse whatever they are given", arguments: FuzzedParser.names)
    func campaign(name: String) throws {
        guard settings.includes(name) else { return }
        try Campaign(FuzzedParser.named(name), settings).run()
    }

    @Test("read or refuse every beginning of a small file", arguments: FuzzedParser.names)
    func beginnings(name: String) throws {
        guard !settings.isCampaign else { return }
        let parser = try FuzzedParser.named(name)
        let refusals = parser.seeds.compactMap { seed in
            Result { try parser.read(seed) }.failure.map { "\($0)" }
        }
        #expect(refusals.count < parser.seeds.count, "\(name): \(refusals.first ?? "")")
        for seed in parser.seeds where seed.count <= 4096 {
            for count in 0..<seed.count {
                let beginning = Array(seed.prefix(count))
                if let fault = parser.fault(beginning) {
                    Issue.record("\(name), \(count) of \(seed.count) bytes: \(fault)")
                }
                guard !parser.readsBeginnings else { continue }
                #expect(throws: (any Error).self, "\(name), \(count) of \(seed.count) bytes") {
                    try parser.read(beginning)
                }
            }
        }
    }

    @Test("the same number makes the same file")
    func repeatable() throws {
        let parser = try FuzzedParser.named("bibtex")
        let files = (0..<100).map { Mutation.file(of: parser, number: $0) }
        #expect(files == (0..<100).map { Mutation.file(of: parser, number: $0) })
        #expect(Set(files).count > 90)
    }
}

extension Result {
    fileprivate var failure: Failure? { if case .failure(let error) = self { error } else { nil } }
}
