import Drawing
import Files
import TestSupport
import Testing
import Training

@Suite("Images of an event file")
struct EventFileImageTests {
    private func png(_ shade: Float) throws -> [UInt8] {
        try Bitmap(channels: 1, width: 2, height: 2, values: [shade, 0, 0, shade]).png()
    }

    @Test("are the last ones of each tag, as they were written")
    func latest() throws {
        let folder = try TemporaryFolder()
        let writer = try EventFileWriter(folder: folder.path, startTime: 1, hostName: "host")
        for step in [5, 10] {
            try writer.image(
                "samples", step: step, png: try png(Float(step) / 10), width: 2, height: 2,
                channels: 1, wallTime: 1)
        }
        try writer.image(
            "other", step: 3, png: try png(0.3), width: 2, height: 2, channels: 1, wallTime: 1)
        try writer.scalar("samples", step: 11, value: 1, wallTime: 1)
        try writer.flush()
        let images = EventFileImages(folder: folder.path).latest
        #expect(images.keys.sorted() == ["other", "samples"])
        #expect(images["samples"]?.step == 10)
        #expect(try images["samples"]?.png == png(1))
    }

    @Test("an event file that is cut short, empty, no event file or missing gives what is whole")
    func odd() throws {
        let folder = try TemporaryFolder()
        #expect(EventFileImages(folder: folder.path).latest.isEmpty)
        #expect(EventFileImages.identity(in: folder.path) == nil)
        let writer = try EventFileWriter(folder: folder.path, startTime: 1, hostName: "host")
        try writer.image(
            "a", step: 1, png: try png(1), width: 2, height: 2, channels: 1, wallTime: 1)
        try writer.image(
            "b", step: 1, png: [1, 2, 3], width: 2, height: 2, channels: 1, wallTime: 1)
        try writer.flush()
        let bytes = try WholeFile.bytes(at: writer.path)
        #expect(EventFileImages(folder: folder.path).latest.keys.sorted() == ["a"])
        try folder.write(Array(bytes.dropLast(1)), to: "events.out.tfevents.2.host")
        #expect(EventFileImages(folder: folder.path).latest.keys.sorted() == ["a"])
        for content in [[], [0, 1, 2], [UInt8](repeating: 255, count: 64)] as [[UInt8]] {
            try folder.write(content, to: "events.out.tfevents.3.host")
            #expect(EventFileImages(folder: folder.path).latest.isEmpty)
        }
    }
}
