#!/usr/bin/env python3
"""Values and derivatives of activations by executed PyTorch, in float64.

usage: venv/bin/python tools/golden/activations.py > nn/src/test/resources/golden/activations.tsv

Each line: the text in Thalweg, PyTorch's call, the arguments, the values there, and the derivatives, which
are those of the sum of the values. Numbers are the shortest decimals that read back as the double.
"""
import torch
import torch.nn.functional as F

CALLS = [
    ("linear", "x", lambda x: x * 1.0),
    ("relu", "relu", F.relu),
    ("relu6", "relu6", F.relu6),
    ("leaky_relu", "leaky_relu", F.leaky_relu),
    ("leaky_relu(0.2)", "leaky_relu(negative_slope=0.2)", lambda x: F.leaky_relu(x, negative_slope=0.2)),
    ("elu", "elu", F.elu),
    ("elu(0.5)", "elu(alpha=0.5)", lambda x: F.elu(x, alpha=0.5)),
    ("selu", "selu", F.selu),
    ("celu", "celu", F.celu),
    ("celu(0.5)", "celu(alpha=0.5)", lambda x: F.celu(x, alpha=0.5)),
    ("gelu", "gelu", F.gelu),
    ("gelu_tanh", "gelu(approximate='tanh')", lambda x: F.gelu(x, approximate="tanh")),
    ("silu", "silu", F.silu),
    ("mish", "mish", F.mish),
    ("hard_swish", "hardswish", F.hardswish),
    ("sigmoid", "sigmoid", torch.sigmoid),
    ("hard_sigmoid", "hardsigmoid", F.hardsigmoid),
    ("log_sigmoid", "logsigmoid", F.logsigmoid),
    ("tanh", "tanh", torch.tanh),
    ("hard_tanh", "hardtanh", F.hardtanh),
    ("tanh_shrink", "tanhshrink", F.tanhshrink),
    ("softplus", "softplus(threshold=1000)", lambda x: F.softplus(x, threshold=1000)),
    ("softsign", "softsign", F.softsign),
]

# Kinks (0, 1, 3, 6) among them; all are float32 numbers, so that F32 sees the same.
POINTS = [-100, -30, -10, -6, -3, -2.5, -1, -0.75, -0.125, -0.0009765625, 0,
          0.0009765625, 0.125, 0.75, 1, 2.5, 3, 4, 6, 10, 30, 100]  # fmt: skip


def numbers(values):
    return " ".join(repr(float(v)) for v in values)


def main():
    print("version", torch.__version__, sep="\t")
    for text, call, function in CALLS:
        x = torch.tensor(POINTS, dtype=torch.float64, requires_grad=True)
        y = function(x)
        (gradient,) = torch.autograd.grad(y.sum(), x)
        print(text, call, numbers(POINTS), numbers(y.detach()), numbers(gradient), sep="\t")


if __name__ == "__main__":
    main()
