#!/usr/bin/env python3
"""Makes objectives.json: every training objective of a VAE and its gradients by autograd.

    python objectives.py FOLDER

FOLDER holds the peer, torch_vae.py, whose convolutional VAE is trained: float64, weights, images and noise
by the formulas of models.py. Reconstruction losses on both ranges of pixels, free bits, the importance-
weighted objective, and extreme log-variances and outputs.
"""
import math
import pathlib
import sys

import torch
import torch.nn.functional as F

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parents[1] / 'TestSupport' / 'Oracles'))
sys.path.insert(0, str(here))
import models  # noqa: E402
from probes import probe, save, tensor  # noqa: E402

SIZE, CHANNELS, BASE, LATENT, BATCH = 9, 2, 2, 3, 5
EPSILON = 1e-3


def nats(output, images, loss, symmetric):
    """-log p(x|z) of every row; `images` in 0 .. 1."""
    if loss == 'bce':
        each = F.binary_cross_entropy_with_logits(output, images, reduction='none')
    else:
        mean = torch.tanh(output) if symmetric else torch.sigmoid(output)
        error = (2 * images - 1 if symmetric else images) - mean
        if loss == 'l2':
            each = error ** 2 + 0.5 * math.log(math.pi)
        else:
            from scipy.special import k1
            each = torch.sqrt(error ** 2 + EPSILON ** 2) + math.log(2 * EPSILON * k1(EPSILON))
    return each.flatten(1).sum(1)


def run(loss='bce', symmetric=False, beta=1.0, free_bits=0.0, samples=1, log_variance=0.0,
        output=0.0):
    """`log_variance` and `output` are added to the biases of logvar and the decoder's last layer,
    the former with alternating signs."""
    net, names, roles = models.model('conv', LATENT, BASE, SIZE, CHANNELS)
    with torch.no_grad():
        net.logvar.bias += log_variance * (-1.0) ** torch.arange(LATENT)
        net.decoder.deconv4.bias += output * (-1.0) ** torch.arange(CHANNELS)
    images = tensor((BATCH, CHANNELS, SIZE, SIZE), 50, 0.5, 0.5)
    noise = tensor((BATCH, samples, LATENT), 200)
    mu, raw = net.encode(2 * images - 1 if symmetric else images)
    lv = torch.clamp(raw, -30, 20)
    z = mu[:, None] + noise * torch.exp(0.5 * lv)[:, None]
    output_ = net.decode(z.reshape(-1, LATENT))
    rows = nats(output_, images.repeat_interleave(samples, 0), loss, symmetric)
    kl = -0.5 * (1 + lv - mu ** 2 - lv.exp()).mean(0)
    reconstruction = rows.mean()
    if samples > 1:
        ratio = 0.5 * (noise ** 2 + lv[:, None] - z ** 2).sum(2)
        log_weights = beta * ratio - rows.reshape(BATCH, samples)
        total = -(torch.logsumexp(log_weights, 1) - math.log(samples)).mean()
    else:
        total = reconstruction + beta * torch.clamp(kl, min=free_bits).sum()
    total.backward()
    return dict(
        loss=loss, symmetric=symmetric, beta=beta, freeBits=free_bits, samples=samples,
        logVariance=log_variance, output=output, objective=total.item(),
        reconstruction=reconstruction.item(), kl=kl.sum().item(), divergences=kl.tolist(),
        gradients={n: probe(p.grad, 8) for n, p in net.named_parameters() if p.requires_grad})


save(here / 'objectives.json', [
    run(), run('l2'), run('charbonnier'), run('l2', True), run('charbonnier', True, beta=0.5),
    run(free_bits=0.02), run('l2', free_bits=0.05, beta=0.3), run(free_bits=10.0),
    run(samples=5), run('l2', samples=5, beta=0.5), run('charbonnier', True, samples=3),
    run(samples=5, log_variance=-6.0), run(log_variance=100.0), run('l2', log_variance=100.0),
    run(output=1e4), run('l2', output=1e4), run('charbonnier', True, output=1e4),
    run(output=1e4, samples=5)])
