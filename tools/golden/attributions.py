"""Attributions of executed Captum 0.9.0 on PyTorch, for AttributionTest.

    pip install torch==2.15.0 captum==0.9.0
    python tools/golden/attributions.py > train/src/test/resources/dev/thalweg/train/attributions.tsv

Weights and inputs are sines of their places, which the test computes too, in the layouts of Thalweg: dense
input×output, convolutions height×width×channels×filters.
"""

import math

import torch
from captum.attr import InputXGradient, IntegratedGradients

torch.set_default_dtype(torch.float64)


def sines(count, shift):
    return torch.tensor([0.4 * math.sin(1.7 * i + shift) for i in range(count)])


def dense(inputs, outputs, shift):
    layer = torch.nn.Linear(inputs, outputs)
    layer.weight.data = sines(inputs * outputs, shift).reshape(inputs, outputs).T.contiguous()
    layer.bias.data = sines(outputs, shift + 0.5)
    return layer


def conv(size, channels, filters, shift):
    layer = torch.nn.Conv2d(channels, filters, size)
    layer.weight.data = sines(size * size * channels * filters, shift).reshape(size, size, channels, filters).permute(3, 2, 0, 1).contiguous()
    layer.bias.data = sines(filters, shift + 0.5)
    return layer


class Flat(torch.nn.Module):
    """Channels last, as Thalweg flattens."""

    def forward(self, x):
        return x.permute(0, 2, 3, 1).flatten(1)


class Image(torch.nn.Module):
    def forward(self, x):
        return x.reshape(-1, 1, 8, 8)


models = {
    "dense(5, tanh) | dense(3)": (torch.nn.Sequential(dense(6, 5, 1), torch.nn.Tanh(), dense(5, 3, 2)), 6, 3),
    "dense(7, relu) | dense(4, gelu) | dense(1)": (
        torch.nn.Sequential(dense(6, 7, 1), torch.nn.ReLU(), dense(7, 4, 2), torch.nn.GELU(), dense(4, 1, 3)), 6, 1),
    "conv2d(3, 3) | tanh | average_pool(2) | flatten | dense(4)": (
        torch.nn.Sequential(Image(), conv(3, 1, 3, 1), torch.nn.Tanh(), torch.nn.AvgPool2d(2), Flat(), dense(27, 4, 2)), 64, 4),
}


class Mean(torch.nn.Module):
    def forward(self, x):
        return x.mean(1)


# Of tokens the vectors that an embedding has for them are attributed; zeros at the end are behind it.
TOKENS = [3, 1, 8, 1, 5, 2]
tokens = {
    "embedding(9, 4, padded=true) | dense(5, tanh) | global_average_pool | dense(3)": (
        sines(36, 1).reshape(9, 4), torch.nn.Sequential(dense(4, 5, 2), torch.nn.Tanh(), Mean(), dense(5, 3, 3)), 3),
}
print("model\tmethod\toutput\tvalues")
for name, (model, features, outputs) in models.items():
    x = (2.5 * sines(features, 4)).reshape(1, -1)
    for output in range(0, outputs, 2):
        for label, method in (("gradient", InputXGradient(model)), ("integrated", IntegratedGradients(model))):
            values = method.attribute(x, target=output)[0]
            print(f"{name}\t{label}\t{output}\t" + " ".join(f"{v:.10e}" for v in values.tolist()))
for name, (vectors, model, outputs) in tokens.items():
    x = vectors[TOKENS][None]
    for output in range(0, outputs, 2):
        for label, method in (("gradient", InputXGradient(model)), ("integrated", IntegratedGradients(model))):
            values = method.attribute(x, target=output)[0].sum(-1).tolist() + [0.0] * 3
            print(f"{name}\t{label}\t{output}\t" + " ".join(f"{v:.10e}" for v in values))
