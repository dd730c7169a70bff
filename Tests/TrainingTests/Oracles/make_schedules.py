#!/usr/bin/env python3
"""Writes schedules.json: the cyclical KL weight of Fu et al. 2019 (eq. 6 and 7) and the controller of beta,
re-derived from their formulas in Python, and a global-norm clipping and an average of weights by PyTorch.

    python make_schedules.py > schedules.json
"""
import json
import math

import torch


def cyclical(total, cycles, ramp):
    """beta_t of eq. 6 with a linear f, t = 1 .. total; a real-valued cycle length, so that cycles are equal."""
    values = []
    for t in range(1, total + 1):
        tau = math.fmod((t - 1) * cycles, total) / total
        values.append(1.0 if tau > ramp else tau / ramp)
    values[-1] = 1.0
    return values


def controller(target, start, kls):
    beta, mean, values = start, None, []
    for kl in kls:
        mean = kl if mean is None else 0.95 * mean + 0.05 * kl
        beta *= math.exp(0.01 * max(-1.0, min(1.0, (mean - target) / target)))
        beta = max(1e-4, min(1e4, beta))
        values.append(beta)
    return values


def clipped(gradients, limit):
    parameters = [torch.nn.Parameter(torch.zeros(len(g))) for g in gradients]
    for p, g in zip(parameters, gradients):
        p.grad = torch.tensor(g)
    norm = torch.nn.utils.clip_grad_norm_(parameters, limit)
    return {'norm': float(norm), 'scale': float(parameters[0].grad[0] / gradients[0][0])}


cases = [(100, 4, 0.5), (7, 3, 0.5), (1000, 1, 0.25), (30, 5, 1.0), (12, 6, 0.9)]
kls = [40 * math.exp(-i / 30) + 3 * math.sin(i) for i in range(200)]
print(json.dumps({
    'cyclical': [dict(total=t, cycles=m, ramp=r, weights=cyclical(t, m, r)) for t, m, r in cases],
    'controller': dict(target=12.0, start=0.5, kls=kls, weights=controller(12.0, 0.5, kls)),
    'clipping': [dict(gradients=g, limit=l, **clipped(g, l))
                 for g, l in [([[3.0, 4.0], [12.0]], 1.0), ([[0.3, 0.4], [1.2]], 5.0)]],
}, separators=(',', ':')))
