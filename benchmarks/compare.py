#!/usr/bin/env python3
"""Times vae-report beside PyTorch in one sitting and prints the ratios as a Markdown table.

    python compare.py --peers FOLDER [--results FILE] [--rounds 2] [--steps 25] [--only WORD…]

FOLDER holds torch_vae.py and torch_dae.py. Each row is measured in rounds: every mode of PyTorch, then
vae-report; the best median of each side counts. PyTorch's compiled mode, which takes most of the time,
is measured in the first round alone. Every measurement is appended to FILE at once and is not made again
by a later call with the same FILE, so that a run can be stopped and gone on with. With nothing else
running it takes some 15 minutes on two cores; --only conv takes rows with that word alone.

vae-report is $TOOL or .build/release/vae-report. Start and memory need MNIST ($VAE_REPORT_DATA).
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TOOL = os.path.abspath(os.environ.get('TOOL', os.path.join(HERE, '../.build/release/vae-report')))
MODES = dict(plain=[], channels_last=['--channels-last'], compiled=['--compile'])
# Name, arguments of both sides, targets in float32 and bfloat16.
STEPS = [
    ('conv base 32', 'conv', 32, 28, 1, 2.6, 3.3),
    ('conv base 64', 'conv', 64, 28, 1, 1.8, 2.9),
    ('mlp', 'mlp', 32, 28, 1, 2.0, 3.0),
    ('resnet base 32', 'resnet', 32, 28, 1, 1.8, 2.5),
    ('CIFAR-10 conv base 64', 'conv', 64, 32, 3, 1.8, 2.8),
]


class Measurements:
    """What has been measured, by the command that measured it; kept in a file."""

    def __init__(self, path):
        self.path = path
        self.known = {}
        if path and os.path.exists(path):
            with open(path) as lines:
                for line in lines:
                    entry = json.loads(line)
                    self.known[entry['key']] = entry['result']

    def get(self, key, measure):
        if key not in self.known:
            begin = time.time()
            self.known[key] = measure()
            print(f'  {time.time() - begin:5.0f} s  {key}', file=sys.stderr, flush=True)
            # What failed is tried again by the next call.
            if self.path and self.known[key] is not None:
                with open(self.path, 'a') as out:
                    out.write(json.dumps(dict(key=key, result=self.known[key])) + '\n')
        return self.known[key]


def json_of(command, limit):
    """The JSON line that a command prints; None when it fails or takes too long."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit)
    except subprocess.TimeoutExpired:
        print(f'  over {limit} s: {" ".join(command)}', file=sys.stderr)
        return None
    if done.returncode != 0:
        print(f'  failed: {" ".join(command)}\n{done.stderr[-600:]}', file=sys.stderr)
        return None
    return json.loads(done.stdout.strip().splitlines()[-1])


def rates(a, found, name, torch_script, torch_options, own_options):
    """Best rate of each mode of PyTorch, and ours, over the rounds."""
    theirs, ours = {}, 0.0
    for round_ in range(a.rounds):
        for mode in a.modes:
            if mode == 'compiled' and round_ > 0:
                continue
            command = [a.python, os.path.join(HERE, torch_script), '--peers', a.peers]
            result = found.get(
                f'{name} / {mode} / {round_}',
                lambda: json_of(command + torch_options + MODES[mode], a.limit))
            if result:
                theirs[mode] = max(theirs.get(mode, 0.0), result['images_per_s'])
        result = found.get(
            f'{name} / vae-report / {round_}',
            lambda: json_of([TOOL, 'bench'] + own_options, a.limit))
        if result:
            ours = max(ours, result['images_per_s'])
    return theirs, ours


def row(name, target, theirs, ours):
    if not theirs or not ours:
        return f'| {name} | ≥ {target}× | – | – | not measured |'
    mode = max(theirs, key=theirs.get)
    ratio = ours / theirs[mode]
    verdict = 'met' if ratio >= target else 'missed'
    others = ', '.join(f'{m} {r:,.0f}' for m, r in theirs.items() if m != mode)
    label = mode.replace('_', '-')
    detail = f'{theirs[mode]:,.0f} ({label}; {others.replace("_", "-")})'
    return f'| {name} | ≥ {target}× | {detail} | {ours:,.0f} | **{ratio:.2f}×** {verdict} |'


def training_rows(a, found):
    for name, model, base, size, channels, *targets in STEPS:
        shape = ['--model', model, '--base', str(base), '--size', str(size),
                 '--channels', str(channels), '--steps', str(a.steps)]
        for precision, target in zip(('float32', 'bfloat16'), targets):
            title = f'{name}, {precision}'
            if not wanted(a, title):
                continue
            bf16 = ['--bf16'] if precision == 'bfloat16' else []
            theirs, ours = rates(
                a, found, title, 'torch_steps.py', shape + bf16,
                shape + ['--precision', precision])
            yield row(title, target, theirs, ours)


def bound_row(a, found):
    title = 'IWAE-64, images/s, conv base 32, float32'
    if not wanted(a, title):
        return
    options = ['--model', 'conv', '--base', '32', '--iwae', '64', '--images', str(a.images),
               '--size', '28', '--channels', '1']
    theirs, ours = rates(a, found, title, 'torch_iwae.py', options, options)
    yield row(title, 3.0, theirs, ours)


def peak_megabytes(command):
    """The largest resident size of a command's own process in MB (10⁶ bytes)."""
    with tempfile.TemporaryDirectory() as folder:
        child = subprocess.Popen(command + ['-o', folder], stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss * 1024 / 1e6 if child.returncode == 0 else None


def own_rows(a, found):
    if wanted(a, 'start'):
        starts = [
            found.get(f'start / {i}', lambda: json_of(
                [TOOL, 'bench', '--dataset', 'mnist', '--precision', 'bfloat16', '--steps', '1'],
                a.limit)) for i in range(5)]
        times = sorted(s['first_step_s'] for s in starts if s)
        if times:
            middle = times[len(times) // 2]
            verdict = 'met' if middle < 0.5 else 'missed'
            yield f'| start to first training step on MNIST | < 0.5 s | | {middle:.2f} s | {verdict} |'
    if wanted(a, 'memory'):
        peak = found.get('memory', lambda: peak_megabytes(
            [TOOL, 'train', 'mnist', '-q', '-P', 'train.epochs=2']))
        if peak:
            verdict = 'met' if peak < 250 else 'missed'
            yield f'| peak memory of training on MNIST | < 250 MB | | {peak:.0f} MB | {verdict} |'


def wanted(a, title):
    return not a.only or any(word in title for word in a.only)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    p.add_argument('--peers', required=True)
    p.add_argument('--results', help='a file of measurements to go on with')
    p.add_argument('--rounds', type=int, default=2)
    p.add_argument('--steps', type=int, default=25)
    p.add_argument('--images', type=int, default=500, help='images of the IWAE row')
    p.add_argument('--limit', type=int, default=240, help='seconds that one measurement may take')
    p.add_argument('--modes', nargs='*', default=list(MODES), choices=list(MODES))
    p.add_argument('--only', nargs='*', default=[])
    p.add_argument('--python', default=sys.executable, help='an interpreter with torch and numpy')
    a = p.parse_args()
    if not os.access(TOOL, os.X_OK):
        sys.exit(f'{TOOL} is no program: build it, or set TOOL')
    load = os.getloadavg()[0]
    if load > 0.5:
        print(f'the load is {load:.1f}: figures will be those of a busy machine', file=sys.stderr)
    found = Measurements(a.results)
    print('| workload (batch 128) | target | PyTorch, images/s (best mode; others) | vae-report | ratio |')
    print('|---|---|---|---|---|', flush=True)
    for rows in (training_rows, bound_row, own_rows):
        for line in rows(a, found):
            print(line, flush=True)


if __name__ == '__main__':
    main()
