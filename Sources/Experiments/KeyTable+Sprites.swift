extension KeyTable {
    /// Which sprites are drawn: one image for each combination of the factors.
    static let sprites = [
        key(
            "data.sprite_size", .choice(["32", "64"]), .text("64"), .training,
            "Pixels a side of a sprite's image."),
        key(
            "data.sprite_shapes", .integer(1...3), .integer(3), .training,
            "How many shapes: square, ellipse, heart, in this order."),
        key(
            "data.sprite_scales", .integer(1...64), .integer(4), .training,
            "How many sizes, in equal steps from half to full."),
        key(
            "data.sprite_orientations", .integer(1...128), .integer(10), .training,
            "How many angles, in equal steps over data.sprite_turn."),
        key(
            "data.sprite_turn", .number(0...360, isPositive: true), .number(90), .training,
            "Degrees over which the angles are spread, the end left out. Up to 90 no two images are "
                + "alike; at 360, as in dSprites, squares look alike at four angles and ellipses at two."
        ),
        key(
            "data.sprite_x", .integer(1...64), .integer(16), .training,
            "How many places from left to right."),
        key(
            "data.sprite_y", .integer(1...64), .integer(16), .training,
            "How many places from top to bottom. A fifth of all combinations, at most 10,000, is "
                + "shuffled away for tests."),
    ]
}
