#!/usr/bin/env python3
"""Makes models.json: the VAEs of the PyTorch peer and of benchmarks/torch_resnet.py, whole.

    python models.py FOLDER

FOLDER holds the peer, torch_vae.py. Nothing is dropped. Loss terms, logits and gradients of one step and 20 steps of AdamW
under a one-cycle rate, in float64, from weights, images and noise that the Swift test computes by the
same formula. Biases before a normalisation are held at zero: the normalisation cancels them.
"""
import pathlib
import sys

import torch

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parents[1] / 'TestSupport' / 'Oracles'))
sys.path.insert(0, str(here.parents[2] / 'benchmarks'))
sys.path.insert(0, sys.argv[1])
import torch_resnet  # noqa: E402
import torch_vae  # noqa: E402
from probes import probe, save, tensor  # noqa: E402

torch.set_default_dtype(torch.float64)


def role(name, state):
    """What a tensor of the state dictionary does, in the words of the test."""
    if name.endswith('running_mean'):
        return 'runningMean'
    if name.endswith('running_var'):
        return 'runningVariance'
    module, part = name.rsplit('.', 1)
    if 'norm' in module:
        return 'scale' if part == 'weight' else 'shift'
    if part == 'weight':
        return 'weight'
    followers = [module.replace(kind, 'norm') for kind in ('deconv', 'conv', 'linear')]
    followers.append(module + '_norm')
    absorbed = any(f != module and f + '.weight' in state for f in followers)
    return 'absorbedBias' if absorbed else 'bias'


NUMBERS = dict(weight=(0.15, 0), bias=(0.1, 0), absorbedBias=(0, 0), scale=(0.2, 1),
               shift=(0.1, 0), runningMean=(0.1, 0), runningVariance=(0.3, 1))


MODELS = dict(conv=torch_vae.Conv, resnet=torch_resnet.ResNet, mlp=torch_vae.MLP)


def model(kind, latent, base, size, channels):
    net = MODELS[kind](latent, base, size, channels)
    for module in net.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0
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


def run(kind, size, channels, base, latent, batch, beta):
    shape = (channels, size, size)
    net, names, roles = model(kind, latent, base, size, channels)
    logits, mu, lv, reconstruction, kl = forward(net, batch, latent, shape, 0)
    (reconstruction + beta * kl).backward()
    state = net.state_dict()
    with torch.no_grad():
        net.eval()
        scored = forward(net, batch, latent, shape, 0)
    result = dict(
        kind=kind, size=size, channels=channels, base=base, latent=latent, batch=batch, beta=beta,
        names=names, shapes=[list(state[n].shape) for n in names],
        roles=[roles[n] for n in names],
        reconstruction=reconstruction.item(), kl=kl.item(), logits=probe(logits),
        heads=probe(torch.cat([mu, lv], 1)),
        gradients={n: probe(p.grad, 8) for n, p in net.named_parameters() if p.requires_grad},
        statistics={n: probe(state[n], 8) for n in names if 'running' in n},
        inference=dict(logits=probe(scored[0]), heads=probe(torch.cat(scored[1:3], 1)),
                       reconstruction=scored[3].item(), kl=scored[4].item()))
    return dict(result, trajectory=trajectory(kind, size, channels, base, latent, batch, beta))


def trajectory(kind, size, channels, base, latent, batch, beta, steps=20):
    net, names, _ = model(kind, latent, base, size, channels)
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
    return dict(losses=losses, tensors={n: probe(state[n], 4) for n in names})


if __name__ == '__main__':
    save(here / 'models.json', [
        run('conv', 28, 1, 4, 3, 5, 1.0), run('conv', 32, 3, 3, 5, 3, 0.5),
        run('resnet', 28, 1, 3, 3, 5, 1.0), run('resnet', 32, 3, 2, 5, 4, 0.5),
        run('resnet', 9, 1, 2, 2, 7, 2.0), run('mlp', 8, 1, 0, 3, 12, 1.0),
        run('mlp', 9, 3, 0, 2, 16, 0.5), run('conv', 9, 1, 2, 2, 7, 4.0)])
