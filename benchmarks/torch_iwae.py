#!/usr/bin/env python3
"""The importance-weighted bound of random images in PyTorch, timed: the twin of `vae-report bench --iwae`.

    python torch_iwae.py --peers FOLDER [--model conv|resnet|mlp] [--base 32] [--iwae 64] [--images 1000]
                         [--rows 512] [--channels-last] [--compile]

FOLDER holds torch_vae.py. The encoder sees each image once, the decoder `rows` codes at a time (those of
several images together, which is faster than an image at a time). Prints one JSON line.
"""
import json
import math
import resource
import time

import torch

import torch_steps


def bound(decode, mean, logvar, images, samples):
    """log mean w of each image, [images]: Burda et al. 2016, eq. 8."""
    count, latent = mean.shape
    noise = torch.randn(count, samples, latent)
    codes = mean[:, None] + noise * torch.exp(0.5 * logvar)[:, None]
    logits = decode(codes.reshape(count * samples, latent)).float().reshape(count, samples, -1)
    # softplus(l) − x·l, summed; x is the same for all draws of an image.
    nats = torch.nn.functional.softplus(logits).sum(2) - torch.einsum(
        'nkp,np->nk', logits, images.reshape(count, -1))
    ratio = 0.5 * ((noise ** 2).sum(2) - (codes ** 2).sum(2) + logvar.sum(1)[:, None])
    return torch.logsumexp(ratio - nats, 1) - math.log(samples)


@torch.inference_mode()
def main():
    p = torch_steps.arguments(['conv', 'resnet', 'mlp'])
    p.add_argument('--iwae', type=int, default=64)
    p.add_argument('--images', type=int, default=1000)
    p.add_argument('--rows', type=int, default=512, help='codes that are decoded at once')
    a = p.parse_args()
    net, _ = torch_steps.prepare(a)
    net.eval()
    images = torch.rand(a.images, a.channels, a.size, a.size)
    if a.channels_last:
        net = net.to(memory_format=torch.channels_last)
    decode = torch.compile(net.decode) if a.compile else net.decode
    at_once = max(1, a.rows // a.iwae)
    with torch.autocast('cpu', dtype=torch.bfloat16, enabled=a.bf16):
        # The first calls choose and compile kernels; they are not timed.
        bound(decode, *net.encode(images[:at_once]), images[:at_once], a.iwae)
        begin = time.perf_counter()
        heads = [net.encode(part) for part in images.split(500)]
        mean, logvar = (torch.cat([h[i].float() for h in heads]) for i in (0, 1))
        parts = zip(*(t.split(at_once) for t in (mean, logvar, images)))
        values = torch.cat([bound(decode, *part, a.iwae) for part in parts])
        seconds = time.perf_counter() - begin
    print(json.dumps(dict(
        model=a.model, base=a.base, iwae=a.iwae, images=a.images, rows=a.rows, bf16=a.bf16,
        channels_last=a.channels_last, compile=a.compile, seconds=round(seconds, 3),
        images_per_s=a.images / seconds, iwae_nats=float(values.mean()),
        peak_rss_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)))


if __name__ == '__main__':
    main()
