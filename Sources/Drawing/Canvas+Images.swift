internal import CCairo
import Foundation

extension Canvas {
    /// Draws a block of pixels into `area`, in an SVG as one embedded PNG.
    ///
    /// - Parameter isSmooth: blends neighbouring pixels; otherwise each pixel is a hard-edged
    ///   rectangle, as it has to be where the pixels are the data.
    package func draw(_ bitmap: Bitmap, in area: Rectangle, isSmooth: Bool = false) throws {
        guard bitmap.width > 0, bitmap.height > 0, area.width > 0, area.height > 0 else { return }
        let image = try Surface.pixels(width: bitmap.width, height: bitmap.height)
        image.replacePixels(with: bitmap)
        if cairo_surface_get_type(cairo_get_target(context)) == CAIRO_SURFACE_TYPE_SVG {
            let png = try bitmap.png()
            image.attach(png: png)
            if isSmooth { smoothImages.insert(Data(png).base64EncodedString()) }
        }
        cairo_save(context)
        defer { cairo_restore(context) }
        cairo_translate(context, area.x, area.y)
        cairo_scale(
            context, area.width / Double(bitmap.width), area.height / Double(bitmap.height))
        cairo_set_source_surface(context, image.surface, 0, 0)
        cairo_pattern_set_filter(
            cairo_get_source(context), isSmooth ? CAIRO_FILTER_GOOD : CAIRO_FILTER_NEAREST)
        cairo_paint(context)
    }
}

extension Surface {
    /// Overwrites every pixel; the bitmap has the surface's size.
    fileprivate func replacePixels(with bitmap: Bitmap) {
        cairo_surface_flush(surface)
        guard let data = cairo_image_surface_get_data(surface) else { return }
        let stride = Int(cairo_image_surface_get_stride(surface))
        let pixels = bitmap.pixels
        for row in 0..<bitmap.height {
            for column in 0..<bitmap.width {
                let source = (row * bitmap.width + column) * 4
                let target = row * stride + column * 4
                let alpha = Int(pixels[source + 3])
                for channel in 0..<3 {
                    data[target + 2 - channel] = UInt8(
                        (Int(pixels[source + channel]) * alpha + 127) / 255)
                }
                data[target + 3] = UInt8(alpha)
            }
        }
        cairo_surface_mark_dirty(surface)
    }

    /// Gives Cairo the PNG to embed in place of one it would write itself.
    fileprivate func attach(png: [UInt8]) {
        let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: png.count)
        bytes.initialize(from: png, count: png.count)
        let status = cairo_surface_set_mime_data(
            surface, "image/png", bytes, UInt(png.count), { $0?.deallocate() }, bytes)
        if status != CAIRO_STATUS_SUCCESS { bytes.deallocate() }
    }
}
