internal import CCairo
internal import CPNG

/// The libraries that draw.
package enum DrawingLibraries {
    /// Cairo's version, such as "1.16.0".
    package static var cairo: String { String(cString: cairo_version_string()) }
    /// Pango's version.
    package static var pango: String { String(cString: pango_version_string()) }
    /// libpng's version.
    package static var png: String { String(cString: png_get_libpng_ver(nil)) }
}
