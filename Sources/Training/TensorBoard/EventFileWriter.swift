import Files
import Foundation
import Glibc
import SwiftProtobuf

/// Writes a run's scalars, images and histograms into an event file that TensorBoard shows.
///
/// Nothing reaches the disk before ``flush()``, which is meant for the end of an epoch. Times are
/// seconds since 1970 and passed in. Every failure to write is a ``Files/FileError``.
public final class EventFileWriter {
    /// Where the events go: `events.out.tfevents.<start time>.<host>` in the run's log folder.
    public let path: String
    private let file: FileHandle
    private var pending: [UInt8] = []

    private static let prefix = "events.out.tfevents."

    /// Starts a new event file in `folder`, in place of those that an earlier training left there: they
    /// go when it stands.
    public init(folder: String, startTime: Double, hostName: String) throws {
        let path = FilePath.join(folder, Self.name(startTime: startTime, hostName: hostName))
        let earlier = Self.eventFiles(in: folder).filter { $0 != path }
        try AtomicFile(path).write(try Self.opening(at: startTime))
        for file in earlier { try Disk().remove(file) }
        self.path = path
        file = try Self.open(path)
    }

    /// Goes on with the event file that an interrupted training left in `folder`.
    ///
    /// Events after `lastStep`, and one that was cut short, are dropped: the training goes through
    /// those steps again, and TensorBoard reads nothing behind a broken record. Without an event
    /// file, a new one is started.
    public convenience init(
        resuming folder: String, lastStep: Int, startTime: Double, hostName: String
    ) throws {
        guard let path = Self.eventFiles(in: folder).last else {
            try self.init(folder: folder, startTime: startTime, hostName: hostName)
            return
        }
        let kept = RecordFrame.payloads(in: try WholeFile.bytes(at: path)).filter { payload in
            (try? TensorBoardEvent(serializedBytes: payload)).map { $0.step <= lastStep } ?? false
        }
        let opening = try kept.isEmpty ? Self.opening(at: startTime) : []
        try AtomicFile(path).writeIfChanged(opening + kept.flatMap(RecordFrame.framed))
        try self.init(reopening: path)
    }

    /// Removes the event files that an earlier training left in `folder`.
    public static func removeFiles(in folder: String) throws {
        for earlier in eventFiles(in: folder) { try Disk().remove(earlier) }
    }

    private init(reopening path: String) throws {
        self.path = path
        file = try Self.open(path)
    }

    deinit { try? flush() }

    /// Adds a number to the curve `tag`.
    public func scalar(_ tag: String, step: Int, value: Double, wallTime: Double) throws {
        try add(tag, step, wallTime) { $0.simpleValue = Float(value) }
    }

    /// Adds a PNG file's bytes as the image that `tag` shows at `step`.
    ///
    /// `channels` is 1 for grey, 3 for colour, 4 for colour with transparency.
    public func image(
        _ tag: String, step: Int, png: [UInt8], width: Int, height: Int, channels: Int,
        wallTime: Double
    ) throws {
        try add(tag, step, wallTime) { summary in
            summary.image.width = Int32(clamping: width)
            summary.image.height = Int32(clamping: height)
            summary.image.colorspace = Int32(clamping: channels)
            summary.image.encodedImageString = Data(png)
        }
    }

    /// Adds the distribution of `values` at `step`; those that are not finite are left out.
    public func histogram(_ tag: String, step: Int, values: [Float], wallTime: Double) throws {
        try add(tag, step, wallTime) { $0.histogram = TensorBoardHistogram(counting: values) }
    }

    /// Hands everything added so far to the disk.
    public func flush() throws {
        guard !pending.isEmpty else { return }
        do {
            try file.write(contentsOf: Data(pending))
            try file.synchronize()
        } catch {
            throw FileError(action: "write", path: path, code: Self.systemCode(of: error))
        }
        pending = []
    }

    private func add(
        _ tag: String, _ step: Int, _ wallTime: Double,
        fill: (inout TensorBoardSummary.Value) -> Void
    ) throws {
        var value = TensorBoardSummary.Value()
        value.tag = tag
        fill(&value)
        var event = TensorBoardEvent()
        event.wallTime = wallTime
        event.step = Int64(step)
        event.summary.value = [value]
        pending += try Self.record(event)
    }
}

extension EventFileWriter {
    /// TensorFlow's name for an event file, with ten digits of seconds so that names sort by time.
    private static func name(startTime: Double, hostName: String) -> String {
        let seconds = String(Int(startTime))
        let zeros = String(repeating: "0", count: max(0, 10 - seconds.count))
        return prefix + zeros + seconds + "." + hostName.replacing("/", with: "_")
    }

    /// The event files in `folder`, oldest first.
    static func eventFiles(in folder: String) -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
        return (names ?? []).filter { $0.hasPrefix(prefix) }.sorted()
            .map { FilePath.join(folder, $0) }
    }

    /// The record that begins every event file.
    private static func opening(at time: Double) throws -> [UInt8] {
        var event = TensorBoardEvent()
        event.wallTime = time
        event.fileVersion = "brain.Event:2"
        return try record(event)
    }

    private static func record(_ event: TensorBoardEvent) throws -> [UInt8] {
        RecordFrame.framed(try event.serializedBytes())
    }

    private static func open(_ path: String) throws -> FileHandle {
        let descriptor = Glibc.open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(action: "write", path: path, code: errno) }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try file.seekToEnd()
        return file
    }

    private static func systemCode(of error: any Error) -> Int32 {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        return Int32(clamping: (underlying ?? error as NSError).code)
    }
}
