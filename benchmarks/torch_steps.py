#!/usr/bin/env python3
"""Training steps of vae-report's models in PyTorch, timed: the peer's own modules at any image size.

    python torch_steps.py --peers FOLDER --model conv|resnet|mlp|dae [--base 32] [--size 28 --channels 1]
                          [--bf16] [--channels-last] [--compile] [--steps 60]

FOLDER holds torch_vae.py and torch_dae.py. A step is what training does: choose a batch of images that lie
ready as float32, forward, backward, AdamW (fused), one-cycle rate. Prints one JSON line; images_per_s is that
of the median step, the first five left out.
"""
import argparse
import json
import os
import resource
import sys
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


def model(a):
    """The module, and its loss from (module, images)."""
    sys.path[:0] = [a.peers, os.path.dirname(os.path.abspath(__file__))]
    import torch_dae
    import torch_resnet
    import torch_vae
    if a.model == 'dae':
        return torch_dae.ConvDAE(a.base, a.channels), denoising
    kinds = dict(conv=torch_vae.Conv, resnet=torch_resnet.ResNet, mlp=torch_vae.MLP)
    net = kinds[a.model](a.latent, a.base, a.size, a.channels)
    for m in net.modules():
        if isinstance(m, (nn.Linear, nn.Conv2d, nn.ConvTranspose2d)):
            nn.init.xavier_uniform_(m.weight)
            nn.init.zeros_(m.bias)
    return net, negative_elbo


def forward(net, x):
    mu, lv = net.encode(x)
    return net.decode(mu + torch.randn_like(mu) * torch.exp(0.5 * lv)), mu, lv


def negative_elbo(run, x):
    logits, mu, lv = run(x)
    nats = F.binary_cross_entropy_with_logits(logits.float(), x, reduction='none')
    mu, lv = mu.float(), lv.float()
    return nats.flatten(1).sum(1).mean() - 0.5 * (1 + lv - mu ** 2 - lv.exp()).sum(1).mean()


def denoising(run, x):
    return F.mse_loss(run((x + 0.3 * torch.randn_like(x)).clamp(0, 1)).float(), x)


def arguments(models):
    """The arguments that every timing takes."""
    p = argparse.ArgumentParser()
    p.add_argument('--peers', required=True, help='folder of torch_vae.py and torch_dae.py')
    p.add_argument('--model', default='conv', choices=models)
    p.add_argument('--base', type=int, default=32)
    p.add_argument('--latent', type=int, default=32)
    p.add_argument('--size', type=int, default=28)
    p.add_argument('--channels', type=int, default=1)
    p.add_argument('--bf16', action='store_true')
    p.add_argument('--channels-last', action='store_true')
    p.add_argument('--compile', action='store_true')
    p.add_argument('--threads', type=int, default=os.cpu_count())
    return p


def prepare(a):
    """PyTorch as it is timed; the module and its loss."""
    torch.set_num_threads(a.threads)
    torch.manual_seed(0)
    torch.set_flush_denormal(True)
    return model(a)


def main():
    p = arguments(['conv', 'resnet', 'mlp', 'dae'])
    p.add_argument('--batch', type=int, default=128)
    p.add_argument('--steps', type=int, default=60)
    a = p.parse_args()
    net, loss_of = prepare(a)
    images = torch.rand(8192, a.channels, a.size, a.size)
    if a.channels_last:
        net = net.to(memory_format=torch.channels_last)
        images = images.contiguous(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=1e-4, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 1e-3, total_steps=a.steps + 6)
    run = net if a.model == 'dae' else lambda x: forward(net, x)
    if a.compile:
        run = torch.compile(run)
    net.train()
    times = []
    for _ in range(a.steps + 5):
        begin = time.perf_counter()
        x = images[torch.randint(len(images), (a.batch,))]
        optimizer.zero_grad(set_to_none=True)
        with torch.autocast('cpu', dtype=torch.bfloat16, enabled=a.bf16):
            loss = loss_of(run, x)
        loss.backward()
        optimizer.step()
        schedule.step()
        times.append(time.perf_counter() - begin)
    print(json.dumps(dict(
        model=a.model, base=a.base, batch=a.batch, size=a.size, channels=a.channels, bf16=a.bf16,
        channels_last=a.channels_last, compile=a.compile, steps=a.steps, last_loss=float(loss.detach()),
        images_per_s=round(a.batch / float(np.median(times[5:]))),
        peak_rss_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)))


if __name__ == '__main__':
    main()
