/// An element of Cairo's SVG: a name, attributes in order and child elements.
///
/// Cairo writes no text between elements, so none is kept.
struct MarkupElement: Equatable {
    var name: String
    var attributes: [(name: String, value: String)]
    var children: [MarkupElement] = []

    static func == (left: MarkupElement, right: MarkupElement) -> Bool {
        left.name == right.name && left.children == right.children
            && left.hasSameAttributes(as: right)
    }

    /// The value of an attribute; setting nil removes it, setting a new one appends it.
    subscript(_ attribute: String) -> String? {
        get { attributes.first { $0.name == attribute }?.value }
        set {
            let place = attributes.firstIndex { $0.name == attribute }
            switch (place, newValue) {
            case (let place?, let value?): attributes[place].value = value
            case (let place?, nil): attributes.remove(at: place)
            case (nil, let value?): attributes.append((attribute, value))
            case (nil, nil): break
            }
        }
    }

    func hasSameAttributes(as other: MarkupElement) -> Bool {
        attributes.elementsEqual(other.attributes) { $0.name == $1.name && $0.value == $1.value }
    }

    /// The element as text, without line breaks.
    func write(to text: inout String) {
        text += "<\(name)"
        for attribute in attributes { text += " \(attribute.name)=\"\(attribute.value)\"" }
        guard !children.isEmpty else {
            text += "/>"
            return
        }
        text += ">"
        for child in children { child.write(to: &text) }
        text += "</\(name)>"
    }
}

/// Reads the XML that Cairo writes: elements and quoted attributes, a prologue, no text.
struct MarkupReader {
    private let bytes: [UInt8]
    private var place = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    /// The outermost element.
    mutating func root() throws -> MarkupElement {
        var open: [MarkupElement] = []
        while let tag = nextTag() {
            if tag.first == UInt8(ascii: "?") || tag.first == UInt8(ascii: "!") { continue }
            if tag.first == UInt8(ascii: "/") {
                guard let closed = open.popLast() else { break }
                guard !open.isEmpty else { return closed }
                open[open.count - 1].children.append(closed)
            } else if tag.last == UInt8(ascii: "/") {
                let element = try Self.element(tag.dropLast())
                guard !open.isEmpty else { return element }
                open[open.count - 1].children.append(element)
            } else {
                open.append(try Self.element(tag))
            }
        }
        throw DrawingError.svg("it ends inside '\(open.last?.name ?? "nothing")'")
    }

    private mutating func nextTag() -> ArraySlice<UInt8>? {
        guard let start = bytes[place...].firstIndex(of: UInt8(ascii: "<")),
            let end = bytes[start...].firstIndex(of: UInt8(ascii: ">"))
        else { return nil }
        place = end + 1
        return bytes[start + 1..<end]
    }

    private static func element(_ tag: ArraySlice<UInt8>) throws -> MarkupElement {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 || $0 == 0x0D }
        let nameEnd = tag.firstIndex(where: isSpace) ?? tag.endIndex
        var element = MarkupElement(
            name: String(decoding: tag[..<nameEnd], as: UTF8.self), attributes: [])
        var rest = tag[nameEnd...].drop(while: isSpace)
        while !rest.isEmpty {
            guard let equals = rest.firstIndex(of: UInt8(ascii: "=")),
                equals + 1 < rest.endIndex,
                let end = rest[(equals + 2)...].firstIndex(of: rest[equals + 1])
            else { throw DrawingError.svg("an attribute of '\(element.name)' has no value") }
            element.attributes.append(
                (
                    String(decoding: rest[..<equals], as: UTF8.self),
                    String(decoding: rest[(equals + 2)..<end], as: UTF8.self)
                ))
            rest = rest[(end + 1)...].drop(while: isSpace)
        }
        return element
    }
}
