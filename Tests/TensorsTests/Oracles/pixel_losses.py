#!/usr/bin/env python3
"""Makes pixel_losses.json: squared, Charbonnier and cross-entropy losses and gradients by autograd.

    python pixel_losses.py

Also the integrals of the densities that the first two stand for, by scipy, which must be 1.
"""
import math
import pathlib
import sys

import torch
import torch.nn.functional as F
from scipy.integrate import quad
from scipy.special import k1

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parents[1] / 'TestSupport' / 'Oracles'))
from probes import probe, save, tensor  # noqa: E402

torch.set_default_dtype(torch.float64)
EPSILON = 1e-3
CONSTANTS = dict(gaussian=0.5 * math.log(math.pi),
                 charbonnier=math.log(2 * EPSILON * k1(EPSILON)))


def costs(outputs, targets, kind, symmetric):
    mean = torch.tanh(outputs) if symmetric else torch.sigmoid(outputs)
    error = (2 * targets - 1 if symmetric else targets) - mean
    if kind == 'gaussian':
        return error ** 2 + CONSTANTS[kind]
    return torch.sqrt(error ** 2 + EPSILON ** 2) + CONSTANTS[kind]


def pixels(kind, symmetric, count, size, per_target, scale):
    outputs = tensor((count * per_target, size), 1, scale=8.0).requires_grad_()
    targets = tensor((count, size), 2, scale=0.5, offset=0.5).repeat_interleave(per_target, 0)
    nats = costs(outputs, targets, kind, symmetric).sum(1)
    (nats.sum() * scale).backward()
    return dict(kind=kind, symmetric=symmetric, count=count, size=size, perTarget=per_target,
                scale=scale, nats=probe(nats), gradient=probe(outputs.grad))


def extremes(kind, symmetric):
    outputs = torch.tensor([-1e4, -100, -44, -1, 0, 1, 44, 100, 1e4])
    rows = []
    for target in (0.0, 0.3, 1.0):
        o = outputs.clone().requires_grad_()
        t = torch.full_like(o, float(torch.tensor(target, dtype=torch.float32)))
        nats = costs(o, t, kind, symmetric)
        nats.sum().backward()
        rows.append(dict(target=target, nats=nats.tolist(), gradient=o.grad.tolist()))
    return dict(kind=kind, symmetric=symmetric, outputs=outputs.tolist(), rows=rows)


def cross_entropy(count, classes, spread):
    logits = tensor((count, classes), 3, scale=spread).requires_grad_()
    labels = torch.arange(count) * 7 % classes
    nats = F.cross_entropy(logits, labels, reduction='none')
    nats.mean().backward()
    return dict(count=count, classes=classes, spread=spread, nats=probe(nats),
                gradient=probe(logits.grad))


def density(kind):
    """The integral over all x of exp(-cost) around a mean of 0."""
    cost = dict(gaussian=lambda x: x * x,
                charbonnier=lambda x: math.sqrt(x * x + EPSILON ** 2))[kind]
    return 2 * quad(lambda x: math.exp(-cost(x) - CONSTANTS[kind]), 0, 60, limit=500,
                    points=[1e-3, 1e-2, 0.1, 1])[0]


KINDS = [('gaussian', False), ('gaussian', True), ('charbonnier', False), ('charbonnier', True)]
save(here / 'pixel_losses.json', dict(
    constants=CONSTANTS, integrals={kind: density(kind) for kind in CONSTANTS},
    pixels=[pixels(kind, symmetric, *shape) for kind, symmetric in KINDS
            for shape in ((3, 17, 1, 0.25), (4, 33, 7, 1.0), (2, 784, 1, 0.5))],
    extremes=[extremes(*kind) for kind in KINDS],
    crossEntropy=[cross_entropy(5, 10, 3.0), cross_entropy(3, 2, 0.1),
                  cross_entropy(4, 10, 1000.0)]))
