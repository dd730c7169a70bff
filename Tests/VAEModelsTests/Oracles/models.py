#!/usr/bin/env python3
"""Makes models.json: the PyTorch peer's convolutional VAE, whole.

    python models.py FOLDER

FOLDER holds the peer, torch_vae.py. Loss terms, logits and gradients of one step and 20 steps of AdamW
under a one-cycle rate, in float64, from weights, images and noise that the Swift test computes by the
same formula. Biases before a normalisation are held at zero: the normalisation cancels them.
"""
import pathlib
import sys

import torch

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parents[1] / 'TestSupport' / 'Oracles'))
sys.path.insert(0, sys.argv[1])
import torch_vae  # noqa: E402
from probes import probe, save, tensor  # noqa: E402

torch.set_default_dtype(torch.float64)


def role(name, state):
    """What a tensor of the state dictionary does, in the words of the test."""
    if name.endswith('running_mean'):
        return 'runningMean'
    if name.endswith('running_var'):
        return 'runningVariance'
    normalization = name.replace('deconv', 'norm').replace('conv', 'norm')
    if 'norm' in name:
        return 'scale' if name.endswith('weight') else 'shift'
    if name.endswith('weight'):
        return 'weight'
    return 'absorbedBias' if 'conv' in name and normalization in state else 'bias'


NUMBERS = dict(weight=(0.15, 0), bias=(0.1, 0), absorbedBias=(0, 0), scale=(0.2, 1),
               shift=(0.1, 0), runningMean=(0.1, 0), runningVariance=(0.3, 1))


def model(latent, base, size, channels):
    net = torch_vae.Conv(latent, base, size, channels)
    state = net.state_dict()
    names = [n for n in state if not n.endswith('num_batches_tracked')]
    roles = {n: role(n, state) for n in names}
    for index, name in enumerate(names):
        scale, offset = NUMBERS[roles[name]]
        state[name].copy_(tensor(state[name].shape, 1 + index, scale, offset))
    for name, values in net.named_parameters():
        values.requires_grad_(roles[name] != 'absorbedBias')
    return net.train(), names, roles


def forward(net, batch, latent, shape, step):
    images = tensor((batch, *shape), 50 + step, 0.5, 0.5)
    noise = tensor((batch, latent), 200 + step)
    mu, raw = net.encode(images)
    lv = torch.clamp(raw, -30, 20)
    logits = net.decode(mu + noise * torch.exp(0.5 * lv))
    return (logits, mu, lv, torch_vae.bernoulli_nats(logits, images).mean(),
            torch_vae.gaussian_kl(mu, lv).mean())


def run(size, channels, base, latent, batch, beta):
    shape = (channels, size, size)
    net, names, roles = model(latent, base, size, channels)
    logits, mu, lv, reconstruction, kl = forward(net, batch, latent, shape, 0)
    (reconstruction + beta * kl).backward()
    state = net.state_dict()
    with torch.no_grad():
        net.eval()
        scored = forward(net, batch, latent, shape, 0)
    result = dict(
        size=size, channels=channels, base=base, latent=latent, batch=batch, beta=beta,
        names=names, shapes=[list(state[n].shape) for n in names],
        roles=[roles[n] for n in names],
        reconstruction=reconstruction.item(), kl=kl.item(), logits=probe(logits),
        heads=probe(torch.cat([mu, lv], 1)),
        gradients={n: probe(p.grad, 16) for n, p in net.named_parameters() if p.requires_grad},
        statistics={n: probe(state[n], 16) for n in names if 'running' in n},
        inference=dict(logits=probe(scored[0]), heads=probe(torch.cat(scored[1:3], 1)),
                       reconstruction=scored[3].item(), kl=scored[4].item()))
    return dict(result, trajectory=trajectory(size, channels, base, latent, batch, beta))


def trajectory(size, channels, base, latent, batch, beta, steps=20):
    net, names, _ = model(latent, base, size, channels)
    trained = [p for p in net.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=2e-3, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, 2e-3, total_steps=steps + 1, cycle_momentum=False)
    losses = []
    for step in range(steps):
        optimizer.zero_grad()
        _, _, _, reconstruction, kl = forward(net, batch, latent, (channels, size, size), step)
        (reconstruction + beta * kl).backward()
        optimizer.step()
        schedule.step()
        losses.append([float(f'{t.item():.10g}') for t in (reconstruction, kl)])
    state = net.state_dict()
    return dict(losses=losses, tensors={n: probe(state[n], 8) for n in names})


save(here / 'models.json', [
    run(28, 1, 4, 3, 5, 1.0), run(32, 3, 3, 5, 3, 0.5), run(9, 1, 2, 2, 7, 4.0)])
