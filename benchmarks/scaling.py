#!/usr/bin/env python3
"""How vae-report's rate moves with batch, width and threads, as three Markdown tables.

    python scaling.py [--rounds 2]

vae-report is $TOOL or .build/release/vae-report. Random images of 1×28×28, the best median of the rounds;
some three minutes on two cores with nothing else running.
"""
import argparse
import json
import os
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
TOOL = os.path.abspath(os.environ.get('TOOL', os.path.join(HERE, '../.build/release/vae-report')))


def rate(a, **options):
    words = [w for name, value in options.items() for w in (f'--{name}', str(value))]
    steps = max(12, min(60, 5000 * 32 // (options.get('batch', 128) * options.get('base', 32))))
    command = [TOOL, 'bench', '--size', '28', '--channels', '1', '--steps', str(steps)] + words
    runs = [json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            for _ in range(a.rounds)]
    return max(run['images_per_s'] for run in runs)


def table(a, title, values, options_of):
    print(f'| {title} | conv, float32 | conv, bfloat16 | mlp, float32 | mlp, bfloat16 |')
    print('|---|---|---|---|---|', flush=True)
    for value in values:
        cells = []
        for model in ('conv', 'mlp'):
            for precision in ('float32', 'bfloat16'):
                if model == 'mlp' and 'base' in options_of(value):
                    cells.append('–')
                    continue
                found = rate(a, model=model, precision=precision, **options_of(value))
                cells.append(f'{found:,.0f}')
        print(f'| {value} | ' + ' | '.join(cells) + ' |', flush=True)
    print()


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    p.add_argument('--rounds', type=int, default=2)
    a = p.parse_args()
    table(a, 'batch', (16, 32, 64, 128, 256, 512), lambda n: dict(batch=n))
    table(a, 'base', (16, 32, 64, 96), lambda n: dict(base=n))
    threads = sorted({1, 2, os.cpu_count() // 2 or 1, os.cpu_count()})
    table(a, 'threads', [n for n in threads if n <= os.cpu_count()], lambda n: dict(threads=n))


if __name__ == '__main__':
    main()
