#!/usr/bin/env python3
"""Makes optimizers.json: parameters under torch.optim's AdamW, Adam and SGD, averages, norms and rates.

    python optimizers.py

Parameters and gradients come from the formula in probes.py; float64 throughout.
"""
import pathlib
import sys

import torch

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parents[1] / 'TestSupport' / 'Oracles'))
from probes import probe, save, tensor  # noqa: E402

torch.set_default_dtype(torch.float64)

ADAMW = [
    # count, steps, rates, weight decay, betas, epsilon
    dict(count=37, steps=30, rate=1e-3, weightDecay=1e-2, beta1=0.9, beta2=0.999, epsilon=1e-8),
    dict(count=1000, steps=5, rate=0.1, weightDecay=0.5, beta1=0.8, beta2=0.95, epsilon=1e-6),
    dict(count=70001, steps=3, rate=2e-3, weightDecay=0.0, beta1=0.9, beta2=0.999, epsilon=1e-8),
]


def adamw(case):
    values = torch.nn.Parameter(tensor((case['count'],), 1))
    optimizer = torch.optim.AdamW(
        [values], lr=case['rate'], weight_decay=case['weightDecay'],
        betas=(case['beta1'], case['beta2']), eps=case['epsilon'])
    for step in range(case['steps']):
        optimizer.param_groups[0]['lr'] = case['rate'] / (1 + step)
        # Number 0 never has a gradient; the others' scale changes from step to step.
        values.grad = tensor((case['count'],), 2 + step, scale=10.0 ** (step % 4 - 2))
        values.grad[0] = 0
        optimizer.step()
    state = optimizer.state[values]
    return dict(case, values=probe(values), first=probe(state['exp_avg']),
                second=probe(state['exp_avg_sq']))


def other(case):
    """Adam with an L2 penalty or gradient descent with momentum; gradients as in `adamw`."""
    values = torch.nn.Parameter(tensor((case['count'],), 1))
    if case['kind'] == 'adam':
        optimizer = torch.optim.Adam(
            [values], lr=case['rate'], weight_decay=case['weightDecay'])
    else:
        optimizer = torch.optim.SGD(
            [values], lr=case['rate'], momentum=case['momentum'],
            weight_decay=case['weightDecay'])
    norms = []
    for step in range(case['steps']):
        values.grad = tensor((case['count'],), 2 + step, scale=10.0 ** (step % 4 - 2))
        norm = torch.nn.utils.clip_grad_norm_([values], case['limit'])
        norms.append(float(f'{norm.item():.12g}'))
        optimizer.step()
    return dict(case, values=probe(values), norms=norms)


OTHERS = [
    dict(kind='adam', count=1000, steps=12, rate=1e-2, weightDecay=0.0, limit=1e9),
    dict(kind='adam', count=333, steps=9, rate=3e-3, weightDecay=0.1, limit=1.0),
    dict(kind='sgd', count=1000, steps=12, rate=1e-2, momentum=0.9, weightDecay=0.0, limit=1e9),
    dict(kind='sgd', count=70001, steps=7, rate=0.1, momentum=0.5, weightDecay=0.05, limit=2.0),
    dict(kind='sgd', count=37, steps=5, rate=0.1, momentum=0.0, weightDecay=0.0, limit=1e9),
]


def average(count, steps, decay):
    """An exponential moving average by numpy."""
    mean = tensor((count,), 1).numpy().copy()
    for step in range(steps):
        mean = decay * mean + (1 - decay) * tensor((count,), 2 + step).numpy()
    return dict(count=count, steps=steps, decay=decay, values=probe(torch.from_numpy(mean)))


def cosine_restarts(peak, first, factor, minimum, total=60):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=peak)
    schedule = torch.optim.lr_scheduler.CosineAnnealingWarmRestarts(
        optimizer, first, factor, minimum)
    rates = []
    for _ in range(total):
        rates.append(float(f'{optimizer.param_groups[0]["lr"]:.12g}'))
        optimizer.step()
        schedule.step()
    return dict(peak=peak, firstCycle=first, factor=factor, minimum=minimum, rates=rates)


def one_cycle(peak, total):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, peak, total_steps=total)
    rates = []
    for step in range(total):
        rates.append(float(f'{optimizer.param_groups[0]["lr"]:.12g}'))
        optimizer.step()
        if step + 1 < total:
            schedule.step()
    return dict(peak=peak, totalSteps=total, rates=rates)


save(here / 'optimizers.json', dict(
    adamW=[adamw(case) for case in ADAMW], others=[other(case) for case in OTHERS],
    averages=[average(1000, 40, 0.9), average(37, 5, 0.999)],
    cosineRestarts=[cosine_restarts(2e-3, 10, 1, 0), cosine_restarts(1.0, 7, 2, 1e-3),
                    cosine_restarts(0.5, 1, 3, 0.1)],
    oneCycle=[one_cycle(2e-3, 101), one_cycle(1e-3, 21), one_cycle(0.5, 12), one_cycle(1.0, 4)]))
