#!/usr/bin/env python3
"""Makes layers.json: forward pass, gradients and running statistics of small networks by PyTorch.

    python layers.py

Float64 throughout, from the float32 inputs and weights that the Swift test computes by the same
formula. Each case carries its own description, so that the test only reads it.
"""
import pathlib
import sys

import torch
import torch.nn.functional as F

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parents[1] / 'TestSupport' / 'Oracles'))
from probes import probe, save, tensor  # noqa: E402

torch.set_default_dtype(torch.float64)


def conv(out, kernel, stride, padding, height, width=None, bias='trained', name='conv'):
    return dict(kind='convolution', name=name, out=out, kernel=kernel, stride=stride,
                padding=padding, height=height, width=width or height, bias=bias)


def deconv(*args, name='deconv', **more):
    return dict(conv(*args, name=name, **more), kind='transposedConvolution')


def linear(channels, height=1, width=1, bias='trained', name='linear'):
    return dict(kind='linear', name=name, out=channels, height=height, width=width, bias=bias)


def heads(**rows):
    return dict(kind='heads', name='heads', parts=[dict(name=k, rows=v) for k, v in rows.items()])


def norm(name='norm'):
    return dict(kind='batchNormalization', name=name)


def relu(name='relu'):
    return dict(kind='relu', name=name)


def group(groups, name='group'):
    return dict(kind='groupNormalization', name=name, groups=groups)


def sigmoid(name='sigmoid'):
    return dict(kind='sigmoid', name=name)


def dropout(name='dropout', channels=False):
    """Drops nothing: the plan has drawn nothing."""
    return dict(kind='dropout', name=name, channels=channels)


def resize(height, width=None, name='resize'):
    return dict(kind='bilinearResize', name=name, height=height, width=width or height)


def residual(branch, shortcut=(), name='block'):
    return dict(kind='residual', name=name, branch=list(branch), shortcut=list(shortcut))


def branch(out, first, size):
    """A residual block's learned way, whose first convolution is `first`."""
    return [first, norm('norm1'), relu('relu1'),
            conv(out, 3, 1, 1, size, bias='absorbed', name='conv2'), norm('norm2')]


def encoder_block(out, kernel, size, name='block'):
    return residual(
        branch(out, conv(out, kernel, 2, 1, size, bias='absorbed', name='conv1'), size),
        [conv(out, 1, 2, 0, size, bias='absorbed', name='shortcut'), norm('shortcut_norm')], name)


def decoder_block(out, kernel, short, size, name='block'):
    return residual(
        branch(out, deconv(out, kernel, 2, 1, size, bias='absorbed', name='conv1'), size),
        [deconv(out, *short, size, bias='absorbed', name='shortcut'), norm('shortcut_norm')], name)


CASES = [
    # name, batch, input, layers
    ('k3 stride 2, odd size, 1 to 3', 3, (1, 7, 7), [conv(3, 3, 2, 1, 4)]),
    ('k3 stride 2, odd size, 3 to 5', 1, (3, 9, 9), [conv(5, 3, 2, 1, 5)]),
    ('k3 stride 2, oblong, 5 to 17', 7, (5, 5, 7), [conv(17, 3, 2, 1, 3, 4)]),
    ('k3 stride 2, odd size, 17 to 33', 3, (17, 7, 7), [conv(33, 3, 2, 1, 4)]),
    ('k3 stride 2, even size, 3 to 1', 3, (3, 8, 8), [conv(1, 3, 2, 1, 4)]),
    ('k4 stride 2, even size, 1 to 5', 7, (1, 8, 8), [conv(5, 4, 2, 1, 4)]),
    ('k4 stride 2, oblong, 3 to 17', 3, (3, 6, 4), [conv(17, 4, 2, 1, 3, 2)]),
    ('k4 stride 2, even size, 33 to 17', 1, (33, 4, 4), [conv(17, 4, 2, 1, 2)]),
    ('k4 stride 2, size 2, 16 to 32', 7, (16, 2, 2), [conv(32, 4, 2, 1, 1)]),
    ('k3 stride 1, 5 to 3', 3, (5, 6, 5), [conv(3, 3, 1, 1, 6, 5)]),
    ('k3 stride 1, 33 to 1', 1, (33, 5, 5), [conv(1, 3, 1, 1, 5)]),
    ('1x1, 17 to 5', 7, (17, 4, 3), [conv(5, 1, 1, 0, 4, 3)]),
    ('1x1, 1 to 1', 3, (1, 5, 5), [conv(1, 1, 1, 0, 5)]),
    ('no bias, k3 stride 2, 3 to 5', 3, (3, 5, 5), [conv(5, 3, 2, 1, 3, bias='absorbed')]),
    ('transposed k3 stride 2, 4 to 7, 3 to 1', 3, (3, 4, 4), [deconv(1, 3, 2, 1, 7)]),
    ('transposed k3 stride 2, oblong, 17 to 5', 7, (17, 3, 4), [deconv(5, 3, 2, 1, 5, 7)]),
    ('transposed k3 stride 2, 33 to 17', 1, (33, 2, 2), [deconv(17, 3, 2, 1, 3)]),
    ('transposed k3 stride 2, even output, 5 to 3', 3, (5, 4, 4), [deconv(3, 3, 2, 1, 8)]),
    ('transposed k4 stride 2, 4 to 8, 5 to 1', 7, (5, 4, 4), [deconv(1, 4, 2, 1, 8)]),
    ('transposed k4 stride 2, oblong, 17 to 33', 3, (17, 2, 3), [deconv(33, 4, 2, 1, 4, 6)]),
    ('transposed k4 stride 2, 1 to 3', 1, (1, 5, 5), [deconv(3, 4, 2, 1, 10)]),
    ('transposed stride 1, 3 to 5', 3, (3, 5, 4), [deconv(5, 3, 1, 1, 5, 4)]),
    ('transposed 1x1, 5 to 17', 3, (5, 3, 3), [deconv(17, 1, 1, 0, 3)]),
    ('linear, 7 to 5', 3, (7, 1, 1), [linear(5)]),
    ('linear of an image, 3x4x5 to 17', 7, (3, 4, 5), [linear(17)]),
    ('linear to an image, 3 to 33x2x2', 1, (3, 1, 1), [linear(33, 2, 2)]),
    ('linear, 33 to 1', 7, (33, 1, 1), [linear(1)]),
    ('two heads, 17 to 3 and 3', 7, (17, 1, 1), [heads(mean=3, logvar=3)]),
    ('two unequal heads of an image', 3, (5, 2, 2), [heads(left=1, right=17)]),
    ('batch normalisation, 1 channel', 3, (1, 4, 5), [norm()]),
    ('batch normalisation, 17 channels, batch 1', 1, (17, 3, 3), [norm()]),
    ('batch normalisation of a vector', 7, (33, 1, 1), [norm()]),
    ('batch normalisation and ReLU, 5 channels', 7, (5, 3, 4), [norm(), relu()]),
    ('batch normalisation and ReLU, 33 channels', 3, (33, 2, 2), [norm(), relu()]),
    ('ReLU', 3, (3, 4, 5), [relu()]),
    ('ReLU of 17 channels', 1, (17, 3, 3), [relu()]),
    ('convolution, normalisation', 3, (3, 7, 7), [conv(5, 3, 2, 1, 4, bias='absorbed'), norm()]),
    ('convolution with bias, normalisation', 3, (3, 7, 7), [conv(5, 3, 2, 1, 4), norm()]),
    ('convolution, normalisation, ReLU', 7, (1, 8, 8),
     [conv(17, 4, 2, 1, 4, bias='absorbed'), norm(), relu()]),
    ('convolution, ReLU, convolution', 3, (3, 6, 6),
     [conv(5, 3, 1, 1, 6, name='first'), relu(), conv(1, 4, 2, 1, 3, name='second')]),
    ('transposed convolution, ReLU', 3, (5, 3, 3), [deconv(17, 4, 2, 1, 6), relu()]),
    ('linear, normalisation, ReLU, linear', 7, (5, 2, 2),
     [linear(17, bias='absorbed', name='first'), norm(), relu(), linear(3, name='second')]),
    ('linear, ReLU', 3, (9, 1, 1), [linear(17), relu()]),
    ('linear to an image, normalisation', 7, (3, 1, 1),
     [linear(5, 2, 3, bias='absorbed'), norm(), relu()]),
    ('encoder in little', 7, (3, 9, 9),
     [conv(5, 3, 2, 1, 5, bias='absorbed', name='conv1'), norm('norm1'), relu('relu1'),
      conv(17, 3, 2, 1, 3, bias='absorbed', name='conv2'), norm('norm2'), relu('relu2'),
      heads(mean=3, logvar=3)]),
    ('decoder in little', 3, (3, 1, 1),
     [linear(17, 3, 3), deconv(5, 3, 2, 1, 5, bias='absorbed', name='deconv1'), norm('norm1'),
      relu('relu1'), deconv(3, 4, 2, 1, 10, name='deconv2')]),
    ('convolution with no bias', 3, (3, 5, 5), [conv(5, 3, 2, 1, 3, bias='none')]),
    ('transposed convolution with no bias', 3, (5, 3, 3), [deconv(3, 4, 2, 1, 6, bias='none')]),
    ('1x1 stride 2, even size', 3, (5, 8, 8), [conv(17, 1, 2, 0, 4)]),
    ('1x1 stride 2, odd size', 3, (17, 7, 7), [conv(5, 1, 2, 0, 4)]),
    ('transposed k2 stride 2', 3, (17, 3, 3), [deconv(5, 2, 2, 0, 6)]),
    ('group normalisation, 4 groups', 3, (8, 3, 4), [group(4)]),
    ('group normalisation, 1 group, 33 channels', 2, (33, 2, 3), [group(1)]),
    ('group normalisation, a group a channel', 3, (5, 4, 5), [group(5)]),
    ('sigmoid', 3, (3, 4, 5), [sigmoid()]),
    ('dropout that has drawn nothing', 3, (3, 4, 5), [dropout()]),
    ('dropout of channels that has drawn nothing', 2, (17, 3, 3), [dropout(channels=True)]),
    ('resize from 32 to 28', 2, (1, 32, 32), [resize(28)]),
    ('resize up, oblong', 3, (3, 4, 5), [resize(9, 7)]),
    ('resize down to one row', 2, (3, 5, 4), [resize(1, 9)]),
    ('residual around a convolution', 3, (5, 6, 5),
     [residual([conv(5, 3, 1, 1, 6, 5, name='conv')])]),
    ('residual of the input and itself', 3, (3, 4, 5), [residual([relu()])]),
    ('residual without a branch', 2, (3, 3, 3), [residual([], [conv(3, 1, 1, 0, 3)])]),
    ('convolution, residual, ReLU', 3, (3, 6, 6),
     [conv(17, 3, 1, 1, 6, name='first'),
      residual(branch(17, conv(17, 3, 1, 1, 6, bias='absorbed', name='conv1'), 6)), relu()]),
    ('encoder block, even size', 3, (1, 8, 8), [encoder_block(5, 4, 4), relu()]),
    ('encoder block, odd size', 7, (3, 7, 7), [encoder_block(17, 3, 4), relu()]),
    ('decoder block, even size', 3, (17, 4, 4), [decoder_block(5, 4, (2, 2, 0), 8), relu()]),
    ('decoder block, odd size', 3, (33, 4, 4), [decoder_block(16, 3, (3, 2, 1), 7), relu()]),
    ('two blocks and heads', 7, (3, 9, 9),
     [encoder_block(5, 3, 5, 'block1'), relu('relu1'), encoder_block(10, 3, 3, 'block2'),
      relu('relu2'), heads(mean=3, logvar=3)]),
    ('residual inside a residual', 3, (3, 4, 4),
     [residual([residual([conv(3, 3, 1, 1, 4, name='conv')], name='inner'), relu()],
               [conv(3, 1, 1, 0, 4, name='short')])]),
    ('ReLU, normalisation, convolution', 7, (5, 4, 4),
     [relu(), norm(), conv(3, 3, 1, 1, 4)]),
    ('convolution, ReLU, normalisation', 7, (3, 5, 5), [conv(5, 3, 2, 1, 3), relu(), norm()]),
    ('linear, normalisation, ReLU, dropout, linear', 7, (5, 2, 2),
     [linear(17, bias='absorbed', name='first'), norm(), relu(), dropout(),
      linear(3, name='second')]),
    ('autoencoder in little', 3, (1, 7, 7),
     [conv(8, 3, 1, 1, 7, bias='none', name='0'), group(8, '1'), relu('2'),
      dropout('3', channels=True), conv(16, 3, 2, 1, 4, bias='none', name='4'), group(4, '5'),
      relu('6'), deconv(8, 4, 2, 1, 8, bias='none', name='7'), group(8, '8'), relu('9'),
      conv(1, 3, 1, 1, 8, name='10'), sigmoid('11'), resize(7, name='12')]),
]


def parameter(kind, shape, index):
    """The test's initial numbers of parameter `index`, counted over the whole network."""
    scale, offset = dict(weight=(0.4, 0), bias=(0.2, 0), absorbed=(0, 0), scale=(0.3, 1),
                         shift=(0.2, 0), mean=(0.5, 0), variance=(0.5, 1))[kind]
    return tensor(shape, 1 + index, scale, offset)


class Network:
    """Interprets a case's layers with torch's functions."""

    def __init__(self, shape, layers):
        self.layers, self.tensors, self.trained = layers, {}, []
        self.shape = self.describe(shape, layers, '')

    def describe(self, shape, layers, prefix):
        """Adds the layers' tensors and returns the shape that comes out."""
        for layer in layers:
            kind, name = layer['kind'], prefix + layer['name']
            count = shape[0] * shape[1] * shape[2]
            if kind in ('convolution', 'transposedConvolution'):
                first, k = (layer['out'], shape[0]), layer['kernel']
                if kind == 'transposedConvolution':
                    first = first[::-1]
                self.weighted(name, (*first, k, k), layer['out'], layer['bias'])
                layer['outputPadding'] = [
                    layer[axis] - ((shape[i] - 1) * layer['stride'] - 2 * layer['padding'] + k)
                    for i, axis in ((1, 'height'), (2, 'width'))]
                shape = (layer['out'], layer['height'], layer['width'])
            elif kind == 'linear':
                rows = layer['out'] * layer['height'] * layer['width']
                self.weighted(name, (rows, count), rows, layer['bias'])
                shape = (layer['out'], layer['height'], layer['width'])
            elif kind == 'heads':
                for part in layer['parts']:
                    self.weighted(
                        prefix + part['name'], (part['rows'], count), part['rows'], 'trained')
                shape = (sum(p['rows'] for p in layer['parts']), 1, 1)
            elif kind == 'batchNormalization':
                for suffix, role in (('weight', 'scale'), ('bias', 'shift'),
                                     ('running_mean', 'mean'), ('running_var', 'variance')):
                    self.add(f'{name}.{suffix}', role, (shape[0],))
            elif kind == 'groupNormalization':
                self.add(f'{name}.weight', 'scale', (shape[0],))
                self.add(f'{name}.bias', 'shift', (shape[0],))
            elif kind == 'bilinearResize':
                shape = (shape[0], layer['height'], layer['width'])
            elif kind == 'residual':
                ends = [self.describe(shape, layer[way], name + '.')
                        for way in ('branch', 'shortcut')]
                assert ends[0] == ends[1], (name, ends)
                shape = ends[0]
        return shape

    def weighted(self, name, shape, rows, bias):
        self.add(f'{name}.weight', 'weight', shape)
        if bias != 'none':
            self.add(f'{name}.bias', 'bias' if bias == 'trained' else 'absorbed', (rows,))

    def add(self, name, kind, shape):
        values = parameter(kind, shape, len(self.tensors))
        if kind in ('weight', 'bias', 'scale', 'shift'):
            values.requires_grad_()
            self.trained.append(name)
        self.tensors[name] = values

    def __call__(self, x, training):
        return self.run(x, self.layers, '', training)

    def run(self, x, layers, prefix, training):
        t = self.tensors
        for layer in layers:
            kind, name = layer['kind'], prefix + layer['name']
            if kind == 'convolution':
                x = F.conv2d(x, t[f'{name}.weight'], t.get(f'{name}.bias'), layer['stride'],
                             layer['padding'])
                assert x.shape[2:] == (layer['height'], layer['width']), (name, x.shape)
            elif kind == 'transposedConvolution':
                x = F.conv_transpose2d(x, t[f'{name}.weight'], t.get(f'{name}.bias'),
                                       layer['stride'], layer['padding'], layer['outputPadding'])
            elif kind == 'linear':
                x = F.linear(x.flatten(1), t[f'{name}.weight'], t[f'{name}.bias'])
                x = x.reshape(-1, layer['out'], layer['height'], layer['width'])
            elif kind == 'heads':
                flat = x.flatten(1)
                parts = [prefix + p['name'] for p in layer['parts']]
                x = torch.cat([F.linear(flat, t[f'{p}.weight'], t[f'{p}.bias'])
                               for p in parts], 1)[:, :, None, None]
            elif kind == 'batchNormalization':
                x = F.batch_norm(x, t[f'{name}.running_mean'], t[f'{name}.running_var'],
                                 t[f'{name}.weight'], t[f'{name}.bias'], training)
            elif kind == 'relu':
                x = F.relu(x)
            elif kind == 'groupNormalization':
                x = F.group_norm(x, layer['groups'], t[f'{name}.weight'], t[f'{name}.bias'])
            elif kind == 'sigmoid':
                x = torch.sigmoid(x)
            elif kind == 'bilinearResize':
                x = F.interpolate(x, (layer['height'], layer['width']), mode='bilinear',
                                  align_corners=False)
            elif kind == 'residual':
                x = (self.run(x, layer['branch'], name + '.', training)
                     + self.run(x, layer['shortcut'], name + '.', training))
        return x


def clean(layers):
    """Without what only torch needs."""
    for layer in layers:
        layer.pop('outputPadding', None)
        clean(layer.get('branch', []))
        clean(layer.get('shortcut', []))


def run(name, batch, shape, layers):
    network = Network(shape, layers)
    x = tensor((batch, *shape), 0.5).requires_grad_()
    y = network(x, training=True)
    assert tuple(y.shape[1:]) == network.shape
    y.backward(tensor(y.shape, 100))
    with torch.no_grad():
        inference = network(x, training=False)
    clean(layers)
    return dict(
        name=name, batch=batch, input=shape, layers=layers, output=probe(y),
        inputGradient=probe(x.grad),
        gradients={k: probe(network.tensors[k].grad) for k in network.trained},
        statistics={k: probe(v) for k, v in network.tensors.items() if 'running' in k},
        inference=probe(inference))


save(here / 'layers.json', [run(*case) for case in CASES])
