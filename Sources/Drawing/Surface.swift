internal import CCairo

/// A Cairo surface and its context, released together.
final class Surface {
    /// What is drawn on.
    let surface: OpaquePointer
    /// The pen.
    let context: OpaquePointer
    /// Collects the bytes of an SVG; nil for surfaces of pixels.
    private let sink: ByteSink?

    private final class ByteSink {
        var bytes: [UInt8] = []
    }

    private init(_ surface: OpaquePointer?, sink: ByteSink?) throws {
        guard let surface else { throw DrawingError.cairo("no surface was made") }
        let status = cairo_surface_status(surface)
        guard status == CAIRO_STATUS_SUCCESS, let context = cairo_create(surface) else {
            cairo_surface_destroy(surface)
            throw DrawingError.cairo(String(cString: cairo_status_to_string(status)))
        }
        self.surface = surface
        self.context = context
        self.sink = sink
    }

    deinit {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
    }

    /// A surface that writes SVG, one unit per point.
    static func svg(_ size: Size) throws -> Surface {
        let sink = ByteSink()
        let surface = cairo_svg_surface_create_for_stream(
            { closure, data, length in
                guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
                let sink = Unmanaged<ByteSink>.fromOpaque(closure).takeUnretainedValue()
                sink.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
                return CAIRO_STATUS_SUCCESS
            },
            Unmanaged.passUnretained(sink).toOpaque(), size.width, size.height)
        let result = try Surface(surface, sink: sink)
        cairo_svg_surface_set_document_unit(result.surface, CAIRO_SVG_UNIT_PX)
        return result
    }

    /// A surface of pixels with colour and opacity, all clear.
    static func pixels(width: Int, height: Int) throws -> Surface {
        try Surface(
            cairo_image_surface_create(CAIRO_FORMAT_ARGB32, Int32(width), Int32(height)), sink: nil)
    }

    /// A surface of one byte a pixel: how much of it is covered.
    static func coverage(width: Int, height: Int) throws -> Surface {
        try Surface(
            cairo_image_surface_create(CAIRO_FORMAT_A8, Int32(width), Int32(height)), sink: nil)
    }

    /// Ends an SVG and gives its text.
    func finishedSVG() throws -> String {
        cairo_surface_finish(surface)
        try checkStatus()
        return String(decoding: sink?.bytes ?? [], as: UTF8.self)
    }

    /// The pixels, opacity made straight.
    func bitmap() throws -> Bitmap {
        cairo_surface_flush(surface)
        try checkStatus()
        guard let data = cairo_image_surface_get_data(surface) else {
            throw DrawingError.cairo("the surface has no pixels")
        }
        let width = Int(cairo_image_surface_get_width(surface))
        let height = Int(cairo_image_surface_get_height(surface))
        let stride = Int(cairo_image_surface_get_stride(surface))
        var pixels = [UInt8](repeating: 0, count: width * height * 4)
        for row in 0..<height {
            for column in 0..<width {
                let source = row * stride + column * 4
                let alpha = Int(data[source + 3])
                guard alpha > 0 else { continue }
                let target = (row * width + column) * 4
                for channel in 0..<3 {
                    let value = Int(data[source + 2 - channel])
                    pixels[target + channel] = UInt8(min(255, (value * 255 + alpha / 2) / alpha))
                }
                pixels[target + 3] = UInt8(alpha)
            }
        }
        return Bitmap(width: width, height: height, pixels: pixels)
    }

    /// The coverage of each pixel, `[height, width]`, 0 … 255.
    func coverage() throws -> [UInt8] {
        cairo_surface_flush(surface)
        try checkStatus()
        guard let data = cairo_image_surface_get_data(surface) else {
            throw DrawingError.cairo("the surface has no pixels")
        }
        let width = Int(cairo_image_surface_get_width(surface))
        let height = Int(cairo_image_surface_get_height(surface))
        let stride = Int(cairo_image_surface_get_stride(surface))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(width * height)
        for row in 0..<height {
            bytes.append(
                contentsOf: UnsafeBufferPointer(start: data + row * stride, count: width))
        }
        return bytes
    }

    private func checkStatus() throws {
        for status in [cairo_status(context), cairo_surface_status(surface)]
        where status != CAIRO_STATUS_SUCCESS {
            throw DrawingError.cairo(String(cString: cairo_status_to_string(status)))
        }
    }
}
