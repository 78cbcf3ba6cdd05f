#!/usr/bin/env python3
"""Golden values of methods for matrices, on gradients that are well conditioned: where a matrix has no
eigenvalues that are equal or 0, its eigenvectors are the same for all.

    python3 tools/golden/matrices.py     writes optim/src/test/resources/golden/matrices.tsv

Executed: pytorch_optimizer 4.1.0 (SOAP, with float64 in the place of its float32), Optax 0.2.8 (GaLore, whose
vectors are float32 numbers) and emerging-optimizers 0.3.0 (MuonHyperball, with Newton and Schulz's steps in float64; it asks for
Python 3.12, of which it takes a decorator, so its wheel is unpacked into a folder of PYTHONPATH). The other methods are in no library that computes in float64 and are written here
from their papers, with numpy's eigenvalues, QR and SVD.

Lines: `start NAME ROWS COLUMNS VALUES`, `gradient NAME STEP VALUES`, `case NAME LIBRARY PARAMETERS TOLERANCE TEXT`,
`point NAME PARAMETER STEP VALUES`, `survives CASE FAULT WHY`. The parameter `quadratic` begins as `square` does, and its gradient is AᵀAp, A being the
first gradient of `square`.
"""
import os
import pathlib
import sys

os.environ.setdefault("JAX_ENABLE_X64", "1")
os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from gradients import RESOURCES, text
from noise import normal

STEPS, STORED = 24, (1, 2, 3, 5, 12, 24)
SHAPES = {"square": (4, 4), "tall": (6, 3), "wide": (3, 5)}
random = np.random.default_rng(11)
single = lambda x: x.astype(np.float32).astype(np.float64)
START = {k: single(random.normal(size=s)) for k, s in SHAPES.items()}
GRADIENTS = [{k: single(random.normal(size=s) + 0.5 * np.eye(*s) * np.arange(1, s[1] + 1)) for k, s in SHAPES.items()} for _ in range(STEPS)]
LINES = [["start", k, str(v.shape[0]), str(v.shape[1]), text(v)] for k, v in START.items()]
LINES += [["gradient", k, str(t), text(g[k])] for t, g in enumerate(GRADIENTS, 1) for k in g]


def case(name, library, call, paths, tolerance=1e-9):
    LINES.append(["case", name, library, " ".join(paths), repr(tolerance), call])
    for parameter, path in paths.items():
        for step, point in enumerate(path, 1):
            assert np.isfinite(point).all(), (name, parameter, step)
            if step in STORED:
                LINES.append(["point", name, parameter, str(step), text(point)])


def value(x):
    return str(x).lower() if isinstance(x, bool) else x if isinstance(x, str) else repr(x)


def rule(name, method, library, step, *settings, shapes=tuple(SHAPES), tolerance=1e-9):
    """`step(state, p, g, t, name, **h)` in numpy."""
    for label, h in zip("abcdefghijk", settings):
        paths = {}
        for k in shapes:
            state, p, path = {}, START[k].copy(), []
            for t in range(1, STEPS + 1):
                p = step(state, p, GRADIENTS[t - 1][k].copy(), t, k, **h)
                path.append(p)
            paths[k] = path
        call = f"{method}({', '.join(f'{a}={value(v)}' for a, v in h.items())})"
        case(f"{name}-{label}", library, call, paths, tolerance)


def mean(state, g, beta, key="m"):
    state[key] = beta * state.get(key, 0 * g) + (1 - beta) * g
    return state[key]


JORDAN = [(3.4445, -4.775, 2.0315)]
YOU = [(4.0848, -6.8946, 2.927), (3.9505, -6.3029, 2.6377), (3.7418, -5.5913, 2.3037), (2.8769, -3.1427, 1.2046),
       (2.8366, -3.0525, 1.2012)]

POLAR = [  # Amsel et al. 2025, arXiv 2505.16932
    (8.237312490495555, -23.157747414558198, 16.680568411445915),
    (4.082441999064835, -2.893047735332586, 0.5252849256975648),
    (3.9263479922546582, -2.8547468034765298, 0.5318022422894988),
    (3.2982187133085143, -2.424541981026706, 0.48632008358844075),
    (2.2970369434552573, -1.63662558125903, 0.4002628455953627),
    (1.8763805351440397, -1.2347896577722228, 0.35891887501668385),
    (1.8564423485617974, -1.2132449880935525, 0.3568003487825883),
    (1.8749994008682747, -1.2499988017229169, 0.3749994008546422),
]


def orthogonal(x, steps, epsilon, coefficients="jordan"):
    """Of each singular value."""
    safety = 1.01 if coefficients == "polar_express" else 1
    u, s, v = np.linalg.svd(x / (safety * np.linalg.norm(x) + epsilon), full_matrices=False)
    table = dict(jordan=JORDAN, you=YOU, polar_express=POLAR)[coefficients]
    for i in range(steps):
        a, b, c = table[min(i, len(table) - 1)]
        s = a * s + b * s**3 + c * s**5
    return u * s @ v


POLAR_SET = dict(coefficients="polar_express", ns_steps=9)


def ahead(state, g, momentum, nesterov):
    m = mean(state, g, momentum)
    return momentum * m + (1 - momentum) * g if nesterov else m


def normuon(state, p, g, t, k, lr, momentum, beta2, nesterov, weight_decay, ns_steps, epsilon, coefficients="jordan"):
    u = orthogonal(ahead(state, g, momentum, nesterov), ns_steps, epsilon, coefficients)
    v = mean(state, np.mean(u * u, 0), beta2, "v")
    w = u / (np.sqrt(v) + epsilon)
    return p - lr * weight_decay * p - 0.2 * lr * np.sqrt(p.size) / np.linalg.norm(w) * w


A = dict(lr=0.02, momentum=0.9, beta2=0.7, nesterov=True, weight_decay=0.1, ns_steps=6, epsilon=1e-3)
B = A | dict(lr=0.05, momentum=0.8, nesterov=False, weight_decay=0, ns_steps=7, epsilon=1e-2, beta2=0.6)
rule("normuon", "normuon", "Li et al. 2025, arXiv 2510.05491, algorithm 1", normuon, A, B, A | dict(coefficients="you"),
     A | dict(nesterov=False), A | dict(weight_decay=0), B | dict(coefficients="you"), A | dict(weight_decay=0, coefficients="you"))
for h in (dict(), dict(weight_decay=0), dict(weight_decay=0, nesterov=False)):  # mutants: by other coefficients, and Muon's
    rule("-".join(["normuon-polar", *h]).replace("_", "-"), "normuon", "as above, with arXiv 2505.16932", normuon, A | POLAR_SET | h, tolerance=1e-6)


def adamuon(state, p, g, t, k, lr, momentum, nesterov, weight_decay, ns_steps, epsilon, coefficients="jordan"):
    m = state["m"] = momentum * state.get("m", 0 * g) + g
    u = orthogonal(np.sign(g + momentum * m if nesterov else m), ns_steps, epsilon, coefficients)
    v = mean(state, u * u, momentum, "v")
    w = u / (np.sqrt(v) + epsilon)
    return p - lr * weight_decay * p - 0.2 * lr * np.sqrt(p.size) / (np.linalg.norm(w) + epsilon) * w


A = dict(lr=0.02, momentum=0.9, nesterov=True, weight_decay=0.1, ns_steps=6, epsilon=1e-3)
B = A | dict(lr=0.05, momentum=0.8, nesterov=False, weight_decay=0, ns_steps=7, epsilon=1e-2)
rule("adamuon", "adamuon", "Si, Zhang & Shen 2025, arXiv 2507.11005, algorithm 1", adamuon, A, B, A | dict(coefficients="you"),
     A | dict(nesterov=False), A | dict(weight_decay=0), B | dict(coefficients="you"), A | dict(weight_decay=0, coefficients="you"))
for h in (dict(), dict(weight_decay=0), dict(weight_decay=0, nesterov=False)):  # mutants: by other coefficients, and Muon's
    rule("-".join(["adamuon-polar", *h]).replace("_", "-"), "adamuon", "as above, with arXiv 2505.16932", adamuon, A | POLAR_SET | h, tolerance=1e-6)


def scion(state, p, g, t, k, lr, momentum, radius, constrained, norm, ns_steps, epsilon):
    m = mean(state, g, momentum)
    u = np.sign(m) / p.shape[0] if norm == "sign" else np.sqrt(p.shape[1] / p.shape[0]) * orthogonal(m, ns_steps, epsilon)
    return (p * (1 - lr) if constrained else p) - lr * radius * u


A = dict(lr=0.01, momentum=0.9, radius=2.0, constrained=False, norm="spectral", ns_steps=5, epsilon=1e-3)
B = A | dict(lr=0.03, momentum=0.8, radius=3.0, constrained=True, ns_steps=4, epsilon=1e-2)
rule("scion", "scion", "Pethick et al. 2025, arXiv 2502.07529, algorithms 1 and 2", scion, A, B, A | dict(norm="sign"), B | dict(norm="sign"))


def power(x, epsilon, exponent):
    values, vectors = np.linalg.eigh(x)
    return vectors * (np.maximum(values, 0) + epsilon) ** exponent @ vectors.T


def shampoo(state, p, g, t, k, lr, beta1, beta2, epsilon, every, grafting, grafting_epsilon, weight_decay):
    m = mean(state, g, beta1) / (1 - beta1**t)
    keep, weight, over = (1, 1, 1) if beta2 == 1 else (beta2, 1 - beta2, 1 - beta2**t)
    left = state["left"] = keep * state.get("left", 0) + weight * g @ g.T
    right = state["right"] = keep * state.get("right", 0) + weight * g.T @ g
    v = state["v"] = keep * state.get("v", 0) + weight * g * g
    if (t - 1) % every == 0:
        state["roots"] = power(left / over, epsilon, -0.25), power(right / over, epsilon, -0.25)
    u = state["roots"][0] @ m @ state["roots"][1]
    d = dict(none=u, sgd=m, adam=m / (np.sqrt(v / over) + grafting_epsilon))[grafting]
    return p - lr * (u * np.linalg.norm(d) / np.linalg.norm(u) + weight_decay * p)


A = dict(lr=0.02, beta1=0.9, beta2=0.95, epsilon=1e-2, every=3, grafting="adam", grafting_epsilon=1e-3, weight_decay=0.1)
B = A | dict(lr=0.05, beta1=0.8, beta2=0.9, epsilon=1e-1, every=4, grafting_epsilon=1e-2, weight_decay=0)
rule("shampoo", "shampoo", "Shi et al. 2023, arXiv 2309.06497", shampoo, A, B, A | dict(grafting="none"), B | dict(grafting="none"),
     A | dict(grafting="sgd"), B | dict(grafting="sgd"), A | dict(beta2=1), A | dict(weight_decay=0, beta2=0.9))


def kl_shampoo(state, p, g, t, k, lr, beta1, beta2, initial, epsilon, every, weight_decay):
    rows, columns = p.shape
    m = mean(state, g, beta1) / (1 - beta1**t)
    if t == 1:
        state |= dict(left=initial * np.eye(rows), right=initial * np.eye(columns),
                      roots=(np.eye(rows) * initial**-0.5, np.eye(columns) * initial**-0.5))
    a, b = state["roots"]
    state["left"] = beta2 * state["left"] + (1 - beta2) / columns * g @ b @ b @ g.T
    state["right"] = beta2 * state["right"] + (1 - beta2) / rows * g.T @ a @ a @ g
    if (t - 1) % every == 0:
        state["roots"] = power(state["left"], epsilon, -0.5), power(state["right"], epsilon, -0.5)
    return p - lr * (state["roots"][0] @ m @ state["roots"][1] + weight_decay * p)


A = dict(lr=0.02, beta1=0.9, beta2=0.7, initial=0.5, epsilon=1e-2, every=2, weight_decay=0.1)
rule("kl-shampoo", "kl_shampoo", "Lin et al. 2025, arXiv 2509.03378", kl_shampoo, A,
     A | dict(lr=0.05, beta1=0.8, beta2=0.6, initial=0.3, epsilon=1e-1, every=4, weight_decay=0))


def galore(state, p, g, t, k, lr, rank, every, scale, beta1, beta2, epsilon, weight_decay, longer):
    right = (p.shape[0] >= p.shape[1]) != longer
    if (t - 1) % every == 0:
        u, _, v = np.linalg.svd(g, full_matrices=False)
        q = v[:rank].T if right else u[:, :rank]
        state["q"] = q * np.sign(q[np.abs(q).argmax(0), range(rank)])
    low = g @ state["q"] if right else state["q"].T @ g
    m, v = mean(state, low, beta1), mean(state, low * low, beta2, "v")
    low = m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + epsilon)
    u = low @ state["q"].T if right else state["q"] @ low
    return p - lr * (scale * u + weight_decay * p)


A = dict(lr=0.02, rank=2, every=3, scale=0.25, beta1=0.9, beta2=0.95, epsilon=1e-3, weight_decay=0.1, longer=False)
B = A | dict(lr=0.05, rank=3, every=5, scale=0.5, beta1=0.8, beta2=0.9, epsilon=1e-2, weight_decay=0)
rule("galore", "galore", "Zhao et al. 2024, arXiv 2403.03507, algorithm 2", galore, A, B, A | dict(longer=True), B | dict(longer=True))


def dion(state, p, g, t, k, lr, momentum, rank, weight_decay, epsilon, seed):
    """Of the transposed matrix: outputs by inputs."""
    x, g = p.T, g.T
    r = min(rank, *x.shape)
    if t == 1:
        state["q"] = np.array([normal(seed, 0, i) for i in range(x.shape[1] * r)]).reshape(x.shape[1], r)
    m = state.get("m", 0) + g
    q, _ = np.linalg.qr(m @ state["q"])
    back = m.T @ q
    state["m"] = m - (1 - momentum) * q @ back.T
    state["q"] = back / (np.linalg.norm(back, axis=0, keepdims=True) + epsilon)
    return (x - lr * weight_decay * x - lr * np.sqrt(x.shape[0] / x.shape[1]) * q @ state["q"].T).T


A = dict(lr=0.02, momentum=0.9, rank=2, weight_decay=0.1, epsilon=1e-3, seed=3)
for shape in SHAPES:  # each alone: what is drawn belongs to its place among all
    rule(f"dion-{shape}", "dion", "Ahn et al. 2025, arXiv 2504.05295, algorithm 1", dion, A,
         A | dict(lr=0.05, momentum=0.8, rank=3, weight_decay=0, epsilon=1e-2, seed=5), shapes=(shape,))


def executed():
    import importlib.metadata
    import inspect

    import torch
    from pytorch_optimizer.optimizer import soap as module

    torch.set_default_dtype(torch.float64)
    scope = {"__name__": "soap"}
    exec(compile(inspect.getsource(module).replace("torch.float32", "torch.float64"), "soap.py", "exec"), scope)
    library = "pytorch_optimizer " + importlib.metadata.version("pytorch_optimizer") + ", in float64"
    for label, h in (("a", dict(lr=0.02, beta1=0.9, beta2=0.95, epsilon=1e-3, weight_decay=0.1, every=3)),
                     ("b", dict(lr=0.05, beta1=0.8, beta2=0.9, shampoo_beta=0.7, epsilon=1e-2, weight_decay=0, every=1)),
                     ("c", dict(lr=0.05, beta1=0.8, beta2=0.9, shampoo_beta=0.7, epsilon=1e-2, weight_decay=0.3, every=5)),
                     ("d", dict(lr=0.03, beta1=0.9, beta2=0.8, epsilon=1e-2, weight_decay=0, every=2))):
        p = torch.nn.Parameter(torch.tensor(START["square"]))
        optimizer = scope["SOAP"]([p], lr=h["lr"], betas=(h["beta1"], h["beta2"]), shampoo_beta=h.get("shampoo_beta"), eps=h["epsilon"],
                                  weight_decay=h["weight_decay"], precondition_frequency=h["every"])
        path = []
        for g in GRADIENTS:
            p.grad = torch.tensor(g["square"])
            optimizer.step()
            path.append(p.detach().numpy().copy())
        case(f"soap-{label}", library, f"soap({', '.join(f'{a}={value(v)}' for a, v in h.items())})", {"square": path})
        if h["weight_decay"] == 0:  # the same moves, on the ball
            before, p, ball = START["square"], START["square"], []
            radius = np.linalg.norm(p)
            for point in path:
                p = p + h["lr"] * radius * (point - before) / max(np.linalg.norm(point - before), 1e-8)
                p, before = radius * p / np.linalg.norm(p), point
                ball.append(p)
            case(f"hyperball-soap-{label}", library + ", and arXiv 2606.16899",
                 f"hyperball(epsilon=1e-8) | soap({', '.join(f'{a}={value(v)}' for a, v in h.items())})", {"square": ball}, 1e-6)

    import jax.numpy as jnp
    import optax

    for label, h in (("a", dict(lr=0.02, rank=2, every=200, scale=0.5, weight_decay=0.1)), ("b", dict(lr=0.05, rank=3, every=100, scale=1.0, weight_decay=0))):
        paths = {}
        for k in SHAPES:
            solver = optax.contrib.galore(h["lr"], rank=h["rank"], update_proj_gap=h["every"], scale=h["scale"], weight_decay=h["weight_decay"])
            p = jnp.asarray(START[k])
            state, paths[k] = solver.init(p), []
            for g in GRADIENTS:
                updates, state = solver.update(jnp.asarray(g[k]), state, p)
                p = optax.apply_updates(p, updates)
                paths[k].append(np.asarray(p))
        case(f"optax-galore-{label}", "optax " + importlib.metadata.version("optax"),
             f"galore({', '.join(f'{a}={value(v)}' for a, v in h.items())}, longer=true)", paths, 1e-5)
        names = dict(lr="learning_rate", every="update_proj_gap")
        case(f"optax-call-galore-{label}", "optax " + importlib.metadata.version("optax"),
             f"optax.galore({', '.join(f'{names.get(a, a)}={value(v)}' for a, v in h.items())})", paths, 1e-5)
        paths = {}
        for k in SHAPES:
            solver = optax.chain(optax.contrib.scale_by_galore(h["rank"], h["every"], h["scale"]), optax.scale_by_learning_rate(h["lr"]))
            p = jnp.asarray(START[k])
            state, paths[k] = solver.init(p), []
            for g in GRADIENTS:
                updates, state = solver.update(jnp.asarray(g[k]), state, p)
                p = optax.apply_updates(p, updates)
                paths[k].append(np.asarray(p))
        case(f"optax-scale-by-galore-{label}", "optax " + importlib.metadata.version("optax"),
             f"optax.scale_by_galore({h['rank']}, {h['every']}, {h['scale']}) | optax.scale_by_learning_rate({h['lr']})", paths, 1e-5)


def adaptive(state, p, g, t, k, lr, form):
    if t == 1:
        rate, curvature = lr, 1 / lr
        state |= dict(theta=1e12, gamma=1e12, y=p, step=np.zeros_like(p))
    else:
        moved, turned = np.linalg.norm(p - state["p"]), np.linalg.norm(g - state["g"])
        grow = 1 if form == "plain" else 0.5
        rate = min(np.sqrt(1 + grow * state["theta"]) * state["rate"], moved / (2 * turned))
        curvature = min(np.sqrt(1 + state["gamma"] / 2) * state["curvature"], turned / (2 * moved))
        state |= dict(theta=rate / state["rate"], gamma=curvature / state["curvature"])
    state |= dict(rate=rate, curvature=curvature, p=p, g=g)
    if form == "plain":
        return p - rate * g
    mass = (1 - np.sqrt(rate * curvature)) / (1 + np.sqrt(rate * curvature))
    if form == "ball":
        state["step"] = mass * state["step"] - rate * g
        return p + state["step"]
    before, state["y"] = state["y"], p - rate * g
    return state["y"] + mass * (state["y"] - before)


def descent(method, source, form):
    """On ½‖Ap‖², A the first gradient of the square matrix: the curvature is that of a function."""
    a = GRADIENTS[0]["square"]
    for label, lr in (("a", 0.01), ("b", 0.1), ("c", 3.0), ("d", 1e-6)):
        state, p, path = {}, START["square"].copy(), []
        for t in range(1, STEPS + 1):
            p = adaptive(state, p, a.T @ (a @ p), t, "", lr, form)
            path.append(p)
        case(f"{method.replace('_', '-')}-{label}", source, f"{method}(lr={lr})", {"quadratic": path}, 1e-8)


def kron():
    """timm's, in float64, with this library's draws."""
    import importlib.metadata

    import torch
    from rules import timm

    module = timm("kron")
    module.has_dynamo = False
    module._solve_triangular_right = lambda x, a: torch.linalg.solve_triangular(a, x.reshape(-1, x.size(-1)), upper=True, left=False).reshape_as(x)
    torch.set_default_dtype(torch.float64)
    A = dict(lr=0.02, momentum=0.9, weight_decay=0.07, precond_lr=0.2, max_size=2048, share=0.6, balance_every=5, seed=3)
    for label, h in zip("abcde", (A, A | dict(lr=0.05, momentum=0.8, weight_decay=0, precond_lr=0.3, share=0.3, seed=0),
                                A | dict(max_size=3, weight_decay=0, balance_every=7), A | dict(share=None), A | dict(share=None, weight_decay=0))):
        paths = {}
        for k in SHAPES:
            p = torch.nn.Parameter(torch.tensor(START[k]))
            solver = module.Kron([p], lr=h["lr"], momentum=h["momentum"], weight_decay=h["weight_decay"], precond_lr=h["precond_lr"],
                                 max_size_triangular=h["max_size"], preconditioner_update_probability=h["share"])
            plain, paths[k] = torch.randn, []
            for t, g in enumerate(GRADIENTS, 1):
                torch.randn = lambda shape, **_: torch.tensor([normal(h["seed"], t, i) for i in range(p.numel())]).reshape(shape)
                solver.rng.random = lambda: 0.0 if t % h["balance_every"] == 0 else 1.0
                p.grad = torch.tensor(g[k])
                solver.step()
                paths[k].append(p.detach().numpy().copy())
            torch.randn = plain
        case(f"kron-{label}", "timm " + importlib.metadata.version("timm"), f"kron({', '.join(f'{a}={value(v)}' for a, v in h.items() if v is not None)})", paths, 1e-9)


def hyperball():
    import importlib.metadata
    import typing

    import torch

    typing.override = getattr(typing, "override", lambda f: f)
    from emerging_optimizers.orthogonalized_optimizers import MuonHyperball

    for label, h in (("a", dict(lr=0.02, momentum=0.9, nesterov=True, epsilon=1e-3)), ("b", dict(lr=0.2, momentum=0.8, nesterov=False, epsilon=1e-2))):
        paths = {}
        for k in SHAPES:
            p = torch.nn.Parameter(torch.tensor(START[k]))
            solver = MuonHyperball([p], lr=h["lr"], momentum=h["momentum"], weight_decay=0.0, nesterov=h["nesterov"])
            solver.scaled_orthogonalize_fn = lambda x: torch.tensor(orthogonal(x.detach().numpy(), 5, h["epsilon"]))
            paths[k] = []
            for g in GRADIENTS:
                p.grad = torch.tensor(g[k])
                solver.step()
                paths[k].append(p.detach().numpy().copy())
        case(f"hyperball-muon-{label}", "emerging-optimizers 0.3.0, in float64",
             "hyperball(epsilon=1e-8) | muon(" + ", ".join(f"{a}={value(v)}" for a, v in h.items()) + ")", paths, 1e-6)  # Muon's mutants are found above

    for label, h, epsilon in (("a", dict(lr=0.02, beta1=0.9, beta2=0.95, epsilon=1e-3), 1e-8), ("b", dict(lr=0.3, beta1=0.8, beta2=0.9, epsilon=1e-2), 1e-8),
                              ("c", dict(lr=0.05, beta1=0.8, beta2=0.9, epsilon=1e-2), 5.0), ("d", dict(lr=0.05, beta1=0.8, beta2=0.9, epsilon=1e-2), 0.2)):
        paths = {}
        for k in SHAPES:
            state, p, paths[k] = {}, START[k].copy(), []
            for t, g in enumerate(GRADIENTS, 1):
                m, v = mean(state, g[k], h["beta1"]), mean(state, g[k] ** 2, h["beta2"], "v")
                u = m / (1 - h["beta1"] ** t) / (np.sqrt(v / (1 - h["beta2"] ** t)) + h["epsilon"])
                n = lambda x: x / max(np.linalg.norm(x), epsilon)  # of the step as it is with its rate
                radius = state.setdefault("radius", np.linalg.norm(p))
                p = radius * n(p - h["lr"] * radius * n(h["lr"] * u))
                paths[k].append(p)
        case(f"hyperball-adam-{label}", "Wen et al. 2026, arXiv 2606.16899",
             f"hyperball(epsilon={epsilon}) | adamw(" + ", ".join(f"{a}={value(v)}" for a, v in h.items()) + ", weight_decay=0)", paths)


hyperball()
kron()
descent("adgd", "Malitsky & Mishchenko 2020, arXiv 1910.09529, algorithm 1", "plain")
descent("adgd_accelerated", "Malitsky & Mishchenko 2020, arXiv 1910.09529, algorithm 2", "accelerated")
descent("adaptive_heavy_ball", "Polyak 1964, with the estimates of arXiv 1910.09529", "ball")


executed()
for line in (pathlib.Path(__file__).parent / "rules" / "matrices.survivors").read_text().splitlines():
    LINES.append(["survives", *line.split("\t")])
(RESOURCES / "matrices.tsv").write_text("".join("\t".join(line) + "\n" for line in LINES))
print(sum(line[0] == "case" for line in LINES), "cases")
