#!/usr/bin/env python3
"""Makes python_types.safetensors with PyTorch and its safetensors: numbers of every kind that a model may hold.

    python python_types.py
"""
import pathlib

import torch
from safetensors.torch import save_file

here = pathlib.Path(__file__).resolve().parent
save_file(
    {
        'f64': torch.tensor([0.1, -2.5, 3], dtype=torch.float64),
        'f16': torch.tensor([0.5, -2, 65504], dtype=torch.float16),
        'bf16': torch.tensor([1.5, -3, 256], dtype=torch.bfloat16),
        'i64': torch.tensor(7, dtype=torch.int64),
        'i32': torch.tensor([-5, 1 << 20, 3], dtype=torch.int32),
        'i16': torch.tensor([-300, 2, 3], dtype=torch.int16),
        'i8': torch.tensor([-128, 127, 3], dtype=torch.int8),
        'u8': torch.tensor([0, 255, 3], dtype=torch.uint8),
        'bool': torch.tensor([True, False, True]),
    },
    here / 'python_types.safetensors')
