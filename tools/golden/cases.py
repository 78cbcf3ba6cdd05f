#!/usr/bin/env python3
"""The golden cases: which call is executed, and which of Thalweg's texts mean the same.

    python3 tools/golden/cases.py      writes optim/src/test/resources/golden/cases.tsv

A case is a library's call with one set of hyperparameters. From one table of arguments come the
call that is executed, Thalweg's text for it, and the rule of exact.py that it is compared with, so
that these can't part. `also` are further texts of the same trajectory, in the forms of the papers.
Change a text here and run this file again: no library is needed for that.
"""
import csv
import pathlib
from typing import Callable, NamedTuple

import exact
from gradients import RESOURCES

HERE = pathlib.Path(__file__).parent
CASES = []


class Case(NamedTuple):
    name: str
    library: str
    call: str  # a Python expression, or for torch statements before a step and the optimizer
    before: str  # torch only: what happens to the gradients before each step
    texts: list
    rates: str  # the name of a list of rates, or ""
    lr: float  # the rate, where it is constant
    build: Callable  # the rule in exact.py
    tolerance: float


def value(x):
    """As Thalweg reads it; Python reads it too, but for true and false."""
    if isinstance(x, bool):
        return str(x).lower()
    if isinstance(x, tuple):
        return "(" + ", ".join(value(y) for y in x) + ")"
    return x if isinstance(x, str) else repr(x)


def listed(arguments, show=value):
    return ", ".join(f"{k}={show(v)}" for k, v in arguments.items())


class Shown(dict):
    """For the texts in `also`: {name} is the value as text, a missing one is an error."""

    def __missing__(self, key):
        raise KeyError(f"no hyperparameter {key}")


def add(name, library, call, before, text, also, rates, h, lr, build, tolerance=1e-12):
    shown = Shown({k: value(v) for k, v in h.items()})
    if rates:
        shown["lr"] = shown["learning_rate"] = "{" + rates + "}"
    texts = ([text.format_map(shown)] if text else []) + [t.format_map(shown) for t in also]
    assert all(c.name != name for c in CASES), name
    CASES.append(Case(name, library, call, before, texts, rates, lr, build, tolerance))


RATES = ("drop", "zigzag")


def sets(rate_argument, a, b, changing):
    """The two sets of hyperparameters; where the rate changes, its list instead of its value."""
    for label, h, rates in (("a", a, RATES[0]), ("b", b, RATES[1])):
        if changing:
            h = {k: v for k, v in h.items() if k != rate_argument}
            yield label, rates, h, None
        else:
            yield label, "", h, h[rate_argument]


def torch(name, optimizer, rule, a, b, before="", stages=(), clip=None, also=(), changing=False):
    """`before`: the Python statement; `stages`: Thalweg's texts of it; `clip`: exact's."""
    for label, rates, h, lr in sets("lr", a, b, changing):
        c = h.get("clip")
        own = {k: v for k, v in h.items() if k != "clip"}
        arguments = dict(lr="rates[0]" if rates else lr) | {k: v for k, v in own.items() if k != "lr"}
        call = f"torch.optim.{optimizer}(parameters, {listed(arguments, lambda v: v if isinstance(v, str) else repr(v))})"
        text = f"torch.{optimizer}({listed(dict(lr='{{' + rates + '}}' if rates else lr) | {k: v for k, v in own.items() if k != 'lr'})})"
        build = rule(**own)
        if c is not None:
            build = exact.chain(clip(c), build)
            text, *more = (stage.format(value(c)) + " | " + text for stage in stages)
            also = more
        add(f"torch-{name}-{label}", "torch", call, before.format(c), text, also, rates, h, lr, build)


def keras(name, optimizer, rule, a, b, also=(), changing=False):
    for label, rates, h, lr in sets("learning_rate", a, b, changing):
        rest = {k: v for k, v in h.items() if k != "learning_rate"}
        call = f"keras.optimizers.{optimizer}({listed(dict(learning_rate='rates[0]' if rates else lr) | rest, lambda v: v if isinstance(v, str) else repr(v))})"
        text = f"keras.{optimizer}({listed(dict(learning_rate='{{' + rates + '}}' if rates else lr) | rest)})"
        add(f"keras-{name}-{label}", "keras", call, "", text, also, rates, h, lr, rule(**rest))


def optax(name, call, rule, a, b, also=(), changing=False, text=None):
    """`call`: a Python expression with {names}, {all} being all arguments but the rate."""
    for label, rates, h, lr in sets("learning_rate", a, b, changing):
        rest = {k: v for k, v in h.items() if k != "learning_rate"}
        show = lambda v: f"'{v}'" if isinstance(v, str) else repr(v)
        python = Shown({k: show(v) for k, v in rest.items()})
        python["learning_rate"] = "rates" if rates else repr(lr)
        python["all"] = "".join(f", {k}={show(v)}" for k, v in rest.items())
        own = text
        if own is None:
            own = call
        own = own.replace("{all}", "".join(f", {k}={value(v)}" for k, v in rest.items()))
        add(
            f"optax-{name}-{label}", "optax", call.format_map(python), "", own, also, rates, h, lr,
            rule(h),
        )


def alias(function):
    """A rule that takes the very arguments of the call."""
    return lambda h: function(**{k: v for k, v in h.items() if k != "learning_rate"})


def paper(name, text, rule, a, b, also=(), changing=False):
    """A form that no library has: the reference is exact.py itself."""
    for label, rates, h, lr in sets("lr", a, b, changing):
        rest = {k: v for k, v in h.items() if k != "lr"}
        call = f"exact.py: {text}".format_map(
            Shown({k: value(v) for k, v in h.items()} | ({"lr": "rates"} if rates else {}))
        )
        add(f"exact-{name}-{label}", "exact", call, "", text, also, rates, h, lr, rule(rest))


# ---------------------------------------------------------------- PyTorch

MOMENTUM = ["momentum(lr={lr}, momentum={momentum}, form=trace)", "trace({momentum}) | sgd(lr={lr})"]
TRACE_NESTEROV = ["momentum(lr={lr}, momentum={momentum}, form=trace, nesterov=true)",
                  "nesterov(lr={lr}, momentum={momentum}, form=trace)",
                  "trace({momentum}, nesterov=true) | sgd(lr={lr})"]

torch("sgd", "SGD", exact.torch_sgd, dict(lr=0.1), dict(lr=0.003), also=["sgd(lr={lr})"])
torch("sgd-maximize", "SGD", exact.torch_sgd,
      dict(lr=0.1, maximize=True), dict(lr=0.02, maximize=True), also=["maximize() | sgd(lr={lr})"])
torch("sgd-decay-maximize", "SGD", exact.torch_sgd,
      dict(lr=0.1, weight_decay=0.01, maximize=True), dict(lr=0.02, weight_decay=0.2, maximize=True))
torch("sgd-decay", "SGD", exact.torch_sgd,
      dict(lr=0.1, weight_decay=0.01), dict(lr=0.02, weight_decay=0.2),
      also=["sgd(lr={lr}, weight_decay={weight_decay}, decay=coupled)",
            "decay({weight_decay}, form=coupled) | sgd(lr={lr})"])
torch("sgd-momentum", "SGD", exact.torch_sgd,
      dict(lr=0.1, momentum=0.9), dict(lr=0.02, momentum=0.5), also=MOMENTUM)
torch("sgd-nesterov", "SGD", exact.torch_sgd,
      dict(lr=0.1, momentum=0.9, nesterov=True), dict(lr=0.02, momentum=0.5, nesterov=True),
      also=TRACE_NESTEROV)
torch("sgd-dampening", "SGD", exact.torch_sgd,
      dict(lr=0.1, momentum=0.9, dampening=0.5), dict(lr=0.02, momentum=0.8, dampening=0.3))
torch("sgd-momentum-decay", "SGD", exact.torch_sgd,
      dict(lr=0.1, momentum=0.9, weight_decay=0.01), dict(lr=0.02, momentum=0.8, weight_decay=0.2),
      also=["momentum(lr={lr}, momentum={momentum}, form=trace, weight_decay={weight_decay}, decay=coupled)"])
torch("sgd-nesterov-decay-rates", "SGD", exact.torch_sgd,
      dict(lr=0, momentum=0.9, weight_decay=0.01, nesterov=True),
      dict(lr=0, momentum=0.5, weight_decay=0.2, nesterov=True), changing=True,
      also=["momentum(lr={lr}, momentum={momentum}, form=trace, nesterov=true, weight_decay={weight_decay}, decay=coupled)",
            "nesterov(lr={lr}, momentum={momentum}, form=trace, weight_decay={weight_decay}, decay=coupled)"])
torch("sgd-all", "SGD", exact.torch_sgd,
      dict(lr=0.1, momentum=0.9, dampening=0.3, weight_decay=0.01, maximize=True),
      dict(lr=0.02, momentum=0.8, weight_decay=0.1, nesterov=True, maximize=True))
torch("sgd-momentum-rates", "SGD", exact.torch_sgd,
      dict(lr=0, momentum=0.9), dict(lr=0, momentum=0.5), also=MOMENTUM, changing=True)
torch("sgd-nesterov-rates", "SGD", exact.torch_sgd,
      dict(lr=0, momentum=0.9, nesterov=True), dict(lr=0, momentum=0.5, nesterov=True),
      also=TRACE_NESTEROV, changing=True)
torch("sgd-momentum-decay-rates", "SGD", exact.torch_sgd,
      dict(lr=0, momentum=0.9, weight_decay=0.01), dict(lr=0, momentum=0.8, weight_decay=0.2),
      also=["momentum(lr={lr}, momentum={momentum}, form=trace, weight_decay={weight_decay}, decay=coupled)"],
      changing=True)
torch("sgd-dampening-rates", "SGD", exact.torch_sgd,
      dict(lr=0, momentum=0.9, dampening=0.5), dict(lr=0, momentum=0.8, dampening=0.3, weight_decay=0.1),
      changing=True)

torch("adagrad", "Adagrad", exact.torch_adagrad, dict(lr=0.1, eps=1e-10), dict(lr=0.02, eps=1e-3),
      also=["adagrad(lr={lr}, epsilon={eps}, epsilon_place=outside)"])
torch("adagrad-default", "Adagrad", exact.torch_adagrad, dict(lr=0.1), dict(lr=0.02, maximize=True))
torch("adagrad-initial", "Adagrad", exact.torch_adagrad,
      dict(lr=0.1, initial_accumulator_value=0.1, eps=1e-10),
      dict(lr=0.02, initial_accumulator_value=0.5, eps=1e-4),
      also=["adagrad(lr={lr}, epsilon={eps}, epsilon_place=outside, initial_accumulator={initial_accumulator_value})"])
torch("adagrad-lr-decay", "Adagrad", exact.torch_adagrad,
      dict(lr=0.1, lr_decay=0.01), dict(lr=0.2, lr_decay=0.2, eps=1e-6))
torch("adagrad-decay", "Adagrad", exact.torch_adagrad,
      dict(lr=0.1, weight_decay=0.01), dict(lr=0.02, weight_decay=0.2, maximize=True))
torch("adagrad-coupled", "Adagrad", exact.torch_adagrad,
      dict(lr=0.1, weight_decay=0.02, eps=1e-10), dict(lr=0.02, weight_decay=0.3, eps=1e-4),
      also=["adagrad(lr={lr}, epsilon={eps}, epsilon_place=outside, weight_decay={weight_decay}, decay=coupled)"])
torch("adagrad-rates", "Adagrad", exact.torch_adagrad,
      dict(lr=0), dict(lr=0, lr_decay=0.05), changing=True)

torch("rmsprop", "RMSprop", exact.torch_rmsprop,
      dict(lr=0.01, alpha=0.99, eps=1e-8), dict(lr=0.003, alpha=0.9, eps=1e-3),
      also=["rmsprop(lr={lr}, rho={alpha}, epsilon={eps}, epsilon_place=outside)"])
torch("rmsprop-momentum", "RMSprop", exact.torch_rmsprop,
      dict(lr=0.01, alpha=0.99, eps=1e-8, momentum=0.9), dict(lr=0.003, alpha=0.9, eps=1e-4, momentum=0.5),
      also=["rmsprop(lr={lr}, rho={alpha}, epsilon={eps}, epsilon_place=outside, momentum={momentum}, form=trace)"])
torch("rmsprop-centered", "RMSprop", exact.torch_rmsprop,
      dict(lr=0.01, alpha=0.99, eps=1e-8, centered=True), dict(lr=0.003, alpha=0.9, eps=1e-4, centered=True),
      also=["rmsprop(lr={lr}, rho={alpha}, epsilon={eps}, epsilon_place=outside, centered=true)"])
torch("rmsprop-centered-momentum", "RMSprop", exact.torch_rmsprop,
      dict(lr=0.01, alpha=0.99, eps=1e-8, momentum=0.9, centered=True),
      dict(lr=0.003, alpha=0.9, eps=1e-6, momentum=0.5, centered=True),
      also=["rmsprop(lr={lr}, rho={alpha}, epsilon={eps}, epsilon_place=outside, centered=true, "
            "momentum={momentum}, form=trace)"])
torch("rmsprop-centered-momentum-rates", "RMSprop", exact.torch_rmsprop,
      dict(lr=0, alpha=0.99, eps=1e-8, momentum=0.9, centered=True),
      dict(lr=0, alpha=0.9, eps=1e-6, momentum=0.5, centered=True),
      also=["rmsprop(lr={lr}, rho={alpha}, epsilon={eps}, epsilon_place=outside, centered=true, "
            "momentum={momentum}, form=trace)"], changing=True)
torch("rmsprop-maximize", "RMSprop", exact.torch_rmsprop,
      dict(lr=0.01, maximize=True),
      dict(lr=0.003, alpha=0.9, eps=1e-6, momentum=0.5, centered=True, maximize=True))
torch("rmsprop-decay", "RMSprop", exact.torch_rmsprop,
      dict(lr=0.01, weight_decay=0.02), dict(lr=0.003, alpha=0.9, momentum=0.5, weight_decay=0.2))
torch("rmsprop-coupled-rates", "RMSprop", exact.torch_rmsprop,
      dict(lr=0, alpha=0.9, eps=1e-8, momentum=0.9, weight_decay=0.02),
      dict(lr=0, alpha=0.99, eps=1e-4, momentum=0.5, weight_decay=0.3), changing=True,
      also=["rmsprop(lr={lr}, rho={alpha}, epsilon={eps}, epsilon_place=outside, momentum={momentum}, form=trace, "
            "weight_decay={weight_decay}, decay=coupled)"])
torch("rmsprop-momentum-rates", "RMSprop", exact.torch_rmsprop,
      dict(lr=0, alpha=0.99, eps=1e-8, momentum=0.9), dict(lr=0, alpha=0.9, eps=1e-4, momentum=0.5),
      also=["rmsprop(lr={lr}, rho={alpha}, epsilon={eps}, epsilon_place=outside, momentum={momentum}, form=trace)"],
      changing=True)

torch("adam", "Adam", exact.torch_adam,
      dict(lr=0.01), dict(lr=0.003, betas=(0.8, 0.95), eps=1e-4))
torch("adam-decay", "Adam", exact.torch_adam,
      dict(lr=0.01, weight_decay=0.01), dict(lr=0.003, betas=(0.8, 0.95), weight_decay=0.2))
torch("adam-amsgrad", "Adam", exact.torch_adam,
      dict(lr=0.01, amsgrad=True), dict(lr=0.003, betas=(0.8, 0.9), eps=1e-6, weight_decay=0.01, amsgrad=True))
torch("adam-maximize", "Adam", exact.torch_adam,
      dict(lr=0.01, maximize=True), dict(lr=0.003, weight_decay=0.1, amsgrad=True, maximize=True))
torch("adam-decoupled", "Adam", exact.torch_adam,
      dict(lr=0.01, weight_decay=0.01, decoupled_weight_decay=True),
      dict(lr=0.02, betas=(0.95, 0.98), eps=1e-6, weight_decay=0.2, decoupled_weight_decay=True))
torch("adamw", "AdamW", exact.torch_adamw,
      dict(lr=0.01), dict(lr=0.02, betas=(0.95, 0.98), eps=1e-6, weight_decay=0.2))
torch("adamw-amsgrad", "AdamW", exact.torch_adamw,
      dict(lr=0.02, amsgrad=True), dict(lr=0.02, betas=(0.8, 0.9), weight_decay=0.2, amsgrad=True, maximize=True))
torch("adamw-rates", "AdamW", exact.torch_adamw,
      dict(lr=0), dict(lr=0, betas=(0.8, 0.95), weight_decay=0.3), changing=True)

GLOBAL = "torch.nn.utils.clip_grad_norm_(parameters, max_norm={0})"
GLOBAL_TEXTS = ["clip_norm({0}, form=torch)", "torch.clip_grad_norm_({0})"]
EACH = "for p in parameters: torch.nn.utils.clip_grad_norm_(p, max_norm={0})"
VALUE = "torch.nn.utils.clip_grad_value_(parameters, clip_value={0})"
torch("clip-global-sgd", "SGD", exact.torch_sgd,
      dict(lr=0.1, clip=1.5), dict(lr=0.02, momentum=0.9, clip=0.03), before=GLOBAL,
      stages=GLOBAL_TEXTS, clip=exact.torch_clip_global_norm)
torch("clip-global-adamw", "AdamW", exact.torch_adamw,
      dict(lr=0.01, clip=1.5), dict(lr=0.02, betas=(0.8, 0.95), weight_decay=0.1, clip=0.03),
      before=GLOBAL, stages=GLOBAL_TEXTS, clip=exact.torch_clip_global_norm)
for order, name, limits in ((1.0, "1", (3.4, 0.1)), (3.0, "3", (1.28, 0.08)), (0.5, "half", (26.0, 0.16)),
                            (float("inf"), "inf", (0.99, 0.08))):
    torch(f"clip-order-{name}", "SGD", exact.torch_sgd,
          dict(lr=0.1, clip=limits[0]), dict(lr=0.02, momentum=0.9, clip=limits[1]),
          before=f"torch.nn.utils.clip_grad_norm_(parameters, max_norm={{0}}, norm_type=float('{order}'))",
          stages=[f"torch.clip_grad_norm_({{0}}, norm_type={order})"],
          clip=lambda limit: exact.torch_clip_global_norm(limit, order))
torch("clip-each-sgd", "SGD", exact.torch_sgd,
      dict(lr=0.1, clip=1.2), dict(lr=0.02, momentum=0.9, clip=0.03), before=EACH,
      stages=["clip_norm({0}, scope=tensor, form=torch)"], clip=exact.torch_clip_norm)
torch("clip-value-adam", "Adam", exact.torch_adam,
      dict(lr=0.01, clip=0.05), dict(lr=0.003, betas=(0.8, 0.95), clip=0.5), before=VALUE,
      stages=["clip_value({0})", "torch.clip_grad_value_({0})"], clip=exact.clip_value)

# ---------------------------------------------------------------- Keras

VELOCITY = ["momentum(lr={learning_rate}, momentum={momentum}, form=velocity)",
            "momentum(lr={learning_rate}, momentum={momentum}, form=heavy_ball)"]
VELOCITY_NESTEROV = [
    "momentum(lr={learning_rate}, momentum={momentum}, form=velocity, nesterov=true)",
    "momentum(lr={learning_rate}, momentum={momentum}, form=heavy_ball, nesterov=true)",
    "nesterov(lr={learning_rate}, momentum={momentum}, form=velocity)",
    "nesterov(lr={learning_rate}, momentum={momentum}, form=heavy_ball)"]

keras("sgd", "SGD", exact.keras_sgd, dict(learning_rate=0.1), dict(learning_rate=0.003))
keras("sgd-momentum", "SGD", exact.keras_sgd,
      dict(learning_rate=0.1, momentum=0.9), dict(learning_rate=0.02, momentum=0.5), also=VELOCITY)
keras("sgd-nesterov", "SGD", exact.keras_sgd,
      dict(learning_rate=0.1, momentum=0.9, nesterov=True),
      dict(learning_rate=0.02, momentum=0.5, nesterov=True), also=VELOCITY_NESTEROV)
keras("sgd-decay", "SGD", exact.keras_sgd,
      dict(learning_rate=0.1, weight_decay=0.01), dict(learning_rate=0.02, weight_decay=0.2),
      also=["sgd(lr={learning_rate}, weight_decay={weight_decay}, decay=decoupled)",
            "decay({weight_decay}) | sgd(lr={learning_rate})"])
keras("sgd-momentum-decay", "SGD", exact.keras_sgd,
      dict(learning_rate=0.1, momentum=0.9, weight_decay=0.01),
      dict(learning_rate=0.02, momentum=0.8, nesterov=True, weight_decay=0.2))
for nesterov, name, forms in (
    (False, "momentum", ["momentum(form=velocity", "momentum(form=heavy_ball"]),
    (True, "nesterov", ["momentum(form=velocity, nesterov=true", "momentum(form=heavy_ball, nesterov=true",
                        "nesterov(form=velocity", "nesterov(form=heavy_ball"]),
):
    keras(f"sgd-{name}-decay-rates", "SGD", exact.keras_sgd,
          dict(learning_rate=0, momentum=0.9, nesterov=nesterov, weight_decay=0.01),
          dict(learning_rate=0, momentum=0.5, nesterov=nesterov, weight_decay=0.3), changing=True,
          also=[f + ", lr={learning_rate}, momentum={momentum}, weight_decay={weight_decay}, decay=decoupled)"
                for f in forms])
keras("sgd-clipnorm", "SGD", exact.keras_sgd,
      dict(learning_rate=0.1, momentum=0.9, clipnorm=1.2),
      dict(learning_rate=0.02, momentum=0.5, clipnorm=0.03),
      also=["clip_norm({clipnorm}, scope=tensor) | momentum(lr={learning_rate}, momentum={momentum}, form=velocity)"])
keras("sgd-clipnorm-rates", "SGD", exact.keras_sgd,
      dict(learning_rate=0, momentum=0.9, clipnorm=1.2), dict(learning_rate=0, momentum=0.5, clipnorm=0.03),
      also=["clip_norm({clipnorm}, scope=tensor) | momentum(lr={learning_rate}, momentum={momentum}, form=velocity)"],
      changing=True)
keras("sgd-global-clipnorm", "SGD", exact.keras_sgd,
      dict(learning_rate=0.1, global_clipnorm=1.5),
      dict(learning_rate=0.02, momentum=0.9, global_clipnorm=0.03))
keras("sgd-clipvalue", "SGD", exact.keras_sgd,
      dict(learning_rate=0.1, clipvalue=0.05),
      dict(learning_rate=0.02, momentum=0.9, weight_decay=0.1, clipvalue=0.5))
keras("sgd-ema", "SGD", exact.keras_sgd,
      dict(learning_rate=0.1, momentum=0.9, use_ema=True, ema_momentum=0.8, ema_overwrite_frequency=5),
      dict(learning_rate=0.02, use_ema=True))
keras("sgd-ema-each", "SGD", exact.keras_sgd,
      dict(learning_rate=0.1, momentum=0.9, use_ema=True, ema_momentum=0.8, ema_overwrite_frequency=1),
      dict(learning_rate=0.02, momentum=0.5, use_ema=True, ema_overwrite_frequency=2))
keras("sgd-loss-scale", "SGD", exact.keras_sgd,
      dict(learning_rate=0.1, momentum=0.9, loss_scale_factor=8.0),
      dict(learning_rate=0.02, global_clipnorm=0.03, loss_scale_factor=3.0))
keras("sgd-accumulation", "SGD", exact.keras_sgd,
      dict(learning_rate=0.1, momentum=0.9, gradient_accumulation_steps=4),
      dict(learning_rate=0.02, weight_decay=0.1, clipnorm=0.05, gradient_accumulation_steps=3))
keras("sgd-accumulation-ema", "SGD", exact.keras_sgd,
      dict(learning_rate=0.1, momentum=0.9, use_ema=True, ema_momentum=0.8, ema_overwrite_frequency=3,
           gradient_accumulation_steps=2),
      dict(learning_rate=0.02, weight_decay=0.1, use_ema=True, ema_momentum=0.95, ema_overwrite_frequency=2,
           gradient_accumulation_steps=5))
keras("sgd-accumulation-ema-each", "SGD", exact.keras_sgd,
      dict(learning_rate=0.1, momentum=0.9, use_ema=True, ema_momentum=0.8, ema_overwrite_frequency=1,
           gradient_accumulation_steps=3),
      dict(learning_rate=0.02, momentum=0.5, use_ema=True, ema_overwrite_frequency=1, gradient_accumulation_steps=4))
keras("sgd-accumulation-rates", "SGD", exact.keras_sgd,
      dict(learning_rate=0, momentum=0.9, gradient_accumulation_steps=4),
      dict(learning_rate=0, momentum=0.5, gradient_accumulation_steps=3), changing=True)
keras("sgd-momentum-rates", "SGD", exact.keras_sgd,
      dict(learning_rate=0, momentum=0.9), dict(learning_rate=0, momentum=0.5),
      also=VELOCITY, changing=True)
keras("sgd-nesterov-rates", "SGD", exact.keras_sgd,
      dict(learning_rate=0, momentum=0.9, nesterov=True),
      dict(learning_rate=0, momentum=0.5, nesterov=True), also=VELOCITY_NESTEROV, changing=True)
keras("sgd-decay-rates", "SGD", exact.keras_sgd,
      dict(learning_rate=0, weight_decay=0.1), dict(learning_rate=0, momentum=0.5, weight_decay=0.5),
      changing=True)

keras("rmsprop", "RMSprop", exact.keras_rmsprop,
      dict(learning_rate=0.01, rho=0.9, epsilon=1e-7), dict(learning_rate=0.003, rho=0.99, epsilon=1e-3),
      also=["rmsprop(lr={learning_rate}, rho={rho}, epsilon={epsilon}, epsilon_place=inside)"])
keras("rmsprop-momentum", "RMSprop", exact.keras_rmsprop,
      dict(learning_rate=0.01, rho=0.9, epsilon=1e-7, momentum=0.9),
      dict(learning_rate=0.003, rho=0.99, epsilon=1e-4, momentum=0.5),
      also=["rmsprop(lr={learning_rate}, rho={rho}, epsilon={epsilon}, epsilon_place=inside, momentum={momentum}, form=velocity)"])
keras("rmsprop-centered", "RMSprop", exact.keras_rmsprop,
      dict(learning_rate=0.01, rho=0.9, epsilon=1e-7, centered=True),
      dict(learning_rate=0.003, rho=0.99, epsilon=1e-5, centered=True),
      also=["rmsprop(lr={learning_rate}, rho={rho}, epsilon={epsilon}, epsilon_place=inside, centered=true)"])
keras("rmsprop-centered-momentum", "RMSprop", exact.keras_rmsprop,
      dict(learning_rate=0.01, rho=0.9, epsilon=1e-7, centered=True, momentum=0.8),
      dict(learning_rate=0.003, rho=0.99, epsilon=1e-5, centered=True, momentum=0.5),
      also=["rmsprop(lr={learning_rate}, rho={rho}, epsilon={epsilon}, epsilon_place=inside, centered=true, "
            "momentum={momentum}, form=velocity)"])
keras("rmsprop-centered-momentum-rates", "RMSprop", exact.keras_rmsprop,
      dict(learning_rate=0, rho=0.9, epsilon=1e-7, centered=True, momentum=0.8),
      dict(learning_rate=0, rho=0.99, epsilon=1e-5, centered=True, momentum=0.5),
      also=["rmsprop(lr={learning_rate}, rho={rho}, epsilon={epsilon}, epsilon_place=inside, centered=true, "
            "momentum={momentum}, form=velocity)"], changing=True)
keras("rmsprop-decoupled-rates", "RMSprop", exact.keras_rmsprop,
      dict(learning_rate=0, rho=0.9, epsilon=1e-7, momentum=0.8, weight_decay=0.02),
      dict(learning_rate=0, rho=0.99, epsilon=1e-4, momentum=0.5, weight_decay=0.3), changing=True,
      also=["rmsprop(lr={learning_rate}, rho={rho}, epsilon={epsilon}, epsilon_place=inside, momentum={momentum}, "
            "form=velocity, weight_decay={weight_decay}, decay=decoupled)"])
keras("rmsprop-all", "RMSprop", exact.keras_rmsprop,
      dict(learning_rate=0.01, momentum=0.8, centered=True, weight_decay=0.02),
      dict(learning_rate=0.003, rho=0.8, epsilon=1e-6, momentum=0.5, weight_decay=0.2, global_clipnorm=0.05))
keras("rmsprop-momentum-rates", "RMSprop", exact.keras_rmsprop,
      dict(learning_rate=0, rho=0.9, epsilon=1e-7, momentum=0.9),
      dict(learning_rate=0, rho=0.99, epsilon=1e-4, momentum=0.5),
      also=["rmsprop(lr={learning_rate}, rho={rho}, epsilon={epsilon}, epsilon_place=inside, momentum={momentum}, form=velocity)"],
      changing=True)

keras("adagrad", "Adagrad", exact.keras_adagrad,
      dict(learning_rate=0.1), dict(learning_rate=0.02, initial_accumulator_value=0.0, epsilon=1e-3))
keras("adagrad-initial", "Adagrad", exact.keras_adagrad,
      dict(learning_rate=0.1, initial_accumulator_value=0.5, epsilon=1e-7),
      dict(learning_rate=0.02, initial_accumulator_value=0.01, epsilon=1e-2),
      also=["adagrad(lr={learning_rate}, epsilon={epsilon}, epsilon_place=inside, initial_accumulator={initial_accumulator_value})"])
keras("adagrad-decoupled", "Adagrad", exact.keras_adagrad,
      dict(learning_rate=0.1, initial_accumulator_value=0.1, epsilon=1e-7, weight_decay=0.02),
      dict(learning_rate=0.02, initial_accumulator_value=0.5, epsilon=1e-3, weight_decay=0.3),
      also=["adagrad(lr={learning_rate}, epsilon={epsilon}, epsilon_place=inside, "
            "initial_accumulator={initial_accumulator_value}, weight_decay={weight_decay}, decay=decoupled)"])
keras("adagrad-decay", "Adagrad", exact.keras_adagrad,
      dict(learning_rate=0.1, weight_decay=0.01), dict(learning_rate=0.02, weight_decay=0.2, clipvalue=0.05))

keras("adam", "Adam", exact.keras_adam,
      dict(learning_rate=0.01, beta_1=0.9, beta_2=0.999, epsilon=1e-7),
      dict(learning_rate=0.003, beta_1=0.8, beta_2=0.95, epsilon=1e-4),
      also=["adam(lr={learning_rate}, beta1={beta_1}, beta2={beta_2}, epsilon={epsilon}, epsilon_place=hat)"])
keras("adam-amsgrad", "Adam", exact.keras_adam,
      dict(learning_rate=0.01, amsgrad=True),
      dict(learning_rate=0.003, beta_1=0.8, beta_2=0.9, epsilon=1e-5, amsgrad=True))
keras("adam-decay", "Adam", exact.keras_adam,
      dict(learning_rate=0.01, weight_decay=0.01),
      dict(learning_rate=0.003, beta_1=0.8, weight_decay=0.2, clipnorm=0.05))
keras("adam-accumulation", "Adam", exact.keras_adam,
      dict(learning_rate=0.01, gradient_accumulation_steps=4),
      dict(learning_rate=0.003, beta_2=0.95, epsilon=1e-5, gradient_accumulation_steps=3))
keras("adamw", "AdamW", exact.keras_adamw,
      dict(learning_rate=0.01),
      dict(learning_rate=0.02, weight_decay=0.2, beta_1=0.95, beta_2=0.98, epsilon=1e-5))
keras("adamw-hat", "AdamW", exact.keras_adamw,
      dict(learning_rate=0.01, weight_decay=0.01, beta_1=0.9, beta_2=0.999, epsilon=1e-8),
      dict(learning_rate=0.02, weight_decay=0.2, beta_1=0.8, beta_2=0.95, epsilon=1e-4),
      also=["adamw(lr={learning_rate}, beta1={beta_1}, beta2={beta_2}, epsilon={epsilon}, "
            "epsilon_place=hat, weight_decay={weight_decay})"])
keras("adamw-amsgrad", "AdamW", exact.keras_adamw,
      dict(learning_rate=0.01, amsgrad=True),
      dict(learning_rate=0.02, weight_decay=0.2, beta_2=0.95, amsgrad=True, global_clipnorm=0.03))
keras("adamw-rates", "AdamW", exact.keras_adamw,
      dict(learning_rate=0), dict(learning_rate=0, weight_decay=0.3, beta_1=0.8, beta_2=0.95),
      changing=True)

# What the base class does about each of the other rules, one argument or two at a time.
for optimizer, rule, a, b in (
    ("RMSprop", exact.keras_rmsprop, dict(learning_rate=0.01, momentum=0.8), dict(learning_rate=0.003, rho=0.8)),
    ("Adagrad", exact.keras_adagrad, dict(learning_rate=0.1), dict(learning_rate=0.02, epsilon=1e-3)),
    ("Adam", exact.keras_adam, dict(learning_rate=0.01), dict(learning_rate=0.003, beta_1=0.8, beta_2=0.95)),
    ("AdamW", exact.keras_adamw, dict(learning_rate=0.01), dict(learning_rate=0.02, weight_decay=0.2)),
):
    for name, more_a, more_b in (
        ("clipnorm", dict(clipnorm=1.2), dict(clipnorm=0.03)),
        ("clipvalue", dict(clipvalue=0.05), dict(clipvalue=0.5)),
        ("global-clipnorm", dict(global_clipnorm=1.5), dict(global_clipnorm=0.03)),
        ("ema", dict(use_ema=True, ema_momentum=0.7, ema_overwrite_frequency=5),
         dict(use_ema=True, ema_overwrite_frequency=2)),
        # without clipping a factor of the gradients is hard to see in these rules
        ("loss-scale", dict(loss_scale_factor=8.0, clipvalue=0.02), dict(loss_scale_factor=3.0, clipnorm=0.04)),
        ("accumulated", dict(gradient_accumulation_steps=3, global_clipnorm=0.5),
         dict(gradient_accumulation_steps=5, loss_scale_factor=0.5, clipvalue=0.3)),
    ):
        keras(f"{optimizer.lower()}-{name}", optimizer, rule, a | more_a, b | more_b)
keras("adam-accumulation-ema", "Adam", exact.keras_adam,
      dict(learning_rate=0.01, use_ema=True, ema_momentum=0.7, ema_overwrite_frequency=4,
           gradient_accumulation_steps=3),
      dict(learning_rate=0.003, beta_2=0.95, clipnorm=0.05, use_ema=True, ema_overwrite_frequency=2,
           gradient_accumulation_steps=4))

# ---------------------------------------------------------------- Optax

SGD = "optax.sgd(learning_rate={learning_rate}{all})"
optax("sgd", SGD, alias(exact.optax_sgd), dict(learning_rate=0.1), dict(learning_rate=0.003),
      also=["optax.scale_by_learning_rate(learning_rate={learning_rate})"])
optax("ascent", "optax.scale_by_learning_rate({learning_rate}, flip_sign=False)",
      lambda h: exact.torch_sgd(maximize=True), dict(learning_rate=0.1), dict(learning_rate=0.003),
      text="optax.scale_by_learning_rate(learning_rate={learning_rate}, flip_sign=false)")
optax("sgd-momentum", SGD, alias(exact.optax_sgd),
      dict(learning_rate=0.1, momentum=0.9), dict(learning_rate=0.02, momentum=0.5),
      also=["optax.trace(decay={momentum}) | optax.scale_by_learning_rate({learning_rate})"])
optax("sgd-nesterov", SGD, alias(exact.optax_sgd),
      dict(learning_rate=0.1, momentum=0.9, nesterov=True),
      dict(learning_rate=0.02, momentum=0.5, nesterov=True),
      also=["optax.trace(decay={momentum}, nesterov=true) | optax.scale_by_learning_rate({learning_rate})"])
optax("sgd-float32", SGD, alias(exact.optax_sgd),
      dict(learning_rate=0.1, momentum=0.9, accumulator_dtype="float32"),
      dict(learning_rate=0.02, momentum=0.5, nesterov=True, accumulator_dtype="float32"))
optax("sgd-momentum-rates", SGD, alias(exact.optax_sgd),
      dict(learning_rate=0, momentum=0.9), dict(learning_rate=0, momentum=0.5, nesterov=True),
      changing=True)

optax("adagrad", "optax.adagrad(learning_rate={learning_rate}{all})", alias(exact.optax_adagrad),
      dict(learning_rate=0.1), dict(learning_rate=0.02, eps=1e-2))
optax("adagrad-zero", "optax.adagrad(learning_rate={learning_rate}{all})", alias(exact.optax_adagrad),
      dict(learning_rate=0.1, initial_accumulator_value=0.0, eps=1e-10),
      dict(learning_rate=0.02, initial_accumulator_value=0.0, eps=1e-4),
      also=["adagrad(lr={learning_rate}, epsilon={eps}, epsilon_place=inside)"])
optax("adagrad-initial", "optax.adagrad(learning_rate={learning_rate}{all})", alias(exact.optax_adagrad),
      dict(learning_rate=0.1, initial_accumulator_value=0.5),
      dict(learning_rate=0.02, initial_accumulator_value=1e-6, eps=1e-2))

RMSPROP = "optax.rmsprop(learning_rate={learning_rate}{all})"
optax("rmsprop", RMSPROP, alias(exact.optax_rmsprop),
      dict(learning_rate=0.01), dict(learning_rate=0.003, decay=0.99, eps=1e-3))
optax("rmsprop-initial", RMSPROP, alias(exact.optax_rmsprop),
      dict(learning_rate=0.01, initial_scale=1.0), dict(learning_rate=0.003, decay=0.8, initial_scale=0.01))
optax("rmsprop-outside", RMSPROP, alias(exact.optax_rmsprop),
      dict(learning_rate=0.01, eps_in_sqrt=False),
      dict(learning_rate=0.003, decay=0.99, eps=1e-3, eps_in_sqrt=False, momentum=0.9))
optax("rmsprop-centered", RMSPROP, alias(exact.optax_rmsprop),
      dict(learning_rate=0.01, centered=True),
      dict(learning_rate=0.003, decay=0.99, eps=1e-4, centered=True, eps_in_sqrt=False))
optax("rmsprop-momentum", RMSPROP, alias(exact.optax_rmsprop),
      dict(learning_rate=0.01, momentum=0.9), dict(learning_rate=0.003, decay=0.8, eps=1e-5, momentum=0.5))
optax("rmsprop-nesterov", RMSPROP, alias(exact.optax_rmsprop),
      dict(learning_rate=0.01, momentum=0.9, nesterov=True),
      dict(learning_rate=0.003, decay=0.8, momentum=0.5, nesterov=True, eps_in_sqrt=False))
optax("rmsprop-correction", RMSPROP, alias(exact.optax_rmsprop),
      dict(learning_rate=0.01, bias_correction=True),
      dict(learning_rate=0.003, decay=0.99, eps=1e-5, bias_correction=True, eps_in_sqrt=False))
optax("rmsprop-all", RMSPROP, alias(exact.optax_rmsprop),
      # With initial_scale 0 the first variance is g^2 - g^2, whatever rounding leaves of it.
      dict(learning_rate=0.01, initial_scale=0.01, centered=True, momentum=0.8, nesterov=True,
           bias_correction=True),
      dict(learning_rate=0.003, decay=0.99, eps=1e-5, initial_scale=0.1, centered=True, momentum=0.5,
           bias_correction=True))
optax("rmsprop-momentum-rates", RMSPROP, alias(exact.optax_rmsprop),
      dict(learning_rate=0, momentum=0.9),
      dict(learning_rate=0, decay=0.8, eps=1e-5, momentum=0.5, nesterov=True), changing=True)
optax("rmsprop-outside-rates", RMSPROP, alias(exact.optax_rmsprop),
      dict(learning_rate=0, decay=0.9, eps=1e-8, eps_in_sqrt=False, momentum=0.9),
      dict(learning_rate=0, decay=0.99, eps=1e-4, eps_in_sqrt=False, momentum=0.5), changing=True,
      also=["rmsprop(lr={learning_rate}, rho={decay}, epsilon={eps}, epsilon_place=outside, "
            "momentum={momentum}, form=velocity)"])
# What is not above of the ways to combine its switches.
for outside, centered, corrected, momentum, nesterov in (
    (True, False, True, 0.8, False), (True, False, True, 0.8, True), (True, True, True, None, False),
    (True, True, False, 0.8, True), (True, True, True, 0.8, False), (True, True, True, 0.8, True),
    (False, False, True, 0.8, False), (False, False, True, 0.8, True), (False, True, True, None, False),
    (False, True, False, 0.8, False), (False, True, False, 0.8, True),
):
    switches = dict(eps_in_sqrt=not outside, centered=centered, bias_correction=corrected, nesterov=nesterov)
    more = dict(initial_scale=0.03) if centered and corrected else {}
    more |= {} if momentum is None else dict(momentum=momentum)
    more |= {k: v for k, v in switches.items() if v != (k == "eps_in_sqrt")}
    name = "-".join(w for w, on in (("outside", outside), ("centered", centered), ("correction", corrected),
                                    ("momentum", momentum and not nesterov), ("nesterov", nesterov)) if on)
    optax("rmsprop-" + name, RMSPROP, alias(exact.optax_rmsprop),
          dict(learning_rate=0.01, decay=0.9, eps=1e-6) | more,
          dict(learning_rate=0.003, decay=0.99, eps=1e-4) | more)
for changing, suffix in ((False, ""), (True, "-rates")):
    optax("rmsprop-outside-centered-momentum" + suffix, RMSPROP, alias(exact.optax_rmsprop),
          changing=changing, a=dict(learning_rate=0.01, decay=0.9, eps=1e-6, eps_in_sqrt=False, centered=True, momentum=0.8),
          b=dict(learning_rate=0.003, decay=0.99, eps=1e-4, eps_in_sqrt=False, centered=True, momentum=0.5),
          also=["rmsprop(lr={learning_rate}, rho={decay}, epsilon={eps}, epsilon_place=outside, centered=true, "
                "momentum={momentum}, form=velocity)"])
    optax("rmsprop-inside-centered-trace" + suffix,
          "optax.chain(optax.scale_by_stddev(decay={decay}, eps={eps}), optax.trace(decay={momentum}), "
          "optax.scale_by_learning_rate({learning_rate}))",
          lambda h: exact.rmsprop(rho=h["decay"], epsilon=h["eps"], epsilon_place="inside",
                                  centered=True, momentum=h["momentum"]),
          dict(learning_rate=0.01, decay=0.9, eps=1e-6, momentum=0.8),
          dict(learning_rate=0.003, decay=0.99, eps=1e-4, momentum=0.5), changing=changing,
          text="rmsprop(lr={learning_rate}, rho={decay}, epsilon={eps}, epsilon_place=inside, centered=true, "
          "momentum={momentum}, form=trace)")
for changing, suffix in ((False, ""), (True, "-rates")):
    optax("rmsprop-inside-trace" + suffix,
          "optax.chain(optax.scale_by_rms(decay={decay}, eps={eps}), optax.trace(decay={momentum}), "
          "optax.scale_by_learning_rate({learning_rate}))",
          lambda h: exact.rmsprop(
              rho=h["decay"], epsilon=h["eps"], epsilon_place="inside", momentum=h["momentum"]),
          dict(learning_rate=0.01, decay=0.9, eps=1e-8, momentum=0.9),
          dict(learning_rate=0.003, decay=0.99, eps=1e-4, momentum=0.5), changing=changing,
          text="rmsprop(lr={learning_rate}, rho={decay}, epsilon={eps}, epsilon_place=inside, "
          "momentum={momentum}, form=trace)",
          also=["optax.scale_by_rms(decay={decay}, eps={eps}) | optax.trace(decay={momentum}) | "
                "optax.scale_by_learning_rate({learning_rate})"])
for outside in (False, True):
    optax("scale-by-rms" + ("-outside" if outside else ""),
          "optax.chain(optax.scale_by_rms(decay={decay}, eps={eps}, initial_scale={initial_scale}, "
          f"eps_in_sqrt={not outside}, bias_correction=True), "
          "optax.scale_by_learning_rate({learning_rate}))",
          lambda h: exact.rmsprop(
              rho=h["decay"], epsilon=h["eps"], epsilon_place="outside" if outside else "inside",
              initial_accumulator=h["initial_scale"], bias_correction=True),
          dict(learning_rate=0.01, decay=0.9, eps=1e-6, initial_scale=0.02),
          dict(learning_rate=0.003, decay=0.99, eps=1e-4, initial_scale=0.1),
          text="optax.scale_by_rms(decay={decay}, eps={eps}, initial_scale={initial_scale}, "
          f"eps_in_sqrt={str(not outside).lower()}, bias_correction=true) | "
          "optax.scale_by_learning_rate({learning_rate})")

ADAM = "optax.adam(learning_rate={learning_rate}{all})"
optax("adam", ADAM, alias(exact.optax_adam),
      dict(learning_rate=0.01, b1=0.9, b2=0.999, eps=1e-8),
      dict(learning_rate=0.003, b1=0.8, b2=0.95, eps=1e-4),
      also=["adam(lr={learning_rate}, beta1={b1}, beta2={b2}, epsilon={eps})",
            "optax.scale_by_adam(b1={b1}, b2={b2}, eps={eps}) | optax.scale_by_learning_rate({learning_rate})"])
optax("scale-by-adam",
      "optax.chain(optax.scale_by_adam(b1={b1}, b2={b2}, eps={eps}, eps_root={eps_root}, nesterov=True), "
      "optax.scale_by_learning_rate({learning_rate}))",
      alias(lambda **h: exact.optax_adam(nesterov=True, **h)),
      dict(learning_rate=0.01, b1=0.9, b2=0.999, eps=1e-8, eps_root=1e-7),
      dict(learning_rate=0.003, b1=0.8, b2=0.95, eps=1e-5, eps_root=1e-6),
      text="optax.scale_by_adam(b1={b1}, b2={b2}, eps={eps}, eps_root={eps_root}, nesterov=true) | "
      "optax.scale_by_learning_rate({learning_rate})")
optax("adam-inside",
      "optax.adam(learning_rate={learning_rate}, b1={b1}, b2={b2}, eps=0.0, eps_root={epsilon})",
      lambda h: exact.adam(beta1=h["b1"], beta2=h["b2"], epsilon=h["epsilon"], epsilon_place="inside"),
      dict(learning_rate=0.01, b1=0.9, b2=0.999, epsilon=1e-8),
      dict(learning_rate=0.003, b1=0.8, b2=0.95, epsilon=1e-5),
      text="adam(lr={learning_rate}, beta1={b1}, beta2={b2}, epsilon={epsilon}, epsilon_place=inside)")
optax("adamw-inside",
      "optax.adamw(learning_rate={learning_rate}, b1={b1}, b2={b2}, eps=0.0, eps_root={epsilon}, "
      "weight_decay={weight_decay})",
      lambda h: exact.adam(beta1=h["b1"], beta2=h["b2"], epsilon=h["epsilon"], epsilon_place="inside",
                           weight_decay=h["weight_decay"]),
      dict(learning_rate=0.01, b1=0.9, b2=0.999, epsilon=1e-8, weight_decay=0.02),
      dict(learning_rate=0.003, b1=0.8, b2=0.95, epsilon=1e-5, weight_decay=0.2),
      text="adamw(lr={learning_rate}, beta1={b1}, beta2={b2}, epsilon={epsilon}, epsilon_place=inside, "
      "weight_decay={weight_decay})")
optax("adam-eps-root", ADAM, alias(exact.optax_adam),
      dict(learning_rate=0.01, eps_root=1e-6), dict(learning_rate=0.003, b1=0.8, b2=0.95, eps=1e-3, eps_root=1e-10))
optax("adam-nesterov", ADAM, alias(exact.optax_adam),
      dict(learning_rate=0.01, nesterov=True),
      dict(learning_rate=0.003, b1=0.8, b2=0.95, eps=1e-5, eps_root=1e-9, nesterov=True))
optax("adamw", "optax.adamw(learning_rate={learning_rate}{all})", alias(exact.optax_adamw),
      dict(learning_rate=0.01, b1=0.9, b2=0.999, eps=1e-8, weight_decay=0.01),
      dict(learning_rate=0.02, b1=0.95, b2=0.98, eps=1e-5, weight_decay=0.2),
      also=["adamw(lr={learning_rate}, beta1={b1}, beta2={b2}, epsilon={eps}, weight_decay={weight_decay})",
            "adam(lr={learning_rate}, beta1={b1}, beta2={b2}, epsilon={eps}, weight_decay={weight_decay}, decay=decoupled)"])
optax("adamw-default", "optax.adamw(learning_rate={learning_rate}{all})", alias(exact.optax_adamw),
      dict(learning_rate=0.01), dict(learning_rate=0.02, weight_decay=0.2, eps_root=1e-7, nesterov=True))
optax("adamw-more", "optax.adamw(learning_rate={learning_rate}{all})", alias(exact.optax_adamw),
      dict(learning_rate=0.01, weight_decay=0.02, nesterov=True),
      dict(learning_rate=0.02, b1=0.8, b2=0.95, weight_decay=0.2, eps=1e-5, eps_root=1e-6))
optax("adamw-rates", "optax.adamw(learning_rate={learning_rate}{all})", alias(exact.optax_adamw),
      dict(learning_rate=0, weight_decay=0.1), dict(learning_rate=0, b1=0.8, b2=0.95, weight_decay=0.3),
      changing=True)
optax("amsgrad", "optax.amsgrad(learning_rate={learning_rate}{all})", alias(exact.optax_amsgrad),
      dict(learning_rate=0.01), dict(learning_rate=0.003, b1=0.8, b2=0.9, eps=1e-6, eps_root=1e-9))
optax("amsgrad-raw", "optax.amsgrad(learning_rate={learning_rate}{all})", alias(exact.optax_amsgrad),
      dict(learning_rate=0.01, eps_root=1e-7, bias_correction_nu=False),
      dict(learning_rate=0.003, b2=0.95, eps_root=1e-6, bias_correction_mu=False))
optax("amsgrad-plain", "optax.amsgrad(learning_rate={learning_rate}{all})", alias(exact.optax_amsgrad),
      dict(learning_rate=0.01, bias_correction_mu=False, bias_correction_nu=False),
      dict(learning_rate=0.003, b1=0.8, b2=0.95, eps=1e-5, eps_root=1e-6, bias_correction_mu=False,
           bias_correction_nu=False))


def rest(h, *names):
    return {k: v for k, v in h.items() if k not in names}


optax("clip-sgd",
      "optax.chain(optax.clip(max_delta={max_delta}), optax.sgd(learning_rate={learning_rate}))",
      lambda h: exact.chain(exact.clip_value(h["max_delta"]), exact.optax_sgd()),
      dict(learning_rate=0.1, max_delta=0.05), dict(learning_rate=0.02, max_delta=0.5),
      text="optax.clip(max_delta={max_delta}) | optax.sgd(learning_rate={learning_rate})",
      also=["clip_value({max_delta}) | sgd(lr={learning_rate})"])
optax("clip-global-sgd",
      "optax.chain(optax.clip_by_global_norm(max_norm={max_norm}), optax.sgd(learning_rate={learning_rate}))",
      lambda h: exact.chain(exact.clip_global_norm(h["max_norm"]), exact.optax_sgd()),
      dict(learning_rate=0.1, max_norm=1.5), dict(learning_rate=0.02, max_norm=0.02),
      text="optax.clip_by_global_norm(max_norm={max_norm}) | optax.sgd(learning_rate={learning_rate})",
      also=["clip_norm({max_norm}) | sgd(lr={learning_rate})"])
optax("clip-block-rms",
      "optax.chain(optax.clip_by_block_rms(threshold={threshold}), optax.sgd(learning_rate={learning_rate}))",
      lambda h: exact.chain(exact.clip_rms(h["threshold"]), exact.optax_sgd()),
      dict(learning_rate=0.1, threshold=0.3), dict(learning_rate=0.02, threshold=0.005),
      text="optax.clip_by_block_rms(threshold={threshold}) | optax.sgd(learning_rate={learning_rate})")
optax("clip-global-adamw",
      "optax.chain(optax.clip_by_global_norm(max_norm={max_norm}), "
      "optax.adamw(learning_rate={learning_rate}, weight_decay={weight_decay}))",
      lambda h: exact.chain(
          exact.clip_global_norm(h["max_norm"]), exact.optax_adamw(weight_decay=h["weight_decay"])),
      dict(learning_rate=0.01, max_norm=1.5, weight_decay=0.01),
      dict(learning_rate=0.02, max_norm=0.02, weight_decay=0.2),
      text="optax.clip_by_global_norm(max_norm={max_norm}) | "
      "optax.adamw(learning_rate={learning_rate}, weight_decay={weight_decay})",
      also=["clip_norm({max_norm}) | adamw(lr={learning_rate}, weight_decay={weight_decay})"])

# The forms of momentum as chains of Optax transforms, with a constant rate and with a changing one.


def form(h, **more):
    names = dict(decay="momentum", step_size="gradient_rate")
    return exact.momentum(
        **{names.get(k, k): v for k, v in h.items() if k != "learning_rate"}, **more)


TWO_RATES = "momentum(lr={learning_rate}, gradient_rate={step_size}, momentum={decay}, form=two_rates"
AVERAGED = "momentum(lr={learning_rate}, momentum={decay}, form=averaged"
for changing, suffix in ((False, ""), (True, "-rates")):
    optax("two-rates" + suffix,
          "optax.chain(optax.scale(step_size={step_size}), optax.trace(decay={decay}), "
          "optax.scale_by_learning_rate({learning_rate}))",
          lambda h: form(h, form="two_rates"),
          dict(learning_rate=0.2, step_size=0.5, decay=0.9),
          dict(learning_rate=0.02, step_size=3.0, decay=0.5),
          text=TWO_RATES + ")", changing=changing,
          also=["optax.scale(step_size={step_size}) | optax.trace(decay={decay}) | "
                "optax.scale_by_learning_rate({learning_rate})"])
    optax("two-rates-nesterov" + suffix,
          "optax.chain(optax.scale(step_size={step_size}), optax.trace(decay={decay}, nesterov=True), "
          "optax.scale_by_learning_rate({learning_rate}))",
          lambda h: form(h, form="two_rates", nesterov=True),
          dict(learning_rate=0.2, step_size=0.5, decay=0.9),
          dict(learning_rate=0.02, step_size=3.0, decay=0.5),
          text=TWO_RATES + ", nesterov=true)", changing=changing,
          also=["nesterov(lr={learning_rate}, gradient_rate={step_size}, momentum={decay}, form=two_rates)",
                "optax.scale(step_size={step_size}) | optax.trace(decay={decay}, nesterov=true) | "
                "optax.scale_by_learning_rate({learning_rate})"])
    optax("averaged" + suffix,
          "optax.chain(optax.ema(decay={decay}, debias=False), optax.scale_by_learning_rate({learning_rate}))",
          lambda h: form(h, form="averaged"),
          dict(learning_rate=0.1, decay=0.9), dict(learning_rate=0.03, decay=0.5),
          text="optax.ema(decay={decay}, debias=false) | optax.sgd(learning_rate={learning_rate})",
          also=[AVERAGED + ")", "average({decay}, debias=false) | sgd(lr={learning_rate})"], changing=changing)
    optax("averaged-nesterov" + suffix,
          "optax.chain(optax.trace(decay={decay}, nesterov=True), optax.scale(1 - {decay}), "
          "optax.scale_by_learning_rate({learning_rate}))",
          lambda h: form(h, form="averaged", nesterov=True),
          dict(learning_rate=0.1, decay=0.9), dict(learning_rate=0.03, decay=0.5),
          text=AVERAGED + ", nesterov=true)", changing=changing,
          also=["nesterov(lr={learning_rate}, momentum={decay}, form=averaged)"])
    optax("averaged-debias" + suffix,
          "optax.chain(optax.ema(decay={decay}, debias=True), optax.scale_by_learning_rate({learning_rate}))",
          lambda h: form(h, form="averaged", debias=True),
          dict(learning_rate=0.1, decay=0.9), dict(learning_rate=0.03, decay=0.5),
          text="optax.ema(decay={decay}) | optax.sgd(learning_rate={learning_rate})",
          also=[AVERAGED + ", debias=true)", "average({decay}) | sgd(lr={learning_rate})"], changing=changing)
    optax("velocity" + suffix,
          "optax.chain(optax.scale_by_learning_rate({learning_rate}), optax.trace(decay={decay}))",
          lambda h: form(h, form="velocity"),
          dict(learning_rate=0.1, decay=0.9), dict(learning_rate=0.02, decay=0.5),
          text="momentum(lr={learning_rate}, momentum={decay}, form=velocity)", changing=changing)
    optax("velocity-nesterov" + suffix,
          "optax.chain(optax.scale_by_learning_rate({learning_rate}), optax.trace(decay={decay}, nesterov=True))",
          lambda h: form(h, form="velocity", nesterov=True),
          dict(learning_rate=0.1, decay=0.9), dict(learning_rate=0.02, decay=0.5),
          text="momentum(lr={learning_rate}, momentum={decay}, form=velocity, nesterov=true)",
          changing=changing)

# The forms of weight decay.
optax("decay-coupled-momentum",
      "optax.chain(optax.add_decayed_weights({weight_decay}), optax.trace(decay={decay}), "
      "optax.scale_by_learning_rate({learning_rate}))",
      lambda h: exact.momentum(form="trace", momentum=h["decay"], weight_decay=h["weight_decay"], decay="coupled"),
      dict(learning_rate=0.1, decay=0.9, weight_decay=0.01),
      dict(learning_rate=0.02, decay=0.5, weight_decay=0.2),
      text="optax.add_decayed_weights(weight_decay={weight_decay}) | "
      "optax.sgd(learning_rate={learning_rate}, momentum={decay})")
optax("decay-decoupled-momentum",
      "optax.chain(optax.trace(decay={decay}), optax.add_decayed_weights({weight_decay}), "
      "optax.scale_by_learning_rate({learning_rate}))",
      lambda h: exact.momentum(form="trace", momentum=h["decay"], weight_decay=h["weight_decay"]),
      dict(learning_rate=0.1, decay=0.9, weight_decay=0.01),
      dict(learning_rate=0.02, decay=0.5, weight_decay=0.2),
      text="momentum(lr={learning_rate}, momentum={decay}, weight_decay={weight_decay}, decay=decoupled)")
optax("decay-constant-sgd",
      "optax.chain(optax.scale_by_learning_rate({learning_rate}), optax.add_decayed_weights(-{weight_decay}))",
      lambda h: exact.momentum(form="trace", weight_decay=h["weight_decay"], decay="constant"),
      dict(learning_rate=0.1, weight_decay=0.001), dict(learning_rate=0.02, weight_decay=0.05),
      text="sgd(lr={learning_rate}, weight_decay={weight_decay}, decay=constant)",
      also=["decay({weight_decay}, form=constant) | sgd(lr={learning_rate})"])
optax("decay-coupled-adam",
      "optax.chain(optax.add_decayed_weights({weight_decay}), optax.adam(learning_rate={learning_rate}))",
      lambda h: exact.adam(weight_decay=h["weight_decay"], decay="coupled"),
      dict(learning_rate=0.01, weight_decay=0.01), dict(learning_rate=0.003, weight_decay=0.2),
      text="adam(lr={learning_rate}, weight_decay={weight_decay}, decay=coupled)")
optax("decay-constant-adam",
      "optax.chain(optax.adam(learning_rate={learning_rate}), optax.add_decayed_weights(-{weight_decay}))",
      lambda h: exact.adam(weight_decay=h["weight_decay"], decay="constant"),
      dict(learning_rate=0.01, weight_decay=0.001), dict(learning_rate=0.003, weight_decay=0.05),
      text="adam(lr={learning_rate}, weight_decay={weight_decay}, decay=constant)")
for nesterov, name, forms in (
    (False, "momentum", ["momentum(form="]),
    (True, "nesterov", ["nesterov(form=", "momentum(nesterov=true, form="]),
):
    also = [f + "{0}, lr={{learning_rate}}, momentum={{decay}}, weight_decay={{weight_decay}}, decay={1})" for f in forms]
    rates = dict(learning_rate=0, decay=0.9), dict(learning_rate=0, decay=0.5)
    optax(f"decay-decoupled-{name}-rates",
          f"optax.chain(optax.trace(decay={{decay}}, nesterov={nesterov}), "
          "optax.add_decayed_weights({weight_decay}), optax.scale_by_learning_rate({learning_rate}))",
          lambda h: exact.momentum(form="trace", momentum=h["decay"], nesterov=nesterov, weight_decay=h["weight_decay"]),
          rates[0] | dict(weight_decay=0.01), rates[1] | dict(weight_decay=0.2), changing=True,
          text=also[0].format("trace", "decoupled"), also=[t.format("trace", "decoupled") for t in also[1:]])
    optax(f"decay-constant-{name}-rates",
          f"optax.chain(optax.sgd(learning_rate={{learning_rate}}, momentum={{decay}}, nesterov={nesterov}), "
          "optax.add_decayed_weights(-{weight_decay}))",
          lambda h: exact.momentum(form="trace", momentum=h["decay"], nesterov=nesterov,
                                   weight_decay=h["weight_decay"], decay="constant"),
          rates[0] | dict(weight_decay=0.001), rates[1] | dict(weight_decay=0.05), changing=True,
          text=also[0].format("trace", "constant"), also=[t.format("trace", "constant") for t in also[1:]])
    optax(f"decay-constant-{name}-velocity-rates",
          "optax.chain(optax.scale_by_learning_rate({learning_rate}), "
          f"optax.trace(decay={{decay}}, nesterov={nesterov}), optax.add_decayed_weights(-{{weight_decay}}))",
          lambda h: exact.momentum(form="velocity", momentum=h["decay"], nesterov=nesterov,
                                   weight_decay=h["weight_decay"], decay="constant"),
          rates[0] | dict(weight_decay=0.001), rates[1] | dict(weight_decay=0.05), changing=True,
          text=also[0].format("velocity", "constant"),
          also=[t.format(form, "constant") for form in ("velocity", "heavy_ball") for t in also][1:])
optax("decay-constant-adagrad",
      "optax.chain(optax.adagrad(learning_rate={learning_rate}, initial_accumulator_value={initial}, eps={eps}), "
      "optax.add_decayed_weights(-{weight_decay}))",
      lambda h: exact.adagrad(epsilon=h["eps"], epsilon_place="inside", initial_accumulator=h["initial"],
                              weight_decay=h["weight_decay"], decay="constant"),
      dict(learning_rate=0.1, initial=0.1, eps=1e-7, weight_decay=0.001),
      dict(learning_rate=0.02, initial=0.5, eps=1e-3, weight_decay=0.05),
      text="adagrad(lr={learning_rate}, epsilon={eps}, epsilon_place=inside, initial_accumulator={initial}, "
      "weight_decay={weight_decay}, decay=constant)")
optax("decay-constant-rmsprop-rates",
      "optax.chain(optax.rmsprop(learning_rate={learning_rate}, decay={decay}, eps={eps}, momentum={momentum}), "
      "optax.add_decayed_weights(-{weight_decay}))",
      lambda h: exact.rmsprop(rho=h["decay"], epsilon=h["eps"], epsilon_place="inside", momentum=h["momentum"],
                              momentum_form="velocity", weight_decay=h["weight_decay"], decay="constant"),
      dict(learning_rate=0, decay=0.9, eps=1e-8, momentum=0.8, weight_decay=0.001),
      dict(learning_rate=0, decay=0.99, eps=1e-4, momentum=0.5, weight_decay=0.05), changing=True,
      text="rmsprop(lr={learning_rate}, rho={decay}, epsilon={eps}, epsilon_place=inside, momentum={momentum}, "
      "form=velocity, weight_decay={weight_decay}, decay=constant)")
for outside in (False, True):
    place = "outside" if outside else "inside"
    optax("rmsprop-begun-" + place,
          "optax.rmsprop(learning_rate={learning_rate}, decay={decay}, eps={eps}, initial_scale={initial_scale}, "
          f"eps_in_sqrt={not outside})",
          lambda h: exact.rmsprop(rho=h["decay"], epsilon=h["eps"], epsilon_place=place,
                                  initial_accumulator=h["initial_scale"]),
          dict(learning_rate=0.01, decay=0.9, eps=1e-8, initial_scale=1.0),
          dict(learning_rate=0.003, decay=0.99, eps=1e-4, initial_scale=0.02),
          text="rmsprop(lr={learning_rate}, rho={decay}, epsilon={eps}, epsilon_place=" + place + ", "
          "initial_accumulator={initial_scale})",
          also=["optax.scale_by_rms(decay={decay}, eps={eps}, initial_scale={initial_scale}, eps_in_sqrt="
                + value(not outside) + ") | optax.scale_by_learning_rate({learning_rate})"])
optax("decay-constant-rates",
      "optax.chain(optax.scale_by_learning_rate({learning_rate}), optax.add_decayed_weights(-{weight_decay}))",
      lambda h: exact.momentum(form="trace", weight_decay=h["weight_decay"], decay="constant"),
      dict(learning_rate=0, weight_decay=0.001), dict(learning_rate=0, weight_decay=0.05),
      text="sgd(lr={learning_rate}, weight_decay={weight_decay}, decay=constant)", changing=True)
optax("decay-decoupled-rates",
      "optax.chain(optax.add_decayed_weights({weight_decay}), optax.scale_by_learning_rate({learning_rate}))",
      lambda h: exact.momentum(form="trace", weight_decay=h["weight_decay"]),
      dict(learning_rate=0, weight_decay=0.1), dict(learning_rate=0, weight_decay=0.5),
      text="sgd(lr={learning_rate}, weight_decay={weight_decay}, decay=decoupled)", changing=True)

# ---------------------------------------------------------------- no library has them

for changing, suffix in ((False, ""), (True, "-rates")):
    paper("heavy-ball" + suffix, "momentum(lr={lr}, momentum={momentum}, form=heavy_ball)",
          lambda h: exact.momentum(form="heavy_ball", **h),
          dict(lr=0.1, momentum=0.9), dict(lr=0.02, momentum=0.5), changing=changing)
    paper("heavy-ball-nesterov" + suffix,
          "momentum(lr={lr}, momentum={momentum}, form=heavy_ball, nesterov=true)",
          lambda h: exact.momentum(form="heavy_ball", nesterov=True, **h),
          dict(lr=0.1, momentum=0.9), dict(lr=0.02, momentum=0.5), changing=changing)
    paper("averaged-nesterov-debias" + suffix,
          "momentum(lr={lr}, momentum={momentum}, form=averaged, nesterov=true, debias=true)",
          lambda h: exact.momentum(form="averaged", nesterov=True, debias=True, **h),
          dict(lr=0.1, momentum=0.9), dict(lr=0.03, momentum=0.5), changing=changing)
    paper("decay-proximal" + suffix, "sgd(lr={lr}, weight_decay={weight_decay}, decay=proximal)",
          lambda h: exact.momentum(form="trace", decay="proximal", **h),
          dict(lr=0.1, weight_decay=0.02), dict(lr=0.02, weight_decay=0.3),
          also=["sgd(lr={lr}) | decay({weight_decay}, form=proximal)"], changing=changing)
    paper("decay-proximal-momentum" + suffix,
          "momentum(lr={lr}, momentum={momentum}, weight_decay={weight_decay}, decay=proximal)",
          lambda h: exact.momentum(form="trace", decay="proximal", **h),
          dict(lr=0.1, momentum=0.9, weight_decay=0.02), dict(lr=0.02, momentum=0.5, weight_decay=0.3),
          changing=changing)
paper("decay-proximal-adam", "adam(lr={lr}, weight_decay={weight_decay}, decay=proximal)",
      lambda h: exact.adam(decay="proximal", **h),
      dict(lr=0.01, weight_decay=0.02), dict(lr=0.003, weight_decay=0.3))

for form in ("trace", "heavy_ball"):
    for nesterov in (False, True):
        if form == "trace" and not nesterov:
            continue  # above
        conventions = "form=" + form + ", lr={lr}, momentum={momentum}, weight_decay={weight_decay}, decay=proximal)"
        paper(f"decay-proximal-{'nesterov' if nesterov else 'momentum'}-{form.replace('_', '-')}-rates",
              "momentum(nesterov=" + value(nesterov) + ", " + conventions,
              lambda h: exact.momentum(form=form, nesterov=nesterov, decay="proximal", **h),
              dict(lr=0, momentum=0.9, weight_decay=0.02), dict(lr=0, momentum=0.5, weight_decay=0.3),
              also=["nesterov(" + conventions] if nesterov else [], changing=True)
paper("decay-proximal-adagrad",
      "adagrad(lr={lr}, epsilon={epsilon}, initial_accumulator={initial_accumulator}, weight_decay={weight_decay}, "
      "decay=proximal)",
      lambda h: exact.adagrad(epsilon_place="outside", decay="proximal", **h),
      dict(lr=0.1, epsilon=1e-8, initial_accumulator=0.1, weight_decay=0.02),
      dict(lr=0.02, epsilon=1e-3, initial_accumulator=0.5, weight_decay=0.3))
paper("decay-proximal-rmsprop-rates",
      "rmsprop(lr={lr}, rho={rho}, epsilon={epsilon}, momentum={momentum}, weight_decay={weight_decay}, decay=proximal)",
      lambda h: exact.rmsprop(epsilon_place="outside", decay="proximal", **h),
      dict(lr=0, rho=0.9, epsilon=1e-8, momentum=0.8, weight_decay=0.02),
      dict(lr=0, rho=0.99, epsilon=1e-4, momentum=0.5, weight_decay=0.3), changing=True)

# Adam with its corrections left out, and with its other places of epsilon.
ADAM_A = dict(lr=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8)
ADAM_B = dict(lr=0.003, beta1=0.8, beta2=0.95, epsilon=1e-5)
NUMBERS = "lr={lr}, beta1={beta1}, beta2={beta2}, epsilon={epsilon}"
for place, corrected in (
    ("outside", "first"), ("outside", "second"), ("outside", "none"),
    ("inside", "first"), ("inside", "second"), ("inside", "none"), ("hat", "second"),
):
    conventions = f", epsilon_place={place}, bias_correction={corrected}"
    build = lambda h, place=place, corrected=corrected: exact.adam(
        epsilon_place=place, correct_first=corrected == "first", correct_second=corrected == "second", **h)
    same = []
    if place == "outside" and corrected != "second":
        # without the second correction there is no difference
        same = [f", epsilon_place=hat, bias_correction={corrected}"]
    paper(f"adam-{place}-{corrected}", "adam(" + NUMBERS + conventions + ")", build, ADAM_A, ADAM_B,
          also=["adam(" + NUMBERS + c + ")" for c in same])
    paper(f"adamw-{place}-{corrected}",
          "adamw(" + NUMBERS + ", weight_decay={weight_decay}" + conventions + ")", build,
          ADAM_A | dict(weight_decay=0.02), ADAM_B | dict(weight_decay=0.3),
          also=["adamw(" + NUMBERS + ", weight_decay={weight_decay}" + c + ")" for c in same])


# ---------------------------------------------------------------- conventions in pairs

SINGLY = len(CASES)  # from here on fewer points are stored

torch("adagrad-pairs", "Adagrad", exact.torch_adagrad,
      dict(lr=0.1, lr_decay=0.01, weight_decay=0.02), dict(lr=0.2, lr_decay=0.05, eps=1e-6, maximize=True))
torch("adam-pairs", "Adam", exact.torch_adam,
      dict(lr=0.01, weight_decay=0.02, maximize=True),
      dict(lr=0.003, betas=(0.8, 0.9), eps=1e-6, amsgrad=True, maximize=True))
torch("adamw-maximize", "AdamW", exact.torch_adamw,
      dict(lr=0.01, maximize=True), dict(lr=0.02, betas=(0.8, 0.95), weight_decay=0.2, maximize=True))
torch("sgd-momentum-maximize", "SGD", exact.torch_sgd,
      dict(lr=0.1, momentum=0.9, maximize=True), dict(lr=0.02, momentum=0.5, maximize=True))
RMSPROP_COUPLED = ("rmsprop(lr={lr}, rho={alpha}, epsilon={eps}, epsilon_place=outside, weight_decay={weight_decay}, "
                   "decay=coupled")
torch("rmsprop-coupled", "RMSprop", exact.torch_rmsprop,
      # With a small epsilon the signs of g + decay * p decide, and rounding does where that is almost 0.
      dict(lr=0.01, alpha=0.9, eps=1e-3, weight_decay=0.02), dict(lr=0.003, alpha=0.99, eps=1e-4, weight_decay=0.3),
      also=[RMSPROP_COUPLED + ")"])
torch("rmsprop-coupled-centered", "RMSprop", exact.torch_rmsprop,
      dict(lr=0.01, alpha=0.9, eps=1e-3, weight_decay=0.02, centered=True),
      dict(lr=0.003, alpha=0.99, eps=1e-4, weight_decay=0.3, centered=True),
      also=[RMSPROP_COUPLED + ", centered=true)"])
torch("rmsprop-maximize-pairs", "RMSprop", exact.torch_rmsprop,
      dict(lr=0.01, weight_decay=0.02, maximize=True), dict(lr=0.003, alpha=0.9, momentum=0.5, maximize=True))
torch("rmsprop-maximize-centered", "RMSprop", exact.torch_rmsprop,
      dict(lr=0.01, eps=1e-6, centered=True, maximize=True),
      dict(lr=0.003, alpha=0.9, eps=1e-4, centered=True, maximize=True))

keras("sgd-clipnorm-alone", "SGD", exact.keras_sgd,
      dict(learning_rate=0.1, clipnorm=1.2), dict(learning_rate=0.02, clipnorm=0.03),
      also=["clip_norm({clipnorm}, scope=tensor) | sgd(lr={learning_rate})"])

optax("scale-alone", "optax.chain(optax.scale(step_size={step_size}), optax.scale_by_learning_rate({learning_rate}))",
      lambda h: lambda n: lambda ps, gs, t, lr: [p - n.scalar(lr) * n.scalar(h["step_size"]) * g for p, g in zip(ps, gs)],
      dict(learning_rate=0.1, step_size=0.5), dict(learning_rate=0.02, step_size=3.0),
      text="optax.scale(step_size={step_size}) | optax.scale_by_learning_rate({learning_rate})")
for name, more in (("root", dict(eps_root=1e-7)), ("nesterov", dict(nesterov=True))):
    optax("scale-by-adam-" + name,
          "optax.chain(optax.scale_by_adam(b1={b1}, b2={b2}, eps={eps}, "
          + listed(more, repr) + "), optax.scale_by_learning_rate({learning_rate}))",
          lambda h: exact.optax_adam(**{k: v for k, v in h.items() if k != "learning_rate"}, **more),
          dict(learning_rate=0.01, b1=0.9, b2=0.999, eps=1e-8), dict(learning_rate=0.003, b1=0.8, b2=0.95, eps=1e-5),
          text="optax.scale_by_adam(b1={b1}, b2={b2}, eps={eps}, " + listed(more)
          + ") | optax.scale_by_learning_rate({learning_rate})")

# Coupled decay before each form, with a changing rate.
COUPLED = "optax.chain(optax.add_decayed_weights({weight_decay}), "
RATE = "optax.scale_by_learning_rate({learning_rate})"
for nesterov in (False, True):
    for name, transforms, forms in (
        ("velocity", RATE + f", optax.trace(decay={{decay}}, nesterov={nesterov})", ("velocity", "heavy_ball")),
        ("averaged", ("optax.trace(decay={decay}, nesterov=True), optax.scale(1 - {decay}), " if nesterov
                      else "optax.ema(decay={decay}, debias=False), ") + RATE, ("averaged",)),
        ("two_rates", f"optax.scale(step_size=3.0), optax.trace(decay={{decay}}, nesterov={nesterov}), " + RATE,
         ("two_rates, gradient_rate=3.0",)),
    ):
        texts = ["momentum(lr={learning_rate}, momentum={decay}, weight_decay={weight_decay}, decay=coupled, "
                 f"nesterov={value(nesterov)}, form={f})" for f in forms]
        optax(f"decay-coupled-{name.replace('_', '-')}{'-nesterov' if nesterov else ''}-rates",
              COUPLED + transforms + ")",
              lambda h: exact.momentum(form=name, nesterov=nesterov, momentum=h["decay"],
                                       weight_decay=h["weight_decay"], decay="coupled",
                                       **(dict(gradient_rate=3.0) if name == "two_rates" else {})),
              dict(learning_rate=0, decay=0.9, weight_decay=0.01), dict(learning_rate=0, decay=0.5, weight_decay=0.2),
              text=texts[0], also=texts[1:], changing=True)
optax("decay-coupled-adagrad", COUPLED
      + "optax.adagrad(learning_rate={learning_rate}, initial_accumulator_value={initial}, eps={eps}))",
      lambda h: exact.adagrad(epsilon=h["eps"], epsilon_place="inside", initial_accumulator=h["initial"],
                              weight_decay=h["weight_decay"], decay="coupled"),
      dict(learning_rate=0.1, initial=0.1, eps=1e-7, weight_decay=0.02),
      dict(learning_rate=0.02, initial=0.5, eps=1e-3, weight_decay=0.3),
      text="adagrad(lr={learning_rate}, epsilon={eps}, epsilon_place=inside, initial_accumulator={initial}, "
      "weight_decay={weight_decay}, decay=coupled)")
optax("decay-coupled-rmsprop", COUPLED
      + "optax.rmsprop(learning_rate={learning_rate}, decay={decay}, eps={eps}))",
      lambda h: exact.rmsprop(rho=h["decay"], epsilon=h["eps"], epsilon_place="inside",
                              weight_decay=h["weight_decay"], decay="coupled"),
      dict(learning_rate=0.01, decay=0.9, eps=1e-8, weight_decay=0.02),
      dict(learning_rate=0.003, decay=0.99, eps=1e-4, weight_decay=0.3),
      text="rmsprop(lr={learning_rate}, rho={decay}, epsilon={eps}, epsilon_place=inside, weight_decay={weight_decay}, "
      "decay=coupled)")

for decay in ("decoupled", "constant", "proximal"):
    small = dict(weight_decay=0.002) if decay == "constant" else dict(weight_decay=0.02)
    large = dict(weight_decay=0.05) if decay == "constant" else dict(weight_decay=0.3)
    if decay != "proximal":
        paper(f"decay-{decay}-adagrad", "adagrad(lr={lr}, epsilon={epsilon}, weight_decay={weight_decay}, decay="
              + decay + ")", lambda h: exact.adagrad(epsilon_place="outside", decay=decay, **h),
              dict(lr=0.1, epsilon=1e-8) | small, dict(lr=0.02, epsilon=1e-3) | large)
    paper(f"decay-{decay}-rmsprop", "rmsprop(lr={lr}, rho={rho}, epsilon={epsilon}, weight_decay={weight_decay}, decay="
          + decay + ")", lambda h: exact.rmsprop(epsilon_place="outside", decay=decay, **h),
          dict(lr=0.01, rho=0.9, epsilon=1e-8) | small, dict(lr=0.003, rho=0.99, epsilon=1e-4) | large)
for place, corrected in (("inside", "both"), ("hat", "both"), ("outside", "first"), ("outside", "second"),
                         ("outside", "none")):
    paper(f"adam-coupled-{place}-{corrected}",
          "adam(" + NUMBERS + f", weight_decay={{weight_decay}}, decay=coupled, epsilon_place={place}, "
          f"bias_correction={corrected})",
          lambda h: exact.adam(epsilon_place=place, correct_first=corrected in ("first", "both"),
                               correct_second=corrected in ("second", "both"), decay="coupled", **h),
          ADAM_A | dict(weight_decay=0.02), ADAM_B | dict(weight_decay=0.3))

paper("decay-proximal-before", "decay({weight_decay}, form=proximal) | sgd(lr={lr})",
      lambda h: lambda n: lambda ps, gs, t, lr: [
          p / (1 + n.scalar(lr) * n.scalar(h["weight_decay"])) - n.scalar(lr) * g for p, g in zip(ps, gs)],
      dict(lr=0.1, weight_decay=0.02), dict(lr=0.02, weight_decay=0.3))

FEW = {case.name for case in CASES[SINGLY:]}


# ---------------------------------------------------------------- writing

VERSIONS = {}
for line in (HERE / "requirements.txt").read_text().split():
    package, version = line.split("==")
    VERSIONS["exact" if package == "mpmath" else package] = f"{package} {version}"


def read_measured():
    """What check.py found: {name: (error of the library, error of float32)}."""
    path = HERE / "measured.tsv"
    if not path.exists():
        return {}
    rows = csv.DictReader(path.read_text().splitlines(), delimiter="\t")
    return {r["name"]: (float(r["library"]), float(r["float32"])) for r in rows}


def write():
    measured = read_measured()
    lines = ["trajectory\tlibrary\tcall\trates\ttolerance\tfloat32\ttext\n"]
    for case in CASES:
        call = case.call if not case.before else case.before + "; " + case.call
        single = measured.get(case.name, (0.0, 0.0))[1]
        for text in case.texts:
            fields = (case.name, VERSIONS[case.library], call, case.rates or "-",
                      repr(case.tolerance), f"{single:.0e}", text)
            lines.append("\t".join(fields) + "\n")
    (RESOURCES / "cases.tsv").write_text("".join(lines))


if __name__ == "__main__":
    write()
    print(len(CASES), "trajectories of three sequences,", sum(len(c.texts) for c in CASES), "texts")
