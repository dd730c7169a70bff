#!/usr/bin/env python3
"""Makes objectives.json: every training objective of a VAE and its gradients by autograd.

    python objectives.py FOLDER

FOLDER holds the peer, torch_vae.py, whose convolutional VAE is trained: float64, weights, images and noise
by the formulas of models.py. Reconstruction losses on both ranges of pixels, free bits, the importance-
weighted objective, a capacity, the total correlation, and extreme log-variances and outputs. Of densities
whose scale is learned also the scale after the first step, half of the way to the batch's best one.
"""
import math
import pathlib
import sys

import torch
import torch.distributions as D
import torch.nn.functional as F

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parents[1] / 'TestSupport' / 'Oracles'))
sys.path.insert(0, str(here))
import models  # noqa: E402
from probes import probe, save, tensor  # noqa: E402

SIZE, CHANNELS, BASE, LATENT, BATCH = 9, 2, 2, 3, 5
EPSILON = 1e-3


def nats(output, images, loss, symmetric, log_scale):
    """-log p(x|z) of every row; `images` in 0 .. 1."""
    targets = 2 * images - 1 if symmetric else images
    mean, scale = torch.tanh(output) if symmetric else torch.sigmoid(output), log_scale.exp()
    if loss == 'bce':
        each = F.binary_cross_entropy_with_logits(output, images, reduction='none')
    elif loss == 'l2':
        each = (targets - mean) ** 2 + 0.5 * math.log(math.pi)
    elif loss == 'charbonnier':
        from scipy.special import k1
        each = torch.sqrt((targets - mean) ** 2 + EPSILON ** 2) + math.log(2 * EPSILON * k1(EPSILON))
    elif loss == 'gaussian':
        each = -D.Normal(mean, scale).log_prob(targets)
    elif loss == 'laplace':
        each = -D.Laplace(mean, scale).log_prob(targets)
    elif loss == 'continuous_bernoulli':
        each = -D.ContinuousBernoulli(logits=output, lims=(0.4999999, 0.5000001)).log_prob(images)
    else:
        location, half = (output, 1 / 255) if symmetric else (0.5 + output / 4, 0.5 / 255)
        above = ((targets + half - location) / scale).sigmoid()
        below = ((targets - half - location) / scale).sigmoid()
        above = torch.where(images > 254.5 / 255, torch.ones_like(above), above)
        below = torch.where(images < 0.5 / 255, torch.zeros_like(below), below)
        each = -(above - below).log()
    return each.flatten(1).sum(1)


def next_scale(loss, outputs, images, symmetric, log_scale, slope, weights):
    """Half way from the scale to the batch's optimum: the mean squared or absolute error, draws by weight."""
    targets = 2 * images - 1 if symmetric else images
    error = (targets - (torch.tanh(outputs) if symmetric else torch.sigmoid(outputs))).flatten(1)
    with torch.no_grad():
        share = (weights / weights.sum())[:, None] / error.shape[1]
        if loss == 'gaussian':
            return 0.5 * (0.5 * log_scale.exp() ** 2 + 0.5 * (share * error ** 2).sum()).log().item()
        if loss == 'laplace':
            return (0.5 * log_scale.exp() + 0.5 * (share * error.abs()).sum()).log().item()
        location, half = (outputs, 1 / 255) if symmetric else (0.5 + outputs / 4, 0.5 / 255)
        low, high = images < 0.5 / 255, images > 254.5 / 255
        v = torch.where(high, targets - half - location, location - targets - half) / log_scale.exp()
        outer = v.sigmoid() * v.abs() + v.sigmoid() * (-v).sigmoid() * v ** 2
        each = torch.where(low | high, outer, torch.full_like(v, (math.pi ** 2 + 3) / 9))
        information = (weights * each.flatten(1).sum(1)).sum()
        return (log_scale + torch.log(1 - 0.5 * slope / information)).item()


def total_correlation(mu, lv, z, images):
    """Chen et al. 2018, appendix C.2, weights pair by pair."""
    log_q = D.Normal(mu[None], (0.5 * lv).exp()[None]).log_prob(z[:, None])
    M, N = BATCH - 1, images
    weights = torch.full((BATCH, BATCH), 1 / M)
    for i in range(BATCH):
        weights[i, (i + 1) % BATCH] = (N - M) / (N * M)
        weights[i, i] = 1 / N
    joint = torch.logsumexp(weights.log() + log_q.sum(2), 1)
    return (joint - torch.logsumexp(weights.log()[:, :, None] + log_q, 1).sum(1)).mean()


def run(loss='bce', symmetric=False, beta=1.0, free_bits=0.0, samples=1, log_variance=0.0,
        output=0.0, log_scale=0.0, capacity=None, gamma=0.0, tc_weight=None, images_in_all=BATCH):
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
    repeated = images.repeat_interleave(samples, 0)
    scale = torch.tensor(float(torch.tensor(log_scale, dtype=torch.float32)), requires_grad=True)
    rows = nats(output_, repeated, loss, symmetric, scale)
    kl = -0.5 * (1 + lv - mu ** 2 - lv.exp()).mean(0)
    reconstruction = rows.mean()
    weights = torch.ones(BATCH * samples)
    if samples > 1:
        ratio = 0.5 * (noise ** 2 + lv[:, None] - z ** 2).sum(2)
        log_weights = beta * ratio - rows.reshape(BATCH, samples)
        total = -(torch.logsumexp(log_weights, 1) - math.log(samples)).mean()
        weights = torch.softmax(log_weights, 1).detach().reshape(-1)
    elif capacity is not None:
        total = reconstruction + gamma * (kl.sum() - capacity).abs()
    elif tc_weight is not None:
        total = reconstruction + beta / tc_weight * (
            kl.sum() + (tc_weight - 1) * total_correlation(mu, lv, z[:, 0], images_in_all))
    else:
        total = reconstruction + beta * torch.clamp(kl, min=free_bits).sum()
    total.backward()
    after = None
    if scale.grad is not None:
        after = next_scale(loss, output_, repeated, symmetric, scale, scale.grad * BATCH, weights)
    return dict(
        loss=loss, symmetric=symmetric, beta=beta, freeBits=free_bits, samples=samples,
        logVariance=log_variance, output=output, objective=total.item(), logScale=scale.item(),
        nextLogScale=after, capacity=capacity, gamma=gamma, tcWeight=tc_weight, images=images_in_all,
        reconstruction=reconstruction.item(), kl=kl.sum().item(), divergences=kl.tolist(),
        gradients={n: probe(p.grad, 8) for n, p in net.named_parameters() if p.requires_grad})


save(here / 'objectives.json', [
    run(), run('l2'), run('charbonnier'), run('l2', True), run('charbonnier', True, beta=0.5),
    run(free_bits=0.02), run('l2', free_bits=0.05, beta=0.3), run(free_bits=10.0),
    run(samples=5), run('l2', samples=5, beta=0.5), run('charbonnier', True, samples=3),
    run(samples=5, log_variance=-6.0), run(log_variance=100.0), run('l2', log_variance=100.0),
    run(output=1e4), run('l2', output=1e4), run('charbonnier', True, output=1e4),
    run(output=1e4, samples=5),
    run('gaussian', log_scale=-1.5), run('gaussian', True, beta=0.5, log_scale=-0.75),
    run('gaussian', samples=5, log_scale=-1.0), run('laplace', log_scale=-1.75),
    run('laplace', True, samples=3, log_scale=-0.5), run('continuous_bernoulli'),
    run('discretized_logistic', log_scale=-2.0),
    run('discretized_logistic', True, samples=4, beta=0.5, log_scale=-1.5),
    run(capacity=0.05, gamma=30.0), run('gaussian', capacity=2.0, gamma=1000.0, log_scale=-1.0),
    run(beta=6.0, tc_weight=6.0, images_in_all=55000), run(beta=1.0, tc_weight=4.0, images_in_all=40),
    run('l2', log_variance=2.0, beta=10.0, tc_weight=10.0, images_in_all=300)])
