#!/usr/bin/env python3
"""The arguments of the libraries' calls in the order of their executed signatures, for SignaturesTest, and all calls that the libraries
have, for CallsTest.

    python3 tools/golden/signatures.py     writes signatures.tsv and calls.tsv into optim/src/test/resources/golden

Lines: `LIBRARY.NAME  ARGUMENTS`, parted by blanks; those after `*` go by name only. Without what has no text
here: PyTorch's parameters and optimizer (its schedules have `lr` there), `**kwargs`.

`calls.tsv` has a line `PACKAGE NAME` for each function and class that a package shows and its library has written, without
losses and tuples (Optax' states).
"""
import functools
import inspect
import os

os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("KERAS_BACKEND", "jax")

import keras
import optax
import torch

from cases import VERSIONS
from gradients import RESOURCES

TORCH = "SGD Adagrad RMSprop Adam AdamW"
CLIPPING = "clip_grad_norm_ clip_grad_value_"
SCHEDULERS = """ConstantLR LinearLR PolynomialLR ExponentialLR StepLR MultiStepLR CosineAnnealingLR
    CosineAnnealingWarmRestarts OneCycleLR CyclicLR SWALR ChainedScheduler SequentialLR"""
KERAS = "SGD RMSprop Adagrad Adam AdamW"
KERAS_SCHEDULES = """ExponentialDecay PiecewiseConstantDecay PolynomialDecay InverseTimeDecay CosineDecay
    CosineDecayRestarts"""
OPTAX = """sgd adagrad rmsprop adam adamw amsgrad clip clip_by_global_norm clip_by_block_rms
    add_decayed_weights trace ema scale scale_by_learning_rate scale_by_adam scale_by_rms constant_schedule
    linear_schedule polynomial_schedule piecewise_constant_schedule piecewise_interpolate_schedule
    exponential_decay cosine_decay_schedule warmup_constant_schedule warmup_cosine_decay_schedule
    warmup_exponential_decay_schedule cosine_onecycle_schedule linear_onecycle_schedule join_schedules
    sgdr_schedule noisy_sgd adaptive_grad_clip add_noise polyak_sgd
    apply_every normalize_by_update_norm scale_by_polyak zero_nans"""
CONTRIB = "momo momo_adam sophia galore normalize scale_by_galore dpsgd differentially_private_aggregate"
AROUND = "contrib.mechanize contrib.schedule_free contrib.sam lookahead MultiSteps apply_if_finite"  # their first argument is an optimizer


def arguments(call):
    names = []
    for name, parameter in inspect.signature(call).parameters.items():
        if parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        if parameter.kind == parameter.KEYWORD_ONLY and "*" not in names:
            names.append("*")
        names.append(name)
    return names


def lines():
    for name in TORCH.split():
        yield "torch." + name, arguments(getattr(torch.optim, name))[1:]
    for name in CLIPPING.split():
        yield "torch." + name, arguments(getattr(torch.nn.utils, name))[1:]
    for name in SCHEDULERS.split():
        found = arguments(getattr(torch.optim.lr_scheduler, name, None) or getattr(torch.optim.swa_utils, name))
        assert "optimizer" in found, name
        own = name in ("OneCycleLR", "CyclicLR")  # a rate of their own
        yield "torch." + name, [{"optimizer": "lr"}.get(n, n) for n in found if not (own and n == "optimizer")]
    for name in KERAS.split():
        yield "keras." + name, arguments(getattr(keras.optimizers, name))
    for name in KERAS_SCHEDULES.split():
        yield "keras." + name, arguments(getattr(keras.optimizers.schedules, name))
    for name in OPTAX.split():
        yield "optax." + name, arguments(getattr(optax, name))
    for name in CONTRIB.split():
        yield "optax." + name, arguments(getattr(optax.contrib, name))
    for name in AROUND.split():
        yield "optax." + name.split(".")[-1], arguments(functools.reduce(getattr, name.split("."), optax))[1:]


PACKAGES = (torch.optim, torch.optim.lr_scheduler, torch.optim.swa_utils, keras.optimizers, keras.optimizers.schedules, optax, optax.contrib,
            optax.transforms, optax.schedules, optax.projections)


def calls():
    seen = set()
    for package in PACKAGES:
        library = package.__name__.split(".")[0]
        for name, call in sorted(vars(package).items()):
            module = getattr(call, "__module__", None) or ""
            if isinstance(call, functools.partial):
                module = call.func.__module__
            tuples = isinstance(call, type) and issubclass(call, tuple)
            if (callable(call) and not name.startswith("_") and module.startswith(library) and not tuples
                    and not module.startswith("optax.losses") and (library, name) not in seen):
                seen.add((library, name))
                yield package.__name__, name


if __name__ == "__main__":
    for library in (torch, keras, optax):
        version = VERSIONS[library.__name__].split()[1]
        assert library.__version__.split("+")[0] == version, library.__name__
    text = "".join(f"{name}\t{' '.join(names)}\n" for name, names in lines())
    (RESOURCES / "signatures.tsv").write_text(text)
    (RESOURCES / "calls.tsv").write_text("".join(f"{package}\t{name}\n" for package, name in calls()))
