#!/usr/bin/env python3
"""Makes denoiser.json and denoiser.pt: the PyTorch peer's denoising autoencoder, whole.

    python denoiser.py FOLDER

FOLDER holds the peer, torch_dae.py. Output, gradients of the mean squared error and 20 steps of AdamW, in
float64 and with nothing dropped, from weights and images that the Swift test computes by the same formula; and
a small checkpoint as the peer saves it, with what it makes of some images.
"""
import pathlib
import sys

import torch
import torch.nn.functional as F

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parents[1] / 'TestSupport' / 'Oracles'))
sys.path.insert(0, sys.argv[1])
import torch_dae  # noqa: E402
from probes import probe, save, tensor  # noqa: E402


def parts(net):
    """Names with the numbers that a layer's part starts from."""
    for name, values in net.state_dict().items():
        kind = 'weight' if values.dim() > 1 else name.rsplit('.', 1)[1]
        norm = values.dim() == 1 and name != 'decoder.12.bias'
        yield name, values, dict(
            weight=(0.2, 1) if norm else (0.15, 0), bias=(0.1, 0))[kind]


def model(base, channels):
    net = torch_dae.ConvDAE(base, channels).double()
    for index, (name, values, (scale, offset)) in enumerate(parts(net)):
        values.copy_(tensor(values.shape, 1 + index, scale, offset))
    for module in net.modules():
        if isinstance(module, torch.nn.Dropout2d):
            module.p = 0
    return net


def images(batch, channels, size, step, phase=50):
    return tensor((batch, channels, size, size), phase + step, 0.5, 0.5)


def run(size, channels, base, batch, steps=20):
    net = model(base, channels)
    x = images(batch, channels, size, 0)
    y = net(x)
    error = F.mse_loss(y, x)
    error.backward()
    state = net.state_dict()
    code = net.bottleneck(net.encoder(x))
    result = dict(
        size=size, channels=channels, base=base, batch=batch, names=list(state),
        shapes=[list(v.shape) for v in state.values()], output=probe(y), code=probe(code),
        error=error.item(),
        gradients={n: probe(p.grad, 8) for n, p in net.named_parameters()})
    net = model(base, channels)
    optimizer = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=1e-4)
    errors = []
    for step in range(steps):
        x = images(batch, channels, size, step)
        error = F.mse_loss(net(x), x)
        optimizer.zero_grad()
        error.backward()
        optimizer.step()
        errors.append(float(f'{error.item():.10g}'))
    return dict(result, errors=errors)


def checkpoint():
    torch.manual_seed(3)
    net = torch_dae.ConvDAE(1)
    optimizer = torch.optim.AdamW(net.parameters())
    F.mse_loss(net(torch.rand(2, 1, 12, 12)), torch.rand(2, 1, 12, 12)).backward()
    optimizer.step()
    net.eval()
    x = images(3, 1, 12, 0).float()
    with torch.no_grad():
        output = probe(net(x))
    torch.save({'epoch': 0, 'model_state_dict': net.state_dict(),
                'optimizer_state_dict': optimizer.state_dict(), 'loss': 0.5,
                'config': {'model': {'name': 'conv', 'base_ch': 1}}}, here / 'denoiser.pt')
    return dict(size=12, count=3, output=output)


save(here / 'denoiser.json', dict(
    models=[run(9, 1, 4, 3), run(16, 3, 8, 4), run(28, 1, 2, 2)], checkpoint=checkpoint()))
