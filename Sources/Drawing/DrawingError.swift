/// Why a picture could not be drawn or written.
package enum DrawingError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Cairo refused; its own words.
    case cairo(String)
    /// libpng refused; its own words.
    case png(String)
    /// Cairo's SVG had a form that the rewriting pass does not know.
    case svg(String)

    /// One sentence for the user.
    package var description: String {
        switch self {
        case .cairo(let reason): "Cairo could not draw the picture: \(reason)"
        case .png(let reason): "libpng could not write the picture: \(reason)"
        case .svg(let reason): "Cairo's SVG could not be rewritten: \(reason)"
        }
    }
}
