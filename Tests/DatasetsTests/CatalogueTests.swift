import Datasets
import Foundation
import Testing

@Suite("The catalogue of data sets")
struct CatalogueTests {
    private static let entries = DatasetCatalogue.standard.entries

    @Test("has each name once, and as many class names as there are classes")
    func names() {
        #expect(Set(Self.entries.map(\.name)).count == Self.entries.count)
        let counts = Dictionary(
            uniqueKeysWithValues: Self.entries.map { ($0.name, $0.classNames.count) })
        #expect(counts["cifar100"] == 100 && counts["cifar100-coarse"] == 20)
        #expect(counts["fashion-mnist"] == 10 && counts["kmnist"] == 10)
        for entry in Self.entries { #expect(Set(entry.classNames).count == entry.classNames.count) }
    }

    @Test("asks only HTTPS, and has a whole checksum for every file that is downloaded")
    func downloads() {
        for entry in Self.entries {
            switch entry.source {
            case .idx(let files, let mirrors):
                expectSafe(mirrors + (files.archive?.mirrors ?? []))
                for file in files.all {
                    #expect(file.download.map { isHexadecimal($0.digest, 64) } ?? true)
                    #expect(file.content.map(isWhole) ?? true)
                    #expect(file.content != nil || file.download != nil)
                    #expect(!file.name.contains("/"))
                }
                let images = [entry.counts.train, entry.counts.test]
                let (height, width) = (entry.shape.height, entry.shape.width)
                #expect(
                    files.all.map(\.sizes) == images.flatMap { [[$0, height, width], [$0]] })
                #expect(files.archive.map { isHexadecimal($0.digest, 64) } ?? true)
            case .cifar(let files):
                expectSafe(files.archive.mirrors)
                #expect(isHexadecimal(files.archive.digest, 64))
                #expect(
                    files.batches.allSatisfy { $0.digest.map { isHexadecimal($0, 64) } ?? true })
                let training = files.imagesPerBatch * (files.batches.count - 1)
                #expect(training == entry.counts.train && files.testImages == entry.counts.test)
            case .drawn, .sprites, .own: break
            }
        }
    }

    private func expectSafe(_ mirrors: [String]) {
        #expect(!mirrors.isEmpty)
        for mirror in mirrors {
            #expect(mirror.hasPrefix("https://") && mirror.hasSuffix("/"))
            #expect(URL(string: mirror)?.host?.isEmpty == false)
        }
    }

    private func isWhole(_ checksum: Checksum) -> Bool {
        isHexadecimal(checksum.digest, checksum.algorithm == .md5 ? 32 : 64)
    }

    private func isHexadecimal(_ text: String, _ count: Int) -> Bool {
        text.count == count && text.allSatisfy { $0.isHexDigit && !$0.isUppercase }
    }
}
