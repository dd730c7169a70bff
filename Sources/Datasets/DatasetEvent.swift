/// What happens while a data set is brought into memory, for a progress display.
public enum DatasetEvent: Sendable, Equatable {
    /// A mirror begins to send a file, from the byte on up to which it is here already.
    case downloadStarts(file: String, host: String, from: Int, total: Int?)
    /// A mirror could not give a file, and another one is asked next.
    case mirrorFailed(file: String, host: String, reason: String, next: String)
    /// Bytes of a file received so far, and how many are expected when the server says.
    case downloading(file: String, received: Int, total: Int?)
    /// A file arrived, was checked and is in the cache.
    case downloaded(file: String)
    /// So many images are about to be drawn.
    case drawing(count: Int)
    /// So many files or images of the user's own have been read.
    case preparing(stage: String, completed: Int, total: Int)
    /// Something the user should know: which data stands in for which, and why.
    case notice(String)
}
