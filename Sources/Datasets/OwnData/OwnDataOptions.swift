/// The two forms in which users bring images of their own.
public enum OwnDataForm: String, Sendable, CaseIterable {
    /// A folder of PNG and JPEG files, with or without a folder for each class.
    case folder
    /// An array in a .npy or .npz file.
    case arrays
}

/// What a config says of images that its user brings.
public struct OwnDataOptions: Sendable, Hashable {
    /// The folder, or the file with the array; nil when the config names none.
    public var path: String?
    /// A .npy file with a class for each image.
    public var labels: String?
    /// Pixels a side that images are brought to; nil for 64 of a folder, and as they are of an array.
    public var imageSize: Int?
    /// How an image that is no square becomes one.
    public var resize = Resize.crop
    /// Grey or colour.
    public var color = ColorChoice.auto
    /// What shows through transparent pixels and fills the margins of ``Resize/fit``.
    public var background = Background.white
    /// What names the classes of a folder.
    public var classes = Classes.folders
    /// The part of the images that is kept for tests, where the data do not say themselves.
    public var testShare = 0.15
    /// What becomes of files that cannot be read.
    public var unreadable = Unreadable.error
    /// The order of an array's dimensions.
    public var layout = Layout.auto
    /// What an array's numbers mean.
    public var values = Values.auto

    /// Options at their defaults.
    public init() {}

    /// How an image that is no square becomes one.
    public enum Resize: String, Sendable, CaseIterable {
        /// The largest square in its middle.
        case crop
        /// All of it, with margins.
        case fit
        /// All of it, squeezed.
        case stretch
    }

    /// Whether images are grey or in colour.
    public enum ColorChoice: String, Sendable, CaseIterable {
        /// Grey when every image is grey.
        case auto
        /// Grey, whatever the files hold.
        case gray
        /// Red, green and blue.
        case rgb
    }

    /// What is behind transparent pixels.
    public enum Background: String, Sendable, CaseIterable {
        case white, black

        /// The value of its channels.
        var level: UInt8 { self == .white ? 255 : 0 }
    }

    /// What names the classes of a folder.
    public enum Classes: String, Sendable, CaseIterable {
        /// Its sub-folders.
        case folders
        /// Nothing: the images have no classes.
        case none
    }

    /// What becomes of files that cannot be read.
    public enum Unreadable: String, Sendable, CaseIterable {
        /// An error that names them.
        case error
        /// They are left out, and the page says so.
        case skip
    }

    /// The order of an array's dimensions.
    public enum Layout: String, Sendable, CaseIterable {
        /// Told from where 1, 3 or 4 channels can be.
        case auto
        /// Images, rows, columns, channels.
        case nhwc
        /// Images, channels, rows, columns.
        case nchw
    }

    /// What an array's numbers mean.
    public enum Values: String, Sendable, CaseIterable {
        /// Told from the smallest and the largest.
        case auto
        /// 0 black, 1 white.
        case unit = "0..1"
        /// −1 black, 1 white.
        case symmetric = "-1..1"
        /// 0 black, 255 white.
        case byte = "0..255"
    }
}
