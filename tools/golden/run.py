#!/usr/bin/env python3
"""Executes the golden cases of one library and writes its trajectories.

    python3 tools/golden/run.py optax|keras|torch|exact
                                      writes optim/src/test/resources/golden/LIBRARY.tsv

Lines: `TRAJECTORY  SEQUENCE  STEP  VALUES of the vector  VALUES of the matrix`, after the steps 1, 2,
3, 5, 8, 16, 33 and 64, for pairs of conventions after 2, 8 and 64; everything in float64. Needs requirements.txt.
"""
import contextlib
import os
import sys

os.environ.setdefault("JAX_ENABLE_X64", "1")
os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import numpy as np

import exact
from cases import CASES, FEW, VERSIONS
from gradients import RESOURCES, STEPS, STORED, STORED_OF_PAIRS, read, text


def run_optax(case, start, gradients, rates):
    import jax
    import jax.numpy as jnp
    import optax

    table = jnp.asarray(rates)
    optimizer = eval(case.call, {"optax": optax, "rates": lambda count: table[count]})
    parameters = jax.tree.map(jnp.asarray, start)
    state = optimizer.init(parameters)
    for gradient in gradients:
        updates, state = optimizer.update(jax.tree.map(jnp.asarray, gradient), state, parameters)
        parameters = optax.apply_updates(parameters, updates)
        yield {k: np.asarray(parameters[k]) for k in start}


def run_keras(case, start, gradients, rates):
    import keras

    keras.config.set_floatx("float64")
    keras.backend.clear_session()
    optimizer = eval(case.call, {"keras": keras, "rates": rates.tolist()})
    variables = [keras.Variable(v.copy(), dtype="float64", name=k) for k, v in start.items()]
    optimizer.build(variables)
    for gradient, rate in zip(gradients, rates):
        if case.rates:
            optimizer.learning_rate = float(rate)
        tensors = [keras.ops.convert_to_tensor(gradient[k], dtype="float64") for k in start]
        with eagerly(case):
            optimizer.apply(tensors, variables)
        yield {
            k: np.array(keras.ops.convert_to_numpy(v)) for k, v in zip(start, variables)
        }


def eagerly(case):
    """Accumulation compiles conditionals anew at every step, which takes minutes."""
    import jax

    return jax.disable_jit() if "accumulation" in case.call else contextlib.nullcontext()


def run_torch(case, start, gradients, rates):
    import torch

    # Some rules keep scalars in the default type.
    torch.set_default_dtype(getattr(torch, os.environ.get("GOLDEN_TORCH_DEFAULT", "float64")))
    parameters = [torch.nn.Parameter(torch.tensor(v, dtype=torch.float64)) for v in start.values()]
    names = {"torch": torch, "parameters": parameters, "rates": rates.tolist()}
    optimizer = eval(case.call, names)
    for gradient, rate in zip(gradients, rates):
        if case.rates:
            for group in optimizer.param_groups:
                group["lr"] = float(rate)
        for name, p in zip(start, parameters):
            p.grad = torch.tensor(gradient[name], dtype=torch.float64)
        exec(case.before, names)
        optimizer.step()
        yield {k: p.detach().numpy().copy() for k, p in zip(start, parameters)}


def run_exact(case, start, gradients, rates):
    found = exact.run(case.build, exact.EXACT, start, gradients, rates, range(1, STEPS + 1))
    for step in range(1, STEPS + 1):
        yield dict(zip(start, found[step]))


RUNNERS = {"optax": run_optax, "keras": run_keras, "torch": run_torch, "exact": run_exact}


def check_versions(library):
    from importlib.metadata import version

    for name in {"optax": ("optax", "jax"), "keras": ("keras", "jax")}.get(library, (library,)):
        wanted = VERSIONS[name].split(" ")
        assert version(wanted[0]) == wanted[1], f"{wanted[0]}: wanted {wanted[1]}"


def trajectories(library, only=""):
    start, sequences, rate_lists = read()
    for case in CASES:
        if case.library != library or only not in case.name:
            continue
        rates = rate_lists[case.rates] if case.rates else np.full(STEPS, case.lr)
        for sequence, gradients in sequences.items():
            points = RUNNERS[library](case, start, gradients, rates)
            for step, point in enumerate(points, 1):
                assert all(v.dtype == np.float64 for v in point.values()), case.name
                assert all(np.isfinite(v).all() for v in point.values()), (case.name, sequence, step)
                if step in (STORED_OF_PAIRS if case.name in FEW else STORED):
                    yield case.name, sequence, step, point


def main(library, output):
    check_versions(library)
    with open(output, "w") as file:
        for name, sequence, step, point in trajectories(library):
            fields = (name, sequence, str(step), *(text(v) for v in point.values()))
            file.write("\t".join(fields) + "\n")


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in RUNNERS:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else RESOURCES / f"{sys.argv[1]}.tsv")
