/// Turns the SVG that Cairo writes into one that can stand in a page beside others.
///
/// Inline styles become presentation attributes, what equals the default is dropped, ids are
/// numbered in order and start with the figure's label, theme colours become classes, numbers are
/// cut to hundredths of a point, and neighbours painted alike share one group. Reads the dialects
/// of Cairo 1.16 (styles, `xlink:href`) and 1.18 (attributes).
struct SVGRewriter {
    let label: String
    let names: InkNames
    let smoothImages: Set<String>

    /// Presentation attributes at the value they have anyway.
    private static let defaults: Set<String> = [
        "fill-opacity=1", "stroke-opacity=1", "fill-rule=nonzero", "clip-rule=nonzero",
        "stroke=none", "stroke-linecap=butt", "stroke-linejoin=miter", "stroke-miterlimit=10",
        "stroke-width=1", "overflow=visible",
    ]

    /// The rewritten SVG text.
    func rewrite(_ cairo: String, size: Size, alternativeText: String) throws -> String {
        var reader = MarkupReader(cairo)
        var root = try reader.root()
        root.children = root.children.map(restyled).flatMap(flattened)
        var ids = IdentifierPlan(label: label)
        ids.collect(from: root)
        root.children = root.children.compactMap { ids.renamed($0) }
        root.children = merged(root.children)
        let (width, height) = (CompactNumber.text(size.width), CompactNumber.text(size.height))
        root.attributes = [
            ("xmlns", "http://www.w3.org/2000/svg"), ("viewBox", "0 0 \(width) \(height)"),
            ("width", "100%"), ("role", "img"),
        ]
        if !alternativeText.isEmpty { root["aria-label"] = Self.escaped(alternativeText) }
        var text = ""
        root.write(to: &text)
        return text + "\n"
    }

    /// A text for inside an attribute.
    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
    }

    /// The element and all below it with styles as attributes and theme colours as classes.
    private func restyled(_ element: MarkupElement) -> MarkupElement {
        var attributes: [(name: String, value: String)] = []
        for attribute in element.attributes {
            if attribute.name == "style" {
                for declaration in attribute.value.split(separator: ";") {
                    let parts = declaration.split(separator: ":", maxSplits: 1)
                    guard parts.count == 2 else { continue }
                    attributes.append((trimmed(parts[0]), trimmed(parts[1])))
                }
            } else if attribute.name == "xlink:href" {
                attributes.append(("href", attribute.value))
            } else {
                attributes.append(attribute)
            }
        }
        var result = MarkupElement(name: element.name, attributes: [])
        var classes: [String] = []
        for attribute in attributes {
            guard let value = value(of: attribute, in: element.name, &classes) else { continue }
            result.attributes.append((attribute.name, value))
        }
        if !classes.isEmpty { result["class"] = classes.joined(separator: " ") }
        if element.name == "image", !isSmooth(result) { result["image-rendering"] = "pixelated" }
        result.children = element.children.map(restyled)
        return result
    }

    private func isSmooth(_ image: MarkupElement) -> Bool {
        guard let data = image["href"]?.split(separator: ",").last else { return false }
        return smoothImages.contains(String(data.filter { !$0.isWhitespace }))
    }

    /// An attribute's new value, nil to drop it; names of theme colours go to `classes`.
    private func value(
        of attribute: (name: String, value: String), in element: String, _ classes: inout [String]
    ) -> String? {
        let (name, value) = attribute
        if Self.defaults.contains("\(name)=\(value)") { return nil }
        switch name {
        case "fill", "stroke":
            guard let number = Self.colorNumber(value) else { return value }
            if let inkName = names.name(of: number) {
                classes.append("\(name == "fill" ? "f" : "s")-\(inkName)")
            }
            return Color(hex: number).hexText
        case "d": return PathData.shortened(value) ?? value
        case "x", "y", "transform", "stroke-width", "stroke-dasharray", "fill-opacity",
            "stroke-opacity":
            return CompactNumber.list(value)
        default: return value
        }
    }

    /// Groups that carry nothing give way to their children.
    private func flattened(_ element: MarkupElement) -> [MarkupElement] {
        var element = element
        element.children = element.children.flatMap(flattened)
        if element.name == "g", element.attributes.allSatisfy({ $0.name == "id" }),
            element["id"]?.hasPrefix("glyph") != true
        {
            return element.children
        }
        if element.name == "symbol", element.children.count == 1, let child = element.children.first
        {
            var glyph = child
            glyph["id"] = element["id"]
            return [glyph]
        }
        return [element]
    }

    /// Neighbouring groups with the same attributes become one.
    private func merged(_ elements: [MarkupElement]) -> [MarkupElement] {
        elements.reduce(into: []) { result, element in
            var element = element
            element.children = merged(element.children)
            if element.name == "g", let last = result.last, last.name == "g",
                last["id"] == nil, last.hasSameAttributes(as: element)
            {
                result[result.count - 1].children += element.children
            } else {
                result.append(element)
            }
        }
    }

    private func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " })
    }

    /// The number of `rgb(12%,3.5%,100%)`, `rgb(12%, 3.5%, 100%)` or `#rrggbb`.
    static func colorNumber(_ text: String) -> Int? {
        if text.hasPrefix("#") { return Int(text.dropFirst(), radix: 16) }
        guard text.hasPrefix("rgb("), text.hasSuffix(")") else { return nil }
        let parts = text.dropFirst(4).dropLast().split(separator: ",").map {
            Double($0.filter { $0 != "%" && $0 != " " })
        }
        guard parts.count == 3, let red = parts[0], let green = parts[1], let blue = parts[2] else {
            return nil
        }
        return Color(red: red / 100, green: green / 100, blue: blue / 100).hexNumber
    }
}
