#!/usr/bin/env python3
"""Golden values of optimizers that ask for gradients or values at points of their own.

    python3 tools/golden/asks.py        writes optim/src/test/resources/golden/asks.tsv

Executed: pytorch_optimizer 4.1.0 (SAM, GSAM; the norm of the gradients in float64, which it takes in float32),
Optax 0.2.8 (sam, polyak_sgd, lbfgs, reduce_on_plateau), torch 2.15.0 (LBFGS), the authors' SophiaG, in float64 on the function

    f(v, M) = sum_i (i + 1) / 5 (v_i - 0.3 i)^2 + sum_k (M_k^2 - 1)^2 / 4 + (sum_i v_i) (sum_k M_k) / 10

of a vector of 5 and a matrix of 3 x 4, which AskingGoldenTest has, too. Lines: `case`, name, library, call,
text; `point`, name, step, vector, matrix.
"""
import importlib.metadata
import os
import pathlib
import sys

os.environ.setdefault("JAX_ENABLE_X64", "1")
os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import torch
import pytorch_optimizer.optimizer.sam
from pytorch_optimizer import GSAM, SAM
from pytorch_optimizer.lr_scheduler import ProportionScheduler

from gradients import RESOURCES, text

STEPS, STORED = 40, (1, 2, 4, 8, 40)
VECTOR = np.array([1.5, -0.7, 0.2, 0.9, -1.1])
MATRIX = np.linspace(-1.4, 1.7, 12).reshape(3, 4)
LINES = []


def squares(groups, weight_adaptive=False):
    """The sum of all squares of gradients, of adaptive groups times the weights, as one number."""
    return sum(((p.abs() if weight_adaptive and group["adaptive"] else 1) * p.grad).square().sum()
               for group in groups for p in group["params"]).reshape(1)


pytorch_optimizer.optimizer.sam.get_global_gradient_norm = squares


def version(package):
    return f"{package} {importlib.metadata.version(package)}"


def f(v, m, lib=torch):
    i = torch.arange(5, dtype=torch.float64) if lib is torch else lib.arange(5.0)
    return (((i + 1) / 5 * (v - 0.3 * i) ** 2).sum() + ((m ** 2 - 1) ** 2).sum() / 4
            + v.sum() * m.sum() / 10)


def write(name, library, call, ours, points, stored=STORED):
    LINES.append(["case", name, library, call, ours])
    for step, (v, m) in enumerate(points, 1):
        if step in stored:
            LINES.append(["point", name, str(step), text(v), text(m)])


def of_torch(name, call, ours, make, library="pytorch_optimizer", stored=STORED, source=None):
    torch.set_default_dtype(torch.float64)
    parameters = [torch.nn.Parameter(torch.tensor(VECTOR)), torch.nn.Parameter(torch.tensor(MATRIX))]
    optimizer = make(parameters)

    def closure():
        optimizer.zero_grad()
        loss = f(*parameters)
        loss.backward()
        return loss

    def points():
        for _ in range(STEPS):
            if library != "torch":  # which asks for the first gradient itself
                closure()
            optimizer.step(closure)
            yield [p.detach().numpy().copy() for p in parameters]

    write(name, source or version(library), call, ours, points(), stored)


def adaptive(parameters, **settings):
    return SAM(parameters, torch.optim.SGD, adaptive=True, **settings)


of_torch("sam-sgd", "SAM(parameters, SGD, rho=0.05, lr=0.05)", "sam(sgd(lr=0.05), rho=0.05)",
         lambda ps: SAM(ps, torch.optim.SGD, rho=0.05, lr=0.05))
of_torch("sam-adamw", "SAM(parameters, AdamW, rho=0.2, lr=0.03, weight_decay=0.1)",
         "sam(rho=0.2) | adamw(lr=0.03, weight_decay=0.1)",
         lambda ps: SAM(ps, torch.optim.AdamW, rho=0.2, lr=0.03, weight_decay=0.1))
of_torch("asam-sgd", "SAM(parameters, SGD, rho=0.1, adaptive=True, lr=0.05, momentum=0.9)",
         "asam(momentum(lr=0.05, momentum=0.9), rho=0.1, eta=0)",
         lambda ps: adaptive(ps, rho=0.1, lr=0.05, momentum=0.9))


class Gap:
    """GSAM of pytorch_optimizer on a function without a model."""

    def __init__(self, parameters, rho, alpha, lr):
        base = torch.optim.SGD(parameters, lr=lr)
        rate = torch.optim.lr_scheduler.LambdaLR(base, lambda _: 1)
        constant = ProportionScheduler(rate, max_lr=lr, min_lr=lr, max_value=rho, min_value=rho)
        self.inner = GSAM(parameters, base, torch.nn.Linear(1, 1), constant, alpha=alpha)
        self.zero_grad = base.zero_grad

    def step(self, closure):
        self.inner.step(torch.enable_grad()(lambda: (None, closure())))


for name, rho, alpha, lr in (("gsam-a", 0.05, 0.4, 0.05), ("gsam-b", 0.2, 0.1, 0.02)):
    of_torch(name, f"GSAM(parameters, SGD(lr={lr}), rho={rho}, alpha={alpha})",
             f"gsam(rho={rho}, alpha={alpha}) | sgd(lr={lr})",
             lambda ps: Gap(ps, rho, alpha, lr))


def of_optax():
    import jax
    import jax.numpy as jnp
    import optax

    def value(p):
        return f(p["v"], p["m"], jnp)

    def run(optimizer, extra):
        p = {"v": jnp.asarray(VECTOR), "m": jnp.asarray(MATRIX)}
        state = optimizer.init(p)
        for _ in range(STEPS):
            loss, g = jax.value_and_grad(value)(p)
            updates, state = optimizer.update(g, state, p, **extra(loss))
            p = optax.apply_updates(p, updates)
            yield np.asarray(p["v"]), np.asarray(p["m"])

    write("sam-optax", version("optax"),
          "optax.contrib.sam(optax.adam(0.03), optax.chain(optax.contrib.normalize(), optax.sgd(0.1)), opaque_mode=True)",
          "sam(adam(lr=0.03), rho=0.1, epsilon=0)",
          run(optax.contrib.sam(optax.adam(0.03), optax.chain(optax.contrib.normalize(), optax.sgd(0.1)),
                                opaque_mode=True),
              lambda loss: dict(grad_fn=lambda p, _: jax.grad(value)(p))))
    adversary = optax.chain(optax.contrib.normalize(), optax.sgd(0.1))
    call = "optax.contrib.sam(optax.sgd(0.03, momentum=0.9), optax.chain(optax.contrib.normalize(), optax.sgd(0.1)), {})"
    text = call.format("sync_period=3, opaque_mode=True")
    write("optax-sam-opaque", version("optax"), text, text,
          run(eval(text, {"optax": optax}), lambda loss: dict(grad_fn=lambda p, _: jax.grad(value)(p))))

    def periods(solver, every):
        for step, point in enumerate(run(solver, lambda loss: {}), 1):
            if step % every == 0:
                yield point

    STEPS_WHOLE = STEPS
    globals()["STEPS"] = 2 * STEPS_WHOLE  # two of its steps are one here
    write("optax-sam", version("optax"), call.format("sync_period=2") + ", points after whole periods", call.format("sync_period=2"),
          periods(optax.contrib.sam(optax.sgd(0.03, momentum=0.9), adversary, sync_period=2), 2))
    globals()["STEPS"] = STEPS_WHOLE
    from noise import normal

    def draws(seed, t, like, first):
        return np.sign([normal(seed, t, first + i) for i in range(like.size)]).reshape(like.shape)

    def sophia(name, ours, seed, **h):
        """With this library's draws: Optax asks for them at every update_interval-th step."""
        every = h["update_interval"]

        def init(_):
            return jnp.zeros([], jnp.int64)

        def update(_, count, params=None, **__):
            table = {k: jnp.asarray([draws(seed, t, np.asarray(v), {"v": 0, "m": 5}[k]) for t in range(1, STEPS + 1, every)])
                     for k, v in {"v": VECTOR, "m": MATRIX}.items()}
            signs = {k: table[k][count] for k in table}
            product = jax.jvp(jax.grad(value), (params,), (signs,))[1]
            return {k: product[k] * signs[k] for k in signs}, count + 1

        write(name, version("optax"), f"optax.contrib.sophia({', '.join(f'{k}={v}' for k, v in h.items())})", ours,
              run(optax.contrib.sophia(hessian_diagonal_fn=optax.GradientTransformationExtraArgs(init, update), **h), lambda loss: {}))

    sophia("sophia-optax-a", "optax.sophia(0.05, b1=0.9, b2=0.8, weight_decay=0.1, gamma=0.5, update_interval=3)", 0,
           learning_rate=0.05, b1=0.9, b2=0.8, weight_decay=0.1, gamma=0.5, update_interval=3)
    sophia("sophia-optax-b", "optax.sophia(0.02, b1=0.8, b2=0.95, eps=0.3, weight_decay=0, clip_threshold=0.7, update_interval=1)", 0,
           learning_rate=0.02, b1=0.8, b2=0.95, eps=0.3, weight_decay=0.0, clip_threshold=0.7, update_interval=1)

    def momo(name, call, solver):
        write(name, version("optax"), "optax.contrib." + call, "optax." + call.replace("True", "true"), run(solver, lambda loss: dict(value=loss)))

    for kind in ("", "_adam"):
        for label, h in (("a", dict(learning_rate=0.1, lower_bound=-3.0, weight_decay=0.05)),
                         ("b", dict(learning_rate=0.05, lower_bound=-1.0, adapt_lower_bound=True)),
                         ("c", dict(learning_rate=0.2, lower_bound=-2.0, adapt_lower_bound=True, weight_decay=0.1))):
            momo(f"momo{kind}-{label}".replace("_", "-"), f"momo{kind}({', '.join(f'{k}={v}' for k, v in h.items())})",
                 getattr(optax.contrib, "momo" + kind)(**h))
    for label, h in (("a", dict(max_learning_rate=0.1, f_min=-3.0)), ("b", dict(max_learning_rate=1.0, scaling=0.5, f_min=-1.5, eps=0.5)),
                     ("c", dict(max_learning_rate=0.05, f_min=1.0)), ("d", dict(max_learning_rate=0.05, f_min=1.0, variant="sps+"))):
        shown = ", ".join(f"{k}={v!r}" for k, v in h.items())
        write(f"polyak-sgd-{label}", version("optax"), f"optax.polyak_sgd({shown})",
              f"optax.polyak_sgd({shown})".replace("'sps+'", "sps_plus"), run(optax.polyak_sgd(**h), lambda loss: dict(value=loss)))
    for label, h in (("a", dict(f_min=-3.0, max_learning_rate=0.1, eps=0.3)), ("b", dict(f_min=1.0, max_learning_rate=1.0, variant="sps+"))):
        shown = ", ".join(f"{k}={v!r}" for k, v in h.items())
        write(f"scale-by-polyak-{label}", version("optax"), f"optax.chain(optax.scale_by_polyak({shown}), optax.scale_by_learning_rate(0.5))",
              f"optax.scale_by_polyak({shown}) | optax.scale_by_learning_rate(0.5)".replace("'sps+'", "sps_plus"),
              run(optax.chain(optax.scale_by_polyak(**h), optax.scale_by_learning_rate(0.5)), lambda loss: dict(value=loss)))
    def compiled(solver, steps, extra):
        """Compiled as one, as searches are slow else."""
        update = jax.jit(lambda p, state, loss, g: solver.update(g, state, p, **extra(loss, g)))
        p = {"v": jnp.asarray(VECTOR), "m": jnp.asarray(MATRIX)}
        state = solver.init(p)
        for _ in range(steps):
            loss, g = jax.value_and_grad(value)(p)
            updates, state = update(p, state, loss, g)
            p = optax.apply_updates(p, updates)
            yield np.asarray(p["v"]), np.asarray(p["m"])

    for label, shown in (("a", "optax.lbfgs()"), ("b", "optax.lbfgs(learning_rate=0.3, memory_size=3)"),
                         ("c", "optax.lbfgs(scale_init_precond=False, memory_size=2)"),
                         ("d", "optax.lbfgs(linesearch=optax.scale_by_zoom_linesearch(max_linesearch_steps=3))"),
                         ("e", "optax.lbfgs(5.0, linesearch=optax.scale_by_zoom_linesearch(2, initial_guess_strategy='one'))"),
                         ("f", "optax.lbfgs(learning_rate=0.4, linesearch=None)")):
        write(f"lbfgs-optax-{label}", version("optax"), shown, shown,
              compiled(eval(shown, {"optax": optax}), 8, lambda loss, g: dict(value=loss, grad=g, value_fn=value)), (1, 2, 4, 8))
    for label, inner, h in (("a", "optax.sgd(0.35, momentum=0.9)", dict(patience=2)),
                            ("b", "optax.adam(0.6)", dict(factor=0.5, patience=1, rtol=0.0, atol=0.05, cooldown=2, min_scale=0.3)),
                            ("c", "optax.sgd(0.3, momentum=0.8)", dict(factor=0.6, patience=0, rtol=0.02, cooldown=1, accumulation_size=3))):
        shown = f"optax.chain({inner}, optax.contrib.reduce_on_plateau({', '.join(f'{k}={v}' for k, v in h.items())}))"
        write(f"plateau-optax-{label}", version("optax"), shown, shown,
              compiled(eval(shown, {"optax": optax}), STEPS, lambda loss, g: dict(value=loss)))
    write("polyak-a", version("optax"), "optax.polyak_sgd(max_learning_rate=0.1, f_min=-3.0)",
          "polyak(lr=0.1, bound=-3)",
          run(optax.polyak_sgd(0.1, f_min=-3.0), lambda loss: dict(value=loss)))
    write("polyak-b", version("optax"), "optax.polyak_sgd(max_learning_rate=1.0, f_min=-1.5, eps=0.5)",
          "polyak(lr=1, bound=-1.5, epsilon=0.5)",
          run(optax.polyak_sgd(1.0, f_min=-1.5, eps=0.5), lambda loss: dict(value=loss)))


of_optax()
for name, settings in (
        ("lbfgs-torch-a", dict(lr=0.1, max_iter=3)),
        ("lbfgs-torch-b", dict(lr=0.5, max_iter=4, history_size=3, tolerance_change=1e-5)),
        ("lbfgs-torch-c", dict(max_iter=2, line_search_fn="strong_wolfe", history_size=4)),
        ("lbfgs-torch-d", dict(lr=0.7, max_iter=6, max_eval=5, tolerance_grad=1e-3, line_search_fn="strong_wolfe"))):
    listed = ", ".join(f"{k}={v}" for k, v in settings.items())
    of_torch(name, f"torch.optim.LBFGS(parameters, {listed})", f"torch.LBFGS({listed})",
             lambda ps: torch.optim.LBFGS(ps, **settings), "torch")
for name, settings, ours in (("lbfgs-a", dict(history_size=10), "lbfgs"),
                             ("lbfgs-b", dict(history_size=3, lr=0.3), "lbfgs(lr=0.3, history=3)")):
    listed = ", ".join(f"{k}={v}" for k, v in settings.items())
    of_torch(name, f"torch.optim.LBFGS(parameters, max_iter=1, max_eval=26, tolerance_change=0, line_search_fn='strong_wolfe', {listed})",
             ours, lambda ps: torch.optim.LBFGS(ps, max_iter=1, max_eval=26, line_search_fn="strong_wolfe",
                                                tolerance_change=0, tolerance_grad=0, **settings), "torch",
             stored=(1, 2, 4, 8))  # behind these PyTorch keeps no step any more: they are too small


def hessian(name, settings, ours, seed):
    """timm's AdaHessian, with this library's draws."""
    from noise import normal
    from rules import timm

    kind = timm("adahessian").Adahessian

    class Replayed(kind):
        t = 0

        def set_hessian(self):
            self.t += 1
            parameters = list(self.get_params())
            signs = [torch.tensor(np.sign([normal(seed, self.t, first + i) for i in range(p.numel())])).reshape(p.shape)
                     for first, p in zip((0, 5), parameters)]
            with torch.enable_grad():
                gradients = torch.autograd.grad(f(*parameters), parameters, create_graph=True)
                products = torch.autograd.grad(gradients, parameters, grad_outputs=signs)
            for p, z, product in zip(parameters, signs, products):
                p.hess = product * z

        def zero_hessian(self):
            pass

    listed = ", ".join(f"{k}={v}" for k, v in settings.items())
    of_torch(name, f"timm.optim.Adahessian(parameters, {listed})", ours, lambda ps: Replayed(ps, **settings), "timm")


hessian("adahessian-a", dict(lr=0.1, betas=(0.9, 0.99), eps=1e-3), "adahessian(lr=0.1, beta2=0.99, epsilon=1e-3)", 0)
hessian("adahessian-b", dict(lr=0.05, betas=(0.8, 0.95), eps=1e-2, weight_decay=0.1, hessian_power=0.5),
        "adahessian(lr=0.05, beta1=0.8, beta2=0.95, epsilon=1e-2, weight_decay=0.1, hessian_power=0.5, seed=7)", 7)


class Sophia:
    """Written from arXiv 2305.14342, algorithm 3 with algorithm 1, with this library's draws."""

    def __init__(self, parameters, lr, beta1, beta2, gamma, epsilon, weight_decay, every, seed):
        self.parameters, self.h, self.t = list(parameters), (lr, beta1, beta2, gamma, epsilon, weight_decay, every, seed), 0
        self.m = [torch.zeros_like(p) for p in self.parameters]
        self.curvature = [torch.zeros_like(p) for p in self.parameters]
        self.zero_grad = torch.optim.SGD(self.parameters, lr=lr).zero_grad

    def step(self, closure):
        from noise import normal

        lr, beta1, beta2, gamma, epsilon, decay, every, seed = self.h
        self.t += 1
        if (self.t - 1) % every == 0:
            signs = [torch.tensor(np.sign([normal(seed, self.t, first + i) for i in range(p.numel())])).reshape(p.shape)
                     for first, p in zip((0, 5), self.parameters)]
            gradients = torch.autograd.grad(f(*self.parameters), self.parameters, create_graph=True)
            products = torch.autograd.grad(gradients, self.parameters, grad_outputs=signs)
            self.curvature = [beta2 * h + (1 - beta2) * z * product for h, z, product in zip(self.curvature, signs, products)]
        with torch.no_grad():
            for i, p in enumerate(self.parameters):
                self.m[i] = beta1 * self.m[i] + (1 - beta1) * p.grad
                p.mul_(1 - lr * decay).sub_(lr * torch.clip(self.m[i] / torch.clip(gamma * self.curvature[i], min=epsilon), -1, 1))


for label, h in (("a", dict(lr=0.05, beta1=0.9, beta2=0.8, gamma=0.5, epsilon=1e-3, weight_decay=0.1, every=3, seed=5)),
                 ("b", dict(lr=0.02, beta1=0.8, beta2=0.95, gamma=1.0, epsilon=0.1, weight_decay=0.0, every=1, seed=0))):
    listed = ", ".join(f"{k}={v}" for k, v in h.items())
    of_torch("sophia-" + label, f"Sophia(parameters, {listed})", f"sophia({listed})", lambda ps: Sophia(ps, **h),
             "timm", source="arXiv 2305.14342")


def drawn(name, ours, every, bs, **h):
    """The authors' sophia.py, its estimates before the steps that the paper has them in, of gradients as
    AskingGoldenTest has them. SOPHIA is a checkout of https://github.com/Liuhong99/Sophia at a7e1572."""
    sys.path.insert(0, os.environ["SOPHIA"])
    from sophia import SophiaG

    class Replayed(SophiaG):
        t = 0

        def step(self, closure):
            if self.t % every == 0:
                at, known = 0, []
                for p in self.param_groups[0]["params"]:
                    i = at + torch.arange(p.numel(), dtype=torch.float64).reshape(p.shape)
                    known.append(p.grad)
                    p.grad = p.detach() * torch.cos(self.t // every + i) + 0.2
                    at += p.numel()
                self.update_hessian()
                for p, g in zip(self.param_groups[0]["params"], known):
                    p.grad = g
            self.t += 1
            super().step(bs=bs)

    listed = ", ".join(f"{k}={v}" for k, v in h.items())
    of_torch(name, f"SophiaG(parameters, {listed}), update_hessian() in every {every}th step, step(bs={bs})", ours,
             lambda ps: Replayed(ps, **h), "Sophia", source="github.com/Liuhong99/Sophia a7e1572")


drawn("sophia-g-a", "sophia_g(lr=0.05, beta1=0.9, beta2=0.8, gamma=0.5, epsilon=1e-15, weight_decay=0.1, every=3)", 3, 6,
      lr=0.05, betas=(0.9, 0.8), rho=0.5, weight_decay=0.1)
drawn("sophia-g-b", "sophia_g(lr=0.02, beta1=0.8, beta2=0.95, gamma=0.2, epsilon=1e-15, weight_decay=0, every=1)", 1, 6,
      lr=0.02, betas=(0.8, 0.95), rho=0.2, weight_decay=0.0)


class Accelerated:
    """Nesterov's accelerated gradient with the function restart of arXiv 1204.3982, of the values at y."""

    def __init__(self, parameters, lr):
        self.parameters, self.lr, self.theta, self.last = list(parameters), lr, 1.0, float("inf")
        self.x = [p.detach().clone() for p in self.parameters]
        self.zero_grad = torch.optim.SGD(self.parameters, lr=lr).zero_grad

    def step(self, closure):
        value = float(closure().detach())
        with torch.no_grad():
            after = [p - self.lr * p.grad for p in self.parameters]
            if value > self.last:
                self.theta = 1.0
            larger = (1 + (1 + 4 * self.theta ** 2) ** 0.5) / 2
            for p, a, x in zip(self.parameters, after, self.x):
                p.copy_(a + (self.theta - 1) / larger * (a - x))
            self.x, self.theta, self.last = after, larger, value


for name, lr in (("accelerated-a", 0.2), ("accelerated-b", 0.07)):
    of_torch(name, f"Accelerated(parameters, lr={lr})", f"accelerated(lr={lr}, restart=function)",
             lambda ps: Accelerated(ps, lr), "torch")
path = RESOURCES / "asks.tsv"
path.write_text("".join("\t".join(line) + "\n" for line in LINES))
print(path.name, sum(line[0] == "case" for line in LINES), "cases")
