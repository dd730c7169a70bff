import Files
import Rendering
import Synchronization

/// The files that a preview is made from, wherever they lie: all that a rendering looked for.
///
/// A rendering that stops at a mistake has not looked for everything, so files are only forgotten after
/// one that came to its end.
final class WatchedFiles: Sendable {
    /// A file that is not there is watched too: it may come.
    private typealias Identities = [String: FileIdentity?]

    private struct State {
        var known: Identities = [:]
        var looked: Identities = [:]
    }

    private let state = Mutex(State())

    /// A rendering is about to look at the file at `path`.
    func add(_ path: String) {
        let identity = FileIdentity(of: path)
        state.withLock {
            if $0.looked.index(forKey: path) == nil { $0.looked[path] = .some(identity) }
        }
    }

    /// A rendering begins, with the files that every page is made from.
    func begin() {
        state.withLock { $0.looked = [:] }
        for name in PageTemplate.fileNames { add(FilePath.join("templates", name)) }
    }

    /// A rendering is over; `isWhole` says that it came to its end.
    func end(isWhole: Bool) {
        state.withLock { state in
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
        if changed.isEmpty { return .none }
        return changed.contains { $0.1 == nil } ? .gone : .changed
    }
}
