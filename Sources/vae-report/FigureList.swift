import ReportCells

/// The kinds of figures that show one run.
enum FigureList {
    private static let ofOneRun = FigureKind.allCases.filter { $0.subject == .run }

    /// Their names.
    static let kinds = ofOneRun.map(\.rawValue)

    /// The keys that a kind takes.
    static func keys(of kind: String) -> [String] {
        FigureKind(rawValue: kind)?.options.map(\.name) ?? []
    }

    /// Each kind with what it shows and the keys that it takes.
    static var text: String {
        ofOneRun.map { kind in
            let keys = kind.options.map { option in
                "    \(option.name): \(option.valuesText); \(option.standard ?? "required")\n"
                    + "        \(option.documentation)"
            }
            return (["\(kind.rawValue)\n  \(kind.summary)"] + keys).joined(separator: "\n")
        }.joined(separator: "\n")
    }
}
