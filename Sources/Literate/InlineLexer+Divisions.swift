import Files

/// Lines of three colons or more, which open and close divisions.
extension InlineLexer {
    private static let mostOpenDivisions = 20

    mutating func takeDivision() throws {
        let end = endOfLine(position)
        let words = Substring(string(position..<end)).trimming(":").trimming(" ")
        let length = end - position
        if words.isEmpty {
            guard openDivisions.popLast() != nil else {
                throw error(
                    "this ':::' closes nothing", at: position, length: length,
                    suggestion: "delete it, or open the division with '::: tabs'")
            }
            return emit(.divisionEnd, length: length, alone: true)
        }
        guard let division = Division(written: String(words)) else {
            let colons = Substring(string(position..<end)).prefix { $0 == ":" || $0 == " " }.count
            throw error(
                "unknown division '\(words)'", at: position + colons, length: words.count,
                suggestion: Suggestion.forName(
                    String(words), among: Division.allCases.map(\.rawValue), called: "divisions"))
        }
        guard openDivisions.count < InlineLexer.mostOpenDivisions else {
            throw error(
                "more than \(InlineLexer.mostOpenDivisions) divisions stand inside one another",
                at: position, length: length, suggestion: "close those before it with ':::'")
        }
        openDivisions.append(position)
        emit(.division(division, location(position, length: length)), length: length, alone: true)
    }

    /// Refuses a division that nothing closes.
    func checkDivisions() throws {
        guard let open = openDivisions.last else { return }
        throw error(
            "the division that begins here is not closed", at: open,
            length: endOfLine(open) - open, suggestion: "end it with a line ':::'")
    }
}
