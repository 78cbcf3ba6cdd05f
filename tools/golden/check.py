#!/usr/bin/env python3
"""Compares every trajectory with 50 digits, and the rules with golden values from elsewhere.

    python3 tools/golden/check.py     writes tools/golden/measured.tsv; run cases.py after it

Needs numpy and mpmath only. The error is what the tests use: max over steps and numbers of
|p - q| / max(|q|, |start|, movement so far), here with q in 50 digits. A column per sequence for the
library, and one for the same rule in plain float32 arithmetic (scalars in double).
"""
import sys

import mpmath
import numpy as np

import exact
from cases import CASES, FEW, HERE
from gradients import RESOURCES, SEQUENCES, STEPS, STORED, STORED_OF_PAIRS, read

# Steps 1, 3 and 8 from p = 1 with the gradients below, executed elsewhere in PyTorch 2.15.0, Keras
# 3.15.1 or Optax 0.2.8 and there found equal to an independent scalar program, to 12 digits.
EIGHT = (0.1, -0.2, 0.3, 0.05, -0.4, 0.25, 0.15, -0.1)
FALLING = (0.1, 0.1, 0.02, 0.02, 0.2, 0.2, 0.05, 0.05)
ELSEWHERE = [
    (exact.torch_sgd(momentum=0.9), 0.1, "0.99 0.9809 0.937654141"),
    (exact.optax_sgd(momentum=0.9), 0.1, "0.99 0.9809 0.937654141"),
    (exact.torch_sgd(momentum=0.9, nesterov=True), 0.1, "0.981 0.96281 0.9288887269"),
    (exact.optax_sgd(momentum=0.9, nesterov=True), 0.1, "0.981 0.96281 0.9288887269"),
    (exact.torch_sgd(momentum=0.9, dampening=0.9), 0.1, "0.99 0.9737 0.942507463"),
    (exact.torch_sgd(momentum=0.9, weight_decay=0.1), 0.1, "0.98 0.925458 0.670727076585"),
    (exact.keras_sgd(momentum=0.9, weight_decay=0.1), 0.1, "0.98 0.951288 0.862131192009"),
    (exact.keras_sgd(momentum=0.9, nesterov=True), 0.1, "0.981 0.96281 0.9288887269"),
    (exact.torch_sgd(momentum=0.9), FALLING, "0.99 0.99698 0.9995582205"),
    (exact.optax_sgd(momentum=0.9), FALLING, "0.99 0.99698 0.9995582205"),
    (exact.momentum(form="trace", momentum=0.9), FALLING, "0.99 0.99698 0.9995582205"),
    (exact.momentum(form="trace", momentum=0.9, nesterov=True), 0.1, "0.981 0.96281 0.9288887269"),
    (exact.keras_sgd(momentum=0.9), FALLING, "0.99 1.0049 1.145548701"),
    (exact.momentum(form="velocity", momentum=0.9), FALLING, "0.99 1.0049 1.145548701"),
    (exact.momentum(form="heavy_ball", momentum=0.9), FALLING, "0.99 1.0049 1.145548701"),
    (exact.momentum(form="heavy_ball", momentum=0.9, nesterov=True), 0.1, "0.981 0.96281 0.9288887269"),
    (exact.momentum(form="averaged", momentum=0.9, debias=True), 0.1, "0.99 0.988372499514 0.978793453145"),
    (exact.torch_rmsprop(), 0.01, "0.9000001 0.909181928247 0.918964782512"),
    (exact.keras_rmsprop(), 0.01, "0.968378804419 0.971043650035 0.973864848842"),
    (exact.optax_rmsprop(), 0.01, "0.968377381511 0.97104240258 0.973863600899"),
    (exact.torch_rmsprop(momentum=0.9), 0.01, "0.9000001 0.818761129761 0.574595851338"),
    (exact.optax_rmsprop(eps=1e-10, initial_scale=1.0, momentum=0.9), 0.01,
     "0.998946492566 0.997872739667 0.992686393897"),
    (exact.keras_rmsprop(centered=True), 0.01, "0.966668518364 0.969293505064 0.972106809424"),
    (exact.torch_adagrad(), 0.1, "0.9000000001 0.909264346608 0.91913045318"),
    (exact.keras_adagrad(), 0.1, "0.969848879247 0.960251409172 0.969179178125"),
    (exact.optax_adagrad(), 0.1, "0.969848879247 0.960251409172 0.969179178125"),
    (exact.torch_adam(), 0.01, "0.990000001 0.990228625395 0.985358843621"),
    (exact.optax_adam(), 0.01, "0.990000001 0.990228625395 0.985358843621"),
    (exact.keras_adam(), 0.01, "0.990000316218 0.990228917921 0.985359171178"),
    (exact.torch_adamw(), 0.01, "0.989900001 0.98993028919 0.984566803661"),
    (exact.optax_adamw(weight_decay=0.01), 0.01, "0.989900001 0.98993028919 0.984566803661"),
    (exact.torch_adam(amsgrad=True), 0.01, "0.990000001 0.990228625395 0.985358843621"),
    (exact.optax_amsgrad(), 0.01, "0.990000001 0.990228625395 0.985965444335"),
    (exact.optax_adam(nesterov=True), 0.01, "0.985263159368 0.986672358639 0.983433419332"),
]


def elsewhere():
    for build, rate, wanted in ELSEWHERE:
        rates = rate if isinstance(rate, tuple) else (rate,) * 8
        found = exact.run(
            build, exact.EXACT, {"p": np.ones(1)}, [{"p": np.array([g])} for g in EIGHT], rates, (1, 3, 8)
        )
        for step, w in zip((1, 3, 8), wanted.split()):
            assert abs(found[step][0][0] - float(w)) <= 6e-13, (wanted, step, found[step][0][0])
    print(len(ELSEWHERE), "rules agree with values from elsewhere")
    # 3 and 4 cut to norm 1.
    cut = exact.torch_clip_global_norm(1.0)(exact.EXACT, [exact.EXACT.array([3, 4])])[0]
    assert [float(mpmath.nstr(x, 8)) for x in cut] == [0.59999988, 0.79999984]
    cut = exact.clip_global_norm(1.0)(exact.EXACT, [exact.EXACT.array([3]), exact.EXACT.array([4])])
    assert [float(x[0]) for x in cut] == [0.6, 0.8]


def read_points(libraries):
    points = {}
    for library in libraries:
        for line in (RESOURCES / f"{library}.tsv").read_text().splitlines():
            name, sequence, step, *fields = line.split("\t")
            values = np.array([float(x) for x in " ".join(fields).split(" ")])
            points.setdefault((name, sequence), {})[int(step)] = values
    return points


def error(found, wanted, start):
    """Both {step: 17 numbers}."""
    movement, worst = np.zeros_like(start), 0.0
    for step in sorted(wanted):
        q = wanted[step]
        movement = np.maximum(movement, abs(q - start))
        size = np.maximum(np.maximum(abs(q), abs(start)), movement)
        off = abs(found[step].astype(np.float64) - q)
        with np.errstate(invalid="ignore", divide="ignore"):
            e = np.where(off == 0, 0, off / size)
        worst = max(worst, float(np.max(np.where(np.isnan(e), np.inf, e))))
    return worst


def flat(path):
    return {step: np.concatenate([v.ravel() for v in values]) for step, values in path.items()}


def main():
    elsewhere()
    start, sequences, rate_lists = read()
    flat_start = np.concatenate([v.ravel() for v in start.values()])
    points = read_points(sorted({c.library for c in CASES}))
    assert {k[0] for k in points} == {c.name for c in CASES}
    columns = ["name", "tolerance", "library", "float32"]
    columns += [f"{kind} {s}" for kind in ("library", "float32") for s in SEQUENCES]
    lines, bad = ["\t".join(columns)], []
    for case in CASES:
        rates = rate_lists[case.rates] if case.rates else np.full(STEPS, case.lr)
        stored = STORED_OF_PAIRS if case.name in FEW else STORED
        library, single = [], []
        for sequence, gradients in sequences.items():
            wanted = flat(exact.run(case.build, exact.EXACT, start, gradients, rates, stored))
            path = points[case.name, sequence]
            assert tuple(path) == stored, case.name
            library.append(error(path, wanted, flat_start))
            plain = exact.run(case.build, exact.SINGLE, start, gradients, rates, stored)
            single.append(error(flat(plain), wanted, flat_start))
        if not max(library) <= case.tolerance / 3:
            bad.append(case.name)
            print("FAR OFF", case.name, library)
        numbers = [case.tolerance, max(library), max(single), *library, *single]
        lines.append("\t".join([case.name, *(f"{x:.1e}" for x in numbers)]))
    (HERE / "measured.tsv").write_text("\n".join(lines) + "\n")
    print(len(CASES) - len(bad), "of", len(CASES), "cases are within a third of their tolerance of 50 digits")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
