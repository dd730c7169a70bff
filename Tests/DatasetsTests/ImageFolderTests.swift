import Datasets
import Files
import Foundation
import TestSupport
import Testing

@Suite("A folder of images")
struct ImageFolderTests {
    private let own: OwnFolder

    init() throws { own = try OwnFolder() }

    /// Twelve images in two folders.
    private func addClasses() throws {
        for level in 0..<6 {
            try own.add("black/\(level).png", level: level)
            try own.add("white/\(level).png", level: 250 + level)
        }
    }

    private func levels(_ set: ImageSet) -> [UInt8] {
        (0..<set.count).map { set.pixels[$0 * set.shape.pixelCount] }
    }

    @Test("takes its sub-folders for classes, whatever lies deeper")
    func classes() throws {
        try addClasses()
        try own.add("white/deeper/still/7.png", level: 240)
        let data = try own.load()
        #expect(data.classNames == ["black", "white"])
        #expect(data.title == "cats")
        for set in [data.train, data.test] {
            #expect(zip(levels(set), set.labels).allSatisfy { ($0 > 100) == ($1 == 1) })
        }
        #expect(Set(levels(data.train) + levels(data.test)).count == 13)
        #expect(
            data.provenance.origin
                == "the user's folder “cats”, 13 images in 2 folders, cut to the square in their middle "
                + "of 8 pixels, split by their content")
        let plain = try own.load { $0.classes = .none }
        #expect(plain.classNames.isEmpty && plain.train.labels.isEmpty)
        #expect(plain.train.count == data.train.count)
    }

    @Test("with numbers for names has its classes in their order")
    func numbers() throws {
        for name in 8...11 {
            for level in 0..<4 { try own.add("\(name)/\(level).png", level: name * 10 + level) }
        }
        #expect(try own.load().classNames == ["8", "9", "10", "11"])
    }

    @Test("without sub-folders, or with only one, has no classes")
    func noClasses() throws {
        for level in 0..<12 { try own.add("\(level).png", level: level) }
        #expect(try own.load().classNames.isEmpty)
        let other = try OwnFolder()
        for level in 0..<12 { try other.add("all/\(level).png", level: level) }
        #expect(try other.load().classNames.isEmpty)
    }

    @Test("with train and test is split as it says")
    func split() throws {
        for level in 0..<6 {
            try own.add("train/a/\(level).png", level: level)
            try own.add("Train/b/\(level).png", level: 20 + level)
            try own.add("test/a/\(level).png", level: 100 + level)
            try own.add("test/b/\(level).png", level: 120 + level)
        }
        let data = try own.load()
        #expect(data.classNames == ["a", "b"])
        #expect(levels(data.train).sorted() == Array(0..<6) + Array(20..<26))
        #expect(levels(data.test).sorted() == Array(100..<106) + Array(120..<126))
        #expect(data.provenance.origin.hasSuffix("split as the folder has them"))
        try own.add("val/a/1.png", level: 3)
        #expect(own.refusal().contains("has a folder 'val' beside its training and test images"))
    }

    @Test("never changes an image's side, whatever is added, removed or renamed")
    func stable() throws {
        for level in 0..<60 { try own.add("\(level).png", level: level) }
        let first = try own.load()
        let test = Set(levels(first.test))
        #expect((15...45).contains(test.count))
        try own.add("a copy.png", level: Int(levels(first.test)[0]))
        for level in 60..<120 { try own.add("\(level).png", level: level) }
        try FileManager.default.moveItem(atPath: own.path + "/3.png", toPath: own.path + "/z.png")
        for level in 20..<40 {
            try FileManager.default.removeItem(atPath: own.path + "/\(level).png")
        }
        let second = try own.load()
        #expect(second.provenance.digest != first.provenance.digest)
        let sides = (Set(levels(second.train)), Set(levels(second.test)))
        #expect(sides.0.isDisjoint(with: sides.1))
        for level in (0..<60).filter({ !(20..<40).contains($0) }) {
            #expect(sides.1.contains(UInt8(level)) == test.contains(UInt8(level)), "\(level)")
        }
    }

    @Test("is decoded once: not when nothing changed, nor when files only look changed")
    func cache() throws {
        try addClasses()
        let (first, second, third) = (EventLog(), EventLog(), EventLog())
        let data = try own.load(events: first)
        #expect(first.count(of: "decoding cats") == 12)
        let again = try own.load(events: second)
        #expect(second.count(of: "reading") == 0 && second.count(of: "decoding") == 0)
        #expect(again.provenance == data.provenance)
        #expect(again.train == data.train && again.test == data.test)
        for name in try FileManager.default.contentsOfDirectory(atPath: own.path + "/black") {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1)],
                ofItemAtPath: own.path + "/black/" + name)
        }
        #expect(try own.load(events: third).provenance == data.provenance)
        #expect(third.count(of: "reading cats") == 12 && third.count(of: "decoding") == 0)
        let limited = try own.load(limits: SplitLimits(train: 4, test: 2))
        #expect(limited.train == data.train.slice(0..<4) && limited.test == data.test.slice(0..<2))
    }

    @Test("is read again when an image changes, when asked to, and when the kept copy is damaged")
    func changed() throws {
        try addClasses()
        let data = try own.load()
        let events = EventLog()
        #expect(try own.load(rereads: true, events: events).provenance == data.provenance)
        #expect(events.count(of: "decoding") == 12)
        let kept = try #require(own.home.contents().first { $0.hasSuffix(".images") })
        let written = try WholeFile.bytes(at: own.home.path(kept))
        let flipped = Array(written.dropLast()) + [written[written.count - 1] ^ 1]
        for spoilt in [Array("nothing".utf8), [], [UInt8](repeating: 255, count: 5000), flipped] {
            try own.home.write(spoilt, to: kept)
            let again = try own.load()
            #expect(again.train == data.train && again.test == data.test)
            #expect(try WholeFile.bytes(at: own.home.path(kept)) == written)
        }
        try own.add("black/0.png", level: 77)
        let other = try own.load()
        #expect(other.provenance.digest != data.provenance.digest)
        #expect(levels(other.train).contains(77) || levels(other.test).contains(77))
    }

    @Test("is the same without a folder to keep it in")
    func uncached() throws {
        try addClasses()
        let (kept, unkept) = (try own.load(), try own.load(keeps: false))
        #expect(kept.train == unkept.train && kept.provenance == unkept.provenance)
        #expect(own.home.contents().count { $0.hasSuffix(".images") } == 1)
    }

    @Test("lists what it kept among what can be cleaned away")
    func cleaned() throws {
        try addClasses()
        _ = try own.load()
        let files = DownloadList(environment: ["HOME": own.home.path]).files
        #expect(files.count { $0.hasSuffix(".images") } == 1)
        #expect(files.count { $0.hasSuffix(".key") } == 1)
    }

    @Test("counts what is no image, and passes over what is hidden")
    func others() throws {
        try addClasses()
        for name in ["notes.txt", "black/labels.csv", ".DS_Store", "Thumbs.db", ".hidden/a.png"] {
            try own.add(name, [1])
        }
        #expect(try own.load().provenance.origin.hasSuffix("; 2 other files left out"))
    }

    @Test("follows links once, also one that leads to itself")
    func links() throws {
        try addClasses()
        let manager = FileManager.default
        try manager.createSymbolicLink(
            atPath: own.path + "/white/loop", withDestinationPath: own.path)
        let data = try own.load()
        #expect(data.train.count + data.test.count == 12)
    }

    @Test("deeper than sixteen folders is refused rather than passed over")
    func deep() throws {
        try addClasses()
        try own.add(String(repeating: "a/", count: 17) + "1.png", level: 1)
        #expect(own.refusal().contains("lies more than 16 folders deep"))
    }

    @Test("that is no folder, holds no image or contradicts itself is refused with what to do")
    func refused() throws {
        #expect(
            own.refusal().contains("there is no folder '") && own.refusal().contains("relative to"))
        try own.folder.write([], to: "a.npy")
        let array = own.folder.path("a.npy")
        #expect(own.refusal { $0.path = array }.contains("'data.dataset: arrays'"))
        #expect(own.refusal { $0.path = nil }.contains("write 'data.path: my/images'"))
        try own.add("readme.txt", [1])
        #expect(own.refusal().contains("holds no .png, .jpg or .jpeg file"))
        try own.add("1.png", level: 1)
        #expect(own.refusal().contains("but a report takes 4 and 2 at least"))
        try addClasses()
        #expect(own.refusal().contains("'1.png' stands in '"))
        #expect(own.refusal().contains("'data.classes: none'"))
        #expect(own.refusal(.arrays).contains("write 'data.dataset: folder'"))
    }
}
