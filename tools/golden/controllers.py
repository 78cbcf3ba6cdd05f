#!/usr/bin/env python3
"""Golden values of what a run is told between steps, or keeps beside its rule.

    python3 tools/golden/controllers.py      writes optim/src/test/resources/golden/controllers.tsv

Executed: PyTorch 2.15.0 (ReduceLROnPlateau, GradScaler, OneCycleLR) and Keras 3.15.1 (ReduceLROnPlateau,
LossScaleOptimizer, on JAX) and Optax 0.2.8. Lines:

    plateau TEXT TOLERANCE LOSSES SCORES RATES    the rate after each figure
    scale TEXT TOLERANCE START GRADIENTS POINTS SCALES     of 3 numbers; gradients are those of the scaled loss
    cycle CALL RATE MOMENTUM RATES MOMENTA        two texts, and their values at the steps from 0
    finite TEXT TOLERANCE START GRADIENTS POINTS           of 3 numbers, some gradients being NaN or infinite
    private TEXT TOLERANCE START EXAMPLES POINTS           gradients of 4 examples a step; the noise is this library's

Keras has its rate as a float.
"""
import os

os.environ.setdefault("JAX_ENABLE_X64", "1")
os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("KERAS_BACKEND", "jax")

import jax
import jax.numpy as jnp
import keras
import numpy as np
import optax
import torch

from gradients import RESOURCES, text
from noise import normal

torch.set_default_dtype(torch.float64)
keras.config.set_floatx("float64")
LINES = []
random = np.random.default_rng(5)
STEPS = 60
LOSSES = np.round(np.concatenate([2 / (1 + np.arange(20)), 0.1 + 0.02 * random.normal(size=25), 0.0999 - 1e-5 * np.arange(15)]), 6)
SCORES = np.round(np.concatenate([1 - 1 / (1 + np.arange(20)), 0.95 + 0.01 * random.normal(size=40)]), 6)


def python(x):
    return f"'{x}'" if isinstance(x, str) else repr(x)


def value(x):
    return str(x).lower() if isinstance(x, bool) else str(x)


def listed(h, show=python):
    return ", ".join(f"{k}={show(v)}" for k, v in h.items())


def plateau_torch(also=None, **h):
    solver = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.5)
    watch = torch.optim.lr_scheduler.ReduceLROnPlateau(solver, **h)
    rates = []
    for figure in SCORES if h.get("mode") == "max" else LOSSES:
        watch.step(figure)
        rates.append(solver.param_groups[0]["lr"])
    texts = [f"torch.ReduceLROnPlateau({listed(h)}) | torch.SGD(lr=0.5)"]
    if also is not None:
        texts.append(f"plateau({also}) | sgd(0.5)")
    for one in texts:
        LINES.append(["plateau", one, "1e-12", text(LOSSES), text(SCORES), text(np.array(rates))])


plateau_torch("")
plateau_torch("factor=0.5, patience=2", factor=0.5, patience=2)
plateau_torch("factor=0.5, patience=0, cooldown=3, of=score", mode="max", factor=0.5, patience=0, cooldown=3)
plateau_torch("factor=0.3, patience=1, threshold=0.05, threshold_mode=abs, min_lr=0.02", factor=0.3, patience=1, threshold=0.05,
              threshold_mode="abs", min_lr=0.02)
plateau_torch("factor=0.9, patience=1, cooldown=1, epsilon=0.03", factor=0.9, patience=1, cooldown=1, eps=0.03)
plateau_torch("of=score, factor=0.7, patience=3, threshold=0.01, threshold_mode=abs", mode="max", factor=0.7, patience=3, threshold=0.01,
              threshold_mode="abs")
plateau_torch("factor=0.7, patience=3, threshold=0.2", factor=0.7, patience=3, threshold=0.2)


def plateau_keras(**h):
    model = keras.Sequential([keras.layers.Input((1,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.SGD(learning_rate=0.5), loss="mse", metrics=["accuracy"])
    watch = keras.callbacks.ReduceLROnPlateau(**h)
    watch.set_model(model)
    model.fit(np.zeros((2, 1)), np.zeros((2, 1)), epochs=1, verbose=0)  # builds the metrics, whose names `auto` goes by
    watch.on_train_begin()
    rates = []
    for epoch, (loss, score) in enumerate(zip(LOSSES, SCORES)):
        watch.on_epoch_end(epoch, {"val_loss": loss, "val_accuracy": score, "loss": loss, "accuracy": score})
        rates.append(float(model.optimizer.learning_rate))
    LINES.append(["plateau", f"keras.ReduceLROnPlateau({listed(h)}) | keras.SGD(learning_rate=0.5)", "1e-6", text(LOSSES), text(SCORES),
                  text(np.array(rates))])


plateau_keras()
plateau_keras(factor=0.5, patience=2)
plateau_keras(factor=0.5, patience=0, cooldown=3, monitor="val_accuracy")
plateau_keras(factor=0.3, patience=1, min_delta=0.05, min_lr=0.02)
plateau_keras(factor=0.9, patience=1, cooldown=1)
plateau_keras(factor=0.8, patience=3, cooldown=2, monitor="accuracy", mode="min")
plateau_keras(factor=0.7, patience=3, mode="max", monitor="loss", min_delta=0.0)

START = np.array([0.5, -1.0, 2.0])
GRADIENTS = np.round(random.normal(size=(24, 3)) * 50, 3)
for t, i, bad in ((3, 1, np.inf), (4, 0, np.nan), (11, 2, -np.inf), (20, 0, np.inf)):
    GRADIENTS[t, i] = bad


def scale(line, tolerance, step):
    points, scales = [], []
    for g in GRADIENTS:
        p, s = step(g)
        points.append(p)
        scales.append(s)
    LINES.append(["scale", line, tolerance, text(START), text(GRADIENTS.ravel()), text(np.array(points).ravel()), text(np.array(scales))])


def scaler_torch(**h):
    p = torch.nn.Parameter(torch.tensor(START))
    solver = torch.optim.Adam([p], lr=0.1)
    scaler = torch.amp.GradScaler("cpu", **h)

    def step(g):
        scaler.scale(torch.zeros(()))  # which makes its numbers
        p.grad = torch.tensor(g)
        scaler.step(solver)
        scaler.update()
        return p.detach().numpy().copy(), scaler.get_scale()

    scale(f"loss_scale({listed(h)}) | torch.Adam(lr=0.1)", "1e-12", step)


scaler_torch()
scaler_torch(init_scale=64.0, growth_interval=3)
scaler_torch(init_scale=256.0, growth_factor=4.0, backoff_factor=0.25, growth_interval=5)


def scaler_keras(**h):
    """By stateless_apply, as Keras trains on JAX: apply() leaks a tracer there."""
    for line in (f"keras.LossScaleOptimizer({listed(h)}) | keras.Adam(learning_rate=0.1)",
                 f"keras.LossScaleOptimizer(keras.Adam(learning_rate=0.1){', ' if h else ''}{listed(h)})"):
        v = keras.Variable(START.copy(), dtype="float64")
        solver = keras.optimizers.LossScaleOptimizer(keras.optimizers.Adam(learning_rate=0.1), **h)
        solver.build([v])

        def step(g):
            point, own = solver.stateless_apply([x.value for x in solver.variables], [keras.ops.convert_to_tensor(g, dtype="float64")], [v.value])
            v.assign(point[0])
            for variable, now in zip(solver.variables, own):
                variable.assign(now)
            return np.array(v.value), float(solver.dynamic_scale.value)

        scale(line, "1e-7", step)


scaler_keras()
scaler_keras(initial_scale=64.0, dynamic_growth_steps=3)


def cycle(momentum, rate=None, **h):
    solver = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1, momentum=0.9)
    watch = torch.optim.lr_scheduler.OneCycleLR(solver, **h)
    rates, momenta = [], []
    for t in range(h["total_steps"]):
        rates.append(solver.param_groups[0]["lr"])
        momenta.append(solver.param_groups[0]["momentum"])
        if t + 1 < h["total_steps"]:
            solver.step()
            watch.step()
    own = f"torch.OneCycleLR({listed(h | dict(cycle_momentum='false'), value)})"
    for each in [own, rate] if rate else [own]:
        LINES.append(["cycle", f"OneCycleLR({listed(h)})", each, momentum, text(np.array(rates)), text(np.array(momenta))])


cycle("interpolated((0.95, 0.85, 0.95), (0, 11, 39), curve=cosine)", "interpolated((0.016, 0.4, 1.6e-6), (0, 11, 39), curve=cosine)",
      max_lr=0.4, total_steps=40)
cycle("interpolated((0.99, 0.8, 0.99), (0, 15, 39))", "interpolated((0.016, 0.4, 1.6e-6), (0, 15, 39))",
      max_lr=0.4, total_steps=40, base_momentum=0.8, max_momentum=0.99, anneal_strategy="linear", pct_start=0.4)
cycle("one_cycle(0.85, steps=39, rise=0.358974358974359, start=0.95, end=0.95)", "one_cycle(0.4, steps=39, rise=0.358974358974359, end=1.6e-6)",
      max_lr=0.4, total_steps=40, pct_start=0.375)
cycle("interpolated((0.95, 0.85, 0.95, 0.95), (0, 9, 18, 32), curve=cosine)", max_lr=0.1, total_steps=33, three_phase=True, div_factor=10.0,
      pct_start=10 / 33)



def optax_run(solver, gradients, point):
    state = solver.init(point)
    for g in gradients:
        updates, state = solver.update(jnp.asarray(g), state, point)
        point = optax.apply_updates(point, updates)
        yield np.asarray(point)


def finite(line, gradients):
    solver = eval(line, {"optax": optax})
    points = list(optax_run(solver, gradients, jnp.asarray(START)))
    LINES.append(["finite", line, "1e-12", text(START), text(np.array(gradients).ravel()), text(np.array(points).ravel())])


WITH_NANS = GRADIENTS.copy()
WITH_NANS[np.isinf(WITH_NANS)] = np.nan
ENDLESS = WITH_NANS.copy()
ENDLESS[23, 1] = -np.inf
IN_ROW = GRADIENTS.copy()
IN_ROW[21:24, 0] = np.nan
finite("optax.chain(optax.zero_nans(), optax.adam(0.1))", WITH_NANS)
finite("optax.chain(optax.zero_nans(), optax.sgd(0.1))", ENDLESS)
finite("optax.apply_if_finite(optax.adam(0.1), 5)", GRADIENTS)
finite("optax.apply_if_finite(optax.sgd(0.1, momentum=0.9), 3)", IN_ROW)
finite("optax.apply_if_finite(optax.sgd(0.1, momentum=0.9), 2)", IN_ROW)
EXAMPLES = np.round(random.normal(size=(24, 4, 3)) * 2, 3)


def private(line, ours, seed):
    """With this library's draws."""
    step = [0]

    def draw(_, shape, dtype):
        step[0] += 1
        return jnp.asarray([normal(seed, step[0], i) for i in range(shape[-1])], dtype)

    original, jax.random.normal = jax.random.normal, draw
    points = list(optax_run(eval(line, {"optax": optax}), EXAMPLES, jnp.asarray(START)))
    jax.random.normal = original
    LINES.append(["private", ours, "1e-12", text(START), text(EXAMPLES.ravel()), text(np.array(points).ravel())])


private("optax.contrib.dpsgd(0.1, l2_norm_clip=1.5, noise_multiplier=0.7, seed=5)", "optax.dpsgd(0.1, l2_norm_clip=1.5, noise_multiplier=0.7, seed=5)", 5)
private("optax.contrib.dpsgd(0.05, 2.0, 0.3, 7, 0.9, True)", "optax.dpsgd(0.05, 2.0, 0.3, 7, 0.9, True)", 7)
private("optax.contrib.dpsgd(0.05, 2.0, 0.0, 7, momentum=0.8)", "optax.dpsgd(0.05, 2.0, 0.0, 7, momentum=0.8)", 7)
private("optax.chain(optax.contrib.differentially_private_aggregate(1.5, 0.7, key=3), optax.adam(0.1))",
        "optax.chain(optax.contrib.differentially_private_aggregate(1.5, 0.7, key=3), optax.adam(0.1))", 3)
(RESOURCES / "controllers.tsv").write_text("".join("\t".join(line) + "\n" for line in LINES))
print(len(LINES), "lines")
