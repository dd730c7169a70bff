import Foundation

/// A training that is going on, for the panel that a preview shows above the page.
public struct TrainingPanel: Sendable {
    /// An image with its caption.
    public struct Picture: Sendable {
        let caption: String
        let png: [UInt8]

        /// A PNG file's bytes and what they show.
        public init(caption: String, png: [UInt8]) {
            self.caption = caption
            self.png = png
        }
    }

    let heading: String
    let share: Double?
    let note: String
    let curves: String?
    let pictures: [Picture]

    /// A panel: plain words, the share that is done, a drawing as an SVG element, images.
    public init(
        heading: String, share: Double?, note: String, curves: String?, pictures: [Picture]
    ) {
        self.heading = heading
        self.share = share
        self.note = note
        self.curves = curves
        self.pictures = pictures
    }

    /// The panel as an element; words are escaped.
    public var element: String {
        let bar = share.map { share in
            let value = String(format: "%.3f", min(1, max(0, share)))
            return
                "<progress value=\"\(value)\" aria-label=\"share of the epochs done\"></progress>"
        }
        let images = pictures.map { picture in
            let caption = Escape.text(picture.caption)
            return """
                <figure><img alt="\(caption)" src="data:image/png;base64,\
                \(Data(picture.png).base64EncodedString())"><figcaption>\(caption)</figcaption></figure>
                """
        }
        return """
            <section class="training-now"><h2>\(Escape.text(heading))</h2>\(bar ?? "")
            <p>\(Escape.text(note))</p>
            \(curves.map { "<div class=\"curves\">\($0)</div>" } ?? "")
            <div class="pictures">\(images.joined(separator: "\n"))</div></section>
            """
    }

    /// How panels look; drawings take their colours from the page's own style sheet for figures.
    static let style = """
        .training-now{font:15px/1.5 system-ui,sans-serif;max-width:62rem;margin:1rem auto;padding:.75rem 1.25rem;\
        border:1px solid #8886;border-left:4px solid #2f7de1;border-radius:6px}
        .training-now h2{font-size:1.1rem;margin:0 0 .4rem}
        .training-now p{margin:.4rem 0;overflow-wrap:anywhere}
        .training-now progress{width:100%}
        .training-now svg{max-width:100%;height:auto}
        .training-now .pictures{display:flex;flex-wrap:wrap;gap:1rem}
        .training-now figure{margin:0;flex:1 1 16rem;max-width:36rem}
        .training-now img{width:100%;height:auto;image-rendering:pixelated}
        .training-now figcaption{font-size:.85rem;opacity:.75}
        """
}
