import Charts
import Drawing

/// Figure 10: where the encoder puts the test images, seen in a plane, coloured by class.
package struct LatentScatter: Figure {
    /// What the two axes are.
    package enum Plane: Sendable {
        /// The two latent dimensions themselves.
        case latent
        /// Two chosen dimensions of more.
        case dimensions(Int, Int)
        /// The first two principal components, with the share of variance each explains.
        case principal(first: Double, second: Double)
    }

    /// Posterior means in the plane, one per image.
    package var points: [Datum]
    /// Class of each image; empty when there are none.
    package var labels: [Int]
    /// Names of the classes.
    package var classNames: [String]
    /// What the axes are.
    package var plane: Plane
    /// Number of latent dimensions.
    package var latentSize: Int
    /// Where the prior's mean falls in the plane.
    package var priorCentre: Datum
    /// Decoded images on a square grid of codes, rows from the top; empty unless there are two
    /// dimensions.
    package var manifold: [ImageTile]
    /// The manifold reaches from −this to this along both axes.
    package var manifoldRange: Double

    package let title = "Latent space"

    /// A scatter of posterior means.
    package init(
        points: [Datum], labels: [Int], classNames: [String], plane: Plane, latentSize: Int,
        priorCentre: Datum = Datum(0, 0), manifold: [ImageTile] = [], manifoldRange: Double = 2
    ) {
        self.points = points
        self.labels = labels
        self.classNames = classNames
        self.plane = plane
        self.latentSize = latentSize
        self.priorCentre = priorCentre
        self.manifold = manifold
        self.manifoldRange = manifoldRange
    }

    private var classCount: Int { max(classNames.count, (labels.max() ?? -1) + 1) }
    private var hasManyClasses: Bool { classCount > 20 }

    package func chart() -> Chart {
        let legend = Legend(legendEntries)
        if !manifold.isEmpty {
            let row = Row([scatter, manifoldGrid])
            return Chart(Column((classCount > 1 ? [legend] : []) + [row], spacing: 12))
        }
        guard !hasManyClasses, classCount > 1 else {
            let plot = Row([scatter, Column([])], weights: [3, 1])
            return Chart(Column([plot, legend], spacing: 12))
        }
        var list = legend
        list.arrangement = .list
        let key = Column(
            [
                TextBlock("Class", Theme.title), list,
                TextBlock("Dashed circles: one and two standard deviations of the prior."),
            ],
            spacing: 8)
        return Chart(Row([scatter, key], weights: [3.2, 1], spacing: 20))
    }

    private var scatter: Plot {
        let reach = reach
        let (across, down) = axisNames
        return Plot(
            x: Axis(
                .linear(priorCentre.x - reach, priorCentre.x + reach), label: across, hasGrid: true),
            y: Axis(
                .linear(priorCentre.y - reach, priorCentre.y + reach), label: down, hasGrid: true),
            marks: [
                .points(
                    PointSet(
                        points: points.filter { $0.x.isFinite && $0.y.isFinite },
                        groups: finiteLabels, inks: inks, radius: points.count > 4000 ? 1.25 : 1.7))
            ] + circles + names,
            innerHeight: nil)
    }

    private var finiteLabels: [Int] {
        guard !labels.isEmpty else { return [] }
        return zip(points, labels).filter { $0.0.x.isFinite && $0.0.y.isFinite }.map(\.1)
    }

    private var inks: [Ink] {
        classCount == 0
            ? [Theme.palette[0]]
            : (0..<classCount).map { Theme.category($0, of: classCount) }
    }

    /// Half the side of the square that shows all points but the farthest few, and both circles.
    private var reach: Double {
        let distances = points.flatMap { [abs($0.x - priorCentre.x), abs($0.y - priorCentre.y)] }
            .filter(\.isFinite).sorted()
        guard !distances.isEmpty else { return 3 }
        let far = distances[min(distances.count - 1, Int(Double(distances.count) * 0.9995))]
        return max(far * 1.05, 2.3)
    }

    private var circles: [Mark] {
        let stroke = Stroke(Theme.ink, width: 1.1, dash: [4, 3], isRound: false)
        return [1.0, 2.0].map {
            .circle(
                center: priorCentre, radius: $0, stroke,
                label: "\(NumberText.fixed($0, decimals: 0))σ")
        }
    }

    /// Class names at the medians of their points, where there are few enough to read and none covers
    /// another; none where most of them would. The legend has them all.
    private var names: [Mark] {
        guard classCount > 1, classCount <= 12 else { return [] }
        var style = Theme.title
        style.size = 14
        let unit = 2 * reach / Self.innerWidth
        var taken: [(middle: Datum, width: Double)] = []
        let names: [Mark] = (0..<classCount).compactMap { index in
            guard let middle = median(of: index), classNames.indices.contains(index) else {
                return nil
            }
            let width = Double(classNames[index].count) * 8.5 * unit
            let isFree = taken.allSatisfy { other in
                abs(other.middle.x - middle.x) > (other.width + width) / 2
                    || abs(other.middle.y - middle.y) > 18 * unit
            }
            guard isFree else { return nil }
            taken.append((middle, width))
            return .note(classNames[index], at: middle, style)
        }
        return 2 * names.count < classCount ? [] : names
    }

    /// About how many points the square of the plot is wide.
    private static let innerWidth = 520.0

    func median(of label: Int) -> Datum? {
        let members = zip(points, labels).filter { $0.1 == label && $0.0.x.isFinite }.map(\.0)
        guard !members.isEmpty else { return nil }
        let (x, y) = (members.map(\.x).sorted(), members.map(\.y).sorted())
        return Datum(x[x.count / 2], y[y.count / 2])
    }

    private var axisNames: (String, String) {
        switch plane {
        case .latent: ("z0 →", "↑ z1")
        case .dimensions(let first, let second): ("z\(first) →", "↑ z\(second)")
        case .principal(let first, let second):
            (
                "PC 1 (\(NumberText.percent(first)) of variance) →",
                "↑ PC 2 (\(NumberText.percent(second)) of variance)"
            )
        }
    }

    private var legendEntries: [Legend.Entry] {
        guard classCount > 1 else {
            return [Legend.Entry(.dot(inks[0]), classNames.first ?? "posterior means")]
        }
        return (0..<classCount).map { index in
            let name = classNames.indices.contains(index) ? classNames[index] : "class \(index)"
            return Legend.Entry(.dot(inks[index]), name)
        }
    }

    private var manifoldGrid: ImageGrid {
        let side = max(1, Int(Double(manifold.count).squareRoot().rounded()))
        let range = NumberText.trimmed(manifoldRange)
        return ImageGrid(
            subtitle: "Decoded, z0 and z1 from −\(range) to \(range)",
            tiles: manifold.map(\.bitmap),
            columns: side)
    }
}
