"""Noisy SGD and SGLD. The noise is this library's, made again here (noise.py); Optax' sgd executed on the gradients with it."""
import optax as optax_package

from noise import normal

PLACES = {"vector": 0, "matrix": 5}


def draws(seed, t, name, like):
    return np.array([normal(seed, t, PLACES[name] + i) for i in range(like.size)]).reshape(like.shape)


def noisy(eta, gamma, seed):
    def changed(gradients):
        return [{k: g[k] + np.sqrt(eta / t**gamma) * draws(seed, t, k, g[k]) for k in g}
                for t, g in enumerate(gradients, 1)]
    return changed


def langevin(temperature, seed, lr):
    def changed(gradients):
        return [{k: g[k] / 2 - np.sqrt(temperature / lr) * draws(seed, t, k, g[k]) for k in g}
                for t, g in enumerate(gradients, 1)]
    return changed


def descended(lr):
    def run(gradients):
        solver = optax_package.sgd(lr)
        p = {k: v.copy() for k, v in START.items()}
        state = solver.init(p)
        for g in gradients:
            updates, state = solver.update(g, state, p)
            p = {k: np.asarray(v) for k, v in optax_package.apply_updates(p, updates).items()}
            yield p
    return run


for label, lr, eta, gamma, seed, temperature in (("a", 0.1, 0.01, 0.55, 0, 1e-3), ("b", 0.02, 0.3, 0.9, 7, 0.1)):
    run = descended(lr)
    add(f"noisy-sgd-{label}", version("optax"), "optax.sgd, with noise", "lr", dict(eta=eta, gamma=gamma, seed=seed), repr(lr), "",
        ["noisy_sgd(lr={lr}, eta={eta}, gamma={gamma}, seed={seed})", "optax.noisy_sgd({lr}, eta={eta}, gamma={gamma}, key={seed})"],
        lambda g, change=noisy(eta, gamma, seed), run=run: run(change(g)), 1e-12, 1e-5)
    add(f"sgld-{label}", version("optax"), "optax.sgd, with noise", "lr", dict(temperature=temperature, seed=seed), repr(lr), "",
        ["sgld(lr={lr}, temperature={temperature}, seed={seed})"],
        lambda g, change=langevin(temperature, seed, lr), run=run: run(change(g)), 1e-12, 1e-5)
