#!/usr/bin/env python3
"""Where a step's time goes, layer by layer, beside the measured peak of this machine: Markdown tables.

    python roofline.py [--model conv] [--base 32] [--size 28 --channels 1] [--steps 40]

Needs clang for peak.c; vae-report is $TOOL or .build/release/vae-report. Some half minute a model.
"""
import argparse
import json
import os
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOOL = os.path.abspath(os.environ.get('TOOL', os.path.join(HERE, '../.build/release/vae-report')))


def peaks():
    with tempfile.TemporaryDirectory() as folder:
        program = os.path.join(folder, 'peak')
        subprocess.run(['clang', '-O2', '-pthread', os.path.join(HERE, 'peak.c'), '-o', program],
                       check=True)
        lines = subprocess.run([program], check=True, capture_output=True, text=True).stdout
    return {name: float(value) for name, value in (line.split() for line in lines.splitlines())}


def layer_row(layer):
    passes = [layer[f'{name}_ms'] for name in ('forward', 'weights', 'data')]
    times = [f'{ms:.2f}' if ms >= 0.005 else '–' for ms in passes]
    busy = [ms for ms in passes if ms >= 0.005]
    rate = layer['gflop'] * len(busy) / sum(busy) * 1000 if busy and layer['gflop'] > 0 else 0
    return f'| {layer["name"]} | ' + ' | '.join(times) + (f' | {rate:.0f} |' if rate else ' | |')


def report(a, precision, peak):
    command = [TOOL, 'bench', '--model', a.model, '--base', str(a.base), '--size', str(a.size),
               '--channels', str(a.channels), '--steps', str(a.steps), '--precision', precision,
               '--layers']
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    layers = found['layers']
    names = ('forward_ms', 'weights_ms', 'data_ms')
    products = sum(l['gflop'] * sum(l[n] >= 0.005 for n in names) for l in layers)
    inside = sum(l[n] for l in layers for n in names)
    step = found['batch'] / found['images_per_s'] * 1000
    print(f'**{a.model} base {a.base}, {precision}**: a step of {step:.2f} ms for {products:.2f} GFLOP is '
          f'{products / step * 1000:.0f} GFLOP/s, {products / step * 1e5 / peak:.0f} % of the measured peak of '
          f'{peak:.0f}. The medians of the layers add up to {inside:.2f} ms'
          + (f', which leaves {step - inside:.2f} ms for batch, noise, loss, latent, gradient norm and AdamW.\n'
             if inside < step else ', more than the step: the machine was not quiet.\n'))
    print('| layer | forward, ms | weights, ms | data, ms | GFLOP/s |\n|---|---|---|---|---|')
    for layer in layers:
        if sum(layer[n] for n in names) >= 0.02:
            print(layer_row(layer))
    print(flush=True)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    p.add_argument('--model', default='conv', choices=['conv', 'resnet', 'mlp', 'dae'])
    p.add_argument('--base', type=int, default=32)
    p.add_argument('--size', type=int, default=28)
    p.add_argument('--channels', type=int, default=1)
    p.add_argument('--steps', type=int, default=40)
    a = p.parse_args()
    for precision, peak in peaks().items():
        report(a, precision, peak)


if __name__ == '__main__':
    main()
