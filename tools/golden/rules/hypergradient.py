"""Hypergradient descent of SGD and Adam, and YellowFin: written from the
papers' algorithms, which no installable library has, over all tensors at once."""


def together(name, source, step, a, b, text, single=1e-5, tolerance=1e-12):
    """`step(state, p, g, t, lr, **h)` of all numbers in one array."""
    shapes = {k: v.shape for k, v in START.items()}

    def flat(x):
        return np.concatenate([x[k].ravel() for k in START])

    def parts(x):
        out, at = {}, 0
        for k, shape in shapes.items():
            size = int(np.prod(shape))
            out[k] = x[at:at + size].reshape(shape).copy()
            at += size
        return out

    for label, h, shown, rates, values in sets("lr", a, b):

        def run(gradients):
            state, p = {}, flat(START)
            for t, (g, lr) in enumerate(zip(gradients, values), 1):
                p = step(state, p.copy(), flat(g), t, float(lr), **h)
                yield parts(p)

        add(f"{name}-{label}", source, f"{step.__name__}(lr={shown}, {listed(h, python)})", "lr", h, shown, rates,
            [text], run, tolerance, single)


def sgd_hd(state, p, g, t, lr, hyper_lr, momentum=0.0, momentum_hyper_lr=0.0, nesterov=False):
    zero = np.zeros_like(p)
    rate, mass = state.get("rate", lr), state.get("mass", momentum)
    v = state.get("v", zero)
    if momentum_hyper_lr:
        mass = min(max(mass + momentum_hyper_lr * rate * (g @ state.get("old", zero)), 0), 0.999)
        state["old"] = v
    rate = rate + hyper_lr * (g @ state.get("u", zero))
    v = mass * v + g
    u = g + mass * v if nesterov else v
    state |= dict(rate=rate, mass=mass, v=v, u=u)
    return p - rate * u


SOURCE = "Baydin et al. 2018, arXiv 1703.04782, algorithm "
for change in (dict(), dict(momentum=0.5), dict(momentum=0.5, nesterov=True), dict(momentum_hyper_lr=0.01),
               dict(momentum=0.25, momentum_hyper_lr=0.01), dict(momentum_hyper_lr=0.01, nesterov=True),
               dict(momentum=0.5, momentum_hyper_lr=0.02, nesterov=True)):
    rest = "".join(f", {k}={{{k}}}" for k in change)
    together("-".join(["sgd-hd", *(k.replace("_", "-") for k in change)]), SOURCE + "2", sgd_hd,
             dict(lr=0.05, hyper_lr=1e-3) | change, dict(lr=0.02, hyper_lr=1e-2) | change,
             "sgd_hd(lr={lr}, hyper_lr={hyper_lr}" + rest + ")")


def adam_hd(state, p, g, t, lr, hyper_lr, beta1, beta2, eps):
    zero = np.zeros_like(p)
    rate = state["rate"] = state.get("rate", lr) + hyper_lr * (g @ state.get("u", zero))
    m = state["m"] = beta1 * state.get("m", zero) + (1 - beta1) * g
    v = state["v"] = beta2 * state.get("v", zero) + (1 - beta2) * g * g
    u = state["u"] = m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + eps)
    return p - rate * u


together("adam-hd", SOURCE + "3", adam_hd, dict(lr=0.01, hyper_lr=1e-4, beta1=0.9, beta2=0.99, eps=1e-3),
         dict(lr=0.003, hyper_lr=1e-3, beta1=0.8, beta2=0.95, eps=1e-2),
         "adam_hd(lr={lr}, hyper_lr={hyper_lr}, beta1={beta1}, beta2={beta2}, epsilon={eps})")


def yellowfin(state, p, g, t, lr, first, beta, window, eps):
    zero = np.zeros_like(p)
    h = g @ g
    seen = state["seen"] = (state.get("seen", []) + [h])[-window:]
    unbiased = 1 - beta**t

    def average(name, value):
        state[name] = beta * state.get(name, 0 * value) + (1 - beta) * value
        return state[name]

    smallest = np.exp(average("low", np.log(min(seen) + eps)) / unbiased)
    largest = average("high", max(seen)) / unbiased
    squares = average("squares", h)
    mean = average("m", g)
    variance = max(squares / unbiased - (mean @ mean) / unbiased**2, eps)
    size = average("size", np.sqrt(h))
    away = average("away", size / (squares + eps)) / unbiased
    q = (away + eps) ** 2 * (smallest + eps) ** 2 / 2 / (variance + eps)
    w3 = (-np.sqrt(q**2 + 4 / 27 * q**3) - q) / 2
    w = np.sign(w3) * abs(w3) ** (1 / 3)
    x = w - q / 3 / (w + eps) + 1
    ratio = max((largest + eps) / (smallest + eps), 1 + eps)
    mass = max(x**2, ((np.sqrt(ratio) - 1) / (np.sqrt(ratio) + 1)) ** 2)
    rate = (1 - np.sqrt(mass)) ** 2 / (smallest + eps) * min(1, t / (10 * window))
    b = state["b"] = (mass if t > 1 else 0) * state.get("b", zero) + g
    return p - lr * (rate if t > 1 else first) * b


together("yellowfin", "Zhang & Mitliagkas 2017, arXiv 1706.03471, algorithms 1 to 4", yellowfin,
         dict(lr=0.5, first=0.01, beta=0.3, window=3, eps=1e-6), dict(first=0.1, beta=0.25, window=3, eps=1e-4),
         "yellowfin(lr={lr}, first={first}, beta={beta}, window={window}, epsilon={eps})", single=1e-2)
together("yellowfin-long", "Zhang & Mitliagkas 2017, arXiv 1706.03471, algorithms 1 to 4", yellowfin,
         dict(lr=0.5, first=0.01, beta=0.3, window=20, eps=1e-6), dict(first=0.1, beta=0.25, window=20, eps=1e-4),
         "yellowfin(lr={lr}, first={first}, beta={beta}, window={window}, epsilon={eps})", single=1e-2, tolerance=1e-11)  # the same lines, more of them
