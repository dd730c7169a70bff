#!/usr/bin/env python3
"""Writes checkpoints with torch.save, what they hold, and pickles that must be refused.

zip.pt, zip4.pt (pickle protocol 4), deflated.pt, stream.pt (the form before PyTorch 1.6): one
checkpoint four times. pytorch.json: its tensors as float32 bit patterns, and the refused pickles.
Needs: pip install torch numpy.  Run it in this folder: python pytorch_files.py
"""
import collections
import functools
import json
import os
import pathlib
import pickle
import subprocess
import zipfile

import numpy as np
import torch

here = pathlib.Path(__file__).resolve().parent
torch.manual_seed(0)
net = torch.nn.Sequential(collections.OrderedDict(
    conv=torch.nn.Conv2d(2, 3, 3), norm=torch.nn.BatchNorm2d(3), out=torch.nn.Linear(4, 2)))
optimizer = torch.optim.AdamW(net.parameters(), lr=1e-3)
net(torch.randn(2, 2, 6, 6))[0].sum().backward()
optimizer.step()

base = torch.arange(24, dtype=torch.float32) / 8
numbers = [0, 1, -1, 3.14159, 1e-7, 65504, -2.5]
kinds = {
    'half': torch.tensor(numbers, dtype=torch.float16),
    'bfloat16': torch.tensor(numbers, dtype=torch.bfloat16),
    'double': torch.tensor([*numbers, 1 / 3, 1e300, float('nan')], dtype=torch.float64),
    'float': torch.tensor([*numbers, float('inf'), -0.0, 1e-42], dtype=torch.float32),
    'long': torch.tensor([0, -1, 2**24 + 1, -2**62 - 12345], dtype=torch.int64),
    'int': torch.tensor([0, -1, 2**31 - 1], dtype=torch.int32),
    'short': torch.tensor([0, -1, 2**15 - 1], dtype=torch.int16),
    'char': torch.tensor([0, -1, 127], dtype=torch.int8),
    'byte': torch.tensor([0, 1, 255], dtype=torch.uint8),
    'bool': torch.tensor([True, False, True]),
}
views = {
    'whole': base.view(2, 3, 4),
    'transposed': base.view(4, 6).t(),
    'permuted': base.view(2, 3, 4).permute(2, 0, 1),
    'slice': base[5:11],
    'steps': base[1::3],
    'column': base.view(4, 6)[:, 2],
    'expanded': base[3:5].view(2, 1).expand(2, 3),
    'scalar': base[7],
    'empty': torch.zeros(0, 4),
    'parameter': torch.nn.Parameter(torch.ones(2)),
    'channels_last': torch.randn(1, 3, 2, 2).contiguous(memory_format=torch.channels_last),
}
checkpoint = {
    'epoch': 3,
    'model_state_dict': net.state_dict(),
    'optimizer_state_dict': optimizer.state_dict(),
    'kinds': kinds,
    'views': views,
    'config': {
        'model': {'name': 'conv', 'base_ch': 32}, 'lr': 2e-3, 'large': 2**40, 'negative': -(2**40),
        'sizes': [1, -2, 300, 70000], 'pair': ('größe', None), 'flag': True, 'off': False,
        'shape': torch.Size([1, 28]), 'device': torch.device('cpu'),
        'gpu': torch.device('cuda', 1), 'dtype': torch.float32, 'bytes': b'\x00\xff',
        'set': {7}, 'ordered': collections.OrderedDict(a=1), 5: 'five', 'long text': 'x' * 300,
    },
}
checkpoint['again'] = checkpoint['config']['sizes']

torch.save(checkpoint, here / 'zip.pt')
torch.save(checkpoint, here / 'zip4.pt', pickle_protocol=4)
torch.save(checkpoint, here / 'stream.pt', _use_new_zipfile_serialization=False)
with zipfile.ZipFile(here / 'zip.pt') as read, \
        zipfile.ZipFile(here / 'deflated.pt', 'w', zipfile.ZIP_DEFLATED) as write:
    for entry in read.infolist():
        write.writestr(entry.filename, read.read(entry))


def bits(tensor):
    value = tensor.detach().to(torch.float32).contiguous()
    return {'shape': list(value.shape), 'bits': value.view(torch.int32).flatten().tolist()}


class Calls:
    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


class Module(torch.nn.Module):
    pass


# What is refused, and a name or word that the refusal must mention.
evil = {
    'shell': (Calls(os.system, 'echo bad'), 'posix.system'),
    'eval': (Calls(eval, '1 + 1'), 'eval'),
    'exec': (Calls(exec, 'x = 1'), 'exec'),
    'import': (Calls(__import__, 'os'), '__import__'),
    'getattr': (Calls(getattr, 'a', 'upper'), 'getattr'),
    'open': (Calls(open, 'file', 'w'), 'open'),
    'process': (Calls(subprocess.Popen, ['ls']), '.Popen'),
    'partial': (Calls(functools.partial, print), 'functools.partial'),
    'nested': ({'model_state_dict': {'a': [Calls(os.system, Calls(eval, '"x"'))]}}, 'posix.system'),
    'in an ordered dictionary': (
        Calls(collections.OrderedDict, [('a', Calls(os.system, 'ls'))]), 'posix.system'),
    'nested pickle': (
        Calls(pickle.loads, pickle.dumps(Calls(os.system, 'ls'))), 'pickle.loads'),
    'load from bytes': (Calls(torch.storage._load_from_bytes, b'x'), 'torch.storage._load_from_bytes'),
    'numpy': (np.float64(1), 'multiarray'),
    'whole module': (torch.nn.Linear(1, 1), "save the model's state_dict()"),
    'own class': (Module(), "save the model's state_dict()"),
    'large integer': (2**70, 'at most 8'),
    'complex': (1 + 2j, 'complex'),
    'dictionary with a tuple as key': ({(1, 2): 3}, 'key'),
}
circle = []
circle.append({'self': circle})
evil['circle'] = (circle, 'in a circle')
bomb = []
for _ in range(40):
    bomb = [bomb, bomb]
evil['bomb'] = (bomb, 'values')

(here / 'pytorch.json').write_text(json.dumps({
    'tensors': {
        'model_state_dict': {k: bits(v) for k, v in net.state_dict().items()},
        'kinds': {k: bits(v) for k, v in kinds.items()},
        'views': {k: bits(v) for k, v in views.items()},
        'optimizer_state_dict': {
            f'state.{i}.{k}': bits(v)
            for i, s in optimizer.state_dict()['state'].items() for k, v in s.items()},
    },
    'refused': [
        {'name': f'{name}, protocol {protocol}', 'mentions': word,
         'pickle': list(pickle.dumps(value, protocol))}
        for name, (value, word) in evil.items() for protocol in (2, 4)
    ],
}, separators=(',', ':')))
