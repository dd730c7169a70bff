import Yams

extension Node {
    /// The tag that stands before a value, as in `!!int 3`; nil where there is none.
    var writtenTag: String? {
        let tag: Tag =
            switch self {
            case .scalar(let scalar): scalar.tag
            case .mapping(let mapping): mapping.tag
            case .sequence(let sequence): sequence.tag
            case .alias(let alias): alias.tag
            }
        let name = tag.description.replacing("tag:yaml.org,2002:", with: "!!")
        // Yams gives a quoted text a text's tag.
        let isQuoted = scalar.map { $0.style != .plain && $0.style != .any } ?? false
        return name.isEmpty || isQuoted && name == "!!str" ? nil : name
    }

    /// The tag that stands before a key. Yams gives a plain key the tag of a text when it compares keys,
    /// so that one says nothing.
    var writtenKeyTag: String? { writtenTag == "!!str" ? nil : writtenTag }
}
