"""Optax 0.2.8: what stands around other methods."""
import optax as optax_package
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
      text="mechanic(weight_decay=0, epsilon={eps}, s_init={s_init}, num_betas={num_betas}) | sgd(lr={lr})", single=1e-3)
optax("contrib.schedule_free", dict(learning_rate=0.01, b1=0.9, weight_lr_power=2.0, b2=0.99, eps=1e-3),
      dict(learning_rate=0.003, b1=0.8, weight_lr_power=1.5, b2=0.95, eps=1e-2), name="schedule-free-around",
      call="optax.contrib.schedule_free(optax.adamw({learning_rate}, b1=0.0, b2={b2}, eps={eps}, weight_decay=0.1), {learning_rate}, "
           "b1={b1}, weight_lr_power={weight_lr_power})",
      text="schedule_free(beta={b1}, weight_lr_power={weight_lr_power}) | adamw(lr={lr}, beta1=0, beta2={b2}, epsilon={eps}, weight_decay=0.1)",
      also=["optax.schedule_free({learning_rate}, b1={b1}, weight_lr_power={weight_lr_power}) | "
            "optax.adamw({learning_rate}, b1=0, b2={b2}, eps={eps}, weight_decay=0.1)"])
optax("adaptive_grad_clip", dict(learning_rate=0.1, clipping=0.05, eps=1e-2), dict(learning_rate=0.02, clipping=0.3, eps=1e-1),
      name="adaptive-grad-clip", call="optax.chain(optax.adaptive_grad_clip({clipping}, eps={eps}), optax.sgd({learning_rate}))",
      text="clip_units(clipping={clipping}, epsilon={eps}) | sgd(lr={lr})",
      also=["optax.adaptive_grad_clip({clipping}, eps={eps}) | optax.sgd({learning_rate})"])
for scope, norm in (("global", lambda g, k: np.sqrt(sum((x * x).sum() for x in g.values()))), ("tensor", lambda g, k: np.sqrt((g[k] ** 2).sum()))):
    def scaled(gradients, norm=norm, epsilon=0.1):
        return [{k: g[k] / (norm(g, k) + epsilon) for k in g} for g in gradients]

    def descended(gradients, lr=0.05):
        solver = optax_package.sgd(lr)
        p = {k: v.copy() for k, v in START.items()}
        state = solver.init(p)
        for g in gradients:
            updates, state = solver.update(g, state, p)
            p = {k: np.asarray(v) for k, v in optax_package.apply_updates(p, updates).items()}
            yield p

    add(f"normalize-{scope}-a", version("optax"), "optax.sgd(0.05) on g / (norm + 0.1)", "lr", {}, "0.05", "",
        [f"normalize(scope={scope}, epsilon=0.1) | sgd(lr={{lr}})"], lambda g, change=scaled: descended(change(g)), 1e-12, 1e-5)


def noisy(gradients, eta=0.3, gamma=0.9, seed=7):
    return [{k: g[k] + np.sqrt(eta / t**gamma) * np.array([normal(seed, t, PLACES[k] + i) for i in range(g[k].size)]).reshape(g[k].shape)
             for k in g} for t, g in enumerate(gradients, 1)]


add("noise-a", version("optax"), "optax.sgd(0.05) on gradients with noise", "lr", {}, "0.05", "",
    ["noise(eta=0.3, gamma=0.9, seed=7) | sgd(lr={lr})", "optax.add_noise(0.3, 0.9, 7) | optax.sgd({lr})",
     "optax.noisy_sgd({lr}, eta=0.3, gamma=0.9, key=7)"],
    lambda g: descended(noisy(g)), 1e-12, 1e-5)


def clipped(gradients, quantile=0.7, rate=0.2):
    """Written from the doc comment of ClipQuantile: no library has it."""
    limit = 0.0
    for g in gradients:
        size = np.sqrt(sum((x * x).sum() for x in g.values()))
        limit = limit or size
        yield {k: x * (limit / size if size > limit else 1) for k, x in g.items()}
        if size:
            limit *= np.exp(rate * (quantile if size > limit else quantile - 1))


add("clip-quantile-a", version("optax"), "optax.sgd(0.05) on gradients clipped by a running quantile", "lr", {}, "0.05", "",
    ["clip_quantile(quantile=0.7, rate=0.2) | sgd(lr={lr})"], lambda g: descended(clipped(g)), 1e-12, 1e-5)
