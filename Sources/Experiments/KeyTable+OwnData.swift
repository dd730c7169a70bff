extension KeyTable {
    /// Images of the user's own, and how they become squares of one size.
    static let ownData = [
        key(
            "data.path", .text, .null, .nothing,
            "With data.dataset: folder the folder of PNG and JPEG files, with or without a folder for each "
                + "class, or with train and test below it; with data.dataset: arrays a .npy or .npz file. "
                + "Relative to the folder you build in."),
        key(
            "data.labels", .text, .null, .nothing,
            "A .npy file with a whole number for each image of an array: its class."),
        key(
            "data.image_size", .integer(8...512), .null, .training,
            "Pixels a side that images are brought to, by averaging areas; 64 for a folder when unset, and "
                + "an array's own."),
        key(
            "data.resize", .choice(["crop", "fit", "stretch"]), .text("crop"), .training,
            "How an image that is no square becomes one: the square in its middle, all of it with "
                + "margins, or all of it squeezed."),
        key(
            "data.color", .choice(["auto", "gray", "rgb"]), .text("auto"), .training,
            "Whether images are grey or in colour; auto takes grey when every image is grey."),
        key(
            "data.background", .choice(["white", "black"]), .text("white"), .training,
            "What is behind transparent pixels, and in the margins of data.resize: fit."),
        key(
            "data.classes", .choice(["folders", "none"]), .text("folders"), .training,
            "Whether the sub-folders of a folder are classes."),
        key(
            "data.test_share", .number(0...0.9, isPositive: true), .number(0.15), .training,
            "The part of the images that is kept for tests, where the data do not say themselves. An "
                + "image's content decides, so it never changes sides, whatever is added or renamed."
        ),
        key(
            "data.unreadable", .choice(["error", "skip"]), .text("error"), .training,
            "What to do about files that cannot be read: stop and name them, or leave them out and say so "
                + "on the page."),
        key(
            "data.layout", .choice(["auto", "nhwc", "nchw"]), .text("auto"), .training,
            "Whether an array's channels are last or second; auto finds where 1, 3 or 4 of them can be."
        ),
        key(
            "data.values", .choice(["auto", "0..1", "-1..1", "0..255"]), .text("auto"), .training,
            "What an array's numbers mean; auto tells from the smallest and the largest. They are kept in "
                + "256 levels."),
    ]
}
