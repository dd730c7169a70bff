import Files
import Foundation

extension SourceText {
    /// The text with letters and their accents as one character each: labels that look alike are alike,
    /// byte by byte, whichever way an editor writes them.
    var composed: SourceText {
        SourceText(name: name, text: text.precomposedStringWithCanonicalMapping)
    }
}
