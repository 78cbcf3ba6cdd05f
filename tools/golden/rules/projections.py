"""Projections behind a step of gradient descent: those of Optax executed."""


def projected(name, project, a, b, text, **more):
    import jax

    compiled = jax.jit(project)

    def step(state, p, g, t, lr, **h):
        return np.array(compiled(p - lr * g, **h))

    step.__name__ = f"sgd, optax.projections.{name}"
    function(name.replace("_", "-"), version("optax"), step, a, b, text + " | sgd(lr={lr})", **more)


def of_optax(name):
    def project(x, **h):
        import optax
        return getattr(optax.projections, name)(x, **h)
    return project


projected("projection_box", of_optax("projection_box"), dict(lr=0.1, lower=-0.5, upper=0.7),
          dict(lower=-0.2, upper=1.1), "box({lower}, {upper})")
projected("projection_l2_ball", of_optax("projection_l2_ball"), dict(lr=0.1, scale=0.8), dict(scale=1.5),
          "l2_ball({scale})")
projected("projection_l1_ball", of_optax("projection_l1_ball"), dict(lr=0.1, scale=0.8), dict(scale=1.5),
          "l1_ball({scale})")
projected("projection_simplex", of_optax("projection_simplex"), dict(lr=0.1, scale=1.0), dict(scale=2.5),
          "simplex({scale})")
