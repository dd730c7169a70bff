#!/usr/bin/env python3
"""Makes densities.json: densities with a scale, continuous Bernoulli, discretised logistic, total correlation.

    python densities.py

Normal, Laplace and ContinuousBernoulli are torch.distributions in float64; the logistic's mass is the
difference of two logistic functions, as Salimans et al. 2017 write it; gradients by autograd. At extreme
outputs, where those lose all digits, mpmath computes with 60.
The total correlation is Chen et al. 2018, appendix C.2, its weights written out pair by pair.
"""
import math
import pathlib
import sys

import mpmath
import torch
import torch.distributions as D

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parents[1] / 'TestSupport' / 'Oracles'))
from probes import probe, save, tensor  # noqa: E402

torch.set_default_dtype(torch.float64)
mpmath.mp.dps = 60


def costs(kind, symmetric, outputs, targets, log_scale):
    """-log p of every pixel; targets in 0 .. 1."""
    scale = log_scale.exp()
    if kind == 'continuous_bernoulli':
        return -D.ContinuousBernoulli(logits=outputs, lims=(0.4999999, 0.5000001)).log_prob(targets)
    x = 2 * targets - 1 if symmetric else targets
    if kind == 'discretized_logistic':
        location, half = (outputs, 1 / 255) if symmetric else (0.5 + outputs / 4, 0.5 / 255)
        a, b = (x - half - location) / scale, (x + half - location) / scale
        a = torch.where(targets < 0.5 / 255, torch.full_like(a, -1e300), a)
        b = torch.where(targets > 254.5 / 255, torch.full_like(b, 1e300), b)
        # far out on the right the difference of two numbers near 1 would cancel
        return -torch.where(a > 0, (-a).sigmoid() - (-b).sigmoid(), b.sigmoid() - a.sigmoid()).log()
    mean = outputs.tanh() if symmetric else outputs.sigmoid()
    return -(D.Normal if kind == 'gaussian' else D.Laplace)(mean, scale).log_prob(x)


def pixels(kind, symmetric, log_scale, count, size, per_target, scale):
    outputs = tensor((count * per_target, size), 1, scale=3.0).requires_grad_()
    targets = tensor((count, size), 2, scale=0.5, offset=0.5)
    log_scale = torch.tensor(log_scale, requires_grad=True)
    nats = costs(kind, symmetric, outputs, targets.repeat_interleave(per_target, 0), log_scale).sum(1)
    slopes = []
    for row in nats:
        slope, = torch.autograd.grad(row, log_scale, retain_graph=True, allow_unused=True)
        slopes.append(0.0 if slope is None else slope.item())
    (nats.sum() * scale).backward()
    return dict(kind=kind, symmetric=symmetric, logScale=log_scale.item(), count=count, size=size,
                perTarget=per_target, scale=scale, nats=probe(nats), gradient=probe(outputs.grad),
                slopes=slopes)


def exact(kind, symmetric, o, t, log_scale):
    """-log p with sixty digits."""
    o, t, s = mpmath.mpf(o), mpmath.mpf(t), mpmath.exp(log_scale)
    if kind == 'continuous_bernoulli':
        return (mpmath.log(mpmath.expm1(o) / o) if o else mpmath.mpf(0)) - t * o
    x = 2 * t - 1 if symmetric else t
    if kind == 'discretized_logistic':
        location, half = (o, mpmath.mpf(1) / 255) if symmetric else (0.5 + o / 4, mpmath.mpf(0.5) / 255)
        logistic = lambda v: 1 / (1 + mpmath.exp(-v))
        a, b = (x - half - location) / s, (x + half - location) / s
        if t < 0.5 / 255:
            return mpmath.log1p(mpmath.exp(-b))
        if t > 254.5 / 255:
            return mpmath.log1p(mpmath.exp(a))
        # logistic(b) - logistic(a) without cancellation far out on the right
        mass = logistic(-a) - logistic(-b) if a > 0 else logistic(b) - logistic(a)
        return -mpmath.log(mass)
    mean = mpmath.tanh(o) if symmetric else 1 / (1 + mpmath.exp(-o))
    if kind == 'gaussian':
        return (x - mean) ** 2 / (2 * s * s) + mpmath.log(s) + mpmath.log(2 * mpmath.pi) / 2
    return abs(x - mean) / s + mpmath.log(2 * s)


def extremes(kind, symmetric, log_scale):
    """Outputs at which float32 could overflow or cancel."""
    outputs = [-1e4, -100, -44, -1.001, -0.999, -0.25, -1e-4, 0, 1e-4, 0.25, 0.999, 1.001, 44, 100, 1e4]
    outputs = [float(torch.tensor(o, dtype=torch.float32)) for o in outputs]
    rows = []
    for target in (0.0, 0.3, 1.0):
        t = float(torch.tensor(target, dtype=torch.float32))
        cost = lambda o: exact(kind, symmetric, o, t, log_scale)
        # Laplace has a corner, and a difference needs room on both sides of 0.
        slope = lambda o: mpmath.diff(cost, o, h=mpmath.mpf(10) ** -20)
        mpmath.mp.dps = 6000 if kind == 'discretized_logistic' else 60
        nats = [float(cost(o)) for o in outputs]
        gradient = [float(slope(mpmath.mpf(o) + (mpmath.mpf(10) ** -15 if o == 0 else 0)))
                    for o in outputs]
        rows.append(dict(target=target, nats=nats, gradient=gradient))
    return dict(kind=kind, symmetric=symmetric, logScale=log_scale, outputs=outputs, rows=rows)


def bernoulli_means():
    outputs = tensor((200,), 1, scale=12.0)
    means = D.ContinuousBernoulli(logits=outputs, lims=(0.4999999, 0.5000001)).mean
    return dict(kind='continuous_bernoulli', symmetric=False, logScale=0.0, means=means.tolist())


def logistic_means(symmetric, log_scale):
    """The mean of the 256 levels, level by level."""
    outputs = tensor((200,), 1, scale=2.5)
    levels = torch.arange(256) / 255
    mass = torch.exp(-costs('discretized_logistic', symmetric, outputs[:, None].expand(200, 256),
                            levels.expand(200, 256), torch.tensor(log_scale)))
    return dict(kind='discretized_logistic', symmetric=symmetric, logScale=log_scale,
                means=(mass * levels).sum(1).tolist(), masses=mass.sum(1).tolist())


def total_correlation(count, size, images, log_variance=0.0):
    """TC, and its gradient with respect to means and log-variances, also by way of z."""
    mean = tensor((count, size), 3, scale=1.5).requires_grad_()
    raw = (tensor((count, size), 4, scale=1.5, offset=-1.0)
           + log_variance * (-1.0) ** torch.arange(size)).requires_grad_()
    noise = tensor((count, size), 5)
    lv = raw.clamp(-30, 20)
    z = mean + noise * (0.5 * lv).exp()
    log_q = D.Normal(mean[None], (0.5 * lv).exp()[None]).log_prob(z[:, None])
    M, N = count - 1, images
    weights = torch.full((count, count), 1 / M)
    for i in range(count):
        weights[i, (i + 1) % count] = (N - M) / (N * M)
        weights[i, i] = 1 / N
    assert torch.allclose(weights.sum(1), torch.ones(count))
    joint = torch.logsumexp(weights.log() + log_q.sum(2), 1)
    marginals = torch.logsumexp(weights.log()[:, :, None] + log_q, 1).sum(1)
    total = (joint - marginals).mean()
    total.backward()
    return dict(count=count, size=size, images=images, logVariance=log_variance, value=total.item(),
                mean=probe(mean.grad), logVarianceGradient=probe(raw.grad))


KINDS = [('gaussian', False), ('gaussian', True), ('laplace', False), ('laplace', True),
         ('continuous_bernoulli', False), ('discretized_logistic', False), ('discretized_logistic', True)]
save(here / 'densities.json', dict(
    pixels=[pixels(*kind, log_scale, *shape) for kind in KINDS
            for log_scale, shape in ((-0.5, (3, 17, 1, 0.25)), (-1.75, (4, 33, 7, 1.0)),
                                     (-2.5, (2, 784, 1, 0.5)))],
    extremes=[extremes(*kind, -1.5) for kind in KINDS],
    means=[bernoulli_means()] + [logistic_means(*c) for c in ((False, -1.5), (False, -4.0), (True, -2.0),
                                                               (False, -5.5))],
    totalCorrelation=[total_correlation(*c) for c in ((5, 3, 100), (2, 4, 50), (37, 10, 1000), (8, 2, 8),
                                                      (6, 3, 60000, 40.0), (20, 33, 500))]))
