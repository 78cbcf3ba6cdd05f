#!/usr/bin/env python3
"""The start, the gradients and the changing rates that all golden trajectories share.

    python3 tools/golden/gradients.py     writes optim/src/test/resources/golden/gradients.tsv

The gradients are data and no function of the point, so that an error can't heal itself. All numbers
are float32 numbers (written so that they read back exactly), so that F32 runs see the same ones.

Lines, fields parted by tabs, values by blanks, a matrix row by row:

    start     PARAMETER  VALUES
    gradient  SEQUENCE  STEP  VALUES of the vector  VALUES of the matrix
    rates     NAME  SCHEDULE as Thalweg's text  64 VALUES: the rate of each step

* smooth: waves of sizes 1, 0.1, 0.01 and 0.001 about a small mean.
* noisy: normal numbers of sizes 0.001 to 10.
* sparse: two of three entries are 0, the others have sizes from 1e-8 to 1; the gradients of steps 6
  and 40 are all zero; one coordinate never gets anything but 1e-8, and one never gets anything.

A rate that changes is constant over a few steps, so that a piecewise schedule can say it too.
"""
import pathlib

import numpy as np

RESOURCES = pathlib.Path(__file__).parents[2] / "optim/src/test/resources/golden"
STEPS = 64
STORED = (1, 2, 3, 5, 8, 16, 33, 64)
STORED_OF_PAIRS = (2, 8, 64)
SHAPES = {"vector": (5,), "matrix": (3, 4)}
SEQUENCES = ("smooth", "noisy", "sparse")
SIZE = 17


def single(values):
    return np.asarray(values, dtype=np.float32).astype(np.float64)


def text(values):
    return " ".join("0" if x == 0 else repr(float(x)) for x in np.ravel(values))


def split(values):
    """One row of 17 numbers as the two parameters."""
    values = np.asarray(values, dtype=np.float64)
    return {"vector": values[:5].copy(), "matrix": values[5:].reshape(3, 4).copy()}


def make():
    random = np.random.default_rng(20261122)
    start = single(random.normal(0, 1, SIZE))
    start[3] = start[8] = 0.0
    e = np.arange(SIZE)
    smooth = [
        single((np.cos(0.1 * t + e) + 0.05) * 10.0 ** (-(e % 4))) for t in range(STEPS)
    ]
    noisy = [single(random.normal(0.1, 1, SIZE) * 10.0 ** (e % 5 - 3)) for _ in range(STEPS)]
    sparse = []
    for t in range(1, STEPS + 1):
        g = random.choice([-1.0, 1.0], SIZE) * 10.0 ** random.uniform(-8, 0, SIZE)
        g *= random.random(SIZE) < 1 / 3
        g[2] = 1e-8
        g[11] = 0
        sparse.append(single(g * (t not in (6, 40))) + 0.0)  # no -0.0
    return start, {"smooth": smooth, "noisy": noisy, "sparse": sparse}


def rates():
    """drop: four rates of 16 steps each; zigzag: another rate every sixth step."""
    drop = np.repeat([0.1, 0.02, 0.2, 0.05], 16)
    zigzag = np.repeat(
        [0.01, 0.03, 0.005, 0.02, 0.002, 0.04, 0.01, 0.015, 0.001, 0.025, 0.03], 6
    )[:STEPS]
    return {"drop": drop, "zigzag": zigzag}


def piecewise(values):
    starts = [t for t in range(len(values)) if t == 0 or values[t] != values[t - 1]]
    numbers = ", ".join(repr(float(values[t])) for t in starts)
    return f"piecewise(({numbers}), ({', '.join(str(t) for t in starts[1:])}))"


def write():
    start, sequences = make()
    lines = [["start", name, text(values)] for name, values in split(start).items()]
    for name, gradients in sequences.items():
        for step, g in enumerate(gradients, 1):
            lines.append(["gradient", name, str(step), *(text(v) for v in split(g).values())])
    lines += [["rates", name, piecewise(v), text(v)] for name, v in rates().items()]
    RESOURCES.mkdir(parents=True, exist_ok=True)
    (RESOURCES / "gradients.tsv").write_text("".join("\t".join(l) + "\n" for l in lines))


def read():
    """start {name: array}, gradients {sequence: [{name: array}]}, rates {name: array}."""
    start, gradients, rate_lists = {}, {}, {}
    for line in (RESOURCES / "gradients.tsv").read_text().splitlines():
        kind, name, *fields = line.split("\t")
        if kind == "rates":
            fields = fields[1:]
        arrays = [np.array([float(x) for x in f.split(" ")]) for f in fields]
        if kind == "start":
            start[name] = arrays[0].reshape(SHAPES[name])
        elif kind == "gradient":
            g = {n: v.reshape(s) for (n, s), v in zip(SHAPES.items(), arrays[1:])}
            gradients.setdefault(name, []).append(g)
        else:
            rate_lists[name] = arrays[0]
    return start, gradients, rate_lists


if __name__ == "__main__":
    write()
