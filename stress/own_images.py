"""Images as files: PNG, NumPy arrays and CIFAR's, written without any package."""
import struct
import zipfile
import zlib

FLOATS = {"NaN": float("nan"), "infinity": float("inf"), "minus infinity": float("-inf"), "1e38": 1e38, "a constant 0.5": 0.5}
LOSSES = ("bce", "gaussian", "discretized_logistic", "laplace", "continuous_bernoulli", "l2")


def png(size, seed):
    """A grey PNG of `size` pixels a side with slanted stripes that `seed` tells apart."""
    rows = b"".join(b"\0" + bytes((x * seed + y) % 256 for x in range(size)) for y in range(size))

    return png_file(struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0), zlib.compress(rows))


def png_file(header, pixels):
    """A PNG of a header and compressed rows."""
    return (b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", pixels)
            + png_chunk(b"IEND", b""))


def png_chunk(kind, data, claimed=None):
    """A part of a PNG; `claimed` is the length that it gives instead of its own."""
    length = len(data) if claimed is None else claimed
    return struct.pack(">I", length) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def huge_images():
    """(what, file, whether it is refused) of images that are small as files and large in memory."""
    def zeros(width, height, color, depth, rows):
        channels = {0: 1, 2: 3, 4: 2, 6: 4}[color]
        row = bytes(1 + width * channels * depth // 8)
        squeeze = zlib.compressobj(9)
        data = b"".join(squeeze.compress(row) for _ in range(rows)) + squeeze.flush()
        return png_file(struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0), data)
    yield "100 million colours and opacities", zeros(10_000, 10_000, 6, 8, 10_000), False
    yield "100 million colours of 16 bits", zeros(10_000, 10_000, 2, 16, 10_000), False
    yield "100 million pixels that are not there", zeros(10_000, 10_000, 6, 8, 1), True
    yield "more than 100 million pixels", zeros(10_001, 10_000, 0, 8, 1), True
    small = png(8, 3)
    for kind in (b"zTXt", b"tEXt", b"iTXt", b"iCCP", b"sPLT", b"eXIf", b"vaEr", b"tRNS", b"PLTE"):
        for claimed in (100 << 20, (1 << 31) - 1):
            claim = png_chunk(kind, b"a" * 100, claimed)
            yield f"a chunk {kind.decode()} of {claimed} bytes", small[:33] + claim + small[33:], True


def folder(place, count, size):
    """PNGs of two classes below `place`."""
    for index in range(count):
        path = place / f"{'ab'[index % 2]}/{index}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(png(size, index + 1))
    place.mkdir(exist_ok=True)
    return {"data.dataset": "folder", "data.path": place.name, "data.image_size": size}


def array(path, count, image, size=16, kind="|u1"):
    """A .npy of `count` images `image(i)`, each the bytes of `size` × `size` numbers of `kind`."""
    path.write_bytes(npy(range(count), image, size, kind))
    return {"data.dataset": "arrays", "data.path": path.name}


def split_arrays(path, count, tests, image, size=16, kind="|u1"):
    """A .npz of `count` images to train on and `tests` more to test on."""
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("x_train.npy", npy(range(count), image, size, kind))
        file.writestr("x_test.npy", npy(range(count, count + tests), image, size, kind))
    return {"data.dataset": "arrays", "data.path": path.name}


def npy(indices, image, size, kind):
    shape = (len(indices), size, size)
    header = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}".encode()
    header += b" " * (-(len(header) + 11) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + b"".join(map(image, indices))


def cifar(root, labels, image):
    """CIFAR-10's six binary files with content of their own: `labels(i)` and 3,072 bytes by `image(i)`."""
    below = root / "cifar-10-batches-bin"
    below.mkdir(parents=True)
    batch = b"".join(bytes([labels(i)]) + image(i) for i in range(10_000))
    for name in [f"data_batch_{number}.bin" for number in range(1, 6)] + ["test_batch.bin"]:
        (below / name).write_bytes(batch)


def odd(place):
    """(what, config keys, more keys, whether a refusal is due or None) of own images that strain."""
    stripes = lambda i: bytes((i * 7 + k) % 256 for k in range(256))
    constant = {"all 0": lambda i: bytes(256), "all 1": lambda i: b"\xff" * 256, "all grey": lambda i: b"\x80" * 256,
                "black and white in turn": lambda i: bytes([255 * (i % 2)]) * 256}
    for index, (name, image) in enumerate(constant.items()):
        own = split_arrays(place / f"constant{index}.npz", 60, 20, image)
        for loss in LOSSES:
            yield f"{name}, {loss}", own, {"train.recon_loss": loss}, False
    yield "one image 60 times", array(place / "same.npy", 60, constant["all 0"]), {}, True
    for count, tests in ((0, 0), (1, 0), (0, 1), (1, 1), (3, 2), (4, 1), (4, 2), (5, 2)):
        own = split_arrays(place / f"few{count}-{tests}.npz", count, tests, stripes)
        yield f"{count} and {tests} images", own, {"data.validation": 1, "data.batch_size": 2}, count < 4 or tests < 2
    for count in (0, 1, 20):
        yield f"an array of {count}", array(place / f"array{count}.npy", count, stripes), {}, count < 6 or None
        yield f"a folder of {count}", folder(place / f"pictures{count}", count, 16), {}, count < 6 or None
    for name, value in FLOATS.items():
        image = lambda i: struct.pack("<f", value if i == 7 else i / 80) * 256
        own = split_arrays(place / f"{name}.npz", 60, 20, image, kind="<f4")
        yield f"arrays that hold {name}", own, {}, None if value == 1e38 else value != 0.5
    own = split_arrays(place / "batches.npz", 60, 20, stripes)
    yield "a batch of 1", own, {"data.batch_size": 1}, True
    yield "a last batch of 1", own, {"data.train_limit": 33, "data.batch_size": 12}, False
