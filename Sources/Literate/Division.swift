/// What stands between a line `::: name` and the line `:::` that closes it.
enum Division: String, CaseIterable {
    /// Tabs, one for each heading.
    case tabs
    /// The place of the reference list.
    case references

    /// A division by what stands after its colons, our word or Quarto's: `tabs`, `{.panel-tabset}`.
    init?(written: String) {
        switch written {
        case "tabs", "{.tabs}", "{.panel-tabset}": self = .tabs
        case "references", "{.references}", "{#refs}": self = .references
        default: return nil
        }
    }
}
