#!/usr/bin/env python3
"""Makes python.safetensors with the Python package safetensors.

    python python_file.py
"""
import pathlib

import numpy as np
from safetensors.numpy import save_file

here = pathlib.Path(__file__).resolve().parent
save_file(
    {
        'encoder.conv1.weight': np.arange(12, dtype=np.float32).reshape(3, 1, 2, 2) / 8,
        'scalar': np.array(-2.5, dtype=np.float32),
        'empty': np.zeros((0, 4), dtype=np.float32),
        'extremes': np.array([np.finfo(np.float32).max, 1e-40, -0.0, np.inf], dtype=np.float32),
        'größe "x"': np.array([7], dtype=np.float32),
    },
    here / 'python.safetensors', metadata={'epoch': '3', 'note': 'β = 1\n"quoted"'})
