#!/usr/bin/env python3
"""Layers of executed PyTorch and Keras: what LayerGoldenTest of the module nn is checked against.

    python3 -m venv venv && venv/bin/pip install torch==2.15.0 keras==3.15.1 jax==0.10.2
    venv/bin/python tools/golden/layers.py > nn/src/test/resources/golden/layers.tsv

Everything is float64. Images and weights are in Thalweg's layout, channels last; what is given to
PyTorch is permuted. Inputs, weights and targets are not in the file, but numbers of value() below,
which float32 has exactly. A network is trained on mean((y - target)^2) for five steps of plain
gradient descent with the rate 0.05, each on an input of its own.

Lines of the output, fields parted by tabs: `version name number`; `layer source text batch`, a case,
and for it `y`, the first output, `dx`, `d N`, the derivatives of the first loss by the input and by
weights number N, `after N`, the weights after the steps, `state N`, the state of the layers after
them, `predicted`, the output for the first input then, not in training. `fans source text input in out` are
fan-in and fan-out. Numbers are the shortest text that reads back, of 13 digits at most.
"""
import inspect
import os

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_ENABLE_X64"] = "1"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy as jnp
import keras
import numpy as np
import torch
import torch.nn.functional as F
from keras.src.initializers.random_initializers import compute_fans

keras.config.set_floatx("float64")


def result_type(*dtypes, before=keras.src.backend.common.dtypes.result_type):
    return "float64" if "float64" in map(str, dtypes) else before(*dtypes)


# Keras takes means, variances and norms in float32 whatever it is given: result_type("float64", "float32") of
# keras/src/backend/common/dtypes.py is float32. Here they are taken in float64.
keras.src.backend.common.dtypes.result_type = keras.src.backend.result_type = result_type
torch.set_default_dtype(torch.float64)

RATE = 0.05
STEPS = 5
TARGET, WEIGHTS = 50, 100


def value(seed, n):
    """n numbers between -2 and 2, multiples of 1/1024."""
    h = ((np.arange(1, n + 1, dtype=np.uint64) * 2654435761 + seed * 974711) & 0xFFFFFFFF).astype(np.uint64)
    h ^= h >> np.uint64(15)
    h = (h * np.uint64(2246822519)) & np.uint64(0xFFFFFFFF)
    h ^= h >> np.uint64(13)
    return (((h >> np.uint64(8)) % np.uint64(4001)).astype(np.float64) - 2000) / 1024


def array(seed, shape):
    return value(seed, int(np.prod(shape))).reshape(shape)


def numbers(values):
    return " ".join(repr(float(f"{float(x):.13g}")) for x in np.ravel(values))


def line(*fields):
    print(*fields, sep="\t")


# ---- PyTorch


def first(x):
    """Channels from last to second, or of a series to second."""
    return x.movedim(-1, 1)


def last(x):
    return x.movedim(1, -1)


def with_channel(x, rank):
    return x if x.dim() == rank else x.unsqueeze(-1)


def conv2d(padding=0, **options):
    def f(x, w, b=None):
        x = first(with_channel(x, 4))
        p = padding
        if isinstance(p, tuple) and len(p) == 4:  # top, bottom, left, right
            x, p = F.pad(x, (p[2], p[3], p[0], p[1])), 0
        return last(F.conv2d(x, w.permute(3, 2, 0, 1).contiguous(), b, padding=p, **options))

    return f


def conv1d(padding=0, **options):
    def f(x, w, b=None):
        x = first(with_channel(x, 3))
        p = padding
        if isinstance(p, tuple):
            x, p = F.pad(x, p), 0
        return last(F.conv1d(x, w.permute(2, 1, 0).contiguous(), b, padding=p, **options))

    return f


def transposed(**options):
    return lambda x, w, b=None: last(
        F.conv_transpose2d(first(with_channel(x, 4)), w.permute(3, 2, 0, 1).contiguous(), b, **options)
    )


def images(f, rank=4):
    return lambda x: last(f(first(with_channel(x, rank))))


def batch_norm(momentum=0.1, eps=1e-5):
    def f(x, scale, shift, states, training):
        return last(F.batch_norm(first(x), *states, scale, shift, training, momentum, eps))

    return f


def group_norm(groups, eps=1e-5):
    return lambda x, scale, shift: last(F.group_norm(first(x), groups, scale, shift, eps))


def by_torch(text, batch, shapes, f, states=()):
    """A case: f of the input, weights of these shapes, and where there are states, them and whether in training."""
    line("layer", "torch", text, " ".join(map(str, batch)))
    weights = [torch.tensor(array(WEIGHTS + i, s), requires_grad=True) for i, s in enumerate(shapes)]
    kept = [torch.full((n,), float(begin)) for n, begin in states]

    def apply(x, training):
        return f(x, *weights, kept, training) if states else f(x, *weights)

    for step in range(STEPS):
        x = torch.tensor(array(step, batch), requires_grad=True)
        y = apply(x, True)
        loss = ((y - torch.tensor(array(TARGET + step, y.shape))) ** 2).mean()
        gradients = torch.autograd.grad(loss, [x, *weights])
        if step == 0:
            line("y", numbers(y.detach()))
            line("dx", numbers(gradients[0]))
            for i, g in enumerate(gradients[1:]):
                line("d", i, numbers(g))
        with torch.no_grad():
            for w, g in zip(weights, gradients[1:]):
                w -= RATE * g
    if weights:
        for i, w in enumerate(weights):
            line("after", i, numbers(w.detach()))
        for i, s in enumerate(kept):
            line("state", i, numbers(s))
        line("predicted", numbers(apply(torch.tensor(array(0, batch)), False).detach()))


def torch_cases():
    c = by_torch
    c("conv2d(2, 3)", (3, 5, 4, 3), [(3, 3, 3, 2), (2,)], conv2d())
    c("conv2d(2, 3)", (1, 3, 3, 1), [(3, 3, 1, 2), (2,)], conv2d())
    c("conv2d(3, 3, padding=same)", (3, 5, 4), [(3, 3, 1, 3), (3,)], conv2d("same"))
    c("conv2d(4, (3, 2), stride=(2, 1), padding=(1, 0), groups=2)", (3, 5, 4, 4), [(3, 2, 2, 4), (4,)],
      conv2d((1, 0), stride=(2, 1), groups=2))  # fmt: skip
    c("conv2d(2, 3, padding=2, dilation=2, activation=tanh)", (1, 5, 6, 2), [(3, 3, 2, 2), (2,)],
      lambda x, w, b: torch.tanh(conv2d(2, dilation=2)(x, w, b)))  # fmt: skip
    c("conv2d(2, 3, stride=2, padding=(1, 2, 0, 1))", (3, 4, 5, 1), [(3, 3, 1, 2), (2,)], conv2d((1, 2, 0, 1), stride=2))
    c("conv2d(3, 1, stride=2, bias=none)", (3, 5, 3, 2), [(1, 1, 2, 3)], conv2d(stride=2))
    c("depthwise_conv2d(3, multiplier=2, padding=1)", (3, 4, 3, 2), [(3, 3, 1, 4), (4,)], conv2d(1, groups=2))
    c("depthwise_conv2d((2, 3), stride=(1, 2))", (1, 4, 5, 3), [(2, 3, 1, 3), (3,)], conv2d(stride=(1, 2), groups=3))
    c("conv1d(3, 4, stride=2, padding=2)", (3, 7, 2), [(4, 2, 3), (3,)], conv1d(2, stride=2))
    c("conv1d(4, 3, padding=(4, 0), dilation=2, groups=2)", (1, 5, 4), [(3, 2, 4), (4,)],
      conv1d((4, 0), dilation=2, groups=2))  # fmt: skip
    c("conv1d(2, 3)", (3, 6), [(3, 1, 2), (2,)], conv1d())
    c("conv2d_transpose(2, 3, stride=2, padding=1, output_padding=1)", (3, 2, 3, 3), [(3, 3, 2, 3), (2,)],
      transposed(stride=2, padding=1, output_padding=1))  # fmt: skip
    c("conv2d_transpose(4, (2, 3), dilation=(1, 2), groups=2)", (1, 3, 2, 2), [(2, 3, 2, 2), (4,)],
      transposed(dilation=(1, 2), groups=2))  # fmt: skip
    c("conv2d_transpose(1, 2, stride=3, bias=none)", (3, 2, 2), [(2, 2, 1, 1)], transposed(stride=3))
    c("max_pool(2)", (3, 5, 4, 2), [], images(lambda x: F.max_pool2d(x, 2)))
    c("max_pool(3, stride=2, padding=1)", (1, 6, 5), [], images(lambda x: F.max_pool2d(x, 3, 2, 1)))
    c("max_pool((1, 3), stride=1)", (3, 2, 5, 2), [], images(lambda x: F.max_pool2d(x, (1, 3), 1)))
    c("average_pool(2)", (3, 5, 4, 2), [], images(lambda x: F.avg_pool2d(x, 2)))
    c("average_pool(3, stride=2, padding=1, count_padding=true)", (1, 6, 5, 2), [],
      images(lambda x: F.avg_pool2d(x, 3, 2, 1)))  # fmt: skip
    c("average_pool(3, stride=(1, 2), padding=1)", (3, 3, 4), [],
      images(lambda x: F.avg_pool2d(x, 3, (1, 2), 1, count_include_pad=False)))  # fmt: skip
    c("max_pool1d(2)", (3, 5, 2), [], images(lambda x: F.max_pool1d(x, 2), 3))
    c("average_pool1d(3, stride=1)", (1, 5, 2), [], images(lambda x: F.avg_pool1d(x, 3, 1), 3))
    c("global_average_pool()", (3, 3, 4, 2), [], lambda x: F.adaptive_avg_pool2d(first(x), 1).flatten(1))
    c("global_max_pool()", (3, 5, 2), [], lambda x: F.adaptive_max_pool1d(first(x), 1).flatten(1))
    c("adaptive_average_pool((3, 2))", (3, 5, 4, 2), [], images(lambda x: F.adaptive_avg_pool2d(x, (3, 2))))
    c("adaptive_average_pool(4)", (1, 3, 6), [], images(lambda x: F.adaptive_avg_pool2d(x, 4)))
    c("adaptive_max_pool((3, 2))", (3, 5, 4, 2), [], images(lambda x: F.adaptive_max_pool2d(x, (3, 2))))
    c("upsample(2)", (3, 2, 3, 2), [], images(lambda x: F.interpolate(x, scale_factor=2)))
    c("upsample((2, 3), mode=bilinear)", (3, 3, 2, 2), [],
      images(lambda x: F.interpolate(x, scale_factor=(2, 3), mode="bilinear")))  # fmt: skip
    channels = [(3,), (3,)]
    moments = [(3, 0), (3, 1)]
    c("batch_norm()", (3, 3, 2, 3), channels, batch_norm(), moments)
    c("batch_norm()", (1, 2, 3, 3), channels, batch_norm(), moments)
    c("batch_norm(momentum=0.7, epsilon=0.1)", (5, 3), channels, batch_norm(0.3, 0.1), moments)
    c("layer_norm()", (3, 3), channels, lambda x, a, b: F.layer_norm(x, (3,), a, b))
    c("layer_norm(epsilon=0.1)", (1, 2, 4, 3), channels, lambda x, a, b: F.layer_norm(x, (3,), a, b, 0.1))
    c("rms_norm()", (3, 2, 3), [(3,)], lambda x, a: F.rms_norm(x, (3,), a, 1e-6))
    c("group_norm(2)", (3, 3, 2, 4), [(4,), (4,)], group_norm(2))
    c("group_norm(1, epsilon=0.01)", (1, 5, 4), [(4,), (4,)], group_norm(1, 0.01))
    c("instance_norm()", (3, 3, 2, 2), [(2,), (2,)],
      lambda x, a, b: last(F.instance_norm(first(x), weight=a, bias=b)))  # fmt: skip
    c("pad(1)", (3, 2, 3, 2), [], images(lambda x: F.pad(x, (1, 1, 1, 1))))
    c("pad((1, 0, 2, 1), value=0.5)", (1, 2, 2), [], images(lambda x: F.pad(x, (2, 1, 1, 0), value=0.5)))
    c("crop((1, 0, 1, 2))", (3, 3, 5, 2), [], images(lambda x: x[:, :, 1:, 1:-2]))
    combined()


def combined():
    def residual(x, w, b):
        return x + torch.relu(conv2d(1)(x, w, b))

    by_torch("residual(conv2d(2, 3, padding=1, activation=relu))", (3, 3, 2, 2), [(3, 3, 2, 2), (2,)], residual)

    def parallel(x, a, b):
        return torch.cat([torch.relu(conv2d(0)(x, a)), conv2d(1)(x, b)], -1)

    by_torch("parallel(conv2d(1, 1, bias=none) | relu(), conv2d(2, 3, padding=1, bias=none))", (3, 3, 2, 2),
             [(1, 1, 2, 1), (3, 3, 2, 2)], parallel)  # fmt: skip
    by_torch("parallel(conv2d(2, 1, bias=none), conv2d(2, 3, padding=1, bias=none), join=add)", (1, 3, 2, 2),
             [(1, 1, 2, 2), (3, 3, 2, 2)], lambda x, a, b: conv2d(0)(x, a) + conv2d(1)(x, b))  # fmt: skip
    by_torch("densely(conv2d(1, 3, padding=1))", (3, 2, 3, 2), [(3, 3, 2, 1), (1,)],
             lambda x, w, b: torch.cat([x, conv2d(1)(x, w, b)], -1))  # fmt: skip

    def network(x, w, scale, shift, v, b, states, training):
        x = F.batch_norm(first(conv2d(1)(x, w)), *states, scale, shift, training, 0.1, 1e-5)
        x = last(F.max_pool2d(torch.relu(x), 2)).flatten(1)
        return x @ v + b

    by_torch("conv2d(2, 3, padding=1, bias=none) | batch_norm() | relu() | max_pool(2) | flatten() | dense(3)",
             (3, 5, 4, 2), [(3, 3, 2, 2), (2,), (2,), (8, 3), (3,)], network, [(2, 0), (2, 1)])  # fmt: skip

    def block(x, w, a, b, v, c, d, u, e, f, states, training):
        y = F.batch_norm(first(conv2d(1, stride=2)(x, w)), states[0], states[1], a, b, training, 0.1, 1e-5)
        y = F.batch_norm(first(conv2d(1)(last(torch.relu(y)), v)), states[2], states[3], c, d, training, 0.1, 1e-5)
        s = F.batch_norm(first(conv2d(0, stride=2)(x, u)), states[4], states[5], e, f, training, 0.1, 1e-5)
        return last(torch.relu(s + y))

    by_torch("residual(conv2d(2, 3, stride=2, padding=1, bias=none) | batch_norm() | relu()"
             " | conv2d(2, 3, padding=1, bias=none) | batch_norm(), shortcut=conv2d(2, 1, stride=2, bias=none)"
             " | batch_norm()) | relu()", (3, 5, 4, 1),
             [(3, 3, 1, 2), (2,), (2,), (3, 3, 2, 2), (2,), (2,), (1, 1, 1, 2), (2,), (2,)], block,
             [(2, 0), (2, 1)] * 3)  # fmt: skip


# ---- Keras


def by_keras(text, batch, layer, scale=1):
    line("layer", "keras", text, " ".join(map(str, batch)))
    layer.build(batch)
    weights = [jnp.asarray(scale * array(WEIGHTS + i, v.shape)) for i, v in enumerate(layer.trainable_variables)]
    kept = [jnp.asarray(v.value) for v in layer.non_trainable_variables]

    def apply(weights, kept, x, training):
        told = {"training": training} if "training" in inspect.signature(layer.call).parameters else {}
        return layer.stateless_call(weights, kept, x, **told)

    def loss(x, weights, kept, target):
        y, after = apply(weights, kept, x, True)
        return ((y - target) ** 2).mean(), (y, after)

    for step in range(STEPS):
        x = jnp.asarray(array(step, batch))
        shape = apply(weights, kept, x, True)[0].shape
        (dx, dw), (y, after) = jax.grad(loss, (0, 1), has_aux=True)(x, weights, kept, array(TARGET + step, shape))
        if step == 0:
            line("y", numbers(y))
            line("dx", numbers(dx))
            for i, g in enumerate(dw):
                line("d", i, numbers(g))
        weights = [w - RATE * g for w, g in zip(weights, dw)]
        kept = after
    if weights:
        for i, w in enumerate(weights):
            line("after", i, numbers(w))
        for i, s in enumerate(kept):
            line("state", i, numbers(s))
        x = jnp.asarray(array(0, batch))
        line("predicted", numbers(apply(weights, kept, x, False)[0]))


def keras_cases():
    k = keras.layers
    c = by_keras
    c("conv2d(2, 3, stride=2, padding=same)", (3, 5, 4, 2), k.Conv2D(2, 3, 2, "same"))
    c("conv2d(2, (2, 3), stride=(3, 2), padding=same)", (1, 4, 7, 1), k.Conv2D(2, (2, 3), (3, 2), "same"))
    c("conv2d(2, 2, padding=same, dilation=2, groups=2, activation=relu)", (3, 4, 3, 4),
      k.Conv2D(2, 2, padding="same", dilation_rate=2, groups=2, activation="relu"))  # fmt: skip
    c("depthwise_conv2d(3, stride=2, padding=same)", (3, 4, 5, 2), k.DepthwiseConv2D(3, 2, "same"))
    c("conv1d(3, 3, stride=2, padding=same)", (3, 6, 2), k.Conv1D(3, 3, 2, "same"))
    c("conv2d_transpose(2, 3, stride=2, padding=same)", (3, 3, 2, 2), k.Conv2DTranspose(2, 3, 2, "same"))
    c("conv2d_transpose(2, (4, 3), stride=(2, 1), padding=same)", (1, 2, 3, 1),
      k.Conv2DTranspose(2, (4, 3), (2, 1), "same"))  # fmt: skip
    c("conv2d_transpose(1, 3, stride=2)", (3, 2, 3, 2), k.Conv2DTranspose(1, 3, 2))
    c("max_pool(2, padding=same)", (3, 5, 3, 2), k.MaxPool2D(2, padding="same"))
    c("max_pool(3, stride=2, padding=same)", (1, 6, 5, 1), k.MaxPool2D(3, 2, "same"))
    c("average_pool(2, padding=same)", (3, 5, 3, 2), k.AveragePooling2D(2, padding="same"))
    c("average_pool(3, stride=2, padding=same)", (1, 6, 4, 1), k.AveragePooling2D(3, 2, "same"))
    c("upsample((2, 3))", (3, 2, 2, 2), k.UpSampling2D((2, 3)))
    c("upsample(2, mode=bilinear)", (3, 3, 2, 2), k.UpSampling2D(2, interpolation="bilinear"))
    c("global_average_pool()", (3, 4, 2), k.GlobalAveragePooling1D())
    c("batch_norm(momentum=0.99, epsilon=0.001, unbiased=false)", (3, 3, 2, 3), k.BatchNormalization())
    c("batch_norm(momentum=0.6, epsilon=0.001, unbiased=false)", (4, 3), k.BatchNormalization(momentum=0.6))
    c("layer_norm(epsilon=0.001)", (3, 2, 3), k.LayerNormalization())
    c("rms_norm()", (3, 2, 3), k.RMSNormalization())
    c("group_norm(2, epsilon=0.001)", (3, 3, 2, 4), k.GroupNormalization(2))


# ---- fans


def fans():
    for text, sample, module in [
        ("conv2d(8, 3)", "9 9 4", torch.nn.Conv2d(4, 8, 3)),
        ("conv2d(8, (3, 5), groups=2)", "9 9 4", torch.nn.Conv2d(4, 8, (3, 5), groups=2)),
        ("depthwise_conv2d(3, multiplier=2)", "9 9 4", torch.nn.Conv2d(4, 8, 3, groups=4)),
        ("conv1d(8, 5, groups=2)", "9 4", torch.nn.Conv1d(4, 8, 5, groups=2)),
        ("conv2d_transpose(8, 3, groups=2)", "9 9 4", torch.nn.ConvTranspose2d(4, 8, 3, groups=2)),
    ]:
        line("fans", "torch", text, sample, *torch.nn.init._calculate_fan_in_and_fan_out(module.weight))
    k = keras.layers
    for text, sample, layer in [
        ("conv2d(8, 3)", "9 9 4", k.Conv2D(8, 3)),
        ("conv2d(8, (3, 5), groups=2)", "9 9 4", k.Conv2D(8, (3, 5), groups=2)),
        ("conv1d(8, 5)", "9 4", k.Conv1D(8, 5)),
        ("conv2d_transpose(8, 3)", "9 9 4", k.Conv2DTranspose(8, 3)),
    ]:
        layer.build((1, *map(int, sample.split())))
        line("fans", "keras", text, sample, *compute_fans(layer.kernel.shape))


def main():
    line("version", "torch", torch.__version__.split("+")[0])
    line("version", "keras", keras.__version__)
    torch_cases()
    keras_cases()
    fans()


if __name__ == "__main__":
    main()
