#!/usr/bin/env python3
"""Makes losses.json: Bernoulli nats, the reparameterised draw and their gradients by autograd.

    python losses.py
"""
import pathlib
import sys

import torch
import torch.nn.functional as F

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parents[1] / 'TestSupport' / 'Oracles'))
from probes import probe, save, tensor  # noqa: E402

torch.set_default_dtype(torch.float64)


def bernoulli(count, size, per_target, scale):
    logits = tensor((count * per_target, size), 1, scale=8.0).requires_grad_()
    targets = tensor((count, size), 2, scale=0.5, offset=0.5)
    shared = targets.repeat_interleave(per_target, 0)
    nats = F.binary_cross_entropy_with_logits(logits, shared, reduction='none').sum(1)
    (nats.sum() * scale).backward()
    return dict(count=count, size=size, perTarget=per_target, scale=scale, nats=probe(nats),
                gradient=probe(logits.grad), sigmoid=probe(torch.sigmoid(logits)))


def extremes():
    logits = torch.tensor([-1e4, -100, -88.5, -30, -1, 0, 1, 30, 88.5, 100, 1e4])
    rows = []
    for target in (0.0, 0.3, 1.0):
        l = logits.clone().requires_grad_()
        t = torch.full_like(l, float(torch.tensor(target, dtype=torch.float32)))
        nats = F.binary_cross_entropy_with_logits(l, t, reduction='none')
        nats.sum().backward()
        rows.append(dict(target=target, nats=nats.tolist(), gradient=l.grad.tolist()))
    return dict(logits=logits.tolist(), rows=rows)


def draw(count, size, low, high, spread, kl_weight):
    """Heads whose log-variances reach `spread` beyond the range on both sides."""
    mean = tensor((count, size), 3, scale=2.0)
    log_variance = tensor((count, size), 4, scale=(high - low) / 2 + spread,
                          offset=(high + low) / 2)
    heads = torch.cat([mean, log_variance], 1).requires_grad_()
    noise = tensor((count, size), 5)
    mu, raw = heads.chunk(2, 1)
    lv = torch.clamp(raw, low, high)
    sigma = torch.exp(0.5 * lv)
    z = mu + sigma * noise
    kl = -0.5 * (1 + lv - mu ** 2 - lv.exp())
    z_gradient = tensor((count, size), 6)
    (kl_weight * kl.sum() + (z * z_gradient).sum()).backward()
    return dict(count=count, size=size, low=low, high=high, spread=spread, klWeight=kl_weight,
                z=probe(z), sigma=probe(sigma), kl=probe(kl), gradient=probe(heads.grad),
                clamped=int((raw != lv).sum()))


save(here / 'losses.json', dict(
    bernoulli=[bernoulli(1, 1, 1, 1.0), bernoulli(3, 17, 1, 0.25), bernoulli(5, 784, 1, 0.2),
               bernoulli(4, 33, 7, 1.0), bernoulli(40, 16, 1, 1.0)],
    extremes=extremes(),
    draws=[draw(3, 5, -30.0, 20.0, 0.0, 0.3), draw(7, 33, -2.0, 2.0, 1.0, 1.0),
           draw(1, 1, -30.0, 20.0, 0.0, 0.0), draw(4, 16, -6.0, 6.0, 4.0, 0.01)]))
