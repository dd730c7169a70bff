#!/usr/bin/env python3
"""Makes onnxruntime.json: what onnxruntime computes of the files that ONNXTests writes.

    VAE_REPORT_ONNX_FOLDER=/tmp/onnx swift test -c release --filter ONNXTests
    python onnx_numbers.py /tmp/onnx        # needs onnx, onnxruntime, torch
"""
import hashlib
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime
import torch

here = pathlib.Path(__file__).resolve().parent
sys.path.append(str(here.parents[1] / 'TestSupport/Oracles'))
from probes import probe, save, wave  # noqa: E402

folder = pathlib.Path(sys.argv[1])
batch = 3


def session(path):
    onnx.checker.check_model(onnx.load(path), full_check=True)
    return onnxruntime.InferenceSession(path, providers=['CPUExecutionProvider'])


def shape(value):
    return [batch] + value.shape[1:]


cases = []
for encoder in sorted(folder.glob('*-encoder.onnx')):
    name = encoder.name.removesuffix('-encoder.onnx')
    decoder = folder / f'{name}-decoder.onnx'
    first, second = session(encoder), session(decoder)
    sizes = shape(first.get_inputs()[0])
    images = wave(int(np.prod(sizes)), 0.3, 0.5, 0.5).reshape(sizes)
    sizes = shape(second.get_inputs()[0])
    codes = wave(int(np.prod(sizes)), 1, 4).reshape(sizes)
    mean, log_variance = first.run(['mean', 'log_variance'], {'image': images})
    output, image = second.run(None, {'code': codes})
    assert image.min() >= 0 and image.max() <= 1, name
    numbers = dict(mean=mean, logVariance=log_variance, output=output, image=image)
    cases.append(dict(
        name=name, encoder=hashlib.sha256(encoder.read_bytes()).hexdigest(),
        decoder=hashlib.sha256(decoder.read_bytes()).hexdigest(),
        **{key: probe(torch.from_numpy(value)) for key, value in numbers.items()}))
save(here / 'onnxruntime.json', cases)
print(len(cases), 'cases, onnxruntime', onnxruntime.__version__)
