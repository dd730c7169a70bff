#!/usr/bin/env python3
"""Writes distribution.json and denoising.json: scipy, numpy and scikit-learn on inputs of make_oracles.py's
generator. Needs: pip install numpy scipy torch scikit-image scikit-learn.  Run it in this folder.
"""
import json

import numpy as np
from scipy.linalg import sqrtm
from scipy.ndimage import laplace, median_filter
from sklearn.linear_model import LogisticRegression
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


def distribution():
    generator = Generator(31)
    a, b = features(generator, 1300, 6, 0), features(generator, 1300, 6, 0.25)
    blocks = [kernel_distance(x, y) for x, y in zip(np.split(a, 2), np.split(b, 2))]
    flat = a.copy()
    flat[:, 2] = 0.5  # a feature that never varies: a singular covariance
    return dict(
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


if __name__ == '__main__':
    for make in (distribution, denoising, probes):
        with open(f'{make.__name__}.json', 'w') as file:
            json.dump(make(), file, indent=1)
            file.write('\n')
