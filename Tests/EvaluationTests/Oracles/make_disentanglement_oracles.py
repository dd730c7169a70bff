#!/usr/bin/env python3
"""Writes disentanglement.json: the published definitions of MIG, DCI, SAP and the FactorVAE score in numpy,
scipy and scikit-learn, step by step as in disentanglement_lib, on inputs of make_oracles.py's generator.
Needs: pip install numpy scipy torch scikit-image scikit-learn.  Run it in this folder.
"""
import json

import numpy as np
from scipy.stats import entropy
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.metrics import balanced_accuracy_score, mutual_info_score

from make_oracles import Generator

KINDS = [3, 5, 4]  # the first factor is a kind, the others are ordered


def draw(generator, count):
    """Codes (count, 5) that mix three factors, and the factors' values (count, 3)."""
    values = generator.bytes(count * 3).reshape(count, 3).astype(int) % np.array(KINDS)
    noise = generator.signed(count, 5)
    kind, first, second = values.T.astype(float)
    codes = np.stack([
        first / 2 + noise[:, 0] / 2,
        second + kind / 2 + noise[:, 1],
        kind + noise[:, 2],
        first / 4 - second / 4 + noise[:, 3],
        noise[:, 4] / 64,
    ], 1)
    return codes.astype(np.float32).astype(np.float64), values


def mig(codes, values, kept=slice(None)):
    """disentanglement_lib: metrics/mig.py with the histogram discretizer, 20 bins."""
    binned = [np.digitize(column, np.histogram(column, 20)[1][:-1])[kept] for column in codes.T]
    values = values[kept]
    information = np.array([[mutual_info_score(v, b) for b in binned] for v in values.T])
    entropies = np.array([mutual_info_score(v, v) for v in values.T])
    ordered = np.sort(information, 1)[:, ::-1]
    return information, float(np.mean((ordered[:, 0] - ordered[:, 1]) / entropies))


def jackknife(function, count, blocks=10):
    bounds = [b * count // blocks for b in range(blocks + 1)]
    parts = [function(np.delete(np.arange(count), np.s_[a:b])) for a, b in zip(bounds, bounds[1:])]
    return float(np.sqrt((blocks - 1) / blocks * np.sum((parts - np.mean(parts)) ** 2)))


def thresholds(codes, values, others, kinds):
    """The kind with the largest share of its images in each of 20 bins, for other codes."""
    edges = np.histogram(codes, 20)[1][:-1]
    weights = np.zeros((20, kinds))
    for code, value in zip(codes, values):
        weights[np.digitize(code, edges) - 1, value] += 1 / np.sum(values == value)
    answers, last = [], None
    for row in weights:
        last = int(np.argmax(row)) if row.max() > 0 else last
        answers.append(last)
    first = next(a for a in answers if a is not None)
    answers = [first if a is None else a for a in answers]
    return np.array([answers[max(b - 1, 0)] for b in np.digitize(others, edges)])


def sap(fitted, scored):
    (codes, values), (others, wanted) = fitted, scored
    scores = np.zeros((3, 5))
    for dimension in range(5):
        found = thresholds(codes[:, dimension], values[:, 0], others[:, dimension], KINDS[0])
        scores[0, dimension] = balanced_accuracy_score(wanted[:, 0], found)
        for factor in (1, 2):
            scores[factor, dimension] = np.corrcoef(
                others[:, dimension], wanted[:, factor])[0, 1] ** 2
    ordered = np.sort(scores, 1)[:, ::-1]
    return scores, float(np.mean(ordered[:, 0] - ordered[:, 1]))


def batches(generator, values, count, size):
    """Votes: a factor, an image, and images that share its value."""
    result = []
    for _ in range(count):
        words = generator.bytes(size + 2).astype(int)
        factor, image = words[0] % 3, words[1] % len(values)
        alike = np.flatnonzero(values[:, factor] == values[image, factor])
        result.append((int(factor), alike[words[2:] % len(alike)]))
    return result


def factor_vae(fitted, training, scored, scoring):
    """disentanglement_lib: metrics/factor_vae.py."""
    variances = np.var(fitted, axis=0, ddof=1)
    active = np.sqrt(variances) >= 0.05

    def votes(codes, batches):
        table = np.zeros((3, 5), int)
        for factor, images in batches:
            shares = np.var(codes[images], axis=0, ddof=1)[active] / variances[active]
            table[factor, np.flatnonzero(active)[np.argmin(shares)]] += 1
        return table

    table, others = votes(fitted, training), votes(scored, scoring)
    majority = np.argmax(table, axis=0)
    return table.T.tolist(), float(others[majority, range(5)].sum() / others.sum())


def dci(importance):
    """disentanglement_lib: metrics/dci.py; importance is (dimensions, factors)."""
    by_code = 1 - entropy(importance.T + 1e-11, base=importance.shape[1])
    by_factor = 1 - entropy(importance + 1e-11, base=importance.shape[0])
    return dict(
        of_dimensions=by_code.tolist(), of_factors=by_factor.tolist(),
        disentanglement=float(np.sum(by_code * importance.sum(1) / importance.sum())),
        completeness=float(np.sum(by_factor * importance.sum(0) / importance.sum())))


def trees(fitted, scored):
    importance, accuracy = [], []
    for factor in range(3):
        model = GradientBoostingClassifier(random_state=0)
        model.fit(fitted[0], fitted[1][:, factor])
        importance.append(model.feature_importances_.tolist())
        accuracy.append(float(model.score(scored[0], scored[1][:, factor])))
    return dict(importance=importance, accuracy=accuracy)


if __name__ == '__main__':
    generator = Generator(61)
    fitted, scored = draw(generator, 240), draw(generator, 200)
    training = batches(generator, fitted[1], 60, 4)
    scoring = batches(generator, scored[1], 40, 4)
    information, gap = mig(*scored)
    scores, predictability = sap(fitted, scored)
    table, votes = factor_vae(fitted[0], training, scored[0], scoring)
    given = np.abs(Generator(62).signed(5, 3))
    given[3] = 0  # a dimension that says nothing
    numbers = dict(
        information=information.tolist(), mig=gap,
        mig_error=jackknife(lambda kept: mig(*scored, kept)[1], len(scored[0])),
        predictability=scores.tolist(), sap=predictability,
        sap_error=jackknife(
            lambda kept: sap(fitted, (scored[0][kept], scored[1][kept]))[1], len(scored[0])),
        votes=table, factor_vae=votes, given=dci(given), trees=trees(fitted, scored))
    with open('disentanglement.json', 'w') as file:
        json.dump(numbers, file, indent=1)
        file.write('\n')
