#!/usr/bin/env python3
"""Writes perceptual.json: LPIPS v0.1 as the lpips package computes it, on thin trunks with weights from
make_oracles.py's generator, so that nothing large is committed.

The trunks are torchvision's AlexNet and SqueezeNet 1.1 layer by layer, only narrower.
Needs: pip install numpy torch (make_oracles.py needs more).  Run it in this folder.
"""
import json

import numpy as np
import torch
import torch.nn.functional as F

from make_oracles import Generator

SHIFT = torch.tensor([-0.030, -0.088, -0.188], dtype=torch.float64)[None, :, None, None]
SCALE = torch.tensor([0.458, 0.448, 0.450], dtype=torch.float64)[None, :, None, None]


class Weights:
    """Tensors in the order in which PerceptualDistanceTests.swift draws them."""

    def __init__(self, seed):
        self.generator = Generator(seed)

    def layer(self, out, inp, kernel):
        scale = 2 / (inp * kernel * kernel) ** 0.5
        weight = self.generator.signed(out, inp, kernel, kernel) * scale
        return tensor(weight), tensor(self.generator.signed(out) * 0.1)

    def head(self, channels):
        return tensor(np.abs(self.generator.signed(1, channels, 1, 1)))


def tensor(values):
    return torch.tensor(values.astype(np.float32).astype(np.float64))


def conv(x, weights, **options):
    return F.relu(F.conv2d(x, *weights, **options))


def alex(weights):
    widths = [4, 6, 8, 6, 5]
    kernels = [(11, dict(stride=4, padding=2)), (5, dict(padding=2))] + [(3, dict(padding=1))] * 3
    layers, inp = [], 3
    for out, (kernel, options) in zip(widths, kernels):
        layers.append((weights.layer(out, inp, kernel), options))
        inp = out
    heads = [weights.head(c) for c in widths]

    def taps(x):
        found = []
        for index, (layer, options) in enumerate(layers):
            if index in (1, 2):
                x = F.max_pool2d(x, 3, 2)
            x = conv(x, layer, **options)
            found.append(x)
        return found

    return taps, heads


def squeeze(weights):
    first = weights.layer(4, 3, 3)
    fires, inp = [], 4
    for narrow, wide in [(2, 3), (2, 3), (3, 4), (3, 4), (3, 5), (3, 5), (4, 6), (4, 6)]:
        fires.append((weights.layer(narrow, inp, 1), weights.layer(wide, narrow, 1),
                      weights.layer(wide, narrow, 3)))
        inp = 2 * wide
    heads = [weights.head(c) for c in (4, 6, 8, 10, 10, 12, 12)]

    def fire(x, layers):
        x = conv(x, layers[0])
        return torch.cat([conv(x, layers[1]), conv(x, layers[2], padding=1)], 1)

    def pool(x):
        return F.max_pool2d(x, 3, 2, ceil_mode=True)

    def taps(x):
        x = conv(x, first, stride=2)
        found = [x]
        x = fire(fire(pool(x), fires[0]), fires[1])
        found.append(x)
        x = fire(fire(pool(x), fires[2]), fires[3])
        found.append(x)
        x = pool(x)
        for layers in fires[4:]:
            x = fire(x, layers)
            found.append(x)
        return found

    return taps, heads


def distance(taps, heads, a, b):
    def unit(x):
        return x / (x.pow(2).sum(1, keepdim=True).sqrt() + 1e-10)

    def maps(x):
        if min(x.shape[2:]) < 64:
            x = F.interpolate(x, size=(64, 64), mode='bilinear', align_corners=False)
        x = x.expand(-1, 3, -1, -1)
        return taps((2 * x - 1 - SHIFT) / SCALE)

    total = 0
    for x, y, head in zip(maps(a), maps(b), heads):
        total = total + F.conv2d((unit(x) - unit(y)) ** 2, head).mean((1, 2, 3))
    return total


def perceptual():
    cases = []
    for seed, (name, channels, height, width, count) in enumerate(
        [('alex', 1, 28, 28, 35), ('alex', 3, 66, 75, 2), ('squeeze', 1, 28, 28, 3),
         ('squeeze', 3, 32, 32, 2), ('squeeze', 3, 67, 72, 2)], 61
    ):
        weights = Weights(seed)
        taps, heads = dict(alex=alex, squeeze=squeeze)[name](weights)
        shape = (count, channels, height, width)
        pairs = [weights.generator.bytes(int(np.prod(shape))).reshape(shape) for _ in range(2)]
        a, b = (tensor(x / np.float32(255)) for x in pairs)
        values = distance(taps, heads, a, b)
        cases.append(dict(
            seed=seed, trunk=name, channels=channels, height=height, width=width, count=count,
            distances=values.tolist()))
    return cases


if __name__ == '__main__':
    with open('perceptual.json', 'w') as file:
        json.dump(perceptual(), file, indent=1)
        file.write('\n')
