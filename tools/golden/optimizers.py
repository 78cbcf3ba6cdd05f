#!/usr/bin/env python3
"""Trajectories of executed Optax optimizers: what the golden test of the module optim is checked against.

    python3 -m venv venv && venv/bin/pip install optax==0.2.8 jax==0.10.2
    venv/bin/python tools/golden/optimizers.py > optim/src/test/resources/golden/optimizers.tsv

Everything is float64; start and gradients are float32 numbers, so that F32 runs see the same ones.
Lines of the output, fields parted by tabs: `version name number`, `start name values`,
`gradient sequence step values`, `point sequence optimizer step values` (the optimizer in Thalweg's
text form); values parted by blanks, shortest text that reads back as the number.
"""
import os

os.environ["JAX_ENABLE_X64"] = "1"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy as jnp
import numpy as np
import optax

STEPS = 64
SIZE = 12  # more than a vector of eight, and a remainder


def numbers(values):
    return " ".join(repr(float(x)) for x in np.ravel(values))


def single(values):
    return np.asarray(values, dtype=np.float32).astype(np.float64)


def sequences():
    i = np.arange(SIZE)
    smooth = [np.cos(0.1 * t + i) * 10.0 ** (-(i % 4)) + 0.05 for t in range(STEPS)]
    random = np.random.default_rng(20261122)
    noisy = [random.normal(0.1, 1.0, SIZE) * 10.0 ** (i % 5 - 3) for _ in range(STEPS)]
    # Sizes from 1 to 1e-8, three of four entries zero, every eighth gradient all zero; at the end
    # one coordinate that never got any other gradient than 1e-8, and one that never got one.
    sparse = []
    for t in range(STEPS):
        g = random.choice([-1.0, 1.0], SIZE) * 10.0 ** random.uniform(-8, 0, SIZE)
        g *= random.random(SIZE) < 0.25
        g *= t % 8 != 7
        g[-2] = 1e-8
        g[-1] = 0
        sparse.append(g)
    return {"smooth": smooth, "noisy": noisy, "sparse": sparse}


def optimizers():
    return {
        "sgd(lr=0.1)": optax.sgd(0.1),
        "sgd(lr=0.003)": optax.sgd(0.003),
        "momentum(lr=0.01)": optax.sgd(0.01, momentum=0.9),
        "momentum(lr=0.002, momentum=0.5)": optax.sgd(0.002, momentum=0.5),
        "adam(lr=0.01)": optax.adam(0.01),
        "adam(lr=0.003, beta1=0.8, beta2=0.95, epsilon=1e-6)": optax.adam(0.003, b1=0.8, b2=0.95, eps=1e-6),
        "adamw(lr=0.01)": optax.adamw(0.01, weight_decay=0.01),
        "adamw(lr=0.02, beta1=0.95, beta2=0.98, epsilon=1e-7, weight_decay=0.1)": optax.adamw(
            0.02, b1=0.95, b2=0.98, eps=1e-7, weight_decay=0.1
        ),
    }


def main():
    for module in (optax, jax, np):
        print("version", module.__name__, module.__version__, sep="\t")
    start = single(np.random.default_rng(7).normal(0, 1, SIZE))
    start[3] = 0.0
    print("start", "p", numbers(start), sep="\t")
    for name, gradients in sequences().items():
        gradients = [single(g) for g in gradients]
        for step, g in enumerate(gradients, 1):
            print("gradient", name, step, numbers(g), sep="\t")
        for text, optimizer in optimizers().items():
            p = jnp.asarray(start)
            state = optimizer.init(p)
            for step, g in enumerate(gradients, 1):
                updates, state = optimizer.update(jnp.asarray(g), state, p)
                p = optax.apply_updates(p, updates)
                assert p.dtype == jnp.float64
                print("point", name, text, step, numbers(p), sep="\t")


main()
