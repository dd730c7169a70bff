/// A document with what became of each of its cells: all that a renderer needs.
public struct BuiltReport: Sendable {
    /// The source.
    public let document: Document
    /// What became of each cell, in document order.
    public let outcomes: [CellOutcome]
    /// Every published value and parameter, by full name.
    public let values: [String: PublishedValue]

    /// A report put together without running anything; renderers' tests do that.
    public init(document: Document, outcomes: [CellOutcome], values: [String: PublishedValue]) {
        self.document = document
        self.outcomes = outcomes
        self.values = values
    }

    /// What the command ends with: 0 fine, 1 a cell failed, 3 a check did not hold; 1 wins over 3.
    public var exitCode: Int32 {
        if outcomes.contains(where: { $0.result == nil }) { return 1 }
        return failedChecks.isEmpty ? 0 : 3
    }

    /// Checks that did not hold, in document order, each with its place.
    public var failedChecks: [FailedCheck] {
        zip(document.cells, outcomes).flatMap { cell, outcome in
            (outcome.result?.failedChecks ?? []).map { FailedCheck($0, of: cell) }
        }
    }

    /// Warnings for the top of the page, each once.
    public var banners: [String] {
        ([profileBanner].compactMap(\.self) + outcomes.flatMap { $0.result?.banners ?? [] }).reduce(
            into: []) { result, banner in
                if !result.contains(banner) { result.append(banner) }
            }
    }

    /// What a short build says of itself; nil for a whole one.
    private var profileBanner: String? {
        let settings = document.overrides.filter { $0.profile != nil }
        guard let name = settings.first?.profile else { return nil }
        let list = settings.map { "\($0.key)=\($0.value.scalarText ?? $0.value.canonical)" }
        return "This is the short '\(name)' build: \(list.joined(separator: ", ")): "
            + "its numbers are not the report's."
    }

    /// Facts for the footer, each once.
    public var stamp: [Fact] {
        outcomes.flatMap { $0.result?.stamp ?? [] }.reduce(into: []) { result, fact in
            if !result.contains(fact) { result.append(fact) }
        }
    }

    /// One line a cell on why it ran or was reused, for `--explain`.
    public var explanation: [String] {
        document.plan.order.map { index in
            let cell = document.cells[index]
            let name = cell.label.map { "\(cell.kind) \($0)" } ?? cell.id
            return switch outcomes[index] {
            case .ran(_, let reason): "\(name): ran, because \(reason)"
            case .reused: "\(name): reused, nothing it depends on changed"
            case .failed(let message): "\(name): failed, \(message)"
            case .skipped(let id): "\(name): skipped, because \(id) has no result"
            }
        }
    }

    /// Why a published value is not there: the outcome of its publisher in words.
    public func absence(of name: String) -> String {
        guard let id = document.publishers[name]?.cell,
            let cell = document.cells.first(where: { $0.id == id })
        else { return "nothing publishes it" }
        return switch outcomes[cell.index] {
        case .failed: "the cell '\(id)' failed"
        case .skipped(let upstream): "the cell '\(id)' was skipped because '\(upstream)' failed"
        case .ran, .reused: "the cell '\(id)' did not publish it"
        }
    }
}

/// What became of a cell.
public enum CellOutcome: Sendable, Equatable {
    /// It was computed, and why it was not reused.
    case ran(CellResult, reason: String)
    /// It came from the cache.
    case reused(CellResult)
    /// It threw; the message.
    case failed(String)
    /// A cell it depends on, named here, has no result.
    case skipped(because: String)

    /// The result, when there is one.
    public var result: CellResult? {
        switch self {
        case .ran(let result, _), .reused(let result): result
        case .failed, .skipped: nil
        }
    }
}
