import Files
import Foundation
import Literate
import Rendering

/// The files that a preview is made from, wherever they lie: all that a rendering looked for, and what
/// builds leave in the report's folder.
///
/// A rendering that stops at a mistake has not looked for everything, so files are only forgotten after
/// one that came to its end.
final class WatchedFiles: Sendable {
    /// A file that is not there is watched too: it may come.
    private typealias Identities = [String: FileIdentity?]

    private struct State {
        var known: Identities = [:]
        var looked: Identities = [:]
        var built: Built?
    }

    /// What builds left in the report's folder.
    private struct Built {
        let folder: String
        /// When they last left something.
        let changed: Date?
        /// Whether another process was at it when a rendering began.
        let isBusy: Bool

        init(in folder: String) {
            self.folder = folder
            changed = ReportTraces(folder: folder).changed
            isBusy = FolderLock.holder(of: folder) != nil
        }
    }

    private let state = Guarded(State())

    /// A rendering is about to look at the file at `path`.
    func add(_ path: String) {
        let identity = FileIdentity(of: path)
        state.withLock {
            if $0.looked.index(forKey: path) == nil { $0.looked[path] = .some(identity) }
        }
    }

    /// A rendering begins, with the files that every page is made from.
    func begin() {
        let folder = state.withLock { state in
            state.looked = [:]
            return state.built?.folder
        }
        if let folder { watch(buildsIn: folder) }
        for name in PageTemplate.fileNames { add(FilePath.join("templates", name)) }
    }

    /// A rendering is about to use what builds left in `folder`.
    func watch(buildsIn folder: String) {
        let built = Built(in: folder)
        state.withLock { $0.built = built }
    }

    /// Whether another process's build has left something since the last rendering, and is done.
    private func hasBeenBuilt() -> Bool {
        guard let last = state.withLock({ $0.built }) else { return false }
        return ReportTraces(folder: last.folder).changed != last.changed
            && FolderLock.holder(of: last.folder) == nil
    }

    /// A rendering is over; `isWhole` says that it came to its end.
    func end(isWhole: Bool) {
        let built = state.withLock { $0.built }.map { Built(in: $0.folder) }
        state.withLock { state in
            // What this rendering itself left is no news; what came meanwhile from another may be.
            if let built, !built.isBusy, state.built?.isBusy == false { state.built = built }
            let others = isWhole ? [:] : state.known
            state.known = others.merging(state.looked) { _, new in new }
        }
    }

    /// What became of the files since the rendering that looked at them.
    enum Change {
        case none
        /// One that was there is not: an editor may be about to put its successor in place.
        case gone
        case changed
    }

    /// Compares the files with what the last rendering found.
    func look() -> Change {
        let known = state.withLock { $0.known }
        let now = known.keys.map { ($0, FileIdentity(of: $0)) }
        let changed = now.filter { known[$0.0] != .some($0.1) }
        if changed.isEmpty { return hasBeenBuilt() ? .changed : .none }
        return changed.contains { $0.1 == nil } ? .gone : .changed
    }
}
