#!/usr/bin/env python3
"""Writes distribution.json, denoising.json, probes.json and mixture.json: scipy, numpy and scikit-learn on
inputs of make_oracles.py's generator. Needs: pip install numpy scipy torch scikit-image scikit-learn.  Run it in this folder.
"""
import json
import warnings

import numpy as np
from scipy.linalg import sqrtm
from scipy.ndimage import laplace, median_filter
from scipy.spatial.distance import cdist
from sklearn.linear_model import LogisticRegression
from sklearn.mixture import GaussianMixture
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler

from make_oracles import Generator, normal


def features(generator, count, size, shift):
    rows = generator.signed(count, size) @ generator.signed(size, size) + shift
    return rows.astype(np.float32).astype(np.float64)


def frechet(a, b):
    s, t = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    root = sqrtm(s @ t).real
    return float(((a.mean(0) - b.mean(0)) ** 2).sum() + np.trace(s + t - 2 * root))


def kernel_distance(a, b):
    """Unbiased MMD^2 with (x.y / d + 1)^3, by the definition: no pair of a vector with itself."""
    m, d = a.shape

    def kernel(x, y):
        return (x @ y.T / d + 1) ** 3

    own = [(kernel(x, x).sum() - np.trace(kernel(x, x))) / (m * (m - 1)) for x in (a, b)]
    return float(sum(own) - 2 * kernel(a, b).mean())


def overlap(real, made, k=3):
    """Kynkaanniemi et al. 2019, eq. 1 and 2, by the definition."""
    def share_inside(points, balls):
        own = cdist(balls, balls)
        np.fill_diagonal(own, np.inf)
        radii = np.sort(own, 1)[:, k - 1]
        return float((cdist(points, balls) <= radii).any(1).mean())

    return share_inside(made, real), share_inside(real, made)


def distribution():
    generator = Generator(31)
    a, b = features(generator, 1300, 6, 0), features(generator, 1300, 6, 0.25)
    blocks = [kernel_distance(x, y) for x, y in zip(np.split(a, 2), np.split(b, 2))]
    flat = a.copy()
    flat[:, 2] = 0.5  # a feature that never varies: a singular covariance
    # a small part of the region, which the other set cannot be told from by precision alone
    narrow = (0.3 * b).astype(np.float32).astype(np.float64)
    precision, recall = overlap(a, b)
    narrow_precision, narrow_recall = overlap(a, narrow)
    return dict(
        precision=precision, recall=recall, narrow_precision=narrow_precision,
        narrow_recall=narrow_recall,
        frechet=frechet(a, b), frechet_flat=frechet(flat, b), kernel=float(np.mean(blocks)),
        kernel_error=float(np.std(blocks, ddof=1) / 2**0.5),
        kernel_one_block=kernel_distance(a[:300], b[:300]))


def denoising():
    generator = Generator(41)
    channels, height, width, count = 3, 7, 5, 4
    size = count * channels * height * width
    grey = (generator.bytes(size) / np.float32(255)).astype(np.float32)
    images = grey.reshape(count, channels, height, width)
    median = np.stack([[median_filter(p, size=3, mode='nearest') for p in x] for x in images])
    lap = np.stack([[laplace(p.astype(np.float64), mode='nearest') for p in x] for x in images])
    noise = normal(size, 0, 9, 1 << 32 | 2).astype(np.float32)
    noisy = np.clip(grey + np.float32(0.3) * noise, 0, 1)
    return dict(
        median=median.reshape(-1).astype(float).tolist(),
        energies=np.sqrt((lap**2).mean((1, 2, 3))).tolist(),
        gaussian=noisy[:40].astype(float).tolist(), gaussian_mean=float(noisy.mean()))


def probes():
    generator = Generator(51)
    classes, size, fitted, scored = 4, 5, 400, 150
    centres = generator.signed(classes, size)

    def draw(count):
        labels = generator.bytes(count) % classes
        codes = centres[labels] + 0.6 * generator.signed(count, size)
        return (codes * np.arange(1, size + 1)).astype(np.float32).astype(np.float64), labels

    (x, y), (u, v) = draw(fitted), draw(scored)
    scale = StandardScaler().fit(x)
    x, u = scale.transform(x), scale.transform(u)
    model = LogisticRegression(C=1.0, tol=1e-10, max_iter=10_000).fit(x, y)
    logits = u @ model.coef_.T + model.intercept_
    logits -= logits.mean(1, keepdims=True)
    vote = KNeighborsClassifier(5).fit(x, y)
    return dict(
        logits=logits[:10].reshape(-1).tolist(), linear=float(model.score(u, v)),
        nearest=float(vote.score(u, v)))


def mixture():
    """EM of three Gaussians from given beginnings, and the density of other codes."""
    generator = Generator(61)
    components, size, fitted, scored, steps = 3, 4, 600, 50, 25
    centres = generator.signed(components, size) * 2
    mixing = generator.signed(components, size, size)

    def draw(count):
        labels = generator.bytes(count) % components
        noise = generator.signed(count, size)
        codes = centres[labels] + np.einsum('ni,nij->nj', noise, mixing[labels])
        return codes.astype(np.float32).astype(np.float64)

    x, u = draw(fitted), draw(scored)
    model = GaussianMixture(
        components, covariance_type='full', tol=0, max_iter=steps, reg_covar=1e-6,
        weights_init=np.full(components, 1 / components), means_init=x[:components],
        precisions_init=np.stack([np.eye(size)] * components))
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')  # it says that so few steps do not converge
        model.fit(x)
    return dict(
        weights=model.weights_.tolist(), means=model.means_.reshape(-1).tolist(),
        covariances=model.covariances_.reshape(-1).tolist(), fitted=float(model.score(x)),
        scored=model.score_samples(u).tolist())


if __name__ == '__main__':
    for make in (distribution, denoising, probes, mixture):
        with open(f'{make.__name__}.json', 'w') as file:
            json.dump(make(), file, indent=1)
            file.write('\n')
