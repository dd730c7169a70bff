import Glibc

/// A file or folder that could not be read or written: which one, why, and what to do.
public struct FileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was tried, as a verb: "read", "write", "make the folder".
    public let action: String
    /// The file's path as the user would name it.
    public let path: String
    /// What the system or the content said.
    public let problem: String
    /// What to do about it.
    public let advice: String
    /// The system's `errno`; nil where the content is at fault.
    public let code: Int32?

    /// A failure with its own words.
    public init(
        action: String, path: String, problem: String, advice: String, code: Int32? = nil
    ) {
        self.action = action
        self.path = path
        self.problem = problem
        self.advice = advice
        self.code = code
    }

    /// A failure that the system reported as `errno`.
    public init(action: String, path: String, code: Int32) {
        self.init(
            action: action, path: path, problem: String(cString: strerror(code)),
            advice: FileError.advice(for: code), code: code)
    }

    /// Whether the disk did not take what was to be kept: no fault of what was read or computed, and
    /// nothing that stands in the way of this file alone.
    public var isOfDisk: Bool {
        guard let code, ["write", "make the folder", "remove"].contains(action) else {
            return false
        }
        return ![EEXIST, ENOTDIR, EISDIR].contains(code)
    }

    /// One line: what failed, why, what to do.
    public var description: String { "cannot \(action) '\(path)': \(problem); \(advice)" }

    private static func advice(for code: Int32) -> String {
        switch code {
        case ENOENT: "check the spelling of the path"
        case EACCES, EPERM: "check who owns it and its permissions, or choose another folder"
        case EROFS: "the disk is read-only: choose another folder"
        case ENOSPC, EDQUOT: "free some space on the disk and run again"
        case EISDIR: "a folder is in the way: move it or choose another name"
        case ENOTDIR, EEXIST:
            "a file stands where a folder is needed: move it or choose another name"
        case ENAMETOOLONG: "choose a shorter name"
        case EMFILE, ENFILE: "too many files are open: close other programs or raise 'ulimit -n'"
        default: "check the disk and the path, then run again"
        }
    }
}
