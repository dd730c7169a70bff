/// The library that reads Markdown.
package enum MarkdownLibrary {
    /// cmark-gfm's version.
    package static var version: String { CommonMark.libraryVersion }
}
