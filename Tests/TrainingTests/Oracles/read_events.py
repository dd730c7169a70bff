#!/usr/bin/env python3
"""Writes events.json: what TensorBoard's own reader finds in events.golden.

events.golden is what EventFileTests writes; when its bytes change, the failing test says where the
new file is. The buckets of the histograms are also counted by torch.utils.tensorboard.
Needs: pip install tensorboard torch pillow numpy.  Run it in this folder: python read_events.py
"""
import io
import json
import pathlib
import shutil
import tempfile

import numpy as np
from PIL import Image
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from torch.utils.tensorboard import SummaryWriter
from torch.utils.tensorboard.summary import make_histogram

here = pathlib.Path(__file__).resolve().parent
folder = pathlib.Path(tempfile.mkdtemp())
shutil.copy(here / 'events.golden', folder / 'events.out.tfevents.0000001000.machine')
reader = EventAccumulator(str(folder), size_guidance={'images': 0, 'histograms': 0, 'scalars': 0})
reader.Reload()
tags = reader.Tags()


def pixels(encoded):
    image = np.array(Image.open(io.BytesIO(encoded)))
    return image.reshape(image.shape[0] * image.shape[1], -1).tolist()


def histogram(event):
    value = event.histogram_value
    return {
        'step': event.step, 'min': value.min, 'max': value.max, 'num': value.num,
        'sum': value.sum, 'sumSquares': value.sum_squares,
        'limits': list(value.bucket_limit), 'counts': list(value.bucket),
    }


buckets = SummaryWriter(str(folder / 'unused')).default_bins
histograms = [
    np.array([np.float32((i * 37) % 101 - 50) / np.float32(16) for i in range(200)]),
    np.array([0, 0, -1e-13, 1e-13, 1e-12, 3e20, -3e20, 1e38], np.float32),
]


def counted(values):
    # numpy counts a number that is a limit into the bucket above, as the format says.
    limits = np.array([-np.finfo(np.float64).max, *buckets, np.finfo(np.float64).max])
    limits = np.unique(limits)
    value = make_histogram(values.astype(np.float64), limits)
    return [[l, c] for l, c in zip(value.bucket_limit, value.bucket) if c > 0]


(here / 'events.json').write_text(json.dumps({
    'scalars': {
        tag: [{'wallTime': e.wall_time, 'step': e.step, 'value': e.value}
              for e in reader.Scalars(tag)]
        for tag in tags['scalars']
    },
    'images': {
        tag: [{'step': e.step, 'width': e.width, 'height': e.height,
               'pixels': pixels(e.encoded_image_string)} for e in reader.Images(tag)]
        for tag in tags['images']
    },
    'histograms': {
        tag: [histogram(e) for e in reader.Histograms(tag)] for tag in tags['histograms']
    },
    'torchHistograms': [counted(values) for values in histograms] + [[]],
}, indent=1, ensure_ascii=False))
