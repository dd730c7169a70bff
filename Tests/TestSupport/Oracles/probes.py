"""What every oracle script shares: numbers from a formula and probes of large tensors.

The Swift twins are Wave.swift and Probe.swift in the folder above.
"""
import json

import numpy as np
import torch


def wave(count, phase, scale=1.0, offset=0.0):
    """sin(0.1 i + 0.013 i^2 + phase), rounded to float32, times scale plus offset in float32."""
    i = np.arange(count, dtype=np.float64)
    values = np.sin(0.1 * i + 0.013 * i * i + phase).astype(np.float32)
    return np.float32(offset) + np.float32(scale) * values


def tensor(shape, phase, scale=1.0, offset=0.0):
    """The wave as a float64 tensor of the given shape."""
    count = int(np.prod(shape))
    return torch.from_numpy(wave(count, phase, scale, offset).astype(np.float64)).reshape(shape)


def probe(values, samples=32):
    """Count, norm, projection on cos(i) and some of the numbers, spread by a prime stride."""
    flat = values.detach().double().reshape(-1).numpy()
    n = len(flat)
    picked = [float(f'{flat[k * 7919 % n]:.8g}') for k in range(min(n, samples))]
    return dict(
        count=n,
        norm=float(f'{np.sqrt((flat ** 2).sum()):.10g}'),
        projection=float(f'{(flat * np.cos(np.arange(n))).sum():.10g}'),
        samples=picked)


def save(path, content):
    """One line a case keeps the file small and its differences readable."""
    with open(path, 'w') as out:
        json.dump(content, out, separators=(',', ':'))
        out.write('\n')
