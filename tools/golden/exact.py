"""Every rule once more, in 50 digits, written from its formula and from nobody's code.

It has three uses: the reference for forms that no library has; what check.py compares the executed
libraries with; and, in float32, how close single precision can be expected to come.

A rule is made of hyperparameters and then of an arithmetic: `torch_sgd(lr=0.1)(EXACT)` is a function
`step(parameters, gradients, t, lr)` of lists of arrays to the list of the new parameters, t from 1.
`g` is the gradient, `p` a parameter, `s` the state of one parameter: attributes, zero at first.
"""
import functools
import types

import mpmath
import numpy as np

mpmath.mp.dps = 50


class Exact:
    """50 digits; the hyperparameters are the doubles that the libraries get."""

    @staticmethod
    def scalar(x):
        return mpmath.mpf(x)

    @staticmethod
    def array(x):
        return np.vectorize(mpmath.mpf, otypes=[object])(np.asarray(x, dtype=np.float64))

    @staticmethod
    def sqrt(x):
        if isinstance(x, np.ndarray):
            return np.vectorize(mpmath.sqrt, otypes=[object])(x)
        return mpmath.sqrt(x)

    @staticmethod
    def total(x):
        return sum(x.ravel(), mpmath.mpf(0))


class Floating:
    """Arrays of a floating type, scalars in double."""

    def __init__(self, dtype):
        self.dtype = dtype

    scalar = staticmethod(float)
    total = staticmethod(lambda x: float(np.sum(x.astype(np.float64))))

    def array(self, x):
        return np.asarray(x, dtype=self.dtype)

    @staticmethod
    def sqrt(x):
        return np.sqrt(x) if isinstance(x, np.ndarray) else float(np.sqrt(x))


EXACT, DOUBLE, SINGLE = Exact(), Floating(np.float64), Floating(np.float32)


def number(n, x):
    if isinstance(x, tuple):
        return tuple(number(n, y) for y in x)
    return n.scalar(x) if isinstance(x, float) else x


def rule(update):
    """`update(n, s, p, g, t, lr, **hyperparameters)` of one parameter becomes a rule."""

    @functools.wraps(update)
    def with_hyperparameters(**hyperparameters):
        # The rate is given with every step.
        h = {k: v for k, v in hyperparameters.items() if k not in ("lr", "learning_rate")}

        def with_arithmetic(n):
            states = {}
            values = {k: number(n, v) for k, v in h.items()}

            def step(parameters, gradients, t, lr):
                new = []
                for i, (p, g) in enumerate(zip(parameters, gradients)):
                    s = states.setdefault(i, types.SimpleNamespace())
                    new.append(update(n, s, p, g, t, n.scalar(lr), **values))
                return new

            return step

        return with_arithmetic

    return with_hyperparameters


def slot(s, name, p, initial=0):
    if not hasattr(s, name):
        setattr(s, name, p * 0 + initial)
    return getattr(s, name)


# ---------------------------------------------------------------- gradients before a rule


def clip_value(limit):
    return lambda n, gs: [np.clip(g, -n.scalar(limit), n.scalar(limit)) for g in gs]


def norm_of(n, gs):
    return n.sqrt(sum((n.total(g * g) for g in gs), n.scalar(0.0)))


def norm_of_order(n, gs, order):
    if order == float("inf"):
        return n.scalar(max(abs(x) for g in gs for x in g.ravel()))
    return sum((n.total(abs(g) ** order) for g in gs), n.scalar(0.0)) ** (1 / n.scalar(order))


def scaled_to(n, gs, limit, epsilon=0.0, order=2):
    """Epsilon 0: exactly the limit, and nothing happens below it."""
    norm = norm_of(n, gs) if order == 2 else norm_of_order(n, gs, order)
    if epsilon == 0 and norm <= limit:
        return gs
    factor = n.scalar(limit) / (norm + n.scalar(epsilon))
    return [g * min(factor, n.scalar(1.0)) for g in gs]


def clip_global_norm(limit):
    return lambda n, gs: scaled_to(n, gs, limit)


def clip_norm(limit):
    return lambda n, gs: [scaled_to(n, [g], limit)[0] for g in gs]


def clip_rms(limit):
    def cut(n, g):
        rms = n.sqrt(n.total(g * g) / g.size)
        return g / max(n.scalar(1.0), rms / n.scalar(limit))

    return lambda n, gs: [cut(n, g) for g in gs]


def torch_clip_global_norm(limit, order=2):
    return lambda n, gs: scaled_to(n, gs, limit, 1e-6, order)


def torch_clip_norm(limit):
    return lambda n, gs: [scaled_to(n, [g], limit, 1e-6)[0] for g in gs]


def chain(before, then):
    def with_arithmetic(n):
        inner = then(n)
        return lambda ps, gs, t, lr: inner(ps, before(n, gs), t, lr)

    return with_arithmetic


# ---------------------------------------------------------------- the forms of the papers


def decayed(p, g, lr, weight_decay, decay):
    """Coupled: the gradient of the penalty; decoupled: shrunk by rate times decay; constant: by it."""
    if decay == "coupled":
        return p, g + weight_decay * p
    if decay == "proximal":
        return p, g
    return p * (1 - (lr if decay == "decoupled" else 1) * weight_decay), g


def proximal(update):
    """The step on the penalty after that on the loss: p / (1 + rate times decay)."""

    @functools.wraps(update)
    def decayed_after(n, s, p, g, t, lr, weight_decay=0.0, decay="decoupled", **h):
        p = update(n, s, p, g, t, lr, weight_decay=weight_decay, decay=decay, **h)
        return p / (1 + lr * weight_decay) if decay == "proximal" else p

    return decayed_after


@rule
@proximal
def momentum(
    n, s, p, g, t, lr, form, momentum=0.0, nesterov=False, debias=False, gradient_rate=1.0,
    weight_decay=0.0, decay="decoupled",
):
    before = p
    p, g = decayed(p, g, lr, weight_decay, decay)
    b = momentum
    v = slot(s, "v", p)
    if form == "trace":
        s.v = b * v + g
        return p - lr * (g + b * s.v if nesterov else s.v)
    if form == "two_rates":
        s.v = b * v + gradient_rate * g
        return p - lr * (gradient_rate * g + b * s.v if nesterov else s.v)
    if form == "averaged":
        s.v = b * v + (1 - b) * g
        u = (1 - b) * g + b * s.v if nesterov else s.v
        return p - lr * (u / (1 - b**t) if debias else u)
    if form == "velocity":
        s.v = b * v - lr * g
        return p + (b * s.v - lr * g if nesterov else s.v)
    # Decay beside the rule moves p, but is no movement that the ball keeps.
    if form == "heavy_ball" and not nesterov:
        last = getattr(s, "last", before)
        s.last = p
        return p - lr * g + b * (before - last)
    if form == "heavy_ball":
        # p is the point looked ahead to; the iterate behind it moves from there.
        theta = getattr(s, "theta", before)
        s.theta = p - lr * g
        return s.theta + b * (before - lr * g - theta)
    raise ValueError(form)


def root(n, x, epsilon, place):
    return n.sqrt(x + epsilon) if place == "inside" else n.sqrt(x) + epsilon


@rule
@proximal
def adagrad(
    n, s, p, g, t, lr, epsilon, epsilon_place, initial_accumulator=0.0, weight_decay=0.0,
    decay="decoupled",
):
    p, g = decayed(p, g, lr, weight_decay, decay)
    s.sum = slot(s, "sum", p, initial_accumulator) + g * g
    return p - lr * g / root(n, s.sum, epsilon, epsilon_place)


@rule
@proximal
def rmsprop(
    n, s, p, g, t, lr, rho, epsilon, epsilon_place, centered=False, momentum=0.0,
    momentum_form="trace", nesterov=False, initial_accumulator=0.0, bias_correction=False,
    weight_decay=0.0, decay="decoupled",
):
    p, g = decayed(p, g, lr, weight_decay, decay)
    s.v = rho * slot(s, "v", p, initial_accumulator) + (1 - rho) * g * g
    c = 1 - rho**t if bias_correction else n.scalar(1.0)
    v = s.v / c
    if centered:
        s.m = rho * slot(s, "m", p) + (1 - rho) * g
        v = v - (s.m / c) ** 2
        v = np.maximum(v, v * 0)  # only float32 gets below
    u = g / root(n, v, epsilon, epsilon_place)
    if momentum_form == "velocity":
        u = lr * u
    s.b = momentum * slot(s, "b", p) + u
    u = u + momentum * s.b if nesterov else s.b
    return p - (u if momentum_form == "velocity" else lr * u)


@rule
@proximal
def adam(
    n, s, p, g, t, lr, beta1=0.9, beta2=0.999, epsilon=1e-8, epsilon_root=0.0, amsgrad=False,
    nesterov=False, correct_first=True, correct_second=True, weight_decay=0.0, decay="decoupled",
    epsilon_place="outside",
):
    p, g = decayed(p, g, lr, weight_decay, decay)
    s.m = beta1 * slot(s, "m", p) + (1 - beta1) * g
    s.v = beta2 * slot(s, "v", p) + (1 - beta2) * g * g
    c1 = 1 - beta1**t if correct_first else n.scalar(1.0)
    m = s.m / c1
    if nesterov:
        m = beta1 * s.m / (1 - beta1 ** (t + 1)) + (1 - beta1) * g / c1
    v = s.v / (1 - beta2**t) if correct_second else s.v
    if amsgrad:
        v = s.most = np.maximum(slot(s, "most", p), v)
    if epsilon_place == "hat" and correct_second:
        # beside the root that is not corrected
        return p - lr * n.sqrt(1 - beta2**t) * m / (n.sqrt(s.v) + epsilon)
    if epsilon_place == "inside":
        return p - lr * m / n.sqrt(v + epsilon)
    return p - lr * m / (n.sqrt(v + epsilon_root) + epsilon)


# ---------------------------------------------------------------- PyTorch's calls


@rule
def torch_sgd(
    n, s, p, g, t, lr, momentum=0.0, dampening=0.0, weight_decay=0.0, nesterov=False, maximize=False
):
    g = (-g if maximize else g) + weight_decay * p
    if momentum != 0:
        # The first step is not dampened.
        s.b = g if t == 1 else momentum * s.b + (1 - dampening) * g
        g = g + momentum * s.b if nesterov else s.b
    return p - lr * g


@rule
def torch_adagrad(
    n, s, p, g, t, lr, lr_decay=0.0, weight_decay=0.0, initial_accumulator_value=0.0, eps=1e-10,
    maximize=False,
):
    g = (-g if maximize else g) + weight_decay * p
    s.sum = slot(s, "sum", p, initial_accumulator_value) + g * g
    return p - lr / (1 + (t - 1) * lr_decay) * g / (n.sqrt(s.sum) + eps)


@rule
def torch_rmsprop(
    n, s, p, g, t, lr, alpha=0.99, eps=1e-8, weight_decay=0.0, momentum=0.0, centered=False,
    maximize=False,
):
    g = (-g if maximize else g) + weight_decay * p
    v = s.v = alpha * slot(s, "v", p) + (1 - alpha) * g * g
    if centered:
        s.m = alpha * slot(s, "m", p) + (1 - alpha) * g
        v = v - s.m * s.m
        v = np.maximum(v, v * 0)  # only float32 gets below
    s.b = momentum * slot(s, "b", p) + g / (n.sqrt(v) + eps)
    return p - lr * s.b


@rule
def torch_adam(
    n, s, p, g, t, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, amsgrad=False,
    maximize=False, decoupled_weight_decay=False,
):
    g = -g if maximize else g
    if decoupled_weight_decay:
        p = p * (1 - lr * weight_decay)
    else:
        g = g + weight_decay * p
    beta1, beta2 = (n.scalar(b) for b in betas)
    s.m = beta1 * slot(s, "m", p) + (1 - beta1) * g
    v = s.v = beta2 * slot(s, "v", p) + (1 - beta2) * g * g
    if amsgrad:
        v = s.most = np.maximum(slot(s, "most", p), v)
    denominator = n.sqrt(v) / n.sqrt(1 - beta2**t) + eps
    return p - lr * (s.m / (1 - beta1**t)) / denominator


def torch_adamw(weight_decay=1e-2, **h):
    return torch_adam(weight_decay=weight_decay, decoupled_weight_decay=True, **h)


# ---------------------------------------------------------------- Keras's calls


def keras(
    inner, weight_decay=None, clipnorm=None, global_clipnorm=None, clipvalue=None, use_ema=False,
    ema_momentum=0.99, ema_overwrite_frequency=None, loss_scale_factor=None,
    gradient_accumulation_steps=None,
):
    """What the base class does about a rule: unscale, accumulate, clip, decay, step, average."""

    def with_arithmetic(n):
        step_of_rule = inner(n)
        sums, averages = [], []

        def step(ps, gs, t, lr):
            if loss_scale_factor:
                gs = [g / n.scalar(loss_scale_factor) for g in gs]
            every = gradient_accumulation_steps or 1
            sums[:] = [a + g for a, g in zip(sums, gs)] if sums else gs
            if t % every == 0:
                gs = [a / every for a in sums]
                sums.clear()
                if clipnorm:
                    gs = clip_norm(clipnorm)(n, gs)
                if global_clipnorm:
                    gs = clip_global_norm(global_clipnorm)(n, gs)
                if clipvalue:
                    gs = clip_value(clipvalue)(n, gs)
                if weight_decay is not None:
                    ps = [p * (1 - n.scalar(lr) * n.scalar(weight_decay)) for p in ps]
                ps = step_of_rule(ps, gs, t // every, lr)
            if use_ema:
                # Averaged at every step, by a clock of moves that stands still in between: until the
                # first one the average is the point, and where it is put in place, it is k times.
                clock = (t - 1) // every
                kept = n.scalar(ema_momentum) if clock else n.scalar(0.0)
                old = averages or ps
                averages[:] = [kept * a + (1 - kept) * p for a, p in zip(old, ps)]
                if ema_overwrite_frequency and (clock + 1) % ema_overwrite_frequency == 0:
                    ps = list(averages)
            return ps

        return step

    return with_arithmetic


BASE = (
    "weight_decay", "clipnorm", "global_clipnorm", "clipvalue", "use_ema", "ema_momentum",
    "ema_overwrite_frequency", "loss_scale_factor", "gradient_accumulation_steps",
)


def keras_optimizer(update):
    made = rule(update)

    def with_hyperparameters(**h):
        base = {k: v for k, v in h.items() if k in BASE}
        return keras(made(**{k: v for k, v in h.items() if k not in BASE}), **base)

    return with_hyperparameters


@keras_optimizer
def keras_sgd(n, s, p, g, t, lr, momentum=0.0, nesterov=False):
    s.v = momentum * slot(s, "v", p) - lr * g
    return p + (momentum * s.v - lr * g if nesterov else s.v)


@keras_optimizer
def keras_rmsprop(n, s, p, g, t, lr, rho=0.9, momentum=0.0, epsilon=1e-7, centered=False):
    v = s.v = rho * slot(s, "v", p) + (1 - rho) * g * g
    if centered:
        s.m = rho * slot(s, "m", p) + (1 - rho) * g
        v = v - s.m * s.m
    s.b = momentum * slot(s, "b", p) + lr * g / n.sqrt(v + epsilon)
    return p - s.b


@keras_optimizer
def keras_adagrad(n, s, p, g, t, lr, initial_accumulator_value=0.1, epsilon=1e-7):
    s.sum = slot(s, "sum", p, initial_accumulator_value) + g * g
    return p - lr * g / n.sqrt(s.sum + epsilon)


@keras_optimizer
def keras_adam(n, s, p, g, t, lr, beta_1=0.9, beta_2=0.999, epsilon=1e-7, amsgrad=False):
    s.m = beta_1 * slot(s, "m", p) + (1 - beta_1) * g
    v = s.v = beta_2 * slot(s, "v", p) + (1 - beta_2) * g * g
    if amsgrad:
        v = s.most = np.maximum(slot(s, "most", p), v)
    return p - lr * n.sqrt(1 - beta_2**t) / (1 - beta_1**t) * s.m / (n.sqrt(v) + epsilon)


def keras_adamw(weight_decay=0.004, **h):
    return keras_adam(weight_decay=weight_decay, **h)


# ---------------------------------------------------------------- Optax's calls


def single(n, x):
    return n.array(x.astype(np.float64).astype(np.float32))


@rule
def optax_sgd(n, s, p, g, t, lr, momentum=None, nesterov=False, accumulator_dtype=None):
    if momentum is None:
        return p - lr * g
    past = momentum * slot(s, "b", p)
    if accumulator_dtype == "float32":
        # The buffer is kept in float32, and its product with the momentum is one of float32.
        past = single(n, single(n, momentum * (p * 0 + 1)) * s.b)
    b = past + g
    s.b = single(n, b) if accumulator_dtype == "float32" else b
    return p - lr * (g + momentum * b if nesterov else b)


@rule
def optax_adagrad(n, s, p, g, t, lr, initial_accumulator_value=0.1, eps=1e-7):
    s.sum = slot(s, "sum", p, initial_accumulator_value) + g * g
    return p - lr * g / n.sqrt(s.sum + eps)


def optax_rmsprop(
    decay=0.9, eps=1e-8, initial_scale=0.0, eps_in_sqrt=True, centered=False, momentum=0.0,
    nesterov=False, bias_correction=False, **h,
):
    return rmsprop(
        rho=decay, epsilon=eps, epsilon_place="inside" if eps_in_sqrt else "outside",
        centered=centered, momentum=momentum, momentum_form="velocity", nesterov=nesterov,
        initial_accumulator=initial_scale, bias_correction=bias_correction, **h,
    )


def optax_adam(b1=0.9, b2=0.999, eps=1e-8, eps_root=0.0, nesterov=False, **h):
    return adam(beta1=b1, beta2=b2, epsilon=eps, epsilon_root=eps_root, nesterov=nesterov, **h)


def optax_adamw(weight_decay=1e-4, **h):
    return optax_adam(weight_decay=weight_decay, decay="decoupled", **h)


def optax_amsgrad(bias_correction_mu=True, bias_correction_nu=True, **h):
    return optax_adam(
        amsgrad=True, correct_first=bias_correction_mu, correct_second=bias_correction_nu, **h
    )


# ---------------------------------------------------------------- running


def run(build, arithmetic, start, gradients, rates, stored):
    """{step: [float64 arrays]} of the stored steps."""
    step = build(arithmetic)
    points = [arithmetic.array(p) for p in start.values()]
    found = {}
    for t, (gradient, lr) in enumerate(zip(gradients, rates), 1):
        points = step(points, [arithmetic.array(gradient[name]) for name in start], t, float(lr))
        if t in stored:
            found[t] = [p.astype(np.float64) for p in points]
    return found
