extension Array {
    /// So many elements, all of which `fill` writes from the pointer on that it is given.
    ///
    /// All empty arrays of a process are one: to set its count anew, as Swift's own initialiser does, is
    /// a race between threads, though a harmless one. Nothing is called for it.
    package init(count: Int, filledBy fill: (UnsafeMutablePointer<Element>) -> Void) {
        guard count > 0 else {
            self = []
            return
        }
        self.init(unsafeUninitializedCapacity: count) { out, filled in
            if let base = out.baseAddress { fill(base) }
            filled = count
        }
    }
}
