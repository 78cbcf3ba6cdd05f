#!/usr/bin/env python3
"""Executes the schedules of the three libraries, and of pytorch_optimizer, at the steps 0 to 60.

    python3 tools/golden/schedules.py     writes optim/src/test/resources/golden/schedules.tsv

Columns: name, library, the call as executed, the tolerance, Thalweg's text for it, 61 values. A value
is the rate of the update that follows `step` updates. PyTorch's are read off an optimizer that is
stepped together with its scheduler. Everything is made to compute in float64: Optax gets the step as
int64 (its own optimizers count in int32, whose quotients are float32), and Keras runs on PyTorch (on
JAX its cosine is float32). Each is compared with its closed form in 50 digits: the error is
max|a - b| / max|b| over the steps. A schedule may have several texts, and then several lines.
"""
import importlib.metadata
import os
import re
import sys

os.environ.setdefault("JAX_ENABLE_X64", "1")
os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("KERAS_BACKEND", "torch")
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import mpmath
from mpmath import mpf

from cases import VERSIONS
from gradients import RESOURCES

mpmath.mp.dps = 50
LAST = 60

# ---------------------------------------------------------------- closed forms


def between(a, b, x):
    return mpf(a) + (mpf(b) - mpf(a)) * mpf(x)


def half_cosine(a, b, x):
    """From a at x = 0 to b at x = 1."""
    return mpf(b) + (mpf(a) - mpf(b)) * (1 + mpmath.cos(mpmath.pi * mpf(x))) / 2


def polynomial(a, b, x, power):
    return mpf(b) + (mpf(a) - mpf(b)) * (1 - mpf(x)) ** mpf(power)


def steps_passed(t, boundaries, at=True):
    """At a boundary the next piece begins, or the step after it."""
    return sum(t >= b if at else t > b for b in boundaries)


def path(points, shape):
    """Through points (step, value) by a shape, and flat outside."""

    def value(t):
        if t <= points[0][0]:
            return mpf(points[0][1])
        for (t0, v0), (t1, v1) in zip(points, points[1:]):
            if t <= t1:
                return shape(v0, v1, (mpf(t) - t0) / (mpf(t1) - t0))
        return mpf(points[-1][1])

    return value


def triangle(t, up, down):
    """How many cycles, and how high in the present one."""
    within = t % (up + down)
    return t // (up + down), mpf(within) / up if within <= up else mpf(up + down - within) / down


def restarts(t, first, factor):
    """How many restarts, and the fraction of the present cycle."""
    length, n, t = mpf(first), 0, mpf(t)
    while t >= length:
        t, length, n = t - length, length * mpf(factor), n + 1
    return n, t / length


# ---------------------------------------------------------------- the calls

OPTAX = [
    ("constant", "optax.constant_schedule(value=0.1)", None, lambda t: mpf(0.1), ["constant(0.1)"]),
    ("linear", "optax.linear_schedule(init_value=0.1, end_value=0.01, transition_steps=40)", None,
     lambda t: between(0.1, 0.01, mpf(min(t, 40)) / 40), ["linear(0.1, 0.01, steps=40)"]),
    ("linear-begin",
     "optax.linear_schedule(init_value=0.01, end_value=0.1, transition_steps=30, transition_begin=7)",
     None, lambda t: between(0.01, 0.1, mpf(min(max(t - 7, 0), 30)) / 30), []),
    ("polynomial",
     "optax.polynomial_schedule(init_value=0.1, end_value=0.01, power=2.0, transition_steps=40)",
     None, lambda t: polynomial(0.1, 0.01, mpf(min(t, 40)) / 40, 2),
     ["polynomial(0.1, 0.01, steps=40, power=2)"]),
    ("polynomial-begin",
     "optax.polynomial_schedule(init_value=0.1, end_value=0.01, power=0.5, transition_steps=33, "
     "transition_begin=5)", None,
     lambda t: polynomial(0.1, 0.01, mpf(min(max(t - 5, 0), 33)) / 33, 0.5), []),
    ("piecewise",
     "optax.piecewise_constant_schedule(init_value=0.1, boundaries_and_scales={10: 0.5, 30: 0.2})",
     "optax.piecewise_constant_schedule(init_value=0.1, boundaries_and_scales=((10, 0.5), (30, 0.2)))",
     lambda t: mpf(0.1) * (mpf(0.5) if t >= 10 else 1) * (mpf(0.2) if t >= 30 else 1), []),
    ("piecewise-linear",
     "optax.piecewise_interpolate_schedule(interpolate_type='linear', init_value=0.1, "
     "boundaries_and_scales={10: 2.0, 40: 0.1})",
     "optax.piecewise_interpolate_schedule(interpolate_type=linear, init_value=0.1, "
     "boundaries_and_scales=((10, 2), (40, 0.1)))",
     path([(0, 0.1), (10, mpf(0.1) * 2), (40, mpf(0.1) * 2 * mpf(0.1))], between), []),
    ("piecewise-cosine",
     "optax.piecewise_interpolate_schedule(interpolate_type='cosine', init_value=0.1, "
     "boundaries_and_scales={10: 2.0, 40: 0.1})",
     "optax.piecewise_interpolate_schedule(interpolate_type=cosine, init_value=0.1, "
     "boundaries_and_scales=((10, 2), (40, 0.1)))",
     path([(0, 0.1), (10, mpf(0.1) * 2), (40, mpf(0.1) * 2 * mpf(0.1))], half_cosine), []),
    ("exponential", "optax.exponential_decay(init_value=0.1, transition_steps=10, decay_rate=0.5)",
     None, lambda t: mpf(0.1) * mpf(0.5) ** (mpf(t) / 10), ["exponential(0.1, 0.5, steps=10)"]),
    ("exponential-staircase",
     "optax.exponential_decay(init_value=0.1, transition_steps=10, decay_rate=0.5, staircase=True)",
     None, lambda t: mpf(0.1) * mpf(0.5) ** (t // 10), ["step(0.1, 0.5, steps=10)"]),
    ("exponential-begin-end",
     "optax.exponential_decay(init_value=0.1, transition_steps=7, decay_rate=0.7, transition_begin=5, "
     "staircase=True, end_value=0.02)", None,
     lambda t: max(mpf(0.1) * mpf(0.7) ** (max(t - 5, 0) // 7), mpf(0.02)), []),
    ("exponential-growth",
     "optax.exponential_decay(init_value=0.01, transition_steps=10, decay_rate=2.0, end_value=0.1)",
     None, lambda t: min(mpf(0.01) * mpf(2) ** (mpf(t) / 10), mpf(0.1)), []),
    ("cosine", "optax.cosine_decay_schedule(init_value=0.1, decay_steps=50)", None,
     lambda t: half_cosine(0.1, 0, mpf(min(t, 50)) / 50), ["cosine(0.1, steps=50)"]),
    ("cosine-alpha", "optax.cosine_decay_schedule(init_value=0.1, decay_steps=50, alpha=0.1)", None,
     lambda t: half_cosine(0.1, mpf(0.1) * mpf(0.1), mpf(min(t, 50)) / 50),
     ["cosine(0.1, steps=50, end=0.01)"]),
    ("cosine-exponent",
     "optax.cosine_decay_schedule(init_value=0.1, decay_steps=50, alpha=0.2, exponent=1.5)", None,
     lambda t: mpf(0.1) * ((1 - mpf(0.2)) * half_cosine(1, 0, mpf(min(t, 50)) / 50) ** mpf(1.5) + mpf(0.2)),
     []),
    ("warmup-constant",
     "optax.warmup_constant_schedule(init_value=0.01, peak_value=0.1, warmup_steps=12)", None,
     lambda t: between(0.01, 0.1, mpf(min(t, 12)) / 12), []),
    ("warmup-cosine",
     "optax.warmup_cosine_decay_schedule(init_value=0.0, peak_value=0.1, warmup_steps=10, decay_steps=50)",
     None,
     lambda t: mpf(0.1) * t / 10 if t < 10 else half_cosine(0.1, 0, mpf(min(t - 10, 40)) / 40),
     ["cosine(0.1, warmup=10, steps=50, start=0)"]),
    ("warmup-cosine-end",
     "optax.warmup_cosine_decay_schedule(init_value=0.02, peak_value=0.1, warmup_steps=7, "
     "decay_steps=40, end_value=0.01, exponent=2.0)", None,
     lambda t: between(0.02, 0.1, mpf(t) / 7) if t < 7 else
     mpf(0.01) + (mpf(0.1) - mpf(0.01)) * half_cosine(1, 0, mpf(min(t - 7, 33)) / 33) ** 2, []),
    ("warmup-exponential",
     "optax.warmup_exponential_decay_schedule(init_value=0.0, peak_value=0.1, warmup_steps=10, "
     "transition_steps=8, decay_rate=0.6, transition_begin=3, end_value=0.01)", None,
     lambda t: mpf(0.1) * t / 10 if t < 10 else
     max(mpf(0.1) * mpf(0.6) ** (mpf(max(t - 13, 0)) / 8), mpf(0.01)), []),
    ("sgdr",
     "optax.sgdr_schedule([dict(init_value=0.0, peak_value=0.1, warmup_steps=5, decay_steps=20, "
     "end_value=0.01), dict(init_value=0.01, peak_value=0.05, warmup_steps=3, decay_steps=30)])",
     "optax.sgdr_schedule([dict(init_value=0.0, peak_value=0.1, warmup_steps=5, decay_steps=20, "
     "end_value=0.01), dict(init_value=0.01, peak_value=0.05, warmup_steps=3, decay_steps=30)])",
     lambda t: mpf(0.1) * t / 5 if t < 5 else half_cosine(0.1, 0.01, mpf(t - 5) / 15) if t < 20 else
     between(0.01, 0.05, mpf(t - 20) / 3) if t < 23 else
     half_cosine(0.05, 0, mpf(min(t - 23, 27)) / 27), []),
    ("cosine-onecycle", "optax.cosine_onecycle_schedule(transition_steps=50, peak_value=0.1)", None,
     path([(0, mpf(0.1) / 25), (15, 0.1), (50, mpf(0.1) / 25 / 10**4)], half_cosine), []),
    ("cosine-onecycle-all",
     "optax.cosine_onecycle_schedule(transition_steps=47, peak_value=0.1, pct_start=0.4, "
     "div_factor=10.0, final_div_factor=100.0)", None,
     path([(0, mpf(0.1) / 10), (18, 0.1), (47, mpf(0.1) / 10 / 100)], half_cosine), []),
    ("linear-onecycle", "optax.linear_onecycle_schedule(transition_steps=50, peak_value=0.1)", None,
     path([(0, mpf(0.1) / 25), (15, 0.1), (42, mpf(0.1) / 25), (50, mpf(0.1) / 25 / 10**4)], between), []),
    ("linear-onecycle-all",
     "optax.linear_onecycle_schedule(transition_steps=47, peak_value=0.1, pct_start=0.25, pct_final=0.7, "
     "div_factor=10.0, final_div_factor=100.0)", None,
     path([(0, mpf(0.1) / 10), (11, 0.1), (32, mpf(0.1) / 10), (47, mpf(0.1) / 10 / 100)], between), []),
    ("join",
     "optax.join_schedules(schedules=[optax.linear_schedule(init_value=0.0, end_value=0.1, "
     "transition_steps=8), optax.constant_schedule(value=0.1), optax.exponential_decay(init_value=0.1, "
     "transition_steps=10, decay_rate=0.5)], boundaries=[8, 25])", None,
     lambda t: mpf(0.1) * t / 8 if t < 8 else mpf(0.1) if t < 25 else
     mpf(0.1) * mpf(0.5) ** (mpf(t - 25) / 10),
     ["then(linear(0, 0.1, steps=8), 8, constant(0.1), 25, exponential(0.1, 0.5, steps=10))"]),
]

K = "keras.optimizers.schedules."
KERAS = [
    ("exponential", "ExponentialDecay(initial_learning_rate=0.1, decay_steps=10, decay_rate=0.5)",
     lambda t: mpf(0.1) * mpf(0.5) ** (mpf(t) / 10), []),
    ("exponential-staircase",
     "ExponentialDecay(initial_learning_rate=0.1, decay_steps=7, decay_rate=0.9, staircase=True)",
     lambda t: mpf(0.1) * mpf(0.9) ** (t // 7), []),
    ("piecewise", "PiecewiseConstantDecay(boundaries=[10, 30], values=[0.1, 0.05, 0.01])",
     lambda t: mpf([0.1, 0.05, 0.01][steps_passed(t, (10, 30), at=False)]),
     ["piecewise((0.1, 0.05, 0.01), (10, 30), boundary=after)"]),
    ("piecewise-one", "PiecewiseConstantDecay(boundaries=[20], values=[0.1, 0.02])",
     lambda t: mpf(0.1) if t <= 20 else mpf(0.02), []),
    ("polynomial", "PolynomialDecay(initial_learning_rate=0.1, decay_steps=40)",
     lambda t: polynomial(0.1, 0.0001, mpf(min(t, 40)) / 40, 1), []),
    ("polynomial-power",
     "PolynomialDecay(initial_learning_rate=0.1, decay_steps=40, end_learning_rate=0.01, power=2.0)",
     lambda t: polynomial(0.1, 0.01, mpf(min(t, 40)) / 40, 2), []),
    ("polynomial-cycle",
     "PolynomialDecay(initial_learning_rate=0.1, decay_steps=15, end_learning_rate=0.01, power=1.5, "
     "cycle=True)",
     lambda t: polynomial(0.1, 0.01, mpf(t) / (15 * max(1, -(-t // 15))), 1.5), []),
    ("inverse-time", "InverseTimeDecay(initial_learning_rate=0.1, decay_steps=1, decay_rate=0.1)",
     lambda t: mpf(0.1) / (1 + mpf(0.1) * t), ["inverse_time(0.1, 0.1)"]),
    ("inverse-time-steps",
     "InverseTimeDecay(initial_learning_rate=0.1, decay_steps=9, decay_rate=0.5)",
     lambda t: mpf(0.1) / (1 + mpf(0.5) * t / 9), []),
    ("inverse-time-staircase",
     "InverseTimeDecay(initial_learning_rate=0.1, decay_steps=9, decay_rate=0.5, staircase=True)",
     lambda t: mpf(0.1) / (1 + mpf(0.5) * (t // 9)), []),
    ("cosine", "CosineDecay(initial_learning_rate=0.1, decay_steps=50, alpha=0.1)",
     lambda t: half_cosine(0.1, mpf(0.1) * mpf(0.1), mpf(min(t, 50)) / 50), []),
    ("cosine-warmup",
     "CosineDecay(initial_learning_rate=0.01, decay_steps=40, alpha=0.1, warmup_target=0.1, "
     "warmup_steps=10)",
     lambda t: between(0.01, 0.1, mpf(t) / 10) if t < 10 else
     half_cosine(0.1, mpf(0.1) * mpf(0.1), mpf(min(t - 10, 40)) / 40), []),
    ("cosine-no-target", "CosineDecay(initial_learning_rate=0.1, decay_steps=40, warmup_steps=10)",
     lambda t: half_cosine(0.1, 0, mpf(min(t, 40)) / 40), []),
    ("restarts", "CosineDecayRestarts(initial_learning_rate=0.1, first_decay_steps=10)",
     lambda t: half_cosine(0.1, 0, restarts(t, 10, 2)[1]), []),
    ("restarts-equal",
     "CosineDecayRestarts(initial_learning_rate=0.1, first_decay_steps=16, t_mul=1.0, m_mul=0.5, alpha=0.1)",
     lambda t: mpf(0.1) * ((1 - mpf(0.1)) * mpf(0.5) ** restarts(t, 16, 1)[0]
                           * half_cosine(1, 0, restarts(t, 16, 1)[1]) + mpf(0.1)), []),
    ("restarts-all",
     "CosineDecayRestarts(initial_learning_rate=0.1, first_decay_steps=9, t_mul=1.7, m_mul=0.8, alpha=0.05)",
     lambda t: mpf(0.1) * ((1 - mpf(0.05)) * mpf(0.8) ** restarts(t, 9, 1.7)[0]
                           * half_cosine(1, 0, restarts(t, 9, 1.7)[1]) + mpf(0.05)), []),
]

# PyTorch: the optimizer's rate, the scheduler's arguments. Inner schedulers as pairs.
TORCH = [
    ("constant", 0.1, "ConstantLR({o}factor=0.5, total_iters=12)",
     lambda t: mpf(0.1) * mpf(0.5) if t < 12 else mpf(0.1), []),
    ("constant-default", 0.1, "ConstantLR({o})".replace("{o}", "{o0}"),
     lambda t: mpf(0.1) / 3 if t < 5 else mpf(0.1), []),
    ("linear", 0.1, "LinearLR({o}start_factor=0.1, end_factor=0.9, total_iters=40)",
     lambda t: mpf(0.1) * between(0.1, 0.9, mpf(min(t, 40)) / 40), []),
    ("linear-default", 0.1, "LinearLR({o0})",
     lambda t: mpf(0.1) * between(mpf(1) / 3, 1, mpf(min(t, 5)) / 5), []),
    ("polynomial", 0.1, "PolynomialLR({o}total_iters=40, power=2.0)",
     lambda t: polynomial(0.1, 0, mpf(min(t, 40)) / 40, 2), []),
    ("polynomial-root", 0.1, "PolynomialLR({o}total_iters=33, power=0.5)",
     lambda t: polynomial(0.1, 0, mpf(min(t, 33)) / 33, 0.5), []),
    ("exponential", 0.1, "ExponentialLR({o}gamma=0.95)",
     lambda t: mpf(0.1) * mpf(0.95) ** t, []),
    ("step", 0.1, "StepLR({o}step_size=15, gamma=0.5)", lambda t: mpf(0.1) * mpf(0.5) ** (t // 15), []),
    ("step-default", 0.1, "StepLR({o}step_size=7)", lambda t: mpf(0.1) * mpf(0.1) ** (t // 7), []),
    ("multistep", 0.1, "MultiStepLR({o}milestones=[10, 30, 50], gamma=0.3)",
     lambda t: mpf(0.1) * mpf(0.3) ** steps_passed(t, (10, 30, 50)), []),
    ("multistep-twice", 0.1, "MultiStepLR({o}milestones=[20, 20, 40], gamma=0.5)",
     lambda t: mpf(0.1) * mpf(0.5) ** steps_passed(t, (20, 20, 40)), []),
    ("cosine", 0.1, "CosineAnnealingLR({o}T_max=60)", lambda t: half_cosine(0.1, 0, mpf(t) / 60), []),
    ("cosine-beyond", 0.1, "CosineAnnealingLR({o}T_max=25, eta_min=0.01)",
     lambda t: half_cosine(0.1, 0.01, mpf(t) / 25), []),
    ("restarts", 0.1, "CosineAnnealingWarmRestarts({o}T_0=10, T_mult=2, eta_min=0.001)",
     lambda t: half_cosine(0.1, 0.001, restarts(t, 10, 2)[1]), []),
    ("restarts-equal", 0.1, "CosineAnnealingWarmRestarts({o}T_0=16)",
     lambda t: half_cosine(0.1, 0, restarts(t, 16, 1)[1]), []),
    ("onecycle", None, "OneCycleLR({o}max_lr=0.1, total_steps=61, cycle_momentum=False)",
     path([(0, mpf(0.1) / 25), (mpf(0.3) * 61 - 1, 0.1), (60, mpf(0.1) / 25 / 10**4)], half_cosine), []),
    ("onecycle-linear", None,
     "OneCycleLR({o}max_lr=0.1, epochs=7, steps_per_epoch=9, pct_start=0.4, anneal_strategy='linear', "
     "cycle_momentum=False, div_factor=10.0, final_div_factor=100.0)",
     path([(0, mpf(0.1) / 10), (mpf(0.4) * 63 - 1, 0.1), (62, mpf(0.1) / 10 / 100)], between), []),
    ("onecycle-three", None,
     "OneCycleLR({o}max_lr=0.1, total_steps=61, cycle_momentum=False, three_phase=True)",
     path([(0, mpf(0.1) / 25), (mpf(0.3) * 61 - 1, 0.1), (2 * mpf(0.3) * 61 - 2, mpf(0.1) / 25),
           (60, mpf(0.1) / 25 / 10**4)], half_cosine), []),
    ("cyclic", None, "CyclicLR({o}base_lr=0.01, max_lr=0.1, step_size_up=9, cycle_momentum=False)",
     lambda t: mpf(0.01) + (mpf(0.1) - mpf(0.01)) * triangle(t, 9, 9)[1], ["cyclic(0.01, 0.1, up=9)"]),
    ("cyclic-halved", None,
     "CyclicLR({o}base_lr=0.01, max_lr=0.1, step_size_up=4, step_size_down=9, mode='triangular2', cycle_momentum=False)",
     lambda t: mpf(0.01) + (mpf(0.1) - mpf(0.01)) * triangle(t, 4, 9)[1] / 2 ** triangle(t, 4, 9)[0],
     ["cyclic(0.01, 0.1, up=4, down=9, form=triangular2)"]),
    ("cyclic-fading", None,
     "CyclicLR({o}base_lr=0.01, max_lr=0.1, step_size_up=6, step_size_down=7, mode='exp_range', gamma=0.97, "
     "cycle_momentum=False)",
     lambda t: mpf(0.01) + (mpf(0.1) - mpf(0.01)) * triangle(t, 6, 7)[1] * mpf(0.97) ** t,
     ["cyclic(0.01, 0.1, up=6, down=7, form=exp_range, gamma=0.97)"]),
    ("swa", 0.1, "SWALR({o}swa_lr=0.02, anneal_epochs=12)",
     lambda t: half_cosine(0.1, 0.02, mpf(min(t, 12)) / 12), []),
    ("swa-linear", 0.1, "SWALR({o}swa_lr=0.3, anneal_epochs=7, anneal_strategy='linear')",
     lambda t: between(0.1, 0.3, mpf(min(t, 7)) / 7), []),
    ("chained", 0.1,
     "ChainedScheduler(schedulers=[LinearLR({o}start_factor=0.2, total_iters=10), ExponentialLR({o}gamma=0.95), "
     "StepLR({o}step_size=20, gamma=0.5)]{o1})",
     lambda t: mpf(0.1) * between(0.2, 1, mpf(min(t, 10)) / 10) * mpf(0.95) ** t * mpf(0.5) ** (t // 20), []),
    # What is legal though odd.
    ("constant-none", 0.1, "ConstantLR({o}factor=0.5, total_iters=0)", lambda t: mpf(0.1) / 2, []),
    ("linear-none", 0.1, "LinearLR({o}start_factor=0.5, total_iters=0)", lambda t: mpf(0.1) / 2, []),
    ("polynomial-none", 0.1, "PolynomialLR({o}total_iters=0)", lambda t: mpf(0.1), []),
    ("polynomial-power-zero", 0.1, "PolynomialLR({o}total_iters=20, power=0.0)", lambda t: mpf(0.1), []),
    ("exponential-zero", 0.1, "ExponentialLR({o}gamma=0.0)", lambda t: mpf(0.1) if t == 0 else mpf(0), []),
    ("exponential-negative", 0.1, "ExponentialLR({o}gamma=-0.9)", lambda t: mpf(0.1) * mpf(-0.9) ** t, []),
    ("step-negative", 0.1, "StepLR({o}step_size=7, gamma=-0.5)", lambda t: mpf(0.1) * mpf(-0.5) ** (t // 7), []),
    ("multistep-negative", 0.1, "MultiStepLR({o}milestones=[10, 30], gamma=-0.5)",
     lambda t: mpf(0.1) * mpf(-0.5) ** steps_passed(t, [10, 30]), []),
    ("cosine-below-zero", 0.1, "CosineAnnealingLR({o}T_max=25, eta_min=-0.05)",
     lambda t: half_cosine(0.1, -0.05, mpf(t) / 25), []),
    ("restarts-below-zero", 0.1, "CosineAnnealingWarmRestarts({o}T_0=10, T_mult=2, eta_min=-0.05)",
     lambda t: half_cosine(0.1, -0.05, restarts(t, 10, 2)[1]), []),
    ("onecycle-three-late", None,
     "OneCycleLR({o}max_lr=0.1, total_steps=61, pct_start=0.6, cycle_momentum=False, three_phase=True)",
     path([(0, mpf(0.1) / 25), (mpf(0.6) * 61 - 1, 0.1), (2 * mpf(0.6) * 61 - 2, mpf(0.1) / 25)], half_cosine),
     []),
    ("sequential-onecycle", 0.3,
     "SequentialLR({o}schedulers=[ExponentialLR({o}gamma=0.9), "
     "OneCycleLR({o}max_lr=0.1, total_steps=61, div_factor=2.0, cycle_momentum=False)], milestones=[10])",
     lambda t: mpf(0.1) / 2 * mpf(0.9) ** t if t < 10 else
     path([(0, mpf(0.1) / 2), (mpf(0.3) * 61 - 1, 0.1), (60, mpf(0.1) / 2 / 10**4)], half_cosine)(t - 10), []),
    ("sequential-onecycles", 0.3,
     "SequentialLR({o}schedulers=[OneCycleLR({o}max_lr=0.1, total_steps=30, cycle_momentum=False), "
     "OneCycleLR({o}max_lr=0.2, total_steps=61, cycle_momentum=False), StepLR({o}step_size=10)], "
     "milestones=[25, 50])",
     lambda t: path([(0, mpf(0.2) / 25), (mpf(0.3) * 30 - 1, 0.2), (29, mpf(0.2) / 25 / 10**4)], half_cosine)(t)
     if t < 25 else
     path([(0, mpf(0.2) / 25), (mpf(0.3) * 61 - 1, 0.2), (60, mpf(0.2) / 25 / 10**4)], half_cosine)(t - 25)
     if t < 50 else mpf(0.2) / 25 * mpf(0.1) ** ((t - 50) // 10), []),
    ("sequential", 0.1,
     "SequentialLR({o}schedulers=[LinearLR({o}start_factor=0.1, total_iters=10), "
     "StepLR({o}step_size=8, gamma=0.5), ExponentialLR({o}gamma=0.9)], milestones=[10, 40])",
     lambda t: mpf(0.1) * between(0.1, 1, mpf(t) / 10) if t < 10 else
     mpf(0.1) * mpf(0.5) ** ((t - 10) // 8) if t < 40 else mpf(0.1) * mpf(0.9) ** (t - 40), []),
    ("sequential-cosine", 0.1,
     "SequentialLR({o}schedulers=[ConstantLR({o}factor=0.1, total_iters=5), "
     "CosineAnnealingLR({o}T_max=50)], milestones=[10])",
     lambda t: mpf(0.1) * mpf(0.1) if t < 5 else mpf(0.1) if t < 10 else
     half_cosine(0.1, 0, mpf(t - 10) / 50), []),
]


# ---------------------------------------------------------------- executing


def run_optax():
    import jax.numpy as jnp
    import optax

    for name, call, text, form, also in OPTAX:
        schedule = eval(call, {"optax": optax})
        values = [float(schedule(jnp.asarray(t, dtype=jnp.int64))) for t in range(LAST + 1)]
        yield "optax", name, call, text or thalweg(call), also, form, values


def run_keras():
    import keras

    keras.config.set_floatx("float64")
    for name, call, form, also in KERAS:
        schedule = eval(K + call, {"keras": keras})
        step = keras.Variable(0, dtype="int", trainable=False)
        values = []
        for t in range(LAST + 1):
            step.assign(t)
            values.append(float(keras.ops.convert_to_numpy(schedule(step))))
        yield "keras", name, K + call, thalweg("keras." + call), also, form, values


def run_torch():
    import warnings

    import torch

    torch.set_default_dtype(torch.float64)
    schedulers = {n: getattr(torch.optim.lr_scheduler, n) for n in dir(torch.optim.lr_scheduler)}
    schedulers["SWALR"] = torch.optim.swa_utils.SWALR
    warnings.simplefilter("ignore")  # SequentialLR uses a deprecated argument of its own
    for name, rate, call, form, also in TORCH:
        p = torch.nn.Parameter(torch.zeros(1))
        optimizer = torch.optim.SGD([p], lr=0.1 if rate is None else rate)
        python = call.replace("{o0}", "optimizer").replace("{o1}", "").replace("{o}", "optimizer, ")
        scheduler = eval(python, schedulers | {"optimizer": optimizer})
        values = []
        for _ in range(LAST + 1):
            values.append(float(optimizer.param_groups[0]["lr"]))
            p.grad = torch.zeros(1)
            optimizer.step()
            scheduler.step()
        first = "" if rate is None else f"lr={rate!r}"
        text = re.sub(r"(OneCycleLR|CyclicLR)\(\{o\}", r"\1(", call)  # these have a rate of their own
        text = text.replace("{o0}", first).replace("{o1}", first and ", " + first).replace("{o}", first and first + ", ")
        text = re.sub(r"((\w+(LR|Restarts)|ChainedScheduler)\()", r"torch.\1", text)
        where = f"optimizer = torch.optim.SGD(parameters, lr={rate!r}); " if rate is not None else ""
        yield "torch", name, where + python, thalweg(text), also, form, values


def run_others():
    """Of pytorch_optimizer; of the paper where no library has it; and clocks, which are a scheduler that is stepped once
    in an epoch, or a schedule that is told samples."""
    import jax.numpy as jnp
    import optax
    import torch
    from pytorch_optimizer.lr_scheduler import REXScheduler, get_wsd_schedule

    def solver():
        return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1)

    for kind, curve, form in (("1-sqrt", "", lambda s: 1 - mpmath.sqrt(s)), ("linear", ", curve=linear", lambda s: 1 - s),
                              ("cosine", ", curve=cosine", lambda s: (1 + mpmath.cos(mpmath.pi * s)) / 2)):
        optimizer = solver()
        scheduler = get_wsd_schedule(optimizer, 10, 25, 20, cooldown_type=kind)
        values = []
        for _ in range(LAST + 1):
            values.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            scheduler.step()
        yield ("pytorch_optimizer", "wsd-" + kind, f"get_wsd_schedule(optimizer, 10, 25, 20, cooldown_type='{kind}')",
               f"wsd(0.1, decay=20, warmup=10, steps=55, start=0{curve})", [],
               lambda t, form=form: mpf(0.1) * (mpf(t) / 10 if t < 10 else 1 if t < 35 else form(mpf(min(t - 35, 20)) / 20)), values)
    for end in (0.0, 0.02):
        scheduler = REXScheduler(solver(), total_steps=50, max_lr=0.1, min_lr=end)
        scheduler.step_t = 0  # its constructor makes a step
        values = [scheduler.step() for _ in range(LAST + 1)]
        yield ("pytorch_optimizer", f"rex-{end}", f"REXScheduler(optimizer, total_steps=50, max_lr=0.1, min_lr={end})",
               f"rex(0.1, steps=50{', end=0.02' if end else ''})", [],
               lambda t, end=end: mpf(end) + (mpf(0.1) - mpf(end)) * (1 - mpf(min(t, 50)) / 50) / (1 - mpf(min(t, 50)) / 100), values)
    noam = lambda t: mpf(64) ** mpf(-0.5) * min(mpf(t + 1) ** mpf(-0.5), (t + 1) * mpf(20) ** mpf(-1.5))
    yield ("arXiv 1706.03762", "noam", "64^-0.5 min(t^-0.5, t 20^-1.5)", f"noam({1 / (64 * 20) ** 0.5!r}, warmup=20)", [], noam,
           [float(noam(t)) for t in range(LAST + 1)])
    optimizer = solver()
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 3, 0.5)
    values = []
    for t in range(LAST + 1):
        values.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if t % 7 == 6:
            scheduler.step()
    yield ("torch", "clock-epochs", "StepLR(optimizer, 3, 0.5), stepped after each 7th update", "clock(step(0.1, rate=0.5, steps=3), 7)", [],
           lambda t: mpf(0.1) * mpf(0.5) ** (t // 7 // 3), values)
    schedule = optax.cosine_decay_schedule(0.1, 800)
    values = [float(schedule(jnp.asarray(16 * t, dtype=jnp.int64))) for t in range(LAST + 1)]
    yield ("optax", "clock-samples", "optax.cosine_decay_schedule(0.1, 800), told 16 samples an update",
           "clock(cosine(0.1, steps=800), 16, unit=samples)", [], lambda t: half_cosine(0.1, 0, mpf(min(16 * t, 800)) / 800), values)


def thalweg(call):
    return call.replace("True", "true").replace("False", "false").replace("'", "")


def versioned(library):
    return library if " " in library else f"{library} {importlib.metadata.version(library)}"


TOLERANCE = 1e-12


def main():
    lines = ["name\tlibrary\tcall\ttolerance\ttext\tvalues\n"]
    for run in (run_optax, run_keras, run_torch, run_others):
        for library, name, call, text, also, form, values in run():
            exact = [form(t) for t in range(LAST + 1)]
            worst = max(abs(mpf(a) - b) for a, b in zip(values, exact)) / max(abs(b) for b in exact)
            print(f"{library}-{name}\t{float(worst):.1e}")
            if worst > TOLERANCE / 3:
                bad = [t for t, (a, b) in enumerate(zip(values, exact)) if abs(a - b) > TOLERANCE / 3]
                sys.exit(f"{library}-{name}: far off at the steps {bad}")
            shown = " ".join(repr(v) for v in values)
            for t in [text, *also]:
                lines.append("\t".join((f"{library}-{name}", VERSIONS.get(library) or versioned(library), call, repr(TOLERANCE), t, shown)) + "\n")
    (RESOURCES / "schedules.tsv").write_text("".join(lines))


if __name__ == "__main__":
    main()
