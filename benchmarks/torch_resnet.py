#!/usr/bin/env python3
"""The residual VAE in PyTorch: the twin of vae-report's vae_resnet.

    python torch_resnet.py --peers FOLDER --data data/mnist --load best.safetensors
    python torch_resnet.py --steps 60 --batch 128 [--bf16] [--channels-last]

The first evaluates a vae-report checkpoint on MNIST's test images with the measures of torch_vae.py,
which lies in FOLDER; the second trains on random images and prints the rate. Without --load and --steps
it trains on MNIST as torch_vae.py does. The names in state_dict() are those of a checkpoint.

Geometry. Block i of the encoder halves the image, rounding up: branch Conv2d k4 s2 p1 on an even size and
k3 s2 p1 on an odd one, BatchNorm, ReLU, Conv2d k3 s1 p1, BatchNorm; shortcut Conv2d k1 s2, BatchNorm; their
sum, ReLU. Channels B, 2B, 4B, 8B. The decoder mirrors it: branch ConvTranspose2d k4 or k3 s2 p1, shortcut
ConvTranspose2d k2 s2 p0 to an even size and k3 s2 p1 to an odd one; its last layer is a ConvTranspose2d.
"""
import argparse
import json
import sys
import time
from collections import OrderedDict

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


class Block(nn.Module):
    """Two ways between maps of `size` and half of it; `up` leads to the smaller one."""

    def __init__(self, inputs, outputs, size, up):
        super().__init__()
        even = size % 2 == 0
        kernel = 4 if even else 3
        layer = nn.Conv2d if up else nn.ConvTranspose2d
        self.conv1 = layer(inputs, outputs, kernel, 2, 1)
        self.norm1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1)
        self.norm2 = nn.BatchNorm2d(outputs)
        if up:
            self.shortcut = nn.Conv2d(inputs, outputs, 1, 2)
        else:
            self.shortcut = nn.ConvTranspose2d(inputs, outputs, 2 if even else 3, 2, 0 if even else 1)
        self.shortcut_norm = nn.BatchNorm2d(outputs)

    def forward(self, x):
        h = self.norm2(self.conv2(F.relu(self.norm1(self.conv1(x)))))
        return h + self.shortcut_norm(self.shortcut(x))


class ResNet(nn.Module):
    def __init__(self, latent, base, size=28, channels=1):
        super().__init__()
        widths = [channels, base, 2 * base, 4 * base, 8 * base]
        sizes = [size]
        for _ in range(4):
            sizes.append((sizes[-1] + 1) // 2)
        encoder = OrderedDict()
        for i in range(4):
            encoder[f'block{i + 1}'] = Block(widths[i], widths[i + 1], sizes[i], up=True)
            encoder[f'relu{i + 1}'] = nn.ReLU(True)
        encoder['flatten'] = nn.Flatten()
        self.encoder = nn.Sequential(encoder)
        flat = widths[4] * sizes[4] ** 2
        self.mean, self.logvar = nn.Linear(flat, latent), nn.Linear(flat, latent)
        decoder = OrderedDict(project=nn.Linear(latent, flat),
                              unflatten=nn.Unflatten(1, (widths[4], sizes[4], sizes[4])))
        for i in (4, 3, 2):
            decoder[f'block{5 - i}'] = Block(widths[i], widths[i - 1], sizes[i - 1], up=False)
            decoder[f'relu{5 - i}'] = nn.ReLU(True)
        decoder['deconv4'] = nn.ConvTranspose2d(base, channels, 4 if size % 2 == 0 else 3, 2, 1)
        self.decoder = nn.Sequential(decoder)

    def encode(self, x):
        h = self.encoder(x)
        return self.mean(h), self.logvar(h)

    def decode(self, z):
        return self.decoder(z)


def load(net, path):
    """Reads a checkpoint; batch counts, which it does not have, stay."""
    from safetensors.torch import load_file
    have, want = load_file(path), net.state_dict()
    net.load_state_dict({k: have[k].reshape(v.shape) if k in have else v
                         for k, v in want.items()
                         if k in have or k.endswith('num_batches_tracked')})


def objective(net, x):
    mu, lv = net.encode(x)
    logits = net.decode(mu + torch.randn_like(mu) * torch.exp(0.5 * lv))
    return logits, mu, lv


def train(net, images, a):
    """Steps of AdamW under a one-cycle rate; returns seconds per step and the last loss."""
    for m in net.modules():
        if isinstance(m, (nn.Linear, nn.Conv2d, nn.ConvTranspose2d)):
            nn.init.xavier_uniform_(m.weight)
            nn.init.zeros_(m.bias)
    if a.channels_last:
        net.to(memory_format=torch.channels_last)
        images = images.contiguous(memory_format=torch.channels_last)
    total = a.steps or len(images) // a.batch * a.epochs
    optimizer = torch.optim.AdamW(net.parameters(), lr=a.lr, weight_decay=1e-4, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, a.lr, total_steps=total + 1)
    net.train()
    times = []
    for _ in range(total):
        begin = time.perf_counter()
        x = images[torch.randint(len(images), (a.batch,))]
        optimizer.zero_grad(set_to_none=True)
        with torch.autocast('cpu', dtype=torch.bfloat16, enabled=a.bf16):
            logits, mu, lv = objective(net, x)
        mu, lv = mu.float(), lv.float()
        nats = F.binary_cross_entropy_with_logits(logits.float(), x, reduction='sum')
        loss = (nats - 0.5 * (1 + lv - mu ** 2 - lv.exp()).sum()) / a.batch
        loss.backward()
        optimizer.step()
        schedule.step()
        times.append(time.perf_counter() - begin)
    return times, float(loss.detach())


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--peers', help='folder of torch_vae.py, for MNIST and its measures')
    p.add_argument('--data', default='data/mnist')
    p.add_argument('--base', type=int, default=32)
    p.add_argument('--latent', type=int, default=32)
    p.add_argument('--size', type=int, default=28)
    p.add_argument('--channels', type=int, default=1)
    p.add_argument('--batch', type=int, default=128)
    p.add_argument('--epochs', type=int, default=1)
    p.add_argument('--steps', type=int, default=0, help='this many steps on random images')
    p.add_argument('--lr', type=float, default=1e-3)
    p.add_argument('--bf16', action='store_true')
    p.add_argument('--channels-last', action='store_true')
    p.add_argument('--binarize', action='store_true')
    p.add_argument('--iwae', type=int, default=0)
    p.add_argument('--iwae-images', type=int, default=1000)
    p.add_argument('--load', help='evaluate this safetensors checkpoint instead of training')
    p.add_argument('--threads', type=int, default=2)
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(0)
    torch.set_flush_denormal(True)
    net = ResNet(a.latent, a.base, a.size, a.channels)
    out = dict(model='resnet', base=a.base, batch=a.batch, bf16=a.bf16,
               channels_last=a.channels_last, params=sum(q.numel() for q in net.parameters()))
    if a.steps:
        images = torch.rand(4 * a.batch, a.channels, a.size, a.size)
    else:
        if not a.peers:
            p.error('MNIST needs --peers, the folder of torch_vae.py')
        sys.path.insert(0, a.peers)
        import torch_vae
        images, test = (
            torch.from_numpy(torch_vae.idx(f'{a.data}/{n}-images-idx3-ubyte.gz').copy())
            .float().div_(255).unsqueeze(1) for n in ('train', 't10k'))
    if a.load:
        load(net, a.load)
    else:
        times, loss = train(net, images, a)
        out.update(steps=len(times), last_loss=round(loss, 2),
                   images_per_s=round(a.batch / float(np.median(times[5:] or times))))
    if not a.steps:
        out.update(torch_vae.evaluate(net, test, a))
    print(json.dumps(out))


if __name__ == '__main__':
    main()
