#!/usr/bin/env python3
"""Checks that NumPy reads the archive that NumPyTests writes, and keeps the digest of its bytes.

    VAE_REPORT_ONNX_FOLDER=/tmp/onnx swift test -c release --filter NumPyTests
    python numpy_archive.py /tmp/onnx
"""
import hashlib
import json
import pathlib
import sys
import zipfile

import numpy as np

here = pathlib.Path(__file__).resolve().parent
path = pathlib.Path(sys.argv[1]) / 'arrays.npz'
assert zipfile.ZipFile(path).testzip() is None
arrays = np.load(path, allow_pickle=False)
expected = {
    'codes': np.array([[0, -1.5, 2], [np.inf, 1e-30, 6]], dtype=np.float32),
    'values': np.array([0.1, np.nan]), 'counts': np.array([1, -2, 1 << 40]),
    'label': np.array([0, 255], dtype=np.uint8), 'names': np.array(['ELBO', 'größe 🙂', '']),
    'nothing': np.zeros((0, 4), dtype=np.float32),
}
assert set(arrays.files) == set(expected)
for name, array in expected.items():
    assert arrays[name].dtype == array.dtype and arrays[name].shape == array.shape, name
    np.testing.assert_array_equal(arrays[name], array)
digest = hashlib.sha256(path.read_bytes()).hexdigest()
(here / 'numpy_archive.json').write_text(json.dumps({'sha256': digest}) + '\n')
