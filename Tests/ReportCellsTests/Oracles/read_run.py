#!/usr/bin/env python3
"""Reads the event files of a run with TensorBoard's own reader and prints what it finds.

    python read_run.py <report>/runs/main > events_run.json

`scalars`: steps of each tag; `images`: steps, width and height, as decoded by Pillow; `histograms`: steps and how
many numbers were counted. With --check it also compares the validation's scalars with the run's history.csv.
events_run.json is this of a run of the workbench's report, which EventTests asks for:

    VAE_REPORT_KEEP=<folder> swift test -c release --filter EventTests
"""
import csv
import io
import json
import os
import sys

from PIL import Image
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

run = [a for a in sys.argv[1:] if not a.startswith('-')][0]
logs = os.path.join(run, 'logs')
events = EventAccumulator(logs, size_guidance={'scalars': 0, 'images': 0, 'histograms': 0})
events.Reload()
tags = events.Tags()
sizes = lambda e: Image.open(io.BytesIO(e.encoded_image_string)).size
found = {
    'scalars': {t: [e.step for e in events.Scalars(t)] for t in tags['scalars']},
    'images': {t: [[e.step, *sizes(e)] for e in events.Images(t)] for t in tags['images']},
    'histograms': {t: [[e.step, e.histogram_value.num] for e in events.Histograms(t)] for t in tags['histograms']},
}
print(json.dumps(found, sort_keys=True, separators=(',', ':')))
if '--check' in sys.argv:
    rows = list(csv.DictReader(open(os.path.join(logs, 'history.csv'))))
    for tag, column, sign in [('validation/negative_elbo', 'validation.elbo', -1), ('validation/kl', 'validation.kl', 1),
                              ('train/kl', 'train.kl', 1), ('schedule/beta', 'beta', 1)]:
        last = {e.step: e.value for e in events.Scalars(tag)}
        per_epoch = max(last) // len(rows)
        for row in rows:
            a, b = last[int(row['epoch']) * per_epoch], sign * float(row[column])
            assert abs(a - b) <= 1e-6 * max(1, abs(b)), (tag, row['epoch'], a, b)
    print('history.csv agrees', file=sys.stderr)
