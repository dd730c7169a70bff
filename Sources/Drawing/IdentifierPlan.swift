/// New ids for an SVG: the figure's label and a number in order of first use.
///
/// Cairo's own ids repeat in every file and count surfaces by process. Definitions that nothing
/// refers to, and glyphs without an outline such as the space, are dropped with their uses.
struct IdentifierPlan {
    private let label: String
    private var newNames: [String: String] = [:]
    private var blankIds: Set<String> = []

    init(label: String) { self.label = label }

    /// Numbers every id that something refers to.
    mutating func collect(from element: MarkupElement) {
        if let id = element["id"], element.name == "path", element["d"]?.isEmpty != false {
            blankIds.insert(id)
        }
        for attribute in element.attributes {
            if let id = Self.reference(in: attribute), newNames[id] == nil, !blankIds.contains(id) {
                newNames[id] = "\(label)-\(newNames.count + 1)"
            }
        }
        for child in element.children { collect(from: child) }
    }

    /// The element with new ids; nil when nothing is left of it.
    func renamed(_ element: MarkupElement) -> MarkupElement? {
        var result = element
        for (place, attribute) in element.attributes.enumerated() {
            guard let id = Self.reference(in: attribute) else { continue }
            guard let name = newNames[id] else { return nil }
            result.attributes[place].value = attribute.name == "href" ? "#\(name)" : "url(#\(name))"
        }
        if let id = element["id"] {
            guard !blankIds.contains(id) else { return nil }
            result["id"] = newNames[id]
            if newNames[id] == nil, element.name != "g" { return nil }
        }
        result.children = element.children.compactMap(renamed)
        if ["g", "defs"].contains(element.name), result.children.isEmpty { return nil }
        return result
    }

    /// The id that an attribute refers to, as `#id` or `url(#id)`.
    private static func reference(in attribute: (name: String, value: String)) -> String? {
        if attribute.name == "href", attribute.value.hasPrefix("#") {
            return String(attribute.value.dropFirst())
        }
        guard attribute.value.hasPrefix("url(#"), attribute.value.hasSuffix(")") else { return nil }
        return String(attribute.value.dropFirst(5).dropLast())
    }
}
