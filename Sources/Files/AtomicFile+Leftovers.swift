import Foundation
import Glibc

extension AtomicFile {
    /// The name of the file that was on its way under a temporary name, cut after 60 characters; nil
    /// for any other name.
    ///
    /// A process that is killed in the middle of a write leaves such a file behind.
    public static func target(ofTemporary name: String) -> String? {
        parts(ofTemporary: name)?.target
    }

    /// Removes from a folder what processes left that were stopped in the middle of a write, of files
    /// whose names are `own`.
    ///
    /// Who is not the `onlyWriter` of the folder leaves alone what a process that runs may still be
    /// writing.
    public static func removeLeftovers(
        in folder: String, onlyWriter: Bool, own: (_ target: String) -> Bool
    ) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            guard let (target, process) = parts(ofTemporary: name), own(target),
                onlyWriter || !isRunning(process)
            else { continue }
            try? Disk().remove(FilePath.join(folder, name))
        }
    }

    /// Removes what processes left of this file that were stopped in the middle of writing it.
    public func removeLeftovers() {
        let name = FilePath.name(of: path).prefix(Self.longestTarget)
        Self.removeLeftovers(in: FilePath.folder(of: path), onlyWriter: false) { $0 == name }
    }

    /// So many characters of a file's name stand in its temporary name.
    static let longestTarget = 60

    private static func parts(ofTemporary name: String) -> (target: String, process: Int32?)? {
        name.wholeMatch(of: /\.(.+)\.([0-9]+)-[0-9a-z]+\.tmp/).map {
            (String($0.1), Int32($0.2))
        }
    }

    /// Whether there is a process of that number; one of another user counts.
    private static func isRunning(_ process: Int32?) -> Bool {
        guard let process, process > 0 else { return false }
        return kill(process, 0) == 0 || errno != ESRCH
    }
}
