import CMarkGFM
import Foundation

/// A text read by cmark-gfm; the only file that sees its pointers.
final class CommonMark {
    /// cmark-gfm's version.
    static var libraryVersion: String { String(cString: cmark_version_string()) }

    /// A node; valid as long as the tree it belongs to.
    struct Node {
        fileprivate let pointer: OpaquePointer

        /// What cmark-gfm calls the node's type: "paragraph", "table_row".
        var type: String { string(cmark_node_get_type_string(pointer)) }
        var literal: String { string(cmark_node_get_literal(pointer)) }
        var fenceInfo: String { string(cmark_node_get_fence_info(pointer)) }
        var url: String { string(cmark_node_get_url(pointer)) }
        var title: String { string(cmark_node_get_title(pointer)) }
        var headingLevel: Int { Int(cmark_node_get_heading_level(pointer)) }
        var isTightList: Bool { cmark_node_get_list_tight(pointer) != 0 }

        /// The first number of an ordered list; nil for bullets.
        var listStart: Int? {
            guard cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST else { return nil }
            return Int(cmark_node_get_list_start(pointer))
        }

        /// A table's columns: "l", "c", "r" or nothing.
        var alignments: [ColumnAlignment] {
            let letters = cmark_gfm_extensions_get_table_alignments(pointer)
            return (0..<Int(cmark_gfm_extensions_get_table_columns(pointer))).map { column in
                switch letters?[column] {
                case UInt8(ascii: "l"): .left
                case UInt8(ascii: "c"): .center
                case UInt8(ascii: "r"): .right
                default: .natural
                }
            }
        }

        var children: [Node] {
            var result: [Node] = []
            var child = cmark_node_first_child(pointer)
            while let found = child {
                result.append(Node(pointer: found))
                child = cmark_node_next(found)
            }
            return result
        }

        private func string(_ text: UnsafePointer<CChar>?) -> String {
            text.map { String(cString: $0) } ?? ""
        }
    }

    /// The document's blocks.
    var blocks: [Node] { Node(pointer: root).children }

    private let root: OpaquePointer

    /// Whether blocks or marks stand more than `limit` deep inside one another.
    func isDeeper(than limit: Int) -> Bool {
        var (node, depth) = (root, 0)
        while true {
            if let child = cmark_node_first_child(node) {
                (node, depth) = (child, depth + 1)
                if depth > limit { return true }
                continue
            }
            var next = cmark_node_next(node)
            while next == nil {
                guard depth > 0, let parent = cmark_node_parent(node) else { return false }
                (node, depth) = (parent, depth - 1)
                next = depth > 0 ? cmark_node_next(node) : nil
            }
            if let next { node = next }
        }
    }

    /// cmark-gfm also keeps the extensions' special characters in one table, which every reading fills
    /// and clears: two at once would not see each other's.
    private static let turn = NSLock()

    /// cmark-gfm keeps one table of extensions for the process.
    private static let extensions: Void = cmark_gfm_core_extensions_ensure_registered()

    /// Reads Markdown in UTF-8 with tables, strikethrough, bare links and typographic quotes; nil when
    /// there is no memory.
    init?(_ text: [UInt8]) {
        CommonMark.turn.lock()
        defer { CommonMark.turn.unlock() }
        CommonMark.extensions
        guard let parser = cmark_parser_new(CMARK_OPT_SMART) else { return nil }
        defer { cmark_parser_free(parser) }
        for name in ["table", "strikethrough", "autolink"] {
            guard let found = cmark_find_syntax_extension(name) else { continue }
            cmark_parser_attach_syntax_extension(parser, found)
        }
        text.withUnsafeBytes { bytes in
            cmark_parser_feed(
                parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
        }
        guard let root = cmark_parser_finish(parser) else { return nil }
        self.root = root
    }

    deinit { cmark_node_free(root) }
}
