/// One axis of a plot: scale, name and how much of it is drawn.
package struct Axis: Sendable {
    /// How values become places.
    package var scale: Scale
    /// What the numbers are, with their unit.
    package var label: String?
    /// Draws grid lines at the ticks.
    package var hasGrid: Bool
    /// Draws tick labels.
    package var hasLabels: Bool
    /// Counts from the top, as the rows of a matrix do; only for vertical axes.
    package var isReversed = false
    /// Ticks to use in place of round values; nil for round values.
    package var ticks: [Tick]?

    /// An axis.
    package init(
        _ scale: Scale, label: String? = nil, hasGrid: Bool = false, hasLabels: Bool = true,
        ticks: [Tick]? = nil
    ) {
        self.scale = scale
        self.label = label
        self.hasGrid = hasGrid
        self.hasLabels = hasLabels
        self.ticks = ticks
    }
}
