extension AtomicFile {
    /// The name of the file that was on its way under a temporary name, cut after 60 characters; nil
    /// for any other name.
    ///
    /// A process that is killed in the middle of a write leaves such a file behind.
    public static func target(ofTemporary name: String) -> String? {
        name.wholeMatch(of: /\.(.+)\.[0-9]+-[0-9a-z]+\.tmp/).map { String($0.1) }
    }
}
