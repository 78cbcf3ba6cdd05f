"""Optax 0.2.8: what stands around other methods."""
import optax as optax_package
import schedulefree
import torch as torch_package
from noise import normal

PLACES = {"vector": 0, "matrix": 5}

optax("contrib.mechanize", dict(learning_rate=1.0, momentum=0.9, weight_decay=0.01, eps=1e-3, s_init=1e-2, num_betas=6),
      dict(learning_rate=0.5, momentum=0.8, weight_decay=0.1, eps=1e-2, s_init=1e-3, num_betas=6), name="mechanize",
      call="optax.contrib.mechanize(optax.sgd({learning_rate}, momentum={momentum}), weight_decay={weight_decay}, eps={eps}, "
           "s_init={s_init}, num_betas={num_betas})",
      text="mechanic(weight_decay={weight_decay}, epsilon={eps}, s_init={s_init}) | momentum(lr={lr}, momentum={momentum})",
      also=["optax.mechanize(weight_decay={weight_decay}, eps={eps}, s_init={s_init}) | optax.sgd({learning_rate}, momentum={momentum})"],
      single=1e-3)
optax("contrib.mechanize", dict(learning_rate=1.0, eps=1e-3, s_init=1e-2, num_betas=3),
      dict(learning_rate=0.5, eps=1e-2, s_init=1e-3, num_betas=2), name="mechanize-few",
      call="optax.contrib.mechanize(optax.sgd({learning_rate}), weight_decay=0.0, eps={eps}, s_init={s_init}, num_betas={num_betas})",
      text="mechanic(weight_decay=0, epsilon={eps}, s_init={s_init}, num_betas={num_betas}) | sgd(lr={lr})",
      also=["optax.mechanize(weight_decay=0, eps={eps}, s_init={s_init}, num_betas={num_betas}) | optax.sgd({learning_rate})"], single=1e-3)
optax("contrib.schedule_free", dict(learning_rate=0.05, b1=0.9, weight_lr_power=2.0),
      dict(learning_rate=0.02, b1=0.8, weight_lr_power=1.5), name="schedule-free-around",
      call="optax.contrib.schedule_free(optax.sgd({learning_rate}), {learning_rate}, b1={b1}, weight_lr_power={weight_lr_power})",
      text="optax.schedule_free({learning_rate}, b1={b1}, weight_lr_power={weight_lr_power}) | optax.sgd({learning_rate})")

alike("optax-mechanize-a mechanic | momentum", "momentum: form=velocity", "The rate stays the same, with which both forms are one.")
alike("optax-mechanize-a mechanic | momentum", "momentum: form=two_rates",
      "Two rates are the trace where the inner one is 1, as it is if nothing is said.")


def wrapped(parameters, lr, momentum, power):
    optimizer = schedulefree.ScheduleFreeWrapper(torch_package.optim.SGD(parameters, lr=lr), momentum=momentum,
                                                 weight_lr_power=power)
    optimizer.train()
    return optimizer


reference("schedule-free-wrapper", "schedulefree", wrapped, dict(lr=0.05, momentum=0.9, power=2.0),
          dict(momentum=0.8, power=1.5), call="ScheduleFreeWrapper",
          text="schedule_free(beta={momentum}, weight_lr_power={power}) | sgd(lr={lr})")
optax("adaptive_grad_clip", dict(learning_rate=0.1, clipping=0.05, eps=1e-2), dict(learning_rate=0.02, clipping=0.3, eps=2.5),
      name="adaptive-grad-clip", call="optax.chain(optax.adaptive_grad_clip({clipping}, eps={eps}), optax.sgd({learning_rate}))",
      text="clip_units(clipping={clipping}, epsilon={eps}) | sgd(lr={lr})",
      also=["optax.adaptive_grad_clip({clipping}, eps={eps}) | optax.sgd({learning_rate})"])


def descended(gradients, lr=0.05):
    solver = optax_package.sgd(lr)
    p = {k: v.copy() for k, v in START.items()}
    state = solver.init(p)
    for g in gradients:
        updates, state = solver.update(g, state, p)
        p = {k: np.asarray(v) for k, v in optax_package.apply_updates(p, updates).items()}
        yield p


def changed(name, what, change, *texts):
    """Optax' sgd on gradients that are changed here: twice, by the settings of two labels."""
    for label, lr, h in zip("ab", (0.05, 0.02), change):
        add(f"{name}-{label}", version("optax"), f"optax.sgd({lr}) on {what}", "lr", h, repr(lr), "", list(texts),
            lambda g, h=h, lr=lr: descended(what_of(name)(g, **h), lr), 1e-12, 1e-5)


def what_of(name):
    return dict(noise=noisy, clip_quantile=clipped, global_=globally, tensor=by_tensor)[{"clip-quantile": "clip_quantile", "noise": "noise"}.get(
        name, "tensor" if "tensor" in name else "global_")]


def over(x, norm, epsilon):
    return x / (norm + epsilon) if epsilon or norm else x


def globally(gradients, epsilon=0.0):
    return [{k: over(g[k], np.sqrt(sum((x * x).sum() for x in g.values())), epsilon) for k in g} for g in gradients]


def by_tensor(gradients, epsilon=0.0):
    return [{k: over(g[k], np.sqrt((g[k] ** 2).sum()), epsilon) for k in g} for g in gradients]


def noisy(gradients, eta, gamma, seed):
    return [{k: g[k] + np.sqrt(eta / t**gamma) * np.array([normal(seed, t, PLACES[k] + i) for i in range(g[k].size)]).reshape(g[k].shape)
             for k in g} for t, g in enumerate(gradients, 1)]


def clipped(gradients, quantile, rate):
    """Written from the doc comment of ClipQuantile: no library has it."""
    limit = 0.0
    for g in gradients:
        size = np.sqrt(sum((x * x).sum() for x in g.values()))
        limit = limit or size
        yield {k: x * (limit / size if size > limit else 1) for k, x in g.items()}
        if size:
            limit *= np.exp(rate * (quantile if size > limit else quantile - 1))


for scope in ("global", "tensor"):
    shown = "" if scope == "global" else "scope=tensor, "
    changed(f"normalize-{scope}", "gradients over their norms", (dict(epsilon=0.1), dict(epsilon=0.5)),
            f"normalize({shown}epsilon={{epsilon}}) | sgd(lr={{lr}})")
    changed(f"normalize-{scope}-bare", "gradients over their norms", ({}, {}), f"normalize({shown.rstrip(', ')}) | sgd(lr={{lr}})")
changed("noise", "gradients with noise", (dict(eta=0.3, gamma=0.9, seed=7), dict(eta=0.1, gamma=0.5, seed=0)),
        "noise(eta={eta}, gamma={gamma}, seed={seed}) | sgd(lr={lr})", "optax.add_noise({eta}, {gamma}, {seed}) | optax.sgd({lr})")
changed("clip-quantile", "gradients clipped by a running quantile", (dict(quantile=0.7, rate=0.2), dict(quantile=0.4, rate=0.1)),
        "clip_quantile(quantile={quantile}, rate={rate}) | sgd(lr={lr})")


def several(learning_rate, k, b2, eps):
    return optax_package.MultiSteps(optax_package.adam(learning_rate, b2=b2, eps=eps), k)


for label, lr, k, b2, eps in (("a", 0.05, 3, 0.99, 1e-3), ("b", 0.02, 2, 0.95, 1e-2)):
    def run(gradients, solver=several(lr, k, b2, eps)):
        p = {k: v.copy() for k, v in START.items()}
        state = solver.init(p)
        for g in gradients:
            updates, state = solver.update(g, state, p)
            p = {k: np.asarray(v) for k, v in optax_package.apply_updates(p, updates).items()}
            yield p

    add(f"accumulate-{label}", version("optax"), f"optax.MultiSteps(optax.adam({lr}, b2={b2}, eps={eps}), {k})", "lr", {}, repr(lr), "",
        [f"accumulate(every={k}) | adam(lr={{lr}}, beta2={b2}, epsilon={eps})"], run, 1e-7, 1e-5)  # Optax counts in float32
