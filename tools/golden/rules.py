#!/usr/bin/env python3
"""Golden values of one method: executed calls, and the texts of Thalweg's that mean the same.

    python3 tools/golden/rules.py lion          writes optim/src/test/resources/golden/rules/lion.tsv
    python3 tools/golden/rules.py --all         all of them

What is executed for a method stands in tools/golden/rules/NAME.py, which calls the functions below.
A call is executed twice, with the hyperparameters `a` and `b`, on the start and the gradients of
gradients.tsv, in float64 (64 steps of three sequences; stored are the points after STORED). Where
`a` and `b` have no rate, the rate changes: the lists `drop` and `zigzag`.

    torch("NAdam", dict(lr=0.01), dict(lr=0.003, betas=(0.8, 0.95)), also=["nadam(lr={lr}, …)"])
    keras("Lion", dict(learning_rate=0.01), dict(…))
    optax("lion", dict(learning_rate=0.01), dict(…))              # also contrib: "contrib.adopt"
    reference("dog", "dog-optimizer 1.0.3", make, dict(…), dict(…), text="dog(lr={lr})")

`make(parameters, **hyperparameters)` gives a torch optimizer. The texts of libraries' calls are made
from the arguments; `also` are further texts of the same trajectory, {name} standing for a value,
{betas_1} for the first of several.
"""
import functools
import importlib.metadata
import inspect
import os
import pathlib
import sys

os.environ.setdefault("JAX_ENABLE_X64", "1")
os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE))

import numpy as np

from gradients import RESOURCES, STEPS, read, text

STORED = (1, 2, 8, 64)
OUTPUT = RESOURCES / "rules"
START, SEQUENCES, RATES = read()
LINES = []
ONLY = ""


def value(x):
    """As Thalweg reads it."""
    if isinstance(x, bool):
        return str(x).lower()
    if isinstance(x, tuple):
        return "(" + ", ".join(value(y) for y in x) + ")"
    return x if isinstance(x, str) else repr(x)


def python(x):
    return f"'{x}'" if isinstance(x, str) else repr(x)


def listed(arguments, show):
    return ", ".join(f"{k}={show(v)}" for k, v in arguments.items())


def sets(rate, a, b):
    """Label, hyperparameters without the rate, the rate as text, the name of the list, 64 rates."""
    for label, h, rates in (("a", a, "drop"), ("b", b, "zigzag")):
        rest = {k: v for k, v in h.items() if k != rate}
        if rate in h:
            yield label, rest, repr(h[rate]), "", np.full(STEPS, h[rate])
        else:
            yield label, rest, "{" + rates + "}", rates, RATES[rates]


def write_case(name, library, call, rates, texts, tolerance, single):
    for one in texts:
        LINES.append(
            ["case", name, library, call, rates or "-", repr(tolerance), repr(single), one])


def add(name, library, call, rate, h, shown_rate, rates, texts, run, tolerance, single):
    shown = {k: value(v) for k, v in h.items()} | {rate: shown_rate, "lr": shown_rate}
    for k, v in h.items():
        if isinstance(v, tuple):  # {betas_1} is the first
            shown |= {f"{k}_{i}": value(x) for i, x in enumerate(v, 1)}
    write_case(name, library, call, rates,
               [t.format_map(shown) for t in texts],
               tolerance, single)
    for sequence, gradients in SEQUENCES.items():
        for step, point in enumerate(run(gradients), 1):
            arrays = [np.asarray(point[k]) for k in START]
            assert all(v.dtype == np.float64 for v in arrays), (name, [v.dtype for v in arrays])
            assert all(np.isfinite(v).all() for v in arrays), (name, sequence, step)
            if step in STORED:
                LINES.append(["point", name, sequence, str(step), *(text(v) for v in arrays)])


def version(package):
    return f"{package} {importlib.metadata.version(package)}"


def timm(module):
    """A file of timm's, without the rest of it, which wants torchvision."""
    import importlib
    import types

    folder = pathlib.Path(importlib.metadata.distribution("timm").locate_file("timm"))
    for name, path in (("timm", folder), ("timm.optim", folder / "optim")):
        if name not in sys.modules:
            sys.modules[name] = types.ModuleType(name)
            sys.modules[name].__path__ = [str(path)]
    return importlib.import_module(f"timm.optim.{module}")


def torch_run(make, rates, changing, before=None):
    import torch

    torch.set_default_dtype(torch.float64)

    def run(gradients):
        torch.manual_seed(0)
        parameters = [torch.nn.Parameter(torch.tensor(v)) for v in START.values()]
        optimizer = make(parameters)
        for gradient, rate in zip(gradients, rates):
            if changing:
                for group in optimizer.param_groups:
                    group["lr"] = float(rate)
            for name, p in zip(START, parameters):
                p.grad = torch.tensor(gradient[name])
            if before:
                before(parameters)
            optimizer.step()
            yield {k: p.detach().numpy().copy() for k, p in zip(START, parameters)}

    return run


def torch(optimizer, a, b, also=(), name=None, tolerance=1e-12, single=1e-5):
    import torch

    base = name or optimizer.lower()
    signature(f"torch.{optimizer}", getattr(torch.optim, optimizer), first=1)
    for label, h, shown, rates, values in sets("lr", a, b):
        call = f"torch.optim.{optimizer}(parameters, lr={shown}, {listed(h, python)})"
        own = f"torch.{optimizer}({listed(dict(lr='{lr}') | h, value)})"
        make = lambda ps: getattr(torch.optim, optimizer)(ps, lr=float(values[0]), **h)
        add(f"torch-{base}-{label}", version("torch"), call, "lr", h, shown, rates, [own, *also],
            torch_run(make, values, rates), tolerance, single)


def reference(name, library, make, a, b, text="", also=(), rate="lr", tolerance=1e-12, single=1e-5,
              before=None, call=None, only=None):
    """A torch optimizer of anybody's. `library`: the package, or a text that names the file. `only`:
    the label of the only set, where the sets have texts of their own."""
    if " " not in library:
        library = version(library)
    for label, h, shown, rates, values in sets(rate, a, b):
        if only not in (None, label):
            continue
        shown_call = f"{call or make.__name__}(parameters, {rate}={shown}, {listed(h, python)})"
        built = lambda ps: make(ps, **{rate: float(values[0])}, **h)
        add(f"{name}-{label}", library, shown_call, rate, h, shown, rates,
            ([text] if text else []) + list(also), torch_run(built, values, rates, before),
            tolerance, single)


def function(name, library, step, a, b, text="", also=(), rate="lr", tolerance=1e-12, single=1e-5):
    """A rule written here: `step(state, p, g, t, lr, **h)` of one array gives the new p. For forms
    that no library has: `library` says from which formula it is written."""
    for label, h, shown, rates, values in sets(rate, a, b):

        def run(gradients):
            states = {k: {} for k in START}
            p = {k: v.copy() for k, v in START.items()}
            for t, (gradient, lr) in enumerate(zip(gradients, values), 1):
                p = {k: step(states[k], p[k].copy(), gradient[k].copy(), t, float(lr), **h)
                     for k in START}
                yield p

        add(f"{name}-{label}", library, f"{step.__name__}({rate}={shown}, {listed(h, python)})",
            rate, h, shown, rates, ([text] if text else []) + list(also), run, tolerance, single)


def keras(optimizer, a, b, also=(), name=None, tolerance=1e-12, single=1e-5):
    import keras

    keras.config.set_floatx("float64")
    base = name or optimizer.lower()
    signature(f"keras.{optimizer}", getattr(keras.optimizers, optimizer))
    for label, h, shown, rates, values in sets("learning_rate", a, b):
        call = f"keras.optimizers.{optimizer}(learning_rate={shown}, {listed(h, python)})"
        own = f"keras.{optimizer}({listed(dict(learning_rate='{learning_rate}') | h, value)})"

        def run(gradients):
            keras.backend.clear_session()
            built = getattr(keras.optimizers, optimizer)(learning_rate=float(values[0]), **h)
            variables = [keras.Variable(v.copy(), dtype="float64", name=k) for k, v in START.items()]
            built.build(variables)
            for gradient, rate in zip(gradients, values):
                if rates:
                    built.learning_rate = float(rate)
                built.apply([keras.ops.convert_to_tensor(gradient[k], dtype="float64") for k in START],
                            variables)
                yield {k: np.array(keras.ops.convert_to_numpy(v)) for k, v in zip(START, variables)}

        add(f"keras-{base}-{label}", version("keras"), call, "learning_rate", h, shown, rates,
            [own, *also], run, tolerance, single)


def optax(optimizer, a, b, also=(), name=None, text=None, call=None, tolerance=1e-12, single=1e-5,
          jit=False, only=None):
    """`call`: a Python expression instead, {names} being the arguments, with its Thalweg `text`.
    `jit`: compiled, which matrix methods need. `only`: the label of the only set, where the sets
    have texts of their own."""
    import jax
    import jax.numpy as jnp
    import optax

    base = name or optimizer.split(".")[-1].replace("_", "-")
    if call is None:
        signature(f"optax.{optimizer.split('.')[-1]}",
                  functools.reduce(getattr, optimizer.split("."), optax))
    for label, h, shown, rates, values in sets("learning_rate", a, b):
        if only not in (None, label):
            continue
        expression = call or f"optax.{optimizer}({{learning_rate}}" + "".join(
            f", {k}={python(v)}" for k, v in h.items()) + ")"
        names = {k: python(v) for k, v in h.items()}
        python_call = expression.format_map(names | {"learning_rate": "rates" if rates else shown})
        own = text or f"optax.{optimizer.split('.')[-1]}({listed(dict(learning_rate='{learning_rate}') | h, value)})"

        table = jnp.asarray(values)
        built = eval(python_call, {"optax": optax, "jnp": jnp, "rates": lambda count: table[count]})
        update = jax.jit(built.update) if jit else built.update

        def run(gradients, built=built, update=update):
            parameters = jax.tree.map(jnp.asarray, START)
            state = built.init(parameters)
            for gradient in gradients:
                updates, state = update(
                    jax.tree.map(jnp.asarray, gradient), state, parameters)
                parameters = optax.apply_updates(parameters, updates)
                yield {k: np.asarray(parameters[k]) for k in START}

        add(f"optax-{base}-{label}", version("optax"), python_call, "learning_rate", h, shown, rates,
            [own, *also], run, tolerance, single)


def signature(name, call, first=0):
    """The arguments in their places, for SignaturesTest."""
    names = []
    for argument, parameter in inspect.signature(call).parameters.items():
        if parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        if parameter.kind == parameter.KEYWORD_ONLY and "*" not in names:
            names.append("*")
        names.append(argument)
    line = ["signature", name, " ".join(names[first:])]
    if line not in LINES:
        LINES.append(line)


def survives(formula, fault, why):
    """A fault that these values can't notice, since it is the same mathematics: as MutantTest calls
    both."""
    LINES.append(["survives", formula, fault, why])


def alike(formula, convention, why):
    """Another convention that is the same mathematics here."""
    LINES.append(["alike", formula, convention, why])


def make(name):
    LINES.clear()
    source = (HERE / "rules" / f"{name}.py").read_text()
    exec(compile(source, f"{name}.py", "exec"), globals() | {"__name__": name})
    survivors = HERE / "rules" / f"{name}.survivors"  # formula, fault, reason
    if survivors.exists():
        LINES.extend(["survives", *line.split("\t")] for line in survivors.read_text().splitlines())
    OUTPUT.mkdir(parents=True, exist_ok=True)
    (OUTPUT / f"{name}.tsv").write_text("".join("\t".join(line) + "\n" for line in LINES))
    print(name, sum(line[0] == "case" for line in LINES), "texts")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    names = sys.argv[1:]
    if names == ["--all"]:
        names = sorted(path.stem for path in (HERE / "rules").glob("*.py"))
    for each in names:
        make(each)
