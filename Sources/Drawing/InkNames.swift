/// Which colour number stands for which theme colour in one drawing.
///
/// Cairo keeps no class names, only colours. So each theme colour is drawn in a colour that
/// nothing else in the drawing uses: its own, or one a 255th away when that is taken.
struct InkNames {
    private var names: [Int: String?] = [:]
    private var keys: [Ink: Color] = [:]

    /// The theme's name for a colour number; nil when it is a colour of its own.
    func name(of hexNumber: Int) -> String? { names[hexNumber] ?? nil }

    /// The colour to draw `ink` in.
    mutating func key(for ink: Ink, on appearance: Appearance) -> Color {
        let wanted = ink.color(on: appearance)
        let opaque = ink.opacity(1)
        if let known = keys[opaque] { return known.opacity(wanted.alpha) }
        let number = freeNumber(near: wanted.hexNumber, for: ink.name)
        names[number] = .some(ink.name)
        let color = Color(hex: number)
        keys[opaque] = color
        return color.opacity(wanted.alpha)
    }

    private func freeNumber(near wanted: Int, for name: String?) -> Int {
        var candidates = [wanted]
        for step in 1...16 {
            for shift in [0, 8, 16] {
                let component = (wanted >> shift) & 255
                if component >= step { candidates.append(wanted - (step << shift)) }
                if component + step <= 255 { candidates.append(wanted + (step << shift)) }
            }
        }
        return candidates.first { names[$0] == nil || names[$0] == .some(name) } ?? wanted
    }
}
