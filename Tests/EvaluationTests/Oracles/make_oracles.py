#!/usr/bin/env python3
"""Writes the numbers that EvaluationTests compare with: scikit-image, scikit-learn, PyTorch, numpy and
scipy.

Inputs are not stored: a 64-bit linear congruential generator gives the same ones here and in
SharedInputs.swift, and Philox4x32-10 the same noise as RandomSource.
Needs: pip install numpy scipy torch scikit-image scikit-learn.  Run it in this folder: python make_oracles.py
"""
import json

import numpy as np
import torch
from scipy.special import logsumexp
from scipy.stats import norm
from skimage.metrics import peak_signal_noise_ratio, structural_similarity
from sklearn.decomposition import PCA

MASK = (1 << 64) - 1


class Generator:
    def __init__(self, seed):
        self.state = seed

    def word(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & MASK
        return self.state

    def bytes(self, count):
        return np.array([self.word() >> 56 for _ in range(count)], np.uint8)

    def signed(self, *shape):
        """Multiples of 2**-23 in [-1, 1)."""
        count = int(np.prod(shape))
        return np.array([(self.word() >> 40) / 2**23 - 1 for _ in range(count)]).reshape(shape)


def philox(seed, purpose, step, blocks):
    """Words of RandomSource's stream, four a block (Salmon et al. 2011)."""
    low = np.uint64(0xFFFFFFFF)
    a = np.arange(blocks, dtype=np.uint64)
    b = np.full(blocks, step & 0xFFFFFFFF, np.uint64)
    c = np.full(blocks, step >> 32, np.uint64)
    d = np.full(blocks, purpose, np.uint64)
    k0, k1 = seed & 0xFFFFFFFF, seed >> 32
    for _ in range(10):
        p, q = a * np.uint64(0xD2511F53), c * np.uint64(0xCD9E8D57)
        a = (q >> np.uint64(32)) ^ b ^ np.uint64(k0)
        b = q & low
        c = (p >> np.uint64(32)) ^ d ^ np.uint64(k1)
        d = p & low
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return np.stack([a, b, c, d], 1).reshape(-1)


def normal(count, seed, purpose, step):
    uniform = ((philox(seed, purpose, step, count // 4 + 1) >> np.uint64(8)) + 0.5) * 2.0**-24
    radius, angle = np.sqrt(-2 * np.log(uniform[0::2])), 2 * np.pi * uniform[1::2]
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1).reshape(-1)[:count]


def similarity():
    cases = []
    for seed, (channels, height, width) in enumerate(
        [(1, 28, 28), (1, 11, 11), (3, 32, 32), (1, 13, 17), (3, 11, 15), (1, 10, 10)], 1
    ):
        generator, count = Generator(seed), 9
        size = count * channels * height * width
        first = generator.bytes(size).astype(np.int64)
        second = (first * 7 + generator.bytes(size).astype(np.int64) * 3) // 10
        shape = (count, channels, height, width)
        first, second = (x.reshape(shape).astype(np.float64) / 255 for x in (first, second))
        pairs = list(zip(first, second))
        peaks = [peak_signal_noise_ratio(a, b, data_range=1) for a, b in pairs]
        similarities = None if min(height, width) < 11 else [
            structural_similarity(
                a, b, channel_axis=0, data_range=1, gaussian_weights=True, sigma=1.5,
                use_sample_covariance=False)
            for a, b in pairs]
        cases.append(dict(
            seed=seed, channels=channels, height=height, width=width, count=count,
            psnr=peaks, ssim=similarities,
            psnr_pooled=peak_signal_noise_ratio(first, second, data_range=1)))
    return cases


def components():
    generator = Generator(77)
    rows = (generator.signed(60, 4) @ generator.signed(4, 7)
            + 0.1 * generator.signed(60, 7) + 3).astype(np.float32).astype(np.float64)
    covariance = np.cov(rows, rowvar=False)
    values, vectors = np.linalg.eigh(covariance)
    values, vectors = values[::-1], vectors[:, ::-1].T
    signs = np.sign(vectors[np.arange(7), np.abs(vectors).argmax(1)])
    vectors = vectors * signs[:, None]
    mean = rows.mean(0)
    codes = (rows - mean) @ vectors[:3].T
    fit = PCA(3, svd_solver='full').fit(rows)
    return dict(
        variances=fit.explained_variance_.tolist(), shares=fit.explained_variance_ratio_.tolist(),
        restored=fit.inverse_transform(fit.transform(rows))[:2].reshape(-1).tolist(),
        rows=rows.reshape(-1).tolist(), mean=mean.tolist(),
        eigenvalues=values.tolist(), eigenvectors=vectors.reshape(-1).tolist(),
        codes=codes.reshape(-1).tolist(),
        reconstructions=(codes @ vectors[:3] + mean).reshape(-1).tolist())


def bounds():
    """A linear encoder and decoder, 12 pixels, 3 latent numbers, over two blocks of images."""
    pixels, latent, count, block, seed, evaluation = 12, 3, 503, 500, 5, 6
    generator = Generator(9)
    decoder, offset = generator.signed(pixels, latent) * 2, generator.signed(pixels)
    to_mean, to_log_variance = generator.signed(latent, pixels), generator.signed(latent, pixels)
    images = torch.tensor(generator.bytes(count * pixels).reshape(count, pixels) / 255.0)
    decoder, offset, to_mean, to_log_variance = map(
        torch.tensor, (decoder, offset, to_mean, to_log_variance))
    mean, log_variance = images @ to_mean.T, images @ to_log_variance.T - 1
    posterior = torch.distributions.Normal(mean, (log_variance / 2).exp())
    prior = torch.distributions.Normal(0.0, 1.0)
    divergence = torch.distributions.kl_divergence(posterior, prior)
    logs, weights = [], []
    for draw in range(40):
        noise = np.concatenate([
            normal(min(block, count - start) * latent, seed, evaluation,
                   draw << 32 | start // block)
            for start in range(0, count, block)])
        code = mean + (log_variance / 2).exp() * torch.tensor(noise).reshape(count, latent)
        logits = code @ decoder.T + offset
        log = -torch.nn.functional.binary_cross_entropy_with_logits(
            logits, images, reduction='none').sum(1)
        logs.append(log)
        weights.append(log + prior.log_prob(code).sum(1) - posterior.log_prob(code).sum(1))
    logs, weights = torch.stack(logs), torch.stack(weights)
    result = dict(
        reconstruction_3=(-logs[:3].mean(0)).tolist(), divergence=divergence.sum(1).tolist(),
        kl_per_dimension=divergence.mean(0).tolist(),
        mean_variances=mean.var(0, unbiased=False).tolist())
    for samples in (1, 7, 40):
        part = weights[:samples]
        bound = torch.logsumexp(part, 0) - np.log(samples)
        ratio = torch.softmax(part, 0)
        result[f'bound_{samples}'] = bound.tolist()
        result[f'ess_{samples}'] = (1 / (ratio**2).sum(0)).tolist()
    elbo = logs[:3].mean(0) - divergence.sum(1)
    result['elbo_mean'] = elbo.mean().item()
    result['elbo_error'] = (elbo.std() / count**0.5).item()
    return {name: shortened(value) for name, value in result.items()}


def aggregate():
    """Rate decomposition of 40 posteriors of 3 numbers, one draw from every other image."""
    count, latent, draws, seed, evaluation = 40, 3, 20, 11, 6
    generator = Generator(21)
    mean = (generator.signed(count, latent) * 2).astype(np.float32).astype(np.float64)
    log_variance = (generator.signed(count, latent) - 1).astype(np.float32).astype(np.float64)
    deviation = np.exp(log_variance / 2)
    noise = normal(draws * latent, seed, evaluation, 0).reshape(draws, latent)
    chosen = np.arange(draws) * count // draws
    codes = mean[chosen] + deviation[chosen] * noise
    # (draws, images, dimensions)
    logs = norm.logpdf(codes[:, None], mean[None], deviation[None])
    conditional = logs.sum(2)[np.arange(draws), chosen]
    joint = logsumexp(logs.sum(2), 1) - np.log(count)
    marginals = logsumexp(logs, 1) - np.log(count)
    prior = norm.logpdf(codes)
    terms = dict(
        mutual_information=conditional - joint, total_correlation=joint - marginals.sum(1),
        dimensionwise=(marginals - prior).sum(1))
    result = {name: value.mean() for name, value in terms.items()}
    result['mutual_information_error'] = terms['mutual_information'].std(ddof=1) / draws**0.5
    result['divergences'] = (marginals - prior).mean(0).tolist()
    result['correlations'] = np.corrcoef(mean, rowvar=False).reshape(-1).tolist()
    result['aggregate_deviations'] = np.sqrt(
        mean.var(0) + (deviation**2).mean(0)).tolist()
    return result


def selftest():
    """What the program's own self-test knows by heart (Sources/Evaluation/SelfTest/KnownAnswers.swift)."""
    index = np.arange(784)
    first = index * 37 % 256
    second = (first * 7 + index * 91 % 256 * 3) // 10
    first, second = ((x.reshape(28, 28) / 255).astype(np.float64) for x in (first, second))
    return dict(
        ssim=structural_similarity(
            first, second, data_range=1, gaussian_weights=True, sigma=1.5,
            use_sample_covariance=False),
        psnr=peak_signal_noise_ratio(first, second, data_range=1),
        words=[int(word) for word in philox(0, 1, 0, 1)[:2]])


def shortened(value):
    """The first and last five of a long list, and its mean: enough to pin an order and a sum."""
    if not isinstance(value, list) or len(value) < 20:
        return value
    return dict(first=value[:5], last=value[-5:], mean=float(np.mean(value)))


if __name__ == '__main__':
    for make in (similarity, components, bounds, aggregate, selftest):
        with open(f'{make.__name__}.json', 'w') as file:
            json.dump(make(), file, indent=1)
            file.write('\n')
