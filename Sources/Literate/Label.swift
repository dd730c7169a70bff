/// What labels look like.
enum Label {
    /// Whether a label is a letter followed by letters, digits, `-` and `_`.
    static func isValid(_ label: String) -> Bool {
        guard let first = label.first, first.isLetter else { return false }
        return label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
    }
}
