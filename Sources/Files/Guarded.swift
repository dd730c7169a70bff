import Foundation

/// A value that several threads use, one at a time.
///
/// Not `Synchronization.Mutex`: it waits in a library that Thread Sanitizer cannot look into, which then
/// reports every use of the value as a race, and a true one would look no different.
public final class Guarded<Value>: @unchecked Sendable {
    private let lock = NSLock()
    private var value: Value

    /// Guards `value`, of which the caller keeps no other reference.
    public init(_ value: Value) { self.value = value }

    /// What `body` makes of the value while no other thread has it. A `body` that waits for the same
    /// value waits for ever.
    public func withLock<Result, Failure: Error>(_ body: (inout Value) throws(Failure) -> Result)
        throws(Failure) -> Result
    {
        lock.lock()
        defer { lock.unlock() }
        return try body(&value)
    }
}
