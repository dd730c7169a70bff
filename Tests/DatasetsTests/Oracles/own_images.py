"""Writes own_images.json: small image files and arrays with what Pillow and NumPy read from them.

usage: python own_images.py   (Pillow 13, NumPy 2)
"""

import base64
import io
import json
import pathlib
import struct
import zlib

import numpy as np
from PIL import Image, ImageOps

random = np.random.default_rng(7)
SIDE = 16


def text(data):
    return base64.b64encode(bytes(data)).decode()


def planar(pixels):
    """Bytes (rows, columns, channels) as (channels, rows, columns), grey three times."""
    pixels = np.asarray(pixels)
    if pixels.ndim == 2:
        pixels = np.repeat(pixels[:, :, None], 3, axis=2)
    return np.round(pixels).astype("uint8").transpose(2, 0, 1).tobytes()


def smooth(rows, columns, channels):
    """An image without symmetries that a JPEG keeps well."""
    y, x = np.mgrid[0:rows, 0:columns]
    parts = [
        127 + 100 * np.sin((c + 1) * x / columns * 3 + c) * np.cos((2 - c) * y / rows * 2 + 0.4)
        for c in range(channels)
    ]
    return np.clip(np.stack(parts, axis=2), 0, 255).astype("uint8").squeeze()


def saved(image, form, **options):
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(rows, columns, depth, color_type, passes, interlaced=0):
    """A PNG file from unfiltered rows of bytes, pass after pass."""
    data = b"".join(b"\0" + row.tobytes() for rows_of in passes for row in rows_of)
    head = struct.pack(">IIBBBBB", columns, rows, depth, color_type, 0, 0, interlaced)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(data))
            + chunk(b"IEND", b""))


def on_white(pixels, opacity):
    return np.asarray(pixels, float) * opacity / 255 + 255 * (1 - opacity / 255.0)


def images():
    grey = random.integers(0, 256, (SIDE, SIDE), dtype="uint8")
    color = random.integers(0, 256, (SIDE, SIDE, 3), dtype="uint8")
    alpha = random.integers(0, 256, (SIDE, SIDE), dtype="uint8")
    found = []

    def add(name, file, pixels, tolerance=0):
        found.append({"name": name, "file": text(file), "pixels": text(planar(pixels)),
                      "tolerance": tolerance})

    add("grey.png", saved(Image.fromarray(grey), "PNG"), grey)
    bits = Image.fromarray(grey).point(lambda v: 255 if v > 127 else 0).convert("1")
    add("one-bit.png", saved(bits, "PNG"), np.asarray(bits) * 255)
    wide = random.integers(0, 65536, (SIDE, SIDE), dtype="uint16")
    add("sixteen-bit.png", png(SIDE, SIDE, 16, 0, [wide.astype(">u2")]), np.floor(wide / 257 + 0.5))
    deep = random.integers(0, 65536, (SIDE, SIDE, 3), dtype="uint16")
    add("sixteen-bit-colour.png", png(SIDE, SIDE, 16, 2, [deep.astype(">u2")]),
        np.floor(deep / 257 + 0.5))
    add("colour.png", saved(Image.fromarray(color), "PNG"), color)
    add("opacity.png", saved(Image.fromarray(np.dstack([color, alpha])), "PNG"),
        on_white(color, alpha[:, :, None]), 1)
    add("grey-opacity.png", saved(Image.fromarray(np.dstack([grey, alpha]), "LA"), "PNG"),
        on_white(grey, alpha), 1)
    palette = Image.fromarray(color).quantize(16)
    add("palette.png", saved(palette, "PNG"), np.asarray(palette.convert("RGB")))
    places = np.asarray(palette)
    add("palette-transparent.png", saved(palette, "PNG", transparency=3),
        np.where((places == 3)[:, :, None], 255, np.asarray(palette.convert("RGB"))))
    adam7 = [color[y::dy, x::dx] for y, x, dy, dx in
             [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2),
              (1, 0, 2, 1)]]
    interlaced = png(SIDE, SIDE, 8, 2, adam7, interlaced=1)
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(interlaced))), color)
    add("interlaced.png", interlaced, color)

    photo, print_ = smooth(SIDE, SIDE, 3), smooth(SIDE, SIDE, 4)
    for name, image, options in [
        ("photo.jpg", Image.fromarray(photo), {"quality": 95, "subsampling": 0}),
        ("halved-colour.jpg", Image.fromarray(photo), {"quality": 90, "subsampling": 2}),
        ("progressive.jpg", Image.fromarray(photo), {"quality": 90, "progressive": True}),
        ("grey.jpg", Image.fromarray(smooth(SIDE, SIDE, 1)), {"quality": 90}),
    ]:
        file = saved(image, "JPEG", **options)
        add(name, file, np.asarray(Image.open(io.BytesIO(file))), 1)
    file = saved(Image.fromarray(print_, "CMYK"), "JPEG", quality=95)
    inks = 255.0 - np.asarray(Image.open(io.BytesIO(file)), float)
    add("inks.jpg", file, inks[:, :, :3] * inks[:, :, 3:] / 255, 1)
    for value in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = value
        for ending, form in [("jpg", "JPEG"), ("png", "PNG")]:
            file = saved(Image.fromarray(photo), form, exif=exif)
            upright = ImageOps.exif_transpose(Image.open(io.BytesIO(file)))
            add(f"orientation-{value}.{ending}", file, np.asarray(upright.convert("RGB")), 1)
    return found


def mean_of_areas(pixels, rows, columns):
    """Exact means: every pixel repeated until both sizes divide it."""
    tall = pixels.astype(float).repeat(rows, axis=0)
    tall = tall.reshape(rows, pixels.shape[0], *pixels.shape[1:]).mean(axis=1)
    wide = tall.repeat(columns, axis=1)
    return wide.reshape(rows, columns, pixels.shape[1], -1).mean(axis=2)


def between(pixels, rows, columns):
    """Linear interpolation between the centres of pixels, the outermost repeated."""
    def along(size, new):
        place = np.clip((np.arange(new) + 0.5) * size / new - 0.5, 0, size - 1)
        before = np.floor(place).astype(int)
        return before, np.minimum(before + 1, size - 1), place - before
    a, b, t = along(pixels.shape[0], rows)
    tall = pixels[a] * (1 - t)[:, None, None] + pixels[b] * t[:, None, None]
    a, b, t = along(pixels.shape[1], columns)
    return tall[:, a] * (1 - t)[None, :, None] + tall[:, b] * t[None, :, None]


def sizes():
    found = []
    for rows, columns in [(37, 53), (53, 37), (64, 16), (5, 7)]:
        pixels = random.integers(0, 256, (rows, columns, 3), dtype="uint8")
        side, low = min(rows, columns), rows < SIDE
        resize = between if low else mean_of_areas
        top, left = (rows - side) // 2, (columns - side) // 2
        long = max(rows, columns)
        height, width = (max(1, round(n * SIDE / long)) for n in (rows, columns))
        fitted = np.zeros((SIDE, SIDE, 3))
        y, x = (SIDE - height) // 2, (SIDE - width) // 2
        fitted[y:y + height, x:x + width] = resize(pixels, height, width)
        found.append({
            "file": text(saved(Image.fromarray(pixels), "PNG")),
            "crop": text(planar(np.floor(
                resize(pixels[top:top + side, left:left + side], SIDE, SIDE) + 0.5))),
            "fit": text(planar(np.floor(fitted + 0.5))),
            "stretch": text(planar(np.floor(resize(pixels, SIDE, SIDE) + 0.5))),
        })
    return found


def array(values, version=None):
    buffer = io.BytesIO()
    if version:
        np.lib.format.write_array(buffer, values, version=version)
    else:
        np.save(buffer, values)
    return buffer.getvalue()


def arrays():
    grey = random.integers(0, 256, (20, 8, 8), dtype="uint8")
    color = random.integers(0, 256, (20, 8, 8, 3), dtype="uint8")
    first = color.transpose(0, 3, 1, 2)
    signed = random.uniform(-1, 1, (20, 8, 8))
    dark = random.integers(0, 2, (20, 8, 8))
    found = [
        ("bytes", array(grey), grey[:, None]),
        ("bytes, version 2", array(grey, (2, 0)), grey[:, None]),
        ("bytes, version 3", array(grey, (3, 0)), grey[:, None]),
        ("colour last", array(color), first),
        ("colour first", array(np.ascontiguousarray(first)), first),
        ("one channel last", array(grey[..., None]), grey[:, None]),
        ("float32 to 1", array((grey / 255).astype("float32")), grey[:, None]),
        ("float64 to 255", array(grey.astype("float64")), grey[:, None]),
        ("float64 about 0", array(signed), np.round((signed + 1) * 127.5)[:, None]),
        ("truth values", array(dark.astype(bool)), dark[:, None] * 255),
        ("bytes that are 0 or 1", array(dark.astype("uint8")), dark[:, None] * 255),
        ("int64", array(grey.astype("int64")), grey[:, None]),
    ]
    return [{"name": name, "file": text(file), "channels": int(pixels.shape[1]),
             "pixels": text(np.asarray(pixels).astype("uint8").tobytes())}
            for name, file, pixels in found]


def archives():
    grey = random.integers(0, 256, (20, 8, 8), dtype="uint8")
    labels = random.integers(3, 6, 20)
    found = []
    for name, write, parts in [
        ("stored", np.savez, {"images": grey, "labels": labels}),
        ("deflated", np.savez_compressed, {"images": grey, "labels": labels, "other": labels}),
        ("split", np.savez_compressed, {"x_train": grey[:12], "y_train": labels[:12],
                                        "x_test": grey[12:], "y_test": labels[12:, None]}),
        ("unnamed", np.savez, None),
    ]:
        buffer = io.BytesIO()
        write(buffer, grey, labels) if parts is None else write(buffer, **parts)
        found.append({"name": name, "file": text(buffer.getvalue())})
    return {"files": found, "pixels": text(grey.tobytes()), "labels": [int(n) for n in labels]}


def refused():
    grey = random.integers(0, 256, (20, 8, 8), dtype="uint8")
    far = (grey / 255 * 3).astype("float32")
    gap = (grey / 255).astype("float32")
    gap[4, 1, 1] = np.nan
    found = [
        ("Fortran order", array(np.asfortranarray(grey)), "numpy.ascontiguousarray"),
        ("big-endian", array((grey / 255).astype(">f4")), "numbers of the type '>f4'"),
        ("complex", array(grey.astype("complex64")), "array.astype('float32')"),
        ("flat", array(grey.reshape(20, 64)), "array.reshape(-1, 8, 8)"),
        ("five dimensions", array(grey[None, ..., None]), "shape (1, 20, 8, 8, 1)"),
        ("two channels", array(np.stack([grey, grey], axis=3)), "shape (20, 8, 8, 2)"),
        ("no images", array(grey[:0]), "there are no images"),
        ("out of range", array(far), "go from 0.0 to 3.0"),
        ("a gap", array(gap), "image 4 holds a number that is infinite or none"),
        ("no square", array(grey[:, :6]), "6 rows and 8 columns"),
        ("objects", array(np.array([{}], dtype=object)), "numbers of the type '|O'"),
    ]
    return [{"name": name, "file": text(file), "says": says} for name, file, says in found]


here = pathlib.Path(__file__).parent
content = {"side": SIDE, "images": images(), "sizes": sizes(), "arrays": arrays(),
           "archives": archives(), "refused": refused()}
(here / "own_images.json").write_text(json.dumps(content, indent=1) + "\n")
